"""From the tables to statements: what was decided, of what, by whom.

The verbs are `of_stored_decision` and `of_stored_ruling`; None stands for what restricts nothing.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.utils.crypto import salted_hmac

from comity.charter import AccountRemedy, Article, Charter, Remedy
from comity.decisions import Evidence
from comity.server.intake.models import StoredDecision, StoredEvent
from comity.server.members.models import Community
from comity.server.review.models import OriginKind, Ruling, Verdict
from comity.server.review.statements.links import Kind
from comity.server.transparency.services import charter_by_hash
from comity.statements import (
    Content,
    Decider,
    Occasion,
    StatementOfReasons,
    of_decision,
    of_ruling,
    restricts,
)


def reference(kind: Kind, subject: str | int) -> str:
    """The name of a statement: stands for one, and tells only us which."""
    return (
        "s-"
        + salted_hmac(
            "comity reference", f"{kind.value}.{subject}", algorithm="sha256"
        ).hexdigest()[:32]
    )


def of_stored_decision(stored: StoredDecision) -> StatementOfReasons | None:
    """The statement of what software decided. The event comes along with `select_related`."""
    decision = json.loads(stored.body)
    account = AccountRemedy(decision["account"]) if decision.get("account") else None
    if not restricts(Remedy(decision["remedy"]), account):
        return None
    event = stored.event
    charter = _charter(event.community, stored.charter)
    occasion = _occasion(
        reference(Kind.DECISION, stored.pk), event, event.received, decision, Decider.SOFTWARE
    )
    return of_decision(decision, charter, occasion)


def of_stored_ruling(ruling: Ruling) -> StatementOfReasons | None:
    """The statement of what a reviewer decided."""
    remedy = Remedy(ruling.remedy)
    account = AccountRemedy(ruling.account) if ruling.account else None
    article = _article(ruling)
    if not restricts(remedy, account) or article is None:
        return None
    decision = decision_of(ruling.event)
    return of_ruling(
        charter_of(ruling),
        occasion_of(ruling),
        remedy,
        account,
        [article],
        facts=_facts(decision),
        post_lasts=ruling.duration if remedy in (Remedy.LABEL, Remedy.LIMIT) else None,
        account_lasts=ruling.account_duration,
        words=ruling.reason,
    )


def occasion_of(ruling: Ruling, name: str = "", verdict: Verdict | None = None) -> Occasion:
    """When and how a ruling came about, or the verdict on it; `name` is the reference, unless it is
    the ruling's."""
    decision = decision_of(ruling.event)
    return _occasion(
        name or reference(Kind.RULING, ruling.pk),
        ruling.event,
        verdict.time if verdict else ruling.time,
        decision,
        Decider.JURY if verdict and verdict.steward_id is None else Decider.REVIEWER,
        detected=bool(decision.get("articles")),
        reported=ruling.case.origins.filter(kind=OriginKind.REPORT).exists(),
        opened=ruling.case.opened,
    )


def charter_of(ruling: Ruling) -> Charter:
    return _charter(ruling.case.community, ruling.charter)


_charter: Final = lru_cache(maxsize=8)(charter_by_hash)


def decision_of(event: StoredEvent | None) -> dict[str, Any]:
    """What software had decided of an event, as JSON; empty where there is none."""
    decision: dict[str, Any] = json.loads(event.decision.body) if event else {}
    return decision


def article_of(charter: Charter, name: str) -> Article | None:
    return next((article for article in charter.articles if article.id == name), None)


def since(community: Community, begin: datetime | None) -> Iterator[StatementOfReasons]:
    """All statements of a community from `begin` on: software's first, then people's.

    A ruling that leaves a restriction as it was is no new one.
    """
    decisions = StoredDecision.objects.filter(event__community=community)
    rulings = Ruling.objects.filter(case__community=community, effective=True)
    if begin is not None:
        decisions, rulings = (
            decisions.filter(event__received__gte=begin),
            rulings.filter(time__gte=begin),
        )
    nothing = [Remedy.ALLOW.value, Remedy.NUDGE.value]
    acting = decisions.exclude(remedy__in=nothing, account=None).order_by("event_id")
    for stored in acting.select_related("event__community").iterator(500):
        if statement := of_stored_decision(stored):
            yield statement
    whole = rulings.select_related("case__community", "event__decision").order_by("pk")
    for ruling in whole.iterator(500):
        changed = ruling.remedy != ruling.before or ruling.account
        if changed and (statement := of_stored_ruling(ruling)):
            yield statement


def _occasion(
    name: str,
    event: StoredEvent | None,
    decided: datetime,
    decision: dict[str, Any],
    decider: Decider,
    *,
    detected: bool = True,
    reported: bool = False,
    opened: datetime | None = None,
) -> Occasion:
    body = json.loads(event.body) if event and event.body else {}
    post = body.get("data", {}).get("post") or {}
    return Occasion(
        reference=name,
        posted=event.time if event else opened or decided,
        decided=decided,
        language=decision.get("signals", {}).get("language"),
        content=Content.of(post.get("text", ""), post.get("media", ())),
        detected=detected,
        reported=reported,
        decider=decider,
    )


def _article(ruling: Ruling) -> Article | None:
    return article_of(charter_of(ruling), ruling.article)


def _facts(decision: dict[str, Any]) -> dict[str, tuple[Evidence, ...]]:
    return {
        found["id"]: tuple(Evidence.from_json(because) for because in found["because"])
        for found in decision.get("articles", ())
    }
