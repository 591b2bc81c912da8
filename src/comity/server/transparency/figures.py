"""Measures as pictures and as rows: what their pages draw, and what their CSV holds."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.charter import Charter
from comity.measures import Day, Share, Spread, Summary, Table
from comity.proportions import Proportion
from comity.server.console import words
from comity.server.console.words import Words

WIDTH: Final = 600
HEIGHT: Final = 120


@dataclass(frozen=True, slots=True)
class ShareFigure:
    """A share on its interval, in percent of the width; all None where there is none to show."""

    label: Words
    language: str
    total: str
    share: float | None = None
    low: float = 0.0
    width: float = 0.0

    @property
    def shown(self) -> str:
        return "–" if self.share is None else f"{self.share:.0f} %"

    @property
    def between(self) -> str:
        if self.share is None:
            return ""
        bounds = {"low": f"{self.low:.0f}", "high": f"{self.low + self.width:.0f}"}
        return _("between %(low)s %% and %(high)s %%") % bounds


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of a picture of `WIDTH` by `HEIGHT`."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class VolumeFigure:
    """What came in and what was decided, side by side for each day, under the line of what lay."""

    pieces: tuple[Piece, ...]
    backlog: str
    """The points of the line."""
    most: int
    """What the full height stands for."""
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its count; `shown` says so where the count is kept back."""

    label: Words
    language: str
    shown: str
    percent: float | None
    """Of the largest in its table, as long as a bar of it."""


def share_figure(label: Words, language: str, proportion: Proportion | Share) -> ShareFigure:
    total = words.tally(proportion.total)
    if proportion.share is None:
        return ShareFigure(label, language, total)
    low, high = _bounds(proportion)
    percent = round(100 * proportion.share, 1)
    return ShareFigure(
        label, language, total, percent, round(100 * low, 1), round(100 * (high - low), 1)
    )


def _bounds(proportion: Proportion | Share) -> tuple[float, float]:
    if isinstance(proportion, Proportion):
        return proportion.interval
    return proportion.low or 0.0, proportion.high or 0.0


def volume_figure(days: Sequence[Day]) -> VolumeFigure:
    most = max((max(day.opened, day.decided, day.backlog) for day in days), default=0) or 1
    step = WIDTH / max(len(days), 1)
    bar = max(step / 2 - 0.5, 0.5)
    pieces = []
    for place, day in enumerate(days):
        for kind, count, offset in (("opened", day.opened, 0.0), ("decided", day.decided, bar)):
            if count:
                tall = max(HEIGHT * count / most, 1.0)
                x = round(place * step + offset, 2)
                pieces.append(
                    Piece(kind, x, round(HEIGHT - tall, 2), round(bar, 2), round(tall, 2))
                )
    line = " ".join(
        f"{(place + 0.5) * step:.1f},{HEIGHT * (1 - day.backlog / most):.1f}"
        for place, day in enumerate(days)
    )
    return VolumeFigure(tuple(pieces), line, most, _midnight(days[0]), _midnight(days[-1]))


def _midnight(day: Day) -> datetime:
    return datetime.combine(day.day, datetime.min.time())


def rows(table: Table, names: Mapping[str, tuple[Words, str]]) -> list[Row]:
    """The rows of a table as a report shows them, under the names that readers know."""
    most = max((count for count in table.counts.values() if count), default=1)
    return [
        Row(
            *names.get(name, (name, "")), words.tally(count), count and round(100 * count / most, 1)
        )
        for name, count in table.counts.items()
    ]


def article_names(charter: Charter, language: str) -> dict[str, tuple[Words, str]]:
    """The titles of articles by id, with the language of each."""
    titles = ((a.id, words.in_language(a.title, language)) for a in charter.articles)
    return {name: (title.text, title.language) for name, title in titles}


def language_names(table: Table) -> dict[str, tuple[Words, str]]:
    return {tag: (words.language_name(tag), "") for tag in table.counts}


def length(span: timedelta | None) -> str:
    """A length of time in two digits or so: 40 min, 3.5 h, 12 d."""
    if span is None:
        return "–"
    minutes = span.total_seconds() / 60
    if minutes < 60:
        return pgettext("length of time", "%(n)s min") % {"n": round(minutes)}
    if minutes < 48 * 60:
        return pgettext("length of time", "%(n)s h") % {"n": _short(minutes / 60)}
    return pgettext("length of time", "%(n)s d") % {"n": _short(minutes / 1440)}


def alpha(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}"


def as_csv(summary: Summary, days: Sequence[Day]) -> str:
    """All measures in one long table, for a spreadsheet or a program."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("measure", "of", "value", "low", "high", "count", "total"))
    writer.writerows(_csv_rows(summary, days))
    return out.getvalue()


def _csv_rows(summary: Summary, days: Sequence[Day]) -> Iterator[tuple[Any, ...]]:
    for each in summary.articles:
        yield _share("precision", each.article, each.precision)
    yield _share("precision", "", summary.precision)
    yield _share("overturned", "", summary.overturned)
    yield _share("late", "", summary.late)
    for name, value in (("reviewers", summary.reviewers_alpha), ("jurors", summary.jurors_alpha)):
        yield ("alpha", name, "" if value is None else round(value, 4), "", "", "", "")
    yield from _spread("seconds to first look", summary.first_look)
    yield from _spread("seconds to decision", summary.decision)
    for language in summary.languages:
        yield _share("precision in language", language.language, language.precision)
        yield _share("late in language", language.language, language.late)
        yield ("cases in language", language.language, language.cases, "", "", "", "")
    for day in days:
        for name, count in (("opened", day.opened), ("decided", day.decided)):
            yield (name, day.day.isoformat(), count, "", "", "", "")
        yield ("backlog", day.day.isoformat(), day.backlog, "", "", "", "")


def _share(measure: str, of: str, proportion: Proportion) -> tuple[Any, ...]:
    low, high = proportion.interval
    share = "" if proportion.share is None else round(proportion.share, 4)
    return (measure, of, share, round(low, 4), round(high, 4), proportion.count, proportion.total)


def _spread(measure: str, found: Spread) -> Iterator[tuple[Any, ...]]:
    for name, value in (("median", found.median), ("90th percentile", found.ninetieth)):
        seconds = "" if value is None else round(value.total_seconds())
        yield (measure, name, seconds, "", "", found.count, "")
