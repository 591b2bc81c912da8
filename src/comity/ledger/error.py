"""What is wrong with something that claims to be part of a ledger."""

from comity.errors import InputError


class LedgerError(InputError):
    """A key, note, entry, tile or proof that is malformed, missing or does not verify."""
