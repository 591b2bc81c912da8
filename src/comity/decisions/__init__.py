"""What the charter says of an event: `decide` gives a `Decision`, with its reasons."""

from comity.decisions.breaker import Breaker, Trip
from comity.decisions.decide import WHOLE_TEXTS, decide
from comity.decisions.decision import Decision, Evidence, Finding

__all__ = ["WHOLE_TEXTS", "Breaker", "Decision", "Evidence", "Finding", "Trip", "decide"]
