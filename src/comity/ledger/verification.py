"""Has anything been changed? `verify` reads a whole ledger and names each fault.

The entries are hashed into the tree that they make, and its root is held against every signed
checkpoint on the way. Where they part, `diagnosis` finds out which entries differ, and how.
Time is linear in the number of entries; memory is that of a block of entries and a few tiles.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, Self

from comity.ledger.checkpoint import Checkpoint
from comity.ledger.diagnosis import diagnose, tile_fault
from comity.ledger.entry import Entry, EntryKind
from comity.ledger.error import LedgerError
from comity.ledger.frontier import Frontier, by_tile
from comity.ledger.keys import VerifierKey
from comity.ledger.merkle import HASH_SIZE, leaf_hash
from comity.ledger.reader import LedgerReader
from comity.ledger.report import MAX_FAULTS, Fault, FaultKind, Report
from comity.ledger.tiles import HEIGHT, WIDTH

_MAX_MISFITS: Final = 256
_NEW_KEY: Final = f'"kind":"{EntryKind.CHECKPOINT_KEY}"'.encode()


def verify(
    reader: LedgerReader,
    keys: Iterable[VerifierKey],
    given: Sequence[str] = (),
    on_progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Check a ledger against what was signed with `keys`.

    `given` are signed checkpoints that the reader got at another time or from someone else: they
    show whether the ledger told everyone the same. Keys that a proven entry announces count from
    then on. `on_progress` is called with the number of entries read, now and then.
    """
    walk = _Walk(reader, keys)
    walk.through(_notes(reader, given), on_progress)
    faults, complete = walk.faults(), True
    if walk.newest is None and (walk.size or not faults):
        faults.append(Fault(FaultKind.UNSIGNED, 0, walk.size, "no checkpoint signs this ledger"))
    elif walk.misfits and walk.newest:
        found, complete = diagnose(reader, walk.misfits, walk.proven, walk.newest.size)
        faults += found
    faults += [_rolled_back(held, walk.stored) for held in walk.held if held > walk.stored]
    return Report(
        size=walk.size,
        signed=walk.newest.size if walk.newest else 0,
        proven=walk.proven,
        checkpoints=walk.checkpoints,
        faults=tuple(faults[:MAX_FAULTS]),
        complete=complete and len(faults) <= MAX_FAULTS,
    )


