"""The catalogue as others show it: as JSON, and as a page of the docs."""

from collections.abc import Iterator
from typing import Any, Final

from comity.signals.catalogue import CATALOGUE
from comity.signals.language import LANGUAGES
from comity.signals.signal import Signal, Source

_HEADINGS: Final = {
    Source.MODEL: "Scores",
    Source.TEXT: "Text",
    Source.AUTHOR: "Author",
    Source.THREAD: "Thread",
}
_INTRODUCTIONS: Final = {
    Source.MODEL: "What the shipped model says of the text. A score is a calibrated probability: "
    "of 100 posts at 0.8, about 80 are what it says. In a language that is not listed it is "
    "unknown.",
    Source.TEXT: "What can be read off the text, and what comes with it. Unknown where an event "
    "brings no text.",
    Source.AUTHOR: "What the platform tells about the author.",
    Source.THREAD: "How the post stands to the one that it answers.",
}

_INTRODUCTION: Final = """\
# Signals

A signal is one named, typed measurement of a post, its author or its thread. It is never a
judgement: what follows from it is for the charter to say. The condition of an article is written
over these names, and over the counters that the charter declares itself.

Every signal can be unknown, which is not the same as false or zero. A condition that needs an
unknown signal to come out abstains, and that is counted and shown.

`comity signals` lists them in the terminal, `comity signals --json` and `GET /v1/signals` for
programs.
"""


def describe(signal: Signal) -> dict[str, Any]:
    """A signal as JSON; an empty list of languages means every language."""
    return {
        "name": signal.name,
        "type": signal.kind,
        "source": signal.source,
        "low": signal.low,
        "high": signal.high,
        "languages": list(signal.languages),
        "meaning": dict(signal.meaning),
    }


def range_of(signal: Signal) -> str:
    """The values of a number: "0 to 1", "0 or more"; empty for what is no number."""
    if signal.low is None:
        return ""
    return (
        f"{signal.low:g} or more" if signal.high is None else f"{signal.low:g} to {signal.high:g}"
    )


def reference_page() -> str:
    """The catalogue in Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    for source, heading in _HEADINGS.items():
        yield from (f"## {heading}", "", _INTRODUCTIONS[source], "")
        yield from ("| signal | type | range | languages | meaning |", "|---|---|---|---|---|")
        for signal in CATALOGUE.values():
            if signal.source is source:
                languages = ", ".join(signal.languages) or "all"
                yield (
                    f"| `{signal.name}` | {signal.kind} | {range_of(signal)} | {languages} "
                    f"| {signal.meaning['en']} |"
                )
        yield ""
    yield from ("## Languages", "", "`language` can be told for: " + ", ".join(LANGUAGES) + ".", "")
