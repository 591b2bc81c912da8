"""Who thinks alike, and what all groups share: a `Conversation` is computed from `Votes`.

Its formulas are those of Polis, so that its results can be compared; its code is our own.
"""

from comity.opinions.consensus import group_consensus, priorities
from comity.opinions.conversation import Conversation, Moderation
from comity.opinions.coordination import Ring
from comity.opinions.error import OpinionsError
from comity.opinions.groups import Groups
from comity.opinions.representativeness import Representativeness, Stand, Tally, stands
from comity.opinions.slate import Seat
from comity.opinions.votes import AGREE, DISAGREE, PASS, Votes

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Conversation",
    "Groups",
    "Moderation",
    "OpinionsError",
    "Representativeness",
    "Ring",
    "Seat",
    "Stand",
    "Tally",
    "Votes",
    "group_consensus",
    "priorities",
    "stands",
]
