"""What can be done with the public record: each function is one transaction."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from secrets import token_bytes
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import QuerySet

from comity.charter import Charter
from comity.ledger import SALT_SIZE, Entry, EntryKind, SigningKey, commit
from comity.server.intake.models import StoredDecision
from comity.server.members.models import Community
from comity.server.transparency import ledger
from comity.server.transparency.models import CharterVersion, LedgerEntry, Suspension


def charter_in_force(community: Community) -> CharterVersion | None:
    return CharterVersion.objects.filter(community=community).order_by("-pk").first()


def charter_by_hash(community: Community, sha256: str) -> Charter:
    """The charter that was in force under this hash; every decision names one."""
    version = CharterVersion.objects.filter(community=community, sha256=sha256).latest("pk")
    return _parse(version.source)


_parse = lru_cache(maxsize=8)(Charter.parse)


def entry_of(query: str) -> int | None:
    """Where in the ledger something stands: an index as it is, or the id of a decision."""
    if query.isdecimal() and query.isascii() and len(query) <= 18:
        entries = LedgerEntry.objects.filter(pk=int(query))
        return entries.values_list("pk", flat=True).first()
    return StoredDecision.objects.filter(pk=query).values_list("event_id", flat=True).first()


@transaction.atomic
def put_in_force(community: Community, charter: Charter, key: SigningKey, now: datetime) -> None:
    """Put a charter in force and enter it in the ledger; nothing happens if it is already."""
    open_ledger(community, key, now)
    before = charter_in_force(community)
    if before is not None and before.sha256 == charter.sha256:
        return
    CharterVersion.objects.create(
        community=community, sha256=charter.sha256, source=charter.source, in_force_from=now
    )
    enter(community, EntryKind.CHARTER, key, now, charter=charter.sha256)


@transaction.atomic
def open_ledger(community: Community, key: SigningKey, now: datetime) -> None:
    """Begin the ledger, if there is none, with the key that signs it."""
    if not ledger.head().note:
        enter(community, EntryKind.CHECKPOINT_KEY, key, now, key=str(key.verifier))


class Content(TypedDict, total=False):
    """What an entry can say beside its kind, time and community: see `Entry`."""

    commitments: Mapping[str, str]
    remedy: str | None
    account: str | None
    articles: tuple[str, ...]
    charter: str | None
    about: tuple[int, ...]
    key: str | None
    role: str | None


@transaction.atomic
def enter(
    community: Community,
    kind: EntryKind,
    signer: SigningKey,
    now: datetime,
    **content: Unpack[Content],
) -> int:
    """Append one entry and return its place. What is private goes in as commitments alone."""
    edge = ledger.head().frontier
    entry = Entry(index=edge.size, kind=kind, time=now, community=community.slug, **content)
    ledger.append(edge, [entry], signer, now)
    return edge.size


def suspensions(community: Community) -> QuerySet[Suspension]:
    """The articles of the charter in force that the breaker keeps from acting."""
    version = charter_in_force(community)
    suspended = Suspension.objects.filter(community=community, lifted=None).order_by("pk")
    return suspended.filter(charter=version.sha256) if version else suspended.none()


@transaction.atomic
def lift(suspension: Suspension, by: str, signer: SigningKey, now: datetime) -> None:
    """Let a suspended article act again, from the next event on, and enter it in the ledger."""
    if suspension.lifted is not None:
        return
    suspension.lifted, suspension.lifted_by = now, by
    suspension.salt = token_bytes(SALT_SIZE)
    suspension.save(update_fields=["lifted", "lifted_by", "salt"])
    enter(
        suspension.community,
        EntryKind.REINSTATEMENT,
        signer,
        now,
        articles=(suspension.article,),
        charter=suspension.charter,
        about=() if suspension.entry is None else (suspension.entry,),
        commitments={"by": commit(by.encode(), suspension.salt)},
    )
