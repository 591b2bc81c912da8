"""The pages of jurors, of those who are willing, and of the stewards who look on."""

import re
from typing import Any

import pytest

from tests.server.review.hearings import (
    WORDS,
    before_jury,
    court,
    file,
    held,
    member,
    rule,
    seats,
    told,
    volunteers,
    vote,
)

pytestmark = pytest.mark.postgres


@pytest.fixture
def visit(town: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A browser of each person, at a server of the town that has no threads."""
    from django.test import Client

    from comity.server import runtime

    running = runtime.Runtime(
        None, town.community, town.charter, town.scorer, town.signer, {}
    )  # no page here asks for the folder
    monkeypatch.setattr(runtime, "_current", running)
    monkeypatch.setattr("django.utils.timezone.now", lambda: town.now)

    def browser(person: Any) -> Any:
        client = Client(headers={"accept-language": "en"})
        client.force_login(person)
        return client

    return browser


def text(answer: Any) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.content.decode()))


def test_a_juror_hears_both_sides_and_no_names(town, visit):
    seat = seats(before_jury(town))[0]
    page = text(visit(seat.person).get(f"/juries/{seat.pk}"))
    assert "You are called to a jury" in page
    assert WORDS in page
    assert "Loud." in page
    assert "Capital letters" in page
    for name in ("wren", "ada"):
        assert name not in page


def test_a_hearing_is_open_to_its_juror_alone(town, visit):
    first, second = seats(before_jury(town))[:2]
    for person in (second.person, town.person("ada"), town.person("sue", "steward")):
        for path in ("", "/vote", "/decline"):
            browser, address = visit(person), f"/juries/{first.pk}{path}"
            answer = browser.post(address) if path else browser.get(address)
            assert answer.status_code == 403
            assert WORDS not in text(answer)
    assert visit(second.person).get("/juries/99999999999999999999").status_code == 404


def test_a_vote_needs_a_choice_and_a_reason_and_is_cast_once(town, visit):
    seat = seats(before_jury(town))[0]
    browser, page = visit(seat.person), f"/juries/{seat.pk}"
    answer = browser.post(f"{page}/vote", {"choice": "overturn", "reason": " "})
    assert answer.status_code == 422
    assert "Say why" in text(answer)
    assert b'value="overturn" required checked' in answer.content
    cast = {"choice": "overturn", "reason": "It is a <b>quotation</b>."}
    assert browser.post(f"{page}/vote", cast).status_code == 302
    after = browser.get(page)
    assert "Thank you" in text(after)
    assert b"a &lt;b&gt;quotation" in after.content
    again = browser.post(f"{page}/vote", {"choice": "uphold", "reason": "No."})
    assert again.status_code == 409
    assert "voted already" in text(again)
    assert seat.jury.seats.filter(state="voted").count() == 1


def test_who_leaves_a_seat_is_thanked_and_hears_no_more(town, visit):
    seat = seats(before_jury(town))[0]
    browser, page = visit(seat.person), f"/juries/{seat.pk}"
    assert browser.post(f"{page}/decline", {"reason": "I know them."}).status_code == 302
    after = text(browser.get(page))
    assert "left this seat to another" in after
    assert WORDS not in after


def test_jurors_read_what_was_decided_and_why(town, visit):
    appeal = before_jury(town)
    for place, seat in enumerate(seats(appeal)):
        vote(town, seat, "uphold" if place else "overturn", f"Reason {place}.")
    page = text(visit(seat.person).get(f"/juries/{seat.pk}"))
    assert "4 for the ruling, 1 against it" in page
    assert all(f"Reason {place}." in page for place in range(5))


def test_what_anyone_wrote_stays_text(town, visit):
    from comity.server.review.appeals.duties import convene

    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    volunteers(town, 5)
    held(town)
    appeal = file(town, rule(town, reason=bad), words=bad)
    assert convene(court(town)) == 1
    for seat in seats(appeal):
        vote(town, seat, "uphold", bad)
    heard = visit(seat.person).get(f"/juries/{seat.pk}").content
    assert heard.count(b"&lt;script&gt;") == 8  # both sides, five votes, and one's own once more
    looking = visit(town.person("sue", "steward")).get(f"/review/cases/{appeal.case_id}").content
    for page in (heard, looking):
        assert b"<script>alert" not in page
        assert b"<img src=x" not in page


def test_willingness_is_said_changed_and_taken_back_on_ones_own_page(town, visit):
    from comity.server.review.appeals import volunteering

    wren = member(town, "wren")
    browser = visit(wren)
    assert "I am willing" in text(browser.get("/me"))
    assert "at least one language" in text(browser.post("/juries/serve", follow=True))
    browser.post("/juries/serve", {"languages": ["en", "zh-Hans"]})
    assert volunteering(wren, town.community).languages == ["en", "zh-Hans"]
    assert "You can be drawn" in text(browser.get("/me"))
    browser.post("/juries/serve", {"stop": "1"})
    assert volunteering(wren, town.community) is None
    assert visit(town.person("ada")).post("/juries/serve").status_code == 403
    assert "Serving on juries" not in text(visit(town.person("ada")).get("/me"))


def test_who_is_called_is_told_at_the_head_of_each_page(town, visit):
    [called, *_] = seats(before_jury(town))
    browser = visit(called.person)
    assert "you are called to a jury" in text(browser.get("/charter"))
    assert f'href="/juries/{called.pk}"' in browser.get("/me").content.decode()
    vote(town, called, "uphold")
    assert "called to a jury" not in text(browser.get("/charter"))


def test_a_member_finds_their_letters_and_appeals_on_their_own_page(town, visit):
    wren = member(town, "wren")
    browser = visit(wren)
    decision = held(town)
    page = browser.get("/me").content.decode()
    assert "by now" not in text(browser.get("/me"))
    letter = re.search(r'href="(/statements/[^"]+)"', page)[1]
    assert f'href="{letter}"' in browser.get(f"/decisions/{decision.pk}").content.decode()
    others = visit(town.person("ada")).get(f"/decisions/{decision.pk}").content.decode()
    assert "/statements/" not in others  # with the letter one can object in its author's name
    file(town, rule(town))
    page = text(browser.get("/me"))
    assert WORDS in page
    assert "A jury is being drawn" in page
    assert "by now: Removed" in page


def test_a_member_sees_what_counts_against_them_and_for_how_long(town, visit):
    wren = member(town, "wren")
    held(town)
    rule(town)
    page = visit(wren).get("/me")
    assert "Together 2 on forum.example." in text(page)
    assert "No shouting : 2, until 2027-02-21" in text(page)
    assert "From 4 on you cannot post for 1 day" in text(page)
    town.later(days=90)
    assert "What counts against you" not in text(visit(wren).get("/me"))
    assert "What counts against you" not in text(visit(member(town, "robin")).get("/me"))


def test_stewards_and_reviewers_see_where_appeals_stand_and_not_how_jurors_vote(town, visit):
    appeal = before_jury(town)
    vote(town, seats(appeal)[0], "overturn", "A secret for now.")
    for person in (town.person("ada"), town.person("sue", "steward"), town.person("al", "auditor")):
        page = text(visit(person).get("/appeals"))
        assert "1 of 5 jurors have voted" in page
        assert "A secret for now." not in page
        assert "overturned" not in page


def test_a_steward_without_a_part_in_it_decides_what_no_jury_can(town, visit):
    from comity.server.review.appeals.duties import convene
    from comity.server.review.models import Appeal

    town.webhook()
    held(town)
    appeal = file(town, rule(town))
    convene(court(town))
    sue, page = town.person("sue", "steward"), f"/appeals/{appeal.pk}"
    said = {"choice": "overturn", "reason": "It was a quotation."}
    assert visit(town.person("ada")).post(page, said).status_code == 403
    assert "Decide it" not in text(visit(town.person("ada")).get("/appeals"))
    browser = visit(sue)
    assert "Decide it" in text(browser.get("/appeals"))
    wrong = browser.post(page, {"choice": "overturn", "reason": ""})
    assert wrong.status_code == 422
    assert "Say whether the ruling stands, and why" in text(wrong)
    assert browser.post(page, said).status_code == 302
    assert Appeal.objects.get().state == "granted"
    assert told("verdict.reached")[0]["by"] == "steward"
    assert browser.post(page, said).status_code == 409
    assert browser.post("/appeals/12345", said).status_code == 404
    assert "Overturned on appeal" in text(browser.get(f"/review/cases/{appeal.case_id}"))


def test_an_appeal_that_nobody_can_decide_is_said_to_be_one(town, visit):
    from comity.server.members.models import Person
    from comity.server.review.appeals.duties import convene
    from comity.server.review.appeals.panel import panel

    town.webhook()
    wren, sol = member(town, "wren"), town.person("sol", "steward")
    Person.objects.exclude(pk__in=[wren.pk, sol.pk]).update(is_active=False)
    held(town)
    volunteers(town, 2)
    ruling = rule(town, by="sol")
    file(town, ruling)
    convene(court(town))
    steward = visit(sol)
    page = text(steward.get("/appeals"))
    assert "every steward had a part in the case, and a jury lacks 3 willing members" in page
    assert "1 appeal has nobody who can decide it" in text(steward.get("/review"))
    progress = panel(ruling, town.now).progress
    assert (progress.stranded, "somebody has to be found" in progress.told) == (True, True)
    assert "Nobody can decide it yet" in text(visit(wren).get("/me"))
    town.person("sue", "steward")
    assert "Nobody can decide this" not in text(steward.get("/appeals"))
    assert "nobody who can decide" not in text(steward.get("/review"))
    assert "a steward decides" in panel(ruling, town.now).progress.told


def test_who_is_asked_to_serve_has_their_own_language_chosen_and_no_other(town, visit):
    page = visit(member(town, "wren")).get("/me").content.decode()
    boxes = re.findall(r'name="languages" value="([^"]+)"( checked)?', page)
    assert [tag for tag, checked in boxes if checked] == ["en"]
