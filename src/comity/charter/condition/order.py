"""Whether tokens stand in order: after a value an operator, after an operator a value.

One pass, no recursion, with the bounds on depth that let everything after it recurse.
"""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from enum import Enum, auto
from typing import Final

from sqlglot import Token, TokenType

from comity.charter.condition import words
from comity.charter.condition.functions import FUNCTIONS
from comity.charter.condition.problem import Problem

MAX_DEPTH: Final = 16
"""Parentheses, `not` and minus signs within each other."""
MAX_ARITHMETIC: Final = 32
"""Signs of arithmetic in a condition."""
MAX_DIGITS: Final = 15
"""Digits in a number: what a double holds exactly, and a decimal converts to exactly."""

_ARITHMETIC: Final = frozenset(
    {TokenType.PLUS, TokenType.DASH, TokenType.STAR, TokenType.SLASH, TokenType.MOD}
)
_COMPARISONS: Final = frozenset(
    {TokenType.EQ, TokenType.NEQ, TokenType.LT, TokenType.LTE, TokenType.GT, TokenType.GTE}
)
_NEGATABLE: Final = frozenset({TokenType.IN, TokenType.LIKE, TokenType.BETWEEN})
_JOINING: Final = _ARITHMETIC | _COMPARISONS | _NEGATABLE | {TokenType.AND, TokenType.OR}
_PREFIXES: Final = frozenset({TokenType.NOT, TokenType.DASH})
_TRUTHS: Final = frozenset({TokenType.NULL, TokenType.TRUE, TokenType.FALSE})
_LITERALS: Final = frozenset({TokenType.STRING, TokenType.NUMBER})
_BRACKETS: Final = {TokenType.L_PAREN: TokenType.R_PAREN, TokenType.L_BRACKET: TokenType.R_BRACKET}
_CLOSING: Final = frozenset(_BRACKETS.values())
_KEYWORDS: Final = _NEGATABLE | _TRUTHS | {TokenType.AND, TokenType.OR, TokenType.NOT, TokenType.IS}
_KNOWN: Final = _JOINING | _KEYWORDS | _CLOSING | set(_BRACKETS) | {TokenType.COMMA}


def misplaced(tokens: Sequence[Token], names: Collection[str]) -> Problem | None:
    """Find the first token that cannot stand where it stands."""
    return _Walk(tokens, names).problem()


class _Next(Enum):
    """What may come next."""

    VALUE = auto()
    OPERATOR = auto()
    NEGATED = auto()
    """After `x not`: `in`, `like` or `between`."""
    TRUTH_OR_NOT = auto()
    """After `is`."""
    TRUTH = auto()
    """After `is not`."""


