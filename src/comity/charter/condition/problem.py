"""What is wrong with a condition, and where in its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from comity.errors import Diagnostic, InputError, Severity

MAX_SHOWN: Final = 200
"""Code points of a line that is shown with its mistake; of a longer one the column has to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake, or a remark: code points from `begin` up to `end` of the condition's text."""

    begin: int
    end: int
    message: str
    hint: str = ""

    def locate(self, text: str, severity: Severity = "error") -> Diagnostic:
        """Say it of `text` itself, line and column counted in it."""
        start = text.rfind("\n", 0, self.begin) + 1
        line = text[start:].split("\n", 1)[0]
        length = min(self.end - self.begin, len(line) - (self.begin - start))
        return Diagnostic(
            self.message,
            self.hint,
            line=text.count("\n", 0, self.begin) + 1,
            column=self.begin - start + 1,
            length=max(length, 1),
            source=_visible(line) if len(line) <= MAX_SHOWN else "",
            severity=severity,
        )


def _visible(line: str) -> str:
    """Keep what a terminal would obey, or could not show, from being sent to one."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line.replace("\t", " "))


class ConditionError(InputError):
    """A text that is no condition: every mistake found in it."""

    def __init__(self, text: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__([problem.locate(text) for problem in problems])
