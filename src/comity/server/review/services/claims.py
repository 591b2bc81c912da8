"""Taking a case, leaving it, giving it to someone."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comity.server.members.mistake import Mistake
from comity.server.members.models import Person
from comity.server.members.permissions import GRANTS, Permission
from comity.server.review.charters import procedures
from comity.server.review.lifecycles import CASE, CaseState
from comity.server.review.models import Case, Recusal
from comity.server.review.parties import parties_among
from comity.server.review.services.bench import Bench, check_free, check_open, keep_out


@transaction.atomic
def claim(bench: Bench, number: int) -> Case:
    """Have the case to oneself for a while. Claimed again, the time begins anew."""
    bench.require(Permission.RULE_ON_CASES)
    case = bench.take(number)
    keep_out(bench, case)
    check_free(bench, case)
    case.claimed_by = bench.person
    case.claimed_until = bench.now + procedures(bench.community).review.claim
    case.save(update_fields=["claimed_by", "claimed_until"])
    return case


@transaction.atomic
def release(bench: Bench, number: int) -> Case:
    """Give a claimed case back; nothing happens if it is not one's own."""
    bench.require(Permission.RULE_ON_CASES)
    case = bench.take(number)
    if case.claimed_by == bench.person:
        _let_go(case)
    return case


@transaction.atomic
def assign(bench: Bench, number: int, to: Person | None) -> Case:
    """Say who is to decide a case; None: whoever comes. Others may still be quicker."""
    bench.require(Permission.MANAGE_QUEUES)
    case = bench.take(number)
    check_open(case)
    if to is not None and to not in reviewers_for(case):
        raise Mistake(
            _("%(name)s cannot decide this case: they are party to it, left it, or do not review."),
            name=to,
        )
    case.assigned_to = to
    case.save(update_fields=["assigned_to"])
    return case


def reviewers_for(case: Case) -> QuerySet[Person]:
    """Who may decide the case as it stands, by name: neither party to it nor gone from it."""
    asked = {actor for way in CASE.ways(case.state) for actor in way.by}
    roles = [role for role in GRANTS[Permission.RULE_ON_CASES].holders if role.value in asked]
    able = Person.objects.filter(
        memberships__community=case.community, memberships__role__in=roles, is_active=True
    )
    able = able.exclude(pk__in=parties_among(able, case)).exclude(recusals__case=case)
    if case.state == CaseState.SECOND_REVIEW:
        able = able.exclude(rulings__case=case)
    return able.distinct().order_by("display_name", "pk")


@transaction.atomic
def recuse(bench: Bench, number: int, reason: str = "") -> Recusal:
    """Leave a case to others for good: it is not shown to the person any more."""
    bench.require(Permission.RULE_ON_CASES)
    case = bench.take(number)
    if case.claimed_by == bench.person:
        _let_go(case)
    if case.assigned_to == bench.person:
        case.assigned_to = None
        case.save(update_fields=["assigned_to"])
    recusal, _new = Recusal.objects.get_or_create(
        case=case, person=bench.person, defaults={"reason": reason[:500], "time": bench.now}
    )
    return recusal


def _let_go(case: Case) -> None:
    case.claimed_by = case.claimed_until = None
    case.save(update_fields=["claimed_by", "claimed_until"])
