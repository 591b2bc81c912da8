"""Tables of texts: measured like events, and no more believed than they tell."""

import csv
import json

import duckdb
import pytest

from comity.charter.backtest import (
    EXTRAS,
    EventFile,
    EventFileError,
    Words,
    backtest,
    measure_texts,
    read_table,
    signals_of,
    texts_alone,
)
from comity.charter.backtest.notes import notes
from tests.charter.backtest.charters import article, charter, posts_within
from tests.charter.backtest.test_measured import Scorer

INSULT = charter(article("attacks", "insult > 0.5"))
FLOOD = [posts_within(1)]
FLOODING = charter(article("flood", "author_posts > 1", counters=FLOOD), counters=FLOOD)


def save(path, rows):
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return
    lines = path.with_suffix(".jsonl")
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    if path.suffix == ".parquet":
        duckdb.sql(f"COPY (FROM read_json('{lines}')) TO '{path}'")


@pytest.fixture
def tried(tmp_path):
    def tried_(rows, new=INSULT, against=None, ending="csv", by=()):
        path = tmp_path / f"comments.{ending}"
        save(path, rows)
        file, extras = EventFile.open(path), (*EXTRAS, *by)
        signals = signals_of(new, against)
        assert texts_alone(read_table(file, signals, extras), signals)
        table = measure_texts(file, new, against, Scorer(), extras)
        return backtest(new, table, against=against, by=by)

    return tried_


def shown(result):
    return [example.id for example in result.examples]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_measures_each_text(tried, ending):
    rows = [
        {"id": "a", "text": "SHOUT", "ruling": "uphold"},
        {"id": "b", "text": "speak\nup", "ruling": ""},
        {"id": "c", "text": "", "ruling": "lift"},
    ]
    found = tried(rows, ending=ending)
    [result] = found.articles
    assert (found.events, found.measured) == (3, True)
    assert (result.tally.hits, result.tally.abstained, shown(result)) == (1, 1, ["a"])
    assert (result.tally.ruled, result.tally.upheld) == (1, 1)


def test_says_once_what_is_not_known(tried):
    new = charter(article("a", "insult > 0.5 and not is_reply"), article("b", "media > 0"))
    found = tried([{"text": "SHOUT"}, {"text": "SHOUT AGAIN"}], new)
    first, *rest = notes(found, Words("en"))
    assert first.startswith("comments.csv holds texts")
    assert rest == [
        f"`{name}` could not be measured for any event: articles that need it abstain."
        for name in ("is_reply", "media")
    ]
    assert [article.tally.abstained for article in found.articles] == [2, 2]


def test_a_quote_whose_source_is_not_told_is_unknown(tried):
    new = charter(article("a", "insult > 0.5 and not quotes_parent"))
    found = tried([{"text": "SHOUT"}, {"text": "> SHOUT\nAND SHOUT"}], new)
    assert (found.articles[0].tally.hits, found.articles[0].tally.abstained) == (1, 1)


def test_takes_the_language_that_the_table_tells(tried):
    found = tried(
        [{"text": "HELLO", "language": "fr"}, {"text": "HI", "language": ""}], by=["language"]
    )
    assert {group.value for group in found.breakdowns[0].groups} == {"fr", "en"}


def test_counts_posts_in_the_order_of_time_and_shows_them_in_the_order_of_the_file(tried):
    rows = [
        {"id": name, "text": "hello", "author": author, "time": f"2026-11-23T{time}Z"}
        for name, author, time in (
            ("last", "u1", "10:50:00"),
            ("other", "u2", "10:20:00"),
            ("middle", "u1", "10:30:00"),
            ("first", "u1", "10:10:00"),
        )
    ]
    [result] = tried(rows, FLOODING).articles
    assert (shown(result), result.tally.abstained) == (["last", "middle"], 0)


@pytest.mark.parametrize("missing", ["author", "time"])
def test_a_counter_is_unknown_where_the_row_does_not_tell_enough(tried, missing):
    row = {"text": "hello", "author": "u1", "time": "2026-11-23"}
    [result] = tried([row, row, {**row, missing: ""}], FLOODING).articles
    assert (result.tally.hits, result.tally.abstained) == (1, 1)


def test_a_counter_of_what_the_table_does_not_hold_is_unknown(tried):
    from comity.event import EventType
    from comity.signals import Counter

    counters = [Counter("reports", EventType.REPORT_FILED, "community", FLOOD[0].within)]
    new = charter(article("a", "reports > 2", counters=counters), counters=counters)
    [result] = tried([{"text": "hello", "time": "2026-11-23"}], new).articles
    assert result.tally.abstained == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"time": "yesterday"}, "`time` is 'yesterday'"),
        ({"time": "infinity"}, "`time` is 'infinity'"),
        ({"language": "zz_11"}, "`language`"),
        ({"text": "x" * 50_001}, "`text`"),
        ({"author": "x" * 201}, "`author.id`"),
    ],
)
def test_says_which_line_cannot_be(tried, row, message):
    good = {"text": "hello", "time": "2026-11-23", "language": "en", "author": "u1"}
    with pytest.raises(EventFileError) as caught:
        tried([good, good | row], FLOODING)
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.line == 3
    assert diagnostic.message.startswith(message)


@pytest.mark.parametrize(
    ("row", "condition"),
    [
        ({"text": "hello", "insult": 0.5}, "insult > 0.5"),
        ({"text": "hello", "links": 1}, "insult > 0.5 and links > 0"),
        ({"text": "hello"}, "starts_with(text, 'h')"),
        ({"body": "hello"}, "insult > 0.5"),
    ],
)
def test_a_table_of_signals_or_of_nothing_is_not_measured(tmp_path, row, condition):
    path = tmp_path / "comments.csv"
    save(path, [row])
    signals = signals_of(charter(article("a", condition)))
    assert not texts_alone(read_table(EventFile.open(path), signals, EXTRAS), signals)
