"""What follows from an article: the two ladders, from nothing to the most there is."""

from enum import Enum
from functools import total_ordering


@total_ordering
class _Ladder(Enum):
    """Ordered by how far it goes: the later a rung is declared, the further.

    No StrEnum, because the order of strings would quietly stand in for ours.
    """

    def __init__(self, _: str) -> None:
        self.rank = len(type(self).__members__)

    def __lt__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.rank < other.rank


class Remedy(_Ladder):
    """What happens to a post."""

    ALLOW = "allow"
    NUDGE = "nudge"
    LABEL = "label"
    LIMIT = "limit"
    HOLD = "hold"
    REMOVE = "remove"


class AccountRemedy(_Ladder):
    """What happens to an account."""

    WARN = "warn"
    MUTE = "mute"
    SUSPEND = "suspend"
