"""Undoing Chinese wordplay: homophones, pinyin and initials, characters taken apart, pictures.

The list is `training/wordplay.txt`, in the table as a tree of letters. One pass; from each place
the longest entry that fits is read, so the time is linear in the text.
"""

from comity.signals.kernel import inner
from comity.signals.lookup import class_of
from comity.signals.tables import (
    EMOJI,
    GATE,
    GATES,
    HAN,
    LATIN,
    MEANING,
    MEANINGS,
    PLAY_BEGINS,
    PLAY_LETTERS,
    Bytes,
    Ints,
)


@inner
def undo_wordplay(
    table: Ints, out: Ints, kinds: Bytes, first: Ints, last: Ints, n: int
) -> tuple[int, bool]:
    """Write what is meant, in place; say how many characters are left and if any were changed.

    A meaning is never longer than what is written for it. Its characters all stand for the whole.
    """
    if not _any_han(kinds, n):
        return n, False
    r = w = 0
    undone = False
    gate = table[GATE]
    while r < n:
        size, meaning = 0, 0
        if table[gate + (out[r] & GATES)]:
            before = kinds[w - 1] if w > 0 else 0
            size, meaning = _longest(table, out, kinds, r, n, before)
        if size == 0:
            if w < r:
                out[w], kinds[w], first[w], last[w] = out[r], kinds[r], first[r], last[r]
            w, r = w + 1, r + 1
            continue
        at = table[MEANINGS] + meaning - 1
        same = table[at] == size
        for k in range(table[at]):
            same = same and table[at + 1 + k] == out[r + k]
        begin, end = first[r], last[r + size - 1]
        named = size == 1 and kinds[r] == EMOJI  # a picture for its name is ordinary writing
        undone = undone or not (same or named)
        for k in range(table[at]):
            if same:
                begin, end = first[r + k], last[r + k]
            out[w] = table[at + 1 + k]
            kinds[w] = class_of(table, out[w])
            first[w], last[w] = begin, end
            w += 1
        r += size
    return w, undone


@inner
def _any_han(kinds: Bytes, n: int) -> bool:
    for k in range(n):  # noqa: SIM110 - a generator does not compile
        if kinds[k] == HAN:
            return True
    return False


@inner
def _longest(
    table: Ints, out: Ints, kinds: Bytes, begin: int, n: int, before: int
) -> tuple[int, int]:
    """The length of the longest entry at `begin`, and where its meaning is; or (0, 0)."""
    size = meaning = node = 0
    han = False
    for at in range(begin, n):
        node = _child(table, node, out[at])
        if node == 0:
            break
        han = han or kinds[at] == HAN
        here = table[table[MEANING] + node]
        after = kinds[at + 1] if at + 1 < n else 0
        if here and _stands(kinds[begin], kinds[at], before, after, han):
            size, meaning = at + 1 - begin, here
    return size, meaning


@inner
def _child(table: Ints, node: int, letter: int) -> int:
    """The child of a node by a letter, 0 where there is none: the root is nobody's child."""
    low, high = table[table[PLAY_BEGINS] + node], table[table[PLAY_BEGINS] + node + 1]
    end = high
    while low < high:
        middle = (low + high) // 2
        if table[table[PLAY_LETTERS] + middle] < letter:
            low = middle + 1
        else:
            high = middle
    return int(low) if low < end and table[table[PLAY_LETTERS] + low] == letter else 0


@inner
def _stands(begins: int, ends: int, before: int, after: int, han: bool) -> bool:
    """Whether an entry may be read here: no part of a foreign word, and in a Chinese context."""
    if (begins >= LATIN and before >= LATIN) or (ends >= LATIN and after >= LATIN):
        return False
    if begins == EMOJI and not han:
        return after == HAN
    return han or before == HAN or after == HAN
