"""A platform hands its members a way in, and says nothing for those who govern."""

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import requests

from tests.server.members.conftest import enter_by
from tests.server.support import Answer, Server, event

SCOPE = "members:sign-in"


def ask_for_link(server: Server, member: str, **wish: Any) -> Answer:
    path = f"/v1/members/{quote(member, safe='')}/sign-in-link"
    body = {"source": "forum.example", **wish}
    return server.ask("POST", path, body, key=server.key(SCOPE))


def own_page(server: Server, member: str) -> requests.Session:
    """The session of a member who came by a link that the platform made."""
    return enter_by(server, urlsplit(ask_for_link(server, member).json["url"]).path)


def test_a_member_comes_by_the_platforms_link_and_finds_their_own_page(server: Server) -> None:
    told = event("own page", "THIS IS ENTIRELY MY OWN LANTERN.", author="m1")
    others = event("not my own page", "WORDS OF ANOTHER MEMBER.", author="m2")
    decision = server.decide([told, others]).json[0]
    assert decision["remedy"] != "allow"
    answer = ask_for_link(server, "m1", name="Kestrel <b>")
    assert answer.status == 200, answer.body
    session = enter_by(server, urlsplit(answer.json["url"]).path)
    page = session.get(f"{server.address}/me").text
    assert "Kestrel &lt;b&gt;" in page
    assert "ENTIRELY MY OWN" in page
    assert "ANOTHER MEMBER" not in page
    assert session.get(f"{server.address}/decisions/{decision['id']}").status_code == 200


def test_one_member_cannot_read_what_is_about_another(server: Server) -> None:
    told = [event(f"secret {i}", "THIS IS VERY LOUD INDEED.", author="m3") for i in range(2)]
    decision = server.decide(told).json[0]
    session = own_page(server, "m4")
    for path in (f"/decisions/{decision['id']}", "/decisions/none", "/live"):
        refused = session.get(server.address + path)
        assert refused.status_code == 403, path
        assert "You need the role of" in refused.text
    assert '"read_decisions"' in server.log.read_text("utf-8")


def test_the_same_id_on_another_platform_is_someone_else(server: Server) -> None:
    told = {
        **event("elsewhere", "THIS IS VERY LOUD INDEED.", author="m5"),
        "source": "other.example",
    }
    decision = server.decide(told).json
    session = own_page(server, "m5")
    assert session.get(f"{server.address}/decisions/{decision['id']}").status_code == 403


def test_a_platforms_link_works_once(server: Server) -> None:
    path = urlsplit(ask_for_link(server, "m6").json["url"]).path
    enter_by(server, path)
    again = requests.get(server.address + path)
    assert again.status_code == 410
    assert "no longer works" in again.text


@pytest.mark.parametrize("member", ["a/b", "ü ñ", "梅", "x" * 200])
def test_any_id_that_events_may_have_works(server: Server, member: str) -> None:
    assert ask_for_link(server, member).status == 200


@pytest.mark.parametrize(
    ("member", "wish", "status", "where"),
    [
        ("x" * 201, {}, 422, "member"),
        ("m7", {"source": ""}, 422, "source"),
        ("m7", {"name": "two\nlines"}, 422, "name"),
        ("m7", {"role": "steward"}, 422, "role"),
    ],
)
def test_a_wrong_wish_is_refused_with_the_field(
    server: Server, member: str, wish: dict[str, Any], status: int, where: str
) -> None:
    answer = ask_for_link(server, member, **wish)
    assert (answer.status, answer.error["where"]) == (status, where)


def test_a_key_without_the_scope_hands_out_nothing(server: Server) -> None:
    answer = server.ask("POST", "/v1/members/m8/sign-in-link", {}, key=server.key("drafts"))
    assert answer.status == 403
    assert SCOPE in answer.error["message"]


def test_no_platform_can_sign_in_as_one_who_governs(community: Any) -> None:
    from django.utils import timezone

    from comity.server.members import identities, services
    from comity.server.members.mistake import Mistake

    steward, now = services.first_steward(community), timezone.now()
    identities.link_identity(steward, steward, community, "forum.example", "boss")
    with pytest.raises(Mistake, match="has a role here"):
        identities.link_for_member(community, "forum.example", "boss", "", now)


def test_a_platforms_link_is_void_once_its_member_has_a_role(community: Any) -> None:
    from django.utils import timezone

    from comity.server.members import identities, services
    from comity.server.members.models import Membership

    now = timezone.now()
    token, _ = identities.link_for_member(community, "forum.example", "u1", "", now)
    person = identities.person_of(community, "forum.example", "u1")
    own = services.make_sign_in_link(person, now)
    Membership.objects.create(person=person, community=community, role="reviewer")
    assert services.use_sign_in_link(token, now) is None
    assert services.use_sign_in_link(own, now) == person


def test_one_member_of_a_platform_is_one_person(community: Any) -> None:
    from django.utils import timezone

    from comity.server.members import identities, services
    from comity.server.members.mistake import Mistake

    steward, now = services.first_steward(community), timezone.now()
    for _ in range(2):
        identities.link_for_member(community, "forum.example", "u1", "Kestrel", now)
    person = identities.person_of(community, "forum.example", "u1")
    assert identities.identities_of(person, community) == {("forum.example", "u1")}
    assert person.display_name == "Kestrel"
    with pytest.raises(Mistake, match=r"u1@forum\.example is Kestrel already"):
        identities.link_identity(steward, steward, community, "forum.example", "u1")


def test_only_stewards_say_who_is_whom(community: Any) -> None:
    from django.utils import timezone

    from comity.server.members import identities
    from comity.server.members.permissions import Refused

    identities.link_for_member(community, "forum.example", "u1", "", timezone.now())
    member = identities.person_of(community, "forum.example", "u1")
    with pytest.raises(Refused):
        identities.link_identity(member, member, community, "forum.example", "u2")


def test_an_erased_member_can_no_longer_sign_in(server: Server) -> None:
    session = own_page(server, "m9")
    erased = server.run("erase", "--author", "m9", "--json")
    assert json.loads(erased.stdout) == {"events": 0, "mentions": 0, "people": 1}
    assert re.search("/sign-in", session.get(f"{server.address}/me").url)
