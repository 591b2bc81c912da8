"""The record nobody can quietly change: a Merkle log of `Entry`s, and `verify`, which names faults.

The tree is that of RFC 6962, its files and signatures are those of C2SP (tlog-tiles,
tlog-checkpoint, signed-note, tlog-proof), so that other programs can check it as well as ours.
"""

from comity.ledger.bundle import read_bundle, write_bundle
from comity.ledger.checkpoint import Checkpoint
from comity.ledger.commitment import SALT_SIZE, commit, opens
from comity.ledger.database import LedgerDatabase, LedgerTables
from comity.ledger.entry import MAX_ENTRY, Entry, EntryKind
from comity.ledger.error import LedgerError
from comity.ledger.folder import LedgerFolder, export
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
from comity.ledger.reader import LedgerReader
from comity.ledger.report import Fault, FaultKind, Report
from comity.ledger.tiles import HashReader, MemoryTiles, Tile, first_hashes, tile_path
from comity.ledger.tree import Tree
from comity.ledger.verification import own_key, verify

__all__ = [
    "EMPTY_ROOT",
    "MAX_ENTRY",
    "SALT_SIZE",
    "SEED_SIZE",
    "Checkpoint",
    "Entry",
    "EntryKind",
    "Fault",
    "FaultKind",
    "Frontier",
    "Growth",
    "HashReader",
    "InclusionProof",
    "LedgerDatabase",
    "LedgerError",
    "LedgerFolder",
    "LedgerReader",
    "LedgerTables",
    "MemoryTiles",
    "Note",
    "ProofError",
    "Reason",
    "Report",
    "SigningKey",
    "Tile",
    "Tree",
    "VerifierKey",
    "append",
    "commit",
    "export",
    "first_hashes",
    "leaf_hash",
    "opens",
    "own_key",
    "read_bundle",
    "tile_path",
    "verify",
    "verify_consistency",
    "verify_inclusion",
    "write_bundle",
]
