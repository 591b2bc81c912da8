"""A pattern of RE2's syntax as one that Java's regular expressions take the same way.

The verb is `for_java`. Most of the syntax is shared. What is not is spelt out: ends of texts and
lines, edges of words, spaces, letters whichever their case, and what a bracket means in brackets.
"""

import re
from collections.abc import Iterator
from typing import Final

_LAST: Final = 0x10FFFF

_OUTSIDE: Final = re.compile(
    r"(?s)\\Q.*?(?:\\E|$)|\\x\{[^}]*\}|\\x..|\\[0-7]{1,3}|\\."
    r"|\(\?P?<\w+>|\(\?[imsU-]*[:)]|\{\d+(?:,\d*)?\}|."
)
_INSIDE: Final = re.compile(r"(?s)\[:\^?[a-z]+:\]|\\x\{[^}]*\}|\\x..|\\[0-7]{1,3}|\\.|.")
"""What belongs together outside and inside brackets."""

_WORD: Final = "[0-9A-Za-z_]"
_OF_TEXT: Final = {"^": r"\A", "$": r"\z"}
_OF_LINE: Final = {"^": r"(?:\A|(?<=\n))", "$": r"(?=\n|\z)"}
_FLAGS: Final = {"i": "iu", "s": "s"}
"""What is kept of the flags: m is in how ends are written, U makes no difference to whether."""
_PLAIN: Final = {
    r"\b": f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
    r"\B": f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))",
    "{": r"\{",
    "}": r"\}",
}
_BRACKETED: Final = {"[": r"\[", "&": r"\&", "^": r"\^"}
_CONTROL: Final = {r"\v": r"\x0B", r"\a": r"\x07"}

_CLASSES: Final = {
    "alnum": "09AZaz",
    "alpha": "AZaz",
    "ascii": "\0\x7f",
    "blank": "\t\t  ",
    "cntrl": "\0\x1f\x7f\x7f",
    "digit": "09",
    "graph": "!~",
    "lower": "az",
    "print": " ~",
    "punct": "!/:@[`{~",
    "space": "\t\r  ",
    "upper": "AZ",
    "word": "09AZ__az",
    "xdigit": "09AFaf",
}
"""The letters of each class as first and last of each range, in order."""
_SPACE: Final = "\t\n\f\r  "
_SPACES: Final = (r"\s", r"\S")


def for_java(pattern: str) -> str:
    """Write a pattern that RE2 takes for java.util.regex; what it captures is not kept."""
    return "(?d)" + "".join(_Reader(pattern).written())


class _Reader:
    """Goes through a pattern once; `lines` says for each open group if ^ and $ are of lines."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at = pattern, 0
        self.lines = [False]

    def mark(self, kind: "re.Pattern[str]") -> str:
        """The next of what belongs together; empty at the end."""
        found = kind.match(self.pattern, self.at)
        if not found:
            return ""
        self.at = found.end()
        return found.group()

    def written(self) -> Iterator[str]:
        while mark := self.mark(_OUTSIDE):
            if mark == "[":
                yield from self.bracketed()
            elif mark.startswith("(?") and mark[2] not in "P<":
                yield self.flagged(mark)
            elif mark in ("^", "$"):
                yield (_OF_LINE if self.lines[-1] else _OF_TEXT)[mark]
            elif mark[0] == "(":
                self.lines.append(self.lines[-1])
                yield "("
            else:
                if mark == ")":
                    self.lines.pop()
                yield _PLAIN.get(mark) or _escaped(mark)

    def flagged(self, mark: str) -> str:
        """Begin a group, or change what holds for the rest of the one that it stands in."""
        on, _, off = mark[2:-1].partition("-")
        lines = (self.lines[-1] or "m" in on) and "m" not in off
        if mark[-1] == ":":
            self.lines.append(lines)
        else:
            self.lines[-1] = lines
        kept, dropped = ("".join(_FLAGS.get(flag, "") for flag in part) for part in (on, off))
        flags = f"{kept}-{dropped}" if dropped else kept
        return f"(?{flags}{mark[-1]}" if flags or mark[-1] == ":" else ""

    def bracketed(self) -> Iterator[str]:
        yield "["
        if self.pattern.startswith("^", self.at):
            self.at += 1
            yield "^"
        mark = self.mark(_INSIDE)
        yield r"\]" if mark == "]" else _among(mark)
        while (mark := self.mark(_INSIDE)) not in ("]", ""):
            yield _among(mark)
        yield "]"


def _among(mark: str) -> str:
    """What stands for a mark in brackets."""
    if mark.startswith("[:") and len(mark) > 2:
        return _ranges(_CLASSES[mark[2:-2].lstrip("^")], outside=mark[2] == "^")
    if mark in _SPACES:
        return _ranges(_SPACE, outside=mark == r"\S")
    return _BRACKETED.get(mark) or _escaped(mark)


def _escaped(mark: str) -> str:
    if mark in _SPACES:
        return f"[{_among(mark)}]"
    if mark[0] == "\\" and mark[1:].isdigit():
        return _point(int(mark[1:], 8))
    return _CONTROL.get(mark, mark)


def _ranges(ends: str, *, outside: bool) -> str:
    """Ranges, given as the first and last letter of each, or what lies outside of them."""
    points = [ord(end) for end in ends]
    if outside:
        inner = [point + (1 if place % 2 else -1) for place, point in enumerate(points)]
        points = [0, *inner, _LAST]
    pairs = zip(points[::2], points[1::2], strict=True)
    return "".join(f"{_point(low)}-{_point(high)}" for low, high in pairs if low <= high)


def _point(code: int) -> str:
    return rf"\x{{{code:X}}}"
