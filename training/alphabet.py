"""The stage `views`, first half: what each character folds to, from Unicode and OpenCC.

Run when the tables are made, never when they are used.
"""

import unicodedata

import numpy as np
from opencc import OpenCC

from comity.signals import tables
from comity.signals.fold import LONGEST

POINTS = 0x110000
PAGE = 256

# Letters that look like Latin ones: Cyrillic and Greek by hand, the common ones only.
LATIN_LOOKS = dict(
    zip(
        "авеѕіјкмнорсԁтухһԛԝьѵӏгп" + "αβγεζηικνορτυχωϲϳ",
        "abesijkmhopcdtyxhqwbvlrn" + "abyezniknoptuxwcj",
        strict=True,
    )
)
CYRILLIC_LOOKS = dict(zip("abcehikmnoprtuxy", "авсенікмпоргтиху", strict=True))
SMALL_CAPITALS = dict(
    zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡı", "abcdefghijklmnoprstuvwyzagi", strict=True)
)
LEET = dict(zip("013457 89@$!|".replace(" ", ""), "oieast" + "bgasii", strict=True))

_SCRIPTS = {
    "LATIN": tables.LATIN,
    "CYRILLIC": tables.CYRILLIC,
    "GREEK": tables.GREEK,
    "ARABIC": tables.ARABIC,
    "CJK": tables.HAN,
    "HANGUL": tables.HANGUL,
    "HIRAGANA": tables.KANA,
    "KATAKANA": tables.KANA,
}


def characters() -> list[np.ndarray]:
    """The sections of the table up to LEET."""
    simplified = OpenCC("t2s")
    entries = np.zeros(POINTS, np.int32)
    expansions: list[int] = []
    for point in range(POINTS):
        char = chr(point)
        folded = fold_character(char, simplified)
        entry = character_class(char) << tables.CLASS
        if folded == "":
            entry |= tables.DROPPED
        elif folded == char:
            pass
        elif len(folded) == 1:
            entry |= ord(folded)
            if point > 0x24F and folded.isascii() and folded.isalpha():
                entry |= tables.DRESSED
        else:
            entry |= tables.EXPANDED | len(expansions)
            expansions += [len(folded), *map(ord, folded)]
        entries[point] = entry
    pages, entries = _share_pages(entries)
    pairs = sorted(_compositions())
    looks = sorted(
        [(ord(char), ord(latin)) for char, latin in LATIN_LOOKS.items()]
        + [(ord(latin) + tables.FROM_LATIN, ord(char)) for latin, char in CYRILLIC_LOOKS.items()]
    )
    sections = [pages, entries, expansions, *zip(*pairs, strict=True), *zip(*looks, strict=True)]
    sections.append([ord(LEET.get(chr(point), "\0")) for point in range(128)])
    return [np.array(section, np.int32) for section in sections]


def join(sections: list[np.ndarray]) -> np.ndarray:
    """The sections as one table, with its header."""
    begins = np.cumsum([tables.HEADER, *map(len, sections)])
    return np.concatenate([begins, *sections]).astype(np.int32)


def fold_character(char: str, simplified: OpenCC) -> str:
    """What one character becomes: "" if it is invisible, itself if nothing is to be done."""
    point = ord(char)
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp") or char in "\t\n\r\v\f\x85":
        return " "
    if category in ("Cc", "Cf") or char in "\u0640\u034f\u115f\u1160\u3164\uffa0":
        return ""
    if 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
        return ""  # variation selectors
    if category in ("Cs", "Co", "Cn"):
        return char
    if 0x3131 <= point <= 0x318E:
        return char  # Koreans write ㅋㅋ with these; NFKC would take them apart
    if 0x1F150 <= point <= 0x1F169 or 0x1F170 <= point <= 0x1F189:
        return chr(ord("a") + (point - 0x1F150) % 32)  # negative circled and squared letters
    if char == "İ":
        return "i"
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).lower())
    folded = "".join(SMALL_CAPITALS.get(part, part) for part in folded)
    if "CJK" in unicodedata.name(folded[0], "") and len(folded) == 1:
        folded = simplified.convert(folded)
    folded = " ".join(folded.split()) if folded.strip() else " "
    return folded if len(folded) <= LONGEST else char


def character_class(char: str) -> int:
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp") or char in "\t\n\r\v\f\x85":
        return tables.SPACE
    if category[0] == "M":
        return tables.MARK
    if category == "Nd":
        return tables.DIGIT
    if category[0] == "L":
        return _SCRIPTS.get(unicodedata.name(char, "").split(" ")[0], tables.LETTER)
    point = ord(char)
    if category == "So" and (0x2600 <= point < 0x27C0 or 0x1F000 <= point < 0x1FB00):
        return tables.EMOJI
    if 0x1F3FB <= point <= 0x1F3FF:
        return tables.EMOJI  # skin tones
    return tables.OTHER


def _share_pages(entries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep each page of 256 characters once."""
    unique, pages = np.unique(entries.reshape(-1, PAGE), axis=0, return_inverse=True)
    return pages.ravel(), unique.ravel()


def _compositions() -> list[tuple[int, int]]:
    """Every (base, mark) that has a composed form in lower case, as a key and that form."""
    pairs = []
    for point in range(0x10000):
        parts = unicodedata.decomposition(chr(point)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            base, mark = (int(part, 16) for part in parts)
            whole = unicodedata.normalize("NFC", chr(base) + chr(mark))
            if whole == chr(point) == whole.lower():
                pairs.append((base << 16 | mark, point))
    return pairs
