"""A little grammar of English, for what counting neighbours does not show."""

from collections.abc import Callable, Mapping
from typing import Final

from comity.wording.tokens import ARTICLES, BEING, DETERMINERS, FUNCTION, listed

_PERSONS: Final = listed("persons")
_THINGS: Final = listed("things")
_CALLED: Final = listed("called")
_DEGREES: Final = listed("degrees")
_STUFF: Final = listed("stuff")
_CURSES: Final = listed("curses")
_JOINING: Final = listed("joining")
_OWNERS: Final = listed("owners")
_HAVING: Final = listed("having")
_NEEDS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "bad": lambda before, _: before not in _HAVING,
    "wrong": lambda before, _: before not in _HAVING,
    "kidding": lambda _, behind: behind in {"me", "us"},
    "mess": lambda _, behind: behind in {"with", "up", "around"},
    "messed": lambda _, behind: behind == "up",
    "messing": lambda _, behind: behind in {"with", "up", "around"},
    "thing": lambda before, _: before not in _OWNERS,
    **dict.fromkeys(
        ("him", "her", "them", "you", "me"),
        lambda before, _: before not in {"of", "off", "out", "up"},
    ),
}
"""Replacements that are right in some surroundings only."""


def fits(phrase: str, instead: str, before: str, behind: str) -> bool:
    """Whether a phrase may become `instead` between two words; a sign ends a clause."""
    begins, ends = not before[0].isalnum(), not behind[0].isalnum()
    leads_on = not ends and behind not in FUNCTION
    if not instead:
        return _can_go(phrase, before, begins=begins, ends=ends, leads_on=leads_on)
    if instead in _NEEDS and not _NEEDS[instead](before, behind):
        return False
    last = instead.split()[-1]
    return last not in _PERSONS | _THINGS or not (begins or leads_on)


def _can_go(phrase: str, before: str, *, begins: bool, ends: bool, leads_on: bool) -> bool:
    """Whether the clause still has what it needs when the phrase is left out."""
    first = phrase.partition(" ")[0]
    if first in _JOINING:
        return ends
    if first in _CALLED:
        return begins
    if first in _CURSES:
        return begins and ends
    if phrase in _STUFF:
        return begins or (leads_on and before in DETERMINERS | ARTICLES)
    return leads_on or not (before in _DEGREES or before in BEING)
