"""Cases, decisions and rulings as they are measured and published."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from tests.server.review.test_models import new_case

pytestmark = pytest.mark.postgres

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
FOUND = {"id": "no-shouting", "remedy": "hold", "because": []}


def decided_event(community, number=1, articles=(FOUND,), received=NOW):
    from comity.server.intake.models import StoredDecision, StoredEvent

    event = StoredEvent.objects.create(
        id=number,
        community=community,
        source="forum.example",
        event_id=f"e{number}",
        type="post.created",
        time=received,
        received=received,
        author="u1",
        post=f"p{number}",
        body=json.dumps({"data": {"post": {"id": f"p{number}", "text": "HELLO"}}}),
    )
    remedy = articles[0]["remedy"] if articles else "allow"
    body = {"remedy": remedy, "articles": articles, "trial": [], "signals": {"language": "en"}}
    StoredDecision.objects.create(
        id=f"d{number}",
        event=event,
        remedy=remedy,
        articles="",
        body=json.dumps(body),
        charter="sha256:" + "0" * 64,
        time=received,
        salts=b"",
    )
    return event


def ruled(case, kind="uphold", **more):
    from comity.server.members.services import first_steward
    from comity.server.review.models import Ruling

    given = {
        "transition": "rule",
        "before": "hold",
        "remedy": "hold",
        "article": "no-shouting",
        "time": NOW + timedelta(hours=2),
        "entry": Ruling.objects.count(),
        **more,
    }
    return Ruling.objects.create(
        case=case,
        reviewer=first_steward(case.community),
        kind=kind,
        charter="sha256:" + "0" * 64,
        salt=b"",
        **given,
    )


def the_matter(community):
    from comity.server.transparency.matters import cases_of, matters

    [found] = matters(cases_of(community, NOW - timedelta(days=1)))
    return found


def test_a_case_is_measured_from_its_opening_to_its_first_ruling(community):
    case = new_case(
        community,
        event=decided_event(community),
        first_look=NOW + timedelta(hours=1),
        language="en",
    )
    ruled(case)
    found = the_matter(community)
    assert found.articles == ("no-shouting",)
    assert (found.looked, found.decided) == (NOW + timedelta(hours=1), NOW + timedelta(hours=2))
    assert (found.ruling, found.language, found.appealed) == ("upheld", "en", False)


def test_another_article_in_its_place_says_that_the_first_did_not_apply(community):
    ruled(new_case(community, event=decided_event(community)), "change", article="no-alarms")
    assert the_matter(community).ruling == "lifted"


def test_a_milder_remedy_under_the_same_article_still_says_that_it_applied(community):
    ruled(new_case(community, event=decided_event(community)), "change", remedy="label")
    assert the_matter(community).ruling == "changed"


def test_two_reviewers_are_two_opinions_and_the_settling_steward_is_none(community):
    case = new_case(community, event=decided_event(community))
    ruled(case, transition="rule_and_check")
    ruled(case, "lift", transition="differ", remedy="allow")
    ruled(case, "lift", transition="settle", remedy="allow")
    found = the_matter(community)
    assert found.opinions == ("upheld", "lifted")
    assert found.ruling == "lifted"


def test_restrictions_are_those_of_software_and_the_new_ones_of_people(community):
    from comity.server.transparency.matters import restrictions

    ruled(new_case(community, event=decided_event(community)))
    other = decided_event(community, 2, ())
    ruled(new_case(community, event=other, state="closed"), before="allow", remedy="remove")
    found = list(restrictions(community, NOW - timedelta(days=1), NOW + timedelta(days=1)))
    assert [(each.remedy, each.found_by, each.decider) for each in found] == [
        ("hold", "software", "software"),
        ("remove", "report", "reviewer"),
    ]


def test_a_report_appears_when_its_month_is_over_and_never_changes(community):
    from comity.server.transparency.models import PublishedReport
    from comity.server.transparency.reports import months, report_of

    october = datetime(2026, 10, 30, tzinfo=UTC)
    for number in range(1, 8):
        decided_event(community, number, received=october)
    assert months(community, datetime(2026, 10, 31, tzinfo=UTC)) == []
    assert months(community, NOW) == ["2026-10"]
    assert report_of(community, "2026-11", NOW) is None
    assert report_of(community, "2026-09", NOW) is None
    assert report_of(community, "October", NOW) is None
    first = report_of(community, "2026-10", NOW)
    assert (first.posts, first.restrictions) == (7, 7)
    decided_event(community, 8, received=october)
    assert report_of(community, "2026-10", NOW) == first
    assert PublishedReport.objects.count() == 1


@pytest.mark.usefixtures("database")
def test_the_csv_holds_every_measure_with_its_interval():
    from comity.measures import Matter, Outcome, summarize, volume
    from comity.server.transparency.figures import as_csv

    found = [Matter(NOW, ("no-shouting",), "en", ruling=Outcome.UPHELD, decided=NOW)] * 8
    text = as_csv(summarize(found, NOW), volume(found, NOW.date(), NOW.date()))
    rows = list(csv.DictReader(StringIO(text)))
    [precision] = [row for row in rows if row["of"] == "no-shouting"]
    assert (precision["value"], precision["count"], precision["total"]) == ("1.0", "8", "8")
    assert 0.6 < float(precision["low"]) < float(precision["high"]) == 1
    assert {"alpha", "late", "opened", "backlog", "seconds to decision"} <= {
        row["measure"] for row in rows
    }
