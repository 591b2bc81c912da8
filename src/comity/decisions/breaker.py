"""The breaker: an article that suddenly matches far more than expected is set to trial by itself.

A slip in a condition, or a model that meets a kind of text it does not know, would otherwise hold
half a forum overnight. `Breaker.observe` returns what it trips as data; who runs the charter sets
those articles to trial and tells the stewards.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from comity.charter import Article, Charter
from comity.charter.remedy import Remedy
from comity.proportions import Proportion

WINDOW: Final = 1_000
"""How many of the latest authors are looked at."""
LEAST: Final = 20
"""With fewer authors than this nothing trips: a handful of people is no sudden change."""
FAR: Final = 3.0
"""How many times its expected share an article may match."""
USUAL_SHARE: Final = 0.05
"""What is expected of an article that restricts and does not say what to expect."""
_Z: Final = 3.29
"""One false alarm in about two thousand looks, were the share exactly at the limit."""


@dataclass(frozen=True, slots=True)
class Trip:
    """An article that is to be set to trial, with the counts that say why."""

    article: str
    authors: int
    matched: int
    expected_share: float

    @property
    def share(self) -> float:
        return self.matched / self.authors


class Breaker:
    """Watches how large a share of the latest authors each article of a charter matches.

    Authors are counted, not posts, so that one person who floods a forum cannot switch off the
    very article that is meant for floods.
    """

    def __init__(self, charter: Charter) -> None:
        self._bits = {article.id: 1 << i for i, article in enumerate(charter.articles)}
        self._limits = {a.id: share for a in charter.articles if (share := _expected(a))}
        self._masks: OrderedDict[str, int] = OrderedDict()
        self._matched = dict.fromkeys(self._limits, 0)

    def observe(self, author: str, matched: Iterable[str]) -> tuple[Trip, ...]:
        """Record which articles a post matched; return those that trip by it, each one once."""
        mask = self._masks.pop(author, 0)
        fresh = [name for name in matched if name in self._limits and not mask & self._bits[name]]
        for name in fresh:
            mask |= self._bits[name]
            self._matched[name] += 1
        self._masks[author] = mask
        if len(self._masks) > WINDOW:
            self._forget(self._masks.popitem(last=False)[1])
        return tuple(trip for name in fresh if (trip := self._judge(name)))

    def _forget(self, mask: int) -> None:
        for name in self._matched:
            if mask & self._bits[name]:
                self._matched[name] -= 1

    def _judge(self, name: str) -> Trip | None:
        authors, matched, expected = len(self._masks), self._matched[name], self._limits[name]
        low, _ = Proportion(matched, authors).interval_at(_Z)
        if authors < LEAST or low <= FAR * expected:
            return None
        del self._limits[name], self._matched[name]  # tripped: there is nothing left to watch
        return Trip(name, authors, matched, expected)


def _expected(article: Article) -> float | None:
    """The share an article may match; None where a sudden rise would harm nobody."""
    if article.trial:
        return None
    if article.expected_share is not None:
        return article.expected_share
    restricts = article.remedy >= Remedy.LIMIT or article.account is not None
    return USUAL_SHARE if restricts else None
