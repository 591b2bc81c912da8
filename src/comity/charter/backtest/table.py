"""A year of events as a typed table in DuckDB: the one place that talks to the database.

The noun is `EventTable`, the verb `read_table`. Only the columns that are asked for are read.
Whatever a file calls a number is checked against the signal's type and range on the way in: a
value that cannot be is named with its place; NaN and infinity become unknown, and are counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
from numpy.typing import NDArray

from comity.charter.backtest.columns import (
    Column,
    extra,
    extra_column,
    literal,
    quoted,
    signal_column,
)
from comity.charter.backtest.faults import explain
from comity.charter.backtest.files import EventFile, Format
from comity.charter.backtest.texts import shorten
from comity.signals import Signal

# Bookkeeping of the table; no signal and no column of a file can be called so.
_WRONG: Final = '"table wrong"'
_ODD: Final = '"table odd"'


@dataclass(frozen=True, slots=True)
class EventTable:
    """Events in DuckDB, a row each, in the order of the file: signals under their own names, other
    columns under `extra(name)`. `known` counts, by those names, the values that are not unknown.
    """

    connection: duckdb.DuckDBPyConnection
    name: str
    rows: int
    known: Mapping[str, int]
    not_finite: int = 0
    """How many values were NaN or infinite, and so are unknown."""
    measured: bool = False
    """Whether the signals were measured here, and did not stand in the file."""
    texts_alone: bool = False
    """Whether the file told texts and hardly anything of their authors and threads."""
    not_posts: int = 0
    """How many raw events brought no text to judge; they count for counters only."""
    redefined: tuple[str, ...] = ()
    """Counters that the old charter declares otherwise; its own counts stand under `before`."""

    def has(self, column: str) -> bool:
        return self.known.get(column, 0) > 0

    def texts(self, rows: Sequence[int]) -> dict[int, tuple[str | None, str | None]]:
        """Id and text of some rows, where the file has them; both were read as extras."""
        numbers = ", ".join(map(str, rows)) or "NULL"
        found = self.connection.execute(
            f"SELECT rowid, {quoted(extra('id'))}, {quoted(extra('text'))} "
            f"FROM events WHERE rowid IN ({numbers})"
        ).fetchall()
        return {row: (id_, text) for row, id_, text in found}

    def fetch(self, sql: str) -> dict[str, NDArray[Any]]:
        """Run a query; NULL comes back masked."""
        return self.connection.execute(sql).fetchnumpy()


def read_table(
    file: EventFile, signals: Mapping[str, Signal], extras: Sequence[str] = (), *, threads: int = 1
) -> EventTable:
    """Read a table of signals: of a file's columns those named, typed; those it lacks are unknown.

    Raises EventFileError.
    """
    connection = _connect(threads)
    names = [*dict.fromkeys((*signals, *extras))]
    try:
        source, types = _source(connection, file, names)
        columns = [signal_column(signals[name], types.get(name)) for name in signals]
        columns += [extra_column(name, types.get(name)) for name in extras]
        return _load(connection, file, source, columns, file.line)
    except duckdb.Error as error:
        raise explain(file, str(error)) from None


def load_table(
    file: EventFile,
    measured: Mapping[str, NDArray[Any]],
    lines: Sequence[int],
    signals: Mapping[str, Signal],
    extras: Sequence[str] = (),
    *,
    threads: int = 1,
) -> EventTable:
    """Make the same table of what was measured: arrays of equal length, named as in a file.

    `lines` tells where in the file each event stands.
    """
    connection = _connect(threads)
    connection.register("measured", dict(measured))
    found = connection.execute("DESCRIBE measured").fetchall()
    types = {row[0]: row[1] for row in found}
    columns = [signal_column(signals[name], types.get(name)) for name in signals]
    columns += [extra_column(name, types.get(name)) for name in extras]
    table = _load(connection, file, "measured", columns, lines.__getitem__)
    connection.unregister("measured")
    return table


def _connect(threads: int) -> duckdb.DuckDBPyConnection:
    """A database in memory that never looks for extensions, so never at the network."""
    return duckdb.connect(
        ":memory:",
        config={
            "threads": threads,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


def _source(
    connection: duckdb.DuckDBPyConnection, file: EventFile, names: Sequence[str]
) -> tuple[str, dict[str, str]]:
    """What stands after FROM, and which of the named columns it has, each with its type."""
    # DuckDB takes a path for a pattern; brackets keep its special characters what they are.
    path = "".join(f"[{char}]" if char in "*?[" else char for char in str(file.path.absolute()))
    match file.format:
        case Format.PARQUET:
            source = f"read_parquet({literal(path)}, hive_partitioning = false)"
            found = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            return source, {row[0]: row[1] for row in found if row[0] in names}
        case Format.JSON_LINES:
            types = dict.fromkeys(names, "VARCHAR")
            options = "format = 'newline_delimited', records = true, compression = 'uncompressed'"
            return f"read_json({literal(path)}, {options}, columns = {_struct(types)})", types
        case _:
            # Positions for names: no header can clash with another's case or with a keyword.
            fields = {f"c{i}": "VARCHAR" for i in range(len(file.columns))}
            options = (
                f"header = true, auto_detect = false, delim = '{file.format.delimiter}', "
                "quote = '\"', escape = '\"', allow_quoted_nulls = false, compression = 'none'"
            )
            reader = f"read_csv({literal(path)}, {options}, columns = {_struct(fields)})"
            present = {name: f"c{i}" for i, name in enumerate(file.columns) if name in names}
            chosen = ", ".join(f"{c} AS {quoted(name)}" for name, c in present.items()) or "c0"
            return f"(SELECT {chosen} FROM {reader})", dict.fromkeys(present, "VARCHAR")


def _struct(types: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{literal(name)}: '{type_}'" for name, type_ in types.items()) + "}"


def _load(
    connection: duckdb.DuckDBPyConnection,
    file: EventFile,
    source: str,
    columns: Sequence[Column],
    line_of: Callable[[int], int],
) -> EventTable:
    numbered = list(enumerate(columns))
    given = ", ".join(f"{column.given} AS g{i}" for i, column in numbered)
    cast = ", ".join(
        f"{column.value.format(g=f'g{i}')} AS v{i}, "
        f"coalesce({column.odd.format(g=f'g{i}')}, FALSE) AS o{i}"
        for i, column in numbered
    )
    values = ", ".join(f"v{i} AS {quoted(column.name)}" for i, column in numbered)
    wrong = " ".join(
        f"WHEN g{i} IS NOT NULL AND v{i} IS NULL AND NOT o{i} THEN {i}" for i, _ in numbered
    )
    odd = " + ".join(f"o{i}::INTEGER" for i, _ in numbered)
    connection.execute(
        f"CREATE TABLE events AS SELECT {values}, CASE {wrong} END AS {_WRONG}, {odd} AS {_ODD} "
        f"FROM (SELECT *, {cast} FROM (SELECT {given} FROM {source}))"
    )
    counts = ", ".join(f"count({quoted(column.name)})" for column in columns)
    [summary] = connection.execute(
        f"SELECT count(*), min(rowid) FILTER ({_WRONG} IS NOT NULL), sum({_ODD}), {counts} "
        "FROM events"
    ).fetchall()
    rows, first_wrong, not_finite, *known = summary
    if not rows:
        raise file.error("the file has no events", "give a file with at least one event")
    if first_wrong is not None:
        index = _one(connection, f"SELECT {_WRONG} FROM events WHERE rowid = {first_wrong}")
        column = columns[index]
        value = _one(
            connection, f"SELECT {column.given} FROM {source} LIMIT 1 OFFSET {first_wrong}"
        )
        raise file.error(
            f"`{column.in_file}` is {shorten(str(value), 40)!r}, but has to be {column.expected}",
            "correct it, or leave it empty if it is not known",
            line_of(first_wrong),
        )
    return EventTable(
        connection,
        file.path.name,
        rows,
        {column.name: count for column, count in zip(columns, known, strict=True)},
        int(not_finite),
    )


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    [(value,)] = connection.execute(sql).fetchall()
    return value
