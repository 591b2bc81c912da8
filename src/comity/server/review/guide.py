"""The reviewers' guide: one text a language, shown by the console and by the docs.

The verb is `guide`.
"""

from importlib.resources import files
from typing import Final

from django.utils.safestring import SafeString

from comity.charter import render
from comity.server.console.words import Localised, in_language

_TEXTS: Final = files("comity.server.review") / "texts"
LANGUAGES: Final = ("en", "zh-Hans")

_HEAD: Final = """# Reviewing

<!-- Written by scripts/reference.py from the guide that the console shows. Change that instead. -->

For whoever rules on cases for the first time. The console has this page too, in English and Chinese: *Guide*, on the page of the queues.

"""  # noqa: E501  a paragraph is a line


def source(language: str) -> Localised:
    """The guide in Markdown, in the reader's language or else in English."""
    names = {tag: f"guide.{tag}.md" for tag in LANGUAGES}
    chosen = in_language(names, language)
    return Localised((_TEXTS / chosen.text).read_text("utf-8"), chosen.language)


def guide(language: str) -> tuple[SafeString, str]:
    """The guide as HTML, and the language that it is in."""
    written = source(language)
    # Made by our renderer from a text of ours.
    return SafeString(render(written.text)), written.language


def guide_page() -> str:
    """The page of the docs."""
    return _HEAD + source("en").text
