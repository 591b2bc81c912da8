"""The API: which rooms answer under /v1, and how all of them refuse."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from comity.server.intake.api import router as intake
from comity.server.intake.schemas import components
from comity.server.learning.api import router as learning
from comity.server.members.api import SignInLinkIn
from comity.server.members.api import router as members
from comity.server.members.mistake import Mistake
from comity.server.members.permissions import Refused
from comity.server.problems import CODES, Problem
from comity.server.review.api import router as review
from comity.server.review.statements.api import router as statements
from comity.server.transparency.api import router as transparency


class Api(NinjaAPI):
    """Ninja's API, whose document also describes what views read themselves."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"].update(components(SignInLinkIn))
        return schema


api = Api(
    title="Comity",
    version="1",
    description="Events in, decisions with their reasons out, and a record that anyone can verify.",
    urls_namespace="v1",
)
api.add_router("", intake)
api.add_router("", statements)
api.add_router("", learning)
api.add_router("", transparency)
api.add_router("", members)
api.add_router("", review)


@api.exception_handler(Problem)
def _refuse(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(Refused)
def _not_permitted(request: HttpRequest, refusal: Refused) -> HttpResponse:
    with override("en"):  # whatever the page was in that this thread answered before
        return Problem(403, refusal.message, hint=refusal.hint).response()


@api.exception_handler(Mistake)
def _mistaken(request: HttpRequest, mistake: Mistake) -> HttpResponse:
    with override("en"):
        return Problem(409, str(mistake)).response()


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return Problem(
        401,
        where="Authorization",
        hint="send the header Authorization: Bearer ck_…; `comity keys create` makes a key",
        headers={"WWW-Authenticate": "Bearer"},
    ).response()


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    place = [str(part) for part in first["loc"] if part not in ("query", "path")]
    return Problem(422, str(first["msg"]), where=".".join(place)).response()


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return Problem(404).response()


@api.exception_handler(HttpError)
def _ninja_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    status = error.status_code if error.status_code in CODES else 400
    return Problem(status, str(error)).response()
