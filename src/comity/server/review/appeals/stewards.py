"""Deciding an appeal where no jury can: a steward who had no part in the case."""

from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comity.server.members.models import Person
from comity.server.members.permissions import GRANTS, Permission
from comity.server.review.appeals.court import Court, refuse
from comity.server.review.appeals.verdicts import reach
from comity.server.review.lifecycles import AppealState
from comity.server.review.models import Appeal, Case, Choice, Verdict
from comity.server.review.parties import parties_among
from comity.server.review.services.bench import Bench
from comity.server.review.services.effective import of_text

MAX_REASON: Final = 2_000


def hearers(case: Case) -> QuerySet[Person]:
    """The stewards who had no part in the case, so that they can decide an appeal in it."""
    able = Person.objects.filter(
        memberships__community=case.community,
        memberships__role__in=GRANTS[Permission.DECIDE_APPEALS].holders,
        is_active=True,
    )
    able = able.exclude(pk__in=parties_among(able, case)).exclude(recusals__case=case)
    return able.exclude(rulings__in=of_text(case)).distinct()


def may_decide(bench: Bench, appeal: Appeal) -> bool:
    """Whether the person had no part in the case."""
    return hearers(appeal.case).filter(pk=bench.person.pk).exists()


def is_stranded(appeal: Appeal) -> bool:
    """Whether the appeal waits for a steward, and there is none who could decide it."""
    return appeal.state == AppealState.BEFORE_STEWARDS and not hearers(appeal.case).exists()


@transaction.atomic
def decide(bench: Bench, number: int, outcome: Choice, reason: str) -> Verdict:
    """Decide an appeal that was referred. Raises Refused, Mistake, Appeal.DoesNotExist."""
    bench.require(Permission.DECIDE_APPEALS)
    court = Court(bench.community, bench.signer, bench.now)
    appeal, reason = court.take(number), reason.strip()
    if not may_decide(bench, appeal):
        refuse("an appeal of one's own", _("You had a part in this case, so others decide."))
    if not 0 < len(reason) <= MAX_REASON:
        refuse("reason of a verdict", _("Say why, in 1 to %(most)s characters."), most=MAX_REASON)
    if appeal.state != AppealState.BEFORE_STEWARDS:
        refuse("an appeal elsewhere", _("This appeal does not wait for a steward any more."))
    verdict = Verdict(appeal=appeal, steward=bench.person, outcome=outcome, reason=reason)
    return reach(court, verdict, "steward")
