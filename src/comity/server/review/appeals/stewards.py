"""Deciding an appeal where no jury can: a steward who had no part in the case."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comity.server.members.permissions import Permission
from comity.server.review.appeals.court import Court, refuse
from comity.server.review.appeals.verdicts import reach
from comity.server.review.lifecycles import AppealState
from comity.server.review.models import Appeal, Choice, Verdict
from comity.server.review.parties import is_party
from comity.server.review.services.bench import Bench

MAX_REASON: Final = 2_000


def may_decide(bench: Bench, appeal: Appeal) -> bool:
    """Whether the person had no part in the case."""
    case = appeal.case
    return not (
        is_party(bench.person, case)
        or case.rulings.filter(reviewer=bench.person).exists()
        or case.recusals.filter(person=bench.person).exists()
    )


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
