"""A file of ratings on disk, with columns of our names or those of the official Community Notes
files: the verb is `read_ratings`. What comes into memory are a few bytes a rating.
"""

from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from comity.bridging.ids import Codes, coded
from comity.bridging.ratings import NO_LEVEL, Ratings
from comity.bridging.table import Table, connected, open_table, quoted

NOTE: Final = ("note", "noteId")
RATER: Final = ("rater", "raterParticipantId")
VALUE: Final = ("value", "rating", "helpfulNum", "helpfulnessLevel")
OLD_VALUE: Final = ("helpful", "notHelpful")
TIME: Final = ("time", "createdAtMillis")

_SKIPPED: Final = 254
"""What stands for the level of an old official row that says neither helpful nor not helpful."""

_WORDS: Final = ("NOT_HELPFUL", "SOMEWHAT_HELPFUL", "HELPFUL")
"""The official names of the levels, from 0."""

_INTEGERS: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


def read_ratings(path: Path) -> Ratings:
    """Read a file of ratings; InputError says what is wrong with it, with line and column.

    A rating is 0, 0.5 or 1, or the words of the official files, whose very old rows have
    `helpful` and `notHelpful` instead; such a row with neither of them set is left out. Of two
    ratings of one note by one rater the later counts, or the lower in the file.
    """
    with connected(path) as connection:
        return _read(connection, open_table(connection, path))


def _read(connection: duckdb.DuckDBPyConnection, file: Table) -> Ratings:
    note, rater = file.needed(NOTE, "the note"), file.needed(RATER, "the rater")
    level, said = _level(file)
    time = file.column(TIME)
    chosen = {"note": _id(file, note), "rater": _id(file, rater), "level": level}
    if time:
        chosen["time"] = f"TRY_CAST({quoted(time)} AS BIGINT)"
    query = "SELECT " + ", ".join(f"{sql} AS {name}" for name, sql in chosen.items())
    query += f" FROM {file.source}"
    if file.columns[note] in _INTEGERS and file.columns[rater] in _INTEGERS:
        rows = connection.execute(query).fetchnumpy()
        columns = {"note": coded(_filled(rows["note"])), "rater": coded(_filled(rows["rater"]))}
    else:
        rows, columns = _encoded(connection, query, time is not None)
    for name, given in (("note", note), ("rater", rater), ("time", time)):
        mask = np.ma.getmaskarray(rows[name]) if given else np.zeros(0, bool)
        if given and mask.any():
            wrong = "is no time in milliseconds" if name == "time" else "is empty"
            raise file.fault(int(mask.argmax()), given, f"`{given}` {wrong}", "correct this row")
    levels = np.asarray(rows["level"], np.uint8)
    if not len(levels):
        raise file.error("the file has no ratings", "give a file with at least one")
    if (levels == NO_LEVEL).any():
        row = int((levels == NO_LEVEL).argmax())
        hint = "a rating is 0, 0.5 or 1, or HELPFUL, SOMEWHAT_HELPFUL or NOT_HELPFUL"
        raise file.fault(row, said, f"`{said}` is no rating", hint)
    return _arranged(rows, columns, levels, time is not None)


def _arranged(
    rows: dict[str, Any],
    columns: dict[str, tuple[NDArray[Any], Codes]],
    levels: NDArray[np.uint8],
    timed: bool,
) -> Ratings:
    (notes, note), (raters, rater) = columns["note"], columns["rater"]
    time = np.asarray(rows["time"], np.int64) if timed else None
    said = levels != _SKIPPED
    if not said.all():
        note, rater, levels = note[said], rater[said], levels[said]
        time = None if time is None else time[said]
    return Ratings.arranged(notes, raters, note, rater, levels, time)


def _encoded(
    connection: duckdb.DuckDBPyConnection, query: str, timed: bool
) -> tuple[dict[str, Any], dict[str, tuple[NDArray[Any], Codes]]]:
    """The rows with ids of text as places among the sorted ids, which DuckDB calls an ENUM."""
    connection.execute(f"CREATE TEMP TABLE rows AS {query}")
    names: dict[str, NDArray[Any]] = {}
    chosen = ["level"] + ["time"] * timed
    for column in ("note", "rater"):
        connection.execute(
            f"CREATE TYPE {column}_id AS ENUM (SELECT DISTINCT {column}::VARCHAR FROM rows "
            f"WHERE {column} IS NOT NULL ORDER BY 1)"
        )
        found = connection.execute(f"SELECT unnest(enum_range(NULL::{column}_id))").fetchall()
        names[column] = np.empty(len(found), object)
        names[column][:] = [name for (name,) in found]
        chosen.append(f"enum_code({column}::VARCHAR::{column}_id)::INTEGER AS {column}")
    rows = connection.execute(f"SELECT {', '.join(chosen)} FROM rows").fetchnumpy()
    codes = {name: _filled(rows[name]).astype(np.int32) for name in names}
    return rows, {name: (names[name], codes[name]) for name in names}


def _filled(values: Any) -> NDArray[Any]:
    return values.filled(0) if isinstance(values, np.ma.MaskedArray) else np.asarray(values)


def _id(file: Table, name: str) -> str:
    if file.columns[name] in _INTEGERS:
        return f"{quoted(name)}::BIGINT"
    return f"nullif({quoted(name)}::VARCHAR, '')"


def _level(file: Table) -> tuple[str, str]:
    """The level of a row as SQL, and the column that it is told by."""
    value = file.column(VALUE)
    old = all(name in file.columns for name in OLD_VALUE)
    if value is None and not old:
        value = file.needed(VALUE, "the rating")
    cases = []
    if value:
        number = f"TRY_CAST({quoted(value)} AS DOUBLE)"
        cases = [f"WHEN {number} = {level / 2} THEN {level}" for level in range(len(_WORDS))]
        if file.columns[value] == "VARCHAR":
            word = f"upper({quoted(value)})"
            cases = [f"WHEN {word} = '{name}' THEN {i}" for i, name in enumerate(_WORDS)] + cases
    if old:
        empty = f"coalesce({quoted(value)}::VARCHAR, '') = '' AND " if value else ""
        yes, no = (f"coalesce({quoted(name)}::VARCHAR, '0')" for name in OLD_VALUE)
        cases += [
            f"WHEN {empty}{yes} = '1' AND {no} = '0' THEN 2",
            f"WHEN {empty}{yes} = '0' AND {no} = '1' THEN 0",
            f"WHEN {empty}{yes} = {no} AND {yes} IN ('0', '1') THEN {_SKIPPED}",
        ]
    return f"(CASE {' '.join(cases)} ELSE {NO_LEVEL} END)::UTINYINT", value or OLD_VALUE[0]
