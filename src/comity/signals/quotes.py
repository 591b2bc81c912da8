"""What a post quotes: parts marked as a quote, and parts that repeat the post it answers.

The noun is `Quotes`, the verb `find_quotes`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile('[>＞「『“«„"]')
# An opening mark ends the search for the one before it, which keeps this linear.
_MARKED: Final = re.compile(
    r"^[ \t]*[>＞](.*)$|「([^「」]*)」|『([^『』]*)』|“([^“”]*)”"
    r"|«([^«»]*)»|„([^„“”]*)[“”]|\"([^\"\n]*)\"",
    re.MULTILINE,
)
_CLAUSE: Final = re.compile(r"[^\n.!?;:,。！？；：，…、؟،]+")
_LONG_ENOUGH: Final = 24
"""Bytes of UTF-8 (24 Latin letters, 8 Chinese characters) that nobody repeats by chance."""
_COMPARED: Final = 10_000
"""Code points of the answered post that are compared."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """What was found. Length in code points."""

    length: int
    repeats: bool | None
    """Whether something repeats the answered post; None: marked as a quote, but of what?"""


def find_quotes(text: str, answered: str | None) -> Quotes:
    """Find what `text` quotes, given the text it answers.

    `answered` is None where it answers nothing, empty where the platform does not tell. A quote
    mark alone proves nothing: where the answered text is told, what is marked must stand in it.
    """
    length, contents, rest = _cut_marked(text)
    if answered is None or not (answered or contents):
        return Quotes(length, False)
    if not answered:
        return Quotes(length, None)
    source = _even(answered[:_COMPARED])
    repeated = sum(len(clause) for part in rest for clause in _repeated(part, source))
    quoted = any(len(content) > 1 and content in source for content in contents)
    return Quotes(length + repeated, quoted or repeated > 0)


def _cut_marked(text: str) -> tuple[int, list[str], list[str]]:
    """How long the marked quotes are, what they say, and what else there is."""
    if not _MARK.search(text):
        return 0, [], [text]
    length, contents, rest, end = 0, [], [], 0
    for match in _MARKED.finditer(text):
        length += match.end() - match.start()
        contents.append(_even(match[match.lastindex or 0].lstrip("> ")))
        rest.append(text[end : match.start()])
        end = match.end()
    return length, contents, [*rest, text[end:]]


def _repeated(text: str, source: str) -> Iterator[str]:
    for clause in _CLAUSE.findall(text):
        size = len(clause) if clause.isascii() else len(clause.encode("utf-8", "surrogatepass"))
        if size >= _LONG_ENOUGH and _even(clause) in source:
            yield clause


def _even(text: str) -> str:
    """With single spaces, for a quote is often wrapped anew."""
    return " ".join(text.split())
