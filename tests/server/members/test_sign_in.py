"""What someone who guesses, forges or replays finds out: nothing."""

import re

import pytest
import requests

from tests.server.members.conftest import enter_by, fresh_token
from tests.server.support import Server


def try_password(server: Server, name: str, password: str = "a guess, and a long one") -> str:
    """The page that follows, without what differs between any two pages."""
    session = requests.Session()
    address = f"{server.address}/sign-in"
    session.get(address)
    token = session.cookies["csrftoken"]
    form = {"csrfmiddlewaretoken": token, "login": name, "password": password}
    answer = session.post(address, form)
    assert answer.status_code == 200
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_a_wrong_password_says_nothing_about_who_is_known_here(server: Server) -> None:
    fresh_token(server, "guessed-at")
    assert try_password(server, "guessed-at") == try_password(server, "nobody-at-all")
    log = server.log.read_text("utf-8")
    assert "sign-in refused" in log
    assert "nobody-at-all" not in log
    assert "a guess" not in log


def test_who_guesses_on_has_to_wait_and_nobody_else_does(server: Server) -> None:
    fresh_token(server, "besieged")
    pages = [try_password(server, "besieged") for _ in range(7)]
    assert "Too many failed login attempts" in pages[-1]
    assert "Too many failed login attempts" not in try_password(server, "at-peace")


@pytest.mark.parametrize("token", ["forged", "0" * 43, "%F0%9F%90%A6", "a" * 5000])
def test_a_forged_link_is_refused_and_left_out_of_the_log(server: Server, token: str) -> None:
    answer = server.ask("GET", f"/sign-in/{token}")
    assert answer.status == 410
    assert b"no longer works" in answer.body
    assert f"/sign-in/{token}" not in server.log.read_text("utf-8")


def test_a_link_that_was_used_is_refused(server: Server) -> None:
    path = f"/sign-in/{fresh_token(server, 'replayed')}"
    enter_by(server, path)
    session = requests.Session()
    assert session.get(server.address + path).status_code == 410
    session.get(f"{server.address}/sign-in")
    form = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
    assert session.post(server.address + path, form).status_code == 410


def test_signing_in_begins_a_session_of_its_own(server: Server) -> None:
    """Whoever planted a session in the browser before does not share the one after."""
    session = enter_by(server, f"/sign-in/{fresh_token(server, 'rotated')}")
    first = session.cookies["sessionid"]
    path = f"/sign-in/{fresh_token(server, 'rotated-too')}"
    session.get(server.address + path)
    form = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
    assert session.post(server.address + path, form).ok
    assert session.cookies["sessionid"] != first
    stale = requests.get(f"{server.address}/me", cookies={"sessionid": first})
    assert stale.url.endswith("/sign-in?next=/me")


def test_a_session_cookie_is_for_the_server_alone(server: Server) -> None:
    path = f"/sign-in/{fresh_token(server, 'cookie')}"
    session = requests.Session()
    session.get(server.address + path)
    form = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
    answer = session.post(server.address + path, form, allow_redirects=False)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_sign_in_is_in_the_log_as_a_number_and_a_way(server: Server) -> None:
    enter_by(server, f"/sign-in/{fresh_token(server, 'logged')}")
    lines = [line for line in server.log.read_text("utf-8").splitlines() if "signed in" in line]
    assert '"how": ["link"]' in lines[-1]
    assert "127.0.0.1" not in lines[-1]
    assert "Logged" not in lines[-1]


def test_after_signing_in_nobody_is_led_to_another_site(server: Server) -> None:
    password = "eleven lanterns by the gate"
    session = enter_by(server, f"/sign-in/{fresh_token(server, 'led-away')}")
    wish = {"password1": password, "password2": password}
    assert send(session, f"{server.address}/account/password/first", wish).status_code == 302
    for elsewhere, leads_to in (("https://evil.example/", "/me"), ("/account", "/account")):
        visitor = requests.Session()
        visitor.get(f"{server.address}/sign-in")
        form = {"login": "led-away", "password": password, "next": elsewhere}
        answer = send(visitor, f"{server.address}/sign-in", form)
        assert answer.headers["Location"] == leads_to


def send(session: requests.Session, address: str, form: dict[str, str]) -> requests.Response:
    form["csrfmiddlewaretoken"] = session.cookies["csrftoken"]
    return session.post(address, form, allow_redirects=False)
