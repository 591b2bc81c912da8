"""Appeals: who may file one, where it goes, and how it ends without a jury."""

from datetime import timedelta

import pytest

from comity.charter import Remedy
from comity.ledger import EntryKind, opens
from tests.server.review.hearings import (
    WORDS,
    court,
    file,
    held,
    newest_entry,
    rule,
    told,
    volunteers,
)

NEVER = "{review: {second_review: 0%}}"


@pytest.fixture(autouse=True)
def no_second_look(town):
    town.under(NEVER)


def refused(call, words):
    from comity.server.members.mistake import Mistake

    with pytest.raises(Mistake, match=words):
        call()


def test_an_appeal_against_software_goes_to_a_reviewer_with_the_members_words(town):
    decision = held(town)
    appeal = file(town, decision)
    assert (appeal.state, appeal.decision, appeal.ruling) == ("in_review", decision, None)
    assert appeal.due == town.now + timedelta(days=7)
    assert appeal.case == town.case
    origin = town.case.origins.get(kind="appeal")
    assert (origin.reason, origin.event_id) == (WORDS, decision.event_id)


def test_the_ledger_commits_to_the_appeal_and_names_nobody(town):
    from comity.server.review.appeals.filing import sealed

    decision = held(town)
    appeal = file(town, decision)
    entry = newest_entry()
    assert (entry.index, entry.kind, entry.about) == (
        appeal.entry,
        EntryKind.APPEAL,
        (decision.event_id,),
    )
    assert entry.articles == ("no-shouting",)
    assert b"wren" not in entry.encode()
    assert opens(entry.commitments["appeal"], sealed(appeal), appeal.salt)


def test_what_no_case_was_opened_for_opens_one_by_the_appeal(town):
    from comity.server.intake.models import StoredDecision
    from comity.server.review.models import Case

    town.post("p1", "Really!!!!!!")
    decision = StoredDecision.objects.latest("event_id")
    assert (decision.remedy, Case.objects.count()) == ("limit", 0)
    appeal = file(town, decision)
    assert (appeal.case.remedy, appeal.case.state, appeal.case.author) == ("limit", "open", "wren")
    rule(town)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.ruling.remedy) == ("called", "limit")


def test_a_reviewer_who_lifts_grants_the_appeal(town):
    appeal = file(town, held(town))
    ruling = rule(town, "lift")
    appeal.refresh_from_db()
    assert (appeal.state, appeal.ruling, appeal.closed) == ("granted", ruling, town.now)


def test_what_a_reviewer_upholds_goes_on_to_a_jury_unasked(town):
    appeal = file(town, held(town))
    ruling = rule(town)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.ruling, appeal.closed) == ("called", ruling, None)


def test_a_milder_restriction_is_still_one(town):
    appeal = file(town, held(town))
    rule(town, "change", remedy=Remedy.LABEL, article="no-shouting")
    appeal.refresh_from_db()
    assert appeal.state == "called"


def test_an_appeal_against_a_ruling_goes_to_a_jury_at_once(town):
    held(town)
    ruling = rule(town)
    appeal = file(town, ruling)
    assert (appeal.state, appeal.ruling, appeal.decision) == ("called", ruling, None)


def test_an_appeal_against_software_that_a_person_has_ruled_on_is_one_against_the_ruling(town):
    decision = held(town)
    ruling = rule(town)
    assert file(town, decision).ruling == ruling
    refused(lambda: file(town, ruling), "An appeal is heard once")


def test_an_appeal_waits_until_the_second_reviewer_and_the_steward_are_done(town):
    town.under("{review: {second_review: 100%}}")
    town.person("bea")
    appeal = file(town, held(town))
    rule(town)
    appeal.refresh_from_db()
    assert (town.case.state, appeal.state) == ("second_review", "in_review")
    rule(town, "lift", by="bea")
    appeal.refresh_from_db()
    assert (town.case.state, appeal.state) == ("disputed", "in_review")
    from comity.server.review.answer import Answer
    from comity.server.review.services.rulings import rule as settle

    town.person("sol", "steward")
    case, bench = town.case, town.bench("sol", "steward")
    settled = settle(bench, case.pk, case.version, Answer("lift"), b"s" * 32)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.ruling) == ("granted", settled)


def test_two_reviewers_who_agree_send_the_appeal_to_a_jury(town):
    town.under("{review: {second_review: 100%}}")
    town.person("bea")
    appeal = file(town, held(town))
    first = rule(town)
    rule(town, by="bea")
    appeal.refresh_from_db()
    assert (town.case.state, appeal.state, appeal.ruling) == ("closed", "called", first)


