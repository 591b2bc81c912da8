"""Members report posts on a page of ours."""

import pytest

from tests.server.review.hearings import member, rule

pytestmark = pytest.mark.postgres


def report(town, person, post="p1", source="forum.example", record=None):
    from comity.server.review.reporting import Wish, report

    wish = Wish(source, post, "no-shouting", "It is loud.")
    report(person, town.community, wish, record or (town.tell), town.now)


def refused(town, person, **more):
    from comity.server.members.mistake import Mistake

    with pytest.raises(Mistake) as mistake:
        report(town, person, **more)
    return str(mistake.value)


def test_what_a_member_reports_opens_a_case_as_if_their_platform_had_told_it(town):
    town.post("p1", "Good morning.")
    robin = member(town, "robin")
    report(town, robin)
    [origin] = town.case.origins.all()
    assert (origin.kind, origin.reporter, origin.article, origin.reason) == (
        "report",
        "robin",
        "no-shouting",
        "It is loud.",
    )
    report(town, robin)  # again, which counts once
    assert town.case.reports == 1


def test_only_members_report_and_only_posts_of_platforms_that_know_them(town):
    from comity.server.members.permissions import Refused

    town.post("p1", "Good morning.")
    town.post("p2", "Good evening.", source="other.example")
    robin = member(town, "robin")
    assert "No post of this name" in refused(town, robin, post="p2")
    assert "Choose a platform" in refused(town, robin, post="p2", source="other.example")
    with pytest.raises(Refused):
        report(town, town.person("ada"))


def test_who_reports_without_end_is_told_to_go_on_tomorrow(town):
    from comity.server.review.reports import REFUSED_FROM, Reporters

    town.post("p1", "Good morning.")
    robin, reporters = member(town, "robin"), Reporters()
    filed = town.event("report.filed", "p1", report={"by": "robin"})
    reporters.check([filed] * REFUSED_FROM, town.now)
    said = refused(town, robin, record=lambda event: reporters.check([event], town.now))
    assert "Go on tomorrow" in said


def test_a_member_finds_what_they_reported_and_what_became_of_it(town):
    from comity.server.review.reporting import reports_of
    from tests.server.review.test_letters import opened

    town.post("p1", "Good morning.")
    robin = member(town, "robin")
    report(town, robin)
    town.report("p1", by="heron")
    [mine] = reports_of(robin, town.community)
    assert (mine.post, mine.reason, mine.letter) == ("p1", "It is loud.", "")
    rule(town, "lift")
    [mine] = reports_of(robin, town.community)
    assert "It stays as it is" in opened(town, mine.letter).letter.text
