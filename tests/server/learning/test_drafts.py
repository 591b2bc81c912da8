"""Advice on drafts: what it says, who may ask, and what is counted of it."""

import json
import subprocess
import sys
import time
from itertools import takewhile

import pytest

from tests.server.support import environment

RUDE = "You are a complete idiot and everyone here knows it."
KIND = "Thank you, that helped."
DRAFT = "d0000000000000000000001"


def test_advice_says_what_would_follow_and_why_and_what_may_help(page, server):
    told = page.advise(RUDE).json
    assert told["remedy"] == "hold"
    assert told["meaning"]["en"].startswith("The post waits, unseen by others")
    assert told["meaning"]["zh-Hans"].startswith("帖子")
    article = told["articles"][0]
    assert (article["id"], article["title"]["en"]) == ("no-personal-attacks", "No personal attacks")
    assert {"insult"} <= {span["attribute"] for span in told["spans"]}
    assert told["suggestions"] == ["I disagree with you."]
    assert told["lessons"] == [
        {
            "id": "disagree-well",
            "title": {"en": "How to disagree well", "zh-Hans": "怎样好好地反对"},
            "url": f"{server.address}/lessons/disagree-well",
        }
    ]
    assert (told["shown"], told["receipt"]) == (True, None)


def test_a_wording_is_offered_only_if_the_charter_asks_for_less_then(page):
    for wording in page.advise(RUDE).json["suggestions"]:
        assert page.advise(wording).json["remedy"] == "allow"


def test_a_kind_draft_gets_no_advice(page):
    told = page.advise(KIND).json
    assert (told["remedy"], told["suggestions"], told["lessons"]) == ("allow", [], [])


def test_a_page_may_ask_where_the_operator_allowed_its_origin(page, forum):
    answer = page.advise(KIND)
    assert answer.headers["Access-Control-Allow-Origin"] == forum.origin
    assert "Origin" in answer.headers["Vary"]


def preflight(server, origin, path="/v1/drafts"):
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return server.ask("OPTIONS", path, headers=headers)


def test_a_browser_is_told_beforehand(server, forum):
    answer = preflight(server, forum.origin)
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == forum.origin
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


def test_pages_of_other_origins_may_not_ask(server, publishable):
    answer = preflight(server, "https://elsewhere.example")
    assert (answer.status, answer.error["where"]) == (403, "Origin")
    assert "COMITY_ORIGINS" in answer.error["hint"]
    assert answer.headers["Access-Control-Allow-Origin"] is None
    asked = server.ask(
        "POST",
        "/v1/drafts",
        {"post": {"text": KIND}},
        key=publishable,
        headers={"Origin": "https://elsewhere.example"},
    )
    assert asked.status == 403


@pytest.mark.parametrize("path", ["/v1/decisions", "/v1/charter", "/healthz"])
def test_only_drafts_are_open_to_pages(server, forum, path):
    assert preflight(server, forum.origin, path).headers["Access-Control-Allow-Origin"] is None


def test_a_publishable_key_is_for_drafts_alone(page, server):
    answer = server.ask("POST", "/v1/decisions", {}, key=page.key, headers={"Origin": page.origin})
    assert (answer.status, answer.error["code"]) == (403, "forbidden")
    refused = server.run("keys", "create", "x", "--publishable", "--scope", "events:write")
    assert refused.returncode == 1
    assert "a publishable key has the scope `drafts` and no other" in refused.stderr


def test_a_secret_key_in_a_page_is_refused_in_words(server, forum):
    answer = server.ask(
        "POST",
        "/v1/drafts",
        {"post": {"text": KIND}},
        key=server.key(),
        headers={"Origin": forum.origin},
    )
    assert answer.status == 403
    assert "must not stand in a web page" in answer.error["message"]
    assert "--publishable" in answer.error["hint"]


@pytest.mark.parametrize("draft", ["short", "x" * 65, "with spaces in it, which", 7])
def test_an_id_that_is_not_random_looking_is_refused(page, draft):
    answer = page.advise(RUDE, draft=draft)
    assert (answer.status, answer.error["where"]) == (422, "draft")


