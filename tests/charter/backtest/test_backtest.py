"""What a charter would have done, against the same worked out event by event in Python."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.charter import Remedy
from tests.charter.backtest.charters import article, charter, posts_within

SCORES = st.none() | st.sampled_from([0.0, 0.3, 0.5, 0.8, 1.0])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "insult": SCORES,
            "spam": SCORES,
            "links": st.none() | st.integers(0, 4),
            "quotes_parent": st.none() | st.booleans(),
            "language": st.sampled_from([None, "en", "zh"]),
            "text": st.none() | st.text(max_size=5),
            "ruling": st.sampled_from([None, None, "uphold", "lift"]),
            "ruling_article": st.sampled_from([None, "a1", "a2", "other"]),
        }
    ),
    min_size=1,
    max_size=40,
)
CONDITIONS = [
    "insult >= 0.8",
    "insult >= 0.5 or (spam >= 0.3 and not quotes_parent)",
    "links > 2 or spam is null",
    "spam / nullif(links, 0) > 0.2",
    "language in ('en', 'fr') and length(text) > 2",
    "coalesce(insult, 0) < 0.5",
    "not (quotes_parent or links = 0)",
]
REMEDIES = [remedy.value for remedy in Remedy]


@st.composite
def charters(draw):
    return charter(
        *(
            article(
                f"a{number}",
                draw(st.sampled_from(CONDITIONS)),
                draw(st.sampled_from(REMEDIES)),
                trial=draw(st.booleans()),
            )
            for number in draw(st.sets(st.integers(0, 4), max_size=4))
        )
    )


def remedy_of(charter_, row):
    """The strongest remedy of the articles in force that hit."""
    return max(
        (
            article_.remedy
            for article_ in charter_.articles
            if not article_.trial and article_.condition.evaluate(row) is True
        ),
        default=Remedy.ALLOW,
    )


def judged(article_, row):
    return row["ruling"] is not None and row["ruling_article"] in (None, article_.id)


def check_tally(tally, article_, rows):
    answers = [article_.condition.evaluate(row) for row in rows]
    hit = [row for row, answer in zip(rows, answers, strict=True) if answer is True]
    ruled = [row for row in hit if judged(article_, row)]
    assert tally.events == len(rows)
    assert tally.hits == len(hit)
    assert tally.abstained == answers.count(None)
    assert tally.ruled == len(ruled)
    assert tally.upheld == sum(row["ruling"] == "uphold" for row in ruled)


def check_outcome(outcome, charter_, rows):
    remedies = [remedy_of(charter_, row) for row in rows]
    assert outcome.remedies == {remedy: remedies.count(remedy) for remedy in Remedy}
    in_force = [article_ for article_ in charter_.articles if not article_.trial]
    undecided = [
        row
        for row, remedy in zip(rows, remedies, strict=True)
        if remedy is Remedy.ALLOW
        and any(article_.condition.evaluate(row) is None for article_ in in_force)
    ]
    assert outcome.undecided == len(undecided)
    ruled = [
        row
        for row, remedy in zip(rows, remedies, strict=True)
        if remedy is not Remedy.ALLOW
        and any(article_.condition.evaluate(row) and judged(article_, row) for article_ in in_force)
    ]
    assert outcome.ruled == len(ruled)
    assert outcome.upheld == sum(row["ruling"] == "uphold" for row in ruled)
    assert outcome.to_catch == sum(row["ruling"] == "uphold" for row in rows)


PROPERTY = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PROPERTY
@given(charters(), ROWS, st.sampled_from([1, 2]))
def test_counts_what_evaluating_each_event_in_python_counts(run, new, rows, threads):
    found = run(new, rows, by=("language",), threads=threads)
    check_outcome(found.outcome, new, rows)
    for result, article_ in zip(found.articles, new.articles, strict=True):
        check_tally(result.tally, article_, rows)
        first = [
            number for number, row in enumerate(rows, 1) if article_.condition.evaluate(row) is True
        ][:5]
        assert [example.row for example in result.examples] == first
    [breakdown] = found.breakdowns
    assert {group.value for group in breakdown.groups} == {row["language"] for row in rows}
    for group in breakdown.groups:
        members = [row for row in rows if row["language"] == group.value]
        assert group.events == len(members)
        for tally, article_ in zip(group.tallies, new.articles, strict=True):
            check_tally(tally, article_, members)


@PROPERTY
@given(charters(), charters(), ROWS)
def test_compares_charters_as_sets_of_events_compare(run, new, old, rows):
    found = run(new, rows, against=old)
    comparison = found.comparison
    check_outcome(found.outcome, new, rows)
    check_outcome(comparison.outcome, old, rows)
    now = [remedy_of(new, row) for row in rows]
    was = [remedy_of(old, row) for row in rows]
    pairs = list(enumerate(zip(was, now, strict=True), 1))
    allow = Remedy.ALLOW
    for change, events in {
        comparison.caught: [n for n, (a, b) in pairs if a is allow and b is not allow],
        comparison.freed: [n for n, (a, b) in pairs if a is not allow and b is allow],
        comparison.stricter: [n for n, (a, b) in pairs if allow < a < b],
        comparison.milder: [n for n, (a, b) in pairs if allow < b < a],
    }.items():
        assert change.count == len(events)
        assert [example.row for example in change.examples] == events[:5]
        for example in change.examples:
            assert (example.before, example.remedy) == (was[example.row - 1], now[example.row - 1])
    before = {article_.id: article_ for article_ in old.articles}
    for result in found.articles:
        old_article = before.get(result.article.id)
        if old_article is None:
            assert result.change is None
            continue
        hit = {n for n, row in enumerate(rows) if result.article.condition.evaluate(row)}
        had = {n for n, row in enumerate(rows) if old_article.condition.evaluate(row)}
        assert result.change.before == len(had)
        assert result.change.gained == len(hit - had)
        assert result.change.lost == len(had - hit)
    kept = {article_.id for article_ in new.articles}
    assert comparison.removed == tuple(
        (article_.id, sum(article_.condition.evaluate(row) is True for row in rows))
        for article_ in old.articles
        if article_.id not in kept
    )


def test_a_charter_without_articles_allows_everything(run):
    found = run(charter(), [{"id": "e1"}, {"id": "e2"}])
    assert found.outcome.remedies[Remedy.ALLOW] == 2
    assert found.articles == ()


def test_more_articles_than_a_machine_word_has_bits(run):
    new = charter(*(article(f"a{n}", f"links > {n}") for n in range(150)))
    found = run(new, [{"links": 149}, {"links": 70}, {}])
    assert [result.tally.hits for result in found.articles] == [2] * 70 + [1] * 79 + [0]
    assert all(result.tally.abstained == 1 for result in found.articles)


def test_shows_texts_shortened_and_ids(run):
    rows = [{"id": "e1", "links": 3, "text": "One\nline " + "x" * 500}, {"links": 3}]
    [result] = run(charter(article("links", "links > 2")), rows).articles
    long, bare = result.examples
    assert (long.id, long.text[:10], long.text[-1], len(long.text)) == (
        "e1",
        "One line x",
        "…",
        200,
    )
    assert (bare.row, bare.id, bare.text) == (2, None, None)


def test_says_which_signals_no_event_has(run):
    new = charter(article("a", "insult > 0.5 or links > 2"), article("b", "spam > 0.5"))
    found = run(new, [{"links": 1}, {"links": 3}])
    assert found.unknown == ("insult", "spam")
    assert [result.tally.abstained for result in found.articles] == [1, 2]


def test_says_which_rulings_are_about_no_article(run):
    rows = [{"links": 3, "ruling": "lift", "ruling_article": "gone"}]
    found = run(charter(article("a", "links > 2")), rows)
    assert found.strangers == ("gone",)
    assert found.articles[0].tally.ruled == 0


def test_says_which_counters_stand_for_two_different_ones(run):
    hourly, daily = [posts_within(1)], [posts_within(24)]
    new = charter(article("a", "author_posts > 2", counters=hourly), counters=hourly)
    old = charter(article("a", "author_posts > 2", counters=daily), counters=daily)
    assert run(new, [{"author_posts": 3}], against=old).shared_counters == ("author_posts",)
    assert run(new, [{"author_posts": 3}], against=new).shared_counters == ()


def rows_of(language, events, hits, **more):
    return [{"language": language, "links": 3 if n < hits else 0} | more for n in range(events)]


def test_finds_groups_that_an_article_hits_differently(run):
    rows = rows_of("en", 400, 8) + rows_of("zh", 300, 60) + rows_of("fr", 5, 5)
    [breakdown] = run(charter(article("a", "links > 2")), rows, by=("language",)).breakdowns
    [difference] = breakdown.differences
    assert (difference.most.value, difference.least.value) == ("zh", "en")
    assert difference.difference == pytest.approx(60 / 300 - 8 / 400)
    assert difference.interval[0] < difference.difference < difference.interval[1]
    assert difference.clear


def test_does_not_call_chance_a_difference(run):
    rows = rows_of("en", 400, 20) + rows_of("zh", 300, 19)
    [breakdown] = run(charter(article("a", "links > 2")), rows, by=("language",)).breakdowns
    [difference] = breakdown.differences
    assert not difference.clear


def test_many_looks_make_a_find_less_sure(run):
    rows = rows_of("en", 400, 8) + rows_of("zh", 300, 18)
    one = charter(article("a", "links > 2"))
    many = charter(*(article(f"a{n}", "links > 2") for n in range(20)))
    [alone] = run(one, rows, by=("language",)).breakdowns[0].differences
    among = run(many, rows, by=("language",)).breakdowns[0].differences
    assert alone.clear
    assert not any(difference.clear for difference in among)


def test_does_not_compare_a_group_in_which_an_article_cannot_tell(run):
    rows = rows_of("en", 100, 50) + rows_of("fr", 100, 2) + rows_of("zh", 100, 0, links=None)
    [breakdown] = run(charter(article("a", "links > 2")), rows, by=("language",)).breakdowns
    assert breakdown.differences[0].least.value == "fr"
    assert [group.tallies[0].blind for group in breakdown.groups] == [False, False, True]


def test_shows_only_the_largest_of_very_many_groups(run):
    rows = [{"team": f"t{n % 40}", "links": 3} for n in range(60)]
    [breakdown] = run(charter(article("a", "links > 2")), rows, by=("team",)).breakdowns
    assert len(breakdown.groups) == 30
    assert breakdown.left_out == 10
    assert [group.value for group in breakdown.groups[:3]] == ["t0", "t1", "t10"]
