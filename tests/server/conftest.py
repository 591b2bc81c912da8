"""One server for all the tests of a worker that do not stop it."""

from collections.abc import Iterator

import pytest

from comity.server.folder import DataFolder
from comity.server.setup import use
from tests.server.support import Server


@pytest.fixture(scope="session")
def django(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Django in this process, for what needs no server."""
    use(DataFolder(tmp_path_factory.mktemp("django") / "data"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("server") / "data")
    yield started
    started.stop()
