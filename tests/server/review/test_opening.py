"""What is recorded opens cases, and joins those that are open."""

from datetime import timedelta

import pytest

from comity.server.review.severity import severity
from tests.server.review.support import SHOUT

pytestmark = pytest.mark.postgres


def cases(town):
    from comity.server.review.models import Case

    return list(Case.objects.filter(community=town.community).order_by("pk"))


def origins(case):
    return [origin.kind for origin in case.origins.order_by("pk")]


def test_a_hold_opens_a_case_that_says_what_it_is_about(town):
    town.post("p1", SHOUT + " LOOK AT HTTPS://SHOP.EXAMPLE/7", author="wren")
    [case] = cases(town)
    assert (case.source, case.post, case.author, case.thread) == (
        "forum.example",
        "p1",
        "wren",
        "t1",
    )
    assert (case.state, case.article, case.remedy) == ("open", "no-shouting", "hold")
    assert (case.language, case.domain) == ("en", "shop.example")
    assert case.event.decision.remedy == "hold"
    assert case.severity >= 40
    assert origins(case) == ["decision"]


def test_what_is_allowed_or_limited_opens_none(town):
    town.post("p1", "Thank you, that helped.")
    town.post("p2", "Come and see!!!!!!")
    assert cases(town) == []


def test_a_report_opens_a_case_on_the_post_as_it_came_in(town):
    town.post("p1", "You are a fool.", author="wren")
    town.report("p1", by="robin", reason="Unkind.")
    [case] = cases(town)
    assert (case.author, case.remedy, case.reports) == ("wren", "allow", 1)
    assert case.event.body.count("You are a fool.")
    [origin] = case.origins.all()
    assert (origin.kind, origin.reporter, origin.reason) == ("report", "robin", "Unkind.")


def test_a_report_on_a_post_that_never_came_in_opens_a_case_too(town):
    town.report("p-old")
    [case] = cases(town)
    assert (case.author, case.remedy) == (None, "allow")
    assert case.event.type == "report.filed"


def test_everything_about_one_post_joins_its_case_within_a_group_and_after_it(town):
    held = town.event("post.created", "p1", text=SHOUT, author={"id": "wren"})
    reports = [town.event("report.filed", "p1", report={"by": by}) for by in ("robin", "crane")]
    town.tell(held, *reports)
    town.report("p1", by="heron")
    [case] = cases(town)
    assert origins(case) == ["decision", "report", "report", "report"]
    assert case.reports == 3
    assert case.severity == severity("hold", case.score, 3)


def test_a_member_reports_a_post_once(town):
    for _ in range(3):
        town.report("p1", by="robin")
    again = town.event("report.filed", "p1", report={"by": "robin"})
    town.tell(again, town.event("report.filed", "p1", report={"by": "robin"}))
    [case] = cases(town)
    assert (case.reports, origins(case)) == (1, ["report"])


def test_no_member_can_fill_the_queue_with_reports(town):
    from django.db.models import F

    from comity.server.review.models import CaseOrigin
    from comity.server.review.reports import REPORTS_A_DAY

    reports = [
        town.event("report.filed", f"p{i}", report={"by": "robin"})
        for i in range(REPORTS_A_DAY + 20)
    ]
    town.tell(*reports[:30])
    town.tell(*reports[30:])
    assert len(cases(town)) == REPORTS_A_DAY
    town.report("another", by="crane")
    assert len(cases(town)) == REPORTS_A_DAY + 1
    CaseOrigin.objects.update(time=F("time") - timedelta(hours=25))
    town.report("p-next-day", by="robin")
    assert len(cases(town)) == REPORTS_A_DAY + 2


def test_a_crowd_cannot_push_a_post_ahead_of_everything_else(town):
    for i in range(9):
        town.report("p1", by=f"u{i}")
    [case] = cases(town)
    assert (case.reports, case.severity) == (9, 30)


def test_an_edit_changes_what_the_open_case_is_about(town):
    town.post("p1", SHOUT)
    [before] = cases(town)
    calm = town.event("post.edited", "p1", text="Please, quietly.", author={"id": "wren"})
    town.tell(calm)
    [case] = cases(town)
    assert (case.remedy, case.article, case.version) == ("allow", "", before.version + 1)
    assert case.event_id > before.event_id
    assert case.severity == before.severity


def test_an_edit_under_second_review_begins_the_case_anew(town):
    from comity.server.review.models import Case

    town.post("p1", SHOUT)
    Case.objects.update(state="second_review")
    town.tell(town.event("post.edited", "p1", text=SHOUT + "!", author={"id": "wren"}))
    [case] = cases(town)
    assert case.state == "open"


def test_an_edit_of_a_post_that_nobody_looks_at_opens_none(town):
    town.post("p1", "Good morning.")
    town.tell(town.event("post.edited", "p1", text="Good evening.", author={"id": "wren"}))
    assert cases(town) == []


