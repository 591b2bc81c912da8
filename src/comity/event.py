"""What happened: the one thing that flows through every room.

The noun is `Event`; `read_event` makes one from JSON or says, field by field, what is wrong.
The envelope carries CloudEvents 1.0 attributes, so any broker or webhook can deliver one; what
other systems add to it is ignored, while an unknown field inside `data` is a mistake and refused.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, Final, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from comity.errors import Diagnostic, InputError

MAX_TEXT: Final = 50_000
"""Code points in a post. The longest posts of forums stay below it."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Slug = Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
LanguageTag = Annotated[
    str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
]
Url = Annotated[str, StringConstraints(min_length=1, max_length=2_048)]


class EventType(StrEnum):
    """What can happen. Posts are judged; the rest is recorded and counted."""

    POST_CREATED = "post.created"
    POST_EDITED = "post.edited"
    POST_DELETED = "post.deleted"
    REPORT_FILED = "report.filed"
    MEMBER_JOINED = "member.joined"
    MEMBER_LEFT = "member.left"

    @property
    def brings_text(self) -> bool:
        return self in (EventType.POST_CREATED, EventType.POST_EDITED)


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Post(_Data):
    id: Id
    text: Text = ""
    thread: Id | None = None
    parent: Id | None = None
    language: LanguageTag | None = None
    links: tuple[Url, ...] = Field(default=(), max_length=200)
    media: tuple[Url, ...] = Field(default=(), max_length=200)


class Author(_Data):
    id: Id
    joined: AwareDatetime | None = None
    roles: tuple[Id, ...] = Field(default=(), max_length=50)


class Parent(_Data):
    """The post that is answered, as far as the platform tells it."""

    id: Id
    text: Text = ""
    author: Id | None = None


class Report(_Data):
    """Why a member thinks that a post needs to be looked at."""

    by: Id
    article: Id | None = None
    reason: Annotated[str, StringConstraints(max_length=2_000)] = ""


class EventData(_Data):
    post: Post | None = None
    author: Author | None = None
    parent: Parent | None = None
    report: Report | None = None


_REQUIRED: Final[Mapping[EventType, tuple[str, ...]]] = {
    EventType.POST_CREATED: ("post", "author"),
    EventType.POST_EDITED: ("post", "author"),
    EventType.POST_DELETED: ("post",),
    EventType.REPORT_FILED: ("post", "report"),
    EventType.MEMBER_JOINED: ("author",),
    EventType.MEMBER_LEFT: ("author",),
}


class Event(BaseModel):
    """Something that happened. `(source, id)` names it: told twice, it happened once."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Id
    source: Id
    type: EventType
    time: AwareDatetime
    community: Slug
    data: EventData = EventData()

    @model_validator(mode="after")
    def _data_fits_type(self) -> Self:
        for name in _REQUIRED[self.type]:
            if getattr(self.data, name) is None:
                raise ValueError(f"an event of type {self.type} needs data.{name}")
        return self

    @property
    def text(self) -> str:
        """The text that is to be measured; empty where the event brings none."""
        return self.data.post.text if self.data.post and self.type.brings_text else ""


def read_event(source: str | bytes | Mapping[str, Any], *, file: str = "", line: int = 0) -> Event:
    """Read an event from JSON or from what JSON decodes to.

    Raises EventError with a diagnostic for each wrong field; `file` and `line` say where it stood.
    """
    try:
        if isinstance(source, str | bytes):
            return Event.model_validate_json(source)
        return Event.model_validate(source)
    except ValidationError as error:
        raise EventError(
            [Diagnostic(*_explain(mistake), file=file, line=line) for mistake in error.errors()]
        ) from None


def read_events(source: bytes | str) -> list[Event]:
    """Read a JSON array of events that were checked before. Raises ValidationError."""
    return _EVENTS.validate_json(source)


def write_events(events: list[Event]) -> bytes:
    """Write a JSON array for `read_events`."""
    return _EVENTS.dump_json(events, exclude_none=True)


_EVENTS: Final = TypeAdapter(list[Event])


class EventError(InputError):
    """Something that is no event."""


def _explain(mistake: Any) -> tuple[str, str]:
    """Say a pydantic mistake in our words: (message, hint)."""
    path = ".".join(str(part) for part in mistake["loc"])[:200]
    match mistake["type"]:
        case "missing":
            return f"`{path}` is missing", "add it; the HTTP reference shows a whole event"
        case "extra_forbidden":
            return f"unknown field `{path}`", _did_you_mean(mistake["loc"])
        case "json_invalid":
            # An event mostly stands on one line, and its file counts lines otherwise.
            reason = mistake["ctx"]["error"].replace(" at line 1 column ", " at column ")
            return f"this is not JSON: {reason}", "send one JSON object an event"
        case "string_pattern_mismatch":
            return f"`{path}` is not written as it should be", _WRITTEN.get(
                mistake["loc"][-1], "leave out line breaks and other control characters"
            )
        case "value_error" if not path:
            return str(mistake["ctx"]["error"]), "add it, or change the type"
        case "enum":
            return f"`{path}` is none of the event types", f"use {mistake['ctx']['expected']}"
        case "model_type" | "dict_type" | "model_attributes_type":
            what = f"`{path}`" if path else "an event"
            return f"{what} has to be a JSON object", ""
        case "timezone_aware":
            return f"`{path}` has no time zone", "write it like 2026-11-23T10:00:00Z"
        case _:
            message = mistake["msg"][0].lower() + mistake["msg"][1:]
            return f"`{path}`: {message}" if path else message, ""


_WRITTEN: Final[Mapping[str | int, str]] = {
    "community": "use small letters, digits and single hyphens: town-square",
    "language": "write a language tag: en, zh-Hans, pt-BR",
}

_FIELDS: Final[Mapping[str, type[BaseModel]]] = {
    "data": EventData,
    "post": Post,
    "author": Author,
    "parent": Parent,
    "report": Report,
}


def _did_you_mean(place: tuple[str | int, ...]) -> str:
    known = _FIELDS[str(place[-2])].model_fields
    close = get_close_matches(str(place[-1]), known, n=1)
    return f"did you mean `{close[0]}`?" if close else f"known are {', '.join(known)}"
