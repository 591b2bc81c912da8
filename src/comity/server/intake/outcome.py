"""What comes of one new event, as the ledger has it and as the tables have it: `Outcome`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from comity.decisions import Decision
from comity.ledger import SALT_SIZE, Entry, EntryKind, commit
from comity.server.intake.measured import Measured

EVENT: Final = (
    "id",
    "community_id",
    "source",
    "event_id",
    "type",
    "time",
    "received",
    "author",
    "post",
    "thread",
    "body",
)
"""The columns of an event's row."""
DECISION: Final = (
    "id",
    "event_id",
    "remedy",
    "account",
    "articles",
    "body",
    "charter",
    "model",
    "time",
    "salts",
)
"""Those of its decision's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is to be written of one new event."""

    measured: Measured
    decision: Decision
    answer: bytes
    salts: bytes

    def entry(self, index: int, community: str, now: datetime) -> Entry:
        """What the ledger says of it: the remedy and why in clear, the rest as commitments."""
        decision = self.decision
        return Entry(
            index=index,
            kind=EntryKind.DECISION,
            time=now,
            community=community,
            commitments={
                "event": commit(self.measured.body.encode(), self.salts[:SALT_SIZE]),
                "decision": commit(self.answer, self.salts[SALT_SIZE:]),
            },
            remedy=decision.remedy.value,
            account=decision.account.value if decision.account else None,
            articles=tuple(finding.article for finding in decision.articles),
            charter=decision.charter,
            model=_model(decision) or None,
        )

    def rows(
        self, place: int, community: int, received: Any, time: Any
    ) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """The rows of an event and of its decision, in the order of EVENT and of DECISION."""
        event, decision = self.measured.event, self.decision
        author, post = event.data.author, event.data.post
        return (
            (
                place,
                community,
                event.source,
                event.id,
                event.type.value,
                time,
                received,
                author.id if author else None,
                post.id if post else None,
                post.thread if post else None,
                self.measured.body,
            ),
            (
                decision.id,
                place,
                decision.remedy.value,
                decision.account.value if decision.account else None,
                " ".join(finding.article for finding in (*decision.articles, *decision.trial)),
                self.answer.decode(),
                decision.charter,
                _model(decision),
                time,
                self.salts,
            ),
        )


def _model(decision: Decision) -> str:
    """The model by hash, as charters are named; empty where nothing was measured by one."""
    return f"sha256:{decision.model.sha256}" if decision.model else ""
