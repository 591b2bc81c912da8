"""The words of rewording: `Edit` is one change to a text, `Suggestion` what comes of several."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of what stands from `begin` to `end`, in code points."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kinder wording of a whole draft."""

    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits, which do not overlap and stand in order."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.begin], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])
