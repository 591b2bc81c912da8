"""Filing an appeal and withdrawing it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from pydantic_core import to_json

from comity.ledger import SALT_SIZE, EntryKind, commit
from comity.server.intake.models import StoredDecision, StoredEvent
from comity.server.lifecycle import SYSTEM, StepRefused
from comity.server.review.appeals.court import Court, refuse
from comity.server.review.appeals.ending import dissolve
from comity.server.review.charters import procedures
from comity.server.review.lifecycles import APPEAL, CaseState
from comity.server.review.models import APPEAL_ENDED, Appeal, Case, CaseOrigin, OriginKind, Ruling
from comity.server.review.opening import TEXTS, Desk
from comity.server.review.parties import Member
from comity.server.review.services.effective import of_text, standing_ruling
from comity.server.review.statements.sources import of_stored_decision, of_stored_ruling
from comity.server.review.subject import Subject
from comity.statements import StatementOfReasons

MAX_WORDS: Final = 5_000

Challenged = StoredDecision | Ruling
"""What can be appealed against."""


@dataclass(frozen=True, slots=True)
class Position:
    """How an author stands to what was decided: the appeal that they filed, or whether they may.

    `until` is the last time to file one; None where there is nothing to appeal against.
    """

    appeal: Appeal | None
    until: datetime | None

    def may_file(self, now: datetime) -> bool:
        return self.appeal is None and self.until is not None and not is_over(self.until, now)


def position_of(subject: Challenged) -> Position:
    """Where the author of the post stands; what a person has ruled since counts in its place."""
    appeal = _appeal_on(subject)
    challenged = in_force(subject)
    statement = _statement(challenged)
    moot = isinstance(challenged, StoredDecision) and is_outdated(challenged.event)
    return Position(appeal, statement.objection_until if statement and not moot else None)


@transaction.atomic
def file(court: Court, member: Member, subject: Challenged, words: str) -> Appeal:
    """Challenge what was decided, as its author. `member` is who they were shown to be.

    Where a person has ruled already, it is that ruling, and a jury hears it; otherwise a reviewer
    looks first. Raises Mistake, with why it cannot be.
    """
    words = words.strip()
    _lock(subject)
    if member != author_of(subject):
        refuse("an appeal by another", _("Only the author of a post can appeal."))
    challenged = in_force(subject)
    statement = _statement(challenged)
    if statement is None:
        refuse("an appeal against nothing", _("Nothing restricts your post or your account."))
    if _appeal_on(subject) is not None:
        refuse("an appeal twice", _("You have appealed already. An appeal is heard once."))
    if is_over(statement.objection_until, court.now):
        day = formats.date_format(statement.objection_until.astimezone(UTC), "DATE_FORMAT")
        refuse("an appeal too late", _("The last day to appeal was %(day)s."), day=day)
    if not 0 < len(words) <= MAX_WORDS:
        refuse("words of an appeal", _("Say why, in 1 to %(most)s characters."), most=MAX_WORDS)
    return _filed(court, challenged, words)


@transaction.atomic
def withdraw(court: Court, member: Member, number: int) -> Appeal:
    """Take an appeal back, until it is decided. Raises Mistake, Appeal.DoesNotExist."""
    appeal = court.take(number)
    if member != (appeal.source, appeal.member):
        refuse("a withdrawal by another", _("Only who filed an appeal can withdraw it."))
    try:
        end(court, appeal, "member")
    except StepRefused:
        refuse("a withdrawal too late", _("This appeal is over already."))
    return appeal


def end(court: Court, appeal: Appeal, by: str) -> None:
    """Withdraw an appeal; `by` is "member", or nobody where the post is gone."""
    court.move(appeal, "withdraw", by)
    dissolve(court, appeal, by)
    court.enter(
        EntryKind.APPEAL,
        commitments={"withdrawal": commit(sealed(appeal), bytes(appeal.salt))},
        about=(appeal.entry,),
    )


def in_force(subject: Challenged) -> Challenged:
    """What holds: the ruling that a person has made on it since, if one has."""
    if isinstance(subject, Ruling):
        return standing_ruling(of_text(subject)) or subject
    return standing_ruling(Ruling.objects.filter(event=subject.event_id)) or subject


def author_of(subject: Challenged) -> tuple[str, str | None]:
    of = subject.case if isinstance(subject, Ruling) else subject.event
    return of.source, of.author


def is_over(until: datetime, now: datetime) -> bool:
    """Whether the last day has passed; that day itself still counts, as in the letter."""
    return now.astimezone(UTC).date() > until.astimezone(UTC).date()


def is_outdated(event: StoredEvent) -> bool:
    """Whether the post has another text by now: what is decided of that holds."""
    texts = StoredEvent.objects.filter(
        community=event.community_id, source=event.source, post=event.post, type__in=TEXTS
    )
    return texts.filter(pk__gt=event.pk).exists()


def sealed(appeal: Appeal) -> bytes:
    """What the ledger commits to: whose appeal it is, in their words."""
    return to_json(
        {
            "case": appeal.case_id,
            "source": appeal.source,
            "member": appeal.member,
            "words": appeal.words,
        }
    )


def _lock(subject: Challenged) -> None:
    """Let two forms that are sent at once wait for each other."""
    if isinstance(subject, Ruling):
        Ruling.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    else:
        StoredDecision.objects.select_for_update(of=("self",)).get(pk=subject.pk)


def _filed(court: Court, challenged: Challenged, words: str) -> Appeal:
    if isinstance(challenged, Ruling):
        ruling, decision, place = challenged, None, challenged.entry
    else:
        ruling, decision, place = None, challenged, challenged.ledger_index
    case = _case(court, challenged, words)
    if Appeal.objects.filter(case=case).exclude(state__in=APPEAL_ENDED).exists():
        refuse("an appeal twice", _("An appeal of yours about this post is being heard."))
    source, member = author_of(challenged)
    salt = token_bytes(SALT_SIZE)
    appeal = Appeal(
        community=court.community,
        case=case,
        decision=decision,
        ruling=ruling,
        source=source,
        member=member,
        words=words,
        filed=court.now,
        due=court.now + procedures(court.community).appeals.due,
        salt=salt,
    )
    appeal.entry = court.enter(
        EntryKind.APPEAL,
        commitments={"appeal": commit(sealed(appeal), salt)},
        articles=(case.article,) if case.article else (),
        charter=challenged.charter,
        about=(place,),
    )
    if case.state == CaseState.CLOSED:
        appeal.state = APPEAL.step(appeal.state, "pass_on", SYSTEM)
    appeal.save()
    return appeal


def _case(court: Court, challenged: Challenged, words: str) -> Case:
    """The case of what is challenged. What no person has looked at opens one, or joins it."""
    origin = CaseOrigin(kind=OriginKind.APPEAL, reason=words, time=court.now)
    if isinstance(challenged, Ruling):
        origin.case = challenged.case
        origin.save()
        return challenged.case
    event = challenged.event
    if is_outdated(event):
        refuse("an appeal outdated", _("You have edited the post since, so this holds no more."))
    origin.event = event
    post = (event.source, str(event.post))
    desk = Desk(court.community, procedures(court.community).review.due, {post}, court.now)
    case = desk.open(post, Subject.stored(event), origin)
    desk.weigh(case)
    desk.write()
    return case


def _statement(challenged: Challenged) -> StatementOfReasons | None:
    if isinstance(challenged, Ruling):
        return of_stored_ruling(challenged)
    return of_stored_decision(challenged)


def _appeal_on(subject: Challenged) -> Appeal | None:
    """The appeal against it, or against the ruling in its place."""
    challenged = in_force(subject)
    same = Q(ruling=challenged) if isinstance(challenged, Ruling) else Q(pk__in=[])
    if isinstance(subject, StoredDecision):
        same |= Q(decision=subject)
    return Appeal.objects.filter(same).select_related("case", "ruling").order_by("-pk").first()
