"""A person's own appeals, and the seats that they hold."""

from typing import Final

from django.db.models import Q

from comity.server.members.identities import identities_of
from comity.server.members.models import Community, Person
from comity.server.review.lifecycles import SeatState
from comity.server.review.models import Appeal, Seat

_LISTED: Final = 50


def appeals_of(person: Person, community: Community) -> list[Appeal]:
    """The appeals that the person has filed, the newest first."""
    own = Q(pk__in=[])
    for source, member in identities_of(person, community):
        own |= Q(source=source, member=member)
    found = Appeal.objects.filter(own, community=community)
    whole = found.select_related("case__event", "ruling", "decision", "verdict")
    return list(whole.order_by("-pk")[:_LISTED])


def seats_of(person: Person, community: Community) -> list[Seat]:
    """The seats that the person holds or held, those that wait for an answer first."""
    seats = Seat.objects.filter(person=person, jury__appeal__community=community)
    whole = list(seats.select_related("jury__appeal__verdict").order_by("-pk")[:_LISTED])
    return sorted(whole, key=lambda seat: seat.state != SeatState.SUMMONED)


def is_called(person: Person, community: Community) -> bool:
    """Whether a jury awaits the person's vote."""
    seats = Seat.objects.filter(person=person, jury__appeal__community=community)
    return seats.filter(state=SeatState.SUMMONED.value).exists()
