"""What YAML's own complaints mean, in words for whoever wrote the file.

The reader knows only which sign it did not expect; what people did (a colon in a text, a tab, a
quote left open, a full-width colon) is read off the lines around it.
"""

import re
from typing import Final

import yaml

Explanation = tuple[int, int, str, str]
"""Begin and end in the text, message, hint."""

_KEY_WITHOUT_SPACE: Final = re.compile(r"\s*(?:- )?[\w-]+:(?=[^\s:/])")
_QUOTES: Final = "put the whole text in quotes"


def explain_syntax(error: yaml.MarkedYAMLError, text: str) -> Explanation:
    """Say what is wrong where the reader stopped. Both of PyYAML's readers are understood."""
    problem = f"{error.context or ''}: {error.problem or ''}"
    text += "\n"  # so that there is something to point at where the text has ended
    begin = min(_index(error.problem_mark), len(text) - 1)
    opened = min(_index(error.context_mark), begin) if error.context_mark else begin
    for sign, explain in _EXPLANATIONS.items():
        if sign in problem:
            return explain(text, begin, opened)
    return begin, begin + 1, f"this cannot be read: {error.problem}", "compare with a line near it"


def _colon(text: str, begin: int, _: int) -> Explanation:
    line, before = _line(text, begin), _line_before(text, begin)
    message = "a `:` stands where a value goes on"
    start_before = _start(text, begin) - len(before) - 1
    if (wide := text.find("：", max(start_before, 0), begin)) >= 0:
        return _wide_colon(wide)
    if key := _KEY_WITHOUT_SPACE.match(before):
        colon = start_before + key.end() - 1
        return colon, colon + 1, "behind this `:` a space is missing", "put one there"
    if ": " in line[: begin - _start(text, begin)]:
        hint = f"{_QUOTES}: a text that has `: ` in it needs them"
    else:
        hint = "begin the line as far to the right as its neighbours, or put the text in quotes"
    return begin, begin + 1, message, hint


def _wide_colon(at: int) -> Explanation:
    hint = "write `: ` in its place, half-width, and a space"
    return at, at + 1, "a full-width colon stands here", hint


def _nothing(_text: str, begin: int, _: int) -> Explanation:
    return begin, begin + 1, "nothing stands behind this `:`", f"write something, or {_QUOTES}"


def _beginning(text: str, begin: int, _: int) -> Explanation:
    return _tab(text, begin, 0) if text[begin] == "\t" else _marked(text, begin, begin)


def _tab(_text: str, begin: int, _: int) -> Explanation:
    return begin, begin + 1, "a tab stands here", "indent with spaces; YAML knows no tabs"


def _marked(text: str, _: int, opened: int) -> Explanation:
    sign = "a backtick" if text[opened] == "`" else f"`{text[opened]}`"
    return opened, opened + 1, f"a text cannot begin with {sign}", _QUOTES


def _open_quote(text: str, _: int, opened: int) -> Explanation:
    sign = text[opened]
    message = f"the text that begins with this `{sign}` never ends"
    return opened, opened + 1, message, f"close it with another `{sign}`"


def _escape(_text: str, begin: int, _: int) -> Explanation:
    hint = r"use single quotes, in which `\` means itself, or write `\\`"
    return begin, begin + 2, r"between double quotes `\` has a meaning of its own", hint


def _open_bracket(text: str, begin: int, opened: int) -> Explanation:
    sign = text[opened]
    close = "]" if sign == "[" else "}"
    line = text.count("\n", 0, opened) + 1
    message = f"the `{sign}` of line {line} needs a `,` or its `{close}` before this"
    hint = "between brackets, put texts that have any of `, : [ ] { } #` in them in quotes"
    return begin, begin + 1, message, hint


def _gap(text: str, begin: int, _: int) -> Explanation:
    if text[begin] == ",":
        return begin, begin + 1, "nothing stands before this `,`", "take it away"
    return begin, begin + 1, "brackets that were opened are not closed before this", "close them"


def _unexpected(text: str, begin: int, _: int) -> Explanation:
    before = text[_start(text, begin) : begin].strip()
    if text[begin] in "]}":
        message = f"this `{text[begin]}` closes nothing"
        return begin, begin + 1, message, f"take it away, or {_QUOTES}"
    if before.endswith(("'", '"')):
        hint = "put the whole value in quotes; inside single quotes a single quote is written twice"
        return begin, begin + 1, "the text goes on behind its closing quote", hint
    if before:
        return begin, begin + 1, "this does not belong here", _QUOTES
    return _indented(text, begin, begin)


def _indented(_text: str, begin: int, _: int) -> Explanation:
    hint = "lines that belong together begin in the same column; entries of a list begin with `- `"
    return begin, begin + 1, "this line fits neither to those before it nor below them", hint


def _nameless(text: str, begin: int, opened: int) -> Explanation:
    if (wide := text.find("：", opened, begin)) >= 0:
        return _wide_colon(wide)
    hint = "write `name: value`; a text that goes on is indented deeper than its name"
    return opened, _start(text, opened) + len(_line(text, opened)), "this line has no `: `", hint


def _block(text: str, begin: int, opened: int) -> Explanation:
    message = f"behind `{text[opened]}` the text begins on the next line"
    return begin, begin + 1, message, f"begin a new line here, indented deeper, or {_QUOTES}"


def _list(_text: str, begin: int, _: int) -> Explanation:
    hint = "begin a new line before the `-`, or put the text in quotes"
    return begin, begin + 1, "a list cannot begin on the line of its name", hint


def _directive(_text: str, _: int, opened: int) -> Explanation:
    return opened, opened + 1, "a line cannot begin with `%` here", "take it away"


def _document(_text: str, begin: int, _: int) -> Explanation:
    hint = "take away lines of `...` and lines that begin with `%`; a file holds one charter"
    return begin, begin + 1, "the charter has ended before this", hint


_EXPLANATIONS: Final = {
    "mapping values are not allowed": _colon,
    "found unexpected ':'": _nothing,
    "cannot start any token": _beginning,
    "tab character": _tab,
    "mapping keys are not allowed": _beginning,
    "scanning an alias": _marked,
    "scanning an anchor": _marked,
    "scanning a tag": _marked,
    "parsing a tag": _marked,
    "escape character": _escape,
    "hexdec": _escape,
    "end of stream": _open_quote,
    "document separator": _open_quote,
    "document indicator": _open_quote,
    "a flow sequence": _open_bracket,
    "a flow mapping": _open_bracket,
    "a flow node": _gap,
    "scanning a block scalar": _block,
    "sequence entries are not allowed": _list,
    "a block mapping": _unexpected,
    "a block node": _unexpected,
    "a block collection": _indented,
    "could not find expected ':'": _nameless,
    "directive": _directive,
    "<document start>": _document,
}


def _index(mark: yaml.Mark | None) -> int:
    return mark.index if mark else 0


def _start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line(text: str, offset: int) -> str:
    return text[_start(text, offset) :].partition("\n")[0]


def _line_before(text: str, offset: int) -> str:
    start = _start(text, offset)
    return _line(text, start - 1) if start else ""
