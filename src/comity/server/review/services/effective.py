"""Which of the rulings in a case holds."""

from typing import Final

from django.db.models import QuerySet

from comity.server.review.models import Ruling

EFFECTIVE: Final = frozenset({"rule", "rule_and_check", "settle"})
"""The steps that change what holds; a second look by itself does not."""


def standing_ruling(rulings: QuerySet[Ruling]) -> Ruling | None:
    """The last word of the reviewers, among these rulings; None where none has been said."""
    effective = rulings.filter(transition__in=EFFECTIVE)
    whole = effective.select_related("case__community", "event__decision", "event__community")
    return whole.order_by("-pk").first()
