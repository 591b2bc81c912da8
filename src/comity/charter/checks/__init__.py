"""What is not wrong in a charter but hardly meant: a `Check` finds one kind of it.

`check` reads a charter file and gives every mistake, or, where there is none, every warning.
"""

from pathlib import Path
from typing import Final

from comity.charter.charter import Charter
from comity.charter.checks.check import Check
from comity.charter.checks.coverage import EXAMPLES, TRANSLATIONS
from comity.charter.checks.reach import BLIND, DECIDED, UNREACHABLE
from comity.charter.checks.shadow import SHADOWED
from comity.charter.checks.unsaid import COMMENTED_OUT
from comity.charter.checks.viewpoint import VIEWPOINT
from comity.charter.document import CharterError, Document
from comity.charter.materials import check_materials
from comity.charter.reading import in_file_order, read_text, read_with_document
from comity.errors import Diagnostic

CHECKS: Final[tuple[Check, ...]] = (
    DECIDED,
    UNREACHABLE,
    BLIND,
    SHADOWED,
    VIEWPOINT,
    EXAMPLES,
    TRANSLATIONS,
    COMMENTED_OUT,
)


def check(text: str, file: str = "charter.yaml") -> tuple[Diagnostic, ...]:
    """All there is to say of a charter file, errors first, each from the top to the end."""
    try:
        return _warnings(*read_with_document(text, file))
    except CharterError as error:
        return error.diagnostics


def check_file(path: Path) -> tuple[Diagnostic, ...]:
    """The same of a file, which may also be no text at all, and of the lessons beside it."""
    try:
        charter, document = read_with_document(read_text(path), str(path))
    except CharterError as error:
        return error.diagnostics
    return (*_warnings(charter, document), *check_materials(charter, path))


def _warnings(charter: Charter, document: Document) -> tuple[Diagnostic, ...]:
    found = [warning for one in CHECKS for warning in one.find(charter, document)]
    return tuple(in_file_order(found))


__all__ = ["CHECKS", "Check", "check", "check_file"]
