"""Requests as they come in: in chunks, packed, slowly, through a proxy, and by made-up methods."""

import gzip
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.server.support import Server, event

GOOGLES = ("/v1alpha1/nothing", "/$discovery/nothing")
TOO_MUCH = b" " * (16 * 1024 * 1024 + 1)


def test_a_body_may_come_in_chunks(server: Server):
    whole = json.dumps(event("chunked")).encode()

    def chunks() -> Iterator[bytes]:
        yield whole[:20]
        yield whole[20:]

    request = urllib.request.Request(
        f"{server.address}/v1/decisions",
        chunks(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {server.key()}"},
    )
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer)["event"] == "echunked"


def test_chunks_are_not_taken_for_ever(server: Server):
    request = urllib.request.Request(
        f"{server.address}/v1/decisions",
        iter([TOO_MUCH]),
        {"Content-Type": "application/json", "Authorization": f"Bearer {server.key()}"},
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    with caught.value as refusal:
        assert refusal.code == 413


def test_a_body_may_be_packed(server: Server):
    body = gzip.compress(json.dumps(event("packed")).encode())
    headers = {"Content-Encoding": "gzip"}
    answer = server.ask("POST", "/v1/decisions", body, key=server.key(), headers=headers)
    assert answer.json["event"] == "epacked"


@pytest.mark.parametrize(
    ("body", "encoding", "status"),
    [
        (gzip.compress(TOO_MUCH), "gzip", 413),
        (gzip.compress(b"{}")[:-6], "gzip", 400),
        (b"{}", "gzip", 400),
        (b"{}", "br", 415),
    ],
    ids=["a bomb", "cut short", "not packed", "packed otherwise"],  # gzip's bytes hold the time
)
def test_what_cannot_be_unpacked_is_refused(
    server: Server, body: bytes, encoding: str, status: int
):
    headers = {"Content-Encoding": encoding}
    answer = server.ask("POST", "/v1/decisions", body, key=server.key(), headers=headers)
    assert answer.status == status
    assert answer.error["message"]


@pytest.mark.parametrize("path", GOOGLES)
def test_googles_addresses_refuse_in_googles_form(server: Server, path: str):
    error = server.ask("GET", path).json["error"]
    assert (error["code"], error["status"]) == (404, "NOT_FOUND")
    assert error["details"][0]["reason"] == "NOT_FOUND"


def test_a_body_that_is_too_large_is_refused_in_googles_form(server: Server):
    headers = {"Content-Length": str(len(TOO_MUCH))}
    answer = server.ask("POST", "/v1alpha1/comments:analyze", b"", headers=headers)
    assert answer.status == 413
    assert answer.json["error"]["details"]


def test_a_key_for_other_things_is_told_from_none(server: Server):
    path = f"/v1alpha1/comments:analyze?key={server.key('drafts')}"
    error = server.ask("POST", path, b"").json["error"]
    assert (error["code"], error["status"]) == (403, "PERMISSION_DENIED")
    assert "perspective" in error["message"]


def test_who_sends_a_form_slowly_keeps_nobody_waiting(server: Server):
    form = (
        b"POST /sign-in/x HTTP/1.1\r\nHost: x\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na="
    )
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(80)]
    try:
        for connection in slow:
            connection.sendall(form)
        assert server.decide(event("beside slow forms")).status == 200
    finally:
        for connection in slow:
            connection.close()


def test_a_made_up_method_is_no_series_of_its_own(server: Server):
    assert server.ask("CONJURE", "/healthz").status == 405
    counted = server.ask("GET", "/metrics").body.decode()
    assert "CONJURE" not in counted
    assert 'method="other"' in counted


def test_behind_tls_forms_work_and_cookies_keep_to_it(server: Server):
    host, cookie = "comity.example", "a" * 32
    through = {
        "Host": host,
        "X-Forwarded-Proto": "https",
        "Origin": f"https://{host}",
        "Cookie": f"csrftoken={cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    form = f"csrfmiddlewaretoken={cookie}&theme=dark".encode()
    answer = server.ask("POST", "/theme", form, headers=through)
    assert answer.status == 302
    assert "; Secure" in answer.headers["Set-Cookie"]
    found = server.ask("GET", "/$discovery/rest", headers=through).json
    assert found["rootUrl"] == f"https://{host}/"


def test_no_sign_in_link_gets_into_the_log(server: Server):
    assert server.ask("POST", "/sign-in/not-to-be-read", b"").status == 403
    log = server.log.read_text("utf-8")
    assert "Forbidden" in log
    assert "not-to-be-read" not in log
