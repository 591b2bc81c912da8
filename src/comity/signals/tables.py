"""What the fold knows about characters and words: one lookup table, frozen in a file.

It is made once by `python -m training views` and never computed at run time, so that a text folds
alike under every version of Python and Unicode.

The table is a single array of int32, which is what a compiled kernel takes up fastest: first where
each section begins, then the sections.
"""

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

import numpy as np

Ints = np.ndarray[Any, np.dtype[np.int32]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]

# The sections of the table.
(
    PAGES,  # [4352]: the page of each 256 characters
    ENTRIES,  # [pages, 256]: what becomes of a character, its class and more; see below
    EXPANSIONS,  # where one becomes several: their count, then the code points
    PAIRS,  # sorted: base << 16 | mark
    COMPOSED,  # the one character that each of the pairs makes
    LOOKS,  # sorted: Cyrillic and Greek letters; then Latin ones, plus FROM_LATIN
    ALIKE,  # the look-alike of each in the other alphabet: Latin, or else Cyrillic
    LEET,  # [128]: the letter that an ASCII digit or symbol stands for, or 0
    WORDS,  # sorted: hashes of words that people write plainly
    FREQUENCY,  # how often each of them is written, as a power of two
    GATE,  # [GATES + 1]: 1 where wordplay begins with a character of these lowest bits
    PLAY_LETTERS,  # the tree of wordplay: the letter of each node; siblings stand sorted
    PLAY_BEGINS,  # where the children of each node begin, and where the last ones end
    MEANING,  # one more than where the meaning of each node stands in MEANINGS, or 0
    MEANINGS,  # what wordplay stands for: the count, then the code points
) = range(15)
HEADER = 16
"""So many numbers say where sections begin; the last of them, where the table ends."""

# An entry: the code point it becomes (0: it stays), or where in EXPANSIONS it does; above that:
TARGET = (1 << 21) - 1
DROPPED = 1 << 21
"""It is invisible and goes."""
EXPANDED = 1 << 22
DRESSED = 1 << 23
"""A plain Latin letter in fancy dress: full-width, circled, bold."""
CLASS = 24
"""From this bit on, the class of the character itself."""

FROM_LATIN = 1 << 24
GATES = (1 << 12) - 1

# The classes of characters. Words are made of those from LATIN to MARK.
OTHER, SPACE, EMOJI, HAN, HANGUL, KANA, LATIN, CYRILLIC, GREEK, ARABIC, LETTER, DIGIT, MARK = range(
    13
)


@cache
def shipped() -> Ints:
    """The table of this release."""
    return read(files("comity.signals").joinpath("views.npz").read_bytes())


def read(data: bytes) -> Ints:
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return np.ascontiguousarray(arrays["table"], np.int32)


def bounds_of(texts: Sequence[str]) -> Ints:
    """Where each text begins once all are joined; and where the last ends."""
    return np.array([0, *accumulate(map(len, texts))], np.int32)
