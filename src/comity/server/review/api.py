"""What platforms tell of rulings and verdicts: whether the remedy was carried out."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from comity.server import runtime
from comity.server.auth import KeyWith, caller
from comity.server.intake.keys import Scope
from comity.server.intake.schemas import ProblemOut
from comity.server.members.models import Community
from comity.server.problems import Problem
from comity.server.review.models import Ruling, Verdict
from comity.server.review.services import remedies

router = Router(tags=["rulings"])

_Asking = TypeVar("_Asking", Ruling, Verdict)


class ConfirmationIn(Schema):
    """Whether the platform did what a `ruling.made` or `verdict.reached` message asked of it."""

    model_config = ConfigDict(extra="forbid")

    done: bool
    note: Annotated[str, Field(max_length=300)] = ""


class ConfirmationOut(Schema):
    """How the remedy of the ruling stands; null where it asked nothing of the platform."""

    ruling: str
    state: str | None


class VerdictConfirmationOut(Schema):
    """How the remedy of the verdict stands; null where it asked nothing of the platform."""

    verdict: str
    state: str | None


_REFUSALS: Final = frozenset({400, 401, 403, 404, 422, 429})
_LARGEST: Final = 2**63
"""Larger numbers fit no database column."""


@router.post(
    "/rulings/{ruling}/confirmation",
    auth=KeyWith(Scope.EVENTS),
    response={200: ConfirmationOut, _REFUSALS: ProblemOut},
)
def confirm(request: HttpRequest, ruling: int, confirmation: ConfirmationIn) -> ConfirmationOut:
    """Say that a ruling's remedy was carried out, or that it could not be.

    `ruling` is the `id` of a `ruling.made` message. The case shows what was said; a remedy that
    was confirmed stays so, and one that failed can be confirmed later.
    """
    caller(request).spend(1)
    found = _confirmed(remedies.confirm, ruling, confirmation)
    if found is None:
        raise Problem(404, "there is no such ruling", where="ruling")
    return ConfirmationOut(ruling=str(found.pk), state=found.remedy_state)


@router.post(
    "/verdicts/{verdict}/confirmation",
    auth=KeyWith(Scope.EVENTS),
    response={200: VerdictConfirmationOut, _REFUSALS: ProblemOut},
)
def confirm_verdict(
    request: HttpRequest, verdict: int, confirmation: ConfirmationIn
) -> VerdictConfirmationOut:
    """Say that a remedy was undone as a verdict asked, or that it could not be.

    `verdict` is the `id` of a `verdict.reached` message. Otherwise like that of a ruling.
    """
    caller(request).spend(1)
    found = _confirmed(remedies.confirm_verdict, verdict, confirmation)
    if found is None:
        raise Problem(404, "there is no such verdict", where="verdict")
    return VerdictConfirmationOut(verdict=str(found.pk), state=found.remedy_state)


def _confirmed(
    confirm: Callable[[Community, int, bool, str, datetime], _Asking | None],
    number: int,
    said: ConfirmationIn,
) -> _Asking | None:
    if not 0 < number < _LARGEST:
        return None
    return confirm(runtime.current().community, number, said.done, said.note, timezone.now())
