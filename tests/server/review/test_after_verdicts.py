"""What follows from verdicts: measures, confirmations, letters, forgetting."""

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest

from tests.server.review.hearings import (
    before_jury,
    convene_for,
    court,
    file,
    held,
    rule,
    seats,
    volunteers,
    vote,
)
from tests.server.review.test_appeals import NEVER
from tests.server.support import run


@pytest.fixture(autouse=True)
def no_second_look(town):
    town.under(NEVER)


@pytest.fixture
def forget(monkeypatch):
    from comity.server.members import erasure

    # In a transaction that is never committed there is no trace to leave.
    monkeypatch.setattr(erasure, "leaving_no_trace", nullcontext)
    return lambda town, name: erasure.erase_member(
        town.community, name, None, town.signer, town.now
    )


def decided(town, *choices):
    """An appeal that a jury has decided by these votes."""
    appeal = before_jury(town)
    for seat, choice in zip(seats(appeal), choices, strict=True):
        vote(town, seat, choice, f"I say {choice}.")
    appeal.refresh_from_db()
    return appeal


OVERTURNED = ("overturn", "uphold", "overturn", "uphold", "overturn")
UPHELD = ("uphold", "uphold", "overturn", "uphold", "uphold")


def measured(town):
    from comity.measures import summarize
    from comity.server.transparency.matters import cases_of, matters

    found = matters(cases_of(town.community, town.now - timedelta(days=1)))
    return found, summarize(found, town.now)


def test_a_verdict_counts_above_the_ruling_in_the_articles_precision(town):
    held(town)
    rule(town)
    _, before = measured(town)
    assert before.articles[0].precision.share == 1
    volunteers(town, 5)
    appeal = convene_for(town, file(town, town.case.rulings.get()))
    for seat, choice in zip(seats(appeal), OVERTURNED, strict=True):
        vote(town, seat, choice)
    [matter], after = measured(town)
    assert (matter.ruling, matter.verdict, matter.overturned) == ("upheld", "lifted", True)
    assert after.articles[0].precision.share == 0
    assert (after.overturned.count, after.overturned.total, after.appealed) == (1, 1, 1)
    assert sorted(matter.votes) == ["lifted"] * 3 + ["upheld"] * 2
    assert after.jurors_alpha == 0


def test_a_verdict_that_upholds_says_what_the_ruling_said(town):
    decided(town, *UPHELD)
    [matter], summary = measured(town)
    assert (matter.verdict, matter.overturned) == ("upheld", False)
    assert (summary.overturned.count, summary.overturned.total) == (0, 1)


def test_a_platform_confirms_that_the_remedy_is_undone(town):
    from comity.server.review.services.remedies import confirm_verdict, give_up

    town.webhook()
    verdict = decided(town, *OVERTURNED).verdict
    assert verdict.remedy_state == "pending"
    assert give_up(town.community, town.now) == 0
    failed = confirm_verdict(town.community, verdict.pk, False, "It is gone.", town.now)
    assert (failed.remedy_state, failed.remedy_note) == ("failed", "It is gone.")
    confirmed = confirm_verdict(town.community, verdict.pk, True, "", town.now)
    assert confirmed.remedy_state == "confirmed"
    assert confirm_verdict(town.community, 999, True, "", town.now) is None


def test_what_no_webhook_could_be_told_of_a_verdict_has_failed(town):
    from comity.server.intake.models import Delivery
    from comity.server.review.services.remedies import give_up

    town.webhook()
    verdict = decided(town, *OVERTURNED).verdict
    Delivery.objects.all().update(next_try=None, last_error="refused")
    assert give_up(town.community, town.now) >= 1
    verdict.refresh_from_db()
    assert (verdict.remedy_state, verdict.remedy_note) == ("failed", "refused")


def letter(town, subject, language="en"):
    from comity.server.review.statements.pages import page_of

    return page_of(subject, language, town.now).letter.text


def test_author_and_reporter_read_what_the_jury_found(town):
    from comity.server.review.models import CaseOrigin

    volunteers(town, 7)
    held(town)
    town.report("p1", by="robin")
    appeal = convene_for(town, file(town, rule(town)))
    report = CaseOrigin.objects.get(kind="report")
    assert "It was taken down" in letter(town, report)
    for seat, choice in zip(seats(appeal), OVERTURNED, strict=True):
        vote(town, seat, choice, f"I say {choice}.")
    appeal.refresh_from_db()
    told = letter(town, appeal.verdict)
    assert told.startswith("Nothing restricts your post any more\n")
    assert told.count("> I say overturn.") == 3
    assert not any(f"juror{number}" in told for number in range(1, 8))
    outcome = letter(town, report)
    assert "A jury of members, drawn by lot, has looked at the post." in outcome
    assert "It stays as it is" in outcome
    assert "I say" not in outcome


