"""Rude and kind words: lists of our own for each language, and how often a text uses them.

The noun is `WordList`, the verb `count_words`. The lists are `data/words/LANGUAGE.rude.txt` and
`LANGUAGE.kind.txt`: one entry a line, sorted; a `*` at the end stands for any ending.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Final, NamedTuple

import numpy as np

from comity.signals import alphabets
from comity.signals.alphabets import CLASS, DIGIT, MARK
from comity.signals.catalogue import WORD_LIST_LANGUAGES
from comity.signals.characters import Classes, Points, points_of
from comity.signals.kernel import compiled, inner
from comity.signals.views import plain

_LISTS: Final = ("rude", "kind")
_RUDE, _KIND = 1, 2
_UNSET_APART: Final = frozenset({"zh"})
"""Written without spaces: an entry counts wherever it stands."""
_SUFFIXING: Final = frozenset({"zh", "ko"})
"""Every entry is open-ended: Korean hangs its particles on the word."""
# Arabic writes "and", "so", "the", "by", "like", "for" as one word with the next.
_ARABIC: Final = product(("", "و", "ف"), ("", "ال", "ب", "ك", "ل", "بال", "كال", "لل"))
_PREFIXES: Final = {"ar": tuple(map("".join, _ARABIC))}

Ints = np.ndarray[Any, np.dtype[np.int32]]


class WordList(NamedTuple):
    """Both lists of a language as one tree of letters.

    The children of node k are `begins[k]:begins[k + 1]`, sorted by their `letters`. An entry that
    ends at a node makes `exact` or `open_ended` of it _RUDE or _KIND.
    """

    letters: Ints
    begins: Ints
    exact: Ints
    open_ended: Ints
    anywhere: bool


def count_words(plain_text: str, language: str | None) -> tuple[int | None, int | None]:
    """How many rude and how many kind words; (None, None) where there is no list.

    `plain_text` has its disguises undone; `language` is the main part of a BCP 47 tag.
    """
    if language not in WORD_LIST_LANGUAGES:
        return None, None
    return _count(points_of(plain_text), alphabets.table(), word_list(language))


def entries(language: str, name: str) -> tuple[str, ...]:
    """The list `rude` or `kind` as it was written."""
    file = files("comity.signals") / "data" / "words" / f"{language}.{name}.txt"
    return tuple(file.read_text("utf-8").split("\n")[:-1])


@cache
def word_list(language: str) -> WordList:
    """Grow the tree, breadth first, from the entries as they read with disguises undone."""
    tree: dict[str, Any] = {}
    for word, value, is_open in _forms(language):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node["open" if is_open else "exact"] = value
    letters, begins, exact, open_ended = [0], [], [], []
    level = [tree]
    for node in level:
        begins.append(len(letters))
        exact.append(node.pop("exact", 0))
        open_ended.append(node.pop("open", 0))
        for letter in sorted(node):
            letters.append(ord(letter))
            level.append(node[letter])
    begins.append(len(letters))
    return WordList(
        np.array(letters, np.int32),
        np.array(begins, np.int32),
        np.array(exact, np.int32),
        np.array(open_ended, np.int32),
        language in _UNSET_APART,
    )


def _forms(language: str) -> Iterator[tuple[str, int, bool]]:
    for value, name in enumerate(_LISTS, start=_RUDE):
        for entry in entries(language, name):
            is_open = entry.endswith("*") or language in _SUFFIXING
            for prefix in _PREFIXES.get(language, ("",)):
                yield prefix + plain(entry.rstrip("*")), value, is_open


@compiled
def _count(points: Points, classes: Classes, words: WordList) -> tuple[int, int]:
    rude = kind = i = 0
    while i < points.size:
        if words.anywhere or not _in_word(points, classes, i - 1):
            end, value = _longest(points, classes, i, words)
            rude += value == _RUDE
            kind += value == _KIND
            i = max(end, i)
        i += 1
    return rude, kind


@inner
def _longest(points: Points, classes: Classes, begin: int, words: WordList) -> tuple[int, int]:
    """The last place of the longest entry that begins at `begin`, and its list; or (0, 0)."""
    end = value = node = 0
    i = begin
    while i < points.size:
        node = _child(words, node, points[i])
        if node == 0:
            break
        if words.open_ended[node]:
            end, value = i, words.open_ended[node]
        elif words.exact[node] and not _in_word(points, classes, i + 1):
            end, value = i, words.exact[node]
        i += 1
    return end, value


@inner
def _child(words: WordList, node: int, letter: int) -> int:
    """The child of a node by a letter, 0 where there is none: the root is nobody's child."""
    begin, end = words.begins[node], words.begins[node + 1]
    at = begin + np.searchsorted(words.letters[begin:end], np.int32(letter))
    return at if at < end and words.letters[at] == letter else 0


@inner
def _in_word(points: Points, classes: Classes, i: int) -> bool:
    if i < 0 or i >= points.size:
        return False
    klass = int(classes[points[i]] & CLASS)
    return 0 < klass <= DIGIT or klass == MARK
