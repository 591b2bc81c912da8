"""A file of ratings on disk: the noun is `RatingsFile`, the verb `read_ratings`.

TSV, CSV and Parquet, told by the ending, with columns of our names or those of the official
Community Notes files. DuckDB reads and, where a file is larger than memory, spills to disk; what
comes back are a few bytes a rating.
"""

import csv
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from comity.bridging.ids import Codes, coded
from comity.bridging.ratings import NO_LEVEL, Ratings
from comity.errors import Diagnostic, InputError

MAX_LINE: Final = 1_000_000
"""Code points of a header."""

NOTE: Final = ("note", "noteId")
RATER: Final = ("rater", "raterParticipantId")
VALUE: Final = ("value", "rating", "helpfulNum", "helpfulnessLevel")
OLD_VALUE: Final = ("helpful", "notHelpful")
TIME: Final = ("time", "createdAtMillis")

_SKIPPED: Final = 254
"""What stands for the level of an old official row that says neither helpful nor not helpful."""

_WORDS: Final = ("NOT_HELPFUL", "SOMEWHAT_HELPFUL", "HELPFUL")
"""The official names of the levels, from 0."""

_DELIMITERS: Final = {".csv": ",", ".tsv": "\t"}
_INTEGERS: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


@dataclass(frozen=True, slots=True)
class RatingsFile:
    """`columns` maps each column's name to its type, in the order of the file."""

    path: Path
    columns: dict[str, str]

    @property
    def delimiter(self) -> str | None:
        return _DELIMITERS.get(self.path.suffix.lower())

    def column(self, names: tuple[str, ...]) -> str | None:
        return next((name for name in names if name in self.columns), None)

    def needed(self, names: tuple[str, ...], what: str) -> str:
        found = self.column(names)
        if found is None:
            raise self.error(
                f"there is no column for {what}; the columns are {', '.join(self.columns)[:300]}",
                f"name one {' or '.join(names)}",
                line=1 if self.delimiter else 0,
            )
        return found

    def error(self, message: str, hint: str = "", line: int = 0, column: int = 0) -> InputError:
        return InputError([Diagnostic(message, hint, str(self.path), line, column)])

    def fault(self, row: int, name: str, message: str, hint: str) -> InputError:
        """What is wrong with a column in a row (from 0), with the line and column it stands at."""
        if self.delimiter is None:
            return self.error(f"row {row + 1}: {message}", hint)
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            lines = _Remembering(stream)
            reader = csv.reader(lines, delimiter=self.delimiter)
            fields: list[str] = []
            with suppress(csv.Error):
                fields = next(islice((found for found in reader if found), row + 1, None), [])
        before = fields[: list(self.columns).index(name)]
        line = lines.last.rstrip("\r\n")
        begin = len(self.delimiter.join(before)) + bool(before)
        # Quotes shift what stands behind them; the column is said where there are none.
        plain = '"' not in line and reader.line_num == lines.count
        place = Diagnostic(
            message,
            hint,
            str(self.path),
            reader.line_num,
            begin + 1 if plain else 0,
            max(len(fields[len(before)]), 1) if plain and len(fields) > len(before) else 1,
            line if plain and len(line) <= 200 else "",
        )
        return InputError([place])


