"""How a jury ends: with a verdict, or without one."""

from comity.server.lifecycle import SYSTEM
from comity.server.review.appeals.court import Court
from comity.server.review.lifecycles import JURY, SEAT, SeatState
from comity.server.review.models import Appeal, Jury


def jury_of(appeal: Appeal) -> Jury | None:
    return Jury.objects.filter(appeal=appeal).first()


def close(court: Court, jury: Jury, transition: str, by: str) -> None:
    """End the jury; who has not voted is free."""
    jury.state = JURY.step(jury.state, transition, by)
    jury.ended = court.now
    jury.save(update_fields=["state", "ended"])
    free = SEAT.step(SeatState.SUMMONED, "discharge", SYSTEM)
    jury.seats.filter(state=SeatState.SUMMONED.value).update(state=free)


def dissolve(court: Court, appeal: Appeal, by: str) -> None:
    """End the jury of an appeal that it does not decide, if it has one."""
    jury = jury_of(appeal)
    if jury is not None:
        close(court, jury, "dissolve", by)
