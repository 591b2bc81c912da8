"""Who is let in, to do what, how often."""

import time

from comity.server.intake.ratelimit import Bucket
from comity.server.intake.visitors import A_MINUTE, Visitors
from tests.server.support import event


def test_without_a_key_nobody_is_let_in(server):
    answer = server.ask("POST", "/v1/decisions", event(1))
    assert (answer.status, answer.error["code"]) == (401, "no_key")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_unknown_key_is_refused(server):
    for key in ("ck_nothing", "x y z", "ключ".encode().decode("latin-1")):
        assert server.ask("POST", "/v1/decisions", event(1), key=key).status == 401


def test_a_key_does_only_what_its_scopes_say(server):
    reader = server.key("decisions:read")
    answer = server.ask("POST", "/v1/decisions", event("scope"), key=reader)
    assert (answer.status, answer.error["code"]) == (403, "forbidden")
    assert "events:write" in answer.error["message"]
    assert server.ask("GET", "/v1/decisions/d0", key=reader).status == 404


def test_a_revoked_key_is_out_within_two_seconds(server):
    key = server.new_key()
    assert server.ask("POST", "/v1/decisions", event("in"), key=key).status == 200
    assert server.run("keys", "revoke", key[:11]).returncode == 0
    time.sleep(2)  # however long it takes to ask
    assert server.ask("POST", "/v1/decisions", event("out"), key=key).status == 401
    assert "revoked" in server.run("keys", "list").stdout


def test_no_secret_is_stored(server):
    key = server.key()
    files = [file for file in server.data.iterdir() if file.is_file()]
    assert not any(key.encode() in file.read_bytes() for file in files)
    for name in ("server.key", "ledger.key"):
        assert (server.data / name).stat().st_mode & 0o777 == 0o600


def test_a_key_that_asks_too_much_is_told_when_to_come_again(server):
    key = server.key("events:write", rate=3)
    start = time.monotonic()
    for i in range(100):
        answer = server.ask("POST", "/v1/decisions", event(f"rate-{i}"), key=key)
        if answer.status != 200:
            break
    come_back = (time.monotonic() - start) / 20  # of what the key may send, while it asked
    assert answer.status == 429
    assert 3 <= i <= 3 + come_back
    assert 1 <= int(answer.headers["Retry-After"]) <= 20
    assert answer.headers["RateLimit-Policy"] == '"key";q=3;w=60'
    assert answer.headers["RateLimit"].startswith('"key";r=0;t=')
    assert "3 events a minute" in answer.error["message"]


def test_no_key_signs_people_in_unless_it_was_made_to(server):
    told = server.run("keys", "create", "a forum").stderr
    assert "events:write" in told
    assert "sign-in" not in told
    told = server.run("keys", "create", "sign-in", "--scope", "members:sign-in").stderr
    assert "It may: members:sign-in." in told


def test_one_visitor_does_not_use_up_a_page_s_key():
    visitors = Visitors()
    asked = [visitors.take(1, 60_000, "192.0.2.7", 0).wait for _ in range(A_MINUTE + 1)]
    assert asked[:A_MINUTE] == [0] * A_MINUTE
    assert asked[-1] == 1
    assert visitors.take(1, 60_000, "192.0.2.8", 0).wait == 0
    assert visitors.take(2, 60_000, "192.0.2.7", 0).wait == 0  # by another key
    assert visitors.take(1, 60_000, "192.0.2.7", 1).wait == 0  # a second later


def test_of_a_small_key_a_visitor_has_a_tenth():
    visitors = Visitors()
    assert [visitors.take(1, 20, "192.0.2.7", 0).wait > 0 for _ in range(3)] == [0, 0, 1]
    assert visitors.take(1, 20, "192.0.2.8", 0).wait == 0


def test_who_has_a_network_of_ipv6_is_one_visitor():
    visitors = Visitors()
    waits = [visitors.take(1, 10, f"2001:db8::{i:x}", 0).wait for i in range(2)]
    assert waits[0] == 0 < waits[1]
    assert visitors.take(1, 10, "2001:db8:0:1::1", 0).wait == 0


def test_visitors_are_bounded_whoever_comes():
    visitors = Visitors(most=100)
    for i in range(1_000):
        visitors.take(1, 600, f"address {i}", 0)
    assert len(visitors) == 100


def test_a_bucket_refills_evenly():
    bucket = Bucket(60, now=0)
    assert bucket.take(60, now=0).wait == 0
    assert bucket.take(1, now=0).wait == 1
    assert bucket.take(1, now=1).wait == 0
    assert bucket.take(10, now=6).wait == 5


def test_a_request_larger_than_the_bucket_is_paid_for_afterwards():
    bucket = Bucket(10, now=0)
    allowance = bucket.take(100, now=0)
    assert (allowance.wait, allowance.left, allowance.full_in) == (0, 0, 600)
    assert bucket.take(1, now=300).wait == 246
    assert bucket.take(1, now=546).wait == 0


def test_a_key_has_a_name_that_can_be_shown(server):
    for name in ("", " ", "two\nlines", "x" * 101):
        refused = server.run("keys", "create", name)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "say what uses the key" in refused.stderr
