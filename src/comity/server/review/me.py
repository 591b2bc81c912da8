"""What a member's own page shows of this room: seats on juries, appeals, standing, reports,
serving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from comity.charter import Charter
from comity.charter.procedures import Ladder
from comity.server import runtime
from comity.server.console import words
from comity.server.members.identities import identities_of
from comity.server.members.models import Community, Person
from comity.server.members.permissions import Permission, may
from comity.server.review.answer import find
from comity.server.review.appeals import appeals_of, seats_of, volunteering
from comity.server.review.appeals.stewards import is_stranded
from comity.server.review.lifecycles import SeatState, StrikeState
from comity.server.review.models import Appeal, Case, Seat, Strike
from comity.server.review.reporting import OwnReport, reports_of
from comity.server.review.services.strikes import standing_of
from comity.server.review.statements.pages import (
    path_of_decision,
    path_of_ruling,
    path_of_verdict,
)


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """A seat that the reader holds or held; `open` while their answer is awaited."""

    seat: Seat
    state: words.Words
    open: bool


@dataclass(frozen=True, slots=True)
class OwnAppeal:
    """An appeal of the reader's; `letter` is where they read what was decided last."""

    appeal: Appeal
    state: words.Words
    open: bool
    letter: str


@dataclass(frozen=True, slots=True)
class Serving:
    """In which languages the reader is willing to serve on juries, of those that there are."""

    willing: bool
    languages: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class OwnStrike:
    """What counts against the reader, and what they can learn so that it does not."""

    article: words.Localised
    weight: int
    expires: datetime
    lesson: str
    """The lesson that lifts it; empty where there is none."""


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """How the reader stands on one platform, and from which sums on something follows."""

    source: str
    sum: int
    strikes: tuple[OwnStrike, ...]
    ladder: Ladder
    mute_for: str
    suspend_for: str


def holding(events: Sequence[int]) -> dict[int, str]:
    """What holds by now for the posts of these events, where a person decided otherwise."""
    decided = Case.objects.filter(event__in=events, rulings__isnull=False).distinct()
    found = decided.values_list("event__pk", "remedy", "event__decision__remedy")
    return {event: now for event, now, before in found if event is not None and now != before}


def seats(person: Person, community: Community) -> list[OwnSeat]:
    return [
        OwnSeat(seat, words.SEAT_STATES[seat.state], seat.state == SeatState.SUMMONED)
        for seat in seats_of(person, community)
    ]


def appeals(person: Person, community: Community) -> list[OwnAppeal]:
    return [
        OwnAppeal(
            appeal,
            words.STRANDED if is_stranded(appeal) else words.APPEAL_STATES[appeal.state],
            appeal.closed is None,
            _letter(appeal),
        )
        for appeal in appeals_of(person, community)
    ]


def reports(person: Person, community: Community) -> list[OwnReport] | None:
    """None for who cannot report anything here."""
    if not may(person, community, Permission.FILE_REPORTS):
        return None
    return reports_of(person, community)


def serving(person: Person, community: Community) -> Serving | None:
    """None for who cannot be drawn at all."""
    if not may(person, community, Permission.SERVE_ON_JURIES):
        return None
    found = volunteering(person, community)
    chosen = set(found.languages) if found else {words.readers_language()}
    tags = dict.fromkeys(
        [*runtime.current().charter.languages, *sorted(found.languages if found else ())]
    )
    return Serving(found is not None, tuple((tag, tag in chosen) for tag in tags))


def standings(person: Person, community: Community) -> list[OwnStanding]:
    """One for each platform on which something counts against the reader."""
    now = timezone.now()
    found = [
        _standing(community, source, member, now)
        for source, member in sorted(identities_of(person, community))
    ]
    return [standing for standing in found if standing.strikes]


def _standing(community: Community, source: str, member: str, now: datetime) -> OwnStanding:
    charter, language = runtime.current().charter, words.readers_language()
    ladder = charter.procedures.strikes.ladder
    counting = Strike.objects.filter(
        community=community, source=source, member=member, state=StrikeState.COUNTING.value
    )
    return OwnStanding(
        source,
        standing_of(community, source, member, now),
        tuple(
            _strike(strike, charter, language)
            for strike in counting.filter(expires__gt=now).order_by("expires")
        ),
        ladder,
        words.duration(ladder.mute.duration),
        words.duration(ladder.suspend.duration),
    )


def _strike(strike: Strike, charter: Charter, language: str) -> OwnStrike:
    article = find(charter, strike.article)
    title = {"und": strike.article} if article is None else article.title
    lesson = article.lesson or "" if article else ""
    return OwnStrike(words.in_language(title, language), strike.weight, strike.expires, lesson)


def _letter(appeal: Appeal) -> str:
    if hasattr(appeal, "verdict"):
        return path_of_verdict(appeal.verdict)
    if appeal.ruling:
        return path_of_ruling(appeal.ruling)
    return path_of_decision(appeal.decision) if appeal.decision else ""
