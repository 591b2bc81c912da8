"""From a statement of reasons to a record of the database, with nothing about a person in it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Final

from comity.charter import Article
from comity.charter.remedy import AccountRemedy, Remedy
from comity.decisions import Evidence
from comity.signals import Kind
from comity.statements.dsa.check import MAX_BATCH
from comity.statements.dsa.fields import FIRST_POST
from comity.statements.dsa.screen import screened
from comity.statements.letter import in_language
from comity.statements.statement import Content, Decider, Occasion, StatementOfReasons

_LANGUAGE: Final = "en"
"""Of the texts, where the charter has them in it."""

_VISIBILITY: Final = {
    Remedy.LABEL: "DECISION_VISIBILITY_CONTENT_LABELLED",
    Remedy.LIMIT: "DECISION_VISIBILITY_CONTENT_DEMOTED",
    Remedy.HOLD: "DECISION_VISIBILITY_CONTENT_DISABLED",
    Remedy.REMOVE: "DECISION_VISIBILITY_CONTENT_REMOVED",
}
_CATEGORY: Final = {
    "threat": "STATEMENT_CATEGORY_VIOLENCE",
    "identity_attack": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    "severe_toxicity": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    "insult": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    "toxicity": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
}
"""What an article is about, by the first of these signals that it looks at."""
_OTHER_CATEGORY: Final = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
_CLOSED: Final = frozenset({"language", "script"})
"""Signals that hold a text, and one of a few that are known beforehand."""


def record(statement: StatementOfReasons) -> dict[str, Any]:
    """Write a record that `check` finds nothing wrong with."""
    occasion, first = statement.occasion, statement.grounds[0].article
    language = (occasion.language or "").partition("-")[0].upper()
    written = {
        **_restrictions(statement),
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": _cut(_ground(statement), 500),
        "incompatible_content_explanation": _cut(screened(_english(first.text)), 2_000),
        **_content(occasion.content),
        "content_language": language if len(language) == 2 and language.isascii() else None,
        # The forum may be older than the database: it knows no earlier day.
        "content_date": max(_day(occasion.posted), FIRST_POST.isoformat()),
        "category": _category(first),
        "application_date": _day(occasion.decided),
        "decision_facts": _cut(screened(" ".join(_facts(statement))), 5_000),
        "source_type": "SOURCE_TYPE_OTHER_NOTIFICATION"
        if occasion.reported
        else "SOURCE_VOLUNTARY",
        "automated_detection": "Yes" if occasion.detected else "No",
        "automated_decision": _automated(occasion),
        "puid": occasion.reference,
    }
    return {name: value for name, value in written.items() if value is not None}


def batches(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The bodies of the calls that hand the records in."""
    left = iter(records)
    while batch := list(islice(left, MAX_BATCH)):
        yield {"statements": batch}


def _restrictions(statement: StatementOfReasons) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if statement.restricts_post:
        found["decision_visibility"] = [_VISIBILITY[statement.remedy]]
        found["end_date_visibility_restriction"] = _end(statement.post_ends)
    if statement.account is AccountRemedy.MUTE:
        found["decision_provision"] = "DECISION_PROVISION_PARTIAL_SUSPENSION"
        found["end_date_service_restriction"] = _end(statement.account_ends)
    if statement.account is AccountRemedy.SUSPEND:
        found["decision_account"] = "DECISION_ACCOUNT_SUSPENDED"
        found["end_date_account_restriction"] = _end(statement.account_ends)
    return found


def _ground(statement: StatementOfReasons) -> str:
    articles = "; ".join(_english(ground.article.title) for ground in statement.grounds)
    return screened(f"Charter of the community, article: {articles}")


def _facts(statement: StatementOfReasons) -> Iterator[str]:
    """What the decision rests on, in sentences made here, of names of signals and of numbers."""
    occasion = statement.occasion
    yield "A member reported the post." if occasion.reported else "Nobody had reported the post."
    if occasion.detected:
        yield "Software found it."
    yield {
        Decider.SOFTWARE: "Software applied the charter to it.",
        Decider.REVIEWER: "A reviewer of the community read it and decided.",
        Decider.JURY: "A jury of members drawn by lot decided.",
    }[occasion.decider]
    told: set[str] = set()
    for ground in statement.grounds:
        for evidence in ground.facts:
            if evidence.signal not in told:
                told.add(evidence.signal)
                yield _measured(evidence, statement)


def _measured(evidence: Evidence, statement: StatementOfReasons) -> str:
    """A signal by name, with its value where that can be only a number, yes, no, or a code."""
    signal = statement.charter.catalogue.get(evidence.signal)
    open_text = signal is None or signal.kind in (Kind.TEXT, Kind.TEXTS)
    if evidence.value is None or (open_text and evidence.signal not in _CLOSED):
        return f"Measured: {evidence.signal}."
    shown = f"{evidence.value:.3g}" if isinstance(evidence.value, float) else str(evidence.value)
    return f"Measured: {evidence.signal} {shown.lower()}."


def _content(content: tuple[Content, ...]) -> dict[str, Any]:
    kinds = [f"CONTENT_TYPE_{kind.name}" for kind in Content if kind in content]
    other = "An attachment of another kind." if Content.OTHER in content else None
    return {"content_type": kinds, "content_type_other": other}


def _category(article: Article) -> str:
    looked_at = article.condition.signals
    return next(
        (category for name, category in _CATEGORY.items() if name in looked_at), _OTHER_CATEGORY
    )


def _automated(occasion: Occasion) -> str:
    if occasion.decider is Decider.SOFTWARE:
        return "AUTOMATED_DECISION_FULLY"
    if occasion.detected:
        return "AUTOMATED_DECISION_PARTIALLY"
    return "AUTOMATED_DECISION_NOT_AUTOMATED"


def _english(texts: Mapping[str, str]) -> str:
    return in_language(texts, _LANGUAGE)[0]


def _end(end: datetime | None) -> str | None:
    return _day(end) if end else None


def _day(time: datetime) -> str:
    day: date = time.astimezone(UTC).date()
    return day.isoformat()


def _cut(text: str, most: int) -> str:
    # A space, so that the sign is a word of its own: "www" with three dots would read as a link.
    return text if len(text) <= most else f"{text[: most - 2]} …"
