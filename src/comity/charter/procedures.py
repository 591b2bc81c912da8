"""How people decide: due times, second looks, appeals and juries, strikes and their ladder.

The noun is `Procedures`. Its defaults are what holds where a charter is silent; nothing else in the
software knows one of these numbers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from types import MappingProxyType

from comity.charter.remedy import Remedy


@dataclass(frozen=True, slots=True)
class Review:
    """How cases are decided."""

    due: timedelta = timedelta(hours=24)
    """From when a case is opened until it is to be decided; a queue may ask for less."""
    claim: timedelta = timedelta(minutes=30)
    """How long a reviewer has a case to themselves."""
    second_review: float = 0.05
    """The share of cases, 0 to 1, that a second reviewer decides too, without seeing the first."""


@dataclass(frozen=True, slots=True)
class Appeals:
    """How decisions are challenged."""

    window: timedelta = timedelta(days=183)
    """For so long a decision can be appealed. The Digital Services Act asks for six months."""
    due: timedelta = timedelta(days=7)
    """From when an appeal is filed until its jury has to have decided."""
    jury: int = 5
    """Members on a jury; odd."""
    answer: timedelta = timedelta(days=2)
    """How long a juror may take before another is drawn."""


@dataclass(frozen=True, slots=True)
class Rung:
    """What an account comes to at a standing of `at`, and for how long."""

    at: int
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Ladder:
    """What follows for an account when strikes add up; each rung needs more than the one before."""

    warn: int = 1
    mute: Rung = field(default_factory=lambda: Rung(4, timedelta(days=1)))
    suspend: Rung = field(default_factory=lambda: Rung(8, timedelta(days=7)))


_WEIGHTS = MappingProxyType({Remedy.LABEL: 0, Remedy.LIMIT: 1, Remedy.REMOVE: 2})


@dataclass(frozen=True, slots=True)
class Strikes:
    """What a ruling against a member counts, for how long, and what it adds up to."""

    expire: timedelta = timedelta(days=90)
    weights: Mapping[Remedy, int] = field(default_factory=lambda: _WEIGHTS)
    """By the remedy of the ruling; what is not named weighs nothing."""
    ladder: Ladder = field(default_factory=Ladder)


@dataclass(frozen=True, slots=True)
class Procedures:
    """The charter's `procedures`."""

    review: Review = field(default_factory=Review)
    appeals: Appeals = field(default_factory=Appeals)
    strikes: Strikes = field(default_factory=Strikes)

    def items(self) -> Iterator[tuple[str, timedelta | float]]:
        """All that can be set, by the keys under which a charter has it."""
        for name, part in (("review", self.review), ("appeals", self.appeals)):
            for key in fields(part):
                yield f"{name}.{key.name}", getattr(part, key.name)
        yield "strikes.expire", self.strikes.expire
        for remedy, weight in self.strikes.weights.items():
            yield f"strikes.weights.{remedy.value}", weight
        ladder = self.strikes.ladder
        yield "strikes.ladder.warn", ladder.warn
        for name, rung in (("mute", ladder.mute), ("suspend", ladder.suspend)):
            yield f"strikes.ladder.{name}.at", rung.at
            yield f"strikes.ladder.{name}.for", rung.duration
