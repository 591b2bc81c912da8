r"""From a place in a text as YAML reads it back to the place where it was written.

YAML folds lines, drops indentation and decodes escapes, so that a mistake in the 20th character of
a condition may stand three lines down in the file. All of that only ever touches white space and
escapes: the other characters come through one for one and in order. So we cut what was written
into units (a character, `''`, `\u4e2d`…) and pair those that are not white space.
"""

import re
from typing import Final

_UNITS: Final = {
    '"': re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|.", re.DOTALL),
    "'": re.compile(r"''|.", re.DOTALL),
}
_PLAIN_UNIT: Final = re.compile(r".", re.DOTALL)
_WHITE: Final = " \t\n"
_ESCAPES: Final = dict(
    zip("0abefnrtvN_LP", "\0\a\b\x1b\f\n\r\t\v\x85\xa0\u2028\u2029", strict=True)
)


def spans_of(written: str, style: str, text: str) -> list[tuple[int, int]]:
    """Where in `written` each code point of `text` stands: begin, end.

    White space stands right behind the character before it. Empty when the two do not belong
    together.
    """
    body, stop = _body(written, style)
    units = (
        (_decoded(match.group(), style), match.start(), match.end())
        for match in _UNITS.get(style, _PLAIN_UNIT).finditer(written, body, stop)
    )
    visible = (unit for unit in units if unit[0] not in _WHITE)
    spans = []
    end = body
    for character in text:
        if character in _WHITE:
            spans.append((end, end + 1))
            continue
        unit, begin, end = next(visible, ("", 0, 0))
        if unit != character:
            return []
        spans.append((begin, end))
    return spans


def _body(written: str, style: str) -> tuple[int, int]:
    """Where the text begins and ends inside its quotes or below its `|` or `>`."""
    if style in ("'", '"'):
        return 1, len(written) - 1
    if style in ("|", ">"):
        return written.find("\n") + 1, len(written)
    return 0, len(written)


def _decoded(unit: str, style: str) -> str:
    if len(unit) == 1:
        return unit
    if style == "'":
        return "'"
    kind, digits = unit[1], unit[2:]
    return chr(int(digits, base=16)) if digits else _ESCAPES.get(kind, kind)
