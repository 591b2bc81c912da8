"""A database with the events of the small world."""

from collections.abc import Iterator

import duckdb
import pytest

from comity.charter.condition import COLUMN_TYPES
from tests.charter.condition.world import ANYTHING, CATALOGUE, LISTS, TAME


@pytest.fixture(scope="session")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    kinds = {name: COLUMN_TYPES[signal.kind] for name, signal in CATALOGUE.items()}
    lists = ", ".join(f"{list(items)} AS {name}" for name, items in LISTS.items())
    columns = ", ".join(f"unnest(?::{kind}[]) AS {name}" for name, kind in kinds.items())
    with duckdb.connect(config={"threads": 1}) as connection:
        for table, events in (("anything", ANYTHING), ("tame", TAME)):
            values = [[event[name] for event in events] for name in kinds]
            connection.execute(f"CREATE TABLE {table} AS SELECT {columns}, {lists}", values)
        yield connection
