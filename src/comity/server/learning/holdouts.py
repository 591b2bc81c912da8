"""Measuring what advice changes: from a random share of drafts it is kept back, and both compared.

The noun is `Holdout`; `effect` is what came of it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import Count

from comity.proportions import Proportion, difference_interval
from comity.server.learning.models import DraftOutcome, Holdout
from comity.server.learning.receipts import Receipt
from comity.server.members.models import Community, Person
from comity.server.members.permissions import Permission, require

SHARES: Final = (0.0, 0.05, 0.1, 0.2, 0.5)
"""What a steward can choose from: more than half would measure no better."""
ENOUGH: Final = 20
"""Drafts in each arm; with fewer an interval says next to nothing."""


class Arm(StrEnum):
    """Whether the author of a draft sees the advice on it."""

    ADVISED = "advised"
    HELD = "held"


class Outcome(StrEnum):
    """What became of a draft that there was advice on."""

    REVISED = "revised"
    DROPPED = "dropped"
    SENT = "sent"


@transaction.atomic
def begin(
    steward: Person, community: Community, share: float, salt: bytes, now: datetime
) -> Holdout:
    """Begin a new measurement; the counts of the one before are kept. Share 0 ends measuring."""
    require(steward, community, Permission.MANAGE_ADVICE)
    if share not in SHARES:
        raise ValueError(f"a share of {share} is none of {SHARES}")
    return Holdout.objects.create(community=community, share=share, salt=salt, begun=now)


def current(community: Community) -> Holdout | None:
    """The measurement that runs; None where none was begun, or the last was ended."""
    latest = Holdout.objects.filter(community=community).order_by("-pk").first()
    return latest if latest and latest.share else None


def arm_of(holdout: Holdout, draft: str) -> Arm:
    """The arm of a draft, by the random id that its page gave it: the same for all its versions."""
    digest = sha256(bytes(holdout.salt) + draft.encode()).digest()
    drawn = int.from_bytes(digest[:8], "big") / 2**64
    return Arm.HELD if drawn < holdout.share else Arm.ADVISED


@transaction.atomic
def record(community: Community, receipt: Receipt, outcome: Outcome) -> None:
    """Count one draft, if the measurement that it belongs to is known here."""
    if Holdout.objects.filter(pk=receipt.holdout, community=community).exists():
        DraftOutcome.objects.create(
            holdout_id=receipt.holdout,
            arm=receipt.arm,
            outcome=outcome.value,
            remedy=receipt.remedy,
            language=receipt.language,
            articles=list(receipt.articles),
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """How often one outcome was, with advice and without, and how far apart the shares are."""

    outcome: Outcome
    advised: Proportion
    held: Proportion

    @property
    def points(self) -> float:
        """The difference of the shares, -1 to 1."""
        return (self.advised.share or 0.0) - (self.held.share or 0.0)

    @property
    def interval(self) -> tuple[float, float]:
        return difference_interval(self.advised, self.held)


@dataclass(frozen=True, slots=True)
class Effect:
    """What advice changed; `differences` is empty while there are too few drafts."""

    advised: int
    held: int
    differences: tuple[Difference, ...]


def effect(holdout: Holdout) -> Effect:
    counts: Counter[tuple[str, str]] = Counter()
    rows = holdout.outcomes.values_list("arm", "outcome").annotate(n=Count("pk"))
    for arm, outcome, n in rows:
        counts[arm, outcome] = n
    advised, held = (sum(counts[arm, each] for each in Outcome) for arm in Arm)
    if min(advised, held) < ENOUGH:
        return Effect(advised, held, ())
    return Effect(
        advised,
        held,
        tuple(
            Difference(
                each,
                Proportion(counts[Arm.ADVISED, each], advised),
                Proportion(counts[Arm.HELD, each], held),
            )
            for each in Outcome
        ),
    )
