"""How a platform hands its members a way in."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import AwareDatetime, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from comity.event import Id
from comity.server import runtime
from comity.server.auth import KeyWith, caller
from comity.server.intake.keys import Scope
from comity.server.intake.reading import read_body
from comity.server.intake.schemas import ProblemOut, json_body
from comity.server.members.identities import link_for_member
from comity.server.problems import Problem, json_response

router = Router(tags=["members"])

_ID = TypeAdapter[str](Id)


class SignInLinkIn(Schema):
    """Where the member is known, and by which name people shall see them."""

    model_config = ConfigDict(extra="forbid")

    source: Id
    name: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class SignInLinkOut(Schema):
    """A link that signs the member in once, and until when it works."""

    url: str
    expires: AwareDatetime


@router.post(
    "/members/{path:member}/sign-in-link",
    auth=KeyWith(Scope.MEMBERS),
    response={
        200: SignInLinkOut,
        frozenset({400, 401, 403, 409, 413, 415, 422, 429}): ProblemOut,
    },
    openapi_extra=json_body("SignInLinkIn", {"source": "forum.example", "name": "Kestrel"}),
)
def sign_in_link(request: HttpRequest, member: str) -> HttpResponse:
    """Make a link that signs a member in, once and within fifteen minutes.

    `member` is the author id that events are told with, `source` theirs. Make the link when the
    member asks for it, and send their browser there: it opens their own page. Whoever has any role
    beyond a member's is refused with 409: they sign in themselves.
    """
    wish = _read(read_body(request), member)
    caller(request).spend(1)
    community, now = runtime.current().community, timezone.now()
    token, expires = link_for_member(community, wish.source, member, wish.name, now)
    url = request.build_absolute_uri(reverse("sign_in_link", args=[token]))
    return json_response({"url": url, "expires": expires})


def _read(body: bytes, member: str) -> SignInLinkIn:
    try:
        wish = SignInLinkIn.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise Problem(400, "this is not JSON", where="body") from None
        where = ".".join(str(part) for part in first["loc"])
        raise Problem(422, first["msg"], where=where[:200]) from None
    try:
        _ID.validate_python(member)
    except ValidationError:
        hint = "write it as in the events: 1 to 200 characters"
        raise Problem(422, "this is no id of a member", where="member", hint=hint) from None
    return wish
