"""The console's browser and person, on a server that a page of another site may ask too."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.server.console.conftest import (  # noqa: F401  fixtures are used by their names
    CHARTER,
    address,
    django,
    fresh_link,
    link,
    session,
    visit,
    watched,
)
from tests.server.learning.forum import Forum
from tests.server.support import Answer, Server


@pytest.fixture(scope="session")
def forum() -> Iterator[Forum]:
    """Another site, under a strict content-security policy."""
    forum = Forum()
    yield forum
    forum.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, forum: Forum) -> Iterator[Server]:
    os.environ["COMITY_ORIGINS"] = forum.origin
    started = Server(tmp_path_factory.mktemp("learning") / "data", "--charter", str(CHARTER))
    del os.environ["COMITY_ORIGINS"]  # the server has read it, and others in this process need not
    yield started
    started.stop()


@dataclass(frozen=True)
class Page:
    """A page of some origin that asks with a publishable key."""

    server: Server
    key: str
    origin: str

    def advise(self, text: str, **more: str) -> Answer:
        draft = {"post": {"text": text}, **more}
        return self.server.ask(
            "POST", "/v1/drafts", draft, key=self.key, headers={"Origin": self.origin}
        )

    def tell(self, form: str) -> Answer:
        headers = {
            "Origin": self.origin,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = f"key={self.key}&{form}".encode()
        return self.server.ask("POST", "/v1/drafts/outcomes", body, headers=headers)


@pytest.fixture(scope="session")
def publishable(server: Server) -> str:
    return server.new_key("--publishable")


@pytest.fixture
def page(server: Server, publishable: str, forum: Forum) -> Page:
    return Page(server, publishable, forum.origin)
