"""The fields of a record and what each may hold: the noun is `Field`.

A field's own form is here; which fields need each other is in `check`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from comity.statements.dsa import vocabulary as v
from comity.statements.dsa.screen import LEFT_OUT, telling

Fault = tuple[str, str]
"""What is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several words, or a list of them."""

    words: tuple[str, ...]
    many: bool = False

    def faults(self, name: str, value: Any) -> Iterator[Fault]:
        if self.many and (not isinstance(value, list) or not value):
            yield f"`{name}` has to be a list with a word in it", f'write ["{self.words[0]}"], say'
            return
        chosen = value if self.many else [value]
        for word in chosen:
            if word not in self.words:
                yield f"`{name}` cannot be `{_shown(word)}`", _nearest(word, self.words)
        if self.many and len(chosen) != len({_shown(word) for word in chosen}):
            yield f"`{name}` says the same twice", "name each word once"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of up to so many characters, in which nobody can be told."""

    most: int

    def faults(self, name: str, value: Any) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield f"`{name}` has to be a text", "write it in quotation marks"
        elif not value.strip():
            yield f"`{name}` is empty", "write something, or leave the field out"
        elif len(value) > self.most:
            message = f"`{name}` has {len(value):,} characters, of {self.most:,} at most"
            yield message, "shorten it"
        elif word := telling(value):
            message = f"`{name}` may tell who somebody is: `{_shown(word)}`"
            yield message, f"leave out addresses, names, links and long numbers: write {LEFT_OUT}"


@dataclass(frozen=True, slots=True)
class Day:
    """A date, not before the first that the database takes."""

    first: date

    def faults(self, name: str, value: Any) -> Iterator[Fault]:
        day = as_day(value)
        if day is None:
            yield f"`{name}` is not a date: `{_shown(value)}`", "write it like 2026-11-23"
        elif day < self.first:
            yield f"`{name}` lies before {self.first}", "the database takes no earlier date"


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of the statement at the platform."""

    most: int = 500

    def faults(self, name: str, value: Any) -> Iterator[Fault]:
        if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
            message = f"`{name}` is no reference: `{_shown(value)}`"
            yield message, "use letters, digits, hyphens and underscores, and at least one of them"
        elif len(value) > self.most:
            message = f"`{name}` has {len(value):,} characters, of {self.most:,} at most"
            yield message, "shorten it"


@dataclass(frozen=True, slots=True)
class Language:
    """Two capital letters."""

    def faults(self, name: str, value: Any) -> Iterator[Fault]:
        if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
            yield f"`{name}` is no language: `{_shown(value)}`", "write two capitals, like EN or ZH"


Field = Choice | Text | Day | Reference | Language

_REFERENCE: Final = re.compile(r"[A-Za-z0-9_-]+")
_LANGUAGE: Final = re.compile(r"[A-Z]{2}")
FIRST_POST: Final = date(2000, 1, 1)
FIRST_DECISION: Final = date(2020, 1, 1)

FIELDS: Final[Mapping[str, Field]] = {
    "decision_visibility": Choice(v.VISIBILITIES, many=True),
    "decision_visibility_other": Text(500),
    "end_date_visibility_restriction": Day(FIRST_DECISION),
    "decision_monetary": Choice(v.MONETARIES),
    "decision_monetary_other": Text(500),
    "end_date_monetary_restriction": Day(FIRST_DECISION),
    "decision_provision": Choice(v.PROVISIONS),
    "end_date_service_restriction": Day(FIRST_DECISION),
    "decision_account": Choice(v.ACCOUNTS),
    "end_date_account_restriction": Day(FIRST_DECISION),
    "account_type": Choice(v.ACCOUNT_TYPES),
    "decision_ground": Choice(v.GROUNDS),
    "illegal_content_legal_ground": Text(500),
    "illegal_content_explanation": Text(2_000),
    "incompatible_content_ground": Text(500),
    "incompatible_content_explanation": Text(2_000),
    "incompatible_content_illegal": Choice(v.YES_NO),
    "content_type": Choice(v.CONTENT_TYPES, many=True),
    "content_type_other": Text(500),
    "content_language": Language(),
    "content_date": Day(FIRST_POST),
    "category": Choice(v.CATEGORIES),
    "category_addition": Choice(v.CATEGORIES, many=True),
    "category_specification": Choice(v.KEYWORDS, many=True),
    "category_specification_other": Text(500),
    "application_date": Day(FIRST_DECISION),
    "decision_facts": Text(5_000),
    "source_type": Choice(v.SOURCE_TYPES),
    "automated_detection": Choice(v.YES_NO),
    "automated_decision": Choice(v.AUTOMATED_DECISIONS),
    "puid": Reference(),
}
"""Of what the database takes, all that says nothing about a person."""


def as_day(value: Any) -> date | None:
    """A date written as YYYY-MM-DD, and in no other of ISO 8601's ways."""
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _nearest(word: Any, known: tuple[str, ...]) -> str:
    close = get_close_matches(str(word)[:100].upper(), known, n=1, cutoff=0.5)
    return f"did you mean `{close[0]}`?" if close else f"use {', '.join(known[:8])}"


def _shown(value: Any) -> str:
    return str(value)[:80]
