"""Which of the rulings on a text holds."""

from django.db.models import QuerySet

from comity.server.review.models import Case, Ruling


def of_text(subject: Case | Ruling) -> QuerySet[Ruling]:
    """All rulings on the text of a case, or on that of a ruling; earlier cases on it count too."""
    if subject.event_id is not None:
        return Ruling.objects.filter(event=subject.event_id)
    case = subject.case_id if isinstance(subject, Ruling) else subject.pk
    return Ruling.objects.filter(case=case)


def standing_ruling(rulings: QuerySet[Ruling]) -> Ruling | None:
    """The last word of the reviewers, among these rulings; None where none has been said.

    What a second reviewer says by themselves changes nothing, nor does saying the same again.
    """
    effective = rulings.filter(effective=True)
    whole = effective.select_related("case__community", "event__decision", "event__community")
    return whole.order_by("-pk").first()
