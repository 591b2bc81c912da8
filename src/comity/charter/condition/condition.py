"""The `when:` of an article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from comity.charter.condition.canonical import canonical
from comity.charter.condition.problem import Problem
from comity.charter.condition.read import read
from comity.charter.condition.sql import DuckDB, Spark
from comity.charter.condition.tree import Predicate
from comity.charter.condition.truth import Values, evidence, is_plain, names_in, truth
from comity.signals import Signal

_NO_LISTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Condition:
    """A boolean SQL expression over signals, checked: it can be asked without an error."""

    text: str
    canonical: str
    """The same for every way of writing spaces, letter case and needless parentheses."""
    signals: tuple[str, ...]
    """The names of the signals in it, sorted."""
    remarks: tuple[Problem, ...]
    """What is no mistake but hardly meant: comparisons that a signal's range decides."""
    tree: Predicate = field(repr=False, hash=False)
    _always: tuple[str, ...] | None = field(init=False, repr=False, compare=False)
    """The evidence, where it is the same for all values that make it true: mostly it is."""

    def __post_init__(self) -> None:
        always = tuple(dict.fromkeys(names_in(self.tree))) if is_plain(self.tree) else None
        object.__setattr__(self, "_always", always)

    @classmethod
    def parse(
        cls,
        text: str,
        catalogue: Mapping[str, Signal],
        lists: Mapping[str, tuple[str, ...]] = _NO_LISTS,
    ) -> Self:
        """Read a condition over the signals of a catalogue and the lists of a charter.

        Raises ConditionError with every mistake that can be told apart.
        """
        tree, signals, remarks = read(text, catalogue, lists)
        return cls(text, canonical(tree), signals, remarks, tree)

    def evaluate(self, values: Values) -> bool | None:
        """Say whether it holds for one event; None: unknown, which means abstain."""
        return truth(self.tree, values)

    def evidence(self, values: Values) -> tuple[str, ...]:
        """Name the signals whose comparisons made it true, in order of appearance.

        Ask only where it is true: who does knows that already, and mostly needs no second look.
        """
        if self._always is not None:
            return self._always
        return tuple(dict.fromkeys(evidence(self.tree, True, values)))

    def duckdb(self) -> str:
        """Write it as DuckDB SQL over columns named like the signals (see COLUMN_TYPES)."""
        return DuckDB().write(self.tree)

    def spark(self) -> str:
        """Write it as Spark SQL over such columns."""
        return Spark().write(self.tree)
