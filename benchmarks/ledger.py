"""The ledger beside pymerkle: appending, verifying, proving, in one process on one core.

Both hold the same entries, of the size that decisions have. Times are those of the process.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from time import process_time

import pymerkle

from comity.ledger import (
    Checkpoint,
    Entry,
    EntryKind,
    Frontier,
    MemoryTiles,
    SigningKey,
    Tree,
    append,
    first_hashes,
    leaf_hash,
    verify,
    verify_inclusion,
)
from comity.ledger.tiles import WIDTH

ENTRIES = 1_000_000
BATCH = 100
PROOFS = 200
KEY = SigningKey.from_seed("benchmark.example/ledger", bytes(32))


class Store(MemoryTiles):
    """What a server stores, in memory: the entries are made anew each time they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.leaves: list[bytes] = []
        self.notes: list[str] = []

    @property
    def size(self) -> int:
        return len(self.leaves)

    def entries(self, start: int = 0) -> Iterator[bytes]:
        return islice(made(ENTRIES), start, None)

    def checkpoints(self) -> Iterator[str]:
        return iter(self.notes)

    def tile(self, level: int, index: int, width: int) -> bytes:
        if level == 0 and width < WIDTH:
            hashes = b"".join(self.leaves[index * WIDTH : index * WIDTH + width])
            return first_hashes(hashes, level, index, width)
        return super().tile(level, index, width)


def made(count: int) -> Iterator[bytes]:
    """Entries that differ in their index only."""
    commitment = sha256(b"content").hexdigest()
    entry = Entry(
        index=0,
        kind=EntryKind.DECISION,
        time=datetime(2026, 11, 23, tzinfo=UTC),
        community="town-square",
        commitments=dict.fromkeys(("author", "decision", "event"), commitment),
        remedy="hold",
        articles=("no-personal-attacks",),
        charter=f"sha256:{commitment}",
        model=f"sha256:{commitment}",
    )
    before, after = entry.encode().split(b'"index":0')
    return (b'%s"index":%d%s' % (before, index, after) for index in range(count))


def grow() -> tuple[Store, Frontier, float]:
    """Append all entries in batches, with the root that a checkpoint after each would sign."""
    store, frontier, seconds = Store(), Frontier(), 0.0
    stream = made(ENTRIES)
    while entries := list(islice(stream, BATCH)):
        started = process_time()
        leaves = [leaf_hash(entry) for entry in entries]
        growth = append(frontier, leaves, store)
        frontier = growth.frontier
        _ = frontier.root
        seconds += process_time() - started
        store.leaves += leaves
        for tile in growth.tiles:
            store.put(tile)
        if frontier.size // WIDTH > (frontier.size - BATCH) // WIDTH:
            store.notes.append(Checkpoint(KEY.name, frontier.size, frontier.root).sign(KEY))
    return store, frontier, seconds


def grow_peer() -> tuple[pymerkle.InmemoryTree, float]:
    tree, seconds = pymerkle.InmemoryTree(algorithm="sha256"), 0.0
    stream = made(ENTRIES)
    while entries := list(islice(stream, BATCH)):
        started = process_time()
        for entry in entries:
            tree.append_entry(entry)
        _ = tree.get_root()
        seconds += process_time() - started
    return tree, seconds


def main() -> None:
    store, frontier, ours = grow()
    peer, theirs = grow_peer()
    if peer.get_root() != frontier.root:
        sys.exit("the two trees differ")
    print(
        f"{ENTRIES:,} entries of about {len(next(made(1)))} bytes; pymerkle {pymerkle.__version__}"
    )
    compare(f"append, in batches of {BATCH}", "entries/s", ENTRIES / ours, ENTRIES / theirs)

    started = process_time()
    report = verify(store, [KEY.verifier])
    seconds = process_time() - started
    if not report.sound or report.proven < ENTRIES - WIDTH:
        sys.exit(f"the ledger is not sound: {report}")
    compare(f"verify, with {report.checkpoints:,} checkpoints", "entries/s", ENTRIES / seconds)

    places = range(0, ENTRIES, ENTRIES // PROOFS)
    started = process_time()
    proofs = [Tree(store, ENTRIES).inclusion(index) for index in places]
    ours = (process_time() - started) / PROOFS
    started = process_time()
    peers = [peer.prove_inclusion(index + 1) for index in places]
    theirs = (process_time() - started) / PROOFS
    for proof, other in zip(proofs, peers, strict=True):
        if [step.hex() for step in proof] != other.serialize()["path"][1:]:
            sys.exit("the proofs differ")
    compare("prove inclusion", "µs", ours * 1e6, theirs * 1e6)

    started = process_time()
    for index, proof in zip(places, proofs, strict=True):
        verify_inclusion(store.leaves[index], index, ENTRIES, proof, frontier.root)
    ours = (process_time() - started) / PROOFS
    compare("check a proof", "µs", ours * 1e6)

    started = process_time()
    for old in places[1:]:
        Tree(store, ENTRIES).consistency(old)
    ours = (process_time() - started) / (PROOFS - 1)
    started = process_time()
    for old in places[1:]:
        peer.prove_consistency(old, ENTRIES)
    theirs = (process_time() - started) / (PROOFS - 1)
    compare("prove consistency", "µs", ours * 1e6, theirs * 1e6)
    print(f"state to append with: {len(frontier.to_bytes())} bytes; pymerkle keeps the whole tree")


def compare(what: str, unit: str, ours: float, theirs: float | None = None) -> None:
    beside = f"   pymerkle {theirs:>12,.0f}" if theirs else ""
    print(f"  {what:<36}{ours:>12,.0f} {unit:<10}{beside}")
