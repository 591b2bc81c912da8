"""Looking things up in the table of characters and words, from within a kernel."""

import numpy as np

from comity.signals.kernel import brief, compiled, inner
from comity.signals.tables import (
    ARABIC,
    CLASS,
    ENTRIES,
    FREQUENCY,
    HAN,
    HANGUL,
    KANA,
    LATIN,
    LEET,
    MARK,
    OTHER,
    PAGES,
    WORDS,
    Ints,
)


@inner
def class_of(table: Ints, point: int) -> int:
    page = table[table[PAGES] + (point >> 8)]
    return int(table[table[ENTRIES] + (page << 8) + (point & 255)] >> CLASS)


@brief
def script_of(table: Ints, points: Ints) -> int:
    """LATIN, HAN, HANGUL or ARABIC: what most letters are. OTHER if none is, or any is kana."""
    counts = np.zeros(MARK + 1, np.int64)
    for point in points:
        counts[class_of(table, point)] += 1
    script = OTHER
    counts[OTHER] = 0
    for each in (LATIN, HAN, HANGUL, ARABIC):
        if counts[each] > counts[script]:
            script = each
    return OTHER if counts[KANA] else script


@inner
def find(table: Ints, section: int, key: int) -> int:
    """Where `key` stands in a sorted section, or -1."""
    low, high = table[section], table[section + 1]
    end = high
    while low < high:
        middle = (low + high) // 2
        if table[middle] < key:
            low = middle + 1
        else:
            high = middle
    return int(low - table[section]) if low < end and table[low] == key else -1


@inner
def letter_for(table: Ints, point: int) -> int:
    """The letter that a digit or symbol stands for, or 0."""
    return int(table[table[LEET] + point]) if point < 128 else 0


@inner
def frequency_of(table: Ints, word: Ints, begin: int, end: int) -> int:
    """One more than log2 of how often people write `word[begin:end]`; 0 if they do not."""
    at = find(table, WORDS, hash_word(word, begin, end))
    return int(table[table[FREQUENCY] + at]) + 1 if at >= 0 else 0


@compiled
def hash_word(word: Ints, begin: int, end: int) -> int:
    """FNV-1a over code points, as a signed number of 32 bits."""
    key = np.uint32(2166136261)
    for k in range(begin, end):
        key = np.uint32((key ^ np.uint32(word[k])) * np.uint32(16777619))
    return int(np.int32(key))
