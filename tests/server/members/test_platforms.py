"""Stewards make keys and webhooks on the pages, and send again what did not arrive."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from tests.server.members.conftest import SignIn
from tests.server.members.test_people import post
from tests.server.support import Server, event, until

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def steward(community: Any) -> Any:
    from comity.server.members.services import first_steward

    return first_steward(community)


def test_a_steward_makes_a_key_sees_its_secret_once_and_revokes_it(
    server: Server, signed_in: SignIn
) -> None:
    session, address = signed_in("steward"), f"{server.address}/platforms"
    assert "Sign in" not in session.get(address).text
    wish = {"name": "page <b>key</b>", "scopes": ["events:write"], "rate": "6000", "kind": "secret"}
    made = post(session, f"{address}/keys", **wish)
    assert made.headers["Cache-Control"].startswith("max-age=0")
    [secret] = set(re.findall(r"ck_[\w-]{43}", made.text))
    assert "<b>key" not in made.text
    assert secret not in session.get(address).text
    until(lambda: ask(server, secret) == 200)

    [number] = re.findall(r"/platforms/keys/(\d+)/revoke", session.get(address).text)[:1]
    assert post(session, f"{address}/keys/{number}/revoke").status_code == 200
    until(lambda: ask(server, secret) == 401)
    assert post(session, f"{address}/keys/{number}/revoke").status_code == 200
    assert post(session, f"{address}/keys/999999/revoke").status_code == 404


def ask(server: Server, secret: str) -> int:
    return server.ask("POST", "/v1/decisions", event("by-page-key"), key=secret).status


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Say what uses the key"),
        ({"name": "x" * 101}, "Say what uses the key"),
        ({"scopes": []}, "at least one thing"),
        ({"scopes": ["everything"]}, "at least one thing"),
        ({"rate": "0"}, "between 1 and"),
        ({"rate": "-7"}, "between 1 and"),
        ({"rate": "9" * 40}, "between 1 and"),
    ],
)
def test_a_wish_for_a_key_that_makes_no_sense_is_explained(
    server: Server, signed_in: SignIn, wrong: dict[str, Any], told: str
) -> None:
    wish = {"name": "a key", "scopes": ["drafts"], "rate": "60", "kind": "secret", **wrong}
    answer = post(signed_in("steward"), f"{server.address}/platforms/keys", **wish)
    assert answer.status_code == 409
    assert told in answer.text
    assert not re.search(r"ck_[\w-]{43}", answer.text)


def test_a_key_for_pages_is_for_drafts_whatever_was_ticked(community: Any, steward: Any) -> None:
    from comity.server.intake import platforms
    from comity.server.intake.keys import Scope

    wish = platforms.KeyWish("a page", list(Scope), 60, publishable=True)
    key, secret = platforms.make_key(steward, community, wish, NOW)
    assert (key.scopes, secret[:3]) == (["drafts"], "pk_")


def test_a_webhook_is_added_and_removed_and_a_bad_address_explained(
    server: Server, signed_in: SignIn
) -> None:
    session, address = signed_in("steward"), f"{server.address}/platforms"
    for wrong in ("", "ftp://x.example", "https://u:p@x.example", "https://x.example/ä", "/me"):
        assert post(session, f"{address}/webhooks", url=wrong).status_code == 409
    made = post(session, f"{address}/webhooks", url="https://nowhere.example/hook")
    assert re.search(r"whsec_[\w+/=]+", made.text)
    [number] = re.findall(r'/platforms/webhooks/(\d+)"', made.text)
    assert "told nothing" in session.get(f"{address}/webhooks/{number}").text
    assert post(session, f"{address}/webhooks/{number}/remove").status_code == 200
    assert session.get(f"{address}/webhooks/{number}").status_code == 404


def test_a_message_is_sent_again_whatever_became_of_it(community: Any, steward: Any) -> None:
    from comity.server.intake import platforms
    from comity.server.intake.models import Delivery

    hook, _ = platforms.open_outlet(steward, community, "https://x.example", b"key", NOW)
    told = Delivery.objects.create(webhook=hook, message="d1", body="{}", next_try=NOW)
    told.attempts, told.next_try, told.last_error = 20, None, "answered 500"
    told.save()
    [outlet] = platforms.outlets(steward, community)
    assert (outlet.waiting, outlet.given_up) == (0, 1)

    platforms.send_again(steward, hook, told.pk, NOW)
    [again] = platforms.deliveries(steward, hook)
    assert (again.message, again.next_try, again.attempts, again.last_error) == ("d1", NOW, 0, "")
    [outlet] = platforms.outlets(steward, community)
    assert (outlet.waiting, outlet.given_up) == (1, 0)


@pytest.mark.parametrize("role", ["member", "reviewer", "auditor"])
def test_keys_and_webhooks_are_for_stewards(community: Any, steward: Any, role: str) -> None:
    from comity.server.intake import platforms
    from comity.server.intake.keys import Scope
    from comity.server.members.models import Membership, Person
    from comity.server.members.permissions import Refused

    other = Person.objects.create(username="other", display_name="Other")
    Membership.objects.create(person=other, community=community, role=role)
    hook, _ = platforms.open_outlet(steward, community, "https://x.example", b"key", NOW)
    wish = platforms.KeyWish("a key", [Scope.EVENTS], 60, publishable=False)
    key, _ = platforms.make_key(steward, community, wish, NOW)
    for attempt in (
        lambda: platforms.keys(other, community),
        lambda: platforms.outlets(other, community),
        lambda: platforms.deliveries(other, hook),
        lambda: platforms.make_key(other, community, wish, NOW),
        lambda: platforms.end_key(other, community, key.pk, NOW),
        lambda: platforms.open_outlet(other, community, "https://x.example", b"key", NOW),
        lambda: platforms.close_outlet(other, community, hook.pk),
        lambda: platforms.send_again(other, hook, 1, NOW),
    ):
        with pytest.raises(Refused):
            attempt()


def test_the_page_is_closed_to_visitors(server: Server) -> None:
    assert "/sign-in" in requests.get(f"{server.address}/platforms", timeout=30).url
