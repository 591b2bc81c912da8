"""Statements as the EU's transparency database takes them: `record` writes one, `check` reads one.

Nothing about a person goes in. A record is made of the charter's own words, of names of signals
and of numbers; what a reviewer, a member or a platform wrote has no way into it. Whatever looks
like an address or a name all the same is left out by `screened`, and refused by `check`.
"""

from comity.statements.dsa.check import MAX_BATCH, check, check_file
from comity.statements.dsa.record import batches, record
from comity.statements.dsa.screen import screened

__all__ = ["MAX_BATCH", "batches", "check", "check_file", "record", "screened"]
