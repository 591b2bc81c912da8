"""One server, one browser and one signed-in person for all tests of the console."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.server.live import SOURCE, Server, serving

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
_number = count(1)


@dataclass
class Platform:
    """A forum that is connected: it tells of posts and hears decisions."""

    server: Server
    key: str

    def post(self, text: str, author: str = "wren", parent: dict[str, str] | None = None) -> Any:
        """Tell of a post, and return the decision."""
        n = next(_number)
        event = {
            "id": f"test-{n}",
            "source": "forum.example",
            "type": "post.created",
            "time": datetime.now(UTC).isoformat(),
            "community": "lantern-lane",
            "data": {
                "post": {"id": f"post-{n}", "text": text, "thread": "well"},
                "author": {"id": author},
                **({"parent": parent} if parent else {}),
            },
        }
        request = urllib.request.Request(
            f"{self.server.address}/v1/decisions",
            json.dumps(event).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())


def fresh_link(server: Server) -> str:
    """The path of another link for the steward, made beside the running server."""
    token = subprocess.run(
        [sys.executable, "-c", _MAKE_LINK, str(server.data)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    return f"/sign-in/{token.stdout.strip()}"


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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("console") / "data", "--demo") as running:
        yield running


@pytest.fixture(scope="session")
def platform(server: Server) -> Platform:
    """The demo's community, with a platform that has an API key."""
    command = [sys.executable, "-m", "comity", "keys", "create", "tests", "--json"]
    made = subprocess.run(
        [*command, "--data", str(server.data)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    return Platform(server, json.loads(made.stdout)["key"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def session(browser: Browser, server: Server) -> Any:
    """Sign in by the printed link, once; the cookies of it are what the other tests carry."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/live$"))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def watched(server: Server) -> Iterator[Watched]:
    watched = Watched(server.address)
    yield watched
    assert watched.complaints == []


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, server: Server, session: Any, watched: Watched) -> Iterator[Visit]:
    """Open a page of the console, signed in unless told otherwise; options are the context's."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, signed_in: bool = True, **options: Any) -> Page:
        options = {"locale": "en-GB", "viewport": {"width": 1200, "height": 900}, **options}
        context = browser.new_context(**options, storage_state=session if signed_in else None)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watched.watch(page)
        page.goto(server.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
