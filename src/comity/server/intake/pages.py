"""What the pages of one decision and of a trial of a text show, made from charter and decision."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.charter import Charter, Condition
from comity.server.console import words
from comity.server.console.marks import Segment, segments
from comity.server.console.readings import Reading, readings, shown
from comity.server.console.words import Localised
from comity.server.intake.feed import spans_of
from comity.server.intake.models import StoredDecision
from comity.server.learning.advice import Advice, lessons_of
from comity.signals import Source, Span, Value

_ORDER = {"met": 0, "trial": 1, "unknown": 2, "clear": 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """What an article has to say about a post: met, on trial, unknown or clear."""

    state: str
    title: Localised
    text: Localised
    remedy: str
    condition: Condition
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A signal and its value, as readers see it; empty where it is unknown."""

    signal: str
    shown: str
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision says, article by article, with the marked text."""

    remedy: str
    account: str | None
    segments: tuple[Segment, ...]
    marked: tuple[str, ...]
    language: str | None
    findings: tuple[Finding, ...]
    values: tuple[Measured, ...]

    @property
    def summary(self) -> str:
        met = sum(finding.state == "met" for finding in self.findings)
        if not met:
            return _("No article applies.")
        counts = {"n": met, "all": len(self.findings)}
        sentence = ngettext(
            "%(n)s of %(all)s articles applies.", "%(n)s of %(all)s articles apply.", met
        )
        return sentence % counts


def outcome(
    decision: Mapping[str, Any],
    text: str,
    charter: Charter,
    values: Mapping[str, Value],
    spans: Sequence[Span],
) -> Outcome:
    """Explain a decision, given as the JSON of it; `values` and `spans` are what was measured."""
    return Outcome(
        remedy=decision["remedy"],
        account=decision.get("account"),
        segments=tuple(segments(text, spans)),
        marked=tuple(sorted({span.attribute for span in spans})),
        language=_text(values.get("language")),
        findings=_findings(decision, charter, values),
        values=tuple(Measured(name, shown(value)) for name, value in values.items()),
    )


def _findings(
    decision: Mapping[str, Any], charter: Charter, values: Mapping[str, Value]
) -> tuple[Finding, ...]:
    states = {found["id"]: "met" for found in decision["articles"]}
    states |= {found["id"]: "trial" for found in decision["trial"]}
    states |= dict.fromkeys(decision["abstained"], "unknown")
    language = words.readers_language()
    findings = [
        Finding(
            states.get(article.id, "clear"),
            words.in_language(article.title, language),
            words.in_language(article.text, language),
            article.remedy.value,
            article.condition,
            readings(article.condition, charter.catalogue, values),
        )
        for article in charter.articles
    ]
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.state]))


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One stored decision, explained."""

    id: str
    outcome: Outcome
    author: str | None
    thread: str | None
    parent: Mapping[str, Any] | None
    time: datetime
    decided: datetime
    erased: bool
    ledger_index: int
    charter_hash: str
    charter_changed: bool
    model: Mapping[str, str] | None


def decision_page(stored: StoredDecision, charter: Charter, charter_now: str) -> DecisionPage:
    """Explain a decision by the `charter` that it was made by; `charter_now` is the hash today."""
    decision = json.loads(stored.body)
    event = json.loads(stored.event.body or "{}")
    data = event.get("data", {})
    text = data.get("post", {}).get("text", "")
    values = {name: _value(value) for name, value in decision["signals"].items()}
    return DecisionPage(
        id=stored.id,
        outcome=outcome(decision, text, charter, values, spans_of(decision)),
        author=stored.event.author,
        thread=stored.event.thread,
        parent=data.get("parent"),
        time=stored.event.time,
        decided=stored.event.received,
        erased=not event,
        ledger_index=stored.event_id,
        charter_hash=stored.charter,
        charter_changed=stored.charter != charter_now,
        model=decision["model"],
    )


def _value(value: Any) -> Value:
    """A value as JSON has it, as the signals have it."""
    return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class TrialPage:
    """What the charter would say of a text that nobody posted."""

    outcome: Outcome
    scores: tuple[Measured, ...]
    unscored: tuple[str, ...]
    """What is not scored in the language of the text."""
    plain_text: str
    suggestions: tuple[str, ...]
    """Kinder wordings with which less would follow."""
    lessons: tuple[tuple[str, Localised], ...]
    """Ids and titles of what there is to learn."""


def trial_page(advice: Advice, text: str, charter: Charter) -> TrialPage:
    signals, values = advice.signals, advice.signals.values
    scores = {
        name: values[name]
        for name, signal in charter.catalogue.items()
        if signal.source is Source.MODEL
    }
    measured = [Measured(name, shown(value), _percent(value)) for name, value in scores.items()]
    return TrialPage(
        outcome(advice.decision.as_json(), text, charter, values, signals.spans),
        tuple(sorted((m for m in measured if m.shown), key=lambda m: m.percent or 0, reverse=True)),
        tuple(m.signal for m in measured if not m.shown),
        _text(values.get("plain_text")) or "",
        tuple(each.text for each in advice.suggestions),
        tuple(
            (lesson, words.in_language(charter.lessons[lesson].title, words.readers_language()))
            for lesson in lessons_of(advice.decision, charter)
        ),
    )


def _percent(value: Value) -> float | None:
    return round(100 * value, 1) if isinstance(value, float) else None
