"""The tree: what is taken, what is refused, and that refusing is quick."""

import time
from contextlib import suppress

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.charter.document import CharterError, decode, parse, plain, read_document

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


def read(text: str) -> object:
    return plain(read_document(text, "charter.yaml").root)


def refusal(text: str) -> str:
    """What is said of a text, whether or not its rest can be read."""
    try:
        document = read_document(text, "charter.yaml")
    except CharterError as error:
        return str(error)
    return "\n".join(str(mistake) for mistake in document.mistakes)


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
def test_both_readers_of_yaml_give_the_same_tree(
    loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parse, "_LOADER", loader)
    text = "a: [x, 'y']\nb:\n  - c: 对事\n    d: |\n      e\n      f\n# end\n"
    document = read_document(text, "")
    assert plain(document.root) == {"a": ["x", "y"], "b": [{"c": "对事", "d": "e\nf\n"}]}
    node = document.find(("b", 0, "d"))
    assert node
    assert document.line(node) == 4


@pytest.mark.parametrize(
    "written", ["no", "yes", "on", "007", "2024-01-01", "1_000", "0x1F", "1:30", ".inf", "=", "3e5"]
)
def test_every_value_is_the_text_that_was_written(written: str) -> None:
    assert read(f"id: {written}\n{written}: x") == {"id": written, written: "x"}


def test_a_comma_in_a_text_between_brackets_belongs_to_the_text() -> None:
    assert read("{en: Yes, we can, and will, zh-Hans: 好}") == {
        "en": "Yes, we can, and will",
        "zh-Hans": "好",
    }


def test_a_name_without_a_value_stays_one() -> None:
    assert read("{a: , b: 'x', c}") == {"a": None, "b": "x", "c": None}


def test_what_windows_writes_is_read() -> None:
    text = decode(b"\xef\xbb\xbfa: b\r\nc: |\r\n  d\r\n  e\r\n", "")
    assert read(text) == {"a": "b", "c": "d\ne\n"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "1:4: error: `&` has a meaning"),
        (BOMB, "2:8: error: `*` has a meaning"),
        ("a: !!python/object/apply:os.system [echo]", "1:4: error: `!` has a meaning"),
        ("a: !mine b", "1:4: error: `!` has a meaning"),
        ("<<: {a: b}", "1:1: error: `<<` has a meaning"),
        ("a: b\na: c", "2:1: error: `a` stands here twice"),
        ("a: b\n---\na: c", "2:1: error: a second document"),
        ("? [a]\n: b", "1:3: error: a name has to be a text"),
        ("", "there is no charter"),
        ("# nothing yet", "there is no charter"),
        ("[" * 20, "too deep"),
        ("- " * 100_000, "too deep"),
        ("- \n" * 60_000, "more than 50,000 entries"),
        ("a: " + "x" * 1_000_000, "longer than 1,000,000 bytes"),
        ("a: " + "对" * 333_333, "longer than 1,000,000 bytes"),
        ("a: b\nc: d\x00e", "2:5: error: an invisible character stands here: U+0000"),
        ("a: \ud800", "1:4: error: an invisible character stands here: U+D800"),
        ("a: b\u2028c", "1:5: error: an invisible character stands here: U+2028"),
        ("a: \u202eb", "1:4: error: an invisible character stands here: U+202E"),
        ("a: b\ufeff", "1:5: error: an invisible character stands here: U+FEFF"),
        ('a: "\\0"', "1:4: error: this text holds an invisible character: U+0000"),
        ('a: "\\e[31m"', "1:4: error: this text holds an invisible character: U+001B"),
        ("a:\n\tb: c", "2:1: error: a tab stands here"),
    ],
)
def test_what_a_charter_has_no_need_of_is_refused(text: str, words: str) -> None:
    assert words in refusal(text)


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"a: \xff", 1), (b"a: b\nc: \xed\xa0\x80", 2), ("a: b".encode("utf-16"), 1)],
)
def test_bytes_that_are_not_utf_8_are_refused(data: bytes, line: int) -> None:
    with pytest.raises(CharterError, match=f"charter.yaml:{line}: error: .* not written in UTF-8"):
        decode(data, "charter.yaml")


PIECES = [
    *[
        "[",
        "{",
        "{a: ",
        "[a, ",
        "- ",
        "? ",
        "a: ",
        "x",
        "x ",
        "\n",
        " ",
        "\t",
        "'",
        '"',
        "\\x",
        "#",
    ],
    *["&a ", "*a ", "! ", "%", "---\n", ">\n", "a: b\n", "- x\n", "a: &a [*a]\n", "对", "\u200b"],
    *["{a: b, c, d}\n", "- [{a: b, c, d}]\n", "a: {b: c, d: e}\n"],
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_anything_is_answered_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece.encode()))
    began = time.process_time()
    answer = refusal(text)
    assert time.process_time() - began < 2
    assert len(answer) < 60_000


@pytest.mark.parametrize("beginning", ["{a: b", "[a", "a: [b", 'a: "', "a: {b: c"])
def test_a_megabyte_of_commas_is_answered_at_once(beginning: str) -> None:
    began = time.process_time()
    refusal(beginning + ", c" * 20_000 + "," * 900_000)
    assert time.process_time() - began < 2


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(CharterError):
        read_document(decode(data, "f"), "f")


@given(st.text(st.sampled_from("ab:-[]{},'\"\n #&*!|>%\t？：\\?@`"), max_size=40))
@settings(max_examples=500, deadline=None)
def test_any_arrangement_of_signs_is_read_or_explained(text: str) -> None:
    assert "cannot be read" not in refusal(text)
