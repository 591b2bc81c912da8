"""Signing in through a provider of OpenID Connect: a real one, on a real socket."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from comity.errors import InputError
from comity.server.openid import read_providers
from tests.server.engine import contents
from tests.server.members.conftest import fresh_token
from tests.server.support import PATIENCE, Server, free_port, until

SECRET = "a-secret-that-stays-in-its-file"


PEOPLE = (
    {"sub": "u7", "name": "Kestrel", "email": "kestrel@forum.example"},
    {"sub": "stranger"},
    {"sub": "boss"},
    {"sub": "mine"},
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider in a process of its own, where its warnings are its own affair."""
    port = free_port()
    people = [word for person in PEOPLE for word in ("--user-claims", json.dumps(person))]
    provider = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    until(lambda: requests.get(f"{address}/.well-known/openid-configuration").ok)
    yield address
    provider.terminate()
    provider.wait(PATIENCE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, issuer: str) -> Iterator[Server]:
    """A server that knows a forum, whose members are welcome, and a club, whose are not."""
    data = tmp_path_factory.mktemp("openid") / "data"
    data.mkdir(mode=0o700)
    forum = {"id": "forum", "name": "Our forum", "source": "forum.example", "newcomers": True}
    club = {"id": "club", "name": "The club"}
    common = {"issuer": issuer, "client_id": "comity", "client_secret": SECRET}
    file = data / "openid.yaml"
    file.write_text(json.dumps([{**forum, **common}, {**club, **common}]))
    file.chmod(0o600)
    started = Server(data)
    yield started
    started.stop()


def sign_in(page: Page, server: Server, provider: str, sub: str) -> None:
    page.goto(f"http://localhost:{server.port}/sign-in")
    page.get_by_role("button", name=f"Sign in with {provider}").click()
    page.get_by_role("button", name=sub, exact=True).first.click()


def heading(page: Page) -> object:
    return expect(page.get_by_role("heading", level=1))


def test_a_newcomer_of_the_forum_becomes_the_member_they_are_there(
    page: Page, server: Server
) -> None:
    sign_in(page, server, "Our forum", "u7")
    heading(page).to_have_text("Kestrel")
    expect(page.get_by_role("main")).to_contain_text("u7 on forum.example")
    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page, server, "Our forum", "u7")
    heading(page).to_have_text("Kestrel")


def test_what_the_provider_tells_beside_id_and_name_is_not_kept(page: Page, server: Server) -> None:
    sign_in(page, server, "Our forum", "u7")
    heading(page).to_have_text("Kestrel")
    stored = contents(server.data)
    assert b"Kestrel" in stored
    assert b"kestrel@forum.example" not in stored
    brought = (server.data / "openid.yaml").read_bytes()
    assert stored.count(SECRET.encode()) == brought.count(SECRET.encode())
    assert SECRET.encode() not in server.log.read_bytes()


def test_a_stranger_is_told_whom_to_ask(page: Page, server: Server) -> None:
    sign_in(page, server, "The club", "stranger")
    heading(page).to_have_text("Nobody here knows you yet")
    page.goto(f"http://localhost:{server.port}/me")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_who_is_signed_in_can_connect_a_provider_and_disconnect_it(
    page: Page, server: Server
) -> None:
    page.goto(f"http://localhost:{server.port}/sign-in/{fresh_token(server, 'reviewer')}")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"http://localhost:{server.port}/account")
    club = page.locator(".ways > div", has_text="The club")
    club.get_by_role("button", name="Connect").click()
    page.get_by_role("button", name="mine", exact=True).first.click()
    heading(page).to_have_text("Your account")
    expect(club).to_contain_text("connected")
    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page, server, "The club", "mine")
    heading(page).to_have_text("As it happens")


def test_no_forum_can_sign_in_as_one_who_governs(page: Page, server: Server) -> None:
    page.goto(f"http://localhost:{server.port}/sign-in/{fresh_token(server, 'steward')}")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"http://localhost:{server.port}/people")
    mine = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Steward"))
    mine.first.locator("summary").click()
    mine.first.get_by_label("Platform").fill("forum.example")
    mine.first.get_by_label("Their id there").fill("boss")
    mine.first.get_by_role("button", name="They are this member").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page, server, "Our forum", "boss")
    heading(page).to_have_text("Connect this way first")


def test_who_says_no_at_the_provider_can_try_again(page: Page, server: Server) -> None:
    page.goto(f"http://localhost:{server.port}/sign-in")
    page.get_by_role("button", name="Sign in with The club").click()
    page.get_by_role("button", name="Deny").click()
    heading(page).to_have_text("That did not work")


def test_an_answer_that_nobody_asked_for_is_refused(server: Server) -> None:
    answer = server.ask("GET", "/sign-in/with/club/back?code=stolen&state=forged")
    assert answer.status == 401
    assert b"That did not work" in answer.body
    assert "stolen" not in server.log.read_text("utf-8")


def test_only_a_form_of_ours_starts_it(server: Server) -> None:
    assert server.ask("GET", "/sign-in/with/club").status == 405
    assert server.ask("POST", "/sign-in/with/club", b"").status == 403
    assert server.ask("POST", "/sign-in/with/none", b"").status == 403


ONE = "- {id: forum, name: Forum, issuer: 'https://forum.example', client_id: c}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- [", "not YAML"),
        (ONE.replace("https", "http"), "begins with https://"),
        (ONE.replace("name: Forum, ", ""), "`name`"),
        (f"{ONE}\n{ONE}", "same `id`"),
        (ONE.replace("c}", "c, client_secrte: hidden-value}"), "`client_secrte`"),
    ],
)
def test_a_mistake_in_the_file_is_said_without_the_secrets(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "openid.yaml"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(InputError) as mistake:
        read_providers(file)
    assert said in str(mistake.value)
    assert "hidden-value" not in str(mistake.value)


def test_a_file_of_secrets_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "openid.yaml"
    file.write_text(ONE)
    file.chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        read_providers(file)
    file.chmod(0o600)
    assert [provider.id for provider in read_providers(file)] == ["forum"]
    assert read_providers(tmp_path / "none.yaml") == ()
