"""What verifying a ledger found: a `Report` with its `Fault`s."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

MAX_FAULTS: Final = 1_000
"""Faults that a report names. A ledger with more was not altered here and there but ruined."""


class FaultKind(StrEnum):
    """What can be wrong with a ledger."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    COPIED = "copied"
    SWAPPED = "swapped"
    MOVED = "moved"
    MISPLACED = "misplaced"
    UNPROVEN = "unproven"
    TILE = "tile"
    UNSIGNED = "unsigned"
    FORGED = "forged"
    FORKED = "forked"
    ROLLED_BACK = "rolled-back"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, with the entries `first` to `last` that it is about.

    What is inserted stands before `first`. Of a checkpoint, `first` and `last` are its size.
    """

    kind: FaultKind
    first: int
    last: int
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Report:
    """`size` entries were read; the newest valid checkpoint signs `signed`; `proven` are as signed.

    Entries past `signed` are no fault: the next checkpoint will sign them. `complete` is false
    where there is more wrong than `faults` names.
    """

    size: int
    signed: int
    proven: int
    checkpoints: int
    faults: tuple[Fault, ...] = ()
    complete: bool = True

    @property
    def sound(self) -> bool:
        return self.complete and not self.faults

    def as_json(self) -> dict[str, Any]:
        return {"sound": self.sound} | asdict(self)


def entries(first: int, last: int) -> str:
    """Name entries: "entry 5", "entries 17–19"."""
    return f"entry {first:,}" if first == last else f"entries {first:,}–{last:,}"
