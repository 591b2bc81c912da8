"""From the tables to what is measured: cases as matters, decisions and rulings as restrictions."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from comity.charter import AccountRemedy, Remedy
from comity.measures import Matter, Outcome, Restriction
from comity.server.intake.models import StoredDecision
from comity.server.members.models import Community
from comity.server.review.lifecycles import SeatState
from comity.server.review.models import (
    Appeal,
    Case,
    Choice,
    OriginKind,
    Ruling,
    RulingKind,
    Verdict,
)
from comity.statements import restricts

_OUTCOMES: Final = {
    RulingKind.UPHOLD.value: Outcome.UPHELD,
    RulingKind.CHANGE.value: Outcome.CHANGED,
    RulingKind.LIFT.value: Outcome.LIFTED,
}
_BLIND: Final = frozenset({"rule_and_check", "agree", "differ"})
"""Rulings of two people who did not know each other's."""
_CHECKING: Final = frozenset({"agree", "differ"})
"""What a second reviewer says by themselves, whatever it comes to."""
_AT_ONCE: Final = 500


def matters(cases: QuerySet[Case]) -> list[Matter]:
    """The cases as matters, in no order."""
    whole = cases.prefetch_related(
        "rulings", "origins", "appeals__verdict", "appeals__jury__seats"
    ).select_related("event__decision")
    return [_matter(case) for case in whole.iterator(_AT_ONCE)]


def cases_of(community: Community, since: datetime) -> QuerySet[Case]:
    """What was opened since then, or is still open, or was closed since."""
    return Case.objects.filter(
        Q(opened__gte=since) | Q(closed=None) | Q(closed__gte=since), community=community
    )


def decided_in(community: Community, begin: datetime, end: datetime) -> QuerySet[Case]:
    """The cases that people first ruled on between the two times."""
    ruled = Case.objects.filter(
        community=community, rulings__time__gte=begin, rulings__time__lt=end
    )
    earlier = Ruling.objects.filter(case__community=community, time__lt=begin)
    return ruled.exclude(pk__in=earlier.values("case")).distinct()


def heard_in(community: Community, begin: datetime, end: datetime) -> QuerySet[Case]:
    """The cases with a verdict between the two times."""
    found = Verdict.objects.filter(time__gte=begin, time__lt=end)
    return Case.objects.filter(community=community, pk__in=found.values("appeal__case"))


def restrictions(community: Community, begin: datetime, end: datetime) -> Iterator[Restriction]:
    """What was restricted between the two times: by software, and anew by people."""
    nothing = [Remedy.ALLOW.value, Remedy.NUDGE.value]
    decisions = StoredDecision.objects.filter(
        event__community=community, event__received__gte=begin, event__received__lt=end
    ).exclude(remedy__in=nothing, account=None)
    for body in decisions.values_list("body", flat=True).iterator(_AT_ONCE):
        decision = json.loads(body)
        if _restricting(decision["remedy"], decision.get("account")):
            yield Restriction(
                remedy=_shown(decision["remedy"]),
                article=_foremost(decision),
                account=decision.get("account") or "",
                language=decision["signals"].get("language"),
            )
    made = Ruling.objects.filter(case__community=community, time__gte=begin, time__lt=end)
    rulings = made.filter(effective=True)
    for ruling in rulings.select_related("case", "event__decision").iterator(_AT_ONCE):
        anew = ruling.remedy != ruling.before or ruling.account
        if anew and _restricting(ruling.remedy, ruling.account):
            found = _decision(ruling.event.decision if ruling.event else None).get("articles")
            yield Restriction(
                remedy=_shown(ruling.remedy),
                article=ruling.article,
                account=ruling.account or "",
                language=ruling.case.language or None,
                found_by="software" if found else "report",
                decider="reviewer",
            )


def _matter(case: Case) -> Matter:
    rulings = sorted(case.rulings.all(), key=lambda ruling: ruling.pk)
    effective = [ruling for ruling in rulings if ruling.transition not in _CHECKING]
    found = _decision(case.event.decision if case.event else None).get("articles", [])
    articles = tuple(
        each["id"] for each in found if _restricting(each["remedy"], each.get("account"))
    )
    ruling = _outcome(effective[-1], articles) if effective else None
    heard = [appeal for appeal in case.appeals.all() if hasattr(appeal, "verdict")]
    return Matter(
        opened=case.opened,
        articles=articles,
        language=case.language or None,
        due=case.due,
        looked=case.first_look,
        decided=rulings[0].time if rulings else None,
        ruling=ruling,
        appealed=any(origin.kind == OriginKind.APPEAL for origin in case.origins.all()),
        verdict=_found(heard[-1].verdict.outcome, ruling) if heard else None,
        votes=tuple(_votes(heard[-1], ruling)) if heard else (),
        opinions=tuple(_outcome(r, articles) for r in rulings if r.transition in _BLIND),
    )


def _found(choice: str, ruling: Outcome | None) -> Outcome:
    """What a jury or a juror says of the articles: what the ruling said, or that none applied."""
    return ruling if ruling and choice == Choice.UPHOLD else Outcome.LIFTED


def _votes(appeal: Appeal, ruling: Outcome | None) -> Iterator[Outcome]:
    if hasattr(appeal, "jury"):
        for seat in appeal.jury.seats.all():
            if seat.state == SeatState.VOTED:
                yield _found(seat.choice, ruling)


def _outcome(ruling: Ruling, articles: tuple[str, ...]) -> Outcome:
    """What a ruling says of the articles that software applied."""
    outcome = _OUTCOMES[ruling.kind]
    # Another article holds in its place, so those that software named did not.
    if outcome is Outcome.CHANGED and articles and ruling.article not in articles:
        return Outcome.LIFTED
    return outcome


def _restricting(remedy: str, account: str | None) -> bool:
    return restricts(Remedy(remedy), AccountRemedy(account) if account else None)


def _shown(remedy: str) -> str:
    """The remedy of a post; empty where only the account is restricted."""
    return remedy if Remedy(remedy) >= Remedy.LABEL else ""


def _foremost(decision: dict[str, Any]) -> str:
    """The article that goes furthest, so that each restriction counts once."""
    name: str = max(decision["articles"], key=lambda found: Remedy(found["remedy"]).rank)["id"]
    return name


def _decision(stored: StoredDecision | None) -> dict[str, Any]:
    decision: dict[str, Any] = json.loads(stored.body) if stored else {}
    return decision
