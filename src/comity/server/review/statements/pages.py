"""What the page of a statement shows: the letter, the post that it is about, what came since."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from comity.charter import Remedy
from comity.server.console.marks import Segment, segments
from comity.server.intake.feed import spans_of
from comity.server.intake.models import StoredDecision, StoredEvent
from comity.server.members.models import Community
from comity.server.review.lifecycles import SeatState
from comity.server.review.models import CaseOrigin, Choice, OriginKind, Ruling, Seat, Verdict
from comity.server.review.objecting import redress_of
from comity.server.review.services.effective import of_text, standing_ruling
from comity.server.review.statements import sources
from comity.server.review.statements.links import Kind, Link, path_of
from comity.statements import (
    Language,
    Letter,
    StatementOfReasons,
    tell,
    tell_lifted,
    tell_reporter,
    tell_verdict,
)
from comity.statements import Verdict as Told

_EXCERPT: Final = 1_200
"""Code points of the post: enough to know which it is."""

Subject = StoredDecision | Ruling | Verdict | CaseOrigin
"""What a letter is about."""


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A letter on its page. `remedy` is what follows for the post."""

    letter: Letter
    remedy: str
    decided: datetime
    entry: int
    """Where the decision stands in the ledger."""
    post: tuple[Segment, ...] = ()
    shortened: bool = False
    post_language: str | None = None
    later: str = ""
    """The path of what a person decided since."""

    @property
    def objecting(self) -> bool:
        """Whether the letter says how to object."""
        return any(section.name == "objecting" for section in self.letter.sections)


def subject_of(community: Community, link: Link) -> Subject | None:
    """What a link is about; None where it is gone, or erased."""
    found: Subject | None
    match link.kind:
        case Kind.DECISION:
            decisions = StoredDecision.objects.select_related("event__community")
            found = decisions.filter(pk=link.id, event__community=community).first()
            event = found.event if found else None
        case Kind.RULING:
            found = standing_ruling(_rulings(community).filter(pk=link.id))
            event = found.event if found else None
        case Kind.VERDICT:
            found = _verdicts(community).filter(pk=link.id).first()
            event = found.appeal.ruling.event if found and found.appeal.ruling else None
        case Kind.REPORT:
            reports = CaseOrigin.objects.filter(kind=OriginKind.REPORT, case__community=community)
            found = reports.select_related("case__event").filter(pk=link.id).first()
            event = found.case.event if found else None
    return None if event is not None and not event.body else found


def language_of(subject: Subject) -> str | None:
    """The language of the post, as far as it is known."""
    match subject:
        case StoredDecision():
            known: str | None = json.loads(subject.body)["signals"].get("language")
            return known
        case Verdict():
            return subject.appeal.case.language or None
        case _:
            return subject.case.language or None


def page_of(subject: Subject, language: Language, now: datetime) -> StatementPage | None:
    """The page about it at that time; None as long as there is nothing to tell."""
    match subject:
        case StoredDecision():
            return _decision_page(subject, language)
        case Ruling():
            return _ruling_page(subject, language)
        case Verdict():
            return _verdict_page(subject, language)
        case CaseOrigin():
            return _report_page(subject, language, now)


def _decision_page(stored: StoredDecision, language: Language) -> StatementPage | None:
    statement = sources.of_stored_decision(stored)
    if statement is None:
        return None
    since = standing_ruling(_rulings(stored.event.community).filter(event=stored.event))
    later = path_of_ruling(since) if since else ""
    return _of_statement(statement, stored.event, stored.ledger_index, language, later)


def _ruling_page(ruling: Ruling, language: Language) -> StatementPage:
    statement = sources.of_stored_ruling(ruling)
    if statement is not None:
        return _of_statement(statement, ruling.event, ruling.entry, language)
    letter = tell_lifted(
        sources.charter_of(ruling),
        sources.occasion_of(ruling),
        language,
        by_reviewer=ruling.reason,
    )
    return StatementPage(letter, ruling.remedy, ruling.time, ruling.entry, **_post(ruling.event))


