"""The tables of what people look at, what they decide, and what counts against a member."""

from comity.server.review.models.cases import ENDED, Case, CaseOrigin, OriginKind, Queue
from comity.server.review.models.comfort import Comfort, Exposure, Pictures
from comity.server.review.models.rulings import (
    Draw,
    Recusal,
    Ruling,
    RulingKind,
    Strike,
    Template,
)

__all__ = [
    "ENDED",
    "Case",
    "CaseOrigin",
    "Comfort",
    "Draw",
    "Exposure",
    "OriginKind",
    "Pictures",
    "Queue",
    "Recusal",
    "Ruling",
    "RulingKind",
    "Strike",
    "Template",
]
