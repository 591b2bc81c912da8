"""What can be measured about a post, its author and its thread: `measure` gives `Signals`."""

from comity.signals.catalogue import CATALOGUE
from comity.signals.signal import Kind, ModelRef, Signal, Signals, Source, Span, Value

__all__ = ["CATALOGUE", "Kind", "ModelRef", "Signal", "Signals", "Source", "Span", "Value"]
