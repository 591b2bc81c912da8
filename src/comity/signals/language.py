"""Which language a text is written in, or an honest "und".

The verb is `identify`. Where a script belongs to one language, the script decides; elsewhere a
small model of letters and words does (`guess.py`). docs/decisions/0002 says why, and how well.
"""

from collections.abc import Sequence
from typing import Final

from comity.signals.alphabets import NAMES as SCRIPT_NAMES

UNDETERMINED: Final = "und"
"""BCP 47 for a language that cannot be told."""

# Devanagari is taken for Hindi and the Bengali script for Bengali: their smaller languages
# (Marathi, Nepali, Assamese) are not told apart.
_BY_SCRIPT: Final = {
    "Armn": "hy",
    "Beng": "bn",
    "Deva": "hi",
    "Geor": "ka",
    "Grek": "el",
    "Gujr": "gu",
    "Guru": "pa",
    "Hang": "ko",
    "Hani": "zh",
    "Hebr": "he",
    "Jpan": "ja",
    "Khmr": "km",
    "Knda": "kn",
    "Laoo": "lo",
    "Mlym": "ml",
    "Mymr": "my",
    "Sinh": "si",
    "Taml": "ta",
    "Telu": "te",
    "Thai": "th",
}
# fmt: off
_BY_LETTERS: Final = frozenset({
    "ar", "bg", "cs", "da", "de", "en", "es", "fa", "fi", "fr", "hu", "id", "it", "nl", "no", "pl",
    "pt", "ro", "ru", "sv", "tr", "uk", "vi",
})
# fmt: on
LANGUAGES: Final = tuple(sorted([*_BY_SCRIPT.values(), *_BY_LETTERS]))
"""What `identify` can answer, besides "und"."""

_SAMPLE: Final = 300
"""Code points that are looked at: more would make few answers better and all of them slower."""
_LEAD: Final = 0.7
"""How far ahead the likeliest language must be: twice as likely as the next."""
_LONE_LEAD: Final = 2.0
"""The same for a word that stands alone, which many languages may share: seven times as likely."""

_SAME: Final = {"cmn": "zh", "in": "id", "iw": "he", "nb": "no", "nn": "no"}
_UNTOLD: Final = ("mis", "mul", "und", "zxx")


def identify(text: str) -> str:
    """A language of LANGUAGES, or "und" where the text is too short, mixed or ambiguous to tell."""
    return identify_all([text])[0]


def identify_all(texts: Sequence[str]) -> list[str]:
    """Identify many texts at once, in order."""
    # Loads a compiled kernel, which those who only ask for `main_language` do not need.
    from comity.signals.alphabets import table
    from comity.signals.characters import points_of
    from comity.signals.guess import guess, shipped
    from comity.signals.tables import bounds_of

    model = shipped()
    samples = [text[:_SAMPLE].lower() for text in texts]
    points, bounds = points_of("".join(samples)), bounds_of(samples)
    guesses = guess(points, bounds, table(), model.weights, model.bias, model.step)
    scripts, firsts, leads = (each.tolist() for each in guesses)
    return [
        _judge(sample, script, model.languages[first], lead)
        for sample, script, first, lead in zip(samples, scripts, firsts, leads, strict=True)
    ]


def _judge(sample: str, script: int, likeliest: str, lead: float) -> str:
    """The language, where the guess is sure enough of it."""
    by_script = _BY_SCRIPT.get(SCRIPT_NAMES[script])
    if by_script is not None:
        return by_script
    needed = _LEAD if len(sample.split(maxsplit=1)) > 1 else _LONE_LEAD
    return likeliest if lead >= needed and likeliest in _BY_LETTERS else UNDETERMINED


def main_language(tag: str | None) -> str | None:
    """The main part of a BCP 47 tag ("zh" of "zh-CN"); None where the tag tells nothing."""
    if tag is None:
        return None
    main = tag.partition("-")[0].lower()
    return None if main in _UNTOLD else _SAME.get(main, main)