def _verdict_page(verdict: Verdict, language: Language) -> StatementPage | None:
    ruling = verdict.appeal.ruling
    if ruling is None:
        return None
    charter = sources.charter_of(ruling)
    seats = Seat.objects.filter(jury__appeal=verdict.appeal_id, state=SeatState.VOTED.value)
    # By lot, not by time, so that nobody can tell who was quick.
    reasons = [verdict.reason, *seats.order_by("lot").values_list("reason", flat=True)]
    told = Told(
        stands=verdict.outcome == Choice.UPHOLD,
        article=sources.article_of(charter, ruling.article),
        uphold=verdict.uphold,
        overturn=verdict.overturn,
        reasons=tuple(reason for reason in reasons if reason),
    )
    name = sources.reference(Kind.VERDICT, verdict.pk)
    letter = tell_verdict(charter, sources.occasion_of(ruling, name, verdict), told, language)
    return StatementPage(letter, verdict.remedy, verdict.time, verdict.entry, **_post(ruling.event))


def _report_page(report: CaseOrigin, language: Language, now: datetime) -> StatementPage | None:
    ruling = standing_ruling(of_text(report.case))
    if ruling is None:
        return None
    verdict = _verdicts(report.case.community).filter(appeal__ruling=ruling).last()
    came, redress = verdict or ruling, redress_of(report, now)
    charter = sources.charter_of(ruling)
    letter = tell_reporter(
        charter,
        sources.occasion_of(ruling, sources.reference(Kind.REPORT, report.pk), verdict),
        report.time,
        Remedy(came.remedy),
        sources.article_of(charter, ruling.article),
        language,
        objection_until=redress.until,
        final=redress.heard,
    )
    return StatementPage(letter, came.remedy, came.time, came.entry)


def _of_statement(
    statement: StatementOfReasons,
    event: StoredEvent | None,
    entry: int,
    language: Language,
    later: str = "",
) -> StatementPage:
    return StatementPage(
        letter=tell(statement, language),
        remedy=statement.remedy.value,
        decided=statement.occasion.decided,
        entry=entry,
        later=later,
        **_post(event),
    )


def _post(event: StoredEvent | None) -> dict[str, Any]:
    """The beginning of the post, with what was marked in it."""
    if event is None or not event.body:
        return {}
    text = json.loads(event.body)["data"]["post"]["text"]
    decision = sources.decision_of(event)
    return {
        "post": tuple(segments(text[:_EXCERPT], spans_of(decision))),
        "shortened": len(text) > _EXCERPT,
        "post_language": decision["signals"].get("language"),
    }


def path_of_decision(stored: StoredDecision) -> str:
    """Where the author of the post can read the reasons; empty where they owe none."""
    statement = sources.of_stored_decision(stored)
    return path_of(Kind.DECISION, stored.pk, statement.objection_until) if statement else ""


def path_of_ruling(ruling: Ruling) -> str:
    """Where the author of the post can read what was decided."""
    return path_of(Kind.RULING, ruling.pk, _until(ruling))


def _until(ruling: Ruling) -> datetime:
    return ruling.time + sources.charter_of(ruling).procedures.appeals.window


def path_of_verdict(verdict: Verdict) -> str:
    """Where the author of the post can read what their appeal came to."""
    ruling = verdict.appeal.ruling
    assert ruling is not None  # noqa: S101  a verdict is on a ruling
    window = sources.charter_of(ruling).procedures.appeals.window
    return path_of(Kind.VERDICT, verdict.pk, verdict.time + window)


def _verdicts(community: Community) -> QuerySet[Verdict]:
    verdicts = Verdict.objects.filter(appeal__community=community).order_by("pk")
    return verdicts.select_related(
        "appeal__case__community", "appeal__ruling__case", "appeal__ruling__event__decision"
    )


def _rulings(community: Community) -> QuerySet[Ruling]:
    rulings = Ruling.objects.filter(case__community=community)
    return rulings.select_related("case__community", "event__decision")