@pytest.fixture
def holdout(server):
    """Begin measuring with half of the drafts; returns a way to read what was counted."""
    beside(server, "begin(0.5)")
    yield lambda: json.loads(beside(server, "counted()"))
    beside(server, "begin(0.0)")


def beside(server, call):
    """Run a service on the server's folder, as a steward's page does inside it."""
    made = subprocess.run(
        [sys.executable, "-c", SERVICE + f"print({call})", str(server.data)],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    return made.stdout


SERVICE = """
import json, sys
from pathlib import Path
from comity.server.setup import open_folder
community = open_folder(Path(sys.argv[1]))
from django.utils import timezone
from comity.server.learning import holdouts
from comity.server.learning.models import DraftOutcome
from comity.server.members.services import first_steward
def begin(share):
    return holdouts.begin(first_steward(community), community, share, b"s" * 32, timezone.now())
def counted():
    fields = ("arm", "outcome", "remedy", "language", "articles")
    return json.dumps(list(DraftOutcome.objects.order_by("pk").values(*fields)))
"""


def test_a_draft_stays_in_its_arm_and_its_outcome_is_counted_once(page, holdout):
    arms = {}
    for number in range(20):
        draft = f"d{number:020}"
        arms[draft] = {page.advise(RUDE, draft=draft).json["shown"] for _ in range(2)}
    assert all(len(shown) == 1 for shown in arms.values())
    assert {True, False} == {shown for each in arms.values() for shown in each}
    held = next(draft for draft, shown in arms.items() if shown == {False})
    receipt = page.advise(RUDE, draft=held).json["receipt"]
    before = len(holdout())
    assert page.tell(f"receipt={receipt}&outcome=dropped").status == 204
    assert page.tell(f"receipt={receipt}&outcome=sent").status == 422
    counted = holdout()
    assert len(counted) == before + 1
    assert counted[-1] == {
        "arm": "held",
        "outcome": "dropped",
        "remedy": "hold",
        "language": "en",
        "articles": ["no-personal-attacks", "strong-language"],
    }


def test_a_kind_draft_is_not_counted(page, holdout):  # noqa: ARG001  it runs
    assert page.advise(KIND, draft=DRAFT).json["receipt"] is None


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("receipt=made-up&outcome=sent", 422),
        ("receipt=x:y:z&outcome=sent", 422),
        ("receipt=" + "x" * 5000 + "&outcome=sent", 422),
        ("receipt=x&outcome=thrown", 422),
        ("outcome=sent", 422),
    ],
)
def test_what_is_no_receipt_of_ours_is_refused(page, form, status):
    assert page.tell(form).status == status


def test_without_a_key_no_outcome_is_taken(server, forum):
    headers = {"Origin": forum.origin, "Content-Type": "application/x-www-form-urlencoded"}
    answer = server.ask("POST", "/v1/drafts/outcomes", b"receipt=x&outcome=sent", headers=headers)
    assert answer.status == 401


def test_pages_have_a_limit_too(server, forum):
    key = server.new_key("--publishable", "--rate", "20")

    def ask(visitor: str) -> int:
        headers = {"Origin": forum.origin, "X-Forwarded-For": f"203.0.113.1, {visitor}"}
        draft = {"post": {"text": KIND}}
        return server.ask("POST", "/v1/drafts", draft, key=key, headers=headers).status

    start = time.monotonic()
    alone = sum(1 for _ in takewhile(lambda _: ask("192.0.2.1") == 200, range(200)))
    # While they ask, what they may send comes back: to the visitor in 30 seconds, to the key in 3.
    assert 2 <= alone <= 2 + (time.monotonic() - start) / 30
    let_in = sum(1 for _ in takewhile(lambda i: ask(f"192.0.2.{i}") == 200, range(2, 200)))
    assert 20 <= alone + let_in <= 20 + (time.monotonic() - start) / 3
