"""Which class each character belongs to: its script, or what kind of sign it is.

One byte a code point: the class in the low six bits, and a bit each for capitals and small letters.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

# Unicode 3.2 comes frozen with every Python, so a text is counted alike under each of them.
from unicodedata import ucd_3_2_0 as unicode

import numpy as np

SCRIPTS: Final = {
    # By ISO 15924 code. Letters only: what else stands in a range is left out by its category.
    "Latn": "41-5A 61-7A AA BA C0-24F 250-2AF 1E00-1EFF FF21-FF3A FF41-FF5A FB00-FB06",
    "Grek": "370-3FF 1F00-1FFF",
    "Cyrl": "400-52F",
    "Armn": "530-58F",
    "Hebr": "590-5FF FB1D-FB4F",
    "Arab": "600-6FF 750-77F FB50-FDFF FE70-FEFC",
    "Deva": "900-97F",
    "Beng": "980-9FF",
    "Guru": "A00-A7F",
    "Gujr": "A80-AFF",
    "Taml": "B80-BFF",
    "Telu": "C00-C7F",
    "Knda": "C80-CFF",
    "Mlym": "D00-D7F",
    "Sinh": "D80-DFF",
    "Geor": "10A0-10FF",
    "Ethi": "1200-137F",
    "Hang": "1100-11FF 3131-318E AC00-D7A3",
    # These are written without spaces between words.
    "Hani": "3005 3007 3400-4DBF 4E00-9FFF F900-FAFF 20000-3FFFD",
    "Jpan": "3041-3096 309D-309F 30A1-30FA 30FC-30FF 31F0-31FF FF66-FF9D",
    "Thai": "E00-E7F",
    "Laoo": "E80-EFF",
    "Mymr": "1000-109F",
    "Khmr": "1780-17FF",
    "Zzzz": "",  # letters of any other script
}
NAMES: Final = ("", *SCRIPTS)
"""The script of a class, for the classes 1 to OTHER_LETTER."""
FIRST_UNSPACED: Final = NAMES.index("Hani")
OTHER_LETTER: Final = NAMES.index("Zzzz")
(DIGIT, MARK, JOINER, EMOJI, MODIFIER, FLAG, ZWJ, SELECTOR, KEYCAP, NEWLINE, RETURN, BANG) = range(
    OTHER_LETTER + 1, OTHER_LETTER + 13
)
CLASS: Final = 63
UPPER: Final = 64
LOWER: Final = 128

_BY_CATEGORY: Final = {
    "Lu": OTHER_LETTER | UPPER,
    "Lt": OTHER_LETTER | UPPER,
    "Ll": OTHER_LETTER | LOWER,
    "Lm": OTHER_LETTER,
    "Lo": OTHER_LETTER,
    "Mn": MARK,
    "Mc": MARK,
    "Me": MARK,
    "Nd": DIGIT,
}
_WHOLESALE: Final = ("Hani", "Hang", "Jpan")
"""Ranges that hold nothing but letters, among them some that are younger than Unicode 3.2."""

_SIGNS: Final = {
    JOINER: "27 2D 5F B7 2010 2019",  # inside words: don't, e-mail, l·l
    # The property Emoji of Unicode 15 without what is text unless a selector follows.
    EMOJI: "231A-231B 23E9-23F3 23F8-23FA 25FB-25FE 2600-2604 260E 2611 2614-2615 2618 261D 2620 "
    "2622-2623 2626 262A 262E-262F 2638-263A 2640 2642 2648-2653 265F-2660 2663 2665-2666 2668 "
    "267B 267E-267F 2692-2697 2699 269B-269C 26A0-26A1 26A7 26AA-26AB 26B0-26B1 26BD-26BE "
    "26C4-26C5 26C8 26CE-26CF 26D1 26D3-26D4 26E9-26EA 26F0-26F5 26F7-26FA 26FD 2702 2705 "
    "2708-270D 270F 2712 2714 2716 271D 2721 2728 2733-2734 2744 2747 274C 274E 2753-2755 2757 "
    "2763-2764 2795-2797 27A1 27B0 27BF 2934-2935 2B05-2B07 2B1B-2B1C 2B50 2B55 1F004 1F0CF "
    "1F170-1F171 1F17E-1F17F 1F18E 1F191-1F19A 1F201-1F202 1F21A 1F22F 1F232-1F23A 1F250-1F251 "
    "1F300-1F3FA 1F400-1F64F 1F680-1F6FF 1F7E0-1F7EB 1F7F0 1F90C-1FAFF",
    MODIFIER: "1F3FB-1F3FF",
    FLAG: "1F1E6-1F1FF",
    ZWJ: "200D",
    SELECTOR: "FE0F",
    KEYCAP: "20E3",
    NEWLINE: "A 85 2028 2029",
    RETURN: "D",
    BANG: "21 FF01",
}


@cache
def table() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The class of every code point: uint8 [0x110000]."""
    classes = np.zeros(0x110000, np.uint8)
    classes[:0x10000] = [
        _BY_CATEGORY.get(unicode.category(chr(point)), 0) for point in range(0x10000)
    ]
    for number, script in enumerate(SCRIPTS, start=1):
        for begin, end in _ranges(SCRIPTS[script]):
            part = classes[begin:end]
            letters = part & CLASS == OTHER_LETTER
            if script in _WHOLESALE:
                letters[:] = True
            part[letters] = part[letters] & (UPPER | LOWER) | number
    for number, ranges in _SIGNS.items():
        for begin, end in _ranges(ranges):
            classes[begin:end] = number
    classes.setflags(write=False)
    return classes


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of code points from "41-5A AA"."""
    for part in text.split():
        begin, _, end = part.partition("-")
        yield int(begin, 16), int(end or begin, 16) + 1
