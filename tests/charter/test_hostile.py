"""Whatever a file holds, it is a charter or it is refused with words. Nothing else happens."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.charter import Charter, CharterError
from comity.charter.document import MAX_DIAGNOSTICS, decode
from tests.charter.charters import TOWN_SQUARE

PIECES = [
    *(
        "{",
        "}",
        "[",
        "]",
        ": ",
        "- ",
        "\n",
        "  ",
        "'",
        '"',
        ",",
        "#",
        "&a ",
        "*a",
        "!",
        "|\n",
        ">\n",
    ),
    *("null", "~", "yes", "0", "-1", "1e999", "2024-01-01", "对", "：", "\t", "\\", "%", "<<: "),
    *(
        "when: ",
        "then: ",
        "for: ",
        "en: ",
        "id: ",
        "articles: ",
        "counters: ",
        "lists: ",
        "values: ",
    ),
    *("and ", "or ", "not ", "toxicity", "is null", "in ", "(", ")", "like ", "\x00", "\ud800"),
]


def refused_or_read(data: bytes) -> str:
    try:
        return Charter.parse(decode(data, "charter.yaml")).sha256
    except CharterError as error:
        return str(error) if len(error.diagnostics) <= MAX_DIAGNOSTICS else ""


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes(data: bytes) -> None:
    assert refused_or_read(data)


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_any_change_to_a_charter(data: st.DataObject) -> None:
    text = TOWN_SQUARE
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(text)))
        end = begin + data.draw(st.integers(0, 30))
        text = text[:begin] + data.draw(st.sampled_from(PIECES)) + text[end:]
    assert refused_or_read(text.encode("utf-8", "surrogatepass"))


@given(
    st.recursive(
        st.sampled_from(["x", "", "hold", "1 hour", "2%", "toxicity > 0.5", "en", "a" * 300]),
        lambda part: (
            st.lists(part, max_size=3)
            | st.dictionaries(
                st.sampled_from(["en", "remedy", "for", "count", "x", "id"]), part, max_size=3
            )
        ),
        max_leaves=6,
    ),
    st.sampled_from(
        ["charter", "community", "languages", "values", "lists", "counters", "lessons", "articles"]
    ),
)
@settings(max_examples=300, deadline=None)
def test_anything_in_the_place_of_a_section(part: object, section: str) -> None:
    kept = {"charter": "A", "community": "a", "languages": ["en"], "values": {}, "articles": []}
    lines = [f"{key}: {value}" for key, value in {**kept, section: part}.items()]
    assert refused_or_read("\n".join(lines).encode())


@pytest.mark.parametrize(
    "text",
    [
        TOWN_SQUARE + "  - {id: x}\n" * 30_000,
        "\n".join(f"key{number}: 1" for number in range(40_000)),
        TOWN_SQUARE.replace("0.80", "0.80 and toxicity > 0.1" * 10_000),
        TOWN_SQUARE.replace("lists:", "lists:\n  long: [" + "a, " * 45_000 + "a]"),
        TOWN_SQUARE.replace("0.80 or", "0.80 or " + "(" * 100_000),
        TOWN_SQUARE.replace("[en, zh-Hans]", "[" + "en, " * 40_000 + "en]"),
        TOWN_SQUARE.replace("Town Square", "x" * 900_000),
    ],
    ids=["articles", "keys", "condition", "list", "parentheses", "languages", "title"],
)  # fmt: skip
def test_a_megabyte_of_mistakes_is_answered_soon(text: str) -> None:
    began = time.process_time()
    answer = refused_or_read(text.encode())
    assert time.process_time() - began < 5
    assert "error" in answer
    assert len(answer) < 100_000
