"""What a member's own page shows of this room: their seats on juries, their appeals, serving."""

from dataclasses import dataclass

from comity.server import runtime
from comity.server.console import words
from comity.server.members.models import Community, Person
from comity.server.members.permissions import Permission, may
from comity.server.review.appeals import appeals_of, seats_of, volunteering
from comity.server.review.lifecycles import SeatState
from comity.server.review.models import Appeal, Seat
from comity.server.review.statements.pages import (
    path_of_decision,
    path_of_ruling,
    path_of_verdict,
)


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """A seat that the reader holds or held; `open` while their answer is awaited."""

    seat: Seat
    state: words.Words
    open: bool


@dataclass(frozen=True, slots=True)
class OwnAppeal:
    """An appeal of the reader's; `letter` is where they read what was decided last."""

    appeal: Appeal
    state: words.Words
    open: bool
    letter: str


@dataclass(frozen=True, slots=True)
class Serving:
    """In which languages the reader is willing to serve on juries, of those that there are."""

    willing: bool
    languages: tuple[tuple[str, bool], ...]


def seats(person: Person, community: Community) -> list[OwnSeat]:
    return [
        OwnSeat(seat, words.SEAT_STATES[seat.state], seat.state == SeatState.SUMMONED)
        for seat in seats_of(person, community)
    ]


def appeals(person: Person, community: Community) -> list[OwnAppeal]:
    return [
        OwnAppeal(appeal, words.APPEAL_STATES[appeal.state], appeal.closed is None, _letter(appeal))
        for appeal in appeals_of(person, community)
    ]


def serving(person: Person, community: Community) -> Serving | None:
    """None for who cannot be drawn at all."""
    if not may(person, community, Permission.SERVE_ON_JURIES):
        return None
    found = volunteering(person, community)
    chosen = set(found.languages) if found else set()
    tags = dict.fromkeys([*runtime.current().charter.languages, *sorted(chosen)])
    return Serving(found is not None, tuple((tag, tag in chosen) for tag in tags))


def _letter(appeal: Appeal) -> str:
    if hasattr(appeal, "verdict"):
        return path_of_verdict(appeal.verdict)
    if appeal.ruling:
        return path_of_ruling(appeal.ruling)
    return path_of_decision(appeal.decision) if appeal.decision else ""
