"""What /v1 takes and gives, as its documentation shows it."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from comity.event import Author, Event, Id, LanguageTag, Parent, Text, Url

EXAMPLE_EVENT: Final = {
    "id": "01J9ZK3V5T",
    "source": "forum.example",
    "type": "post.created",
    "time": "2026-11-23T10:00:00Z",
    "community": "town-square",
    "data": {
        "post": {"id": "p9", "text": "Thank you, that helped.", "thread": "t1", "parent": "p4"},
        "author": {"id": "u7", "joined": "2026-10-01T00:00:00Z", "roles": ["member"]},
        "parent": {"id": "p4", "text": "Try the other bus stop.", "author": "u2"},
    },
}


DRAFT_ID: Final = "^[A-Za-z0-9_-]{16,64}$"


class DraftPost(Schema):
    """A post that is not yet sent."""

    model_config = ConfigDict(extra="forbid")

    text: Text
    thread: Id | None = None
    parent: Id | None = None
    language: LanguageTag | None = None
    links: Annotated[tuple[Url, ...], Field(max_length=200)] = ()
    media: Annotated[tuple[Url, ...], Field(max_length=200)] = ()


class DraftIn(Schema):
    """What a member is about to post. Nothing of it is stored."""

    model_config = ConfigDict(extra="forbid")

    post: DraftPost
    author: Author | None = None
    parent: Parent | None = None
    draft: Annotated[str, Field(pattern=DRAFT_ID)] | None = None
    """A random id made by whoever asks, to measure what advice changes; says nothing of anyone."""


class Because(Schema):
    """A signal that made an article apply; spans in code points, end exclusive."""

    signal: str
    value: bool | int | float | str | list[str] | None
    spans: tuple[tuple[int, int], ...] = ()


class FindingOut(Schema):
    """An article that applies, and what it asks for."""

    id: str
    remedy: str
    account: str | None = None
    for_seconds: int | None = None
    because: list[Because]


class ModelOut(Schema):
    """Which model measured."""

    name: str
    version: str
    sha256: str


class DecisionOut(Schema):
    """What the charter says of an event."""

    id: str
    event: str
    remedy: str
    account: str | None = None
    articles: list[FindingOut]
    abstained: list[str]
    trial: list[FindingOut]
    signals: dict[str, Any]
    charter: str
    model: ModelOut | None
    time: str


class ProblemBody(Schema):
    """What is wrong: `code` for programs, the rest for people."""

    code: str
    message: str
    where: str
    hint: str


class ProblemOut(Schema):
    """The one form of every error."""

    error: ProblemBody


def json_body(schema: str | Mapping[str, Any], example: Any) -> dict[str, Any]:
    """Describe a body that a view reads itself: a component's name, or a schema."""
    if isinstance(schema, str):
        schema = {"$ref": f"#/components/schemas/{schema}"}
    content = {"application/json": {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}}


def components(*others: type[BaseModel]) -> dict[str, Any]:
    """The schemas of what views read themselves, for the API's document."""
    models: tuple[type[BaseModel], ...] = (Event, DraftIn, *others)
    _, schemas = models_json_schema(
        [(model, "validation") for model in models],
        ref_template="#/components/schemas/{model}",
    )
    return dict(schemas["$defs"])