def test_a_member_who_is_forgotten_leaves_no_words_of_their_appeal_and_no_jury_sits(town, forget):
    from comity.server.intake.models import Delivery

    town.webhook()
    appeal = before_jury(town)
    vote(town, seats(appeal)[0], "uphold", "They shouted at wren.")
    forget(town, "wren")
    appeal.refresh_from_db()
    assert (appeal.words, appeal.member, bytes(appeal.salt)) == ("", None, b"")
    assert (appeal.state, appeal.jury.state) == ("withdrawn", "dissolved")
    assert {(seat.state, seat.reason) for seat in appeal.jury.seats.all()} == {
        ("voted", ""),
        ("discharged", ""),
    }
    assert not any("wren" in delivery.body for delivery in Delivery.objects.all())


def test_the_verdict_of_a_member_who_is_forgotten_stays_without_reasons(town, forget):
    from comity.server.intake.models import Delivery

    town.webhook()
    appeal = decided(town, *OVERTURNED)
    forget(town, "wren")
    appeal.refresh_from_db()
    assert (appeal.state, appeal.verdict.outcome, appeal.verdict.overturn) == (
        "granted",
        "overturn",
        3,
    )
    assert not appeal.jury.seats.exclude(reason="").exists()
    assert not Delivery.objects.filter(message__startswith="verdict-").exists()


def test_a_juror_who_is_forgotten_is_replaced_and_leaves_their_vote_without_words(town, forget):
    from comity.server.review.appeals.duties import replace_missing
    from comity.server.review.models import Volunteer

    appeal = before_jury(town)
    first, second, *_ = seats(appeal)
    vote(town, first, "uphold", "Mine.")
    for seat in (first, second):
        forget(town, seat.person.username)
    first.refresh_from_db()
    assert (first.choice, first.reason, bytes(first.salt)) == ("uphold", "", b"")
    assert not Volunteer.objects.filter(person__in=[first.person, second.person]).exists()
    assert replace_missing(court(town)) == 1
    assert len(seats(appeal)) == 4


def test_what_is_told_of_a_verdict_is_json_without_reasons(town):
    from tests.server.review.hearings import told

    town.webhook()
    decided(town, *OVERTURNED)
    [message] = told("verdict.reached")
    assert "I say" not in json.dumps(message)
    assert (message["author"], message["reports"]) == ("wren", [])


def test_the_report_of_a_month_counts_the_verdicts_of_that_month(town):
    from comity.server.transparency.matters import heard_in, matters

    decided(town, *UPHELD)
    begin = town.now - timedelta(days=1)
    [found] = matters(heard_in(town.community, begin, town.now + timedelta(days=1)))
    assert found.verdict == "upheld"
    assert not heard_in(town.community, begin - timedelta(days=30), begin)


def test_a_verdict_is_published_without_words_or_names_and_its_draw_holds(town, tmp_path):
    from comity.juries import DrawRecord
    from comity.server.review.appeals.juries import published
    from comity.server.transparency import verdicts

    appeal = before_jury(town)
    assert verdicts.jury_of(town.community, 1) is None
    for seat, choice in zip(seats(appeal), OVERTURNED, strict=True):
        vote(town, seat, choice, f"I say {choice}.")
    appeal.refresh_from_db()
    [listed] = verdicts.listed(town.community, "zh-Hans", None)
    told, drawn = verdicts.one(town.community, appeal.verdict.pk, "zh-Hans")
    assert (told, told.article.text) == (listed, "不要大喊大叫")
    assert (told.stands, told.uphold, told.overturn) == (False, 2, 3)
    assert (drawn.size, drawn.members, drawn.checkpoint) == (5, 7, drawn.entry + 1)
    record = DrawRecord.read(published(verdicts.jury_of(town.community, appeal.verdict.pk)))
    assert set(record.redraw().jurors) == set(record.jurors)
    assert not any(name in repr(told) + repr(record) for name in ("wren", "juror1", "I say"))
    (tmp_path / "draw.json").write_bytes(published(appeal.jury))
    (tmp_path / "checkpoint").write_text(appeal.jury.checkpoint)
    proof = ("--checkpoint", str(tmp_path / "checkpoint"), "--key", str(town.signer.verifier))
    done = run("jury", "verify", str(tmp_path / "draw.json"), *proof)
    assert done.returncode == 0, done.stderr
    assert verdicts.listed(town.community, "en", told.number) == []
    assert verdicts.one(town.community, 999, "en") is None
