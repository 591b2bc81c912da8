"""Rows without objects: for what is done at each commit, where making them would cost most."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, Final

from django.db import connection, models

_MOST: Final = 256
"""Rows in one statement: few enough for any database's limit on parameters."""


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows whose values the database driver takes as they are; see `moment` for times.

    The driver is asked directly: Django would go through each statement for its places every time.
    """
    connection.ensure_connection()
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    with connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            _copy(into, rows)
        else:
            _insert(into, len(columns), rows)


def _copy(into: str, rows: Sequence[Sequence[Any]]) -> None:
    """As PostgreSQL takes in many rows at a fraction of the cost of a statement with values."""
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(into: str, width: int, rows: Sequence[Sequence[Any]]) -> None:
    """One statement for many rows, not `executemany`.

    For each row of that the driver lets go of the interpreter's lock, and in a busy server waits
    to get it back. The numbers of rows are powers of two, so that there are few statements and the
    driver has them all prepared.
    """
    done = 0
    while done < len(rows):
        count = min(_MOST, 1 << (len(rows) - done).bit_length() - 1)
        some = rows[done : done + count]
        statement = _insertion(into, width, count)
        connection.connection.execute(statement, list(chain.from_iterable(some)))
        done += count


@cache
def _insertion(into: str, width: int, count: int) -> str:
    row = f"({', '.join('?' * width)})"
    return f"INSERT INTO {into} VALUES {', '.join([row] * count)}"  # noqa: S608  names are ours


def select(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def keep_at_hand() -> None:
    """Let this thread's connection keep 16 MiB of an embedded database in memory, not SQLite's 2.

    Each commit touches pages all over the indexes. Only for the thread that commits all the time:
    with all of them it would be a gigabyte.
    """
    if connection.vendor == "sqlite":
        select("PRAGMA cache_size = -16000")


def moment(time: datetime) -> Any:
    """A time as the database keeps it."""
    return moments([time])[0]


def moments(times: Iterable[datetime]) -> list[Any]:
    """Times as the database keeps them, each found out once: events come many to the second."""
    adapt = cache(connection.ops.adapt_datetimefield_value)
    return [adapt(time) for time in times]
