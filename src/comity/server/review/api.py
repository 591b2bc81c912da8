"""What platforms tell of rulings: whether the remedy was carried out."""

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from comity.server import runtime
from comity.server.auth import KeyWith, caller
from comity.server.intake.keys import Scope
from comity.server.intake.schemas import ProblemOut
from comity.server.problems import Problem
from comity.server.review.services import remedies

router = Router(tags=["rulings"])


class ConfirmationIn(Schema):
    """Whether the platform has done what a `ruling.made` message asked of it."""

    model_config = ConfigDict(extra="forbid")

    done: bool
    note: Annotated[str, Field(max_length=300)] = ""


class ConfirmationOut(Schema):
    """How the remedy of the ruling stands; null where it asked nothing of the platform."""

    ruling: str
    state: str | None


@router.post(
    "/rulings/{ruling}/confirmation",
    auth=KeyWith(Scope.EVENTS),
    response={200: ConfirmationOut, frozenset({400, 401, 403, 404, 422, 429}): ProblemOut},
)
def confirm(request: HttpRequest, ruling: int, confirmation: ConfirmationIn) -> ConfirmationOut:
    """Say that a ruling's remedy was carried out, or that it could not be.

    `ruling` is the `id` of a `ruling.made` message. The case shows what was said; a remedy that
    was confirmed stays so, and one that failed can be confirmed later.
    """
    caller(request).spend(1)
    community = runtime.current().community
    # Larger numbers fit no database column.
    found = (
        remedies.confirm(community, ruling, confirmation.done, confirmation.note, timezone.now())
        if 0 < ruling < 2**63
        else None
    )
    if found is None:
        raise Problem(404, "there is no such ruling", where="ruling")
    return ConfirmationOut(ruling=str(found.pk), state=found.remedy_state)
