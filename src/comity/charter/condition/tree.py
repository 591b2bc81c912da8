"""What a condition is once read: a typed tree, the one thing that every compiler walks.

Values have a `kind`; predicates are true, false or unknown. Only `read` makes trees, so whoever
walks one may rely on the types, and on a depth that recursion bears.
"""

from dataclasses import dataclass
from typing import Literal

from comity.charter.condition.functions import Function
from comity.signals import Kind

Comparison = Literal["=", "<>", "<", "<=", ">", ">="]
Operator = Literal["+", "-", "*", "/", "%"]


@dataclass(frozen=True, slots=True)
class Name:
    """The value of a signal. One of kind boolean is a predicate by itself."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that the author wrote: a float if it has a decimal point.

    A whole number where the kind is "number" stands for the double of it.
    """

    value: bool | int | float | str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Choices:
    """Values to be found among: written out, or one of the charter's lists by its name."""

    values: tuple[int | float | str, ...]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Of whole numbers: whole, unknown where 64 bits do not hold it; else IEEE 754 doubles."""

    operator: Operator
    left: "Value"
    right: "Value"
    kind: Kind


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the reference, applied; of kind boolean it is a predicate."""

    function: Function
    arguments: "tuple[Value | Choices, ...]"
    kind: Kind


Value = Name | Constant | Arithmetic | Call


@dataclass(frozen=True, slots=True)
class Compare:
    operator: Comparison
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Among:
    """`value in (…)`."""

    value: Value
    choices: Choices


@dataclass(frozen=True, slots=True)
class Like:
    value: Value
    pattern: str


@dataclass(frozen=True, slots=True)
class IsNull:
    """Whether a value is unknown; itself never unknown."""

    value: Value


@dataclass(frozen=True, slots=True)
class IsTruth:
    """`part is true`, `part is false`; itself never unknown."""

    part: "Predicate"
    truth: bool


@dataclass(frozen=True, slots=True)
class Not:
    part: "Predicate"


@dataclass(frozen=True, slots=True)
class And:
    """Of two parts or more, none of them an And."""

    parts: "tuple[Predicate, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Of two parts or more, none of them an Or."""

    parts: "tuple[Predicate, ...]"


Predicate = Name | Constant | Call | Compare | Among | Like | IsNull | IsTruth | Not | And | Or
