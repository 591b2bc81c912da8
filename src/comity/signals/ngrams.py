"""What a scorer sees of a folded text: n-grams, each as the number of a bucket and its place.

Alphabets: words, pairs of words, and three to five characters within a word and its edges.
Chinese, Japanese, Korean: one to four characters in a row. Emoji: alone, and with what precedes.
Beside these a few marks of how it was written: capitals, exclamations, digits, disguise.
Handles (@name) are nobody's words and are left out.
"""

import numpy as np

from comity.signals.kernel import inner
from comity.signals.tables import DIGIT, EMOJI, HAN, KANA, LATIN, SPACE, Bytes, Ints

PER_CHARACTER, BESIDE = 5, 8
"""No text of n characters has more than PER_CHARACTER * n + BESIDE n-grams."""
_WORD, _PAIR, _PART, _SIGN, _ROW, _MARK = (0x9E3779B1 * k & 0xFFFFFFFF for k in range(1, 7))
"""Where the hashes of each sort of n-gram begin."""
_EDGE, _HANDLE = 0x110000, 0x110001
_LONGEST_WORD = 60
_AT, _BANG, _QUESTION, _A, _Z = ord("@"), ord("!"), ord("?"), ord("A"), ord("Z")


@inner
def ngrams(
    points: Ints,
    out: Ints,
    kinds: Bytes,
    length: int,
    disguised: bool,
    mask: int,
    buckets: Ints,
    places: Ints,
) -> int:
    """Write the bucket (at most `mask`) of each n-gram, and to `places[k]` its [begin, end).

    Marks of how it was written have an empty place. Returns how many were written.
    """
    count = _marks(points, kinds, length, disguised, mask, buckets, places)
    previous = np.uint32(_EDGE)
    at = 0
    while at < length:
        kind = kinds[at]
        stop = at + 1
        if kind >= LATIN:
            while stop < length and kinds[stop] >= LATIN:
                stop += 1
            if at > 0 and out[at - 1] == _AT:
                previous = np.uint32(_HANDLE)
            else:
                word = _hash(out, at, stop, _WORD)
                count = _put(buckets, places, count, word, mask, at, stop)
                pair = _step(_step(np.uint32(_PAIR), previous), word)
                count = _put(buckets, places, count, pair, mask, at, stop)
                count = _parts(out, at, stop, mask, buckets, places, count)
                previous = word
        elif HAN <= kind <= KANA:
            key = np.uint32(_ROW)
            for k in range(at, min(at + 4, length)):
                if not HAN <= kinds[k] <= KANA:
                    break
                key = _step(key, np.uint32(out[k]))
                count = _put(buckets, places, count, key, mask, at, k + 1)
            previous = np.uint32(out[at])
        elif kind != SPACE:
            sign = _step(np.uint32(_SIGN), np.uint32(out[at]))
            count = _put(buckets, places, count, sign, mask, at, stop)
            if kind == EMOJI:
                pair = _step(_step(np.uint32(_PAIR), previous), sign)
                count = _put(buckets, places, count, pair, mask, at, stop)
                previous = sign
        at = stop
    return count


@inner
def _parts(
    out: Ints, begin: int, end: int, mask: int, buckets: Ints, places: Ints, count: int
) -> int:
    """Three to five characters in a row, the edges of the word among them."""
    stop = min(end, begin + _LONGEST_WORD)
    for start in range(begin - 1, stop - 1):
        key = np.uint32(_PART)
        for k in range(start, min(start + 5, stop + 1)):
            key = _step(key, np.uint32(out[k] if begin <= k < end else _EDGE))
            if k >= start + 2:
                low, high = max(start, begin), min(k + 1, end)
                count = _put(buckets, places, count, key, mask, low, high)
    return count


@inner
def _marks(
    points: Ints,
    kinds: Bytes,
    length: int,
    disguised: bool,
    mask: int,
    buckets: Ints,
    places: Ints,
) -> int:
    capitals = letters = bangs = questions = run = longest = 0
    for point in points:
        capitals += _A <= point <= _Z
        bangs += point in (_BANG, 0xFF01)
        questions += point in (_QUESTION, 0xFF1F)
    for k in range(length):
        letters += kinds[k] == LATIN
        run = run + 1 if kinds[k] == DIGIT else 0
        longest = max(longest, run)
    count = 0
    if letters >= 8 and capitals * 10 >= letters * 3:
        count = _mark(buckets, places, count, mask, 10 + min(9, capitals * 10 // letters) // 3)
    if bangs:
        count = _mark(buckets, places, count, mask, 20 + min(bangs, 4))
    if questions:
        count = _mark(buckets, places, count, mask, 30 + min(questions, 3))
    if longest >= 3:
        count = _mark(buckets, places, count, mask, 40 + min(longest, 12))
    if disguised:
        count = _mark(buckets, places, count, mask, 60)
    return count


@inner
def _mark(buckets: Ints, places: Ints, count: int, mask: int, mark: int) -> int:
    key = _step(np.uint32(_MARK), np.uint32(mark))
    return _put(buckets, places, count, key, mask, 0, 0)


@inner
def _hash(out: Ints, begin: int, end: int, seed: int) -> np.uint32:
    key = np.uint32(seed)
    for k in range(begin, end):
        key = _step(key, np.uint32(out[k]))
    return key


@inner
def _step(key: np.uint32, value: np.uint32) -> np.uint32:
    """FNV-1a, a whole code point at a time."""
    return np.uint32((key ^ value) * np.uint32(16777619))


@inner
def _put(
    buckets: Ints, places: Ints, count: int, key: np.uint32, mask: int, begin: int, end: int
) -> int:
    # Murmur3's finish: the low bits of FNV alone are too regular to cut off.
    key = np.uint32((key ^ (key >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    key = np.uint32((key ^ (key >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    buckets[count] = (key ^ (key >> np.uint32(16))) & np.uint32(mask)
    places[count, 0], places[count, 1] = begin, end
    return count + 1


@inner
def distinct(buckets: Ints, count: int, seen: Ints) -> int:
    """Move each bucket's first appearance to the front; say how many there are.

    `seen` is room for a hash set: a power of two, at least twice `count`.
    """
    size = 4
    while size < 2 * count:
        size *= 2
    for k in range(size):
        seen[k] = -1
    kept = 0
    for k in range(count):
        bucket = buckets[k]
        at = (bucket * 0x9E37 + (bucket >> 7)) & (size - 1)
        while seen[at] != -1 and seen[at] != bucket:
            at = (at + 1) & (size - 1)
        if seen[at] == -1:
            seen[at] = bucket
            buckets[kept] = bucket
            kept += 1
    return kept
