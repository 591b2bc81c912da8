"""Reporters who do not agree with what became of their report: the verb is `object_to`.

A decision not to act is one that they can object to (DSA, art. 20). Somebody who has not ruled on
the text looks at it again, where there is such a person, and that is the last word: each text is
looked at again for reporters once, so that no crowd can wear reviewers out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pydantic_core import to_json

from comity.charter import Remedy
from comity.ledger import SALT_SIZE, EntryKind, commit
from comity.server.review.appeals.court import Court, refuse
from comity.server.review.appeals.filing import MAX_WORDS, is_outdated, is_over
from comity.server.review.charters import procedures
from comity.server.review.decided import Decided, is_appealed, is_heard
from comity.server.review.models import (
    ENDED,
    Case,
    CaseOrigin,
    Objection,
    OriginKind,
    Recusal,
    Ruling,
)
from comity.server.review.opening import Desk
from comity.server.review.services.claims import reviewers_for
from comity.server.review.services.effective import of_text, standing_ruling
from comity.server.review.subject import Subject

OBJECTIONS_A_DAY: Final = 5
"""Objections that one member can file in a day."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Redress:
    """What is left to say for who reported a post, once people have decided on it.

    `until` is the last time to object, None where one cannot; `heard`: the last word is said.
    """

    until: datetime | None = None
    heard: bool = False


def redress_of(report: CaseOrigin, now: datetime) -> Redress:
    """Whether the reporter can object to what holds for the post, and until when."""
    ruling = standing_ruling(of_text(report.case))
    if ruling is None or ruling.event is None or is_outdated(ruling.event):
        return Redress()
    newest = Case.objects.filter(event=ruling.event).latest("pk")
    if is_heard(newest):
        return Redress(heard=newest.state in ENDED)
    until = max(report.time, ruling.time) + procedures(newest.community).appeals.window
    open_still = newest.state not in ENDED or is_appealed(newest)
    gone = newest.remedy == Remedy.REMOVE.value
    return Redress() if open_still or gone or is_over(until, now) else Redress(until)


@transaction.atomic
def object_to(court: Court, report: CaseOrigin, words: str) -> Objection:
    """Have what became of a report looked at again. Raises Mistake, with why it cannot be."""
    words = words.strip()
    Case.objects.select_for_update(of=("self",)).get(pk=report.case_id)
    ruling = standing_ruling(of_text(report.case))
    if ruling is None or redress_of(report, court.now).until is None:
        refuse("an objection in vain", _("This cannot be objected to, or not any more."))
    if not 0 < len(words) <= MAX_WORDS:
        refuse("words of an objection", _("Say why, in 1 to %(most)s characters."), most=MAX_WORDS)
    if _filed_today(report, court.now) >= OBJECTIONS_A_DAY:
        refuse("too many objections", _("You have objected often today. Go on tomorrow."))
    origin = CaseOrigin(kind=OriginKind.OBJECTION, reporter=report.reporter, reason=words)
    _look_again(court, ruling, origin)
    salt = token_bytes(SALT_SIZE)
    made = Objection(report=report, origin=origin, salt=salt)
    made.entry = court.enter(
        EntryKind.APPEAL,
        commitments={"objection": commit(sealed(made), salt)},
        charter=ruling.charter,
        about=(ruling.entry,),
    )
    made.save()
    return made


def sealed(made: Objection) -> bytes:
    """What the ledger commits to: who objects to what, in their words."""
    origin = made.origin
    return to_json({"case": origin.case_id, "member": origin.reporter, "words": origin.reason})


def _filed_today(report: CaseOrigin, now: datetime) -> int:
    filed = CaseOrigin.objects.filter(kind=OriginKind.OBJECTION, reporter=report.reporter)
    return filed.filter(case__source=report.case.source, time__gt=now - _DAY).count()


def _look_again(court: Court, ruling: Ruling, origin: CaseOrigin) -> None:
    """Open a case on the text as it stands, for others than those who have ruled on it."""
    event = ruling.event
    assert event is not None  # noqa: S101  what has no event has no reporter
    post = (event.source, str(event.post))
    subject = Subject.stored(event)
    due = procedures(court.community).appeals.due
    desk = Desk(court.community, due, {post}, court.now)
    case = desk.open(post, Decided.of([subject]).now(subject), origin)
    case.reports += 1
    desk.weigh(case)
    desk.write()
    ruled = set(of_text(ruling).values_list("reviewer", flat=True))
    if reviewers_for(case).exclude(pk__in=ruled).exists():
        Recusal.objects.bulk_create(
            Recusal(case=case, person_id=person, time=court.now) for person in ruled
        )
