"""What the page of a case shows, made from the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from comity.server.console import words
from comity.server.intake.pages import DecisionPage, decision_page
from comity.server.members.models import Person
from comity.server.review.charters import charter_of, in_force
from comity.server.review.lifecycles import CaseState
from comity.server.review.models import (
    Case,
    CaseOrigin,
    Choice,
    OriginKind,
    Ruling,
    RulingKind,
    Strike,
    Verdict,
)
from comity.server.review.pictures import addresses
from comity.server.review.services.rulings import alike_to
from comity.server.review.services.strikes import standing_of

_LISTED: Final = 20
WITHIN: Final = timedelta(days=7)

STEPS: Final[Mapping[str, words.Words]] = {
    OriginKind.DECISION: _("The charter asked for a person to look"),
    OriginKind.REPORT: _("Reported by a member"),
    OriginKind.SUGGESTION: _("Someone thinks that the scores are wrong"),
    OriginKind.BREAKER: _("The breaker suspended an article at this post"),
    OriginKind.APPEAL: _("Appealed"),
    OriginKind.OBJECTION: _("Who reported it objects to what was decided"),
}


SAID: Final[Mapping[str, words.Words]] = {
    RulingKind.UPHOLD: _("Upheld"),
    RulingKind.CHANGE: _("Changed"),
    RulingKind.LIFT: _("Lifted"),
}


FOUND: Final[Mapping[str, words.Words]] = {
    Choice.UPHOLD: _("The ruling stands, on appeal"),
    Choice.OVERTURN: _("Overturned on appeal"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened in a case."""

    time: datetime
    what: words.Words
    by: str = ""
    remedy: str = ""
    article: str = ""
    text: str = ""
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """What there is to know of who wrote the post."""

    standing: int
    strikes: tuple[Strike, ...]
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    case: Case
    decision: DecisionPage | None
    text: str
    """Of what has no decision: what a suggestion brought."""
    pictures: tuple[str, ...]
    """Addresses of pictures and files."""
    reports: tuple[CaseOrigin, ...]
    author: Author | None
    steps: tuple[Step, ...]
    blind: bool
    alike: tuple[tuple[str, int], ...]


def case_page(case: Case, person: Person, now: datetime) -> CasePage:
    """All that a reviewer sees. Who gives a second look does not see the first ruling."""
    blind = case.state == CaseState.SECOND_REVIEW
    origins = list(case.origins.select_related("suggestion").order_by("pk")[:_LISTED])
    rulings = [] if blind else list(case.rulings.select_related("reviewer").order_by("pk"))
    verdicts = [] if blind else list(Verdict.objects.filter(appeal__case=case).order_by("pk"))
    steps = [
        *(_origin(origin) for origin in origins),
        *(_ruled(ruling) for ruling in rulings),
        *(_reached(verdict) for verdict in verdicts),
    ]
    alike = [
        (name, Case.objects.filter(alike_to(case, name, WITHIN)).count())
        for name in ("words", "domain", "author")
    ]
    return CasePage(
        case=case,
        decision=_decision(case),
        text=next((o.suggestion.text for o in origins if o.suggestion), ""),
        pictures=addresses(case),
        reports=tuple(o for o in origins if o.kind == OriginKind.REPORT),
        author=_author(case, now),
        steps=tuple(sorted(steps, key=lambda step: step.time)),
        blind=blind,
        alike=tuple((name, count) for name, count in alike if count > 1),
    )


def _decision(case: Case) -> DecisionPage | None:
    if case.event is None:
        return None
    now = in_force(case.community)
    return decision_page(case.event.decision, charter_of(case), now.sha256)


def _author(case: Case, now: datetime) -> Author | None:
    if case.author is None:
        return None
    strikes = Strike.objects.filter(
        community=case.community, source=case.source, member=case.author
    )
    rulings = Ruling.objects.filter(
        case__community=case.community, case__source=case.source, case__author=case.author
    )
    return Author(
        standing_of(case.community, case.source, case.author, now),
        tuple(strikes.order_by("-pk")[:_LISTED]),
        tuple(rulings.exclude(case=case).order_by("-pk")[:_LISTED]),
    )


def _origin(origin: CaseOrigin) -> Step:
    article = origin.article if origin.kind == OriginKind.BREAKER else ""
    words = origin.reason if origin.kind in (OriginKind.APPEAL, OriginKind.OBJECTION) else ""
    who = origin.reporter or ""
    return Step(origin.time, STEPS[origin.kind], who, article=article, text=words)


def _ruled(ruling: Ruling) -> Step:
    return Step(
        ruling.time,
        SAID[ruling.kind],
        ruling.reviewer.display_name,
        ruling.remedy,
        ruling.article,
        ruling.reason,
        ruling.remedy_state or "",
        ruling.remedy_note,
    )


def _reached(verdict: Verdict) -> Step:
    return Step(
        verdict.time,
        FOUND[verdict.outcome],
        remedy=verdict.remedy,
        text=verdict.reason,
        state=verdict.remedy_state or "",
        note=verdict.remedy_note,
    )
