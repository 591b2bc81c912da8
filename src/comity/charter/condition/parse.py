"""From tokens to SQLGlot's syntax tree, every part of which knows where it stood."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from sqlglot import Token, TokenType, exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ErrorLevel, ParseError
from sqlglot.parsers.duckdb import DuckDBParser

from comity.charter.condition.problem import Problem

_OPENING: Final = (TokenType.L_PAREN, TokenType.L_BRACKET)
_CLOSING: Final = (TokenType.R_PAREN, TokenType.R_BRACKET)


class _Parser(DuckDBParser):
    """DuckDB's grammar, with functions left as they were written and every leaf in its place."""

    FUNCTIONS: ClassVar[dict[str, Callable[..., Any]]] = {}
    FUNCTION_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {}
    NO_PAREN_FUNCTIONS: ClassVar[dict[Any, Any]] = {}
    NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {}
    PRIMARY_PARSERS: ClassVar[dict[Any, Any]] = {
        **DuckDBParser.PRIMARY_PARSERS,
        TokenType.NULL: lambda self, token: self.expression(exp.Null(), token),
        TokenType.TRUE: lambda self, token: self.expression(exp.Boolean(this=True), token),
        TokenType.FALSE: lambda self, token: self.expression(exp.Boolean(this=False), token),
    }


def parse(text: str, tokens: list[Token]) -> exp.Expr | Problem:
    """Parse what `scan` let through: one expression, or the place where it stops being one."""
    parser = _Parser(error_level=ErrorLevel.IMMEDIATE, dialect=DuckDB())
    try:
        (tree,) = parser.parse_into(exp.Condition, tokens, text)
    except ParseError as error:
        return _stop(text, error)
    return tree or Problem(0, len(text), "this cannot be read", "write one: `insult >= 0.8`")


def _stop(text: str, error: ParseError) -> Problem:
    place = error.errors[0]
    lines = text.split("\n")[: place["line"] - 1]
    end = min(sum(len(line) + 1 for line in lines) + place["col"], len(text))
    begin = max(end - len(place["highlight"] or ""), 0)
    hint = "look for a missing sign or parenthesis; `between` needs an `and`"
    return Problem(begin, end, "the condition cannot be read from here on", hint)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a parsed condition stood in its text."""

    text: str
    tokens: list[Token]

    def span(self, node: exp.Expr) -> tuple[int, int]:
        """Give the code points of a part, with the parentheses that it closes."""
        marks = [part.meta for part in node.walk() if "start" in part.meta]
        if not marks:
            return 0, len(self.text)
        begin, end = min(mark["start"] for mark in marks), max(mark["end"] for mark in marks) + 1
        depth = 0
        for token in self.tokens:
            if token.start < begin:
                continue
            if token.start >= end and (depth == 0 or token.token_type not in _CLOSING):
                break
            depth += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
            end = max(end, token.end + 1)
        return begin, end

    def snippet(self, node: exp.Expr) -> str:
        """Quote a part in a message, shortened where it is long."""
        begin, end = self.span(node)
        words = " ".join(self.text[begin:end].split())
        return words if len(words) <= 40 else words[:39] + "…"
