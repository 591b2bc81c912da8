"""What the author of a post is shown of their appeal, and whether they can file one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from comity.server.console.words import Words
from comity.server.review.appeals.filing import MAX_WORDS, Challenged, in_force, position_of
from comity.server.review.appeals.stewards import is_stranded
from comity.server.review.lifecycles import APPEAL, AppealState
from comity.server.review.models import Appeal, Ruling
from comity.server.review.statements.pages import path_of_ruling, path_of_verdict

STATES: Final[Mapping[str, Words]] = {
    AppealState.IN_REVIEW: _(
        "A reviewer looks at it first. What they uphold goes on to a jury of members; you need not "
        "ask again."
    ),
    AppealState.CALLED: _("A jury of members is being drawn by lot."),
    AppealState.BEFORE_JURY: _("A jury of members, drawn by lot, is hearing it."),
    AppealState.BEFORE_STEWARDS: _(
        "Too few members could serve on a jury, so a steward decides who had no part in the case."
    ),
    AppealState.GRANTED: _("It was granted: nothing restricts your post any more."),
    AppealState.REJECTED: _("It was heard, and the decision stands."),
    AppealState.WITHDRAWN: _("It was withdrawn."),
}

STRANDED: Final = _(
    "Too few members could serve on a jury, and every steward had a part in the case. The stewards "
    "see that somebody has to be found who can decide."
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an appeal has come. `due` is the day by which it will be decided, None once it is.

    `outcome` is the path of the letter that tells what it came to.
    """

    number: int
    words: str
    state: str
    told: Words
    filed: datetime
    due: datetime | None
    late: bool
    stranded: bool
    """Whether nobody is there yet who can decide it."""
    outcome: str

    @classmethod
    def of(cls, appeal: Appeal, now: datetime) -> "Progress":
        pending, stranded = appeal.state not in APPEAL.finals, is_stranded(appeal)
        return cls(
            number=appeal.pk,
            words=appeal.words,
            state=appeal.state,
            told=STRANDED if stranded else STATES[appeal.state],
            filed=appeal.filed,
            due=appeal.due if pending else None,
            late=pending and appeal.due < now,
            stranded=stranded,
            outcome=_outcome(appeal),
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """On the page of a statement: the appeal, or a form for one.

    `elsewhere` is the path of the ruling that came since, where one appeals now.
    """

    progress: Progress | None
    may_file: bool
    elsewhere: str
    most: int = MAX_WORDS


def panel(subject: Challenged, now: datetime) -> Panel:
    position, challenged = position_of(subject), in_force(subject)
    moved = challenged if isinstance(challenged, Ruling) and challenged != subject else None
    may_file = position.may_file(now)
    return Panel(
        progress=Progress.of(position.appeal, now) if position.appeal else None,
        may_file=may_file and moved is None,
        elsewhere=path_of_ruling(moved) if may_file and moved else "",
    )


def _outcome(appeal: Appeal) -> str:
    if hasattr(appeal, "verdict"):
        return path_of_verdict(appeal.verdict)
    if appeal.state == AppealState.GRANTED and appeal.ruling:
        return path_of_ruling(appeal.ruling)
    return ""
