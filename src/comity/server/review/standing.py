"""What counts against a member, and what it adds up to: a pure function of strikes and time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.charter import AccountRemedy
from comity.charter.procedures import Ladder
from comity.server.review.lifecycles import StrikeState


@dataclass(frozen=True, slots=True)
class Count:
    """A strike as far as it counts."""

    weight: int
    issued: datetime
    expires: datetime
    state: str = StrikeState.COUNTING.value


@dataclass(frozen=True, slots=True)
class Rest:
    """What an account has come to, and for how long; a warning does not last."""

    account: AccountRemedy
    duration: timedelta | None


def standing(strikes: Iterable[Count], now: datetime) -> int:
    """The weight of all that counts at `now`; 0 is a member in good standing."""
    return sum(
        strike.weight
        for strike in strikes
        if strike.state == StrikeState.COUNTING and strike.issued <= now < strike.expires
    )


def reached(ladder: Ladder, before: int, after: int) -> Rest | None:
    """The highest rung that a rise from `before` to `after` comes to or goes beyond.

    Above the last rung every further strike takes that rung again: it ends, and what follows must
    not be for free.
    """
    if after <= before:
        return None
    rungs = (
        (ladder.suspend.at, Rest(AccountRemedy.SUSPEND, ladder.suspend.duration)),
        (ladder.mute.at, Rest(AccountRemedy.MUTE, ladder.mute.duration)),
        (ladder.warn, Rest(AccountRemedy.WARN, None)),
    )
    return next((rest for at, rest in rungs if after >= at), None)