class _Remembering:
    """The lines of a stream, and which was the last."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.last, self.count = stream, "", 0

    def __iter__(self) -> "_Remembering":
        return self

    def __next__(self) -> str:
        self.last = next(self._stream)
        self.count += 1
        return self.last


def read_ratings(path: Path) -> Ratings:
    """Read a file of ratings; InputError says what is wrong with it, with line and column.

    A rating is 0, 0.5 or 1, or the words of the official files, whose very old rows have
    `helpful` and `notHelpful` instead; such a row with neither of them set is left out. Of two
    ratings of one note by one rater the later counts, or the lower in the file.
    """
    with (
        TemporaryDirectory(prefix="comity-") as spill,
        duckdb.connect(
            ":memory:",
            config={
                "threads": 1,
                "temp_directory": spill,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        ) as connection,
    ):
        try:
            return _read(connection, path)
        except duckdb.Error as error:
            raise _unreadable(path, str(error)) from None


def _unreadable(path: Path, reason: str) -> InputError:
    """What the database says of a file, with the line it says it of."""
    first, *rest = reason.strip().splitlines()
    line = first.rpartition("Error on Line: ")[2]
    if line.isdigit():
        said = next((text for text in rest if not text.startswith("Original Line")), "")
        message = f"this row cannot be read: {said}"
    else:
        message = f"this file cannot be read: {first.partition('Error: ')[2] or first}"
    hint = "close each quote, and give each row as many fields as the header has"
    return InputError([Diagnostic(message, hint, str(path), int(line) if line.isdigit() else 0)])


def _read(connection: duckdb.DuckDBPyConnection, path: Path) -> Ratings:
    file, source = _opened(connection, path)
    note, rater = file.needed(NOTE, "the note"), file.needed(RATER, "the rater")
    level, said = _level(file)
    time = file.column(TIME)
    chosen = {"note": _id(file, note), "rater": _id(file, rater), "level": level}
    if time:
        chosen["time"] = f"TRY_CAST({_quoted(time)} AS BIGINT)"
    query = "SELECT " + ", ".join(f"{sql} AS {name}" for name, sql in chosen.items())
    query += f" FROM {source}"
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


def _opened(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[RatingsFile, str]:
    """The file with its columns, and what stands after FROM."""
    # DuckDB takes a path for a pattern; brackets keep its special characters what they are.
    plain = "".join(f"[{char}]" if char in "*?[" else char for char in str(path.absolute()))
    ending = path.suffix.lower()
    if ending == ".parquet":
        source = f"read_parquet({_literal(plain)}, hive_partitioning = false)"
        found = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        return RatingsFile(path, {row[0]: row[1] for row in found}), source
    if ending not in _DELIMITERS:
        raise RatingsFile(path, {}).error(
            "the ending does not say what is in this file", "name it .csv, .tsv or .parquet"
        )
    header = _header(path, _DELIMITERS[ending])
    fields = ", ".join(f"{_literal(f'c{i}')}: 'VARCHAR'" for i in range(len(header)))
    reader = (
        f"read_csv({_literal(plain)}, header = true, auto_detect = false, quote = '\"', "
        f"escape = '\"', delim = {_literal(_DELIMITERS[ending])}, compression = 'none', "
        f"columns = {{{fields}}})"
    )
    # Positions for names: no header can clash with another's case or with a keyword.
    chosen = ", ".join(f"c{i} AS {_quoted(name)}" for i, name in enumerate(header))
    columns = dict.fromkeys(header, "VARCHAR")
    return RatingsFile(path, columns), f"(SELECT {chosen} FROM {reader})"


def _header(path: Path, delimiter: str) -> list[str]:
    file = RatingsFile(path, {})
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            names = next(csv.reader([stream.readline(MAX_LINE)], delimiter=delimiter), [])
    except UnicodeDecodeError:
        raise file.error("this text is not in UTF-8", "save it as UTF-8") from None
    except csv.Error as error:
        raise file.error(f"the header cannot be read: {error}", line=1) from None
    if not any(names):
        raise file.error("the file has no header", "name its columns in the first line", 1)
    if len(set(map(str.lower, names))) < len(names):
        raise file.error("two columns of the header have the same name", "rename one", 1)
    return names


def _id(file: RatingsFile, name: str) -> str:
    if file.columns[name] in _INTEGERS:
        return f"{_quoted(name)}::BIGINT"
    return f"nullif({_quoted(name)}::VARCHAR, '')"


def _level(file: RatingsFile) -> tuple[str, str]:
    """The level of a row as SQL, and the column that it is told by."""
    value = file.column(VALUE)
    old = all(name in file.columns for name in OLD_VALUE)
    if value is None and not old:
        value = file.needed(VALUE, "the rating")
    cases = []
    if value:
        number = f"TRY_CAST({_quoted(value)} AS DOUBLE)"
        cases = [f"WHEN {number} = {level / 2} THEN {level}" for level in range(len(_WORDS))]
        if file.columns[value] == "VARCHAR":
            word = f"upper({_quoted(value)})"
            cases = [f"WHEN {word} = '{name}' THEN {i}" for i, name in enumerate(_WORDS)] + cases
    if old:
        empty = f"coalesce({_quoted(value)}::VARCHAR, '') = '' AND " if value else ""
        yes, no = (f"coalesce({_quoted(name)}::VARCHAR, '0')" for name in OLD_VALUE)
        cases += [
            f"WHEN {empty}{yes} = '1' AND {no} = '0' THEN 2",
            f"WHEN {empty}{yes} = '0' AND {no} = '1' THEN 0",
            f"WHEN {empty}{yes} = {no} AND {yes} IN ('0', '1') THEN {_SKIPPED}",
        ]
    return f"(CASE {' '.join(cases)} ELSE {NO_LEVEL} END)::UTINYINT", value or OLD_VALUE[0]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
