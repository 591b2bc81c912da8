"""What the live page shows: the latest decisions, and the last hour or day at a glance.

The nouns are `Row`, `Glance` and `Filters`. Everything is bounded, however busy the community is.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import JSONField, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Concat
from django.http import QueryDict

from comity.charter import Charter, Remedy
from comity.server.console import words
from comity.server.console.marks import Segment, segments
from comity.server.intake.models import StoredDecision
from comity.server.members.models import Community
from comity.signals import Span

LISTED: Final = 50
"""Rows on a page, and in one piece of news."""
EXCERPT: Final = 400
"""Code points of a post that a row shows; its own page has the rest."""
_GLANCE: Final = 5_000
"""Posts that the glance takes in."""


@dataclass(frozen=True, slots=True)
class Row:
    """A decision in the list."""

    id: str
    remedy: str
    segments: tuple[Segment, ...]
    language: str | None
    author: str
    reply_to: str | None
    articles: tuple[str, ...]
    trial: tuple[str, ...]
    abstained: int
    time: datetime
    erased: bool
    letter: str = ""
    """Where the author reads the reasons: on their own page only."""
    by_now: str = ""
    """What holds for the post since a person decided, where that is something else; there too."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a filter can be set to."""

    value: str
    label: words.Words
    chosen: bool
    query: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader wants to see: remedy, article, language; each may be open."""

    chosen: Mapping[str, str]
    remedies: tuple[Choice, ...]
    articles: tuple[Choice, ...]
    languages: tuple[Choice, ...]

    @classmethod
    def read(cls, query: QueryDict, charter: Charter, language: str) -> "Filters":
        """Take from the address what makes sense, and let the rest be."""
        known: Mapping[str, Mapping[str, words.Words]] = {
            "remedy": words.REMEDIES,
            "article": {
                article.id: words.in_language(article.title, language).text
                for article in charter.articles
            },
            "language": {tag: words.language_name(tag) for tag in _languages(charter)},
        }
        asked = {name: str(query.get(name, "")) for name in known}
        chosen = {name: value for name, value in asked.items() if value in known[name]}
        return cls(
            chosen,
            *(
                tuple(
                    Choice(value, label, chosen.get(name) == value, _toggle(chosen, name, value))
                    for value, label in choices.items()
                )
                for name, choices in known.items()
            ),
        )

    def apply(self, decisions: QuerySet[StoredDecision]) -> QuerySet[StoredDecision]:
        if remedy := self.chosen.get("remedy"):
            decisions = decisions.filter(remedy=remedy)
        if article := self.chosen.get("article"):
            padded = Concat(Value(" "), "articles", Value(" "), output_field=TextField())
            decisions = decisions.alias(padded=padded).filter(padded__contains=f" {article} ")
        if language := self.chosen.get("language"):
            measured = KeyTransform("signals", Cast("body", JSONField()))
            # A text again, or the comparison would read the language's tag as JSON.
            tag = Cast(KeyTextTransform("language", measured), TextField())
            decisions = decisions.alias(language=tag).filter(language=language)
        return decisions


def _languages(charter: Charter) -> list[str]:
    """The languages of the charter, as the signal `language` calls them."""
    return list(dict.fromkeys(tag.partition("-")[0] for tag in charter.languages))


def _toggle(chosen: Mapping[str, str], name: str, value: str) -> str:
    """The query with this choice made, or undone where it is made already."""
    rest = {key: kept for key, kept in chosen.items() if key != name}
    return urlencode(rest if chosen.get(name) == value else {**rest, name: value})


def decisions_of(community: Community) -> QuerySet[StoredDecision]:
    """All decisions of a community, the newest first."""
    decisions = StoredDecision.objects.select_related("event")
    return decisions.filter(event__community=community).order_by("-event_id")


def rows(decisions: Iterable[StoredDecision], charter: Charter, language: str) -> list[Row]:
    titles = {
        article.id: words.in_language(article.title, language).text for article in charter.articles
    }
    return [_row(decision, titles) for decision in decisions]


def _row(stored: StoredDecision, titles: Mapping[str, str]) -> Row:
    decision = json.loads(stored.body)
    event = json.loads(stored.event.body or "{}")
    data = event.get("data", {})
    text = data.get("post", {}).get("text", "")
    shown = text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")
    return Row(
        id=stored.id,
        remedy=stored.remedy,
        segments=tuple(segments(shown, spans_of(decision))),
        language=decision["signals"].get("language"),
        author=stored.event.author or "–",
        reply_to=data.get("parent", {}).get("author"),
        articles=tuple(titles.get(found["id"], found["id"]) for found in decision["articles"]),
        trial=tuple(titles.get(found["id"], found["id"]) for found in decision["trial"]),
        abstained=len(decision["abstained"]),
        time=stored.event.time,
        erased=not event,
    )


def spans_of(decision: Mapping[str, Any]) -> list[Span]:
    """The spans that made articles apply, those on trial included."""
    return [
        Span(reason["signal"], begin, end)
        for found in (*decision["articles"], *decision["trial"])
        for reason in found["because"]
        for begin, end in reason.get("spans", ())
    ]


@dataclass(frozen=True, slots=True)
class Piece:
    """A brick of the drawing, in units of its view box."""

    remedy: str
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Glance:
    """The latest stretch of time, as far back as the latest few thousand posts reach."""

    span: str
    """"hour", or "day" where an hour has too little to look at."""
    posts: int
    counts: Mapping[str, int]
    pieces: tuple[Piece, ...]

    @property
    def untouched(self) -> int:
        """The share of posts that stand as they were written, in percent, rounded down."""
        return 100 * self.counts["allow"] // self.posts if self.posts else 100


WIDTH: Final = 600
HEIGHT: Final = 71
_COLUMNS: Final = 60
_TALLEST: Final = 16.0
_SMALLEST: Final = 4.0
_ENOUGH: Final = 20
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

Told = tuple[str, timedelta]
"""A remedy, and how long ago the post was written."""


def glance(community: Community, now: datetime) -> Glance:
    latest = decisions_of(community).filter(event__time__gt=now - _DAY).order_by("-event__time")
    told = [(remedy, now - time) for remedy, time in latest.values_list(*_TOLD)[:_GLANCE]]
    recent = [(remedy, age) for remedy, age in told if age < _HOUR]
    if len(recent) >= _ENOUGH:
        return _glance("hour", recent, _HOUR)
    return _glance("day", told, _DAY)


_TOLD: Final = ("remedy", "event__time")


def _glance(name: str, told: Sequence[Told], span: timedelta) -> Glance:
    totals = Counter(remedy for remedy, _ in told)
    counts = {remedy.value: totals[remedy.value] for remedy in Remedy}
    return Glance(name, len(told), counts, tuple(_pieces(told, span)))


def _pieces(told: Iterable[Told], span: timedelta) -> Iterable[Piece]:
    """Columns of equal time, their decisions stacked from `allow` up; one scale for all."""
    columns: dict[int, Counter[str]] = {}
    for name, age in told:
        # A platform's clock may be ahead of ours.
        place = _COLUMNS - 1 - max(0, int(_COLUMNS * (age / span)))
        columns.setdefault(place, Counter())[name] += 1
    highest = max((column.total() for column in columns.values()), default=1)
    unit = min(_TALLEST, HEIGHT / highest)
    for place, column in columns.items():
        y = float(HEIGHT)
        for remedy in Remedy:
            if n := column[remedy.value]:
                # A brick a post, as long as bricks can be told apart.
                bricks = n if unit > _SMALLEST else 1
                tall = n * unit / bricks
                for _ in range(bricks):
                    y -= tall
                    x = place * WIDTH // _COLUMNS + 1
                    yield Piece(remedy.value, x, round(y, 2), round(max(0.5, tall - 1), 2))
