"""Events: what is accepted, and what is said of the rest."""

from typing import Any

import pytest

from comity.event import EventError, read_event

GOOD: dict[str, Any] = {
    "id": "01J",
    "source": "forum.example",
    "type": "post.created",
    "time": "2026-11-23T10:00:00Z",
    "community": "town-square",
    "data": {"post": {"id": "p9", "text": "Hello"}, "author": {"id": "u7"}},
}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in GOOD.items() if name != key}


def test_a_whole_event_is_read() -> None:
    event = read_event(GOOD)
    assert event.text == "Hello"
    assert event.time.tzinfo is not None


def test_attributes_that_brokers_add_are_ignored() -> None:
    assert read_event({**GOOD, "specversion": "1.0", "traceparent": "00-ab"}) == read_event(GOOD)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (without("time"), "`time` is missing"),
        ({**GOOD, "type": "post.creatd"}, "`type` is none of the event types"),
        ({**GOOD, "time": "2026-11-23T10:00:00"}, "`time` has no time zone"),
        ({**GOOD, "community": "Town Square"}, "`community`"),
        ({**GOOD, "data": {"post": {"id": "p", "txt": "x"}}}, "did you mean `text`?"),
        ({**GOOD, "data": {}}, "needs data.post"),
        ({**GOOD, "id": "a\x00b"}, "control characters"),
        (
            {**GOOD, "data": {**GOOD["data"], "post": {"id": "p", "text": "x" * 50_001}}},
            "`data.post.text`",
        ),
        ("[1]", "has to be a JSON object"),
        ({**GOOD, "data": []}, "`data` has to be a JSON object"),
        ("{", "this is not JSON"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(source: Any, words: str) -> None:
    with pytest.raises(EventError) as caught:
        read_event(source, file="events.jsonl", line=3)
    assert words in str(caught.value)
    assert "events.jsonl:3" in str(caught.value)
