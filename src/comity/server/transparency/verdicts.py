"""Verdicts as they are published: what was found, under which article, by how many. No words, no
names: what people wrote is for the parties alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from comity.ledger import Checkpoint
from comity.server.console.words import Localised, in_language
from comity.server.members.models import Community
from comity.server.review.answer import find
from comity.server.review.models import Choice, Jury, Verdict
from comity.server.transparency.services import charter_by_hash

LISTED: Final = 50
"""Verdicts on a page."""


@dataclass(frozen=True, slots=True)
class Published:
    """A verdict. `article` is that of the ruling, as it was agreed then."""

    number: int
    reached: datetime
    filed: datetime
    stands: bool
    by_jury: bool
    uphold: int
    overturn: int
    article: Localised | None
    before: str
    remedy: str
    entry: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """How the jury was drawn: what anyone needs to draw it again, but for the record itself."""

    size: int
    members: int
    replaced: int
    entry: int
    salt: str
    checkpoint: int


def listed(community: Community, language: str, before: int | None) -> list[Published]:
    """The latest verdicts, those numbered below `before`."""
    found = _verdicts(community)
    if before is not None:
        found = found.filter(pk__lt=before)
    return [_published(verdict, language) for verdict in found.order_by("-pk")[:LISTED]]


def one(community: Community, number: int, language: str) -> tuple[Published, Drawn | None] | None:
    """A verdict, and how its jury was drawn if it had one."""
    verdict = _verdicts(community).filter(pk=number).first()
    if verdict is None:
        return None
    jury = jury_of(community, number)
    return _published(verdict, language), _drawn(jury) if jury else None


def jury_of(community: Community, number: int) -> Jury | None:
    """The jury that reached a verdict. One that still sits is not told of."""
    juries = Jury.objects.filter(
        appeal__community=community, appeal__verdict=number, appeal__verdict__steward=None
    )
    return juries.select_related("appeal").first()


def _verdicts(community: Community) -> QuerySet[Verdict]:
    found = Verdict.objects.filter(appeal__community=community)
    return found.select_related("appeal__community", "appeal__ruling")


def _published(verdict: Verdict, language: str) -> Published:
    return Published(
        number=verdict.pk,
        reached=verdict.time,
        filed=verdict.appeal.filed,
        stands=verdict.outcome == Choice.UPHOLD,
        by_jury=verdict.steward_id is None,
        uphold=verdict.uphold,
        overturn=verdict.overturn,
        article=_article(verdict, language),
        before=verdict.before,
        remedy=verdict.remedy,
        entry=verdict.entry,
    )


def _article(verdict: Verdict, language: str) -> Localised | None:
    ruling = verdict.appeal.ruling
    if ruling is None:
        return None
    charter = charter_by_hash(verdict.appeal.community, ruling.charter)
    article = find(charter, ruling.article)
    return in_language(article.title, language) if article else None


def _drawn(jury: Jury) -> Drawn:
    return Drawn(
        size=jury.size,
        members=len(jury.members),
        replaced=len(jury.replaced),
        entry=jury.entry,
        salt=bytes(jury.salt).hex(),
        checkpoint=Checkpoint.read(jury.checkpoint).size,
    )