@pytest.mark.parametrize("words", ["", "   \n", "x" * 5_001])
def test_words_are_needed_and_bounded(town, words):
    decision = held(town)
    refused(lambda: file(town, decision, words=words), "1 to 5000 characters")


def test_an_appeal_is_heard_once(town):
    decision = held(town)
    appeal = file(town, decision)
    refused(lambda: file(town, decision), "An appeal is heard once")
    rule(town)
    appeal.refresh_from_db()
    refused(lambda: file(town, appeal.ruling), "An appeal is heard once")


def test_only_the_author_appeals(town):
    decision = held(town)
    refused(lambda: file(town, decision, author="robin"), "Only the author")


def test_what_restricts_nobody_cannot_be_appealed(town):
    from comity.server.intake.models import StoredDecision

    town.post("p1", "Good morning.")
    decision = StoredDecision.objects.latest("event_id")
    refused(lambda: file(town, decision), "Nothing restricts")
    held(town, "p2")
    refused(lambda: file(town, rule(town, "lift")), "Nothing restricts")


def test_the_last_day_still_counts_and_the_next_does_not(town):
    decision, other = held(town), held(town, "p2")
    town.later(days=183, hours=13)
    file(town, decision)
    town.later(hours=1)
    refused(lambda: file(town, other), "The last day to appeal was May 25, 2027")


def test_a_post_that_was_edited_since_has_another_decision(town):
    decision = held(town)
    town.tell(town.event("post.edited", "p1", text="Good morning.", author={"id": "wren"}))
    refused(lambda: file(town, decision), "edited the post")


def test_a_member_can_withdraw_until_it_is_decided(town):
    from comity.server.review.appeals import withdraw

    ruling = (held(town), rule(town))[1]
    appeal = file(town, ruling)
    refused(lambda: withdraw(court(town), ("forum.example", "robin"), appeal.pk), "Only who filed")
    withdraw(court(town), ("forum.example", "wren"), appeal.pk)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.closed) == ("withdrawn", town.now)
    assert newest_entry().about == (appeal.entry,)
    refused(lambda: withdraw(court(town), ("forum.example", "wren"), appeal.pk), "is over")
    refused(lambda: file(town, ruling), "heard once")


def test_an_appeal_about_a_post_that_its_author_deletes_unread_is_dropped(town):
    from comity.server.review.appeals.duties import drop

    appeal = file(town, held(town))
    assert drop(court(town)) == 0
    town.tell(town.event("post.deleted", "p1", author={"id": "wren"}))
    assert (drop(court(town)), drop(court(town))) == (1, 0)
    appeal.refresh_from_db()
    assert appeal.state == "withdrawn"


def test_where_too_few_are_willing_stewards_are_told_and_decide(town):
    from comity.server.members.permissions import Refused
    from comity.server.review.appeals import decide
    from comity.server.review.appeals.duties import convene
    from comity.server.review.models import Choice

    town.webhook()
    volunteers(town, 4)
    held(town)
    appeal = file(town, rule(town))
    assert convene(court(town)) == 0
    appeal.refresh_from_db()
    assert appeal.state == "before_stewards"
    [message] = told("appeal.referred")
    assert message["appeal"] == str(appeal.pk)
    sol = town.bench("sol", "steward")
    with pytest.raises(Refused):
        decide(town.bench("bea"), appeal.pk, Choice.OVERTURN, "A quotation.")
    refused(lambda: decide(sol, appeal.pk, Choice.OVERTURN, " "), "Say why")
    verdict = decide(sol, appeal.pk, Choice.OVERTURN, "A quotation.")
    appeal.refresh_from_db()
    assert (appeal.state, verdict.steward, town.case.remedy) == ("granted", sol.person, "allow")
    assert told("verdict.reached")[0]["by"] == "steward"
    refused(lambda: decide(sol, appeal.pk, Choice.UPHOLD, "No."), "does not wait")


def test_a_steward_who_ruled_does_not_decide_on_their_own_ruling(town):
    from comity.server.review.appeals import decide
    from comity.server.review.appeals.duties import convene
    from comity.server.review.models import Choice

    held(town)
    appeal = file(town, rule(town, by="sol"))
    convene(court(town))
    sol = town.bench("sol", "steward")
    refused(lambda: decide(sol, appeal.pk, Choice.UPHOLD, "I said so."), "had a part")


def test_enough_volunteers_take_an_appeal_back_from_the_stewards(town):
    from comity.server.review.appeals.duties import convene

    held(town)
    appeal = file(town, rule(town))
    convene(court(town))
    volunteers(town, 5)
    town.later(days=9)
    assert convene(court(town)) == 1
    appeal.refresh_from_db()
    assert (appeal.state, appeal.due) == ("before_jury", town.now + timedelta(days=2))
