"""A database of its own for what needs no server, empty again after each test."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from comity.charter import Charter
from comity.server.setup import migrate, use
from comity.signals import Scorer
from tests.server.engine import prepare
from tests.server.review.support import Town
from tests.server.support import CHARTER


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> None:
    # Should this worker have run a browser before: Django would mind nothing but its event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    use(prepare(tmp_path_factory.mktemp("review") / "data"))
    migrate()


@pytest.fixture
def community(database: None) -> Iterator[Any]:  # noqa: ARG001  what it stands in
    """A community in a transaction that is never committed."""
    from django.db import transaction

    from comity.server.members.services import found_community

    with transaction.atomic():
        yield found_community("town-square", "Town Square")
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    return Scorer.load()


@pytest.fixture
def town(community: Any, scorer: Scorer) -> Town:
    return Town(community, Charter.read(CHARTER), scorer)
