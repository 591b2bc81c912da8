"""Events and a scorer for the tests of this room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from comity.event import Event, EventType, read_event
from comity.signals import ModelRef, Span
from comity.signals.views import view

MODEL = ModelRef("stand-in", "1", "0" * 64)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Scores:
    attributes: Mapping[str, float]
    language: str = "en"
    spans: tuple[Span, ...] = ()
    plain_text: str = ""
    disguised: bool = False


class Scorer:
    """Gives every text the same scores, and remembers how often it was asked."""

    model = MODEL

    def __init__(self, language: str = "en", **attributes: float) -> None:
        self.scores = Scores(attributes, language, (Span("insult", 0, 1),))
        self.calls: list[Sequence[str]] = []

    def score(self, texts: Sequence[str]) -> list[Scores]:
        self.calls.append(texts)
        views = map(view, texts)
        return [replace(self.scores, plain_text=v.text, disguised=v.disguised) for v in views]


def event(
    text: str = "Hello",
    *,
    kind: str = "post.created",
    time: datetime = NOON,
    author: str | Mapping[str, Any] | None = "u7",
    **data: Any,
) -> Event:
    """An event; `data` goes over its parts, `post` into the post."""
    post = {"id": "p9", "text": text, **data.pop("post", {})}
    parts: dict[str, Any] = {
        "post": post,
        "author": {"id": author} if isinstance(author, str) else author,
        **data,
    }
    return read_event(
        {
            "id": "01J",
            "source": "forum.example",
            "type": kind,
            "time": time,
            "community": "town-square",
            "data": {name: part for name, part in parts.items() if part is not None},
        }
    )


_IDS = st.sampled_from(["a", "b", "c"])
_TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(alphabet='>「」"“”@＠./:-http www.com!！aA你1\n\r\u200d\ufe0f😀🇫 ', max_size=60),
)
_TIMES = st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), allow_imaginary=False)

EVENTS = st.builds(
    lambda kind, text, time, author, post, parent: event(
        text, kind=kind, time=time, author=author, post=post, parent=parent, report={"by": "a"}
    ),
    st.sampled_from([str(kind) for kind in EventType]),
    _TEXTS,
    _TIMES,
    st.fixed_dictionaries({"id": _IDS, "joined": st.none() | _TIMES, "roles": st.just(["member"])}),
    st.fixed_dictionaries(
        {"id": _IDS},
        optional={
            "thread": _IDS,
            "parent": _IDS,
            "language": st.sampled_from(["en", "zh-CN", "DE", "und", "ja"]),
            "links": st.lists(st.text(min_size=1, max_size=20), max_size=3),
            "media": st.lists(st.just("https://cdn.example/1.png"), max_size=2),
        },
    ),
    st.none() | st.fixed_dictionaries({"id": _IDS, "text": _TEXTS, "author": st.none() | _IDS}),
)
"""Any event that is accepted."""
