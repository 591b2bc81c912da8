"""The published record of a draw: what is needed to draw again, and what came of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from comity.errors import Diagnostic, InputError
from comity.juries.lot import Draw, draw, seed_of

MAX_MEMBERS = 1_000_000
_Id = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
_Root = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class DrawError(InputError):
    """A record of a draw that cannot be read, or is not of the draw that it says."""


class _Checkpoint(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=0)
    root: _Root


class _Form(BaseModel):
    """The record as it is written; ids are pseudonyms that the community gave."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: _Id
    checkpoint: _Checkpoint
    size: int = Field(ge=1, le=1_000)
    members: tuple[_Id, ...] = Field(max_length=MAX_MEMBERS)
    groups: Mapping[_Id, str] = Field(default_factory=dict)
    excluded: tuple[_Id, ...] = ()
    replaced: tuple[_Id, ...] = ()
    jurors: tuple[_Id, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """What was drawn for a case, from whom, by which checkpoint.

    `replaced` are jurors who did not serve, in the order in which others took their seats.
    `jurors` are those who serve; empty in a record of a draw that is still to be made.
    """

    case: str
    checkpoint_size: int
    root: bytes
    size: int
    members: tuple[str, ...]
    groups: Mapping[str, str]
    excluded: frozenset[str]
    replaced: tuple[str, ...]
    jurors: tuple[str, ...]

    @classmethod
    def read(cls, text: str | bytes, file: str = "") -> Self:
        """Read a record from JSON. Raises DrawError with all that is wrong with it."""
        try:
            form = _Form.model_validate_json(text)
        except ValidationError as error:
            raise DrawError(
                [Diagnostic(*_said(mistake), file=file) for mistake in error.errors()]
            ) from None
        return cls(
            form.case,
            form.checkpoint.size,
            bytes.fromhex(form.checkpoint.root),
            form.size,
            form.members,
            form.groups,
            frozenset(form.excluded),
            form.replaced,
            form.jurors,
        )

    def redraw(self) -> Draw:
        """Draw again. Raises DrawError where the record asks for what cannot be."""
        seed = seed_of(self.root, self.case)
        try:
            drawn = draw(self.members, self.size, seed, self.groups, self.excluded)
            for juror in self.replaced:
                drawn = drawn.replace(juror)
        except ValueError as error:
            raise DrawError(
                [Diagnostic(str(error), "compare it with what was published")]
            ) from None
        return drawn

    def with_jurors(self, drawn: Draw) -> str:
        """The record as JSON, with who was drawn."""
        document: dict[str, Any] = {
            "case": self.case,
            "checkpoint": {"size": self.checkpoint_size, "root": self.root.hex()},
            "size": self.size,
            "members": sorted(self.members),
            "groups": dict(sorted(self.groups.items())),
            "excluded": sorted(self.excluded),
            "replaced": list(self.replaced),
            "jurors": list(drawn.jurors),
        }
        return json.dumps(document, ensure_ascii=False)


def _said(mistake: Any) -> tuple[str, str]:
    """A mistake that pydantic found, in our words: message and hint."""
    place = ".".join(str(part) for part in mistake["loc"])[:100]
    match mistake["type"]:
        case "json_invalid":
            return f"this is not JSON: {mistake['ctx']['error']}", "a record is one JSON object"
        case "missing":
            return f"`{place}` is missing", "add it; the page on juries shows a whole record"
        case "extra_forbidden":
            return f"there is no field `{place}`", "leave it out"
        case _:
            message = mistake["msg"]
            return f"`{place}`: {message[0].lower()}{message[1:]}", "see the page on juries"
