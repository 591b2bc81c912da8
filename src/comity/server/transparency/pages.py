"""What the public pages show, made from charter, catalogue, model card and ledger."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from comity.charter import Article, Charter
from comity.ledger import Checkpoint, Entry, InclusionProof, LedgerError, VerifierKey
from comity.server.console import words
from comity.server.console.words import Localised, Words
from comity.server.transparency import ledger
from comity.server.transparency.models import LedgerEntry
from comity.signals import Signal, Source


@dataclass(frozen=True, slots=True)
class Clause:
    """An article as members read it, in one language as far as it is written in that."""

    article: Article
    title: Localised
    text: Localised
    why: Localised
    lesson: Localised | None
    """The title of the lesson that it sends its authors to."""

    @property
    def duration(self) -> str:
        return words.duration(self.article.duration) if self.article.duration else ""

    @property
    def remedy(self) -> str:
        return self.article.remedy.value

    @property
    def account(self) -> str | None:
        return self.article.account.value if self.article.account else None


def clauses(charter: Charter, language: str) -> list[Clause]:
    return [
        Clause(
            article,
            words.in_language(article.title, language),
            words.in_language(article.text, language),
            words.in_language(charter.values[article.value], language),
            _lesson(charter, article.lesson, language),
        )
        for article in charter.articles
    ]


def _lesson(charter: Charter, lesson: str | None, language: str) -> Localised | None:
    told = charter.lessons.get(lesson) if lesson else None
    return words.in_language(told.title, language) if told else None


def values(charter: Charter, language: str) -> list[Localised]:
    return [words.in_language(texts, language) for texts in charter.values.values()]


@dataclass(frozen=True, slots=True)
class SignalGroup:
    """The signals of one source, with the meaning of the source."""

    source: str
    title: Words
    meaning: Words
    signals: tuple[Mapping[str, Any], ...]


def signal_groups(catalogue: Mapping[str, Signal], language: str) -> Iterator[SignalGroup]:
    for source in Source:
        signals = [signal for signal in catalogue.values() if signal.source is source]
        if signals:
            yield SignalGroup(
                source.value,
                words.SOURCES[source.value],
                words.SOURCE_MEANINGS[source.value],
                tuple(_signal(signal, language) for signal in signals),
            )


def _signal(signal: Signal, language: str) -> Mapping[str, Any]:
    return {
        "name": signal.name,
        "kind": words.KINDS[signal.kind.value],
        "range": _range(signal),
        "meaning": words.in_language(signal.meaning, language),
        "languages": [words.language_name(tag) for tag in signal.languages],
    }


def _range(signal: Signal) -> str:
    if signal.low is None:
        return ""
    if signal.high is None:
        return _("%(low)g and up") % {"low": signal.low}
    return f"{signal.low:g} – {signal.high:g}"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the list of the ledger."""

    index: int
    kind: Words
    remedy: str | None
    time: datetime | None
    leaf_hash: str


LISTED: Final = 50
"""Entries on a page."""


def rows(before: int | None) -> list[Row]:
    """The latest entries below index `before`, newest first."""
    stored = LedgerEntry.objects.order_by("-index")
    if before is not None:
        stored = stored.filter(index__lt=before)
    return [_row(entry) for entry in stored[:LISTED]]


def readable(stored: LedgerEntry) -> str:
    """The very entry, laid out in lines as far as it is still one."""
    body = bytes(stored.body)
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body.decode(errors="replace")


def _row(stored: LedgerEntry) -> Row:
    leaf_hash = bytes(stored.leaf_hash).hex()
    try:
        entry = Entry.decode(bytes(stored.body))
    except LedgerError:
        # Whoever changes the table must not be able to take the whole page away with it.
        return Row(stored.index, words.BROKEN_ENTRY, None, None, leaf_hash)
    kind = words.ENTRY_KINDS[entry.kind.value]
    return Row(entry.index, kind, entry.remedy, entry.time, leaf_hash)


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether an entry is in the signed record, checked here and now, and the way to the root."""

    holds: bool
    index: int
    size: int
    root: str
    hashes: tuple[str, ...]
    key: str


def prove(entry: LedgerEntry, key: VerifierKey) -> Proof:
    """Make the proof of an entry from the stored hashes, and check it against the signed head."""
    head = Checkpoint.read(ledger.head().note)
    try:
        proof = proof_of(entry)
        head = proof.verify(bytes(entry.body), [key])
        hashes = tuple(digest.hex() for digest in proof.hashes)
    except LedgerError:
        return Proof(False, entry.index, head.size, head.root.hex(), (), str(key))
    return Proof(True, entry.index, head.size, head.root.hex(), hashes, str(key))


def proof_of(entry: LedgerEntry) -> InclusionProof:
    """The proof against the newest checkpoint, with the entry in it."""
    note = ledger.head().note
    return InclusionProof.make(entry.index, note, ledger.StoredTiles(), bytes(entry.body))
