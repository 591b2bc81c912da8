"""Forgetting a member here: their cases without post and words, their reports without a name."""

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

from comity.server.intake.models import Delivery
from comity.server.members.models import Community
from comity.server.review.lifecycles import CaseState
from comity.server.review.models import ENDED, Case, CaseOrigin, Ruling, Strike


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
    CaseOrigin.objects.filter(pk__in=list(filed.values_list("pk", flat=True))).update(
        reporter=None, reason=""
    )
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
