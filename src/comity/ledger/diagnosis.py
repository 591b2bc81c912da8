"""Which entries differ from what was signed, and how, once `verify` knows that some do.

The verb is `diagnose`. It reads the stored entries from where they were last as signed, tells each
by its signed hash, and hands what it found, as runs, to `alignment`.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Final

from comity.ledger.alignment import MAX_RUNS, UNCLAIMED, Run, name_faults
from comity.ledger.checkpoint import Checkpoint
from comity.ledger.merkle import leaf_hash
from comity.ledger.reader import LedgerReader
from comity.ledger.report import Fault, FaultKind, entries
from comity.ledger.tiles import HEIGHT, WIDTH, tile_path
from comity.ledger.trusted import TrustedHashes

_CLAIM: Final = re.compile(rb'"index":(0|[1-9][0-9]{0,18})[,}]')


def diagnose(
    reader: LedgerReader, misfits: Sequence[Checkpoint], proven: int, signed: int
) -> tuple[list[Fault], bool]:
    """Name what is wrong with the entries from `proven` to before `signed`.

    `misfits` are the signed checkpoints past `proven`, the smallest first, none of which the
    entries lead to. Returns the faults, and whether these are all.
    """
    trusted = TrustedHashes(reader, reversed(misfits))
    runs, complete = _runs(reader, trusted, proven, signed)
    end = signed if complete else _upto(runs, signed)
    faults = name_faults(runs, proven, end, trusted.leaf)
    read = min(signed, runs[-1].end if runs else proven)
    for first, after in _unknown(trusted, proven, read):
        faults.append(_unproven(first, after - 1, misfits[0]))
    faults += [tile_fault(level, index) for level, index in trusted.spoilt]
    # Whatever we fail to name, what a checkpoint contradicts is never sound.
    return faults or [_unproven(proven, signed - 1, misfits[0])], complete


def tile_fault(level: int, index: int) -> Fault:
    """Say that a tile does not hold the hashes of the entries that it stands for."""
    first = index << HEIGHT * (level + 1)
    last = (index + 1 << HEIGHT * (level + 1)) - 1
    message = f"the stored hashes {tile_path(str(level), index)} were changed or are missing; "
    message += f"proofs about {entries(first, last)} would fail"
    return Fault(FaultKind.TILE, first, last, message)


def _runs(
    reader: LedgerReader, trusted: TrustedHashes, start: int, end: int
) -> tuple[list[Run], bool]:
    """Read the entries from `start` on as runs; and tell whether that is all of them."""
    runs: list[Run] = []
    seen = _Seen(start)
    expected, length = start, 0
    for position, entry in enumerate(reader.entries(start), start):
        index, genuine, digest = _identify(entry, expected, trusted, end)
        run = runs[-1] if runs else None
        met = index in seen or (run is not None and run.first <= index < run.first + length)
        copy = genuine and met
        follows = run and (index, genuine, copy) == (run.first + length, run.genuine, run.copy)
        unclaimed = run and run.first == index == UNCLAIMED
        if unclaimed or (follows and index != end):
            length += 1
        else:
            if run:
                runs[-1] = replace(run, length=length)
                seen.add(runs[-1])
            if len(runs) == MAX_RUNS:
                return runs, False
            runs.append(Run(index, position, 1, genuine, copy, digest))
            length = 1
        expected = index + 1 if genuine else expected + 1
    if runs:
        runs[-1] = replace(runs[-1], length=length)
    return runs, True


def _upto(runs: list[Run], signed: int) -> int:
    """Return up to which entry `runs` are to be judged, when not all there are have been read."""
    while any(run.genuine for run in runs) and not runs[-1].genuine:
        runs.pop()
    return max((run.last + 1 for run in runs if run.genuine), default=min(signed, runs[-1].end))


class _Seen:
    """The genuine entries met so far, as the runs that they came in; those before `start` were."""

    def __init__(self, start: int) -> None:
        self._runs = [(0, start - 1)]

    def add(self, run: Run) -> None:
        if run.genuine and not run.copy:
            insort(self._runs, (run.first, run.last))

    def __contains__(self, index: int) -> bool:
        place = bisect_right(self._runs, index, key=itemgetter(0))
        return place > 0 and index <= self._runs[place - 1][1]


def _identify(
    entry: bytes, expected: int, trusted: TrustedHashes, end: int
) -> tuple[int, bool, bytes]:
    """Tell which entry this is: its index or claim, whether that is genuine, and its hash.

    Where the signed hash is not known, the claim is believed; the report says that it is unproven.
    """
    digest = leaf_hash(entry)
    if expected < end and trusted.leaf(expected) == digest:
        return expected, True, digest
    claim = _CLAIM.search(entry)
    index = int(claim[1]) if claim else UNCLAIMED
    if not 0 <= index < end:
        return index, False, digest
    return index, trusted.leaf(index) in (None, digest), digest


def _unknown(trusted: TrustedHashes, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of entries (the last excluded) whose signed hashes are not known."""
    ranges: list[tuple[int, int]] = []
    known = min(end, trusted.size)
    blocks = [(max(at, start), at + WIDTH) for at in range(start // WIDTH * WIDTH, known, WIDTH)]
    for first, after in [*blocks, (max(start, known), end)]:
        if first >= after or (first < known and trusted.leaf(first)):
            continue
        if ranges and ranges[-1][1] == first:
            first = ranges.pop()[0]
        ranges.append((first, min(after, end)))
    return ranges


def _unproven(first: int, last: int, misfit: Checkpoint) -> Fault:
    message = f"{entries(first, last)} cannot be shown to be what was signed, nor which of them "
    message += "differ: the stored hashes were changed as well, or are missing"
    if first < misfit.size <= last + 1:
        message += f"; what the checkpoint of {misfit.size:,} signs is another ledger"
    return Fault(FaultKind.UNPROVEN, first, last, message)
