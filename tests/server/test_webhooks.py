"""Decisions told to others: signed, again and again until they arrive."""

import base64
import hashlib
import hmac
import itertools
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from comity.server.intake.post import check_url, is_public
from comity.server.intake.schedule import ATTEMPTS, delay
from tests.server.support import Server, event, until

SHOUT = "STOP SHOUTING AT EVERYBODY HERE."


class Receiver:
    """A receiver of webhooks that answers what it is told to."""

    def __init__(self) -> None:
        self.status = 200
        self.heard: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def events(self) -> list[str]:
        return [json.loads(body)["data"]["event"] for _, body in self.heard]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def add(server: Server, *words: str) -> dict[str, object]:
    return json.loads(server.run("webhooks", "add", *words, "--json").stdout)


def test_a_decision_that_asks_for_action_is_told_and_signed(server, receiver):
    webhook = add(server, receiver.url, "--allow-private")
    decision = server.decide([event("hook", SHOUT), event("quiet")]).json[0]
    until(lambda: receiver.heard)
    headers, body = receiver.heard[0]
    message = json.loads(body)
    assert (message["type"], message["data"]) == ("decision.made", decision)
    assert headers["webhook-id"] == decision["id"]
    secret = base64.b64decode(str(webhook["secret"]).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    signature = base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{signature}"
    assert receiver.events() == ["ehook"]
    server.run("webhooks", "remove", str(webhook["number"]))


def test_a_message_that_fails_is_sent_again_under_the_same_id(server, receiver):
    webhook = add(server, receiver.url, "--allow-private")
    receiver.status = 500
    server.decide(event("retry", SHOUT))
    until(lambda: len(receiver.heard) >= 2)
    receiver.status = 204
    seen = len(receiver.heard)
    until(lambda: len(receiver.heard) > seen)
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 1
    until(lambda: "0 waiting" in server.run("webhooks", "list").stdout.split(receiver.url)[1])
    server.run("webhooks", "remove", str(webhook["number"]))


def test_a_private_address_is_not_posted_to_unless_allowed(server, receiver):
    webhook = add(server, receiver.url)
    server.decide(event("private-hook", SHOUT))
    until(lambda: "private network" in server.run("webhooks", "list").stdout)
    assert receiver.heard == []
    server.run("webhooks", "remove", str(webhook["number"]))


def test_no_message_is_lost_when_the_server_is_killed(tmp_path, receiver):
    server = Server(tmp_path / "data")
    add(server, receiver.url, "--allow-private")
    receiver.status = 503
    wanted = {f"ekill-{i}" for i in range(20)}
    server.decide([event(f"kill-{i}", SHOUT) for i in range(20)])
    server.kill()
    receiver.heard.clear()
    receiver.status = 200
    server.start()
    until(lambda: set(receiver.events()) == wanted)
    server.stop()


def test_tries_come_ever_further_apart_and_end():
    waits = [delay(attempt, 0.5) for attempt in range(1, ATTEMPTS)]
    assert waits[:3] == [timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4)]
    assert all(first <= second for first, second in itertools.pairwise(waits))
    assert sum(waits, timedelta()) > timedelta(days=1)
    assert delay(ATTEMPTS, 0.5) is None


def test_tries_that_failed_together_do_not_come_back_together():
    assert delay(10, 0.0) == timedelta(seconds=384)
    assert delay(10, 0.999) > timedelta(seconds=639)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1",
     "2002:0a00:0001::", "224.0.0.1", "0.0.0.0", "100.64.0.1", "64:ff9b::a00:1", "64:ff9b:1::1",
     "::10.0.0.1", "::ffff:0:10.0.0.1", "fec0::1", "ff0e::1", "192.0.0.8"],
)  # fmt: skip
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"],
)
def test_addresses_outside_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "https://", "file:///etc/passwd", "https://a:b@c.example",
            "https://a.example/ b", "http://a.example:99999", "https://例.example", "http://[::1"],
)  # fmt: skip
@pytest.mark.usefixtures("django")  # what is wrong is said in words that can be translated
def test_an_address_that_cannot_be_posted_to_is_refused(url):
    assert check_url(url)
