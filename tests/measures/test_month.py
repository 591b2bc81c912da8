"""A month as it is published: whole, and without small counts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from comity.measures import Matter, MonthlyReport, Outcome, Restriction, Table, monthly
from comity.measures.suppression import is_small

NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)
OPENED = datetime(2026, 11, 3, tzinfo=UTC)


def report(restrictions=(), decided=(), **more) -> MonthlyReport:
    counts = {"posts": 900, "reports": 12, "opened": 40, "appeals": 0, "heard": ()} | more
    return monthly(
        "town-square", "2026-11", restrictions=restrictions, decided=decided, now=NOW, **counts
    )


def matter(word: Outcome, article: str = "insults", **more) -> Matter:
    decided = OPENED + timedelta(hours=more.pop("hours", 6))
    return Matter(OPENED, (article,), ruling=word, decided=decided, **more)


def test_a_month_counts_what_was_restricted_and_why():
    held = [Restriction("hold", "insults", language="en")] * 20
    reported = [
        Restriction("remove", "spam", found_by="report", decider="reviewer", account="mute")
    ] * 7
    made = report([*held, *reported])
    assert made.restrictions == made.statements == 27
    assert made.remedies == Table({"hold": 20, "remove": 7}, 27)
    assert made.accounts == Table({"mute": 7}, 7)
    assert made.articles.counts == {"insults": 20, "spam": 7}
    assert made.languages.counts == {"en": 20, "und": 7}
    assert made.found_by.counts == {"report": 7, "software": 20}
    assert made.deciders.counts == {"reviewer": 7, "software": 20}


def test_small_counts_stay_back_and_take_others_with_them():
    made = report([Restriction("hold", "insults")] * 20 + [Restriction("limit", "spam")] * 2)
    assert made.remedies == Table({"hold": None, "limit": None}, 22)
    assert report([Restriction("hold", "insults")] * 3).restrictions is None
    assert report(posts=3, reports=0, opened=4).posts is None
    assert report(posts=3, reports=0, opened=4).reports == 0


def test_a_share_is_told_only_where_both_its_sides_are_large():
    right, wrong = matter(Outcome.UPHELD), matter(Outcome.LIFTED)
    told = report(decided=[right] * 30 + [wrong] * 10).precision["insults"]
    assert (told.total, told.share) == (40, 0.75)
    assert told.low < 0.75 < told.high
    kept = report(decided=[right] * 30 + [wrong] * 2).precision["insults"]
    assert (kept.total, kept.share, kept.low) == (32, None, None)
    everything = report(decided=[right] * 30).precision["insults"]
    assert everything.share == 1
    few = report(decided=[right] * 30 + [matter(Outcome.UPHELD, "spam")] * 2).precision
    assert few["spam"].total is few["insults"].total is None


def test_waiting_is_told_of_five_cases_or_more():
    made = report(decided=[matter(Outcome.UPHELD, hours=h) for h in range(1, 11)])
    assert (made.waiting.median, made.waiting.ninetieth) == (5 * 3_600, 9 * 3_600)
    assert report(decided=[matter(Outcome.UPHELD)] * 4).waiting.median is None


def test_agreement_is_told_of_five_cases_judged_twice_or_more():
    both = (Outcome.UPHELD, Outcome.UPHELD)
    split = (Outcome.UPHELD, Outcome.LIFTED)
    few = [matter(Outcome.UPHELD, opinions=pair) for pair in (both, both, split)]
    assert report(decided=few).reviewers_alpha is None
    assert report(decided=few * 2).reviewers_alpha is not None


def test_appeals_are_counted_with_what_came_of_them():
    lost = matter(Outcome.UPHELD, appealed=True, verdict=Outcome.UPHELD)
    won = matter(Outcome.UPHELD, appealed=True, verdict=Outcome.LIFTED)
    # Most were first decided in another month.
    made = report(decided=[lost] * 2, heard=[lost] * 9 + [won] * 6, appeals=17)
    assert made.appealed == 17
    assert made.verdicts == Table({"lifted": 6, "upheld": 9}, 15)
    assert made.overturned.share == 0.4
    assert made.precision["insults"].total is None


def test_agreement_of_jurors_is_that_of_the_verdicts_of_the_month():
    votes = (Outcome.UPHELD,) * 4 + (Outcome.LIFTED,)
    heard = [matter(Outcome.UPHELD, verdict=Outcome.UPHELD, votes=votes)]
    assert report(heard=heard * 4).jurors_alpha is None
    assert report(heard=heard * 5).jurors_alpha is not None


restrictions = st.lists(
    st.builds(
        Restriction,
        st.sampled_from(["label", "hold", ""]),
        st.sampled_from(["insults", "spam", "room"]),
        language=st.sampled_from([None, "en", "zh"]),
    ),
    max_size=30,
)


@given(restrictions)
def test_no_small_count_of_restrictions_is_in_any_report(found):
    made = report(found)
    for table in (made.remedies, made.articles, made.languages, made.found_by, made.deciders):
        assert not any(count and is_small(count) for count in table.counts.values())
        assert not is_small(table.total or 0)


@given(restrictions)
def test_a_report_is_read_as_it_was_written(found):
    made = report(found, [matter(Outcome.UPHELD)] * len(found))
    assert TypeAdapter(MonthlyReport).validate_json(to_json(made)) == made
