"""What a stretch of time looks like in figures."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import Matter, Outcome, Spread, spread, summarize, volume
from comity.proportions import Proportion

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
UPHELD, CHANGED, LIFTED = Outcome


def matter(hours: float = 24, **more) -> Matter:
    return Matter(NOW - hours * HOUR, **more)


def test_the_last_word_counts_a_verdict_above_a_ruling():
    matters = [
        matter(articles=("insults",), ruling=UPHELD),
        matter(articles=("insults",), ruling=CHANGED),
        matter(articles=("insults", "spam"), ruling=LIFTED),
        matter(articles=("insults",), ruling=UPHELD, appealed=True, verdict=LIFTED),
        matter(articles=("insults",), ruling=UPHELD, appealed=True),
        matter(articles=("spam",)),
    ]
    summary = summarize(matters, NOW)
    assert {measure.article: measure.precision for measure in summary.articles} == {
        "insults": Proportion(3, 5),
        "spam": Proportion(0, 1),
    }
    assert (summary.appealed, summary.overturned) == (2, Proportion(1, 1))


def test_waiting_is_told_by_median_and_ninetieth_percentile():
    matters = [
        matter(24, looked=NOW - 23 * HOUR, decided=NOW - (24 - hours) * HOUR)
        for hours in range(1, 11)
    ]
    summary = summarize(matters, NOW)
    assert summary.decision == Spread(10, 5 * HOUR, 9 * HOUR)
    assert summary.first_look == Spread(10, HOUR, HOUR)
    assert summarize([], NOW).decision == Spread(0, None, None)


def test_late_is_what_was_decided_late_or_is_still_open_past_its_due_time():
    due = NOW - 2 * HOUR
    matters = [
        matter(due=due, decided=NOW - 3 * HOUR),
        matter(due=due, decided=NOW - HOUR),
        matter(due=due),
        matter(due=NOW + HOUR),
        matter(),
    ]
    assert summarize(matters, NOW).late == Proportion(2, 3)


def test_languages_stand_beside_all_others():
    chinese = [matter(language="zh", ruling=LIFTED) for _ in range(30)]
    english = [matter(language="en", ruling=UPHELD) for _ in range(40)]
    summary = summarize([*chinese, *english, matter()], NOW)
    assert [each.language for each in summary.languages] == ["en", "zh", "und"]
    _, zh, und = summary.languages
    assert zh.precision == Proportion(0, 30)
    assert zh.difference is not None
    assert zh.difference[1] < 0
    assert und.difference is None


def test_agreement_is_told_where_two_judged_the_same():
    matters = [
        matter(opinions=(UPHELD, UPHELD), votes=(UPHELD, LIFTED, LIFTED)),
        matter(opinions=(LIFTED, LIFTED)),
    ]
    summary = summarize(matters, NOW)
    assert summary.reviewers_alpha == 1
    assert summary.jurors_alpha is not None
    assert summary.jurors_alpha < 0.5
    assert summarize([matter()], NOW).jurors_alpha is None


def test_the_backlog_carries_over_from_before_the_first_day():
    matters = [
        Matter(datetime(2026, 11, 1, tzinfo=UTC)),
        Matter(datetime(2026, 11, 1, tzinfo=UTC), decided=datetime(2026, 11, 3, tzinfo=UTC)),
        Matter(datetime(2026, 11, 3, tzinfo=UTC), decided=datetime(2026, 11, 4, tzinfo=UTC)),
    ]
    days = volume(matters, date(2026, 11, 2), date(2026, 11, 4))
    assert [(day.opened, day.decided, day.backlog) for day in days] == [
        (0, 0, 2),
        (1, 1, 2),
        (0, 1, 1),
    ]


times = st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 20), timezones=st.just(UTC))


@given(st.lists(st.tuples(times, st.one_of(st.none(), times))))
def test_the_last_backlog_is_what_is_open(pairs):
    matters = [Matter(opened, decided=decided) for opened, decided in pairs]
    days = volume(matters, date(2026, 11, 5), date(2026, 11, 21))
    assert days[-1].backlog == sum(matter.decided is None for matter in matters)
    assert all(day.backlog >= 0 for day in days)


@given(st.lists(st.timedeltas(timedelta(seconds=-5), timedelta(days=90)), min_size=1))
def test_percentiles_are_lengths_that_somebody_waited(lengths):
    found = spread(lengths)
    waited = [max(length, timedelta()) for length in lengths]
    assert found.median in waited
    assert found.median <= found.ninetieth <= max(waited)
    assert sum(length <= found.median for length in waited) >= len(waited) / 2


def test_a_stranger_clock_makes_no_negative_waiting():
    assert spread([timedelta(hours=-1)]) == Spread(1, timedelta(), timedelta())


@pytest.mark.parametrize("outcome", Outcome)
def test_only_lifting_says_that_the_article_did_not_apply(outcome):
    assert outcome.agrees is (outcome is not LIFTED)
