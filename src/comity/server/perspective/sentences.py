"""Where sentences begin and end, in Latin and in Chinese punctuation, and offsets in UTF-16."""

from itertools import accumulate
from typing import Final

import re2

# A sentence ends after a run of stops (with closing quotes) before a blank, after a CJK stop, or
# with the line. Matching is linear: RE2 only.
_END: Final = re2.compile(r"""[.!?…]+["'”’)\]]*\s+|[。！？；]+[”’」』）]*\s*|\n+\s*""")


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of a text's sentences, blanks around them left out: code points, end exclusive."""
    spans = []
    begin = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        piece = text[begin:end]
        if body := piece.strip():
            start = begin + len(piece) - len(piece.lstrip())
            spans.append((start, start + len(body)))
        begin = end
    return spans


def utf16_offsets(text: str) -> list[int]:
    """For each code point boundary of a text, its offset in UTF-16 code units."""
    return [0, *accumulate(2 if ord(char) > 0xFFFF else 1 for char in text)]
