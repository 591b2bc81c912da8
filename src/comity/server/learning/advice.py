"""Private advice on a draft: what would follow and why, kinder words, and what to learn."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils import translation

from comity.charter import Charter, Remedy
from comity.decisions import Decision, decide
from comity.event import Event
from comity.server.console.words import REMEDY_MEANINGS
from comity.signals import Scorer, Signals, measure, measure_all
from comity.wording import Suggestion, suggest

_TOLD_IN: Final = {"en": "en", "zh-Hans": "zh-hans"}
"""The languages of the product, as we and as Django write them."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What there is to say about a draft; of it nothing is kept."""

    decision: Decision
    signals: Signals
    suggestions: tuple[Suggestion, ...]

    @property
    def needed(self) -> bool:
        """Whether anything would follow."""
        return self.decision.remedy is not Remedy.ALLOW or self.decision.account is not None


def advise(charter: Charter, scorer: Scorer, draft: Event) -> Advice:
    """Say what the charter would ask for if the draft were posted."""
    signals = measure(draft, scorer)
    decision = decide(charter, draft, signals)
    advice = Advice(decision, signals, ())
    if not advice.needed or draft.text is None:
        return advice
    found = suggest(draft.text, scorer, signals.spans)
    return replace(advice, suggestions=_milder(charter, scorer, draft, found, decision.remedy))


def _milder(
    charter: Charter,
    scorer: Scorer,
    draft: Event,
    found: Sequence[Suggestion],
    remedy: Remedy,
) -> tuple[Suggestion, ...]:
    """Those wordings with which this charter would ask for less."""
    events = [_with_text(draft, each.text) for each in found]
    decided = (
        decide(charter, event, signals).remedy
        for event, signals in zip(events, measure_all(events, scorer), strict=True)
    )
    return tuple(each for each, then in zip(found, decided, strict=True) if then < remedy)


def _with_text(draft: Event, text: str) -> Event:
    assert draft.data.post is not None  # noqa: S101  a draft is one
    post = draft.data.post.model_copy(update={"text": text})
    return draft.model_copy(update={"data": draft.data.model_copy(update={"post": post})})


def as_json(advice: Advice, charter: Charter, address: Callable[[str], str]) -> dict[str, Any]:
    """The advice as it is sent; `address` gives the URL of a lesson."""
    decision = advice.decision.as_json()
    return {
        "remedy": decision["remedy"],
        "meaning": _meaning(decision["remedy"]),
        "articles": [_as_read(finding, charter) for finding in decision["articles"]],
        "abstained": decision["abstained"],
        "spans": [
            {"attribute": span.attribute, "begin": span.begin, "end": span.end}
            for span in advice.signals.spans
        ],
        "suggestions": [each.text for each in advice.suggestions],
        "lessons": list(_lessons(advice.decision, charter, address)),
        "signals": decision["signals"],
    }


def _meaning(remedy: str) -> Mapping[str, str]:
    """What the remedy is, in the languages of the product."""
    told = {}
    for tag, code in _TOLD_IN.items():
        with translation.override(code):
            told[tag] = str(REMEDY_MEANINGS[remedy])
    return told


def _as_read(finding: dict[str, Any], charter: Charter) -> dict[str, Any]:
    """Add to a finding what members read of its article."""
    article = next(a for a in charter.articles if a.id == finding["id"])
    return {
        **finding,
        "title": dict(article.title),
        "text": dict(article.text),
        "lesson": article.lesson,
    }


def _lessons(
    decision: Decision, charter: Charter, address: Callable[[str], str]
) -> Iterator[dict[str, Any]]:
    for lesson in lessons_of(decision, charter):
        title = dict(charter.lessons[lesson].title)
        yield {"id": lesson, "title": title, "url": address(lesson)}


def lessons_of(decision: Decision, charter: Charter) -> tuple[str, ...]:
    """What the articles that apply point their authors to, each once."""
    met = {finding.article for finding in decision.articles}
    named = dict.fromkeys(a.lesson for a in charter.articles if a.id in met and a.lesson)
    return tuple(lesson for lesson in named if lesson in charter.lessons)
