"""The letters that tell reporters what became of it, and what they can answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from comity.server.review.appeals.filing import MAX_WORDS
from comity.server.review.models import ENDED, Case, CaseOrigin, Objection, OriginKind
from comity.server.review.objecting import redress_of
from comity.server.review.statements.links import Kind, path_of

_TOLD: Final = 500
"""Reporters that one message names."""
_FILED: Final = (OriginKind.REPORT.value, OriginKind.OBJECTION.value)


def letters_to_reporters(case: Case, until: datetime) -> list[dict[str, Any]]:
    """Who reported the post or objected, and where they read the outcome until that day.

    Whoever objects reads it under the link of their report.
    """
    filed = case.origins.filter(kind__in=_FILED, reporter__isnull=False).order_by("pk")
    found = filed.values_list("reporter", "objecting__report", "pk")
    return [
        {"by": by, "statement": path_of(Kind.REPORT, report or origin, until)}
        for by, report, origin in found[:_TOLD]
    ]


@dataclass(frozen=True, slots=True)
class Answer:
    """On the page of a report's outcome: what its reporter has objected, or a form for it.

    `due` is the day by which somebody will have looked again, None once they have.
    """

    may_object: bool
    words: str = ""
    filed: datetime | None = None
    due: datetime | None = None
    most: int = MAX_WORDS


def answer_to(report: CaseOrigin, now: datetime) -> Answer:
    made = Objection.objects.filter(report=report).select_related("origin__case").first()
    if made is None:
        return Answer(may_object=redress_of(report, now).until is not None)
    origin = made.origin
    waits = origin.case.state not in ENDED
    return Answer(False, origin.reason, origin.time, origin.case.due if waits else None)
