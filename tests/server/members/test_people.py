"""Stewards invite people and give and take roles; auditors look on."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from comity.ledger import Entry, EntryKind, SigningKey, commit
from tests.server.members.conftest import SignIn, enter_by
from tests.server.support import Server

KEY = SigningKey.from_seed("t/ledger", bytes(32))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def steward(community: Any) -> Any:
    from comity.server.members.services import first_steward

    return first_steward(community)


def test_who_is_invited_has_a_role_and_a_link(community: Any, steward: Any) -> None:
    from comity.server.members import people, services
    from comity.server.members.models import Role

    person, token = people.invite(steward, community, "kestrel", Role.REVIEWER, KEY, NOW)
    assert services.use_sign_in_link(token, NOW) == person
    [_, member] = people.governing(steward, community)
    assert (member.person, member.roles) == (person, {Role.REVIEWER})
    [change] = people.changes(steward, community)
    assert (change.person, change.by, change.given) == (person, steward, True)


@pytest.mark.parametrize("name", ["", "Kestrel", "a b", "u7@forum.example", "x" * 61, "a\n"])
def test_a_sign_in_name_is_short_and_plain(community: Any, steward: Any, name: str) -> None:
    from comity.server.members import people
    from comity.server.members.mistake import Mistake
    from comity.server.members.models import Role

    with pytest.raises(Mistake, match="sign-in name"):
        people.invite(steward, community, name, Role.MEMBER, KEY, NOW)


def test_a_name_is_given_once(community: Any, steward: Any) -> None:
    from comity.server.members import people
    from comity.server.members.mistake import Mistake
    from comity.server.members.models import Role

    with pytest.raises(Mistake, match="steward is taken"):
        people.invite(steward, community, "steward", Role.MEMBER, KEY, NOW)


def test_the_last_steward_stays_until_there_is_another(community: Any, steward: Any) -> None:
    from comity.server.members import people
    from comity.server.members.mistake import Mistake
    from comity.server.members.models import Role
    from comity.server.members.permissions import Refused

    with pytest.raises(Mistake, match="last steward"):
        people.take_role(steward, steward, community, Role.STEWARD, KEY, NOW)
    other, _ = people.invite(steward, community, "other", Role.STEWARD, KEY, NOW)
    people.take_role(steward, steward, community, Role.STEWARD, KEY, NOW)
    with pytest.raises(Refused):
        people.give_role(steward, steward, community, Role.STEWARD, KEY, NOW)
    kept = [(change.given, change.person) for change in people.changes(other, community)]
    assert kept == [(False, steward), (True, other)]


def test_starting_afresh_takes_every_way_in(community: Any, steward: Any) -> None:
    from allauth.mfa.models import Authenticator

    from comity.server.members import people, services
    from comity.server.members.models import Role

    person, old = people.invite(steward, community, "lost", Role.REVIEWER, KEY, NOW)
    person.set_password("eleven lanterns by the gate")
    person.save()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    before = person.get_session_auth_hash()
    fresh = people.reset(steward, person, community, NOW)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not Authenticator.objects.filter(user=person).exists()
    assert person.get_session_auth_hash() != before
    assert services.person_of_link(old, NOW) is None
    assert services.person_of_link(fresh, NOW) == person


@pytest.mark.parametrize("role", ["member", "reviewer", "auditor"])
def test_nobody_but_stewards_changes_anything(community: Any, steward: Any, role: str) -> None:
    from comity.server.members import people
    from comity.server.members.models import Role
    from comity.server.members.permissions import Refused

    other, _ = people.invite(steward, community, "other", Role(role), KEY, NOW)
    for attempt in (
        lambda: people.invite(other, community, "new", Role.MEMBER, KEY, NOW),
        lambda: people.give_role(other, other, community, Role.STEWARD, KEY, NOW),
        lambda: people.take_role(other, steward, community, Role.STEWARD, KEY, NOW),
        lambda: people.renew_link(other, steward, community, NOW),
        lambda: people.reset(other, steward, community, NOW),
    ):
        with pytest.raises(Refused):
            attempt()


def test_the_ledger_says_which_role_was_given_and_keeps_whose_to_itself(
    community: Any, steward: Any
) -> None:
    from comity.server.members import people
    from comity.server.members.models import Role
    from comity.server.transparency.models import LedgerEntry

    kestrel, _ = people.invite(steward, community, "kestrel", Role.REVIEWER, KEY, NOW)
    people.take_role(steward, kestrel, community, Role.REVIEWER, KEY, NOW)
    people.take_role(steward, kestrel, community, Role.REVIEWER, KEY, NOW)  # not held: nothing
    changes = list(reversed(people.changes(steward, community)))
    bodies = LedgerEntry.objects.order_by("pk").values_list("body", flat=True)
    entries = [Entry.decode(bytes(body)) for body in bodies]
    assert [(entry.kind, entry.role) for entry in entries] == [
        (EntryKind.ROLE_GIVEN, "reviewer"),
        (EntryKind.ROLE_TAKEN, "reviewer"),
    ]
    for change, entry in zip(changes, entries, strict=True):
        assert change.entry == entry.index
        assert entry.commitments == {"change": commit(people.sealed(change), change.salt)}


def test_a_role_that_cannot_be_entered_is_not_given(
    community: Any, steward: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import transaction

    from comity.server.members import people
    from comity.server.members.models import Role
    from comity.server.members.permissions import roles_of

    def fail(*_entry: object, **_content: object) -> int:
        raise OSError("the disk is full")

    monkeypatch.setattr(people, "enter", fail)
    with pytest.raises(OSError, match="full"), transaction.atomic():
        people.give_role(steward, steward, community, Role.REVIEWER, KEY, NOW)
    assert roles_of(steward, community) == {Role.STEWARD}


def post(session: requests.Session, address: str, **fields: str) -> requests.Response:
    return session.post(address, {"csrfmiddlewaretoken": session.cookies["csrftoken"], **fields})


def test_a_steward_invites_someone_who_comes_and_is_given_a_role(
    server: Server, signed_in: SignIn
) -> None:
    session = signed_in("steward")
    new = f"{server.address}/people/new"
    answer = post(session, new, username="dunlin", role="reviewer")
    assert answer.status_code == 200
    path = answer.text.split("/sign-in/")[1].split("<")[0]
    dunlin = enter_by(server, f"/sign-in/{path}")
    assert dunlin.get(f"{server.address}/live").status_code == 200
    again = post(session, new, username="dunlin", role="reviewer")
    assert again.status_code == 409
    assert "is taken" in again.text
    assert post(session, new, username="x", role="emperor").status_code == 404
    page = session.get(f"{server.address}/people?name=dunlin").text
    assert "gave dunlin the role of reviewer" in page
    assert path not in page


def test_an_auditor_sees_it_all_and_has_nothing_to_press(server: Server, signed_in: SignIn) -> None:
    page = signed_in("auditor").get(f"{server.address}/people").text
    main = page[page.index("<main") : page.index("</main")]
    assert "Steward" in main
    assert 'method="post"' not in main
    session = signed_in("auditor")
    assert post(session, f"{server.address}/people/new", username="x").status_code == 403


def test_a_form_from_elsewhere_changes_nothing(server: Server, signed_in: SignIn) -> None:
    for path in ("/people/new", "/people/1", "/account", "/account/sessions", "/sign-in"):
        refused = signed_in("steward").post(server.address + path, {"username": "x"})
        assert refused.status_code == 403, path
        assert "This form has expired" in refused.text
