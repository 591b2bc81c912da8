"""Every condition over every event in one pass: the query, and what comes back from it.

The noun is `Profiles`, the verb `ask`. A profile is one combination of answers, ruling and groups.
The database counts the events of each, and everything else is arithmetic over the profiles, which
are few. In arrays of this package the last axis is the profiles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from comity.charter import Charter
from comity.charter.backtest.columns import RULING, RULING_ARTICLE, before, extra, quoted
from comity.charter.backtest.table import EventTable
from comity.errors import InputError

EXAMPLES: Final = 5
"""Events that are remembered of each profile, so also the most that can be shown of a change."""

NO: Final = 0
YES: Final = 1
UNKNOWN: Final = 2

Answers = NDArray[np.int8]
"""NO, YES or UNKNOWN; for articles (articles, profiles), for rulings (profiles,)."""


@dataclass(frozen=True, slots=True)
class Labels:
    """A text for each profile, as a place among `names`. None: unknown."""

    names: tuple[str | None, ...]
    codes: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Profiles:
    weight: NDArray[np.int64]
    """How many events have this profile."""
    rows: tuple[tuple[int, ...], ...]
    """The first of these events, by their row in the table."""
    answers: Answers
    old_answers: Answers
    ruling: Answers
    """YES: upheld. NO: lifted. UNKNOWN: nobody ruled."""
    about: Labels
    """The article that the ruling is about, where it names one."""
    groups: Mapping[str, Labels]
    """The value in each column that events are grouped by."""

    def ruled(self, article: str) -> NDArray[np.bool_]:
        """Where there is a ruling that tells whether this article was right to hit."""
        fits = np.array([name is None or name == article for name in self.about.names])
        return np.asarray((self.ruling != UNKNOWN) & fits[self.about.codes])

    def count(self, where: NDArray[np.bool_]) -> int:
        """How many events have the profiles chosen."""
        return int(self.weight[where].sum())


def ask(
    table: EventTable, charter: Charter, against: Charter | None = None, by: Sequence[str] = ()
) -> Profiles:
    """Answer the conditions of both charters for every event.

    Raises InputError where a condition cannot be computed on this data.
    """
    new = [article.condition.duckdb() for article in charter.articles]
    old = [article.condition.duckdb() for article in against.articles] if against else []
    # Most of an amended charter is as it was: what both ask alike is answered once.
    asked = {sql: f"new {i}" for i, sql in enumerate(new)}
    shared = {} if table.redefined else asked
    asked_before = {sql: shared.get(sql, f"old {i}") for i, sql in enumerate(old)}
    answered = [_named(sql, name) for sql, name in asked.items()]
    inner = f"(SELECT {_list(['*', _named('rowid', 'table row'), *answered])} FROM events)"
    if table.redefined:
        # Each counter gives its name to the old charter's, which is a column of its own.
        replaced = [_named(quoted(before(name)), name) for name in table.redefined]
        inner = f"(SELECT * REPLACE ({_list(replaced)}) FROM {inner})"
    outer = [
        *(quoted(name) for name in asked.values()),
        *(_named(sql, name) for sql, name in asked_before.items() if sql not in shared),
        _named(quoted(extra(RULING)), "ruling"),
        _named(quoted(extra(RULING_ARTICLE)), "about"),
        *(_named(f"{quoted(extra(column))}::VARCHAR", f"by {i}") for i, column in enumerate(by)),
        _named("count(*)", "weight"),
        _named(f'min("table row", {EXAMPLES})', "rows"),
    ]
    found = _run(table, f"SELECT {_list(outer)} FROM {inner} GROUP BY ALL")
    return Profiles(
        weight=np.asarray(found["weight"], dtype=np.int64),
        rows=tuple(tuple(map(int, rows)) for rows in found["rows"]),
        answers=_answers(found, [asked[sql] for sql in new]),
        old_answers=_answers(found, [asked_before[sql] for sql in old]),
        ruling=_answers(found, ["ruling"])[0],
        about=_labels(found["about"]),
        groups={column: _labels(found[f"by {i}"]) for i, column in enumerate(by)},
    )


def _list(items: Sequence[str]) -> str:
    return ", ".join(items)


def _named(sql: str, name: str) -> str:
    return f"({sql}) AS {quoted(name)}"


def _run(table: EventTable, sql: str) -> dict[str, NDArray[Any]]:
    try:
        return table.fetch(sql)
    except duckdb.Error as error:
        raise InputError(f"the charter cannot be computed on {table.name}: {error}") from None


def _answers(found: Mapping[str, NDArray[Any]], names: Sequence[str]) -> Answers:
    """Booleans of which some are masked, a row for each name, as answers."""
    profiles = len(found["weight"])
    answers = np.full((len(names), profiles), UNKNOWN, dtype=np.int8)
    for i, name in enumerate(names):
        known = ~np.ma.getmaskarray(found[name])
        answers[i, known] = np.ma.getdata(found[name])[known]
    return answers


def _labels(column: NDArray[Any]) -> Labels:
    places: dict[str | None, int] = {}
    masked = np.ma.getmaskarray(column)
    codes = [
        places.setdefault(None if unknown else text, len(places))
        for text, unknown in zip(np.ma.getdata(column), masked, strict=True)
    ]
    return Labels(tuple(places), np.array(codes, dtype=np.intp))
