"""What a juror does: vote once, with a reason, or leave the seat to another."""

from collections.abc import Mapping
from secrets import token_bytes
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic_core import to_json

from comity.ledger import SALT_SIZE, EntryKind, commit
from comity.server.members import permissions
from comity.server.members.models import Community, Person
from comity.server.members.permissions import Permission, require
from comity.server.review.appeals.court import Court, refuse
from comity.server.review.appeals.juries import replace
from comity.server.review.appeals.verdicts import count
from comity.server.review.lifecycles import SEAT, SeatState
from comity.server.review.models import Choice, Seat

MAX_REASON: Final = 2_000

OVER: Final[Mapping[str, Promise]] = {
    SeatState.VOTED: _("You have voted already. A vote stays as it was cast."),
    SeatState.DECLINED: _("You have left this seat to another member."),
    SeatState.MISSED: _("The time to answer was up, so another member has this seat."),
    SeatState.DISCHARGED: _("This jury has ended; your vote is needed no more."),
}


def seat_of(person: Person, community: Community, number: int) -> Seat:
    """A seat, for who holds it. Raises Refused for everyone else, whether it exists or not."""
    seats = Seat.objects.select_related(
        "jury__appeal__community", "jury__appeal__case__event__decision", "jury__appeal__ruling"
    )
    found = seats.filter(pk=number, person=person, jury__appeal__community=community).first()
    held = () if found is None else (permissions.Seat.JUROR,)
    require(person, community, Permission.VOTE_AS_JUROR, seats=held)
    assert found is not None  # noqa: S101  nobody but a juror has the permission
    return found


@transaction.atomic
def vote(court: Court, person: Person, number: int, choice: Choice, reason: str) -> Seat:
    """Vote, for good. The last vote brings the verdict.

    Raises Refused for anyone but the juror, and Mistake without a reason or a second time.
    """
    seat = _take(court, person, number)
    reason = reason.strip()
    if not 0 < len(reason) <= MAX_REASON:
        refuse("reason of a vote", _("Say why, in 1 to %(most)s characters."), most=MAX_REASON)
    seat.state = SEAT.step(seat.state, "vote", "juror")
    seat.choice, seat.reason = choice, reason
    seat.answered, seat.salt = court.now, token_bytes(SALT_SIZE)
    seat.save()
    court.enter(
        EntryKind.JURY,
        commitments={"vote": commit(sealed(seat), seat.salt)},
        about=(seat.jury.entry,),
    )
    count(court, seat.jury)
    return seat


@transaction.atomic
def decline(court: Court, person: Person, number: int, reason: str = "") -> Seat:
    """Leave the seat to another: for lack of time, or for knowing who it is about."""
    seat = _take(court, person, number)
    seat.reason = reason.strip()[:MAX_REASON]
    leave(court, seat, "decline", "juror")
    return seat


def leave(court: Court, seat: Seat, transition: str, by: str) -> None:
    """Give the seat up, and to the next by lot."""
    seat.state = SEAT.step(seat.state, transition, by)
    seat.answered = court.now
    seat.save()
    replace(court, seat)
    count(court, seat.jury)


def sealed(seat: Seat) -> bytes:
    """What the ledger commits to: the vote of a lot, with its reason."""
    return to_json(
        {"jury": seat.jury_id, "juror": seat.lot, "choice": seat.choice, "reason": seat.reason}
    )


def _take(court: Court, person: Person, number: int) -> Seat:
    """The person's seat, with its appeal locked, as long as they can still answer."""
    seat = seat_of(person, court.community, number)
    seat.jury.appeal = court.take(seat.jury.appeal_id)
    seat.refresh_from_db(fields=["state"])
    if seat.state != SeatState.SUMMONED:
        refuse(f"a seat that is {seat.state}", OVER[seat.state])
    return seat
