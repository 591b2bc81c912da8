"""What cases, remedies, strikes, appeals, juries and their seats can be, and who moves them on."""

from enum import StrEnum
from typing import Final

from comity.ledger import EntryKind
from comity.server.lifecycle import SYSTEM, Lifecycle, Transition

RULING_MADE: Final = "ruling.made"
"""The message that tells the platform which remedy a person has decided on."""
STRIKE_LIFTED: Final = "strike.lifted"
"""The message that a strike no longer counts, with what holds for the account now."""
JUROR_SUMMONED: Final = "juror.summoned"
"""The message that the lot fell on a member, for the platform to hand on to them."""
APPEAL_REFERRED: Final = "appeal.referred"
"""The message that no jury can decide an appeal, so a steward is to."""
VERDICT_REACHED: Final = "verdict.reached"
"""The message that tells the platform what an appeal came to: which remedy holds now."""


class CaseState(StrEnum):
    OPEN = "open"
    SECOND_REVIEW = "second_review"
    DISPUTED = "disputed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


CASE: Final = Lifecycle(
    name="case",
    states=tuple(CaseState),
    initial=CaseState.OPEN,
    finals=(CaseState.CLOSED, CaseState.WITHDRAWN),
    transitions=(
        Transition(
            "rule",
            (CaseState.OPEN,),
            CaseState.CLOSED,
            by=("reviewer", "steward"),
            enters=EntryKind.RULING,
            sends=RULING_MADE,
        ),
        # The first ruling takes effect at once: nobody waits because a draw fell on their post.
        Transition(
            "rule_and_check",
            (CaseState.OPEN,),
            CaseState.SECOND_REVIEW,
            by=("reviewer", "steward"),
            enters=EntryKind.RULING,
            sends=RULING_MADE,
        ),
        Transition(
            "agree",
            (CaseState.SECOND_REVIEW,),
            CaseState.CLOSED,
            by=("reviewer", "steward"),
            enters=EntryKind.RULING,
        ),
        Transition(
            "differ",
            (CaseState.SECOND_REVIEW,),
            CaseState.DISPUTED,
            by=("reviewer", "steward"),
            enters=EntryKind.RULING,
        ),
        Transition(
            "settle",
            (CaseState.DISPUTED,),
            CaseState.CLOSED,
            by=("steward",),
            enters=EntryKind.RULING,
            sends=RULING_MADE,
        ),
        # The author edited the post: what was ruled on is no longer what stands there.
        Transition(
            "reopen",
            (CaseState.SECOND_REVIEW, CaseState.DISPUTED),
            CaseState.OPEN,
            by=(SYSTEM,),
        ),
        # The author deleted the post: there is nothing left to decide.
        Transition(
            "withdraw",
            (CaseState.OPEN, CaseState.SECOND_REVIEW, CaseState.DISPUTED),
            CaseState.WITHDRAWN,
            by=(SYSTEM,),
        ),
    ),
)


class RemedyState(StrEnum):
    """Whether the platform has done what a ruling asks of it."""

    PENDING = "pending"
    FAILED = "failed"
    CONFIRMED = "confirmed"


REMEDY: Final = Lifecycle(
    name="remedy",
    states=tuple(RemedyState),
    initial=RemedyState.PENDING,
    finals=(RemedyState.CONFIRMED,),
    transitions=(
        Transition(
            "confirm",
            (RemedyState.PENDING, RemedyState.FAILED),
            RemedyState.CONFIRMED,
            by=(SYSTEM,),
        ),
        Transition("fail", (RemedyState.PENDING,), RemedyState.FAILED, by=(SYSTEM,)),
    ),
)


class StrikeState(StrEnum):
    COUNTING = "counting"
    LAPSED = "lapsed"
    REDEEMED = "redeemed"
    LIFTED = "lifted"


STRIKE: Final = Lifecycle(
    name="strike",
    states=tuple(StrikeState),
    initial=StrikeState.COUNTING,
    finals=(StrikeState.LAPSED, StrikeState.REDEEMED, StrikeState.LIFTED),
    transitions=(
        Transition("lapse", (StrikeState.COUNTING,), StrikeState.LAPSED, by=(SYSTEM,)),
        # A lesson was done.
        Transition(
            "redeem",
            (StrikeState.COUNTING,),
            StrikeState.REDEEMED,
            by=("member",),
            sends=STRIKE_LIFTED,
        ),
        # What it was given for was overturned: by a settled dispute, or by a jury.
        Transition(
            "lift",
            (StrikeState.COUNTING,),
            StrikeState.LIFTED,
            by=("steward", "juror"),
            sends=STRIKE_LIFTED,
        ),
    ),
)


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

LIFECYCLES: Final = (CASE, REMEDY, STRIKE, APPEAL, JURY, SEAT)
"""Those of this room, for the docs to draw."""
