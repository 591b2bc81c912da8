"""Rows without objects: for what is done at each commit, where making them would cost most."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any, Final

from django.db import connection, models

_AT_ONCE: Final = 50
"""Rows in one statement: few enough for any database's limit on parameters.

One statement for many, not `executemany`: the driver lets go of the interpreter's lock at each
row of that, and in a busy server waits to get it back.
"""


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows whose values the database driver takes as they are; see `moment` for times."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    row = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            places = ", ".join([row] * len(some))
            cursor.execute(
                f"INSERT INTO {table} ({names}) VALUES {places}",  # noqa: S608  names are ours
                list(chain.from_iterable(some)),
            )


def select(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def moment(time: datetime) -> Any:
    """A time as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(time)
