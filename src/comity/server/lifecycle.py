"""Declared state machines: what a case, a strike or an appeal can be, and who may move it on.

The noun is `Lifecycle`, the verb its `step`. A lifecycle is checked when it is declared, so a
mistake in one stops the import; the docs draw it from the same declaration. Nothing here knows a
table or a clock: a service takes the step, and does what the transition says within its own
transaction.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from comity.ledger import EntryKind

SYSTEM: Final = "system"
"""Who acts where no person does: an event that comes in, a time that is up."""
ACTORS: Final = (SYSTEM, "member", "juror", "auditor", "reviewer", "steward")


_Item = TypeVar("_Item")


class LifecycleError(Exception):
    """A lifecycle that cannot work. The message holds every mistake, one a line."""


class StepRefused(Exception):  # noqa: N818  a refusal is an answer, not a fault
    """A step that the lifecycle does not allow from here, or not to this actor."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One way on: from any of `sources` to `to`, taken by one of `by`.

    `enters` is the kind of ledger entry that it leaves, `sends` the type of the message that it
    puts into the outbox; both stand or fall with the step.
    """

    name: str
    sources: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    enters: EntryKind | None = None
    sends: str | None = None


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What something can be: `states` in the order in which they are drawn.

    Raises LifecycleError when it is declared with a state that is not listed, cannot be reached
    or leads to no end, a final state that goes on, or two ways of one name from one state.
    """

    name: str
    states: tuple[str, ...]
    initial: str
    finals: tuple[str, ...]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        mistakes = list(_mistakes(self))
        if mistakes:
            raise LifecycleError("\n".join(f"{self.name}: {mistake}" for mistake in mistakes))

    def step(self, state: str, transition: str, by: str) -> str:
        """Return the state after it. Raises StepRefused, with what would be possible."""
        found = self.transition(state, transition)
        if by not in found.by:
            allowed = " or ".join(found.by)
            raise StepRefused(f"`{transition}` is for {allowed}, not for {by}")
        return found.to

    def transition(self, state: str, name: str) -> Transition:
        """The way of this name from this state. Raises StepRefused where there is none."""
        ways = self.ways(state)
        for way in ways:
            if way.name == name:
                return way
        possible = ", ".join(way.name for way in ways) or "nothing; it is at its end"
        raise StepRefused(f"a {self.name} that is {state} cannot {name}; possible: {possible}")

    def ways(self, state: str) -> tuple[Transition, ...]:
        return tuple(way for way in self.transitions if state in way.sources)


def _mistakes(cycle: Lifecycle) -> Iterator[str]:
    yield from _unknown(cycle)
    yield from _doubled(cycle)
    ways = [(source, way.to) for way in cycle.transitions for source in way.sources]
    reached = _spread({cycle.initial}, ways)
    ending = _spread(set(cycle.finals), [(to, source) for source, to in ways])
    for state in cycle.states:
        if state not in reached:
            yield f"`{state}` cannot be reached from `{cycle.initial}`"
        if state not in ending:
            yield f"`{state}` leads to no final state"
        if state in cycle.finals and cycle.ways(state):
            yield f"`{state}` is final, and `{cycle.ways(state)[0].name}` leads out of it"


def _unknown(cycle: Lifecycle) -> Iterator[str]:
    told = {cycle.initial, *cycle.finals}
    for way in cycle.transitions:
        told |= {*way.sources, way.to}
        if not way.sources or not way.by:
            yield f"nobody can `{way.name}`: it needs states to come from and actors"
        for actor in way.by:
            if actor not in ACTORS:
                yield f"`{way.name}` is for `{actor}`, which is none of {', '.join(ACTORS)}"
    for state in sorted(told.difference(cycle.states)):
        yield f"`{state}` is not one of its states"


def _doubled(cycle: Lifecycle) -> Iterator[str]:
    for state in _repeated(cycle.states):
        yield f"`{state}` is listed twice"
    names = [(way.name, source) for way in cycle.transitions for source in way.sources]
    for name, source in _repeated(names):
        yield f"`{name}` leads out of `{source}` twice"


def _repeated(items: Iterable[_Item]) -> list[_Item]:
    return [item for item, times in Counter(items).items() if times > 1]


def _spread(reached: set[str], ways: Collection[tuple[str, str]]) -> set[str]:
    """All that can be come to from `reached` along the ways."""
    while fresh := {to for source, to in ways if source in reached} - reached:
        reached = reached | fresh
    return reached
