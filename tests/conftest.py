"""What holds for all tests: the database that they run on."""

import pytest

from tests.server import engine


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    engine.chosen = config.getoption("--database")


def pytest_unconfigure() -> None:
    engine.close_all()
