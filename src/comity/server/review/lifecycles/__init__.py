"""What cases and appeals can be, and who moves them on: the noun is `Lifecycle`."""

from typing import Final

from comity.server.review.lifecycles.appeals import (
    APPEAL,
    APPEAL_REFERRED,
    JUROR_SUMMONED,
    JURY,
    SEAT,
    VERDICT_REACHED,
    AppealState,
    JuryState,
    SeatState,
)
from comity.server.review.lifecycles.cases import (
    CASE,
    REMEDY,
    REPORT_ANSWERED,
    RULING_MADE,
    STRIKE,
    STRIKE_LIFTED,
    CaseState,
    RemedyState,
    StrikeState,
)

LIFECYCLES: Final = (CASE, REMEDY, STRIKE, APPEAL, JURY, SEAT)
"""Those of this room, for the docs to draw."""

__all__ = [
    "APPEAL",
    "APPEAL_REFERRED",
    "CASE",
    "JUROR_SUMMONED",
    "JURY",
    "LIFECYCLES",
    "REMEDY",
    "REPORT_ANSWERED",
    "RULING_MADE",
    "SEAT",
    "STRIKE",
    "STRIKE_LIFTED",
    "VERDICT_REACHED",
    "AppealState",
    "CaseState",
    "JuryState",
    "RemedyState",
    "SeatState",
    "StrikeState",
]
