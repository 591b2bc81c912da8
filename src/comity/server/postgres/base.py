"""Django's PostgreSQL backend, in which transactions take turns as they do in SQLite.

The ledger grows at one end, so whatever is entered in it is written one after the other anyway.
With a turn for each transaction, all that the services rely on holds on both databases: nobody
reads a case, a version or the ledger's head that another is about to change, and since nobody
holds one lock while waiting for another, nothing ever waits for itself. Reading waits for nobody.
"""

from typing import Any, Final

from django.db.backends.postgresql import base
from psycopg.adapt import Dumper

_TURN: Final = 0x636F6D697479  # "comity"
_BEGIN: Final = f"BEGIN; SELECT pg_advisory_xact_lock({_TURN})"
"""In one message. What the transaction reads afterwards is what the one before it left."""


class _Text(Dumper):
    """Text without the one character that PostgreSQL cannot hold, whoever sent it."""

    def dump(self, obj: str) -> bytes:
        return obj.replace("\0", "\N{REPLACEMENT CHARACTER}").encode()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin with their turn and end it by ending."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_dumper(str, _Text)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        with self.wrap_database_errors:
            try:
                self.connection.execute(_BEGIN)
            except self.Database.Error:
                if not self.connection.closed:
                    self.connection.rollback()
                raise
