"""What can be measured about a post, its author and its thread: `measure` gives `Signals`."""

from comity.signals.catalogue import CATALOGUE
from comity.signals.counters import SCOPES, Counter, Counters, Scope
from comity.signals.measure import TextScorer, TextScores, measure, measure_all
from comity.signals.scorer import Scorer, Scores
from comity.signals.signal import Kind, ModelRef, Signal, Signals, Source, Span, Value

__all__ = [
    "CATALOGUE",
    "SCOPES",
    "Counter",
    "Counters",
    "Kind",
    "ModelRef",
    "Scope",
    "Scorer",
    "Scores",
    "Signal",
    "Signals",
    "Source",
    "Span",
    "TextScorer",
    "TextScores",
    "Value",
    "measure",
    "measure_all",
]
