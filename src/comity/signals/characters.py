"""What a text is made of: one compiled pass counts its letters by script, its words and its signs.

The noun is `Characters`, the verb `count_characters`.
"""

from typing import Any, NamedTuple

import numpy as np

from comity.signals.alphabets import (
    BANG,
    CLASS,
    DIGIT,
    EMOJI,
    FIRST_UNSPACED,
    FLAG,
    JOINER,
    KEYCAP,
    LOWER,
    MARK,
    NAMES,
    NEWLINE,
    OTHER_LETTER,
    RETURN,
    SELECTOR,
    UPPER,
    ZWJ,
    table,
)
from comity.signals.kernel import brief, inner

Points = np.ndarray[Any, np.dtype[np.uint32]]
Classes = np.ndarray[Any, np.dtype[np.uint8]]
Counts = np.ndarray[Any, np.dtype[np.int64]]

_HAN, _KANA = NAMES.index("Hani"), NAMES.index("Jpan")
# Where a count stands. Slot 0 takes what counts as nothing.
_SCRIPT, _LETTERS, _UPPER, _LOWER, _WORDS, _LINES, _EMOJI, _FLAGS, _BANGS, _SLOTS = range(1, 11)


class Characters(NamedTuple):
    """Counts over one text."""

    script: str | None
    """Of most letters, by ISO 15924; kana with or without Chinese characters are "Jpan"."""
    letters: int
    upper: int
    lower: int
    words: int
    lines: int
    emoji: int
    exclamations: int

    @property
    def caps_share(self) -> float:
        return self.upper / (self.upper + self.lower) if self.upper else 0.0


def count_characters(text: str) -> Characters:
    """Count in linear time over any text, lone surrogates included."""
    counts = np.zeros(_SLOTS, np.int64)
    _count(points_of(text), table(), counts)
    _, script, letters, upper, lower, words, lines, emoji, _, bangs = counts.tolist()
    name = NAMES[script] or None
    return Characters(name, letters, upper, lower, words, lines, emoji, bangs)


def points_of(text: str) -> Points:
    """The code points of a text: uint32, one each."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@brief
def _count(points: Points, table: Classes, counts: Counts) -> None:
    by_script = np.zeros(DIGIT + 1, np.int64)
    previous = 0
    in_word = False
    counts[_LINES] = points.size > 0
    for i in range(points.size):
        entry = table[points[i]]
        klass = entry & CLASS
        if 0 < klass <= DIGIT:
            unspaced = FIRST_UNSPACED <= klass < OTHER_LETTER
            by_script[klass] += 1
            counts[_WORDS] += unspaced or not in_word
            counts[_UPPER] += entry & UPPER > 0
            counts[_LOWER] += entry & LOWER > 0
            in_word = not unspaced
        elif klass == JOINER:
            in_word = in_word and previous != JOINER
        elif klass != MARK and klass != ZWJ:
            in_word = False
            counts[_slot_of_sign(klass, previous, points[i - 1] if i else 0)] += 1
        previous = klass
    counts[_EMOJI] += (counts[_FLAGS] + 1) // 2
    counts[_LETTERS] = by_script[:DIGIT].sum()
    script = by_script[:DIGIT].argmax()
    counts[_SCRIPT] = _KANA if script == _HAN and by_script[_KANA] > 0 else script


@inner
def _slot_of_sign(klass: int, previous: int, before: int) -> int:
    """What a sign counts as; slot 0 where as nothing. A `previous` class of 0 is plain text."""
    if klass == EMOJI:
        return 0 if previous == ZWJ else _EMOJI
    if klass == SELECTOR:
        # It makes an emoji of a sign, but for # and *, which a key cap has yet to follow.
        return _EMOJI if previous == 0 and before > 0 and before not in (35, 42) else 0
    if klass == KEYCAP:
        return _EMOJI
    if klass == FLAG:
        return _FLAGS
    if klass == BANG:
        return _BANGS
    if klass == RETURN or (klass == NEWLINE and previous != RETURN):
        return _LINES
    return 0
