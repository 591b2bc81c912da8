"""What time brings to appeals: each function may be called again, and does what is due by then."""

from collections.abc import Callable
from typing import Final

from django.db import transaction

from comity.server.lifecycle import SYSTEM
from comity.server.review.appeals.court import Court
from comity.server.review.appeals.filing import end
from comity.server.review.appeals.juries import draw_jury
from comity.server.review.appeals.verdicts import count
from comity.server.review.appeals.voting import leave
from comity.server.review.lifecycles import AppealState, CaseState, JuryState, SeatState
from comity.server.review.models import Appeal, Jury, Seat


def convene(court: Court) -> int:
    """Draw the juries of the appeals that wait for one; those before stewards too, once it can be.

    Returns how many were drawn.
    """
    waiting = (AppealState.CALLED.value, AppealState.BEFORE_STEWARDS.value)
    appeals = Appeal.objects.filter(community=court.community, state__in=waiting, jury=None)
    return sum(draw_jury(court, appeal) is not None for appeal in appeals.order_by("due", "pk"))


def count_overdue(court: Court) -> int:
    """End the juries whose time is up, and return how many."""
    over = Jury.objects.filter(
        appeal__community=court.community,
        appeal__due__lte=court.now,
        state=JuryState.SITTING.value,
    )
    return sum(_count(court, jury) for jury in over.order_by("pk"))


def replace_missing(court: Court) -> int:
    """Give the seats of who has not answered in time to others, and return how many."""
    late = Seat.objects.filter(
        jury__appeal__community=court.community,
        answer_by__lte=court.now,
        state=SeatState.SUMMONED.value,
    )
    return sum(_miss(court, seat) for seat in late.select_related("jury").order_by("pk"))


def drop(court: Court) -> int:
    """Withdraw appeals about posts that were deleted before anyone ruled; returns how many."""
    gone = Appeal.objects.filter(
        community=court.community,
        state=AppealState.IN_REVIEW.value,
        case__state=CaseState.WITHDRAWN.value,
    )
    return sum(_drop(court, appeal) for appeal in gone.order_by("pk"))


HEARINGS: Final[tuple[Callable[[Court], int], ...]] = (
    drop,
    convene,
    count_overdue,
    replace_missing,
)


@transaction.atomic
def _count(court: Court, jury: Jury) -> bool:
    jury.appeal = court.take(jury.appeal_id)
    jury.refresh_from_db(fields=["state"])  # the last juror may just have voted
    if jury.state != JuryState.SITTING:
        return False
    count(court, jury)
    return True


@transaction.atomic
def _miss(court: Court, seat: Seat) -> bool:
    seat.jury.appeal = court.take(seat.jury.appeal_id)
    seat.refresh_from_db(fields=["state"])  # they may just have answered
    if seat.state != SeatState.SUMMONED:
        return False
    leave(court, seat, "miss", SYSTEM)
    return True


@transaction.atomic
def _drop(court: Court, appeal: Appeal) -> bool:
    appeal = court.take(appeal.pk)
    if appeal.state != AppealState.IN_REVIEW:
        return False
    end(court, appeal, SYSTEM)
    return True
