"""Which attributes clients may ask for, and the signal of ours that answers each."""

from collections.abc import Mapping
from typing import Final

from comity.signals import CATALOGUE
from comity.signals.signal import Source

ORIGINAL: Final = frozenset(
    {
        *("TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT"),
        *("SEXUALLY_EXPLICIT", "FLIRTATION"),
        *("AFFINITY", "COMPASSION", "CURIOSITY", "NUANCE", "PERSONAL_STORY", "REASONING"),
        *("RESPECT", "ATTACK_ON_AUTHOR", "ATTACK_ON_COMMENTER", "INCOHERENT", "INFLAMMATORY"),
        *("LIKELY_TO_REJECT", "OBSCENE", "SPAM", "UNSUBSTANTIAL"),
    }
)
"""The attributes of the original, whether a model of ours scores them or not."""

_SUFFIX: Final = "_EXPERIMENTAL"

SCORED: Final[Mapping[str, str]] = {
    name.upper(): name for name, signal in CATALOGUE.items() if signal.source is Source.MODEL
}
"""Attribute → signal, without the aliases."""


def signal_of(attribute: str) -> str | None:
    """The signal that answers an attribute or its `_EXPERIMENTAL` alias; None where none does."""
    return SCORED.get(attribute.removesuffix(_SUFFIX))


def is_known(attribute: str) -> bool:
    """Whether one may ask for the attribute, here or of the original."""
    plain = attribute.removesuffix(_SUFFIX)
    return plain in SCORED or plain in ORIGINAL
