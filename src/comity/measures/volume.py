"""How much comes in, how much is done, and how much lies there: day by day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from comity.measures.matter import Matter


@dataclass(frozen=True, slots=True)
class Day:
    """One day in UTC; `backlog` is what was open at its end."""

    day: date
    opened: int
    decided: int
    backlog: int


def volume(matters: Sequence[Matter], first: date, last: date) -> list[Day]:
    """Each day from `first` to `last`, both included; earlier matters count in the backlog."""
    opened = Counter(matter.opened.astimezone(UTC).date() for matter in matters)
    decided = Counter(
        # A case is not decided before it is opened, whatever the clocks say.
        max(matter.decided, matter.opened).astimezone(UTC).date()
        for matter in matters
        if matter.decided is not None
    )
    backlog = sum(n for day, n in opened.items() if day < first)
    backlog -= sum(n for day, n in decided.items() if day < first)
    days = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        backlog += opened[day] - decided[day]
        days.append(Day(day, opened[day], decided[day], backlog))
    return days
