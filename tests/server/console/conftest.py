"""One server, one browser and one signed-in person for all tests of the console."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from comity.server.setup import migrate, use
from tests.server.engine import prepare
from tests.server.support import PATIENCE, SOURCE, Server, environment, event

CHARTER = SOURCE / "comity/server/demo/charter.yaml"
_number = count(1)


@dataclass
class Platform:
    """A forum that is connected: it tells of posts and hears decisions."""

    server: Server

    def post(self, text: str, author: str = "wren", parent: dict[str, str] | None = None) -> Any:
        """Tell of a post, and return the decision."""
        told = event(f"-console-{next(_number)}", text, author=author, community="lantern-lane")
        if parent:
            told["data"]["parent"] = parent
        answer = self.server.decide(told)
        assert answer.status == 200, answer.body
        return answer.json


def fresh_link(server: Server) -> str:
    """The path of another link for the steward, made beside the running server."""
    made = subprocess.run(
        [sys.executable, "-c", _MAKE_LINK, str(server.data)],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    return f"/sign-in/{made.stdout.strip()}"


_MAKE_LINK = """
import sys
from pathlib import Path
from comity.server.setup import open_folder
community = open_folder(Path(sys.argv[1]))
from django.utils import timezone
from comity.server.members import services
print(services.make_sign_in_link(services.first_steward(community), timezone.now()))
"""


@dataclass
class Watched:
    """What pages did that they must never do; checked after each test."""

    address: str
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda m: m.type in ("error", "warning") and self.complain(m.text))
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on("request", self.look)

    def look(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "about:")):
            self.complain(f"asked another host: {request.url}")

    def complain(self, text: str) -> None:
        if not any(part in text for part in self.expected):
            self.complaints.append(text)


@pytest.fixture(scope="session")
def django(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Django in this process, with an empty database of its own."""
    # Playwright keeps an event loop running in this thread, which is all that Django would mind.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    use(prepare(tmp_path_factory.mktemp("django") / "data"))
    migrate()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo's community, without its posts: what comes in is up to the tests."""
    started = Server(tmp_path_factory.mktemp("console") / "data", "--charter", str(CHARTER))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="session")
def link(server: Server) -> str:
    """The path of the link that the server printed; `session` uses it up."""
    printed = re.search(r"/sign-in/\S+", server.out.read_text())
    assert printed
    return printed[0]


@pytest.fixture(scope="session")
def platform(server: Server) -> Platform:
    return Platform(server)


@pytest.fixture(scope="session")
def session(browser: Browser, address: str, link: str) -> Any:
    """Sign in by the printed link, once; the cookies of it are what the other tests carry."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/live$"))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def watched(address: str) -> Iterator[Watched]:
    watched = Watched(address)
    yield watched
    assert watched.complaints == []


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, address: str, session: Any, watched: Watched) -> Iterator[Visit]:
    """Open a page of the console, signed in unless told otherwise; options are the context's."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, signed_in: bool = True, **options: Any) -> Page:
        options = {"locale": "en-GB", "viewport": {"width": 1200, "height": 900}, **options}
        context = browser.new_context(**options, storage_state=session if signed_in else None)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        watched.watch(page)
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
