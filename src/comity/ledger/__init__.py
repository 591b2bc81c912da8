"""The record nobody can quietly change: a Merkle log of `Entry`s, and `verify`, which names faults.

The tree is that of RFC 6962, its files and signatures are those of C2SP (tlog-tiles,
tlog-checkpoint, signed-note, tlog-proof), so that other programs can check it as well as ours.
"""

from comity.ledger.checkpoint import Checkpoint
from comity.ledger.commitment import SALT_SIZE, commit, opens
from comity.ledger.entry import MAX_ENTRY, Entry, EntryKind
from comity.ledger.error import LedgerError
from comity.ledger.frontier import Frontier, Growth, append
from comity.ledger.keys import SEED_SIZE, SigningKey, VerifierKey
from comity.ledger.merkle import (
    EMPTY_ROOT,
    ProofError,
    Reason,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from comity.ledger.note import Note
from comity.ledger.proof import InclusionProof
from comity.ledger.tiles import HashReader, MemoryTiles, Tile, first_hashes, tile_path
from comity.ledger.tree import Tree

__all__ = [
    "EMPTY_ROOT",
    "MAX_ENTRY",
    "SALT_SIZE",
    "SEED_SIZE",
    "Checkpoint",
    "Entry",
    "EntryKind",
    "Frontier",
    "Growth",
    "HashReader",
    "InclusionProof",
    "LedgerError",
    "MemoryTiles",
    "Note",
    "ProofError",
    "Reason",
    "SigningKey",
    "Tile",
    "Tree",
    "VerifierKey",
    "append",
    "commit",
    "first_hashes",
    "leaf_hash",
    "opens",
    "tile_path",
    "verify_consistency",
    "verify_inclusion",
]
