"""Each permission is given to those who are to have it, and to nobody else."""

from typing import Any

import pytest

from tests.server.members.conftest import SignIn
from tests.server.support import Server

ROLES = ("member", "reviewer", "steward", "auditor")
HOLDERS = (*ROLES, "juror")

ALLOWED = {
    "read_decisions": {"reviewer", "steward", "auditor"},
    "read_cases": {"reviewer", "steward", "auditor"},
    "rule_on_cases": {"reviewer", "steward"},
    "rule_in_bulk": {"steward"},
    "manage_queues": {"steward"},
    "read_exposure": {"steward", "auditor"},
    "read_measures": {"steward", "auditor"},
    "manage_advice": {"steward"},
    "read_people": {"steward", "auditor"},
    "manage_people": {"steward"},
    "manage_platforms": {"steward"},
    "file_reports": {"member"},
    "serve_on_juries": {"member"},
    "vote_as_juror": {"juror"},
    "decide_appeals": {"steward"},
}
"""Written once more, by hand: a slip in the table is a slip here or is found."""

PAGES = {
    "read_decisions": ("/live", "/live/news", "/decisions/none"),
    "read_cases": ("/review", "/appeals", "/review/cases/1/pictures/0"),
    "file_reports": ("/report", "/report?source=forum.example&post=p1"),
    "read_exposure": ("/review/exposure",),
    "read_people": ("/people", "/people?name=x"),
    "manage_platforms": ("/platforms", "/platforms/webhooks/1"),
}
"""Addresses that are open to those who have a permission."""


def holding(community: Any, holder: str) -> tuple[Any, tuple[Any, ...]]:
    """Someone who holds this role alone, and the seats they have in the object in question."""
    from comity.server.members.models import Membership, Person
    from comity.server.members.permissions import Seat

    person = Person.objects.create(username=f"only-{holder}", display_name=holder.title())
    if holder in set(Seat):
        return person, (Seat(holder),)
    if holder != "outsider":
        Membership.objects.create(person=person, community=community, role=holder)
    return person, ()


@pytest.mark.parametrize("holder", [*HOLDERS, "outsider"])
@pytest.mark.parametrize("name", ALLOWED)
def test_a_permission_is_given_to_its_roles_and_refused_to_others(
    community: Any, name: str, holder: str
) -> None:
    from comity.server.members.permissions import Permission, Refused, may, require

    person, seats = holding(community, holder)
    allowed = holder in ALLOWED[name]
    assert may(person, community, Permission(name), seats=seats) is allowed
    if allowed:
        require(person, community, Permission(name), seats=seats)
    else:
        with pytest.raises(Refused) as refusal:
            require(person, community, Permission(name), seats=seats)
        assert all(role in refusal.value.message for role in ALLOWED[name])
        asked = "by lot" if name == "vote_as_juror" else "A steward of Town Square"
        assert asked in refusal.value.hint


@pytest.mark.usefixtures("django")
def test_every_permission_is_in_the_table() -> None:
    from comity.server.members.permissions import GRANTS, ROLE_NAMES, Permission

    assert set(GRANTS) == set(Permission) == set(ALLOWED)
    assert set(ROLE_NAMES) == set(HOLDERS)


@pytest.mark.usefixtures("django")
def test_auditors_read_all_that_has_readers_and_change_nothing() -> None:
    from comity.server.members.models import Role
    from comity.server.members.permissions import GRANTS

    for name, grant in GRANTS.items():
        assert (Role.AUDITOR in grant.holders) is not grant.changes, name


def test_a_role_counts_in_its_community_alone(community: Any) -> None:
    from comity.server.members.permissions import permissions_of
    from comity.server.members.services import found_community

    elsewhere = found_community("elsewhere", "Elsewhere")
    reviewer, _ = holding(community, "reviewer")
    assert permissions_of(reviewer, community)
    assert permissions_of(reviewer, elsewhere) == frozenset()


def test_roles_add_up_and_end_with_the_account(community: Any) -> None:
    from comity.server.members.models import Membership
    from comity.server.members.permissions import Permission, permissions_of

    person, _ = holding(community, "reviewer")
    Membership.objects.create(person=person, community=community, role="member")
    held = permissions_of(person, community)
    assert {Permission.RULE_ON_CASES, Permission.FILE_REPORTS} <= held
    person.is_active = False
    assert permissions_of(person, community) == frozenset()


def test_a_refusal_speaks_chinese_to_those_who_read_it(community: Any) -> None:
    from django.utils.translation import override

    from comity.server.members.permissions import Permission, Refused

    refusal = Refused(Permission.RULE_ON_CASES, community)
    with override("zh-hans"):
        assert "审核员" in refusal.message
        assert "管理员" in refusal.hint
        assert "need" not in refusal.message


def test_the_api_says_the_same_in_its_own_form(community: Any) -> None:
    from django.test import RequestFactory

    from comity.server.api import api
    from comity.server.members.permissions import Permission, Refused

    refusal = Refused(Permission.RULE_ON_CASES, community)
    answer = api.on_exception(RequestFactory().get("/v1/cases"), refusal)
    assert answer.status_code == 403
    assert refusal.message.encode() in answer.content
    assert b"Steward" in answer.content


@pytest.mark.parametrize("holder", [*ROLES, "outsider"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_its_roles_and_says_to_others_whom_to_ask(
    server: Server, signed_in: SignIn, name: str, holder: str
) -> None:
    for path in PAGES[name]:
        answer = signed_in(holder).get(server.address + path)
        if holder in ALLOWED[name]:
            assert answer.status_code in (200, 204, 404), path
        else:
            assert answer.status_code == 403, path
            assert "You need the role of" in answer.text
            assert "Steward" in answer.text


def test_a_refusal_is_in_the_log_without_a_name(server: Server, signed_in: SignIn) -> None:
    signed_in("outsider").get(f"{server.address}/live")
    lines = [line for line in server.log.read_text("utf-8").splitlines() if "refused" in line]
    assert any('"read_decisions"' in line for line in lines)
    assert not any("Outsider" in line for line in lines)
