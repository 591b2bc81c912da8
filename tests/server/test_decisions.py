"""Events in, decisions out: over a real socket."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.server.engine import rows
from tests.server.support import Server, event

SHOUT = "STOP SHOUTING AT EVERYBODY HERE."


def ledger_size(server: Server) -> int:
    return server.ask("GET", "/healthz").json["ledger"]


def test_an_event_gets_a_decision_with_its_reasons(server):
    answer = server.decide(event("why", SHOUT))
    assert answer.status == 200
    assert answer.json["remedy"] == "hold"
    [article] = answer.json["articles"]
    assert article["id"] == "no-shouting"
    assert article["because"][0]["signal"] == "caps_share"
    assert answer.json["charter"].startswith("sha256:")


def test_a_batch_gets_its_decisions_in_order(server):
    events = [event(f"order-{i}", SHOUT if i % 2 else "Good morning.") for i in range(20)]
    decisions = server.decide(events).json
    assert [decision["event"] for decision in decisions] == [e["id"] for e in events]
    assert [d["remedy"] for d in decisions] == ["allow", "hold"] * 10


def test_an_empty_batch_gets_an_empty_answer(server):
    assert server.decide([]).json == []


def test_the_same_event_twice_is_decided_once(server):
    told = event("twice")
    first = server.decide(told)
    before = ledger_size(server)
    assert server.decide(told).body == first.body
    assert server.decide([told, told]).json == [first.json, first.json]
    assert ledger_size(server) == before


def test_an_event_twice_in_one_batch_is_decided_once(server):
    told = event("both")
    before = ledger_size(server)
    first, second = server.decide([told, told]).json
    assert first == second
    assert ledger_size(server) == before + 1


def test_the_same_id_with_another_content_is_refused(server):
    server.decide(event("other"))
    answer = server.decide([event("fresh"), event("other", "Something else.")])
    assert answer.status == 409
    assert answer.error["where"] == "[1].id"
    assert "eother" in answer.error["message"]
    # the rest of that batch was not recorded either
    assert server.decide(event("fresh", "Another text yet.")).status == 200


def test_one_wrong_event_refuses_its_batch_and_is_named(server):
    before = ledger_size(server)
    wrong = event("wrong")
    wrong["data"]["post"]["txt"] = wrong["data"]["post"].pop("text")
    answer = server.decide([event("right"), wrong])
    assert answer.status == 422
    assert answer.error == {
        "code": "invalid",
        "message": "unknown field `data.post.txt`",
        "where": "[1].data.post.txt",
        "hint": "did you mean `text`?",
    }
    assert ledger_size(server) == before


def test_more_than_a_thousand_events_are_too_many(server):
    assert len(server.decide([event(f"max-{i}") for i in range(1000)]).json) == 1000
    answer = server.decide([event(f"more-{i}") for i in range(1001)])
    assert answer.status == 422
    assert "1,000" in answer.error["message"]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"community": "elsewhere"}, "community"),
        ({"time": "0001-01-01T00:00:00+23:59"}, "time"),
        ({"time": (datetime.now(UTC) + timedelta(days=3)).isoformat()}, "time"),
        ({"time": "2026-11-23T10:00:00"}, "time"),
        ({"type": "post.liked"}, "type"),
        ({"id": ""}, "id"),
        ({"id": "a\nb"}, "id"),
        ({"data": {}}, ""),
        ({"data": None}, "data"),
    ],
)
def test_a_wrong_field_is_named(server, changed, where):
    answer = server.decide(event("field", **changed))
    assert answer.status == 422
    assert answer.error["where"] == where
    assert answer.error["message"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"id": "\\ud800"}', b"nope", b"[1, 2"],
)
def test_what_is_not_json_is_refused(server, body):
    answer = server.decide(body)
    assert (answer.status, answer.error["where"]) == (400, "body")


@pytest.mark.parametrize("body", [b"1", b"null", b'"x"', b"[1]", b"[[]]", b"[null]"])
def test_json_that_is_no_event_is_refused(server, body):
    assert server.decide(body).status == 422


def test_every_character_comes_back_as_it_was_told(server):
    told = event("文字 \U0001f642 ‮", "\x00 zero, \u200b nothing, 你好, \U0001f642")
    assert server.decide(told).json["event"] == told["id"]
    assert server.decide(told).status == 200


def test_only_json_is_taken(server):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = server.ask("POST", "/v1/decisions", b"a=b", key=server.key(), headers=form)
    assert (answer.status, answer.error["code"]) == (415, "not_json")


def test_a_body_that_is_too_large_is_refused(server):
    # refused by what it says of itself, before any of it is sent
    said = {"Content-Length": str(17 * 1024 * 1024), "Connection": "close"}
    answer = server.ask("POST", "/v1/decisions", b"[", key=server.key(), headers=said)
    assert (answer.status, answer.error["code"]) == (413, "too_large")


def test_a_decision_can_be_read_again(server):
    decision = server.decide(event("again")).json
    answer = server.ask("GET", f"/v1/decisions/{decision['id']}", key=server.key())
    assert answer.json == decision
    assert server.ask("GET", "/v1/decisions/d0", key=server.key()).error["code"] == "not_found"


def test_what_brings_no_text_is_recorded_and_allowed(server):
    joined = event("joined", type="member.joined", data={"author": {"id": "u1"}})
    assert server.decide(joined).json["remedy"] == "allow"


def test_counters_go_on_counting_over_requests(server):
    counts = [
        server.decide(event(f"count-{i}", author="the-same")).json["signals"]["author_posts_1h"]
        for i in range(3)
    ]
    assert counts == [1, 2, 3]


def test_an_article_that_suddenly_matches_too_much_is_suspended_and_on_record(server):
    alarm = "Look at this!!!!!"
    first = server.decide([event(f"alarm-{i}", alarm) for i in range(600)]).json
    assert first[0]["remedy"] == "limit"
    after = server.decide(event("alarm-after", alarm)).json
    assert after["remedy"] == "allow"
    assert [finding["id"] for finding in after["trial"]] == ["no-alarms"]
    size = ledger_size(server)
    entries = server.ask("GET", f"/v1/ledger/entries?start={size - 2}").json["entries"]
    assert [json.loads(entry["body"])["kind"] for entry in entries] == ["suspension", "decision"]
    assert "no-alarms  since" in server.run("breaker", "list").stdout
    assert server.run("breaker", "lift", "no-alarms").returncode == 0
    [lifted] = server.ask("GET", f"/v1/ledger/entries?start={size}").json["entries"]
    told = json.loads(lifted["body"])
    assert (told["kind"], told["articles"]) == ("reinstatement", ["no-alarms"])
    assert told["about"] == [size - 2]
    assert list(told["commitments"]) == ["by"]
    assert server.run("breaker", "lift", "no-alarms").returncode == 1
    assert "No article" in server.run("breaker", "list").stderr
    assert server.decide(event("alarm-lifted", alarm)).json["remedy"] == "limit"
    assert server.run("ledger", "verify").returncode == 0


def test_an_article_that_was_lifted_is_watched_anew_after_a_restart(server):
    alarm = "Look at that!!!!!"
    server.run("breaker", "lift", "no-alarms")
    server.stop()
    server.start()
    assert server.decide(event("again-first", alarm)).json["remedy"] == "limit"
    server.decide([event(f"again-{i}", alarm) for i in range(100)])
    assert server.decide(event("again-after", alarm)).json["remedy"] == "allow"
    server.run("breaker", "lift", "no-alarms")


def test_a_draft_gets_advice_and_leaves_no_trace(server):
    before = ledger_size(server)
    answer = server.ask("POST", "/v1/drafts", {"post": {"text": SHOUT}}, key=server.key())
    assert answer.json["remedy"] == "hold"
    [article] = answer.json["articles"]
    assert article["title"]["en"] == "No shouting"
    assert "no-flooding" in answer.json["abstained"]
    assert ledger_size(server) == before


@pytest.mark.parametrize(
    ("draft", "where"),
    [
        ({}, "post"),
        ([], "post"),
        ({"post": {"txt": "x"}}, "post.txt"),
        ({"post": {"text": "x", "id": "p"}}, "post.id"),
        ({"post": {"text": 1}}, "post.text"),
        ({"post": {"text": "x"}, "autor": {}}, "autor"),
    ],
)
def test_a_wrong_draft_is_refused(server, draft, where):
    answer = server.ask("POST", "/v1/drafts", draft, key=server.key())
    assert (answer.status, answer.error["where"]) == (422, where)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/decisions", 405),
        ("DELETE", "/v1/charter", 405),
        ("GET", "/v1/ledger/entries?start=x", 422),
        ("GET", "/v1/ledger/entries?start=-1", 422),
        ("GET", f"/v1/ledger/entries?start={10**30}", 422),
        ("GET", "/v1/ledger/tile/../../etc/passwd", 404),
        ("GET", "/v1/%ff%fe", 404),
    ],
)
def test_every_refusal_is_json(server, method, path, status):
    answer = server.ask(method, path)
    assert answer.status == status
    assert set(answer.error) == {"code", "message", "where", "hint"}


def test_no_log_line_holds_a_text_or_a_key(server):
    server.decide(event("private", "A sentence that is nobody's business."))
    server.decide(b'{"id": "a sentence that is nobody')
    log = server.log.read_text()
    assert "nobody" not in log
    assert server.key() not in log
    assert all(json.loads(line)["event"] for line in log.splitlines())


def test_ten_thousand_reports_by_one_member_are_refused_and_the_others_heard(server):
    def report(number: int, by: str):
        told = event(f"flood-{by}-{number}", type="report.filed", author="u-reported")
        told["data"]["post"] = {"id": f"flooded-{number}"}
        told["data"]["report"] = {"by": by, "reason": "again"}
        return told

    before = ledger_size(server)
    batches = [[report(n, "u-flood") for n in range(at, at + 250)] for at in range(0, 10_000, 250)]
    answers = [server.decide(batch) for batch in batches]
    assert [answer.status for answer in answers] == [200, 200] + [429] * 38
    assert answers[2].error["where"] == "[0].data.report.by"
    assert "no more are taken" in answers[2].error["message"]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 86_401
    assert ledger_size(server) == before + 500
    assert server.log.read_text().count('"reports refused"') == 1
    mixed = [report(1, "u-other"), report(9_999, "u-flood")]
    assert server.decide(mixed).error["where"] == "[1].data.report.by"
    assert server.decide(mixed[0]).status == 200
    opened = rows(server.data, "SELECT count(*) FROM review_caseorigin WHERE reporter = 'u-flood'")
    assert opened == [(50,)]
