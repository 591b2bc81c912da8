"""Passwords, second steps and sessions, in a real browser with a real passkey device."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.server.members.conftest import fresh_token
from tests.server.support import Server

PASSWORD = "eleven lanterns by the gate"


def home(server: Server) -> str:
    """The server under a name: a passkey belongs to one, and no number will do."""
    return f"http://localhost:{server.port}"


def come_by_link(page: Page, server: Server, role: str) -> None:
    page.goto(f"{home(server)}/sign-in/{fresh_token(server, role)}")
    page.get_by_role("button", name="Sign in").click()


def come_by_password(page: Page, server: Server, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{home(server)}/sign-in")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def set_password(page: Page, server: Server) -> None:
    page.goto(f"{home(server)}/account")
    page.get_by_role("link", name="Set a password").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")


def code_of(secret: str, steps: int = 0) -> str:
    """What an app shows for the secret: RFC 6238."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def passkey_device(page: Page) -> Any:
    """A device that says yes to whatever it is asked."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devtools


def test_a_password_signs_in_the_person_who_set_it(page: Page, server: Server) -> None:
    come_by_link(page, server, "with-password")
    set_password(page, server)
    page.get_by_role("button", name="Sign out", exact=True).click()
    come_by_password(page, server, "with-password", "something else entirely")
    expect(page.get_by_role("alert")).to_be_visible()
    come_by_password(page, server, "with-password")
    expect(page.get_by_role("heading", level=1)).to_have_text("With-Password")


def test_a_code_from_an_app_is_a_second_step(page: Page, server: Server) -> None:
    come_by_link(page, server, "with-app")
    set_password(page, server)
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("img", name="for the camera")).to_be_visible()
    secret = page.locator("code").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Save").click()
    listed = page.locator(".codes li")
    expect(listed).to_have_count(10)
    codes = listed.all_inner_texts()
    page.get_by_role("button", name="Sign out", exact=True).click()

    come_by_password(page, server, "with-app")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.goto(f"{home(server)}/me")
    expect(page).to_have_url(re.compile("/sign-in"))  # half signed in is not signed in
    page.goto(f"{home(server)}/sign-in/second")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Code").fill(code_of(secret, steps=1))  # the one before is used up
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("With-App")
    page.get_by_role("button", name="Sign out", exact=True).click()

    come_by_link(page, server, "with-app")  # nor is a link enough by itself
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("With-App")
    database = b"".join(file.read_bytes() for file in server.data.iterdir() if file.is_file())
    assert secret.encode() not in database


def test_a_passkey_is_a_second_step(page: Page, server: Server) -> None:
    passkey_device(page)
    come_by_link(page, server, "with-passkey")
    page.goto(f"{home(server)}/account")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Use a passkey").click()  # to see the codes takes it at once
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(f"{home(server)}/account")
    expect(page.get_by_role("main")).to_contain_text("My phone")
    page.get_by_role("button", name="Sign out", exact=True).click()

    come_by_link(page, server, "with-passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("With-Passkey")

    page.goto(f"{home(server)}/account")
    page.get_by_role("link", name="Remove My phone").click()
    page.get_by_role("button", name="Use a passkey").click()  # changing it takes it once more
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Sign out everywhere")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("My phone")


def test_a_passkey_that_is_refused_says_so(page: Page, server: Server) -> None:
    come_by_link(page, server, "without-passkey")
    page.goto(f"{home(server)}/account")
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Add")).to_be_visible()
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(Error('no')) }")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")


def test_signing_out_everywhere_ends_every_session(
    page: Page, browser: Browser, server: Server
) -> None:
    come_by_link(page, server, "many-devices")
    other = browser.new_context(locale="en-GB").new_page()
    come_by_link(other, server, "many-devices")
    expect(other.get_by_role("heading", level=1)).to_have_text("Many-Devices")
    page.goto(f"{home(server)}/account")
    page.get_by_role("button", name="Sign out everywhere").click()
    for each in (page, other):
        each.goto(f"{home(server)}/me")
        expect(each).to_have_url(re.compile("/sign-in"))
    other.context.close()


def test_a_name_can_be_changed_and_not_to_nothing(page: Page, server: Server) -> None:
    come_by_link(page, server, "renamed")
    page.goto(f"{home(server)}/account")
    page.get_by_label("The name that others see").fill("   ")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("1 to 200 characters")
    page.get_by_label("The name that others see").fill("Kestrel <i>")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{home(server)}/me")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kestrel <i>")


def test_who_runs_the_server_lets_a_steward_in_again(page: Page, server: Server) -> None:
    come_by_link(page, server, "locked-out")
    set_password(page, server)
    done = server.run("people", "reset", "locked-out")
    assert done.returncode == 0, done.stderr
    page.goto(home(server) + done.stdout.strip())
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{home(server)}/account")
    expect(page.get_by_role("link", name="Set a password")).to_be_visible()
    assert server.run("people", "reset", "no-such-name").returncode == 1
