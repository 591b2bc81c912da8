"""The appeals of a community as its reviewers and stewards see them: the noun is `Listed`.

How many jurors have answered is told, and never how.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from comity.server.console import words
from comity.server.members.permissions import Permission, may
from comity.server.review.appeals.stewards import is_stranded, may_decide
from comity.server.review.appeals.volunteers import eligible
from comity.server.review.charters import procedures
from comity.server.review.lifecycles import AppealState, SeatState
from comity.server.review.models import APPEAL_ENDED, Appeal, Seat
from comity.server.review.services.bench import Bench

_OPEN: Final = 200
_ENDED: Final = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """An appeal with where it stands."""

    appeal: Appeal
    state: words.Words
    overdue: bool
    answered: int
    """Jurors who have voted."""
    jurors: int
    """Seats of its jury; 0 as long as it has none."""
    to_decide: bool
    """Whether it waits for a steward, and the reader can be that one."""
    lacking: int
    """Willing members that a jury lacks, where no steward can decide either; 0 otherwise."""


def docket(bench: Bench) -> tuple[list[Listed], list[Listed]]:
    """The appeals that wait for a decision, those due first; and those that ended last."""
    bench.require(Permission.READ_CASES)
    found = Appeal.objects.filter(community=bench.community).select_related(
        "case__event", "case__community", "ruling", "jury", "verdict"
    )
    ended = Q(state__in=APPEAL_ENDED)
    return (
        _listed(bench, found.exclude(ended).order_by("due", "pk")[:_OPEN]),
        _listed(bench, found.filter(ended).order_by("-closed", "-pk")[:_ENDED]),
    )


def _listed(bench: Bench, appeals: Iterable[Appeal]) -> list[Listed]:
    appeals = list(appeals)
    steward = may(bench.person, bench.community, Permission.DECIDE_APPEALS)
    voted = Seat.objects.filter(jury__appeal__in=appeals, state=SeatState.VOTED.value)
    answered = Counter(voted.values_list("jury__appeal", flat=True))
    return [
        Listed(
            appeal,
            words.APPEAL_STATES[appeal.state],
            appeal.closed is None and appeal.due < bench.now,
            answered[appeal.pk],
            appeal.jury.size if hasattr(appeal, "jury") else 0,
            steward and appeal.state == AppealState.BEFORE_STEWARDS and may_decide(bench, appeal),
            _lacking(bench, appeal) if is_stranded(appeal) else 0,
        )
        for appeal in appeals
    ]


def _lacking(bench: Bench, appeal: Appeal) -> int:
    size = procedures(bench.community).appeals.jury
    return max(1, size - len(eligible(appeal, bench.now)))


def stranded(bench: Bench) -> int:
    """How many appeals nobody can decide as things are."""
    waiting = Appeal.objects.filter(
        community=bench.community, state=AppealState.BEFORE_STEWARDS.value
    )
    return sum(map(is_stranded, waiting.select_related("case__event", "case__community")))
