"""The fold: one compiled pass that undoes disguise and keeps where each character came from.

Three steps. *Spell* goes character by character: compatibility forms, case, invisible characters,
combining marks, Traditional Chinese. *Mend* (in `mend.py`) goes word by word over the result, and
*undo wordplay* (in `wordplay.py`) over what is Chinese in it.
"""

from comity.signals.kernel import compiled, inner
from comity.signals.lookup import class_of, find
from comity.signals.mend import mend
from comity.signals.tables import (
    ARABIC,
    CLASS,
    COMPOSED,
    DRESSED,
    DROPPED,
    ENTRIES,
    EXPANDED,
    EXPANSIONS,
    GREEK,
    HAN,
    HANGUL,
    LATIN,
    MARK,
    PAGES,
    PAIRS,
    SPACE,
    TARGET,
    Bytes,
    Ints,
)
from comity.signals.wordplay import undo_wordplay

LONGEST = 4
"""No character becomes more than this many; buffers are sized by it."""


@compiled
def fold(
    points: Ints, table: Ints, out: Ints, kinds: Bytes, first: Ints, last: Ints
) -> tuple[int, bool]:
    """Fold code points into `out`, and say how many were written and if a disguise was undone.

    For each of them `kinds` takes its class, and `first` and `last` the half-open range of the
    original that it stands for. The four need room for LONGEST times the text.
    """
    length, dressed = _spell(points, table, out, kinds, first, last)
    length, mended = mend(table, out, kinds, first, last, length)
    length, played = undo_wordplay(table, out, kinds, first, last, length)
    return length, dressed or mended or played


@inner
def _spell(
    points: Ints, table: Ints, out: Ints, kinds: Bytes, first: Ints, last: Ints
) -> tuple[int, bool]:
    n = 0
    dressed = hidden = False  # hidden: something invisible went since the last character
    for here in range(points.size):
        point = points[here]
        entry = table[table[ENTRIES] + (table[table[PAGES] + (point >> 8)] << 8) + (point & 255)]
        if entry & DROPPED:
            hidden = True
            continue
        dressed = dressed or entry & DRESSED != 0
        if entry & EXPANDED:
            at = table[EXPANSIONS] + (entry & TARGET)
            for k in range(at + 1, at + 1 + table[at]):
                out[n], kinds[n] = table[k], class_of(table, table[k])
                first[n], last[n] = here, here + 1
                n += 1
            hidden = False
            continue
        target = entry & TARGET
        folded = target or point
        kind = class_of(table, target) if target else entry >> CLASS
        joins = kind == SPACE or kind == MARK or kind == HANGUL  # the rest need not be asked
        if joins and n > 0 and _absorb(table, out, kinds, n - 1, folded, kind):
            last[n - 1] = here + 1
            continue
        if hidden and n > 0 and HAN <= kind <= GREEK and HAN <= kinds[n - 1] <= GREEK:
            dressed = True  # in these scripts no honest word has invisible characters inside
        out[n], kinds[n] = folded, kind
        first[n], last[n] = here, here + 1
        n += 1
        hidden = False
    return n, dressed


@inner
def _absorb(table: Ints, out: Ints, kinds: Bytes, before: int, point: int, kind: int) -> bool:
    """Whether a character becomes part of the one before it."""
    if kind == SPACE:
        return bool(kinds[before] == SPACE)
    whole = _compose(table, out[before], point)
    if whole:
        out[before] = whole
        return True
    # Stacked marks and Arabic vowel signs: nobody needs them to read the word.
    return kind == MARK and LATIN <= kinds[before] <= ARABIC


@inner
def _compose(table: Ints, base: int, mark: int) -> int:
    """The one character for a base and what follows it, or 0."""
    if 0x1100 <= base < 0x1113 and 0x1161 <= mark < 0x1176:
        return 0xAC00 + ((base - 0x1100) * 21 + (mark - 0x1161)) * 28
    if 0xAC00 <= base < 0xD7A4 and (base - 0xAC00) % 28 == 0 and 0x11A8 <= mark < 0x11C3:
        return base + (mark - 0x11A7)
    if base >= 0x8000 or mark > 0xFFFF:
        return 0
    at = find(table, PAIRS, base << 16 | mark)
    return int(table[table[COMPOSED] + at]) if at >= 0 else 0
