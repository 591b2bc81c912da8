"""The tables of what people look at, what they decide, and what counts against a member."""

from comity.server.review.models.appeals import (
    APPEAL_ENDED,
    Appeal,
    Choice,
    Jury,
    Seat,
    Verdict,
    Volunteer,
)
from comity.server.review.models.cases import (
    ENDED,
    Case,
    CaseOrigin,
    Objection,
    OriginKind,
    Queue,
)
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
    "APPEAL_ENDED",
    "ENDED",
    "Appeal",
    "Case",
    "CaseOrigin",
    "Choice",
    "Comfort",
    "Draw",
    "Exposure",
    "Jury",
    "Objection",
    "OriginKind",
    "Pictures",
    "Queue",
    "Recusal",
    "Ruling",
    "RulingKind",
    "Seat",
    "Strike",
    "Template",
    "Verdict",
    "Volunteer",
]
