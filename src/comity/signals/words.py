"""Rude and kind words: lists of our own for each language, and how often a text uses them.

The verb is `count_words`. The lists are `data/words/LANGUAGE.rude.txt` and
`LANGUAGE.kind.txt`: one entry a line, sorted; a `*` at the end stands for any ending.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Final

import numpy as np

from comity.signals import alphabets
from comity.signals.alphabets import CLASS, DIGIT, MARK
from comity.signals.catalogue import WORD_LIST_LANGUAGES
from comity.signals.characters import Classes, Points, points_of
from comity.signals.kernel import brief, inner
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

Tree = np.ndarray[Any, np.dtype[np.int32]]
"""Both lists of a language as one tree of letters, [5, nodes]; node 0 is the root.

The children of a node stand at _BEGIN to _END, sorted by their _LETTER. Where an entry ends, _EXACT
or _OPEN says of which list it is; after an open one the word may go on.
"""
_LETTER, _BEGIN, _END, _EXACT, _OPEN = range(5)


def count_words(plain_text: str, language: str | None) -> tuple[int | None, int | None]:
    """How many rude and how many kind words; (None, None) where there is no list.

    `plain_text` has its disguises undone; `language` is the main part of a BCP 47 tag.
    """
    if language not in WORD_LIST_LANGUAGES:
        return None, None
    points, anywhere = points_of(plain_text), language in _UNSET_APART
    return _count(points, alphabets.table(), word_tree(language), anywhere)


def entries(language: str, name: str) -> tuple[str, ...]:
    """The list `rude` or `kind` as it was written."""
    file = files("comity.signals") / "data" / "words" / f"{language}.{name}.txt"
    return tuple(file.read_text("utf-8").split("\n")[:-1])


@cache
def word_tree(language: str) -> Tree:
    """Grow the tree, breadth first, from the entries as they read with disguises undone."""
    root: dict[str, Any] = {}
    for word, value, is_open in _forms(language):
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node["open" if is_open else "exact"] = value
    nodes, rows = [("", root)], []
    for letter, node in nodes:
        exact, opened = node.pop("exact", 0), node.pop("open", 0)
        begin = len(nodes)
        nodes += sorted(node.items())
        rows.append((ord(letter or "\0"), begin, len(nodes), exact, opened))
    return np.array(rows, np.int32).T.copy()


def _forms(language: str) -> Iterator[tuple[str, int, bool]]:
    for value, name in enumerate(_LISTS, start=_RUDE):
        for entry in entries(language, name):
            is_open = entry.endswith("*") or language in _SUFFIXING
            for prefix in _PREFIXES.get(language, ("",)):
                yield prefix + plain(entry.rstrip("*")), value, is_open


@brief
def _count(points: Points, classes: Classes, tree: Tree, anywhere: bool) -> tuple[int, int]:
    rude = kind = i = 0
    while i < points.size:
        if anywhere or not _in_word(points, classes, i - 1):
            end, value = _longest(points, classes, i, tree)
            rude += value == _RUDE
            kind += value == _KIND
            i = max(end, i)
        i += 1
    return rude, kind


@inner
def _longest(points: Points, classes: Classes, begin: int, tree: Tree) -> tuple[int, int]:
    """The last place of the longest entry that begins at `begin`, and its list; or (0, 0)."""
    end = value = node = 0
    i = begin
    while i < points.size:
        node = _child(tree, node, points[i])
        if node == 0:
            break
        if tree[_OPEN, node]:
            end, value = i, tree[_OPEN, node]
        elif tree[_EXACT, node] and not _in_word(points, classes, i + 1):
            end, value = i, tree[_EXACT, node]
        i += 1
    return end, value


@inner
def _child(tree: Tree, node: int, letter: int) -> int:
    """The child of a node by a letter, 0 where there is none: the root is nobody's child."""
    begin, end = tree[_BEGIN, node], tree[_END, node]
    at = begin + np.searchsorted(tree[_LETTER, begin:end], np.int32(letter))
    return at if at < end and tree[_LETTER, at] == letter else 0


@inner
def _in_word(points: Points, classes: Classes, i: int) -> bool:
    if i < 0 or i >= points.size:
        return False
    klass = int(classes[points[i]] & CLASS)
    return 0 < klass <= DIGIT or klass == MARK
