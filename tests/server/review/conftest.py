"""A database of its own for what needs no server, empty again after each test."""

from collections.abc import Iterator
from typing import Any

import pytest

from comity.server.folder import DataFolder
from comity.server.setup import migrate, use


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> None:
    use(DataFolder(tmp_path_factory.mktemp("review") / "data"))
    migrate()


@pytest.fixture
def community(database: None) -> Iterator[Any]:  # noqa: ARG001  what it stands in
    """A community in a transaction that is never committed."""
    from django.db import transaction

    from comity.server.members.services import found_community

    with transaction.atomic():
        yield found_community("town-square", "Town Square")
        transaction.set_rollback(True)
