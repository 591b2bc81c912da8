"""Where a server's tables are: a file of SQLite's in its folder, or a PostgreSQL database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from comity.errors import Diagnostic, InputError
from comity.ledger import LedgerDatabase, LedgerTables
from comity.server.folder import DataFolder

_WAIT: Final = 30
"""Seconds after which a transaction gives up waiting for its turn."""
_LEAVING: Final = "57P"
"""How the codes begin by which PostgreSQL says that it stops, or does not take anyone yet."""
_SERVER: Final = 0x736572766572  # "server"
_EXAMPLE: Final = "write it like postgresql://comity@db.example/comity"


def keep_in_postgres(folder: DataFolder, url: str) -> None:
    """Note in the folder that its tables are in this database, for all who open it from now on.

    Raises InputError for what is no such address, and for a folder that has tables already.
    """
    _settings(url)
    if folder.database.exists():
        message = "this folder has its tables in SQLite already, and they do not move by themselves"
        hint = "leave --database out, or name another folder with --data"
        raise InputError([Diagnostic(message, hint, file=str(folder.database))])
    # The address may hold a password; and a crash leaves the old one or the new one.
    draft = folder.database_url.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(url + "\n")
    draft.replace(folder.database_url)


def is_used(folder: DataFolder) -> bool:
    """Whether a server has had its tables here."""
    return folder.database.exists() or folder.database_url.exists()


def settings(folder: DataFolder) -> dict[str, Any]:
    """The database of a folder as Django's settings have it."""
    if folder.database_url.exists():
        return _settings(_url(folder))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder.database,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that will write says so at its start: waiting then works, upgrading
            # a read lock does not.
            "transaction_mode": "IMMEDIATE",
            "timeout": _WAIT,
            # FULL syncs the log at each commit; the committer shares one among many requests.
            # What was committed moves from the log to its place every 32 MiB, not 4: many commits
            # touch the same pages, which then move once.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000;"
            ),
        },
    }


def open_ledger(folder: DataFolder) -> LedgerTables:
    """The ledger of a folder, to be checked without the server. Raises LedgerError."""
    if not folder.database_url.exists():
        return LedgerDatabase(folder.database)
    url = _url(folder)
    _settings(url)
    from comity.server.postgres.ledger import PostgresLedger

    return PostgresLedger(url)


def _url(folder: DataFolder) -> str:
    return folder.database_url.read_text("utf-8").strip()


def _settings(url: str) -> dict[str, Any]:
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        message = "what speaks to PostgreSQL is not installed"
        raise InputError([Diagnostic(message, "pip install 'comity[postgres]'")]) from None
    try:
        parts = conninfo_to_dict(url) if url.startswith(("postgresql://", "postgres://")) else {}
    except ProgrammingError:
        parts = {}
    if not parts.get("dbname"):
        # The address itself is not repeated: it may hold a password.
        raise InputError([Diagnostic("this is no address of a PostgreSQL database", _EXAMPLE)])
    return {
        "ENGINE": "comity.server.postgres",
        "NAME": parts.pop("dbname"),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **parts,
            "application_name": "comity",
            "options": f"-c lock_timeout={_WAIT}s {parts.get('options', '')}".rstrip(),
        },
    }


@contextmanager
def held_alone(folder: DataFolder) -> Iterator[None]:
    """Keep a second server off the tables. Raises InputError where one is at work on them.

    In SQLite the folder's own lock does it; a database of PostgreSQL may be named in two folders.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_SERVER])
            [taken] = cursor.fetchone()
        if not taken:
            message = "another server is running on this database"
            hint = "stop the other one, or name another database with --database"
            raise InputError([Diagnostic(message, hint, file=str(folder.database_url))])
        yield
    finally:
        holder.close()


def explain(error: Exception) -> str:
    """What the database says is wrong, without the address that a driver puts into it."""
    told = getattr(error.__cause__, "diag", None)
    if told is None:
        return str(error)
    leaving = (told.sqlstate or "").startswith(_LEAVING)
    return (not leaving and told.message_primary) or "the database does not answer"


@contextmanager
def leaving_no_trace() -> Iterator[None]:
    """What is deleted within is not to be found in the database's files either.

    PostgreSQL's pages keep it until they are written anew, its log until that is recycled.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        if not connection.in_atomic_block:
            _execute("VACUUM")
        return
    _execute("PRAGMA secure_delete = ON")  # or freed pages would keep the texts
    yield
    _execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _execute(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
