"""What a table of events has to hold, so that charters can be applied to it."""

from collections.abc import Mapping
from typing import Final

from comity.charter import Charter
from comity.charter.backtest.columns import RULING, RULING_ARTICLE
from comity.signals import Signal

EXTRAS: Final = ("id", "text", RULING, RULING_ARTICLE)
"""The columns that a backtest looks for besides the signals."""


def signals_of(*charters: Charter | None) -> Mapping[str, Signal]:
    """The signals that the charters' conditions use."""
    return {
        name: charter.catalogue[name]
        for charter in charters
        if charter
        for article in charter.articles
        for name in article.condition.signals
    }


def redefined_counters(charter: Charter, against: Charter | None) -> tuple[str, ...]:
    """Counters that both charters declare and the old one uses, but differently."""
    if against is None:
        return ()
    ours = {counter.name: counter for counter in charter.counters}
    used = signals_of(against)
    return tuple(
        counter.name
        for counter in against.counters
        if counter.name in used and ours.get(counter.name, counter) != counter
    )
