"""What people have decided of a text already: what holds for it, and whether that is the end of it.

The noun is `Decided`. A report that comes later is about what holds by now, not about what
software said in the beginning.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from comity.charter import Remedy
from comity.server.review.lifecycles import CaseState
from comity.server.review.models import APPEAL_ENDED, Case, CaseOrigin, OriginKind
from comity.server.review.subject import Subject


@dataclass(frozen=True, slots=True)
class Decided:
    """The closed cases on some texts, the newest of each text last."""

    cases: tuple[Case, ...] = ()

    @classmethod
    def of(cls, subjects: Iterable[Subject]) -> Self:
        """What people have decided of these; nothing of texts that came in since."""
        events = {subject.event for subject in subjects if subject.event is not None}
        closed = Case.objects.filter(event__in=events, state=CaseState.CLOSED.value)
        return cls(tuple(closed.order_by("pk")) if events else ())

    @property
    def newest(self) -> Mapping[int, Case]:
        """By the event that brought the text."""
        return {case.event_id: case for case in self.cases if case.event_id is not None}

    def case_on(self, subject: Subject) -> Case | None:
        return None if subject.event is None else self.newest.get(subject.event)

    def now(self, subject: Subject) -> Subject:
        """The subject with the remedy and the article that hold for it by now."""
        case = self.case_on(subject)
        return replace(subject, remedy=case.remedy, article=case.article) if case else subject


def is_appealed(case: Case) -> bool:
    """Whether an appeal on the case waits to be decided."""
    return case.appeals.exclude(state__in=APPEAL_ENDED).exists()


def is_heard(case: Case) -> bool:
    """Whether the last word has been said: by members who heard an appeal, or by whoever looked
    again because a reporter objected."""
    again = CaseOrigin.objects.filter(kind=OriginKind.OBJECTION, case__event=case.event_id)
    return case.appeals.filter(verdict__isnull=False).exists() or again.exists()


def is_final(case: Case) -> bool:
    """Whether a report brings the text before reviewers no more: the post is gone as it is, or the
    last word has been said on it, or will be."""
    return case.remedy == Remedy.REMOVE.value or is_heard(case) or is_appealed(case)
