"""What cases, remedies and strikes can be, and who moves them on."""

from enum import StrEnum
from typing import Final

from comity.ledger import EntryKind
from comity.server.lifecycle import SYSTEM, Lifecycle, Transition

RULING_MADE: Final = "ruling.made"
"""The message that tells the platform which remedy a person has decided on."""
REPORT_ANSWERED: Final = "report.answered"
"""The message that a report is about what people have decided already, with what they found."""
STRIKE_LIFTED: Final = "strike.lifted"
"""The message that a strike no longer counts, with what holds for the account now."""


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
        # What it was given for was overturned by a jury, or another ruling on the same text counts.
        Transition(
            "lift",
            (StrikeState.COUNTING,),
            StrikeState.LIFTED,
            by=("reviewer", "steward", "juror"),
            sends=STRIKE_LIFTED,
        ),
    ),
)
