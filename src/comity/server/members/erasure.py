"""Forgetting a member: what they wrote, their ids, and the salts that tie the ledger to both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from pydantic_core import from_json, to_json

from comity.ledger import EntryKind, SigningKey
from comity.server.database import leaving_no_trace
from comity.server.intake.models import Delivery, StoredDecision, StoredEvent
from comity.server.members.account import forget_ways_in
from comity.server.members.models import Community, MemberIdentity, Person, Role
from comity.server.review import erasure as review
from comity.server.transparency.services import enter


@dataclass(frozen=True, slots=True)
class Erased:
    """How many events of the member's own, of others that held their words or id, and accounts."""

    events: int
    mentions: int
    people: int


def erase_member(
    community: Community, author: str, source: str | None, signer: SigningKey, now: datetime
) -> Erased:
    """Erase all that is stored of a member, and enter in the ledger that it was done.

    What stays of their posts is that something was decided, by which articles and when. Entries of
    the ledger stay as they are: without salt and text nobody can tell what they commit to.
    """
    with leaving_no_trace(), transaction.atomic():
        stored = StoredEvent.objects.filter(community=community)
        if source is not None:
            stored = stored.filter(source=source)
        own = _erase_own(stored.filter(author=author))
        mentions = _erase_mentions(stored, author)
        known = community.identities.filter(member=author)
        if source is not None:
            known = known.filter(source=source)
        people = _forget_people(known, now)
        review.forget(community, author, source)
        if own or mentions or people:
            enter(community, EntryKind.ERASURE, signer, now)
    return Erased(own, mentions, people)


def _erase_own(events: QuerySet[StoredEvent]) -> int:
    decisions = list(StoredDecision.objects.filter(event__in=events))
    Delivery.objects.filter(message__in=[decision.pk for decision in decisions]).delete()
    for decision in decisions:
        decision.body, decision.salts = _bare(decision), b""
    StoredDecision.objects.bulk_update(decisions, ["body", "salts"], batch_size=200)
    places = [decision.event_id for decision in decisions]
    erased = [
        # The place in the ledger is a name that says nothing, and is unique like the old one.
        StoredEvent(pk=place, event_id=f"erased-{place}", body="")
        for place in places
    ]
    for event in erased:
        event.author = event.post = event.thread = None
    StoredEvent.objects.bulk_update(
        erased, ["event_id", "author", "post", "thread", "body"], batch_size=200
    )
    return len(erased)


def _forget_people(known: QuerySet[MemberIdentity], now: datetime) -> int:
    """Take the member's sign-in away; who has a role in the community stays as that alone."""
    people = list(Person.objects.filter(identities__in=known).distinct())
    known.delete()
    for person in people:
        review.forget_juror(person, now)
        if person.identities.exists() or person.memberships.exclude(role=Role.MEMBER).exists():
            continue
        # The row stays for what other rooms say of it: a juror voted, whoever it was.
        person.username, person.display_name = f"erased-{person.pk}", "–"
        person.is_active = False
        person.save()
        forget_ways_in(person)
        person.role_changes.update(salt=b"")
        person.memberships.all().delete()
        person.sign_in_links.all().delete()
    return len(people)


def _erase_mentions(events: QuerySet[StoredEvent], author: str) -> int:
    """Take the member's words and id out of replies to them and of reports."""
    quoted = to_json(author).decode()
    maybe = events.filter(
        Q(body__contains=f'"author":{quoted}') | Q(body__contains=f'"by":{quoted}')
    )
    changed: list[StoredEvent] = []
    for event in maybe.iterator():
        body = from_json(event.body)
        if _forget(body["data"], author):
            event.body = to_json(body).decode()
            changed.append(event)
    StoredEvent.objects.bulk_update(changed, ["body"], batch_size=200)
    # The event is no longer what was committed to, so its salt can only do harm.
    StoredDecision.objects.filter(event__in=[event.pk for event in changed]).update(salts=b"")
    return len(changed)


def _forget(data: dict[str, Any], author: str) -> bool:
    parent, report = data.get("parent"), data.get("report")
    found = False
    if parent and parent.get("author") == author:
        data["parent"] = {"id": parent["id"], "text": ""}
        found = True
    if report and report["by"] == author:
        data["report"] = {"by": "erased", "reason": ""}
        found = True
    return found


def _bare(decision: StoredDecision) -> str:
    """A decision without anything about the post or its author."""
    body = from_json(decision.body)
    bare = {
        **body,
        "event": f"erased-{decision.event_id}",
        "articles": [{**finding, "because": []} for finding in body["articles"]],
        "trial": [{**finding, "because": []} for finding in body["trial"]],
        "signals": {},
    }
    return to_json(bare).decode()
