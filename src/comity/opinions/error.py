"""Votes that make no conversation."""

from comity.errors import InputError


class OpinionsError(InputError):
    """What is wrong with votes or statements, where it stands, and what to do."""
