"""What is wrong with something that a person gave us, where, and what to do.

The noun is `Diagnostic`; `InputError` carries one or more of them to whoever can tell the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import east_asian_width

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: lines and columns count from 1, columns in code points; 0 means "the whole".

    `source` is the line it stands in, `length` how many code points of it are meant.
    """

    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    length: int = 1
    source: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """Render as a compiler would: place and message, the line with a caret, the hint."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        lines = [f"{place}: {self.severity}: {self.message}" if place else self.message]
        if self.source and self.column:
            margin = f"{self.line:>5} | "
            lines.append(margin + self.source)
            lines.append(" " * (len(margin) - 2) + "| " + self._underline())
        if self.hint:
            lines.append(f"      = {self.hint}")
        return "\n".join(lines)

    def _underline(self) -> str:
        before = self.source[: self.column - 1]
        meant = self.source[self.column - 1 : self.column - 1 + max(self.length, 1)]
        # Wide characters take two cells in a terminal, so their padding and carets do too.
        return " " * _cells(before) + "^" * max(_cells(meant), 1)


class InputError(ValueError):
    """Input that its giver can mend: exit 1 on the command line, a 4xx over HTTP."""

    def __init__(self, diagnostics: str | Sequence[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = (
            (Diagnostic(diagnostics),) if isinstance(diagnostics, str) else tuple(diagnostics)
        )
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))

    @property
    def on_one_line(self) -> str:
        """What is wrong and what to do, where the place is told beside it."""
        return "; ".join(
            f"{each.message} ({each.hint})" if each.hint else each.message
            for each in self.diagnostics
        )


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
