"""Juries: drawn so that anyone can draw them again, replaced in time, voting once, binding."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from comity.juries import DrawRecord
from comity.ledger import Checkpoint, EntryKind, opens
from tests.server.review.hearings import (
    WORDS,
    before_jury,
    convene_for,
    court,
    file,
    held,
    member,
    newest_entry,
    rule,
    seats,
    told,
    volunteers,
    vote,
)
from tests.server.review.test_appeals import NEVER, refused


@pytest.fixture(autouse=True)
def no_second_look(town):
    town.under(NEVER)


def eligible(town, appeal):
    from comity.server.review.appeals.volunteers import eligible

    return {person.username for person in eligible(appeal, town.now).values()}


def test_anyone_can_draw_the_jury_again_from_what_is_published(town):
    from comity.server.review.appeals.juries import published, sealed
    from comity.server.transparency import ledger

    appeal = before_jury(town)
    jury = appeal.jury
    record = DrawRecord.read(published(jury))
    assert set(record.redraw().jurors) == set(record.jurors) == {s.lot for s in seats(appeal)}
    assert len(record.members) == 7
    entry = newest_entry()
    assert (entry.kind, entry.index, entry.about) == (EntryKind.JURY, jury.entry, (appeal.entry,))
    assert opens(entry.commitments["members"], sealed(jury), jury.salt)
    # By the first root that has the list of members under it.
    assert record.checkpoint_size == jury.entry + 1
    assert Checkpoint.read(jury.checkpoint).root == record.root == ledger.head().frontier.root


def test_jurors_are_summoned_by_way_of_their_platforms(town):
    town.webhook()
    appeal = before_jury(town)
    summoned = told("juror.summoned")
    assert len(summoned) == 5
    seat = seats(appeal)[0]
    assert summoned[0] == {
        "seat": str(seat.pk),
        "page": f"/juries/{seat.pk}",
        "members": [{"source": "forum.example", "member": seat.person.username}],
        "answer_by": "2026-11-25T10:00:00Z",
    }


def test_parties_reviewers_opponents_and_members_with_strikes_do_not_judge(town):
    from comity.server.review.appeals import volunteer

    volunteers(town, 3)
    for name in ("wren", "robin", "ada", "lark", "finch", "swift", "crow"):
        volunteer(member(town, name), town.community, ["en"], town.now)
    held(town, "p9", author="crow")
    rule(town, by="bea")  # a strike of crow's
    town.tell(town.event("post.created", "p8", text="Hello.", author={"id": "wren"}))
    town.report("p8", by="lark")  # lark reported another post of wren's
    town.tell(town.event("post.created", "p7", text="Hello.", author={"id": "finch"}))
    town.report("p7", by="wren")  # wren reported finch
    held(town)
    town.report("p1", by="robin")
    parent = {"id": "p1", "text": "x", "author": "wren"}
    town.tell(
        town.event("post.created", "p6", text="Calm down.", author={"id": "swift"}, parent=parent)
    )
    from comity.server.review.models import Case

    case = Case.objects.get(post="p1")
    from comity.server.review.answer import Answer
    from comity.server.review.services.rulings import rule as rule_on

    ruling = rule_on(town.bench("ada"), case.pk, case.version, Answer("uphold"), b"s" * 32)
    appeal = file(town, ruling)
    assert eligible(town, appeal) == {"juror1", "juror2", "juror3"}
    town.later(days=91)  # what members had against each other is long past, and so is the strike
    assert eligible(town, appeal) >= {"lark", "finch", "crow"}
    assert eligible(town, appeal).isdisjoint({"wren", "robin", "ada", "swift"})


def test_jurors_read_the_language_of_the_post_and_are_willing_now(town):
    from comity.server.review.appeals import stand_down, volunteer, volunteering

    volunteers(town, 2)
    first, other = member(town, "juror1"), member(town, "heron")
    volunteer(other, town.community, ["zh"], town.now)
    held(town)
    appeal = file(town, rule(town))
    assert eligible(town, appeal) == {"juror1", "juror2"}
    lot = volunteering(first, town.community).lot
    stand_down(first, town.community)
    assert volunteering(first, town.community) is None
    assert eligible(town, appeal) == {"juror2"}
    # Coming back gives nobody another lot.
    assert volunteer(first, town.community, ["en"], town.now).lot == lot


@pytest.mark.parametrize("languages", [[], ["<script>"], ["e" * 50]])
def test_who_volunteers_says_in_which_languages(town, languages):
    from comity.server.review.appeals import volunteer

    person = member(town, "heron")
    refused(lambda: volunteer(person, town.community, languages, town.now), "language")


def test_only_members_volunteer(town):
    from comity.server.members.permissions import Refused
    from comity.server.review.appeals import volunteer

    with pytest.raises(Refused):
        volunteer(town.person("ada"), town.community, ["en"], town.now)


def test_seats_are_spread_over_opinion_groups(town):
    from comity.server.review.appeals import draw_jury

    people = volunteers(town, 10)
    groups = {person.pk: "AB"[i % 2] for i, person in enumerate(people)}
    held(town)
    jury = draw_jury(court(town), file(town, rule(town)), groups)
    counts = sorted(
        sum(groups[seat.person_id] == group for seat in jury.seats.all()) for group in "AB"
    )
    assert counts == [2, 3]


def test_a_majority_that_overturns_undoes_everything(town):
    town.webhook()
    appeal = before_jury(town)
    ruling = appeal.ruling
    assert ruling.strike.state == "counting"
    for seat, choice in zip(seats(appeal), ["overturn"] * 3 + ["uphold"] * 2, strict=True):
        vote(town, seat, choice)
    appeal.refresh_from_db()
    ruling.strike.refresh_from_db()
    assert (appeal.state, appeal.jury.state, appeal.closed) == ("granted", "decided", town.now)
    verdict = appeal.verdict
    assert (verdict.outcome, verdict.uphold, verdict.overturn) == ("overturn", 2, 3)
    assert (town.case.remedy, town.case.article, ruling.strike.state) == ("allow", "", "lifted")
    [message] = told("verdict.reached")
    assert (message["before"], message["remedy"], message["post"]) == ("remove", "allow", "p1")
    assert (message["account_before"], message["account"]) == ("warn", None)
    assert (message["by"], message["outcome"], message["confirm"]) == ("jury", "overturn", True)
    assert message["statement"].startswith("/statements/v.")
    assert [each["why"] for each in told("strike.lifted")] == ["lift"]
    entry = newest_entry()
    assert (entry.kind, entry.remedy, entry.index) == (EntryKind.VERDICT, "allow", verdict.entry)
    assert entry.about == (appeal.entry, ruling.entry)


def test_an_account_keeps_what_other_strikes_come_to(town):
    town.webhook()
    volunteers(town, 5)
    held(town, "p0")
    rule(town)
    held(town)
    second = rule(town)
    assert second.account == "mute"
    appeal = convene_for(town, file(town, second))
    for seat in seats(appeal):
        vote(town, seat, "overturn")
    [message] = told("verdict.reached")
    assert (message["account_before"], message["account"]) == ("mute", "warn")


def test_a_majority_that_upholds_leaves_everything(town):
    town.webhook()
    appeal = before_jury(town)
    for seat in seats(appeal):
        assert not told("verdict.reached")
        vote(town, seat, "uphold")
    appeal.refresh_from_db()
    assert (appeal.state, appeal.verdict.remedy_state) == ("rejected", None)
    assert (town.case.remedy, appeal.ruling.strike.state) == ("remove", "counting")
    assert told("verdict.reached")[0]["confirm"] is False


def test_votes_are_on_record_without_telling_whose_or_what(town):
    from comity.server.review.appeals.voting import sealed

    appeal = before_jury(town)
    seat = vote(town, seats(appeal)[0], "uphold", "Too loud for me.")
    entry = newest_entry()
    assert entry.about == (appeal.jury.entry,)
    assert b"loud" not in entry.encode()
    assert b"uphold" not in entry.encode()
    assert opens(entry.commitments["vote"], sealed(seat), seat.salt)


def test_a_juror_votes_once_and_nobody_else_does(town):
    from comity.server.members.permissions import Refused
    from comity.server.review.appeals import decline
    from comity.server.review.appeals import vote as vote_as
    from comity.server.review.models import Choice

    appeal = before_jury(town)
    first, second, *_ = seats(appeal)
    vote(town, first, "uphold")
    refused(lambda: vote(town, first, "overturn"), "You have voted already")
    refused(lambda: decline(court(town), first.person, first.pk), "You have voted already")
    for person in (town.person("sol", "steward"), member(town, "wren"), first.person):
        with pytest.raises(Refused):
            vote_as(court(town), person, second.pk, Choice.OVERTURN, "Mine.")
    with pytest.raises(Refused):
        vote_as(court(town), first.person, 999_999, Choice.OVERTURN, "Mine.")
    first.refresh_from_db()
    assert (first.choice, first.state) == ("uphold", "voted")


def test_what_is_refused_leaves_a_line_in_the_log_without_words_or_names(town):
    from comity.server.members.permissions import Refused

    first, second, *_ = seats(before_jury(town))
    vote(town, first, "uphold")
    with capture_logs() as lines:
        refused(lambda: vote(town, first, "overturn", "Secret."), "You have voted already")
        second.person = first.person
        with pytest.raises(Refused):
            vote(town, second, "overturn", "Secret.")
    assert [(line["event"], line["log_level"]) for line in lines] == [("refused", "warning")] * 2
    assert lines[0]["why"] == "a seat that is voted"
    assert lines[1]["permission"] == "vote_as_juror"
    assert "Secret" not in repr(lines)


def test_the_clock_draws_juries_replaces_jurors_and_counts(town):
    from comity.server.review.clock import Clock

    clock = Clock(town.community, town.signer)
    volunteers(town, 6)
    held(town)
    appeal = file(town, rule(town))
    clock.tick(town.now)
    appeal.refresh_from_db()
    assert appeal.state == "before_jury"
    for seat in seats(appeal)[:4]:
        vote(town, seat, "uphold")
    town.later(days=2)
    clock.tick(town.now)
    assert appeal.jury.seats.filter(state="missed").count() == 1
    town.later(days=5)
    clock.tick(town.now)
    appeal.refresh_from_db()
    assert appeal.state == "rejected"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2_001])
def test_a_vote_has_a_reason(town, reason):
    seat = seats(before_jury(town))[0]
    refused(lambda: vote(town, seat, "uphold", reason), "1 to 2000 characters")


def test_who_declines_is_replaced_by_the_next_by_lot(town):
    from comity.server.review.appeals import decline
    from comity.server.review.appeals.juries import published

    town.webhook()
    appeal = before_jury(town)
    seat = seats(appeal)[0]
    decline(court(town), seat.person, seat.pk, "I know him.")
    jury = appeal.jury
    jury.refresh_from_db()
    record = DrawRecord.read(published(jury))
    assert record.replaced == (seat.lot,)
    assert set(record.jurors) == {each.lot for each in seats(appeal)}
    assert len(told("juror.summoned")) == 6
    entry = newest_entry()
    assert opens(entry.commitments["draw"], published(jury), jury.salt)
    refused(lambda: vote(town, seat, "uphold"), "left this seat")


def test_who_does_not_answer_in_time_is_replaced(town):
    from comity.server.review.appeals.duties import replace_missing

    appeal = before_jury(town)
    first, *others = seats(appeal)
    for seat in others:
        vote(town, seat, "uphold")
    town.later(days=2)
    assert (replace_missing(court(town)), replace_missing(court(town))) == (1, 0)
    first.refresh_from_db()
    [successor] = seats(appeal)
    assert (first.state, successor.answer_by) == ("missed", town.now + timedelta(days=2))
    refused(lambda: vote(town, first, "uphold"), "time to answer was up")
    vote(town, successor, "uphold")
    appeal.refresh_from_db()
    assert appeal.state == "rejected"


def test_a_successor_who_may_no_longer_serve_is_passed_over(town):
    from comity.server.review.appeals import decline, record_of, stand_down

    appeal = before_jury(town)
    following = record_of(appeal.jury).redraw().reserve
    from comity.server.review.models import Volunteer

    stand_down(Volunteer.objects.get(lot=following[0]).person, town.community)
    first, second, *_ = seats(appeal)
    decline(court(town), first.person, first.pk)
    assert following[1] in {seat.lot for seat in seats(appeal)}
    decline(court(town), second.person, second.pk)  # nobody is left: the seat stays empty
    assert len(seats(appeal)) == 4


def test_when_the_time_is_up_the_votes_of_more_than_half_decide(town):
    from comity.server.review.appeals.duties import count_overdue, replace_missing

    appeal = before_jury(town)
    for seat, choice in zip(seats(appeal)[:4], ["uphold", "overturn"] * 2, strict=True):
        vote(town, seat, choice)
    assert count_overdue(court(town)) == 0
    town.later(days=7)
    assert (count_overdue(court(town)), count_overdue(court(town))) == (1, 0)
    assert replace_missing(court(town)) == 0
    appeal.refresh_from_db()
    # Two against two: a restriction needs a majority behind it.
    assert (appeal.state, appeal.verdict.outcome) == ("granted", "overturn")
    last = appeal.jury.seats.exclude(state="voted").get()
    assert last.state == "discharged"
    refused(lambda: vote(town, last, "uphold"), "This jury has ended")


def test_with_too_few_votes_when_the_time_is_up_stewards_decide(town):
    from comity.server.review.appeals.duties import convene, count_overdue

    town.webhook()
    appeal = before_jury(town)
    for seat in seats(appeal)[:2]:
        vote(town, seat, "overturn")
    town.later(days=7)
    count_overdue(court(town))
    appeal.refresh_from_db()
    assert (appeal.state, len(told("appeal.referred"))) == ("before_stewards", 1)
    assert appeal.jury.seats.filter(state="discharged").count() == 3
    assert convene(court(town)) == 0  # a second jury is not drawn


def test_who_withdraws_frees_the_jury(town):
    from comity.server.review.appeals import withdraw

    appeal = before_jury(town)
    withdraw(court(town), ("forum.example", "wren"), appeal.pk)
    appeal.jury.refresh_from_db()
    assert appeal.jury.state == "dissolved"
    assert {seat.state for seat in appeal.jury.seats.all()} == {"discharged"}


def test_a_juror_hears_both_sides_and_no_names(town):
    from comity.server.members.permissions import Refused
    from comity.server.review.appeals import hearing

    volunteers(town, 5)
    town.post(
        "p1",
        parent={"id": "p0", "text": "What did the sign say?", "author": "robin"},
    )
    town.report("p1", by="lark", reason="Far too loud.")
    appeal = file(town, rule(town, reason="Twice warned."))
    from comity.server.review.appeals.duties import convene

    convene(court(town))
    first, second, *_ = seats(appeal)
    vote(town, second, "uphold", "My secret reason.")
    heard = hearing(first.person, town.community, first.pk, "zh-Hans")
    assert "".join(each.text for each in heard.post).startswith("STOP SHOUTING")
    assert heard.parent == "What did the sign say?"
    assert (heard.title.text, heard.why.text) == ("不要大喊大叫", "对事不对人。")
    assert (heard.ruling, heard.appeal) == ("Twice warned.", WORDS)
    assert (heard.remedy, heard.found_by_software, heard.reported) == ("remove", True, True)
    shown = repr([getattr(heard, name) for name in heard.__slots__ if name != "seat"])
    for secret in ("wren", "robin", "lark", "ada", "My secret reason."):
        assert secret not in shown
    for person in (second.person, town.person("sol", "steward"), member(town, "wren")):
        with pytest.raises(Refused):
            hearing(person, town.community, first.pk, "en")


def test_a_person_finds_their_seats_and_appeals_and_no_others(town):
    from comity.server.review.appeals import appeals_of, seats_of

    appeal = before_jury(town)
    first, second, *_ = seats(appeal)
    assert seats_of(first.person, town.community) == [first]
    assert appeals_of(member(town, "wren"), town.community) == [appeal]
    assert appeals_of(first.person, town.community) == []
    assert seats_of(member(town, "wren"), town.community) == []
    assert second not in seats_of(first.person, town.community)
