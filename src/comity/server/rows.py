"""Rows without objects: for what is done at each commit, where making them would cost most."""

from collections.abc import Sequence
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

    One statement for many, not `executemany`: the driver lets go of the interpreter's lock at each
    row of that, and in a busy server waits to get it back. Their numbers are powers of two, so that
    there are few statements and the driver has them all prepared; and it is asked directly, for
    Django would go through each statement for its places every time.
    """
    connection.ensure_connection()
    table, done = model._meta.db_table, 0
    with connection.wrap_database_errors:
        while done < len(rows):
            count = min(_MOST, 1 << (len(rows) - done).bit_length() - 1)
            some = rows[done : done + count]
            statement = _insertion(table, tuple(columns), count)
            connection.connection.execute(statement, list(chain.from_iterable(some)))
            done += count


@cache
def _insertion(table: str, columns: tuple[str, ...], count: int) -> str:
    quote = connection.ops.quote_name
    place = "?" if connection.vendor == "sqlite" else "%s"
    row = f"({', '.join([place] * len(columns))})"
    names = ", ".join(map(quote, columns))
    return f"INSERT INTO {quote(table)} ({names}) VALUES {', '.join([row] * count)}"  # noqa: S608


def select(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def moment(time: datetime) -> Any:
    """A time as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(time)