def own_key(reader: LedgerReader) -> VerifierKey | None:
    """Return the key that a ledger announces in its first entry, if it does.

    It proves nothing by itself: whoever made up the ledger made up the key.
    """
    return next((key for entry in islice(reader.entries(), 1) for key in _announced(entry)), None)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A checkpoint as it stands there, unchecked, and whether it was stored or given to us."""

    size: int
    given: bool
    note: str

    @classmethod
    def read(cls, note: str, *, given: bool) -> Self:
        try:
            return cls(Checkpoint.read(note).size, given, note)
        except LedgerError:
            return cls(0, given, note)


class _Walk:
    """One pass over entries and checkpoints, side by side."""

    def __init__(self, reader: LedgerReader, keys: Iterable[VerifierKey]) -> None:
        self.proven = 0
        self.checkpoints = 0
        self.newest: Checkpoint | None = None
        self.stored = 0
        """The size of the newest checkpoint that the ledger itself has."""
        self.held: list[int] = []
        """The sizes of those that were given."""
        self.misfits: list[Checkpoint] = []
        self._reader = reader
        self._keys = list(keys)
        self._announced: list[tuple[int, VerifierKey]] = []
        self._frontier = Frontier()
        self._faults: list[Fault] = []
        self._suspects: list[tuple[int, Fault]] = []

    @property
    def size(self) -> int:
        return self._frontier.size

    def faults(self) -> list[Fault]:
        """Return what is wrong with checkpoints, and with what the proven entries come with."""
        return self._faults + [fault for size, fault in self._suspects if size <= self.proven]

    def through(self, notes: Iterator[_Stated], on_progress: Callable[[int], None]) -> None:
        """Read all there is. `notes` come with their sizes, the smallest first."""
        note = next(notes, None)
        for block in chain([[]], _blocks(self._reader)):
            self._look_into(block)
            leaves = [leaf_hash(entry) for entry in block]
            end = self.size + len(leaves)
            while note and note.size <= end:
                upto = max(note.size - self.size, 0)
                self._grow(leaves[:upto])
                leaves = leaves[upto:]
                self._meet(note)
                note = next(notes, None)
            self._grow(leaves)
            on_progress(end)
        while note:
            self._meet(note)
            note = next(notes, None)

    def _look_into(self, block: Sequence[bytes]) -> None:
        """Look for entries that claim another place, and for keys, with no more than a search."""
        for index, entry in enumerate(block, self.size):
            if b'"index":%d,' % index not in entry:
                message = f"entry {index:,} was signed, but it is no entry, or not this one"
                self._suspect(index + 1, Fault(FaultKind.MISPLACED, index, index, message))
            if _NEW_KEY in entry:
                self._announced += [(index, key) for key in _announced(entry)]

    def _grow(self, leaves: Sequence[bytes]) -> None:
        before, (self._frontier, new) = self.size, self._frontier.extended(leaves)
        for level, hashes in new.items():
            for index, offset, computed in by_tile(before >> HEIGHT * level, hashes):
                self._compare_tile(level, index, offset * HASH_SIZE, computed)

    def _compare_tile(self, level: int, index: int, offset: int, computed: bytes) -> None:
        end = offset + len(computed)
        try:
            stored = self._reader.tile(level, index, end // HASH_SIZE)
        except LedgerError:
            stored = b""
        if stored[offset:end] != computed:
            self._suspect(self.size, tile_fault(level, index))

    def _suspect(self, size: int, fault: Fault) -> None:
        """Keep what is a fault only if the entries below `size` turn out to be as signed."""
        if len(self._suspects) <= MAX_FAULTS:
            self._suspects.append((size, fault))

    def _meet(self, stated: _Stated) -> None:
        """Hold the tree so far against a checkpoint of its size, or one that is past the end."""
        try:
            head = Checkpoint.open(stated.note, self._keys)
        except LedgerError as error:
            message = f"the checkpoint of {stated.size:,} is worth nothing: {error}"
            return self._blame(FaultKind.FORGED, stated.size, message)
        if head.size < self.size:
            message = f"the checkpoint of {head.size:,} is stored among those of {self.size:,}"
            return self._blame(FaultKind.MISPLACED, head.size, message)
        self.checkpoints += 1
        before, self.newest = self.newest, head
        if stated.given:
            self.held.append(head.size)
        else:
            self.stored = head.size
        if (head.size, head.root) == (self.size, self._frontier.root):
            # What did not fit before was signed for another history than the one that goes on.
            for misfit in self.misfits:
                self._fork(misfit)
            self.misfits.clear()
            self.proven = head.size
            self._keys += [key for index, key in self._announced if index < head.size]
            self._announced = [(at, key) for at, key in self._announced if at >= head.size]
        elif head.size <= self.proven or (before and _contradict(before, head)):
            self._fork(head)
        else:
            if len(self.misfits) == _MAX_MISFITS:
                # The first says where the trouble begins, the last lead to the most hashes.
                del self.misfits[1]
            self.misfits.append(head)
        return None

    def _fork(self, head: Checkpoint) -> None:
        message = f"the checkpoint of {head.size:,} was signed for another ledger than this one: "
        message += "someone was shown a different history"
        self._blame(FaultKind.FORKED, head.size, message)

    def _blame(self, kind: FaultKind, size: int, message: str) -> None:
        if len(self._faults) <= MAX_FAULTS:
            self._faults.append(Fault(kind, size, size, message))


def _contradict(one: Checkpoint, other: Checkpoint) -> bool:
    return one.size == other.size and one.root != other.root


def _blocks(reader: LedgerReader) -> Iterator[list[bytes]]:
    stream = reader.entries()
    while block := list(islice(stream, WIDTH)):
        yield block


def _notes(reader: LedgerReader, given: Sequence[str]) -> Iterator[_Stated]:
    stored = (_Stated.read(note, given=False) for note in reader.checkpoints())
    brought = sorted((_Stated.read(note, given=True) for note in given), key=_size)
    return heapq.merge(stored, brought, key=_size)


def _size(stated: _Stated) -> int:
    return stated.size


def _announced(entry: bytes) -> Iterator[VerifierKey]:
    try:
        decoded = Entry.decode(entry)
        if decoded.kind == EntryKind.CHECKPOINT_KEY and decoded.key:
            yield VerifierKey.parse(decoded.key)
    except LedgerError:
        return


def _rolled_back(held: int, newest: int) -> Fault:
    message = f"the ledger was rolled back: it ends with the checkpoint of {newest:,}, "
    message += f"you hold one of {held:,}"
    return Fault(FaultKind.ROLLED_BACK, newest, held, message)
