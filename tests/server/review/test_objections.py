"""Reporters who do not agree with what became of their report."""

import pytest

from comity.charter import Remedy
from comity.ledger import EntryKind, opens
from tests.server.review.hearings import before_jury, court, newest_entry, rule, seats, told, vote
from tests.server.review.test_letters import opened

pytestmark = pytest.mark.postgres

WHY = "It names where I live. That is more than rude."


def reported(town, by="robin", kind="lift"):
    """A report that a reviewer has decided on."""
    town.post("p1", "Good morning, Elm Street.", author="wren")
    town.report("p1", by=by)
    report = town.case.origins.get(kind="report")
    rule(town, kind)
    return report


def objected(town, report, words=WHY):
    from comity.server.review.objecting import object_to

    return object_to(court(town), report, words)


def refused(town, report, words=WHY):
    from comity.server.members.mistake import Mistake

    with pytest.raises(Mistake) as mistake:
        objected(town, report, words)
    return str(mistake.value)


def letter(town, report):
    from comity.server.review.statements import Kind, path_of

    return opened(town, path_of(Kind.REPORT, report.pk, town.now)).letter.text


def test_a_report_that_came_to_nothing_is_looked_at_again_by_somebody_else(town):
    from comity.server.members.mistake import Mistake
    from comity.server.review.models import Case
    from comity.server.review.piles import visible

    town.webhook()
    ben = town.person("ben")
    report = reported(town)
    assert "say so in your own words" in letter(town, report)
    objected(town, report)
    case = town.case
    assert (case.state, case.remedy, case.reports) == ("open", "allow", 1)
    assert [(each.kind, each.reason) for each in case.origins.all()] == [("objection", WHY)]
    ada = town.person("ada")
    waiting = Case.objects.filter(queue=case.queue)
    assert [list(visible(waiting, each, town.community)) for each in (ada, ben)] == [[], [case]]
    with pytest.raises(Mistake, match="ruled on this text before"):
        rule(town, "lift", by="ada")
    rule(town, "change", by="ben", remedy=Remedy.REMOVE, article="no-shouting")
    message = told("ruling.made")[-1]
    assert message["remedy"] == "remove"
    assert message["statement"]
    [to_reporter] = message["reports"]
    assert to_reporter["by"] == "robin"
    text = opened(town, to_reporter["statement"]).letter.text
    assert text == letter(town, report)
    assert "taken down" in text
    assert "last word" in text


def test_where_nobody_else_reviews_the_same_person_looks_again(town):
    from comity.server.members.models import Person

    report = reported(town)
    Person.objects.exclude(username="ada").update(is_active=False)
    objected(town, report)
    again = rule(town, "lift")
    assert not again.effective
    assert "last word" in letter(town, report)


def test_the_ledger_commits_to_an_objection(town):
    from comity.server.review.objecting import sealed

    report = reported(town)
    made = objected(town, report)
    entry = newest_entry()
    assert (entry.index, entry.kind) == (made.entry, EntryKind.APPEAL)
    assert opens(entry.commitments["objection"], sealed(made), bytes(made.salt))
    assert entry.about == (report.case.rulings.get().entry,)


def test_a_text_is_looked_at_again_for_reporters_once(town):
    report = reported(town)
    town.report("p1", by="heron")
    other = town.case.origins.get(reporter="heron")
    rule(town, "lift")
    objected(town, report)
    refused(town, report)
    refused(town, other)
    rule(town, "lift", by="ben")
    refused(town, other)
    town.report("p1", by="crane")
    assert town.case.state == "closed"


@pytest.mark.parametrize("words", ["", "  ", "x" * 5_001])
def test_an_objection_says_why_in_so_many_words(town, words):
    assert "1 to 5000" in refused(town, reported(town), words)


def test_there_is_nothing_to_object_to_once_the_post_is_gone_or_another_or_long_ago(town):
    gone = reported(town, kind="uphold")  # what is upheld of an allowed post stays allowed
    town.tell(town.event("post.edited", "p1", text="Good evening.", author={"id": "wren"}))
    refused(town, gone)
    town.post("p2", author="wren")
    town.report("p2", by="robin")
    removed = town.case.origins.get(kind="report")
    rule(town, "uphold")
    refused(town, removed)
    town.post("p3", "Good night.", author="wren")
    town.report("p3", by="robin")
    late = town.case.origins.get(kind="report")
    rule(town, "lift")
    town.later(days=184)
    refused(town, late)
    assert "say so in your own words" not in letter(town, late)


def test_what_members_have_decided_or_will_is_not_decided_past_them(town):
    appeal = before_jury(town)
    town.report("p1", by="crane")
    report = town.case.origins.get(reporter="crane")
    refused(town, report)
    for seat in seats(appeal):
        vote(town, seat, "overturn")
    refused(town, report)
    assert "last word" in letter(town, report)


def test_nobody_objects_all_day_long(town):
    from comity.server.review.objecting import OBJECTIONS_A_DAY

    for number in range(OBJECTIONS_A_DAY + 1):
        town.post(f"q{number}", f"Good morning, street {number}.", author="wren")
        town.report(f"q{number}", by="robin")
        report = town.case.origins.get(kind="report")
        rule(town, "lift")
        if number < OBJECTIONS_A_DAY:
            objected(town, report)
    assert "often today" in refused(town, report)
    town.later(hours=25)
    objected(town, report)


def test_an_objection_is_forgotten_with_its_reporter(town):
    from comity.server.review.erasure import forget

    made = objected(town, reported(town))
    forget(town.community, "robin", None)
    made.refresh_from_db()
    made.origin.refresh_from_db()
    assert (made.salt, made.origin.reporter, made.origin.reason) == (b"", None, "")
