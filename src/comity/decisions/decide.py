"""From a charter, an event and its signals to a decision: pure and deterministic."""

from hashlib import sha256
from typing import Final

from comity.charter import Article, Charter
from comity.charter.remedy import Remedy
from comity.decisions.decision import Decision, Evidence, Finding
from comity.event import Event
from comity.signals import CATALOGUE
from comity.signals.signal import Signals, Source, Value

WHOLE_TEXTS: Final = frozenset({"text", "plain_text"})
"""Signals that hold the post itself: a decision outlives the post, so it does not repeat them."""

_NONE: Final[frozenset[str]] = frozenset()
_ALWAYS: Final = ("language", *(s.name for s in CATALOGUE.values() if s.source is Source.MODEL))


def decide(
    charter: Charter, event: Event, signals: Signals, suspended: frozenset[str] = _NONE
) -> Decision:
    """Say what the charter asks for: the strongest remedy of all the articles that apply.

    Articles judge posts; any other event is allowed, being recorded and counted only. `suspended`
    names articles that a breaker has set to trial: they are weighed and do nothing.
    """
    findings: list[Finding] = []
    trial: list[Finding] = []
    abstained: list[str] = []
    if event.type.brings_text:
        hits, unknown = charter.match(signals.values)
        if hits | unknown:
            for index, article in enumerate(charter.articles):
                if hits >> index & 1:
                    on_trial = article.trial or article.id in suspended
                    (trial if on_trial else findings).append(_find(article, signals))
                elif unknown >> index & 1:
                    abstained.append(article.id)
    return Decision(
        id=_decision_id(charter, event, signals),
        event=event.id,
        remedy=max((finding.remedy for finding in findings), default=Remedy.ALLOW),
        account=max(
            (finding.account for finding in findings if finding.account is not None), default=None
        ),
        articles=tuple(findings),
        abstained=tuple(abstained),
        trial=tuple(trial),
        signals=_recorded(charter, signals),
        charter=charter.sha256,
        model=signals.model,
        time=event.time,
    )


def _find(article: Article, signals: Signals) -> Finding:
    return Finding(
        article=article.id,
        remedy=article.remedy,
        account=article.account,
        duration=article.duration,
        because=tuple(
            Evidence(
                signal=name,
                value=None if name in WHOLE_TEXTS else signals.values[name],
                spans=tuple((s.begin, s.end) for s in signals.spans if s.attribute == name),
            )
            for name in article.condition.evidence(signals.values)
        ),
    )


def _recorded(charter: Charter, signals: Signals) -> dict[str, Value]:
    """What the decision keeps: language and scores, and all that an article looked at."""
    value_of = signals.values.get
    kept: dict[str, Value] = {}
    for name in _ALWAYS:
        if (value := value_of(name)) is not None:
            kept[name] = value
    for name in charter.signals:
        if name not in WHOLE_TEXTS:
            kept[name] = value_of(name)
    return kept


def _decision_id(charter: Charter, event: Event, signals: Signals) -> str:
    """Name a decision by what it follows from, so that deciding twice gives one decision."""
    model = signals.model.sha256 if signals.model else ""
    parts = (charter.sha256, model, event.community, event.source, event.id)
    return "d" + sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
