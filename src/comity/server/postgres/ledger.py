"""The ledger in PostgreSQL, read without the server: what checks it shares none of its code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from psycopg import IsolationLevel

from comity.errors import Diagnostic
from comity.ledger import LedgerError, LedgerTables

_AT_ONCE: Final = 1_000
"""Rows that are fetched together, so that a ledger of millions is never in memory whole."""


class PostgresLedger(LedgerTables):
    """The ledger in a server's PostgreSQL database."""

    def __init__(self, url: str) -> None:
        """Open it. Raises LedgerError where it cannot be reached."""
        self._cursors = 0
        with self._explained():
            self._connection = psycopg.connect(url)
        # One transaction, so that a server at work changes nothing under our eyes.
        self._connection.isolation_level = IsolationLevel.REPEATABLE_READ
        self._connection.read_only = True

    def close(self) -> None:
        self._connection.close()

    def _rows(self, query: str, *values: int) -> Iterator[Any]:
        self._cursors += 1
        with self._explained(), self._connection.cursor(f"rows{self._cursors}") as cursor:
            cursor.itersize = _AT_ONCE
            for (value,) in cursor.execute(query.replace("?", "%s").encode(), values):
                yield value

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            message = f"this database cannot be read as a ledger: {error}"
            hint = "look whether PostgreSQL is running, and who may sign in to it from here"
            raise LedgerError([Diagnostic(message, hint, file="PostgreSQL")]) from None
