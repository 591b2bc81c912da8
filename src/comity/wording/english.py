"""Rewordings of English: candidates from the learnt table, the likeliest first.

The table is `english.json`: for a phrase, and for what stands around it, what people put in its
place, with the share of those who did. How it was learnt stands in `training/wording.py`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, cast

from comity.wording.grammar import fits
from comity.wording.seams import END, seams
from comity.wording.suggestion import Edit
from comity.wording.templates import template_edits
from comity.wording.tokens import Token, neighbours, tokens

TABLE: Final = "english.json"
ANYWHERE: Final = "*"
LONGEST: Final = 4
"""Words of the longest phrase."""
_BEAM: Final = 12
_MOST: Final = 10
"""Rude phrases in a draft: where there are more, leaving them out leaves nothing to say."""

Option = tuple[str, float]
Table = Mapping[str, Mapping[str, Sequence[Option]]]
"""By phrase and by what stands around it (see `neighbours`), or ANYWHERE."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Tokens `begin` to `end`, and what could stand there instead."""

    begin: int
    end: int
    options: Sequence[Option]


@cache
def table() -> Table:
    content = files("comity.wording").joinpath(TABLE).read_text("utf-8")
    return cast(Table, json.loads(content))


def candidates(text: str) -> Iterator[tuple[Edit, ...]]:
    """Ways to change the text, the likeliest first."""
    words = tokens(text)
    fixed = template_edits(text)
    places = [each for each in _places(words) if not _inside(each, words, fixed)]
    if len(places) + len(fixed) > _MOST:
        return
    for chosen in _likeliest(places):
        changes = [
            Edit(words[place.begin].begin, words[place.end - 1].end, instead)
            for place, instead in zip(places, chosen, strict=True)
        ]
        if _reads_well(words, places, chosen):
            yield tuple(sorted([*changes, *fixed], key=lambda edit: edit.begin))


def _inside(place: _Place, words: Sequence[Token], fixed: Sequence[Edit]) -> bool:
    begin, end = words[place.begin].begin, words[place.end - 1].end
    return any(begin < edit.end and edit.begin < end for edit in fixed)


def _places(tokens: Sequence[Token]) -> Iterator[_Place]:
    """Phrases of the table, from left to right, the longest at each place."""
    words = [token.word for token in tokens]
    known, at = table(), 0
    while at < len(words):
        for end in range(min(at + LONGEST, len(words)), at, -1):
            options = known.get(" ".join(words[at:end]))
            if options:
                around = neighbours(words, at, end)
                yield _Place(at, end, options.get(around) or options.get(ANYWHERE, ()))
                at = end - 1
                break
        at += 1


def _likeliest(places: Sequence[_Place]) -> list[tuple[str, ...]]:
    """The likeliest choices of one option for every place, by the product of their shares."""
    found: list[tuple[float, tuple[str, ...]]] = [(1.0, ())]
    for place in places:
        longer = [
            (share * one, (*chosen, instead))
            for share, chosen in found
            for instead, one in place.options
        ]
        found = sorted(longer, key=lambda item: -item[0])[:_BEAM]
    return [chosen for _, chosen in found]


def _reads_well(tokens: Sequence[Token], places: Sequence[_Place], chosen: Sequence[str]) -> bool:
    """Whether what is put in fits, and the words that newly meet can stand beside each other."""
    words: list[str] = [END]
    joints: list[int] = []
    at = 0
    for place, instead in zip(places, chosen, strict=True):
        words += [token.word for token in tokens[at : place.begin]]
        at = place.end
        behind = tokens[at].word if at < len(tokens) else END
        phrase = " ".join(token.word for token in tokens[place.begin : at])
        if not fits(phrase, instead, words[-1], behind):
            return False
        joints.append(len(words))
        words += instead.split()
        joints.append(len(words))
    words += [token.word for token in tokens[at:]] + [END]
    return all(_meet(words[joint - 1], words[joint]) for joint in joints)


def _meet(before: str, behind: str) -> bool:
    return before != behind and seams().holds(before, behind)
