"""What a lesson teaches, in one language: a text in Markdown with a quiz above it.

The noun is `Material`; `read_material` makes one from a file, or says what is wrong with it.
"""

import re
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from comity.charter.document import CharterError, Document, Table, plain, read_document
from comity.charter.explain import explain
from comity.charter.markdown import faults
from comity.charter.quiz import QuizForm, Scenario
from comity.errors import Diagnostic

MAX_LENGTH: Final = 40_000
"""Characters: an evening's reading is no lesson."""

_QUIZ: Final = (QuizForm, "the lesson")
_HEAD: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_SHOWN: Final = 140


@dataclass(frozen=True, slots=True)
class Material:
    """`text` is Markdown; `source` is the file as it was written."""

    text: str
    quiz: tuple[Scenario, ...]
    source: str


def read_material(source: str, file: str) -> Material:
    """Read a lesson; CharterError with every mistake in it."""
    if len(source) > MAX_LENGTH:
        hint = "keep what a member can read in ten minutes"
        message = f"the lesson is longer than {MAX_LENGTH:,} characters"
        raise CharterError([Diagnostic(message, hint, file)])
    written = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head = _HEAD.match(written)
    if head is None:
        hint = "begin the file with a line `---`, then `quiz:` and its scenarios, then `---` again"
        raise CharterError([Diagnostic("this lesson has no quiz", hint, file, 1)])
    quiz, mistakes = _quiz(head[0], file)
    above = head[0].count("\n")
    lines = written.split("\n")
    for line, message, hint in faults(written[head.end() :]):
        shown = lines[above + line - 1][:_SHOWN]
        mistakes.append(Diagnostic(message, hint, file, above + line, 1, len(shown), shown))
    if not written[head.end() :].strip():
        hint = "write below the second `---` what it teaches"
        mistakes.append(Diagnostic("this lesson has no text", hint, file, above))
    if mistakes:
        raise CharterError(mistakes)
    return Material(written[head.end() :].strip(), quiz, source)


def _quiz(head: str, file: str) -> tuple[tuple[Scenario, ...], list[Diagnostic]]:
    try:
        document = read_document(_as_comments(head), file)
    except CharterError as error:
        return (), list(error.diagnostics)
    mistakes = list(document.mistakes)
    if not isinstance(document.root, Table):
        return (), [*mistakes, _no_quiz(document)]
    try:
        return QuizForm.model_validate(plain(document.root)).scenarios(), mistakes
    except ValidationError as error:
        found = error.errors(include_url=False)
        return (), [*mistakes, *(explain(mistake, document, _QUIZ) for mistake in found)]


def _as_comments(head: str) -> str:
    """The lines of the quiz, each where it was: the two around it become comments."""
    inner = head.rstrip("\n").split("\n")[1:-1]
    return "\n".join(["#", *inner, "#"])


def _no_quiz(document: Document) -> Diagnostic:
    hint = "write `quiz:`, and below it each scenario after a `- `"
    return document.diagnose(document.root, "no quiz stands here", hint)
