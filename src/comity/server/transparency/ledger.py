"""The ledger in tables: growing it, and reading it for proofs.

Everything that is appended goes through `append`, inside the transaction of what it records:
either both stand or neither. The edge of the tree is read there each time, so that a command
beside the server may append too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from comity import ledger
from comity.ledger import Entry, Frontier, SigningKey, leaf_hash
from comity.ledger.tiles import WIDTH
from comity.server.rows import insert, moment, select
from comity.server.transparency.models import Checkpoint, LedgerEntry, LedgerTile


@dataclass(frozen=True, slots=True)
class Head:
    """The tree as it is: its signed checkpoint, and the frontier that it grows on from."""

    frontier: Frontier
    note: str


class StoredTiles:
    """The tree's hashes, read from the tables.

    The hashes of the lowest level stand with their entries until their tile is full.
    """

    def tile(self, level: int, index: int, width: int) -> bytes:
        kept = select(_TILE, level, index)
        if not kept and level == 0:
            start = index * WIDTH
            kept = [(b"".join(leaf for (leaf,) in select(_LEAVES, start, start + width)),)]
        return ledger.first_hashes(bytes(kept[0][0]) if kept else b"", level, index, width)


def head() -> Head:
    for frontier, note in select(_HEAD):
        return Head(Frontier.from_bytes(bytes(frontier)), note)
    return Head(Frontier(), "")


def append(edge: Frontier, entries: Sequence[Entry], key: SigningKey, now: datetime) -> None:
    """Append entries and sign the new head.

    `edge` is that of `head`, read in the same transaction; the entries are numbered on from it.
    """
    bodies = [entry.encode() for entry in entries]
    leaves = [leaf_hash(body) for body in bodies]
    growth = ledger.append(edge, leaves, StoredTiles())
    places = [entry.index for entry in entries]
    rows = list(zip(places, bodies, leaves, strict=True))
    insert(LedgerEntry, ("index", "body", "leaf_hash"), rows)
    if growth.tiles:
        LedgerTile.objects.bulk_create(
            [LedgerTile(level=t.level, index=t.index, data=t.hashes) for t in growth.tiles],
            update_conflicts=True,
            unique_fields=["level", "index"],
            update_fields=["data"],
        )
    sign(growth.frontier, key, now)


def sign(edge: Frontier, key: SigningKey, now: datetime) -> None:
    """Sign the tree that ends at `edge`, and make it the head.

    Of the older heads the last of each 256 entries is kept: a history that nobody can rewrite
    without breaking what was signed then.
    """
    note = ledger.Checkpoint(key.name, edge.size, edge.root).sign(key)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [edge.size - edge.size % WIDTH, edge.size])
    insert(
        Checkpoint,
        ("size", "root", "note", "frontier", "time"),
        [(edge.size, edge.root, note, edge.to_bytes(), moment(now))],
    )


_HEAD: Final = (
    f"SELECT frontier, note FROM {Checkpoint._meta.db_table} "  # noqa: S608  names are ours
    "ORDER BY size DESC LIMIT 1"
)
_FORGET: Final = (
    f"DELETE FROM {Checkpoint._meta.db_table} "  # noqa: S608  names are ours
    "WHERE size >= %s AND size < %s"
)
_TILE: Final = (
    f"SELECT data FROM {LedgerTile._meta.db_table} "  # noqa: S608  names are ours
    'WHERE level = %s AND "index" = %s'
)
_LEAVES: Final = (
    f"SELECT leaf_hash FROM {LedgerEntry._meta.db_table} "  # noqa: S608  names are ours
    'WHERE "index" >= %s AND "index" < %s ORDER BY "index"'
)
