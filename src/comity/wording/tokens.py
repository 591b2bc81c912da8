"""Words and signs of an English text, each with its place, and what may stand beside a gap."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

_TOKEN: Final = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)*|[^\sA-Za-z0-9]")
_ENDS: Final = frozenset('.!?;:,)…"”—')

_SETS: Final = tomllib.loads(files("comity.wording").joinpath("english.toml").read_text("utf-8"))


def listed(name: str) -> frozenset[str]:
    """A set of words from `english.toml`."""
    return frozenset(_SETS[name].split())


ARTICLES: Final = listed("articles")
DETERMINERS: Final = listed("determiners")
BEING: Final = listed("being")
FUNCTION: Final = listed("function")


@dataclass(frozen=True, slots=True)
class Token:
    """`word` is lower case with a straight apostrophe; places count code points."""

    word: str
    begin: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.word[0].isalnum()


def tokens(text: str) -> list[Token]:
    return [
        Token(match[0].lower().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def neighbours(words: Sequence[str], begin: int, end: int) -> str:
    """What stands before and behind the words from `begin` to `end`, as two letters.

    Before: `^` nothing, `a` an article, `d` another determiner, `b` a form of "to be", `w` else.
    Behind: `$` nothing, `f` a function word, `w` else.
    """
    return _before(words, begin) + _behind(words, end)


def _before(words: Sequence[str], begin: int) -> str:
    if begin == 0 or words[begin - 1] in _ENDS:
        return "^"
    word = words[begin - 1]
    for letter, known in (("a", ARTICLES), ("d", DETERMINERS), ("b", BEING)):
        if word in known:
            return letter
    return "w"


def _behind(words: Sequence[str], end: int) -> str:
    if end == len(words) or not words[end][0].isalnum():
        return "$"
    return "f" if words[end] in FUNCTION else "w"
