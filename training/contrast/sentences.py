"""From patterns to labelled sentences, the same each time."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from training.contrast.disguise import disguised
from training.contrast.patterns import FORK, SLOT, Book, Pattern, read_books
from training.sources import HARMS, Comment

FOLDER = Path(__file__).parent
WEIGHT = 2.0
TIMES = 2
"""Nothing else says what they say; so, two visits. But the fast tier cannot do both: one visit
costs 0.02 of its AUC on real English comments, four cost 0.05."""
CASUAL = 6
"""One sentence in so many is all in lower case."""

_ARTICLE = re.compile(r"\b([Aa])\(n\) (?=(\w{0,3}))")
_SPOKEN_WITH_A_CONSONANT = ("eu", "uni", "use", "uk", "one")


def contrast(folder: Path = FOLDER) -> Iterator[Comment]:
    """Every sentence; its `part` says if it is for training or held out."""
    for book in read_books(folder):
        for pattern in book.patterns:
            for template in pattern.templates:
                yield from _sentences(template, pattern, book)


def _sentences(template: str, pattern: Pattern, book: Book) -> Iterator[Comment]:
    slots = {name + which: name for _, name, which in SLOT.findall(template)}
    orders = {}
    for slot, name in slots.items():
        words = book.lists[name].words + (book.lists[name].held_out if pattern.held_out else [])
        orders[slot] = sorted(words, key=lambda word, slot=slot: _hash(template, slot, word))
    seen = set()
    for k in range(min(pattern.most, max(map(len, orders.values()), default=1))):
        words = {slot: order[k % len(order)] for slot, order in orders.items()}
        for side in (0, 1) if pattern.twin else (0,):
            text = _written(template, side, words, _hash(template, str(k)))
            if text not in seen:  # a twin without a slot in its brackets may come again
                seen.add(text)
                yield _labelled(text, pattern, side, book)


def _labelled(text: str, pattern: Pattern, side: int, book: Book) -> Comment:
    kind = pattern.twin if side else pattern.kind
    own = pattern.twin_shares if side else pattern.shares
    shares = dict.fromkeys(HARMS, 0.0) | book.kinds[kind] | own
    labels = {name: (share, WEIGHT) for name, share in shares.items()}
    return Comment(text, book.language, f"contrast:{kind}", labels, _part(pattern))


def _part(pattern: Pattern) -> str:
    """Of the held-out patterns one in three tunes: some qualities have no other comments to."""
    if not pattern.held_out:
        return "train"
    return "tune" if _hash(pattern.kind, pattern.name) % 3 == 0 else "test"


def _written(template: str, side: int, words: dict[str, str], number: int) -> str:
    """One sentence; `number` decides on its spelling."""

    def word(slot: re.Match[str]) -> str:
        hidden, name, which = slot.groups()
        return disguised(words[name + which], number) if hidden else words[name + which]

    chosen = FORK.sub(lambda fork: fork[side + 1].strip(), template)
    text = SLOT.sub(word, chosen)
    text = _ARTICLE.sub(_article, text)
    if number % CASUAL == 0:
        return text.lower().removesuffix(".").removesuffix("。")
    return text[0].upper() + text[1:] if chosen.startswith("{") else text


def _article(found: re.Match[str]) -> str:
    following = found[2].lower()
    vowel = following[:1] in set("aeiou") and not following.startswith(_SPOKEN_WITH_A_CONSONANT)
    return f"{found[1]}n " if vowel else f"{found[1]} "


def _hash(*parts: str) -> int:
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
