"""Ledgers to test with, grown as a server grows them, and open to every forgery."""

from datetime import UTC, datetime, timedelta

from comity.ledger import (
    Checkpoint,
    Entry,
    EntryKind,
    Frontier,
    MemoryTiles,
    SigningKey,
    append,
    commit,
    first_hashes,
    leaf_hash,
)

ORIGIN = "town.example/ledger"
KEY = SigningKey.from_seed(ORIGIN, b"k" * 32)
START = datetime(2026, 11, 23, 10, tzinfo=UTC)


def entry(index, content=b"a post", **fields):
    salt = index.to_bytes(16)
    defaults = {
        "kind": EntryKind.DECISION,
        "time": START + timedelta(seconds=index),
        "community": "town-square",
        "commitments": {part: commit(content, salt) for part in ("author", "decision", "event")},
        "remedy": "hold",
        "articles": ("no-personal-attacks",),
        "charter": f"sha256:{'c' * 64}",
        "model": f"sha256:{'d' * 64}",
    }
    return Entry(index=index, **defaults | fields).encode()


class Ledger:
    """What a server stores: entries with their hashes, tiles, and the notes it signed."""

    def __init__(self, bodies=()):
        self.bodies = []
        self.leaves = []
        self.tiles = MemoryTiles()
        self.notes = []
        self.frontier = Frontier()
        self.append(bodies)

    @property
    def size(self):
        return len(self.bodies)

    def append(self, bodies):
        hashes = [leaf_hash(body) for body in bodies]
        growth = append(self.frontier, hashes, self)
        self.bodies += bodies
        self.leaves += hashes
        self.frontier = growth.frontier
        for tile in growth.tiles:
            self.tiles.put(tile)

    def sign(self, key=KEY):
        note = Checkpoint(ORIGIN, self.frontier.size, self.frontier.root).sign(key)
        self.notes.append(note)
        return note

    def forge_hashes(self):
        """Make leaf hashes and tiles anew, as whoever changed the entries would."""
        forged = Ledger(self.bodies)
        self.leaves, self.tiles, self.frontier = forged.leaves, forged.tiles, forged.frontier

    def entries(self, start=0):
        return iter(self.bodies[start:])

    def tile(self, level, index, width):
        if level == 0 and width < 256:
            hashes = b"".join(self.leaves[index * 256 : index * 256 + width])
            return first_hashes(hashes, level, index, width)
        return self.tiles.tile(level, index, width)

    def checkpoints(self):
        return iter(self.notes)


def ledger(size, *, sign_at=()):
    """A ledger of `size` entries, signed at these sizes and at the end."""
    made = Ledger()
    for upto in sorted({*sign_at, size}):
        made.append([entry(index) for index in range(made.size, upto)])
        made.sign()
    return made
