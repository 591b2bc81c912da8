"""Reading what platforms send: JSON to events, or a problem that says which field is wrong."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from django.http import HttpRequest
from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from comity.event import Event, EventError, read_event
from comity.server.intake.schemas import DRAFT_ID
from comity.server.problems import Problem

MAX_EVENTS: Final = 1_000
"""Events in one request."""
_EVENTS: Final = TypeAdapter(Annotated[list[Event], Field(max_length=MAX_EVENTS)])
_JSON: Final = {
    "application/json",
    "application/cloudevents+json",
    "application/cloudevents-batch+json",
}
_SEE: Final = "the HTTP reference shows a whole event"
_OF_A_DRAFT: Final = ("post", "author", "parent", "draft")
_DRAFT_ID: Final = re.compile(DRAFT_ID)
_EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(days=1)
"""How far ahead of ours a platform's clock may be: later, it would upset what is counted."""


def read_body(request: HttpRequest) -> bytes:
    """Return the body of a request that says it is JSON."""
    if request.content_type not in _JSON:
        raise Problem(
            415,
            f"the body is said to be `{request.content_type or 'nothing'}`, not JSON",
            where="Content-Type",
            hint="send the header Content-Type: application/json",
        )
    return request.body


def read_events(body: bytes, community: str, now: datetime) -> tuple[list[Event], bool]:
    """Read one event or an array of them; the second value says which it was."""
    many = body.lstrip()[:1] == b"["
    try:
        events = _EVENTS.validate_json(body) if many else [Event.model_validate_json(body)]
    except ValidationError as error:
        raise _explain(error, body, many) from None
    for place, event in enumerate(events):
        wrong = _misplaced(event, community, now)
        if wrong:
            name, message, hint = wrong
            raise Problem(422, message, where=f"[{place}].{name}" if many else name, hint=hint)
    return events, many


def read_draft(body: bytes, community: str, now: datetime) -> tuple[Event, str | None]:
    """Read a draft as the event that posting it would be; the second value is its random id."""
    draft = _decode(body)
    if not isinstance(draft, dict) or not isinstance(draft.get("post"), dict):
        raise Problem(422, "a draft needs a `post` with a `text`", where="post")
    if "id" in draft["post"]:
        raise Problem(422, "a draft has no id yet", where="post.id", hint="leave it out")
    unknown = next((name for name in draft if name not in _OF_A_DRAFT), None)
    if unknown is not None:
        hint = f"known are {', '.join(_OF_A_DRAFT)}"
        raise Problem(422, "a draft has no such field", where=unknown[:100], hint=hint)
    name = draft.get("draft")
    if name is not None and not (isinstance(name, str) and _DRAFT_ID.fullmatch(name)):
        hint = "send 16 to 64 random letters and digits, or leave it out"
        raise Problem(422, "this is no random id", where="draft", hint=hint)
    data = {
        "post": {"id": "draft", **draft["post"]},
        "author": draft.get("author") or {"id": "draft"},
        "parent": draft.get("parent"),
    }
    envelope = {"id": "draft", "source": "draft", "type": "post.created", "time": now}
    whole = {**envelope, "community": community, "data": data}
    try:
        return Event.model_validate(whole), name
    except ValidationError as error:
        place = error.errors(include_url=False, include_input=False)[0]["loc"][1:]
        raise _problem(error, whole, _path(place)) from None


def _explain(error: ValidationError, body: bytes, many: bool) -> Problem:
    if not body.strip():
        return Problem(400, "the body is empty", where="body", hint="send an event as JSON")
    mistake = error.errors(include_url=False, include_input=False)[0]
    place: Sequence[str | int] = mistake["loc"]
    if mistake["type"] == "json_invalid":
        return Problem(400, f"this is not JSON: {mistake['ctx']['error']}", where="body")
    if many and not place:
        hint = "send the rest in another request"
        return Problem(422, f"a request takes {MAX_EVENTS:,} events at most", hint=hint)
    content = from_json(body)
    return _problem(error, content[place[0]] if many else content, _path(place))


def _problem(error: ValidationError, event: Any, where: str) -> Problem:
    """Say the first mistake in the words that the event's own reader has for it."""
    if not isinstance(event, dict):
        return Problem(422, "an event has to be a JSON object", where=where, hint=_SEE)
    try:
        read_event(event)
    except EventError as explained:
        first = explained.diagnostics[0]
        return Problem(422, first.message, where=where, hint=first.hint)
    return Problem(422, error.errors(include_url=False)[0]["msg"], where=where)


def _decode(body: bytes) -> Any:
    try:
        return from_json(body)
    except ValueError as error:
        raise Problem(400, f"this is not JSON: {error}", where="body") from None


def _path(place: Sequence[str | int]) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return path.lstrip(".")[:200]


def _misplaced(event: Event, community: str, now: datetime) -> tuple[str, str, str] | None:
    """What is wrong with an event here and now: field, message and hint."""
    if event.community != community:
        return (
            "community",
            f"this server is of the community `{community}`, not `{event.community}`",
            "send it to the server of that community",
        )
    if not _EARLIEST <= event.time <= now + _AHEAD:
        return ("time", f"{event.time.isoformat()} cannot be when it happened", "look at the clock")
    return None
