"""What the charter says of one event, and every reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from comity.charter.remedy import AccountRemedy, Remedy
from comity.signals.signal import ModelRef, Value


@dataclass(frozen=True, slots=True)
class Evidence:
    """A signal that made an article apply; spans in code points of the post, end exclusive."""

    signal: str
    value: Value
    spans: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        because: dict[str, Any] = {"signal": self.signal, "value": self.value}
        if self.spans:
            because["spans"] = [list(span) for span in self.spans]
        return because

    @classmethod
    def from_json(cls, because: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        value = because["value"]
        return cls(
            because["signal"],
            tuple(value) if isinstance(value, list) else value,
            tuple((begin, end) for begin, end in because.get("spans", ())),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """An article that applies to the event, what follows from it and why."""

    article: str
    remedy: Remedy
    account: AccountRemedy | None
    duration: timedelta | None
    because: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        finding: dict[str, Any] = {"id": self.article, "remedy": self.remedy.value}
        if self.account is not None:
            finding["account"] = self.account.value
        if self.duration is not None:
            finding["for_seconds"] = int(self.duration.total_seconds())
        finding["because"] = [evidence.as_json() for evidence in self.because]
        return finding


@dataclass(frozen=True, slots=True)
class Decision:
    """The remedy for one event, with the articles that ask for it.

    `abstained` names the articles that could not be judged because a signal was unknown; `trial`
    holds what articles on trial would have done. `time` is the event's, so that the same charter,
    model and event give the same decision for ever.
    """

    id: str
    event: str
    remedy: Remedy
    account: AccountRemedy | None
    articles: tuple[Finding, ...]
    abstained: tuple[str, ...]
    trial: tuple[Finding, ...]
    signals: Mapping[str, Value]
    charter: str
    model: ModelRef | None
    time: datetime

    def as_json(self) -> dict[str, Any]:
        """The decision as it is written and sent: design section 5."""
        decision: dict[str, Any] = {
            "id": self.id,
            "event": self.event,
            "remedy": self.remedy.value,
            "articles": [finding.as_json() for finding in self.articles],
            "abstained": list(self.abstained),
            "trial": [finding.as_json() for finding in self.trial],
            "signals": dict(self.signals),
            "charter": self.charter,
            "model": None
            if self.model is None
            else {
                "name": self.model.name,
                "version": self.model.version,
                "sha256": self.model.sha256,
            },
            "time": self.time.isoformat().replace("+00:00", "Z"),
        }
        if self.account is not None:
            decision["account"] = self.account.value
        return decision
