"""Offsets of a text as lines and columns, and pieces of it made fit to be shown."""

import re
from bisect import bisect_right
from typing import Final

from comity.errors import Diagnostic, Severity

MAX_DIAGNOSTICS: Final = 100
"""Nobody reads more. Together with the width of a source line it bounds what we answer."""

_WIDEST_LINE: Final = 140

# Controls, separators that only some editors take for a line's end, marks that turn the direction
# of writing (a condition could read otherwise than it runs), halves of characters.
UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


class Places:
    """A text whose lines end with line feeds. Offsets count code points from 0."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Both count from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def diagnose(
        self, begin: int, end: int, message: str, hint: str = "", severity: Severity = "error"
    ) -> Diagnostic:
        """Point at the part of a line that lies between two offsets."""
        line, column = self.line_and_column(begin)
        start = self._starts[line - 1]
        shown = self.text[start : start + _WIDEST_LINE].partition("\n")[0]
        return Diagnostic(
            message,
            hint,
            self.file,
            line,
            column,
            length=max(1, min(end - begin, len(shown) - column + 1)),
            source=visible(shown) if column <= len(shown) + 1 else "",
            severity=severity,
        )


def visible(text: str) -> str:
    """The text with what cannot be shown replaced, sign for sign."""
    return UNWANTED.sub("\ufffd", text).replace("\t", " ").replace("\n", " ")


def quoted(text: str, most: int = 40) -> str:
    """A text of the file, safe and short enough to stand in a message."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return "`" + visible(short).replace("`", "'") + "`"
