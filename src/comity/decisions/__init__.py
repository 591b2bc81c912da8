"""What the charter says of an event: `decide` gives a `Decision`, with its reasons."""

from comity.decisions.breaker import Breaker, Trip
from comity.decisions.decide import decide
from comity.decisions.decision import Decision, Evidence, Finding

__all__ = ["Breaker", "Decision", "Evidence", "Finding", "Trip", "decide"]
