"""What clients send: the requests of the Perspective API, as strict as the original.

An unknown field is refused, `null` means absent, and types that we do not offer are named.
"""

from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from comity.server.perspective.errors import invalid, malformed

MAX_COMMENT: Final = 20_480
"""Bytes of UTF-8 in a comment."""
MAX_CONTEXT: Final = 1_048_576
"""Bytes of UTF-8 in one entry of the context."""
MAX_BODY: Final = 4 * MAX_CONTEXT
_PROBABILITY: Final = ("PROBABILITY", "SCORE_TYPE_UNSPECIFIED")

Request = TypeVar("Request", bound="_Request")
Token = Annotated[str, Field(max_length=1_000)]


class _Message(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True
    )


class TextEntry(_Message):
    text: str | None = None
    type: str | None = None


class ArticleAndParent(_Message):
    article: TextEntry | None = None
    parent_comment: TextEntry | None = None


class Context(_Message):
    entries: list[TextEntry] | None = Field(default=None, max_length=100)
    article_and_parent_comment: ArticleAndParent | None = None


class AttributeParameters(_Message):
    score_type: str | None = None
    score_threshold: float | None = Field(default=None, ge=0, le=1)


class Score(_Message):
    value: float = Field(ge=0, le=1)
    type: str | None = None


class SpanScore(_Message):
    begin: int = Field(ge=0)
    end: int = Field(ge=0)
    score: Score


class AttributeScores(_Message):
    summary_score: Score | None = None
    span_scores: list[SpanScore] | None = Field(default=None, max_length=1_000)


class _Request(_Message):
    comment: TextEntry | None = None
    context: Context | None = None
    languages: list[Annotated[str, Field(max_length=35)]] | None = Field(
        default=None, max_length=20
    )
    client_token: Token | None = None
    session_id: Token | None = None
    community_id: Token | None = None
    do_not_store: bool | None = None

    @property
    def text(self) -> str:
        return (self.comment and self.comment.text) or ""


class AnalyzeRequest(_Request):
    requested_attributes: dict[str, AttributeParameters | None] | None = Field(
        default=None, max_length=100
    )
    span_annotations: bool | None = None
    drop_unsupported_attributes: bool | None = None


class SuggestScoreRequest(_Request):
    attribute_scores: dict[str, AttributeScores] | None = Field(default=None, max_length=100)


def read_analyze(body: bytes) -> AnalyzeRequest:
    """Read an analyze request; raises PerspectiveError."""
    request = _read(AnalyzeRequest, body)
    _check_comment(request)
    if not request.requested_attributes:
        raise invalid("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes")
    for name, parameters in request.requested_attributes.items():
        if parameters and parameters.score_type not in (None, *_PROBABILITY):
            raise invalid(
                "INVALID_REQUEST",
                f"Requested score type {parameters.score_type} is not supported "
                f"by attribute {name}",
            )
    return request


def read_suggest(body: bytes) -> SuggestScoreRequest:
    """Read a suggestscore request; raises PerspectiveError."""
    request = _read(SuggestScoreRequest, body)
    _check_comment(request)
    if not request.attribute_scores:
        raise invalid("INVALID_REQUEST", "Missing attribute_scores")
    for name, scores in request.attribute_scores.items():
        if scores.summary_score is None and not scores.span_scores:
            raise invalid("INVALID_REQUEST", f"Attribute {name} has no suggested score")
        for span in scores.span_scores or ():
            if span.end < span.begin:
                raise invalid(
                    "INVALID_REQUEST", f"A span of attribute {name} ends before it begins"
                )
    return request


def _read(form: type[Request], body: bytes) -> Request:
    try:
        return form.model_validate_json(body or b"{}")
    except ValidationError as error:
        mistake: Any = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in mistake["loc"])
        raise malformed(field, mistake["msg"]) from None


def _check_comment(request: _Request) -> None:
    if not request.text.strip():
        raise invalid("COMMENT_EMPTY", "Comment must be non-empty.")
    if len(request.text.encode("utf-8", "surrogatepass")) > MAX_COMMENT:
        raise invalid("COMMENT_TOO_LONG", "Comment text too long.")
    if request.comment and request.comment.type not in (
        None,
        "PLAIN_TEXT",
        "TEXT_TYPE_UNSPECIFIED",
    ):
        raise invalid("INVALID_REQUEST", "Currently, only 'PLAIN_TEXT' comments are supported")
    if request.context:
        _check_context(request.context)


def _check_context(context: Context) -> None:
    both = context.article_and_parent_comment
    if context.entries is not None and both is not None:
        raise invalid(
            "INVALID_REQUEST",
            "Context can have either entries or article_and_parent_comment, "
            "but both fields were populated.",
        )
    entries = list(context.entries or ())
    if both is not None:
        entries += [entry for entry in (both.article, both.parent_comment) if entry]
    for entry in entries:
        if entry.text and len(entry.text.encode("utf-8", "surrogatepass")) > MAX_CONTEXT:
            raise invalid("COMMENT_TOO_LONG", "Context entry text too long.")
