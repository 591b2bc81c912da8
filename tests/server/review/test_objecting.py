"""Objecting over HTTP, by the link of a statement: what works, and what is refused."""

import re
import subprocess
import sys
from typing import Any

import pytest
import requests

from tests.server.review.test_statements import SHOUT, told
from tests.server.support import Server, environment, event

WORDS = "I was quoting. <script>alert(1)</script>"


@pytest.fixture
def path(server: Server, request: Any) -> str:
    """The path of the statement on a post that software holds."""
    [decision] = server.decide([event(f"objecting-{request.node.name[:60]}", SHOUT)]).json
    return told(server, decision["id"]).json["url"].removeprefix(server.address)


class Reader:
    """Someone with a browser, but no account."""

    def __init__(self, server: Server) -> None:
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = "en"
        self.address = server.address

    def read(self, path: str) -> tuple[int, str]:
        answer = self.session.get(self.address + path)
        return answer.status_code, answer.text

    def send(self, path: str, step: str, **more: str) -> tuple[int, str]:
        """Send a form of the page, as the browser does."""
        _, body = self.read(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        sent = {"csrfmiddlewaretoken": token[1] if token else "", **more}
        answer = self.session.post(f"{self.address}{path}/{step}", sent)
        return answer.status_code, answer.text


@pytest.fixture
def reader(server: Server) -> Reader:
    return Reader(server)


def test_who_holds_the_link_appeals_once_and_sees_how_far_it_is(reader, path):
    status, body = reader.send(path, "appeal", words=WORDS)
    assert status == 200
    assert "A reviewer looks at it first" in body
    assert "It will be decided by" in body
    assert "I was quoting. &lt;script&gt;alert(1)" in body
    assert "<script>alert" not in body
    status, body = reader.send(path, "appeal", words="Again!")
    assert status == 409
    assert "An appeal is heard once" in body


def test_what_was_written_stays_in_the_form_when_it_is_refused(reader, path):
    status, body = reader.send(path, "appeal", words="<b>" * 2_000)
    assert status == 409
    assert "1 to 5000 characters" in body
    assert "&lt;b&gt;&lt;b&gt;" in body


def test_an_appeal_can_be_withdrawn_by_the_link_and_is_then_over(reader, path):
    reader.send(path, "appeal", words=WORDS)
    assert "It was withdrawn." in reader.send(path, "withdraw")[1]
    _, body = reader.read(path)
    assert "Withdraw it" not in body
    assert 'name="words"' not in body


def test_another_site_cannot_appeal_in_ones_place(server, reader, path):
    answer = requests.post(f"{server.address}{path}/appeal", {"words": WORDS})
    assert answer.status_code == 403
    reader.read(path)
    answer = reader.session.post(f"{server.address}{path}/appeal", {"words": WORDS})
    assert answer.status_code == 403
    assert "Your appeal" not in reader.read(path)[1]


def test_a_forged_link_appeals_against_nothing(reader, path):
    forged = path[:-4] + "AAAA"
    assert reader.read(forged)[0] == 404
    token = reader.send(path, "nothing")  # a form token to send along
    assert token[0] == 404
    assert reader.send(forged, "appeal", words=WORDS)[0] in (403, 404)
    _, body = reader.read(path)
    assert "Your appeal" not in body
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1]
    answer = reader.session.post(
        f"{reader.address}{forged}/appeal", {"words": WORDS, "csrfmiddlewaretoken": form}
    )
    assert (answer.status_code, "not one of ours" in answer.text) == (404, True)


_OLD_LINK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from comity.server.setup import open_folder
open_folder(Path(sys.argv[1]))
from comity.server.review.statements import Kind, path_of
print(path_of(Kind.DECISION, sys.argv[2], datetime(2026, 1, 31, tzinfo=UTC)))
"""


def test_an_expired_link_objects_to_nothing_and_says_when_it_worked(server, reader, path):
    decision = path.split(".")[1]
    words = [sys.executable, "-c", _OLD_LINK, str(server.data), decision]
    made = subprocess.run(words, env=environment(), capture_output=True, text=True, check=True)
    old = made.stdout.strip()
    status, said = reader.read(old)
    assert (status, "This link is too old" in said, "31" in said) == (410, True, True)
    _, body = reader.read(path)
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1]
    for step in ("appeal", "withdraw", "object"):
        sent = {"words": WORDS, "csrfmiddlewaretoken": form}
        answer = reader.session.post(f"{reader.address}{old}/{step}", sent)
        assert (answer.status_code, "2026" in answer.text) == (410, True), step
    assert "Your appeal" not in reader.read(path)[1]


def test_one_link_shows_nothing_of_another_members_appeal(server, reader, path):
    reader.send(path, "appeal", words="My secret words.")
    [decision] = server.decide([event("objecting-other", SHOUT)]).json
    other = told(server, decision["id"]).json["url"].removeprefix(server.address)
    _, body = Reader(server).read(other)
    assert "My secret words." not in body
    assert 'name="words"' in body


def test_verdicts_are_public_and_what_is_none_is_said_to_be_nowhere(server):
    answer = server.ask("GET", "/verdicts", headers={"Accept-Language": "en"})
    assert answer.status == 200
    assert b"There is no verdict yet" in answer.body
    for number in (1, 10**30):
        for page in ("", "/draw.json", "/checkpoint"):
            assert server.ask("GET", f"/verdicts/{number}{page}").status == 404


def test_only_what_exists_is_confirmed(server):
    key = server.key("events:write")
    for number in (1, 0, 10**30):
        answer = server.ask("POST", f"/v1/verdicts/{number}/confirmation", {"done": True}, key=key)
        assert answer.status == 404, answer.body
    assert server.ask("POST", "/v1/verdicts/1/confirmation", {"done": True}).status == 401
