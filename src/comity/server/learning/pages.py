"""What the page on advice shows: counts of a measurement as shares, intervals and a picture."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from comity.proportions import Proportion
from comity.server.console.words import Words
from comity.server.learning.holdouts import ENOUGH, Difference, Outcome, effect
from comity.server.learning.models import Holdout

OUTCOMES: Final[dict[Outcome, Words]] = {
    Outcome.REVISED: pgettext_lazy("outcome of a draft", "Revised, so that less would follow"),
    Outcome.DROPPED: pgettext_lazy("outcome of a draft", "Not sent"),
    Outcome.SENT: pgettext_lazy("outcome of a draft", "Sent as it was"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval on a scale from -100 to 100 points, in percent of the width of a picture."""

    begin: float
    width: float
    middle: float


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome, with advice and without, in words."""

    name: Words
    advised: str
    held: str
    difference: str
    sure: bool
    """Whether the interval leaves no room for "no difference"."""
    bar: Bar


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known so far; without rows there are too few drafts in an arm."""

    advised: int
    held: int
    enough: int
    rows: tuple[Row, ...]


def measured(holdout: Holdout) -> Measured:
    found = effect(holdout)
    return Measured(found.advised, found.held, ENOUGH, tuple(map(_row, found.differences)))


def _row(difference: Difference) -> Row:
    low, high = difference.interval
    return Row(
        OUTCOMES[difference.outcome],
        _share(difference.advised),
        _share(difference.held),
        _("%(points)+.0f points (%(low)+.0f to %(high)+.0f)")
        % {"points": 100 * difference.points, "low": 100 * low, "high": 100 * high},
        low > 0 or high < 0,
        Bar(50 + 50 * low, 50 * (high - low), 50 + 50 * difference.points),
    )


def _share(proportion: Proportion) -> str:
    low, high = proportion.interval
    return f"{proportion.share or 0:.0%} ({low:.0%}–{high:.0%})"
