"""What a case says of a post: who wrote it, what it says, and what was decided of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.charter import Remedy
from comity.decisions import Decision
from comity.event import Event
from comity.server.intake.models import StoredEvent
from comity.server.review import campaigns
from comity.server.review.models import Case
from comity.server.review.severity import hardness


@dataclass(frozen=True, slots=True)
class Subject:
    """A post as it stands after one event; `event` is that event's place in the ledger."""

    event: int | None
    author: str | None
    thread: str | None
    text: str
    links: tuple[str, ...]
    remedy: str
    article: str
    signals: Mapping[str, Any]

    @classmethod
    def told(cls, place: int, event: Event, decision: Decision) -> "Subject":
        """From what is being recorded."""
        post, author, findings = event.data.post, event.data.author, decision.articles
        return cls(
            event=place,
            author=author.id if author else None,
            thread=post.thread if post else None,
            text=post.text if post else "",
            links=post.links if post else (),
            remedy=decision.remedy.value,
            article=max(findings, key=lambda f: f.remedy.rank).article if findings else "",
            signals=decision.signals,
        )

    @classmethod
    def stored(cls, event: StoredEvent) -> "Subject":
        """From what was recorded; the text is gone if its author was erased."""
        decision = json.loads(event.decision.body)
        post = json.loads(event.body)["data"]["post"] if event.body else {}
        findings = decision["articles"]
        return cls(
            event=event.pk,
            author=event.author,
            thread=event.thread,
            text=post.get("text", ""),
            links=tuple(post.get("links", ())),
            remedy=decision["remedy"],
            article=max(findings, key=lambda f: Remedy(f["remedy"]).rank)["id"] if findings else "",
            signals=decision["signals"],
        )

    def describe(self, case: Case) -> None:
        """Write into the case what is known of its post."""
        case.event_id, case.author, case.thread = self.event, self.author, self.thread
        case.remedy, case.article = self.remedy, self.article
        case.language = self.signals.get("language") or ""
        case.score = hardness(self.signals)
        case.campaign = campaigns.digest(self.text)
        case.domain = campaigns.first_host(self.text, self.links)
