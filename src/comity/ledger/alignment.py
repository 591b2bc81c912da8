"""How a sequence of entries came to differ from the one that was signed.

The noun is `Run`: entries that follow each other. `name_faults` finds which runs stand where they
belong and says of the rest, in words, whether it was changed, dropped, inserted, copied or moved.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from comity.ledger.report import Fault, FaultKind, entries

MAX_RUNS: Final = 1_000
"""Runs that are told apart; what comes after them is not looked at."""
UNCLAIMED: Final = -(2**63)
"""The `first` of a run that claims no place: so low that it meets no place by chance."""

_WORTH: Final = 4
"""What an entry in its place counts."""
_FITTING: Final = 1
"""What a gap counts in which as many entries stand as belong there: it settles ties."""
_PERMUTED: Final = 5
"""What a gap counts that holds its own entries in another order: more than one entry in its place,
so that two neighbours have changed places, rather than one having moved past the other."""


@dataclass(frozen=True, slots=True)
class Run:
    """Stored entries `position`, `position + 1`, … which are, or claim to be, `first`, `first + 1`…

    `genuine` are those that were signed as what they claim; `copy` are those of them that stood
    already further up. `digest` is the hash of the first.
    """

    first: int
    position: int
    length: int
    genuine: bool
    copy: bool = False
    digest: bytes = b""

    @property
    def last(self) -> int:
        return self.first + self.length - 1

    @property
    def end(self) -> int:
        return self.position + self.length

    def cut(self, low: int, high: int) -> "Run":
        """Return the part that is (or claims to be) `low` to before `high`."""
        low, high = max(low, self.first), min(high, self.first + self.length)
        digest = self.digest if low == self.first else b""
        return replace(
            self,
            first=low,
            position=self.position + low - self.first,
            length=max(high - low, 0),
            digest=digest,
        )


@dataclass(frozen=True, slots=True)
class _Gap:
    """Between two runs in their place: the entries that belong there, and the runs found there."""

    first: int
    after: int
    found: tuple[Run, ...]

    @property
    def vacant(self) -> int:
        return self.after - self.first

    @property
    def filled(self) -> bool:
        """Whether as many entries stand here as belong here, so that each has taken a place."""
        return self.vacant == sum(run.length for run in self.found)

    def place(self, run: Run) -> int:
        """Return whose place the first entry of `run` has taken, in a gap that is filled."""
        return self.first + run.position - self.found[0].position


Signed = Callable[[int], bytes | None]


def name_faults(runs: Sequence[Run], start: int, end: int, signed: Signed) -> list[Fault]:
    """Name what differs between `runs`, in stored order, and the signed entries `start` to `end`.

    `end` is excluded. `signed` gives the signed hash of an entry, or None where it is not known.
    Quadratic in the number of runs, which MAX_RUNS bounds.
    """
    runs = list(runs)
    while runs and not runs[-1].genuine and runs[-1].first >= end:
        # What claims a place past the signed end has only not been signed yet.
        runs.pop()
    border = [
        Run(0, 0, start, genuine=True),
        *runs,
        Run(end, runs[-1].end if runs else start, 1, genuine=True),
    ]
    chain = _in_place(border)
    gaps = [
        _Gap(border[i].last + 1, border[j].first, tuple(border[i + 1 : j]))
        for i, j in pairwise(chain)
    ]
    strays = [run for gap in gaps for run in gap.found if run.genuine]
    in_place = [border[i] for i in chain]
    faults = list(_swaps_and_moves(gaps, in_place, end))
    for gap in gaps:
        faults += _losses_and_forgeries(gap, strays, end, signed)
    return sorted(faults, key=lambda fault: (fault.first, fault.last))


def _in_place(runs: Sequence[Run]) -> list[int]:
    """Return the places in `runs` of the weightiest rising chain of genuine ones.

    The first and the last run are the borders and always belong to it.
    """
    best = [0] * len(runs)
    previous = [0] * len(runs)
    for j in range(1, len(runs)):
        if not runs[j].genuine:
            continue
        best[j] = -1
        for i in range(j):
            if best[i] < 0 or not runs[i].genuine or runs[i].last >= runs[j].first:
                continue
            score = best[i] + _WORTH * runs[j].length
            score += _bonus(runs, i, j)
            if score > best[j]:
                best[j], previous[j] = score, i
    chain = [len(runs) - 1]
    while chain[-1]:
        chain.append(previous[chain[-1]])
    return chain[::-1]


def _bonus(runs: Sequence[Run], i: int, j: int) -> int:
    """Weigh the gap between two runs."""
    before, after = runs[i], runs[j]
    if j == i + 1 or after.position - before.end != after.first - before.last - 1:
        return 0
    permuted = all(
        run.genuine and not run.copy and before.last < run.first and run.last < after.first
        for run in runs[i + 1 : j]
    )
    return _PERMUTED if permuted else _FITTING


def _swaps_and_moves(gaps: Sequence[_Gap], in_place: Sequence[Run], end: int) -> Iterator[Fault]:
    """Name the genuine entries that do not stand in their place."""
    strays = [(gap, run) for gap in gaps for run in gap.found if run.genuine]
    taken = {(gap.place(run), run.first, run.length) for gap, run in strays if gap.filled}
    for gap, run in strays:
        first, last, length = run.first, run.last, run.length
        place = gap.place(run) if gap.filled else -1
        if place == first:
            continue
        if (first, place, length) in taken:
            if place < first:
                both = f"{entries(place, place + length - 1)} and {first:,}"
                both += f"–{last:,}" if length > 1 else ""
                both = both.replace("entry", "entries", 1)
                yield Fault(FaultKind.SWAPPED, place, first, f"{both} have changed places")
        elif run.copy or any(other.first <= first <= other.last for other in in_place):
            what = f"a copy of {entries(first, last)} was inserted {_where(gap.after, end)}"
            yield Fault(FaultKind.COPIED, first, last, what)
        else:
            was, stands = ("was", "it stands") if length == 1 else ("were", "they stand")
            what = f"{entries(first, last)} {was} moved: {stands} {_where(gap.after, end)}"
            yield Fault(FaultKind.MOVED, first, last, what)


def _losses_and_forgeries(
    gap: _Gap, strays: Sequence[Run], end: int, signed: Signed
) -> Iterator[Fault]:
    """Name what in `gap` is missing, and what stands there that was never signed."""
    vacant = [Run(gap.first, 0, gap.vacant, genuine=True)] if gap.vacant else []
    for stray in strays:
        vacant = _without(vacant, stray)
    forged = [
        # Whatever they claim to be: in a filled gap each stands where another should.
        replace(run, first=gap.place(run)) if gap.filled else run
        for run in gap.found
        if not run.genuine
    ]
    changed, vacant, inserted = _pair(forged, vacant)
    for run in changed:
        yield _changed(run, signed)
    for run in vacant:
        what = f"{entries(run.first, run.last)} {'is' if run.length == 1 else 'are'} missing"
        if run.last + 1 == end:
            what = f"the ledger was cut off: {what}"
        yield Fault(FaultKind.MISSING, run.first, run.last, what)
    if inserted:
        what = "an entry was" if inserted == 1 else f"{inserted:,} entries were"
        what += f" inserted {_where(gap.after, end)}"
        yield Fault(FaultKind.INSERTED, gap.after, gap.after, what)


def _pair(forged: Sequence[Run], vacant: list[Run]) -> tuple[list[Run], list[Run], int]:
    """Put forged entries in the places that they claim, or else in any that is left.

    Returns which entries were changed thereby, which are missing, and how many are too many.
    """
    changed, inserted = [], 0
    for run in forged:
        parts = [part for free in vacant if (part := run.cut(free.first, free.last + 1)).length > 0]
        for part in parts:
            vacant = _without(vacant, part)
        changed += parts
        inserted += run.length - sum(part.length for part in parts)
    missing = []
    for free in vacant:
        if inserted >= free.length:
            inserted -= free.length
            changed.append(free)
        else:
            missing.append(free)
    return changed, missing, inserted


def _changed(run: Run, signed: Signed) -> Fault:
    what = f"{entries(run.first, run.last)} {'was' if run.length == 1 else 'were'} changed"
    record = signed(run.first)
    if run.length == 1 and run.digest and record:
        what += f": its hash is {run.digest.hex()}, the signed record says {record.hex()}"
    return Fault(FaultKind.CHANGED, run.first, run.last, what)


def _without(runs: Sequence[Run], taken: Run) -> list[Run]:
    """Take the entries of `taken` out of `runs`."""
    parts = [
        part
        for run in runs
        for part in (run.cut(0, taken.first), run.cut(taken.last + 1, run.last + 1))
    ]
    return [part for part in parts if part.length > 0]


def _where(index: int, end: int) -> str:
    return "at the end" if index == end else f"before entry {index:,}"
