"""Measuring: every signal of the catalogue, known or honestly unknown."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from comity.event import Event
from comity.signals import CATALOGUE, Kind, Signals, Span, measure, measure_all
from tests.signals.events import EVENTS, MODEL, NOON, Scorer, event

TYPES: dict[Kind, type] = {
    Kind.BOOLEAN: bool,
    Kind.INTEGER: int,
    Kind.NUMBER: float,
    Kind.TEXT: str,
    Kind.TEXTS: tuple,
}


@settings(max_examples=150, deadline=None)
@given(EVENTS)
def test_whatever_happens_every_signal_keeps_to_the_catalogue(happened: Event) -> None:
    values = measure(happened, Scorer(toxicity=0.5, spam=1.0)).values
    assert list(values) == list(CATALOGUE)
    for name, value in values.items():
        signal = CATALOGUE[name]
        if value is None:
            continue
        assert type(value) is TYPES[signal.kind], name
        if signal.low is not None:
            assert value >= signal.low, name
        if signal.high is not None:
            assert value <= signal.high, name
        if signal.languages and values["language"] is not None:
            assert values["language"] in signal.languages, name


def test_scores_spans_and_model_come_from_the_scorer() -> None:
    signals = measure(event("You fool"), Scorer(toxicity=0.9, insult=0.8))
    assert signals.values["toxicity"] == 0.9
    assert signals.values["threat"] is None
    assert signals.spans == (Span("insult", 0, 1),)
    assert signals.model == MODEL


def test_the_scorer_is_asked_once_for_all_texts() -> None:
    scorer = Scorer(toxicity=0.5)
    events = [event("one"), event("gone", kind="post.deleted"), event(""), event("two")]
    signals = measure_all(events, scorer)
    assert scorer.calls == [["one", "two"]]
    assert [measured.values["toxicity"] for measured in signals] == [0.5, None, None, 0.5]
    assert [measured.model for measured in signals] == [MODEL, None, None, MODEL]


def test_no_text_no_question() -> None:
    scorer = Scorer()
    assert measure_all([], scorer) == []
    measure(event("", post={"media": ["https://cdn.example/1.png"]}), scorer)
    assert scorer.calls == []


@pytest.mark.parametrize(
    ("told", "found", "language"),
    [
        (None, "en", "en"),
        (None, "und", None),
        ("zh-CN", "en", "zh"),
        ("EN", "und", "en"),
        ("und", "de", "de"),
        ("nb", "en", "no"),
    ],
)
def test_what_the_platform_says_of_the_language_wins(
    told: str | None, found: str, language: str | None
) -> None:
    measured = measure(event("Well", post={"language": told}), Scorer(language=found))
    assert measured.values["language"] == language


def test_a_score_that_means_nothing_in_the_language_is_unknown() -> None:
    measured = measure(event("Goed zo", post={"language": "nl"}), Scorer(toxicity=0.9))
    assert measured.values["toxicity"] is None
    assert measured.values["bad_words"] is None


def test_an_event_without_text_has_no_signals_of_text() -> None:
    values = measure(event("gone", kind="post.deleted"), Scorer()).values
    assert values["text"] is values["length"] is values["links"] is None
    assert values["is_reply"] is False


def test_counts_come_in_under_their_own_names() -> None:
    measured = measure(event(), Scorer(), {"author_posts_1h": 4})
    assert measured.values["author_posts_1h"] == 4


def about(**data: Any) -> Signals:
    return measure(event(**data), Scorer())


def test_the_authors_age_is_counted_in_days_of_the_event() -> None:
    def age(joined: datetime | None) -> object:
        return about(author={"id": "u7", "joined": joined}).values["author_age_days"]

    assert age(NOON - timedelta(days=2, hours=12)) == 2.5
    assert age(NOON + timedelta(seconds=3)) == 0.0
    assert age(None) is None


def test_a_reply_is_told_from_a_post_and_from_a_reply_to_oneself() -> None:
    def told(**data: Any) -> tuple[object, object]:
        values = about(**data).values
        return values["is_reply"], values["replies_to_self"]

    assert told() == (False, False)
    assert told(post={"parent": "p1"}) == (True, None)
    assert told(parent={"id": "p1"}) == (True, None)
    assert told(parent={"id": "p1", "author": "u7"}) == (True, True)
    assert told(parent={"id": "p1", "author": "u2"}) == (True, False)


def test_quotes_of_the_parent_are_seen_in_the_event() -> None:
    reply = event("> Who pays?\nAll of us.", parent={"id": "p1", "text": "Fine. Who pays?"})
    assert measure(reply, Scorer()).values["quotes_parent"] is True


def test_links_that_only_the_platform_tells_count_too() -> None:
    values = about(
        text="see https://a.example/1",
        post={"links": ["https://a.example/1", "https://b.example/2"]},
    ).values
    assert values["links"] == 2
    assert values["link_domains"] == ("a.example", "b.example")


def test_disguise_is_undone_and_told() -> None:
    values = about(text="You 1d1ot").values
    assert (values["plain_text"], values["disguised"], values["bad_words"]) == (
        "you idiot",
        True,
        1,
    )


def test_an_edit_is_told() -> None:
    assert about(kind="post.edited").values["is_edit"] is True
    assert about().values["is_edit"] is False
