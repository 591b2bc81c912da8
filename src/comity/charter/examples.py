"""A charter's own tests: its examples, run through the real signals and conditions.

The noun is `Outcome`, the verb `run_examples`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Literal

from comity.charter.article import Article
from comity.charter.charter import Charter
from comity.event import Author, Event, EventData, EventType, Post
from comity.signals import Source, TextScorer, Value, measure_all

Expected = Literal["violates", "allows"]

_SOME_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Result(StrEnum):
    """How an example went."""

    PASSED = "passed"
    FAILED = "failed"
    UNTOLD = "untold"
    """The article abstains: it needs something that a text alone does not tell."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example: what its article said of it, and the values of the signals that decided."""

    article: Article
    expected: Expected
    text: str
    result: Result
    values: Mapping[str, Value]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The signals that were not known."""
        return tuple(name for name, value in self.values.items() if value is None)


def run_examples(charter: Charter, scorer: TextScorer) -> tuple[Outcome, ...]:
    """Measure every example and ask its article: `violates` has to match it, `allows` must not.

    An example is a post by itself: counters, and what there is to know of its author and thread,
    are unknown. Where an article abstains for that, a `violates` is untold, neither passed nor
    failed. An article that abstains because its signals are not measured in the language of the
    post fails it, and one that abstains from an `allows` does leave that post alone.
    """
    examples = list(_examples(charter))
    events = [_event(charter, number, text) for number, (_, _, text) in enumerate(examples)]
    measured = measure_all(events, scorer)
    return tuple(
        _outcome(charter, article, expected, text, signals.values)
        for (article, expected, text), signals in zip(examples, measured, strict=True)
    )


def _examples(charter: Charter) -> Iterator[tuple[Article, Expected, str]]:
    for article in charter.articles:
        for text in article.examples.violates:
            yield article, "violates", text
        for text in article.examples.allows:
            yield article, "allows", text


def _event(charter: Charter, number: int, text: str) -> Event:
    return Event(
        id=f"example-{number}",
        source="examples",
        type=EventType.POST_CREATED,
        time=_SOME_TIME,
        community=charter.community,
        data=EventData(post=Post(id=f"example-{number}", text=text), author=Author(id="member")),
    )


def _outcome(
    charter: Charter, article: Article, expected: Expected, text: str, values: Mapping[str, Value]
) -> Outcome:
    applies = article.condition.evaluate(values)
    decisive = {name: values.get(name) for name in article.condition.signals}
    untold = any(
        value is None and charter.catalogue[name].source not in (Source.MODEL, Source.TEXT)
        for name, value in decisive.items()
    )
    if expected == "violates" and applies is None and untold:
        result = Result.UNTOLD
    elif (applies is True) is (expected == "violates"):
        result = Result.PASSED
    else:
        result = Result.FAILED
    return Outcome(article, expected, text, result, decisive)
