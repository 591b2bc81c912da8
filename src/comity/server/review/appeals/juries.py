"""Drawing a jury, and putting others in the place of who does not serve."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_bytes
from typing import Final

from django.db import transaction
from pydantic_core import to_json

from comity.juries import DrawRecord
from comity.ledger import SALT_SIZE, Checkpoint, EntryKind, commit
from comity.server.intake.webhooks import tell
from comity.server.lifecycle import SYSTEM
from comity.server.members.models import Person
from comity.server.review.appeals.court import Court
from comity.server.review.appeals.verdicts import refer
from comity.server.review.appeals.volunteers import eligible
from comity.server.review.charters import procedures
from comity.server.review.lifecycles import JUROR_SUMMONED, AppealState
from comity.server.review.models import Appeal, Jury, Seat
from comity.server.transparency import ledger

_NO_GROUPS: Final[Mapping[int, str]] = {}


@transaction.atomic
def draw_jury(court: Court, appeal: Appeal, groups: Mapping[int, str] = _NO_GROUPS) -> Jury | None:
    """Draw the jury of an appeal that a person has ruled on. The jurors' platforms are told.

    `groups` are the opinion groups of people, by their numbers, where the community has such. None
    where too few may serve: stewards decide then, unless enough become willing before they have.
    """
    appeal = court.take(appeal.pk)
    if appeal.state not in (AppealState.CALLED, AppealState.BEFORE_STEWARDS):
        return None
    may = eligible(appeal, court.now)
    size = procedures(court.community).appeals.jury
    if len(may) < size:
        if appeal.state == AppealState.CALLED:
            refer(court, appeal)
        return None
    jury = Jury(
        appeal=appeal,
        size=size,
        members=sorted(may),
        groups={lot: groups[person.pk] for lot, person in may.items() if person.pk in groups},
        drawn=court.now,
        salt=token_bytes(SALT_SIZE),
    )
    # The members are settled before the root is known that they are drawn by.
    jury.entry = court.enter(
        EntryKind.JURY,
        commitments={"members": commit(sealed(jury), bytes(jury.salt))},
        about=(appeal.entry,),
    )
    jury.checkpoint = ledger.head().note
    jury.save()
    appeal.due = max(appeal.due, court.now + procedures(court.community).appeals.answer)
    court.move(appeal, "convene", SYSTEM)
    for lot in record_of(jury).redraw().jurors:
        _summon(court, jury, lot, may[lot])
    return jury


def record_of(jury: Jury) -> DrawRecord:
    """What anyone needs to draw the jury again: lots, not names."""
    checkpoint = Checkpoint.read(jury.checkpoint)
    return DrawRecord(
        case=str(jury.appeal.case_id),
        checkpoint_size=checkpoint.size,
        root=checkpoint.root,
        size=jury.size,
        members=tuple(jury.members),
        groups=jury.groups,
        excluded=frozenset(),
        replaced=tuple(jury.replaced),
        jurors=(),
    )


def replace(court: Court, seat: Seat) -> Seat | None:
    """Give the seat to the next by lot who still may serve; None where nobody is left.

    For use within the transaction in which the juror leaves it.
    """
    jury = seat.jury
    may = eligible(jury.appeal, court.now)
    drawn, leaving = record_of(jury).redraw(), seat.lot
    successor = None
    while successor is None and drawn.reserve:
        before = set(drawn.jurors)
        drawn = drawn.replace(leaving)
        jury.replaced.append(leaving)
        [leaving] = set(drawn.jurors) - before
        if leaving in may:
            successor = _summon(court, jury, leaving, may[leaving])
    jury.save(update_fields=["replaced"])
    court.enter(
        EntryKind.JURY,
        commitments={"draw": commit(published(jury), bytes(jury.salt))},
        about=(jury.entry,),
    )
    return successor


def sealed(jury: Jury) -> bytes:
    """What the ledger commits to before the draw: who can be drawn, and how many are."""
    return to_json(
        {
            "case": str(jury.appeal.case_id),
            "size": jury.size,
            "members": jury.members,
            "groups": dict(sorted(jury.groups.items())),
        }
    )


def published(jury: Jury) -> bytes:
    """The record of the draw as a file, for `comity jury verify`."""
    record = record_of(jury)
    return record.with_jurors(record.redraw()).encode()


def path_of(seat: Seat) -> str:
    """Where a juror hears the appeal and votes."""
    return f"/juries/{seat.pk}"


def _summon(court: Court, jury: Jury, lot: str, person: Person) -> Seat:
    seat = Seat.objects.create(
        jury=jury,
        person=person,
        lot=lot,
        summoned=court.now,
        answer_by=_answer_by(court),
    )
    known = person.identities.filter(community=court.community).order_by("pk")
    told = {
        "seat": str(seat.pk),
        "page": path_of(seat),
        "members": [{"source": each.source, "member": each.member} for each in known],
        "answer_by": f"{seat.answer_by:%Y-%m-%dT%H:%M:%SZ}",
    }
    tell(court.community, JUROR_SUMMONED, {seat.message: told}, court.now)
    return seat


def _answer_by(court: Court) -> datetime:
    return court.now + procedures(court.community).appeals.answer
