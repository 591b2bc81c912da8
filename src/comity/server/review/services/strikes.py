"""Strikes: given with a ruling, taken back when it falls, worked off by learning."""

from datetime import datetime

from django.db import transaction

from comity.charter import Remedy
from comity.charter.procedures import Strikes
from comity.server.intake.webhooks import tell
from comity.server.members.models import Community
from comity.server.review.charters import procedures
from comity.server.review.lifecycles import STRIKE, STRIKE_LIFTED, StrikeState
from comity.server.review.models import Ruling, Strike
from comity.server.review.standing import Count, Rest, reached, standing


def standing_of(community: Community, source: str, member: str, now: datetime) -> int:
    """The sum of what counts against a member of a platform."""
    return standing(_counts(community, source, member), now)


def account_of(community: Community, source: str, member: str, now: datetime) -> str | None:
    """What a member's account has come to by all that counts against them; None if to nothing."""
    left = standing_of(community, source, member, now)
    rest = reached(procedures(community).strikes.ladder, 0, left)
    return rest.account.value if rest else None


def issue(ruling: Ruling, rules: Strikes, now: datetime) -> Rest | None:
    """Give the strike that a ruling weighs, and return what the account has come to by it.

    For use within the ruling's transaction. Gives none where the author is unknown or the remedy
    weighs nothing.
    """
    case, weight = ruling.case, rules.weights.get(Remedy(ruling.remedy), 0)
    if case.author is None or weight == 0:
        return None
    before = standing_of(case.community, case.source, case.author, now)
    Strike.objects.create(
        community=case.community,
        source=case.source,
        member=case.author,
        ruling=ruling,
        article=ruling.article,
        weight=weight,
        issued=now,
        expires=now + rules.expire,
    )
    return reached(rules.ladder, before, before + weight)


@transaction.atomic
def lift(strike: Strike, by: str, now: datetime) -> None:
    """Take a strike back because its ruling fell; `by` is "steward" or "juror".

    Nothing happens to one that does not count any more. The platform is told.
    """
    _end(strike, "lift", by, now)


def lift_of(ruling: Ruling, by: str, now: datetime) -> None:
    """Take back the strike of a ruling that fell, if it had one."""
    for strike in Strike.objects.filter(ruling=ruling):
        lift(strike, by, now)


@transaction.atomic
def redeem(strike: Strike, now: datetime) -> None:
    """End a strike because the member has learnt what it was about. The platform is told."""
    _end(strike, "redeem", "member", now)


def _end(strike: Strike, transition: str, by: str, now: datetime) -> None:
    if strike.state != StrikeState.COUNTING:
        return
    strike.state = STRIKE.step(strike.state, transition, by)
    strike.ended = now
    strike.save(update_fields=["state", "ended"])
    if strike.member is None:
        return
    whose = (strike.community, strike.source, strike.member, now)
    told = {
        "strike": str(strike.pk),
        "ruling": str(strike.ruling_id),
        "source": strike.source,
        "member": strike.member,
        "article": strike.article,
        "why": transition,
        "standing": standing_of(*whose),
        "account": account_of(*whose),
    }
    tell(strike.community, STRIKE_LIFTED, {f"strike-{strike.pk}-{transition}": told}, now)


def _counts(community: Community, source: str, member: str) -> list[Count]:
    strikes = Strike.objects.filter(community=community, source=source, member=member)
    rows = strikes.values_list("weight", "issued", "expires", "state")
    return [Count(*row) for row in rows]
