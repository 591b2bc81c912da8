"""Measuring events: the text, its author and its thread, in one `Signals`.

The verbs are `measure` and, for many at once, `measure_all`, which asks the scorer only once.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Final, Protocol

from comity.event import Event, EventType, Post
from comity.signals.catalogue import CATALOGUE
from comity.signals.language import UNDETERMINED, main_language
from comity.signals.signal import ModelRef, Signals, Source, Span, Value


class TextScores(Protocol):
    """What a scorer says of one text."""

    @property
    def attributes(self) -> Mapping[str, float]:
        """By signal name, 0 to 1; what is not supported in the language is absent."""

    @property
    def language(self) -> str:
        """A BCP 47 tag; "und" where it cannot be told."""

    @property
    def spans(self) -> tuple[Span, ...]: ...

    @property
    def plain_text(self) -> str:
        """The text with disguises undone, as `views` undoes them."""

    @property
    def disguised(self) -> bool:
        """Whether that changed letters."""


class TextScorer(Protocol):
    """What `measure` needs of a scorer."""

    @property
    def model(self) -> ModelRef: ...

    def score(self, texts: Sequence[str], /) -> Sequence[TextScores]: ...


def measure(event: Event, scorer: TextScorer, counts: Mapping[str, int] | None = None) -> Signals:
    """Measure one event. Every name of the catalogue is in the result; None is unknown.

    `counts` are the values of the charter's counters, as `Counters.observe` gives them.
    """
    return measure_all([event], scorer, None if counts is None else [counts])[0]


def measure_all(
    events: Sequence[Event],
    scorer: TextScorer,
    counts: Sequence[Mapping[str, int]] | None = None,
) -> list[Signals]:
    """Measure many events, in order, with one call of the scorer for all their texts."""
    texts = [event.text for event in events]
    asked = [text for text in texts if text]
    scored = iter(scorer.score(asked) if asked else ())
    scores = [next(scored) if text else None for text in texts]
    return [
        _combine(event, score, scorer.model, count)
        for event, score, count in zip(
            events, scores, counts or [_NO_COUNTS] * len(events), strict=True
        )
    ]


_NO_COUNTS: Final[Mapping[str, int]] = {}
_UNKNOWN: Final[dict[str, Value]] = dict.fromkeys(CATALOGUE)
_DAY: Final = timedelta(days=1)


def _combine(
    event: Event, scores: TextScores | None, model: ModelRef, counts: Mapping[str, int]
) -> Signals:
    values = _UNKNOWN.copy()
    values.update(_about_author(event))
    post = event.data.post
    if post is not None:
        values.update(_about_thread(event, post))
        if event.type.brings_text:
            values.update(_about_text(event, post, scores))
    values.update(counts)
    if scores is None:
        return Signals(values)
    return Signals(values, scores.spans, model)


def _about_text(event: Event, post: Post, scores: TextScores | None) -> dict[str, Value]:
    # Loads compiled kernels, which those who only ask for the catalogue do not need.
    from comity.signals.features import features

    answered, language = _answered(event, post), main_language(post.language)
    if scores is None:
        return features(post, "", False, answered, language)
    if language is None and scores.language != UNDETERMINED:
        language = scores.language
    values = features(post, scores.plain_text, scores.disguised, answered, language)
    supported = _scored_in(language)
    for name, score in scores.attributes.items():
        if name in supported:
            values[name] = score
    return values


@cache
def _scored_in(language: str | None) -> frozenset[str]:
    """The scores that mean something in a language; where it is unknown the scorer has decided."""
    return frozenset(
        signal.name
        for signal in CATALOGUE.values()
        if signal.source is Source.MODEL
        and (language is None or not signal.languages or language in signal.languages)
    )


def _about_author(event: Event) -> Mapping[str, Value]:
    author = event.data.author
    if author is None:
        return {}
    if author.joined is None:
        return {"author_roles": author.roles}
    # Clocks differ: someone who "joined" after the event joined just now.
    age = max((event.time - author.joined) / _DAY, 0.0)
    return {"author_roles": author.roles, "author_age_days": age}


def _about_thread(event: Event, post: Post) -> Mapping[str, Value]:
    author, parent = event.data.author, event.data.parent
    is_reply = _answered(event, post) is not None
    to_self: bool | None = None
    if not is_reply:
        to_self = False
    elif author and parent and parent.author:
        to_self = parent.author == author.id
    return {
        "is_reply": is_reply,
        "replies_to_self": to_self,
        "is_edit": event.type is EventType.POST_EDITED,
    }


def _answered(event: Event, post: Post) -> str | None:
    """The text of the post that is answered; empty where untold, None where there is none."""
    if event.data.parent is not None:
        return event.data.parent.text
    return None if post.parent is None else ""
