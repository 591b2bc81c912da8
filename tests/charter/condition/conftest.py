"""A database with the events of the small world."""

from collections.abc import Iterator

import duckdb
import pytest

from comity.charter.condition import COLUMN_TYPES
from tests.charter.condition.world import ANYTHING, CATALOGUE, LISTS, TAME

SPARK = {
    "array_contains(items, item)": "list_contains(items, item)",
    "arrays_overlap(items, others)": "list_has_any(items, others)",
    "safe_add(a, b)": "TRY(a + b)",
    "safe_subtract(a, b)": "TRY(a - b)",
    "safe_multiply(a, b)": "TRY(a * b)",
}
"""What SQLGlot leaves of Spark's functions when it reads them for DuckDB."""


@pytest.fixture(scope="session")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    kinds = {name: COLUMN_TYPES[signal.kind] for name, signal in CATALOGUE.items()}
    lists = ", ".join(f"{list(items)} AS {name}" for name, items in LISTS.items())
    columns = ", ".join(f"unnest(?::{kind}[]) AS {name}" for name, kind in kinds.items())
    with duckdb.connect(config={"threads": 1}) as connection:
        for table, events in (("anything", ANYTHING), ("tame", TAME)):
            values = [[event[name] for event in events] for name in kinds]
            connection.execute(f"CREATE TABLE {table} AS SELECT {columns}, {lists}", values)
        for call, meaning in SPARK.items():
            connection.execute(f"CREATE MACRO {call} AS {meaning}")
        yield connection
