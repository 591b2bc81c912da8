"""What the record says: one `Entry` for each thing that was decided, without texts and names.

An entry is written in one way only, so that its bytes, and with them its hash, never drift: JSON
in UTF-8, keys sorted, no spaces, absent fields left out, no numbers but integers, times in UTC to
the second. Texts, names and member ids stay outside; an entry holds `commitment`s to them.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Self

from pydantic_core import to_json

from comity.ledger.error import LedgerError

MAX_ENTRY: Final = 2**16 - 1
"""Bytes: an entry's length takes two bytes in C2SP's bundles."""
MAX_ITEMS: Final = 256
"""Articles, commitments or entries that one entry may name."""

_SLUG: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}")
_KEY: Final = re.compile(r"[^\s+]{1,255}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{1,100}")


class EntryKind(StrEnum):
    """What an entry records."""

    DECISION = "decision"
    CHARTER = "charter"
    RULING = "ruling"
    APPEAL = "appeal"
    JURY = "jury"
    VERDICT = "verdict"
    AMENDMENT = "amendment"
    ERASURE = "erasure"
    SUSPENSION = "suspension"
    REINSTATEMENT = "reinstatement"
    ROLE_GIVEN = "role-given"
    ROLE_TAKEN = "role-taken"
    CHECKPOINT_KEY = "checkpoint-key"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the record. `about` are the entries that it speaks of: a ruling's decision, say.

    `commitments` names what was committed to ("decision", "event", "author") and how; see
    `commitment`. What is public stays in clear: remedies, articles, roles, and charter and model by
    hash.
    """

    index: int
    kind: EntryKind
    time: datetime
    community: str
    commitments: Mapping[str, str] = field(default_factory=dict)
    remedy: str | None = None
    account: str | None = None
    articles: tuple[str, ...] = ()
    charter: str | None = None
    model: str | None = None
    about: tuple[int, ...] = ()
    key: str | None = None
    role: str | None = None

    def __post_init__(self) -> None:
        """Raise LedgerError unless every field is of its form."""
        if self.time.tzinfo is None:
            raise LedgerError("`time` of an entry has no time zone")
        object.__setattr__(self, "time", self.time.astimezone(UTC).replace(microsecond=0))
        for number in (self.index, *self.about):
            if type(number) is not int or not 0 <= number < 2**63:
                raise LedgerError(f"`{number!r:.40}` is no index of an entry")
        for name in ("articles", "about", "commitments"):
            if len(getattr(self, name)) > MAX_ITEMS:
                raise LedgerError(f"`{name}` of an entry has more than {MAX_ITEMS} items")
        slugs = [self.community, self.remedy, self.account, self.role]
        _check("community, remedy, account and role", slugs, _is_slug)
        _check("articles and commitments", (*self.articles, *self.commitments), _is_slug)
        _check("charter and model", (self.charter, self.model), _is_hash)
        _check("commitments", self.commitments.values(), _DIGEST.fullmatch)
        _check("key", (self.key,), _KEY.fullmatch)

    def encode(self) -> bytes:
        """Return the entry's bytes: what is hashed, stored and served."""
        document = {
            "about": self.about,
            "account": self.account,
            "articles": self.articles,
            "charter": self.charter,
            "commitments": dict(sorted(self.commitments.items())),
            "community": self.community,
            "index": self.index,
            "key": self.key,
            "kind": self.kind.value,
            "model": self.model,
            "remedy": self.remedy,
            "role": self.role,
            "time": self.time.replace(tzinfo=None).isoformat() + "Z",
        }
        data = to_json({name: value for name, value in document.items() if value or value == 0})
        if len(data) > MAX_ENTRY:
            raise LedgerError(f"an entry may have {MAX_ENTRY:,} bytes, this has {len(data):,}")
        return data

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read an entry. Raises LedgerError for anything but the very bytes of `encode`."""
        try:
            document: dict[str, Any] = json.loads(data[: MAX_ENTRY + 1])
            entry = cls(
                **document
                | {
                    "kind": EntryKind(document["kind"]),
                    "time": datetime.fromisoformat(document["time"]),
                    "articles": tuple(document.get("articles", ())),
                    "about": tuple(document.get("about", ())),
                }
            )
            if entry.encode() == data:
                return entry
        except LedgerError:
            raise
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise LedgerError("this is no entry of a ledger") from None
        raise LedgerError("this entry is not written in the one way that entries are written")


# A ledger has few slugs and hashes, and each of them in many entries.
@lru_cache(1_000)
def _is_slug(value: str) -> bool:
    return len(value) <= 400 and _SLUG.fullmatch(value) is not None


@lru_cache(1_000)
def _is_hash(value: str) -> bool:
    return _HASH.fullmatch(value) is not None


def _check(name: str, values: Iterable[str | None], fits: Callable[[str], object]) -> None:
    for value in values:
        if value is not None and not fits(value):
            raise LedgerError(f"`{value:.80}` does not fit the field {name} of an entry")
