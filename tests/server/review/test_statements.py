"""Statements of reasons on a running server: found by link, told to platforms."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.server.support import Server, event, run, until
from tests.server.test_webhooks import Receiver, add

SHOUT = "STOP SHOUTING AT EVERYBODY HERE."


@pytest.fixture(scope="module")
def held(server: Server) -> Any:
    [decision] = server.decide([event("statement", f"{SHOUT} <SCRIPT>ALERT(1)</SCRIPT>")]).json
    assert decision["remedy"] == "hold"
    return decision


def told(server: Server, decision: str) -> Any:
    key = server.key("decisions:read")
    return server.ask("GET", f"/v1/decisions/{decision}/statement", key=key)


@pytest.fixture(scope="module")
def path(server: Server, held: Any) -> str:
    return told(server, held["id"]).json["url"].removeprefix(server.address)


def page(server: Server, path: str, language: str = "en") -> tuple[int, str]:
    answer = server.ask("GET", path, headers={"Accept-Language": language})
    return answer.status, answer.body.decode()


def test_a_platform_gets_the_statement_in_both_languages_with_its_link(server, held):
    answer = told(server, held["id"]).json
    assert answer["texts"]["en"].startswith("Your post is on hold\n")
    assert "Capital letters do not make a point." in answer["texts"]["en"]
    assert answer["texts"]["zh-Hans"].startswith("您的帖子正在等待处理\n")
    assert answer["reference"] in answer["texts"]["en"]
    assert held["id"] not in answer["texts"]["en"]
    days = datetime.fromisoformat(answer["objection_until"]) - datetime.now(UTC)
    assert timedelta(days=182) < days <= timedelta(days=183)


def test_what_restricts_nothing_has_no_statement(server):
    [decision] = server.decide([event("harmless")]).json
    assert "restricts nothing" in told(server, decision["id"]).error["message"]
    assert told(server, "d-unknown").status == 404


def test_the_link_opens_the_letter_without_an_account_in_the_readers_language(server, path):
    status, english = page(server, path)
    assert status == 200
    assert "Your post is on hold" in english
    assert 'lang="en"' in english
    _, chinese = page(server, path, "zh-CN,zh;q=0.9")
    assert "您的帖子正在等待处理" in chinese
    assert "大写字母不能代替道理。" in chinese
    assert "How to object" not in chinese


def test_a_reader_of_another_language_gets_that_of_their_post(server):
    [decision] = server.decide(
        [event("chinese", "今天真的太吵了！！！！！！大家都别喊了好吗")]
    ).json
    assert decision["remedy"] == "limit"
    path = told(server, decision["id"]).json["url"].removeprefix(server.address)
    assert "您的帖子不再向外推荐" in page(server, path, "de-DE,de;q=0.9")[1]
    assert "not spread any further" in page(server, path, "de-DE,en;q=0.5")[1]


def test_what_the_post_says_can_only_be_a_text_on_the_page(server, path):
    _, body = page(server, path)
    assert "&lt;SCRIPT&gt;ALERT(1)" in body
    assert "<SCRIPT>" not in body


def test_the_page_is_not_kept_anywhere_and_tells_no_other_site_where_it_is(server, path):
    headers = server.ask("GET", path).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_link_that_was_changed_or_cut_short_is_said_to_be_none_of_ours(server, path):
    status, body = page(server, path[:-10])
    assert status == 404
    assert "This link is not one of ours" in body
    for odd in ("x", "d.1.2.3", "%00", "%C3%A9", "." * 400):
        assert page(server, f"/statements/{odd}")[0] == 404
    assert server.ask("POST", path, b"").status == 403


@pytest.mark.usefixtures("django")
def test_every_changed_letter_of_a_link_is_found_out():
    from comity.server.review.statements import Kind, LinkError, path_of, read_link

    now = datetime(2026, 11, 23, tzinfo=UTC)
    token = path_of(Kind.DECISION, "d1", now).removeprefix("/statements/")
    for place, letter in enumerate(token):
        changed = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        with pytest.raises(LinkError):
            read_link(changed, now)


def test_the_signature_of_one_kind_opens_no_other(server, path):
    for kind in "ro":
        assert page(server, path.replace("/statements/d.", f"/statements/{kind}."))[0] == 404


@pytest.mark.usefixtures("django")
def test_a_link_is_old_from_the_day_after_its_last():
    from comity.server.review.statements import Kind, LinkError, path_of, read_link
    from comity.server.review.statements.links import ExpiredLinkError

    until = datetime(2027, 5, 25, 10, tzinfo=UTC)
    path = path_of(Kind.DECISION, "d1", until)
    assert path_of(Kind.DECISION, "d1", until) == path
    token = path.removeprefix("/statements/")
    assert read_link(token, datetime(2027, 5, 25, 23, 59, tzinfo=UTC)).id == "d1"
    with pytest.raises(ExpiredLinkError, match="until 2027-05-25"):
        read_link(token, datetime(2027, 5, 26, 0, 1, tzinfo=UTC))
    with pytest.raises(LinkError):
        read_link(token.replace("20270525", "20370525"), until)


def test_an_erased_post_leaves_nothing_to_read(server):
    [decision] = server.decide([event("forget-me", SHOUT, author="forget-me")]).json
    path = told(server, decision["id"]).json["url"].removeprefix(server.address)
    assert page(server, path)[0] == 200
    server.run("erase", "--author", "forget-me")
    status, body = page(server, path)
    assert status == 410
    assert "There is nothing left to read" in body
    assert "STOP SHOUTING" not in body


def test_a_webhook_brings_the_path_of_the_statement_beside_the_decision(server):
    receiver = Receiver()
    webhook = add(server, receiver.url, "--allow-private")
    decision, _ = server.decide([event("hooked", SHOUT), event("fine")]).json
    until(lambda: receiver.heard)
    message = json.loads(receiver.heard[0][1])
    assert message["data"] == decision
    assert message["statement"] == told(server, decision["id"]).json["url"].removeprefix(
        server.address
    )
    assert page(server, message["statement"])[0] == 200
    server.run("webhooks", "remove", str(webhook["number"]))
    receiver.close()


def test_statements_are_exported_and_pass_our_own_check(server, held, tmp_path):
    out = tmp_path / "statements.jsonl"
    since = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    done = server.run("statements", "export", "--since", since, "--out", str(out))
    assert done.returncode == 0, done.stderr
    records = [
        each for line in out.read_text().splitlines() for each in json.loads(line)["statements"]
    ]
    reference = told(server, held["id"]).json["reference"]
    [mine] = [each for each in records if each["puid"] == reference]
    assert mine["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    written = out.read_text()
    assert not re.search(r"ustatement|pstatement|forum\.example|SHOUTING", written)
    assert run("statements", "check", str(out)).returncode == 0
    later = server.run("statements", "export", "--since", "2999-01-01", "--out", str(out))
    assert (later.returncode, out.read_text()) == (0, "")
