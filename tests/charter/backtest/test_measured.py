"""Raw events: measured, counted, and judged like a table of signals."""

import json
from types import SimpleNamespace

import pytest

from comity.charter.backtest import (
    EXTRAS,
    EventFile,
    EventFileError,
    Words,
    backtest,
    measure_table,
)
from comity.charter.backtest.columns import extra
from comity.charter.backtest.notes import notes
from comity.event import EventError
from comity.signals import ModelRef
from tests.charter.backtest.charters import article, charter, posts_within


class Scorer:
    """Takes the share of capital letters for an insult, so that tests can tell."""

    model = ModelRef("capitals", "1", "0")

    def score(self, texts):
        return [
            SimpleNamespace(
                attributes={"insult": sum(map(str.isupper, text)) / len(text)},
                language="en",
                spans=(),
                plain_text=text.lower(),
                disguised=False,
            )
            for text in texts
        ]


def post(number, text="hello", author="u1", type_="post.created", **more):
    data = {"post": {"id": f"p{number}", "text": text}, "author": {"id": author}}
    return {
        "id": f"e{number}",
        "source": "forum.example",
        "type": type_,
        "time": f"2026-11-23T{number // 60:02}:{number % 60:02}:00Z",
        "community": "town-square",
        "data": data,
        **more,
    }


@pytest.fixture
def measure(tmp_path):
    def measure_(events, new, against=None, extras=EXTRAS, **options):
        path = tmp_path / "events.jsonl"
        lines = [line if isinstance(line, str) else json.dumps(line) for line in events]
        path.write_text("\n".join(lines), encoding="utf-8")
        file = EventFile.open(path)
        assert file.raw
        return measure_table(file, new, against, Scorer(), extras, **options)

    return measure_


INSULT = article("attacks", "insult > 0.5 and link_domains is not null and not is_reply")


def test_measures_each_post(measure):
    new = charter(INSULT)
    table = measure([post(1, "SHOUT"), post(2, "speak"), post(3, "")], new)
    [result] = backtest(new, table).articles
    assert (result.tally.events, result.tally.hits, result.tally.abstained) == (3, 1, 1)
    assert (result.examples[0].id, result.examples[0].text) == ("e1", "SHOUT")


def test_counts_what_happened_before_and_judges_posts_only(measure):
    counters = [posts_within(1)]
    new = charter(article("flood", "author_posts > 2", counters=counters), counters=counters)
    events = [post(n) for n in range(4)]
    events.insert(2, post(9, type_="post.deleted"))
    table = measure(events, new)
    found = backtest(new, table)
    assert (found.events, found.not_posts) == (4, 1)
    assert [example.id for example in found.articles[0].examples] == ["e2", "e3"]


def test_an_event_told_twice_happened_once(measure):
    counters = [posts_within(1)]
    new = charter(article("flood", "author_posts > 1", counters=counters), counters=counters)
    found = backtest(new, measure([post(1), post(1), post(1)], new))
    assert (found.events, found.articles[0].tally.hits) == (1, 0)


def test_says_what_could_not_be_measured(measure):
    new = charter(article("spam", "spam > 0.5"))
    found = backtest(new, measure([post(1)], new))
    assert list(notes(found, Words("en"))) == [
        "`spam` could not be measured for any event: articles that need it abstain."
    ]


def test_counts_for_each_charter_as_it_declares_its_counters(measure):
    hourly, daily = [posts_within(1)], [posts_within(24), posts_within(24, "others")]
    new = charter(article("flood", "author_posts > 2", counters=hourly), counters=hourly)
    old = charter(
        article("flood", "author_posts > 2", counters=daily),
        article("same", "others > 2", counters=daily),
        counters=daily,
    )
    table = measure([post(50 * n) for n in range(5)], new, old)
    found = backtest(new, table, against=old)
    assert found.shared_counters == ()
    assert found.articles[0].change.before == 3
    assert found.articles[0].tally.hits == 0
    assert found.comparison.removed == (("same", 3),)
    assert found.comparison.freed.count == 3


def test_what_a_line_says_beside_its_event_is_a_column(measure):
    new = charter(INSULT)
    by = ("team", "community", "author", "language", "caps_share")
    events = [post(1, "SHOUT", ruling="uphold", team=7), post(2, "SHOUT", ruling=False)]
    table = measure(events, new, extras=(*EXTRAS, *by))
    assert all(table.has(extra(column)) for column in by)
    found = backtest(new, table, by=by)
    assert (found.articles[0].tally.ruled, found.articles[0].tally.upheld) == (2, 1)
    values = [[group.value for group in breakdown.groups] for breakdown in found.breakdowns]
    assert values == [["7", None], ["town-square"], ["u1"], ["en"], ["1.0"]]


def test_tells_how_far_it_is(measure):
    done = []
    measure(
        [post(n % 1400) | {"id": f"e{n}"} for n in range(2_500)],
        charter(INSULT),
        advance=done.append,
    )
    assert done == [1_000, 1_000, 500]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "this is not JSON"),
        ('{"id": "e9", "type": "post.created", "data": {}}', "`source` is missing"),
        (json.dumps(post(9) | {"time": "yesterday"}), "`time`"),
    ],
)
def test_says_which_line_is_no_event(measure, line, message):
    with pytest.raises(EventError) as caught:
        measure([post(1), "", line], charter(INSULT))
    assert caught.value.diagnostics[0].line == 3
    assert caught.value.diagnostics[0].message.startswith(message)


def test_says_that_there_are_no_posts(measure):
    with pytest.raises(EventFileError, match="no events"):
        measure([post(1, type_="post.deleted")], charter(INSULT))


def test_an_impossible_ruling_is_named(measure):
    deleted = post(1, type_="post.deleted")
    with pytest.raises(EventFileError, match="`ruling` is 'perhaps'") as caught:
        measure([deleted, post(2), "", post(3, ruling="perhaps")], charter(INSULT))
    assert caught.value.diagnostics[0].line == 4
