"""What holds for all tests: the database that they run on, and who of xdist's workers has which."""

import pytest
from hypothesis import settings

from tests.distribution import LongestFirst, rank
from tests.server import engine

# How long an example takes says more of the machine than of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    engine.chosen = config.getoption("--database")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LongestFirst:
    return LongestFirst(config, log)


def pytest_unconfigure() -> None:
    engine.close_all()
