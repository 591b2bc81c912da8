"""Forgetting a member here: their cases and appeals without post and words, their reports without a
name, their votes without reasons."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from pydantic_core import from_json, to_json

from comity.server.intake.models import Delivery
from comity.server.members.models import Community, Person
from comity.server.review.lifecycles import AppealState, CaseState, JuryState, SeatState
from comity.server.review.models import (
    APPEAL_ENDED,
    ENDED,
    Appeal,
    Case,
    CaseOrigin,
    Jury,
    Objection,
    Ruling,
    Seat,
    Strike,
    Verdict,
    Volunteer,
)


def forget(community: Community, member: str, source: str | None) -> None:
    """Take a member out of every case, inside the transaction that erases their events.

    What stays is that there was a case, what was ruled, and when.
    """
    here = Q(community=community) if source is None else Q(community=community, source=source)
    cases = Case.objects.filter(here, author=member)
    own = list(cases.values_list("pk", flat=True))
    cases.exclude(state__in=ENDED).update(state=CaseState.WITHDRAWN, version=F("version") + 1)
    Case.objects.filter(pk__in=own).update(
        post=Concat(Value("erased-"), Cast("pk", CharField())),
        author=None,
        thread=None,
        campaign="",
        domain="",
        claimed_by=None,
    )
    CaseOrigin.objects.filter(case__in=own).update(reason="")
    filed = CaseOrigin.objects.filter(reporter=member, case__community=community)
    if source is not None:
        filed = filed.filter(case__source=source)
    named = list(filed.values_list("pk", flat=True))
    _forget_reporter(member, Case.objects.filter(origins__in=named), named)
    CaseOrigin.objects.filter(pk__in=named).update(reporter=None, reason="")
    Objection.objects.filter(origin__in=named).update(salt=b"")
    rulings = Ruling.objects.filter(case__in=own)
    strikes = Strike.objects.filter(here, member=member)
    messages = [f"ruling-{pk}" for pk in rulings.values_list("pk", flat=True)]
    messages += [
        f"strike-{pk}-{way}"
        for pk in strikes.values_list("pk", flat=True)
        for way in ("lift", "redeem")
    ]
    Delivery.objects.filter(message__in=messages).delete()
    rulings.update(reason="", salt=b"")
    strikes.update(member=None)
    _forget_appeals(Appeal.objects.filter(case__in=own))


def _forget_reporter(member: str, cases: QuerySet[Case], reports: Collection[int]) -> None:
    """Take who reported something out of the messages that still lie in the outbox."""
    told = [f"ruling-{pk}" for pk in cases.values_list("rulings", flat=True)]
    told += [f"verdict-{pk}" for pk in cases.values_list("appeals__verdict", flat=True)]
    Delivery.objects.filter(message__in=[f"report-{pk}" for pk in reports]).delete()
    naming = list(Delivery.objects.filter(message__in=told))
    for delivery in naming:
        body = from_json(delivery.body)
        letters = body["data"]["reports"]
        body["data"]["reports"] = [letter for letter in letters if letter["by"] != member]
        delivery.body = to_json(body).decode()
    Delivery.objects.bulk_update(naming, ["body"], batch_size=100)


def forget_juror(person: Person, now: datetime) -> None:
    """Take someone off the list of the willing, and the words out of their votes.

    Another is drawn at once for a seat that awaits their vote. The votes they cast stay.
    """
    Volunteer.objects.filter(person=person).delete()
    seats = Seat.objects.filter(person=person)
    seats.filter(state=SeatState.SUMMONED.value).update(answer_by=now)
    messages = [f"summons-{pk}" for pk in seats.values_list("pk", flat=True)]
    Delivery.objects.filter(message__in=messages).delete()
    seats.update(reason="", salt=b"")


def _forget_appeals(appeals: QuerySet[Appeal]) -> None:
    """End the member's appeals, without their words, and what jurors wrote of their post."""
    verdicts = Verdict.objects.filter(appeal__in=appeals)
    messages = [f"verdict-{pk}" for pk in verdicts.values_list("pk", flat=True)]
    Delivery.objects.filter(message__in=messages).delete()
    verdicts.update(reason="", salt=b"")
    seats = Seat.objects.filter(jury__appeal__in=appeals)
    seats.update(reason="", salt=b"")
    seats.filter(state=SeatState.SUMMONED.value).update(state=SeatState.DISCHARGED.value)
    juries = Jury.objects.filter(appeal__in=appeals, state=JuryState.SITTING.value)
    juries.update(state=JuryState.DISSOLVED.value)
    appeals.update(member=None, words="", salt=b"")
    appeals.exclude(state__in=APPEAL_ENDED).update(state=AppealState.WITHDRAWN.value)
