"""A place in a text is found again where it was written, however it was written."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.charter.document import Scalar, read_document
from comity.charter.document.offsets import spans_of

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")),
    max_size=60,
)
LINES = st.lists(WORDS, max_size=6).map("\n".join)


def written_as(text: str, style: str, width: int) -> str:
    return str(yaml.dump({"when": text}, default_style=style, width=width, allow_unicode=True))


@given(text=LINES, style=st.sampled_from(["", "'", '"', "|", ">"]), width=st.integers(5, 80))
@example(text='it\'s 对 \\ "so"\n\n  deep\nend', style='"', width=10)
@example(text='it\'s 对 \\ "so"\n\n  deep\nend ', style="'", width=10)
@settings(max_examples=300, deadline=None)
def test_every_character_is_found_where_it_stands(text: str, style: str, width: int) -> None:
    document = read_document(written_as(text, style, width), "")
    scalar = document.find(("when",))
    assert isinstance(scalar, Scalar)
    written = document.places.text[scalar.begin : scalar.end]
    spans = spans_of(written, scalar.style, scalar.text)
    assert len(spans) == len(scalar.text)
    for character, (begin, end) in zip(scalar.text, spans, strict=True):
        if character not in " \t\n":
            assert meaning(written[begin:end], scalar.style) == character
    assert spans == sorted(spans)


def meaning(unit: str, style: str) -> object:
    """What YAML itself makes of one character as it stands in the file."""
    quote = style if style in ("'", '"') else '"'
    if unit in ('"', "\\") and quote == '"' and style != '"':
        return unit
    return yaml.safe_load(f"{quote}{unit}{quote}")


@pytest.mark.parametrize(
    "written",
    [
        "when: one two WRONG",
        "when: one\n  two\n\n  WRONG",
        "when: 'one ''two'' WRONG'",
        "when: 'one\n  ''two''\n  WRONG'",
        'when: "one \\"two\\" \\u4e2d\\x41 WRONG"',
        'when: "one \\\n  two\\t WRONG"',
        "when: >\n  one\n  two WRONG\n",
        "when: >-\n  one\n\n    two\n  WRONG\n# a comment",
        "when: |\n  one\n    two WRONG",
        "when: |2-\n   one\n   two WRONG\n\n",
        "when: > # a comment\n  one WRONG",
        "{when: one two WRONG}",
        "{when: one, two WRONG}",
        "when: 对事不对人 WRONG",
        "when: one\r\n  two\r\n  WRONG\r\n",
    ],
)
def test_a_mistake_in_a_condition_is_pointed_at(written: str) -> None:
    document = read_document(written, "")
    scalar = document.find(("when",))
    assert isinstance(scalar, Scalar)
    at = scalar.text.index("WRONG")
    found = document.diagnose_part(scalar, at, at + 5, "wrong")
    shown = found.source[found.column - 1 : found.column - 1 + found.length]
    assert shown == "WRONG"
    assert written.splitlines()[found.line - 1] == found.source


def test_what_is_missing_at_the_end_is_pointed_at_the_end() -> None:
    document = read_document("when: insult >", "")
    scalar = document.find(("when",))
    assert isinstance(scalar, Scalar)
    found = document.diagnose_part(scalar, 8, 8, "something is missing")
    assert (found.line, found.column) == (1, 14)
