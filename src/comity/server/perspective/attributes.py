"""Which attributes clients may ask for, and the signal of ours that answers each."""

from collections.abc import Mapping
from typing import Final

from comity.signals import CATALOGUE
from comity.signals.signal import Source

_ELSEWHERE: Final = frozenset(
    {
        *("AFFINITY", "NUANCE", "PERSONAL_STORY", "REASONING", "RESPECT", "FLIRTATION"),
        *("ATTACK_ON_AUTHOR", "ATTACK_ON_COMMENTER", "INCOHERENT", "INFLAMMATORY"),
        *("LIKELY_TO_REJECT", "OBSCENE", "UNSUBSTANTIAL"),
    }
)
"""Attributes that the original has and no model of ours scores yet."""

_SUFFIX: Final = "_EXPERIMENTAL"

SCORED: Final[Mapping[str, str]] = {
    name.upper(): name for name, signal in CATALOGUE.items() if signal.source is Source.MODEL
}
"""Attribute → signal, without the aliases."""


def signal_of(attribute: str) -> str | None:
    """The signal that answers an attribute or its `_EXPERIMENTAL` alias; None where none does."""
    return SCORED.get(attribute.removesuffix(_SUFFIX))


def is_known(attribute: str) -> bool:
    """Whether the original API has the attribute, scored by us or not."""
    plain = attribute.removesuffix(_SUFFIX)
    return plain in SCORED or plain in _ELSEWHERE