def test_a_deleted_post_needs_nobody_any_more(town):
    town.post("p1")
    town.tell(town.event("post.deleted", "p1"), town.event("post.deleted", "p2"))
    [case] = cases(town)
    assert (case.state, case.closed is None) == ("withdrawn", False)
    town.report("p1")
    assert [case.state for case in cases(town)] == ["withdrawn", "open"]


def test_posts_of_one_id_on_two_platforms_are_two(town):
    town.post("p1")
    town.post("p1", source="other.example")
    assert len(cases(town)) == 2


def test_a_breaker_that_trips_puts_its_post_on_top(town):
    events = [
        town.event("post.created", f"p{i}", text="Look!!!!!!!", author={"id": f"u{i}"})
        for i in range(60)
    ]
    town.tell(*events)
    [case] = cases(town)
    assert (case.severity, origins(case)) == (100, ["breaker"])
    assert case.origins.get().article == "no-alarms"


def test_posts_of_one_campaign_are_known_by_it(town):
    town.post("p1", "BUY THE BEST WATCHES NOW 1 HTTPS://A.EXAMPLE", author="a")
    town.post("p2", "BUY THE B3ST WATCHES NOW!! 222 HTTPS://B.EXAMPLE", author="b")
    town.post("p3", "COME TO THE LIBRARY ON SUNDAY", author="c")
    first, second, third = cases(town)
    assert first.campaign == second.campaign != third.campaign
    assert (first.domain, second.domain, third.domain) == ("a.example", "b.example", "")


@pytest.mark.parametrize("hours", [None, 2])
def test_a_case_is_due_when_its_queue_or_the_charter_says(town, hours):
    from comity.server.review.models import Queue

    Queue.objects.create(
        community=town.community,
        name="Shouting",
        position=1,
        articles=["no-shouting"],
        due=timedelta(hours=hours) if hours else None,
    )
    town.post("p1")
    town.report("p2")
    shout, reported = cases(town)
    assert shout.due - shout.opened == timedelta(hours=hours or 24)
    assert (shout.queue.name, reported.queue.name) == ("Shouting", "")


def test_suggestions_about_one_text_are_one_case(town):
    from comity.server.perspective.services import keep_suggestion
    from comity.server.perspective.wire import SuggestScoreRequest

    for text in ("You fool.", "You fool.", "You sage."):
        wish = SuggestScoreRequest.model_validate({"comment": {"text": text}})
        keep_suggestion(town.community, wish, "en", town.scorer.model, town.now)
    first, second = cases(town)
    assert (first.reports, second.reports) == (2, 1)
    assert origins(first) == ["suggestion", "suggestion"]
    assert (first.event, first.remedy, first.language) == (None, "allow", "en")


def rule(town, kind, by="ada"):
    from tests.server.review.hearings import rule

    return rule(town, kind, by=by)


def answered():
    from tests.server.review.hearings import told

    return [(message["by"], message["post"]) for message in told("report.answered")]


def test_a_report_is_about_what_holds_by_now_and_not_about_what_software_said(town):
    town.post("p1")
    rule(town, "lift")
    town.report("p1")
    _, later = cases(town)
    assert (later.state, later.remedy, later.article) == ("open", "allow", "")


def test_a_report_on_a_post_that_is_gone_is_answered_at_once(town):
    town.webhook()
    town.post("p1")
    rule(town, "uphold")
    town.report("p1", by="robin")
    town.report("p1", by="robin")
    [case] = cases(town)
    assert (case.state, case.reports, origins(case)) == ("closed", 1, ["decision", "report"])
    assert answered() == [("robin", "p1")]


def test_who_has_reported_a_text_does_not_bring_it_up_again_once_it_is_decided(town):
    town.post("p1", "Good morning.")
    town.report("p1", by="robin")
    rule(town, "lift")
    town.report("p1", by="robin")
    assert len(cases(town)) == 1
    town.report("p1", by="heron")
    assert len(cases(town)) == 2


def test_a_post_that_was_edited_since_is_another_matter(town):
    town.post("p1")
    rule(town, "uphold")
    town.tell(town.event("post.edited", "p1", text="Quietly now.", author={"id": "wren"}))
    town.report("p1")
    assert [(case.state, case.remedy) for case in cases(town)] == [
        ("closed", "remove"),
        ("open", "allow"),
    ]


def test_no_report_reopens_what_a_jury_has_decided_or_is_deciding(town):
    from tests.server.review.hearings import before_jury, seats, vote

    town.webhook()
    appeal = before_jury(town)
    town.report("p1", by="crane")
    assert answered() == []  # the verdict will tell them
    for seat in seats(appeal):
        vote(town, seat, "overturn")
    town.report("p1", by="heron")
    [case] = cases(town)
    assert (case.state, case.remedy, case.reports) == ("closed", "allow", 2)
    assert answered() == [("heron", "p1")]
