"""Drafts in, advice out; and what became of them, for those who measure what advice changes."""

from typing import Annotated, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Form, Router

from comity.server import runtime
from comity.server.auth import KeyInForm, KeyWith, caller
from comity.server.intake.keys import Scope
from comity.server.intake.reading import read_body, read_draft
from comity.server.intake.schemas import ProblemOut, json_body
from comity.server.learning import advice, holdouts
from comity.server.learning.holdouts import Arm, Outcome
from comity.server.learning.receipts import LONGEST, Receipt
from comity.server.learning.schemas import AdviceOut
from comity.server.problems import Problem, json_response

router = Router(tags=["drafts"])

_PROBLEMS: Final = frozenset({400, 401, 403, 413, 415, 422, 429, 503})


@router.post(
    "/drafts",
    auth=KeyWith(Scope.DRAFTS),
    response={200: AdviceOut, _PROBLEMS: ProblemOut},
    openapi_extra=json_body(
        "DraftIn", {"post": {"text": "Is the library open on Sunday?", "thread": "t1"}}
    ),
)
def advise(request: HttpRequest) -> HttpResponse:
    """Ask what would follow from a post before it is sent. Nothing is stored or counted.

    Articles that count (so many posts an hour) abstain: a draft has not happened. `suggestions`
    are kinder wordings of the whole text, with which the charter would ask for less. Send a random
    id of your own in `draft`, the same for all versions of a draft, to take part in measuring what
    advice changes: where `shown` is then false, show none; and tell the outcome with `receipt`.
    """
    serving = runtime.current()
    body = read_body(request)
    draft, name = read_draft(body, serving.community.slug, timezone.now())
    caller(request).spend(1)
    found = advice.advise(serving.charter, serving.scorer, draft)
    told = advice.as_json(
        found,
        serving.charter,
        lambda lesson: request.build_absolute_uri(reverse("lesson", args=[lesson])),
    )
    receipt = _receipt(found, name)
    return json_response(
        {
            **told,
            "shown": receipt is None or receipt.arm == Arm.ADVISED,
            "receipt": receipt.sign() if receipt else None,
        }
    )


@router.post(
    "/drafts/outcomes",
    auth=KeyInForm(Scope.DRAFTS),
    response={204: None, _PROBLEMS: ProblemOut},
)
def tell_outcome(
    request: HttpRequest,
    receipt: Annotated[str, Form(max_length=LONGEST)],
    outcome: Annotated[Outcome, Form()],
) -> HttpResponse:
    """Tell what became of a draft that there was advice on, as a form with `key` in it.

    `sent`: as it was; `revised`: so that the charter asks for less; `dropped`: not at all. Counted
    are the outcome and what the receipt says: arm, remedy, articles, language. A form and not JSON,
    so that a browser can send it while its page is closed.
    """
    serving = runtime.current()
    caller(request).spend(1)
    taken = serving.receipts.take(receipt)
    if taken is None:
        hint = "a receipt is taken once, and for a day"
        raise Problem(422, "this receipt is not valid", where="receipt", hint=hint)
    holdouts.record(serving.community, taken, outcome)
    return HttpResponse(status=204)


def _receipt(found: advice.Advice, draft: str | None) -> Receipt | None:
    """What to tell the outcome with; None for a draft that is not measured."""
    holdout = holdouts.current(runtime.current().community) if draft and found.needed else None
    if holdout is None or draft is None:
        return None
    return Receipt(
        holdout=holdout.pk,
        arm=holdouts.arm_of(holdout, draft).value,
        remedy=found.decision.remedy.value,
        language=str(found.signals.values.get("language") or "und"),
        articles=tuple(finding.article for finding in found.decision.articles),
    )
