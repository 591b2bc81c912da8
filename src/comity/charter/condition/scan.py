"""The gate before the parser: what a condition may be made of, and how much of it.

SQLGlot reads all of SQL, at length and recursively. What passes here is short, shallow and
made of our few words only; the mistakes that people make most are said here, in plain words.
"""

from collections.abc import Collection
from typing import Final
from unicodedata import category, normalize

from sqlglot import Token
from sqlglot.dialects.duckdb import DuckDB

from comity.charter.condition.order import misplaced
from comity.charter.condition.problem import Problem

MAX_LENGTH: Final = 4_000
"""Code points in a condition."""
MAX_TOKENS: Final = 1_000
"""Words, values and signs in a condition."""

_SIGNS: Final = frozenset("()[],.=<>!+-*/%'_")
_INSTEAD: Final = {
    '"': "write text in single quotes: 'like this'; names of signals need no quotes",
    "`": "names of signals need no quotes",
    ";": "a condition is a single expression",
    ":": "casts and parameters cannot be used here",
    "?": "parameters cannot be used here",
    "$": "parameters cannot be used here",
    "&": "write `and`",
    "|": "write `or`",
    "^": "powers cannot be used here",
    "#": "comments cannot be used here; use the article's `text`",
}
_QUOTES: Final = frozenset("‘’“”「」『』＇＂")
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of writing, so that a reader sees another text than the machine."""
_TOO_LONG: Final = "put long series of texts into `lists`, or make two articles of it"


def scan(text: str, names: Collection[str]) -> list[Token] | Problem:
    """Cut a condition into tokens that stand in order; or the first thing that is wrong.

    `names` are the signals and lists that there are: they may look like words of SQL.
    """
    if problem := _wrong_size(text) or _wrong_character(text):
        return problem
    tokens = DuckDB().tokenize(text)
    if len(tokens) > MAX_TOKENS:
        token = tokens[MAX_TOKENS]
        message = f"this condition has more than {MAX_TOKENS:,} words and signs"
        return Problem(token.start, token.end + 1, message, _TOO_LONG)
    return misplaced(tokens, names) or tokens


def _wrong_size(text: str) -> Problem | None:
    if len(text) > MAX_LENGTH:
        message = f"this condition is longer than {MAX_LENGTH:,} characters"
        return Problem(MAX_LENGTH, MAX_LENGTH + 1, message, _TOO_LONG)
    if not text.strip():
        return Problem(0, len(text), "the condition is empty", "write one: `insult >= 0.8`")
    return None


def _wrong_character(text: str) -> Problem | None:
    """Find what may not stand in a condition; inside quotes everything visible may."""
    opened: int | None = None
    for at, char in enumerate(text):
        if char in _TURNING or (char not in "\t\n\r" and category(char) in ("Cc", "Cs")):
            message = f"the character U+{ord(char):04X} cannot be used here"
            return Problem(at, at + 1, message, "remove it")
        if char == "'":
            opened = at if opened is None else None
        elif opened is None:
            if text.startswith(("--", "/*"), at):
                hint = "use the article's `text`"
                return Problem(at, at + 2, "comments cannot be used here", hint)
            if problem := _stranger(at, char):
                return problem
    if opened is not None:
        return Problem(opened, opened + 1, "this quote is never closed", "add a `'`")
    return None


def _stranger(at: int, char: str) -> Problem | None:
    if char in _QUOTES:
        return Problem(at, at + 1, f"`{char}` is no quote here", "type `'`")
    plain = normalize("NFKC", char)
    if char != plain and plain.isascii():
        return Problem(at, at + 1, f"`{char}` is full-width", f"type `{plain}`")
    if char in _SIGNS or char.isalnum() or (char.isascii() and char.isspace()):
        return None
    hint = _INSTEAD.get(char, "write text in single quotes: 'like this'")
    return Problem(at, at + 1, f"`{char}` cannot be used here", hint)
