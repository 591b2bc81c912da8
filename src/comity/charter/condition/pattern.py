"""Patterns over text, matched in time linear in the text: RE2's, and those of `like`."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import re2

MAX_PATTERN: Final = 500
"""Code points in a pattern."""
MAX_PROGRAM: Final = 1_000
"""Instructions that RE2 may need for one: what bounds the time a code point of text takes."""

_UNSTEADY: Final = re2.compile(r"^(?:[^\\]|\\[^pPC])*?\\([pPC])")
"""An escape that would make two machines disagree: classes of Unicode, and single bytes."""


@lru_cache(maxsize=1_024)
def finder(pattern: str) -> Callable[[str], bool]:
    """Make the function that says whether a text has a match anywhere in it."""
    # Bytes, because for text the library would also count code points up to the match.
    search = _compile(pattern).search
    return lambda text: search(text.encode("utf-8", "replace")) is not None


@lru_cache(maxsize=1_024)
def liker(pattern: str) -> Callable[[str], bool]:
    """Make the function that says whether a whole text is `like` the pattern."""
    body = pattern.strip("%")
    if "_" in pattern or "%" in body:
        return finder(_like_as_regex(pattern))
    if not body:
        return (lambda _: True) if pattern else (lambda text: not text)
    match pattern.startswith("%"), pattern.endswith("%"):
        case True, True:
            return lambda text: body in text
        case True, False:
            return lambda text: text.endswith(body)
        case False, True:
            return lambda text: text.startswith(body)
        case _:
            return lambda text: text == body


def fault_of(pattern: str) -> tuple[str, str] | None:
    """Say what is wrong with a regular expression, and what to do; None: nothing."""
    if escape := _UNSTEADY.search(pattern):
        hint = "write out the range, as [\u4e00-\u9fff] for Chinese characters, or `.` for any"
        return f"`\\{escape.group(1)}` differs between versions of Unicode", hint
    return _too_large(pattern, pattern)


def fault_of_like(pattern: str) -> tuple[str, str] | None:
    """Say what is wrong with a pattern of `like`, and what to do; None: nothing."""
    if "\\" in pattern:
        hint = "use `contains(text, '100%')` to look for % and _ themselves"
        return "a backslash has no meaning in `like`", hint
    return _too_large(pattern, _like_as_regex(pattern))


def _too_large(written: str, pattern: str) -> tuple[str, str] | None:
    if len(written) > MAX_PATTERN:
        return f"this pattern is longer than {MAX_PATTERN} characters", "split it into several"
    try:
        program: int = _compile(pattern).programsize
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace")
        return f"this is no regular expression: {reason}", "see the syntax of RE2"
    if program > MAX_PROGRAM:
        return "this pattern is too large when compiled", "shorten it, or repeat less"
    return None


def _compile(pattern: str) -> "re2._Regexp":
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True  # we only ask whether, and that is quicker
    return re2.compile(pattern, options)


def _like_as_regex(pattern: str) -> str:
    parts = ({"%": ".*", "_": "."}.get(char) or re2.escape(char) for char in pattern)
    return f"(?s)^{''.join(parts)}$"
