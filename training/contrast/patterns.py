"""Reading and checking the YAML files: lists of words, kinds, and patterns. See FORMAT.md."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from training.sources import ATTRIBUTES

SLOT = re.compile(r"\{(~?)(\w+?)(\d?)\}")
"""Disguised or not, the list, and which word of the list."""
FORK = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")

Shares = dict[str, float]


class PatternError(ValueError):
    """A file says something that cannot be meant; the message tells which and where."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    words: list[str] = Field(min_length=1)
    held_out: list[str] = []


class Pattern(_Strict):
    """One idea in several wordings."""

    name: str
    kind: str
    templates: list[str] = Field(min_length=1)
    twin: str | None = None
    shares: Shares = {}
    twin_shares: Shares = {}
    held_out: bool = False
    most: int = Field(8, ge=1)


class _File(_Strict):
    language: str
    lists: dict[str, Words] = {}
    kinds: dict[str, Shares] = {}
    patterns: list[Pattern] = []


@dataclass(frozen=True, slots=True)
class Book:
    """All that is written in one language."""

    language: str
    lists: Mapping[str, Words]
    kinds: Mapping[str, Shares]
    patterns: tuple[Pattern, ...]


def read_books(folder: Path) -> list[Book]:
    """Every language's book, in the order of the file names. Raises PatternError."""
    files: dict[str, list[_File]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            file = _File.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except (ValidationError, yaml.YAMLError) as error:
            raise PatternError(f"{path.name}: {error}") from error
        files.setdefault(file.language, []).append(file)
    return [_book(language, each) for language, each in files.items()]


def _book(language: str, files: list[_File]) -> Book:
    def once(names: Iterable[str], what: str) -> None:
        if twice := [name for name, count in Counter(names).items() if count > 1]:
            raise PatternError(f"{language}: more than one {what} is called “{twice[0]}”")

    once((name for file in files for name in file.lists), "list")
    once((name for file in files for name in file.kinds), "kind")
    once((f"{each.kind}: {each.name}" for file in files for each in file.patterns), "pattern")
    once((text for file in files for each in file.patterns for text in each.templates), "template")
    book = Book(
        language,
        {name: words for file in files for name, words in file.lists.items()},
        {name: shares for file in files for name, shares in file.kinds.items()},
        tuple(pattern for file in files for pattern in file.patterns),
    )
    for name in book.lists:
        if name[-1].isdigit():
            raise PatternError(f"{language}: the list “{name}” ends in a digit, as {{list2}} would")
    for name, shares in book.kinds.items():
        _check_shares(shares, f"{language}: the kind “{name}”")
    for pattern in book.patterns:
        _check(pattern, book)
    return book


def _check(pattern: Pattern, book: Book) -> None:
    where = f"{book.language}: the pattern “{pattern.kind}: {pattern.name}”"
    for kind in filter(None, (pattern.kind, pattern.twin)):
        if kind not in book.kinds:
            raise PatternError(f"{where} is of the kind “{kind}”, which no file defines")
    for shares in (pattern.shares, pattern.twin_shares):
        _check_shares(shares, where)
    for template in pattern.templates:
        for _, name, _ in SLOT.findall(template):
            if name not in book.lists:
                raise PatternError(f"{where} has a slot {{{name}}}, and no list has that name")
        if set(FORK.sub("", SLOT.sub("", template))) & set("{}[]|"):
            raise PatternError(f"{where}: a bracket is left over in “{template}”")
        if bool(FORK.search(template)) != bool(pattern.twin):
            need = (
                "no [harm | twin]" if pattern.twin else "a [harm | twin], but the pattern no twin"
            )
            raise PatternError(f"{where}: “{template}” has {need}")


def _check_shares(shares: Shares, where: str) -> None:
    for name, share in shares.items():
        if name not in ATTRIBUTES:
            raise PatternError(f"{where} names the attribute “{name}”; there are {ATTRIBUTES}")
        if not 0 <= share <= 1:
            raise PatternError(f"{where} says {name}: {share}; a share is between 0 and 1")
