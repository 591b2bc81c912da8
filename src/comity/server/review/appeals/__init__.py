"""A member's challenge, and the members drawn by lot who decide on it: `Appeal`, `file`, `vote`.

An appeal against what software decided goes to a reviewer first. What a person upholds goes on to a
jury, or to a steward where no jury can be had. What they decide binds: the remedy is undone, the
strike lifted. Each step is one transaction with its ledger entry and its messages.
"""

from comity.server.review.appeals.court import Court
from comity.server.review.appeals.filing import file, position_of, withdraw
from comity.server.review.appeals.hearing import Hearing, hearing
from comity.server.review.appeals.juries import draw_jury, record_of
from comity.server.review.appeals.lists import appeals_of, seats_of
from comity.server.review.appeals.stewards import decide
from comity.server.review.appeals.volunteers import stand_down, volunteer, volunteering
from comity.server.review.appeals.voting import decline, vote

__all__ = [
    "Court",
    "Hearing",
    "appeals_of",
    "decide",
    "decline",
    "draw_jury",
    "file",
    "hearing",
    "position_of",
    "record_of",
    "seats_of",
    "stand_down",
    "volunteer",
    "volunteering",
    "vote",
    "withdraw",
]
