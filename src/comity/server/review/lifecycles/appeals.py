"""What appeals, juries and their seats can be, and who moves them on."""

from enum import StrEnum
from typing import Final

from comity.ledger import EntryKind
from comity.server.lifecycle import SYSTEM, Lifecycle, Transition
from comity.server.review.lifecycles.cases import RULING_MADE

JUROR_SUMMONED: Final = "juror.summoned"
"""The message that the lot fell on a member, for the platform to hand on to them."""
APPEAL_REFERRED: Final = "appeal.referred"
"""The message that no jury can decide an appeal, so a steward is to."""
VERDICT_REACHED: Final = "verdict.reached"
"""The message that tells the platform what an appeal came to: which remedy holds now."""


class AppealState(StrEnum):
    IN_REVIEW = "in_review"
    CALLED = "called"
    BEFORE_JURY = "before_jury"
    BEFORE_STEWARDS = "before_stewards"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


_PENDING: Final = (
    AppealState.IN_REVIEW,
    AppealState.CALLED,
    AppealState.BEFORE_JURY,
    AppealState.BEFORE_STEWARDS,
)
_HEARD: Final = (AppealState.BEFORE_JURY, AppealState.BEFORE_STEWARDS)

APPEAL: Final = Lifecycle(
    name="appeal",
    states=tuple(AppealState),
    initial=AppealState.IN_REVIEW,
    finals=(AppealState.GRANTED, AppealState.REJECTED, AppealState.WITHDRAWN),
    transitions=(
        # A reviewer has upheld what software decided, or had ruled before the member appealed.
        Transition(
            "pass_on",
            (AppealState.IN_REVIEW,),
            AppealState.CALLED,
            by=(SYSTEM, "reviewer", "steward"),
        ),
        # A reviewer has lifted it: there is nothing left for a jury to decide.
        Transition(
            "lift",
            (AppealState.IN_REVIEW,),
            AppealState.GRANTED,
            by=("reviewer", "steward"),
            enters=EntryKind.RULING,
            sends=RULING_MADE,
        ),
        Transition(
            "convene",
            (AppealState.CALLED, AppealState.BEFORE_STEWARDS),
            AppealState.BEFORE_JURY,
            by=(SYSTEM,),
            enters=EntryKind.JURY,
            sends=JUROR_SUMMONED,
        ),
        # Too few are willing, or too few have voted in time.
        Transition(
            "refer",
            (AppealState.CALLED, AppealState.BEFORE_JURY),
            AppealState.BEFORE_STEWARDS,
            by=(SYSTEM,),
            enters=EntryKind.APPEAL,
            sends=APPEAL_REFERRED,
        ),
        Transition(
            "grant",
            _HEARD,
            AppealState.GRANTED,
            by=("juror", "steward"),
            enters=EntryKind.VERDICT,
            sends=VERDICT_REACHED,
        ),
        Transition(
            "reject",
            _HEARD,
            AppealState.REJECTED,
            by=("juror", "steward"),
            enters=EntryKind.VERDICT,
            sends=VERDICT_REACHED,
        ),
        # By nobody where the post was deleted before anyone had ruled.
        Transition(
            "withdraw",
            _PENDING,
            AppealState.WITHDRAWN,
            by=("member", SYSTEM),
            enters=EntryKind.APPEAL,
        ),
    ),
)


class JuryState(StrEnum):
    SITTING = "sitting"
    DECIDED = "decided"
    DISSOLVED = "dissolved"


JURY: Final = Lifecycle(
    name="jury",
    states=tuple(JuryState),
    initial=JuryState.SITTING,
    finals=(JuryState.DECIDED, JuryState.DISSOLVED),
    transitions=(
        # All have voted, or the time is up and more than half of the seats have.
        Transition(
            "decide",
            (JuryState.SITTING,),
            JuryState.DECIDED,
            by=("juror", SYSTEM),
            enters=EntryKind.VERDICT,
            sends=VERDICT_REACHED,
        ),
        # The member withdrew the appeal, or too few have voted in time.
        Transition(
            "dissolve",
            (JuryState.SITTING,),
            JuryState.DISSOLVED,
            by=("member", SYSTEM),
            enters=EntryKind.APPEAL,
        ),
    ),
)


class SeatState(StrEnum):
    SUMMONED = "summoned"
    VOTED = "voted"
    DECLINED = "declined"
    MISSED = "missed"
    DISCHARGED = "discharged"


SEAT: Final = Lifecycle(
    name="seat",
    states=tuple(SeatState),
    initial=SeatState.SUMMONED,
    finals=(SeatState.VOTED, SeatState.DECLINED, SeatState.MISSED, SeatState.DISCHARGED),
    transitions=(
        Transition(
            "vote",
            (SeatState.SUMMONED,),
            SeatState.VOTED,
            by=("juror",),
            enters=EntryKind.JURY,
        ),
        # The next by lot takes the seat, and is summoned.
        Transition(
            "decline",
            (SeatState.SUMMONED,),
            SeatState.DECLINED,
            by=("juror",),
            enters=EntryKind.JURY,
            sends=JUROR_SUMMONED,
        ),
        Transition(
            "miss",
            (SeatState.SUMMONED,),
            SeatState.MISSED,
            by=(SYSTEM,),
            enters=EntryKind.JURY,
            sends=JUROR_SUMMONED,
        ),
        # The jury has ended without them.
        Transition("discharge", (SeatState.SUMMONED,), SeatState.DISCHARGED, by=(SYSTEM,)),
    ),
)
