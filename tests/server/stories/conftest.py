"""One community with its forum, its people and a browser: what the stories happen in."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page

from tests.server.engine import prepare
from tests.server.learning.forum import Forum
from tests.server.members.conftest import enter_by, fresh_token
from tests.server.support import PATIENCE, SOURCE, Server, environment, event, until
from tests.server.test_webhooks import Receiver

DEMO = SOURCE / "comity/server/demo"
FAULTS = Path(__file__).parents[1].joinpath("console/faults.js").read_text("utf-8")
"""What keeps people from reading a page; run inside it."""
COMMUNITY = "lantern-lane"
JURORS = [f"juror{number}" for number in range(1, 7)]
_numbers = count(1)


class Village:
    """The community as its forum knows it: it tells of posts, and hears what is to be done."""

    def __init__(self, server: Server, receiver: Receiver) -> None:
        self.server, self.receiver = server, receiver
        self._sessions: dict[str, requests.Session] = {}

    def post(self, text: str, author: str) -> Any:
        """Tell of a post, and return the decision; the post's id is in `post`."""
        told = event(f"-story-{next(_numbers)}", text, author=author, community=COMMUNITY)
        answer = self.server.decide(told)
        assert answer.status == 200, answer.body
        return {**answer.json, "post": told["data"]["post"]["id"]}

    def report(self, post: str, by: str, reason: str) -> None:
        name = f"-story-{next(_numbers)}"
        told = event(name, type="report.filed", community=COMMUNITY)
        told["data"] = {"post": {"id": post}, "report": {"by": by, "reason": reason}}
        assert self.server.decide(told).status == 200

    def heard(self, kind: str, least: int = 1, **about: Any) -> list[Any]:
        """What the forum's webhook was told under this type; waits until there are so many."""

        def found() -> list[Any]:
            bodies = [json.loads(body) for _, body in list(self.receiver.heard)]
            alike = [body["data"] for body in bodies if body["type"] == kind]
            return [data for data in alike if about.items() <= data.items()]

        until(lambda: len(found()) >= least)
        return found()

    def confirm(self, verdict: Any) -> Any:
        """Say that the post is back."""
        path, key = f"/v1/verdicts/{verdict['id']}/confirmation", self.server.key()
        answer = self.server.ask("POST", path, {"done": True}, key=key)
        assert answer.status == 200, answer.body
        return answer.json

    def session(self, name: str) -> requests.Session:
        """Someone's browser without a screen: a member's who comes by the forum's link, or that of
        somebody with a role."""
        if name not in self._sessions:
            self._sessions[name] = enter_by(self.server, self._link(name))
        return self._sessions[name]

    def send(self, name: str, path: str, form: dict[str, Any]) -> requests.Response:
        session = self.session(name)
        sent = {"csrfmiddlewaretoken": session.cookies["csrftoken"], **form}
        answer = session.post(self.server.address + path, sent)
        assert answer.status_code == 200, answer.text
        return answer

    def close(self) -> None:
        for session in self._sessions.values():
            session.close()

    def _link(self, name: str) -> str:
        if name in ("reviewer", "steward"):
            return f"/sign-in/{fresh_token(self.server, name)}"
        key = self.server.key("members:sign-in")
        who = {"source": "forum.example", "name": name.title()}
        answer = self.server.ask("POST", f"/v1/members/{name}/sign-in-link", who, key=key)
        return str(answer.json["url"]).removeprefix(self.server.address)


@pytest.fixture(scope="session")
def forum() -> Iterator[Forum]:
    """The forum's own pages, under a strict content-security policy."""
    forum = Forum()
    yield forum
    forum.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, forum: Forum) -> Iterator[Server]:
    """The demo's community, which has a month behind it; its cases are looked at once."""
    folder = tmp_path_factory.mktemp("stories")
    charter = folder / "charter.yaml"
    text = (DEMO / "charter.yaml").read_text("utf-8")
    charter.write_text(f"{text}\nprocedures: {{review: {{second_review: 0%}}}}\n", "utf-8")
    shutil.copytree(DEMO / "lessons", folder / "lessons")
    data = prepare(folder / "data").path
    script = Path(__file__).with_name("last_month.py")
    lived = [sys.executable, str(script), str(data), str(charter)]
    subprocess.run(lived, check=True, env=environment(), cwd=Path(__file__).parents[3])
    os.environ["COMITY_ORIGINS"] = forum.origin
    started = Server(data, "--charter", str(charter))
    del os.environ["COMITY_ORIGINS"]  # the server has read it, and others in this process need not
    yield started
    started.stop()


@pytest.fixture(scope="session")
def village(server: Server) -> Iterator[Village]:
    receiver = Receiver()
    added = server.run("webhooks", "add", receiver.url, "--allow-private")
    assert added.returncode == 0, added.stderr
    village = Village(server, receiver)
    yield village
    village.close()
    receiver.close()


@pytest.fixture(scope="session")
def jurors(village: Village) -> list[str]:
    """Members who have said that they are willing to serve, on posts in either language."""
    for name in JURORS:
        page = village.send(name, "/juries/serve", {"languages": ["en", "zh-Hans"]})
        assert "You can be drawn" in page.text
    return JURORS


class Visitor:
    """Opens pages in a real browser: as somebody, in a language, on a screen of some width."""

    def __init__(self, chromium: Browser, village: Village, locale: str, width: int) -> None:
        self._browser, self._village = chromium, village
        self._options: Any = {"locale": locale, "viewport": {"width": width, "height": 800}}
        self._contexts: list[BrowserContext] = []
        self.width = width
        self.complaints: list[str] = []

    def open(self, address: str, person: str | None = None) -> Page:
        """A page in a browser of its own; signed in where a person is named."""
        context = self._browser.new_context(**self._options)
        context.set_default_timeout(PATIENCE * 1000)
        self._contexts.append(context)
        server = self._village.server.address
        if person:
            cookies = self._village.session(person).cookies.get_dict()
            context.add_cookies(
                [{"name": name, "value": value, "url": server} for name, value in cookies.items()]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda m: "Content Security Policy" in m.text and self.complaints.append(m.text),
        )
        page.goto(address if address.startswith("http") else server + address)
        return page

    def fits(self, page: Page) -> bool:
        """Whether nothing has to be scrolled sideways, once all of it is there."""
        page.wait_for_load_state()
        return bool(page.evaluate("document.documentElement.scrollWidth") <= self.width)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def visitor(request: pytest.FixtureRequest, village: Village) -> Iterator[Any]:
    """Makes a visitor; what their browser complains of fails the test."""
    made: list[Visitor] = []

    def visitor(locale: str, width: int) -> Visitor:
        made.append(Visitor(request.getfixturevalue("browser"), village, locale, width))
        return made[-1]

    yield visitor
    for each in made:
        each.close()
        assert each.complaints == []