class _Walk:
    def __init__(self, tokens: Sequence[Token], names: Collection[str]) -> None:
        self.tokens = tokens
        self.names = names
        self.next = _Next.VALUE
        self.opened: list[Token] = []
        self.prefixes = 0
        self.arithmetic = 0

    def problem(self) -> Problem | None:
        for at, token in enumerate(self.tokens):
            problem = self.refused(at, token) or self.too_much(token) or self.step(at, token)
            if problem:
                return problem
        last = self.tokens[-1]
        if self.next is not _Next.OPERATOR:
            message = f"something is missing after `{last.text}`"
            return _of(last, message, "finish the condition")
        if self.opened:
            first = self.opened[-1]
            return _of(first, f"this `{first.text}` is never closed", "close it")
        return None

    def refused(self, at: int, token: Token) -> Problem | None:
        """Say no to the words and signs of SQL that conditions do without."""
        kind, word = token.token_type, token.text.lower()
        if kind in _LITERALS:
            return _bad_number(token) if kind is TokenType.NUMBER else None
        if token.text in words.SIGNS or not (kind in _KNOWN or _is_name(token)):
            hint = words.SIGNS.get(token.text, "the reference lists the operators that can")
            return _of(token, f"`{token.text}` cannot be used here", hint)
        if kind in _KNOWN:
            return None
        if self.kind(at + 1) is TokenType.L_PAREN:
            return _unknown_function(token)
        if word in words.RESERVED or (word in words.WORDS and token.text not in self.names):
            hint = words.WORDS.get(word, "it is a word of SQL; signals and lists have other names")
            return _of(token, f"`{token.text}` cannot be used here", hint)
        return None

    def too_much(self, token: Token) -> Problem | None:
        self.prefixes = self.prefixes + 1 if token.token_type in _PREFIXES else 0
        self.arithmetic += token.token_type in _ARITHMETIC
        if len(self.opened) + self.prefixes > MAX_DEPTH:
            message = f"this is nested more than {MAX_DEPTH} deep"
            return _of(token, message, "leave out parentheses, or make two articles of it")
        if self.arithmetic > MAX_ARITHMETIC:
            message = f"there are more than {MAX_ARITHMETIC} signs of arithmetic"
            return _of(token, message, "make it simpler, or two articles of it")
        return None

    def step(self, at: int, token: Token) -> Problem | None:
        kind = token.token_type
        match self.next:
            case _Next.VALUE:
                return self.value(at, token)
            case _Next.OPERATOR:
                return self.operator(at, token)
            case _Next.NEGATED if kind in _NEGATABLE:
                self.next = _Next.VALUE
            case _Next.TRUTH_OR_NOT if kind is TokenType.NOT:
                self.next = _Next.TRUTH
            case _Next.TRUTH_OR_NOT | _Next.TRUTH if kind in _TRUTHS:
                self.next = _Next.OPERATOR
            case _Next.NEGATED:
                message = f"`{token.text}` cannot follow `not` here"
                return _of(token, message, "write `not in`, `not like` or `not between`")
            case _:
                message = f"`is` is for null, true and false, not for `{token.text}`"
                return _of(token, message, "write `=` or `<>`")
        return None

    def value(self, at: int, token: Token) -> Problem | None:
        kind = token.token_type
        if kind in _BRACKETS:
            self.opened.append(token)
        elif kind in _LITERALS or kind in _TRUTHS or _is_name(token):
            self.next = _Next.OPERATOR
        elif kind in _CLOSING and self.kind(at - 1) in _BRACKETS:
            return _of(token, "there is nothing in these parentheses", "fill them")
        elif kind not in _PREFIXES:
            place = f"after `{self.tokens[at - 1].text}`" if at else f"before `{token.text}`"
            return _of(token, f"something is missing {place}", "write a signal or a value")
        return None

    def operator(self, at: int, token: Token) -> Problem | None:
        kind, before = token.token_type, self.tokens[at - 1]
        if kind in _CLOSING:
            if not self.opened or _BRACKETS[self.opened.pop().token_type] is not kind:
                return _of(token, f"this `{token.text}` was never opened", "leave it out")
        elif kind is TokenType.L_PAREN and _is_name(before):
            self.opened.append(token)
            self.next = _Next.VALUE
        elif kind in _JOINING or kind is TokenType.COMMA:
            self.next = _Next.VALUE
        elif kind is TokenType.IS:
            self.next = _Next.TRUTH_OR_NOT
        elif kind is TokenType.NOT:
            self.next = _Next.NEGATED
        else:
            message = f"`{token.text}` cannot follow `{before.text}`"
            return _of(token, message, "join with `and` or `or`; put text in single quotes")
        return None

    def kind(self, at: int) -> TokenType | None:
        return self.tokens[at].token_type if 0 <= at < len(self.tokens) else None


def _of(token: Token, message: str, hint: str) -> Problem:
    return Problem(token.start, token.end + 1, message, hint)


def _is_name(token: Token) -> bool:
    plain = token.text.replace("_", "a").isalnum()
    return plain and token.token_type not in _KEYWORDS and token.token_type not in _LITERALS


def _bad_number(token: Token) -> Problem | None:
    whole, point, fraction = token.text.partition(".")
    # `1_000` loses its underscore on the way, and other scripts have decimal digits too.
    written = token.text.isascii() and len(token.text) == token.end + 1 - token.start
    if not (written and whole.isdecimal() and (fraction.isdecimal() or not point)):
        return _of(token, "this number cannot be read", "numbers are written like 12 or 0.5")
    if len(whole + fraction) > MAX_DIGITS:
        return _of(token, f"this number has more than {MAX_DIGITS} digits", "round it")
    return None


def _unknown_function(token: Token) -> Problem | None:
    if token.text in FUNCTIONS:
        return None
    word = token.text.lower()
    hint = words.FUNCTIONS.get(word) or words.WORDS.get(word)
    if not hint:
        close = get_close_matches(word, FUNCTIONS, n=1)
        hint = f"did you mean `{close[0]}`?" if close else f"there are {', '.join(FUNCTIONS)}"
    return _of(token, f"there is no function `{token.text}`", hint)
