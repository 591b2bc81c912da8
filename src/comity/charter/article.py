"""One norm of a charter: what it asks, why, when it applies, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from comity.charter.condition import Condition
from comity.charter.remedy import AccountRemedy, Remedy


@dataclass(frozen=True, slots=True)
class Examples:
    """An article's tests: posts that it has to match, and posts that it must leave alone."""

    violates: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """`title` and `text` are keyed by language; the charter's first language is always there."""

    id: str
    value: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    condition: Condition
    remedy: Remedy
    account: AccountRemedy | None = None
    duration: timedelta | None = None
    """How long a label, limit, mute or suspension lasts; None: until a person ends it."""
    lesson: str | None = None
    trial: bool = False
    """Only records what it would have done."""
    expected_share: float | None = None
    """The share of posts it is expected to match, above 0 and up to 1."""
    examples: Examples = Examples()
    line: int = 0
    """Where it begins in the file."""
