"""Which charter a case is decided by."""

from comity.charter import Charter
from comity.charter.procedures import Procedures
from comity.server.members.models import Community
from comity.server.review.models import Case
from comity.server.transparency.services import charter_by_hash, charter_in_force


def charter_of(case: Case) -> Charter:
    """The charter that was in force at the decision; of what nobody decided, today's."""
    if case.event is not None:
        return charter_by_hash(case.community, case.event.decision.charter)
    return in_force(case.community)


def procedures(community: Community) -> Procedures:
    """How people decide here, today."""
    return in_force(community).procedures


def in_force(community: Community) -> Charter:
    version = charter_in_force(community)
    assert version is not None  # noqa: S101  a server puts one in force before anything comes in
    return charter_by_hash(community, version.sha256)
