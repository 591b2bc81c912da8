"""What a member's own page is made of: sections, each of what one room knows about its reader.

The noun is `Section`. A room adds one by naming it in `SECTIONS`; nothing of it may be about, or
shown to, anyone but the reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Q

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.intake import feed
from comity.server.intake.models import StoredDecision
from comity.server.members.identities import identities_of
from comity.server.members.models import Community, Person
from comity.server.review import me as review
from comity.server.review.statements.pages import path_of_decision

_LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class Section:
    """A template, and what it is rendered with as `section`."""

    template: str
    read: Callable[[Person, Community], Any]


def acted_on(person: Person, community: Community) -> list[feed.Row]:
    """The reader's newest posts that were not simply let stand."""
    own = Q()
    for source, member in identities_of(person, community):
        own |= Q(event__source=source, event__author=member)
    if not own:
        return []
    decisions = feed.decisions_of(community).filter(own)
    touched = decisions.exclude(remedy="allow", account=None)[:_LISTED]
    rows = feed.rows(touched, runtime.current().charter, readers_language())
    holding = review.holding([stored.event_id for stored in touched])
    return [
        replace(row, letter=path_of_decision(stored), by_now=holding.get(stored.event_id, ""))
        for row, stored in zip(rows, touched, strict=True)
    ]


def is_about(decision: StoredDecision, person: Person, community: Community) -> bool:
    """Whether the decision is on a post of this person's own."""
    event = decision.event
    return (event.source, event.author) in identities_of(person, community)


SECTIONS: Final[Sequence[Section]] = (
    Section("review/me/seats.html", review.seats),
    Section("review/me/appeals.html", review.appeals),
    Section("review/me/standing.html", review.standings),
    Section("members/me/acted_on.html", acted_on),
    Section("review/me/reports.html", review.reports),
    Section("review/me/serving.html", review.serving),
)


def page(person: Person, community: Community) -> list[tuple[str, Any]]:
    """Each section's template and content, in the order of the page."""
    return [(section.template, section.read(person, community)) for section in SECTIONS]
