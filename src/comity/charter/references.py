"""What a charter says in one place has to fit what it says in another.

Each function finds one kind of mistake. They look at the document, not at a finished charter, and
so find theirs also in a file that has others.
"""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import Final

from comity.charter.condition import Condition, ConditionError
from comity.charter.document import Document, Table, quoted
from comity.charter.names import counter_signal
from comity.charter.terms import is_language
from comity.errors import Diagnostic
from comity.signals import CATALOGUE

MULTILINGUAL: Final = (
    ("values", ...),
    ("articles", ..., "title"),
    ("articles", ..., "text"),
    ("lessons", ..., "title"),
    ("lessons", ..., "text"),
)
"""Where texts stand that are written in each language."""


def loose_ends(document: Document) -> Iterator[Diagnostic]:
    """Everything that does not fit."""
    for find in _FINDERS:
        yield from find(document)


def _articles_named_twice(document: Document) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for _, node in document.texts("articles", ..., "id"):
        if node.text in first:
            hint = f"the article of line {first[node.text]} has it; give this one another"
            yield document.diagnose(node, f"the id {quoted(node.text)} is taken", hint)
        first.setdefault(node.text, document.line(node))


def _unknown_values(document: Document) -> Iterator[Diagnostic]:
    values = document.names("values")
    for _, node in document.texts("articles", ..., "value"):
        if values and node.text not in values:
            message = f"no value is called {quoted(node.text)}"
            yield document.diagnose(node, message, _instead(node.text, values, "under `values`"))


def _unknown_lessons(document: Document) -> Iterator[Diagnostic]:
    """A charter without lessons may name those that the community keeps elsewhere."""
    lessons = document.names("lessons")
    for _, node in document.texts("articles", ..., "lesson"):
        if lessons and node.text not in lessons:
            message = f"no lesson is called {quoted(node.text)}"
            yield document.diagnose(node, message, _instead(node.text, lessons, "under `lessons`"))


def _languages(document: Document) -> Iterator[Diagnostic]:
    """The first language is in every text, and no text is in a language that is not named."""
    known: list[str] = []
    for _, node in document.texts("languages", ...):
        if node.text in known:
            yield document.diagnose(node, f"{quoted(node.text)} stands here twice", "keep one")
        else:
            known.append(node.text)
    if not all(map(is_language, known)):
        return  # once they are mended we can tell
    for _, texts in chain.from_iterable(document.scan(*place) for place in MULTILINGUAL):
        if not isinstance(texts, Table) or not known:
            continue
        for tag, _ in texts.entries:
            if tag.text not in known and is_language(tag.text):
                message = f"{quoted(tag.text)} is none of the charter's languages"
                yield document.diagnose(
                    tag, message, _instead(tag.text, known, "under `languages`")
                )
        if texts.entries and not texts.find(known[0]):
            message = f"this is missing in {quoted(known[0])}, the charter's first language"
            yield document.diagnose(texts, message, f"add `{known[0]}: …`")


def _unusable_names(document: Document) -> Iterator[Diagnostic]:
    """A condition has to know a list or a counter from a signal, and from its own words."""
    lists = document.names("lists")
    for section in ("lists", "counters"):
        for key in document.keys(section):
            name = key.text
            hint = "call it something else"
            if name in CATALOGUE:
                yield document.diagnose(key, f"{quoted(name)} is the name of a signal", hint)
            elif section == "counters" and name in lists:
                yield document.diagnose(key, f"{quoted(name)} is the name of a list too", hint)
            elif name.isidentifier() and not _can_be_named(name):
                message = f"{quoted(name)} is a word of the language of conditions"
                yield document.diagnose(key, message, hint)


def _can_be_named(name: str) -> bool:
    try:
        Condition.parse(f"{name} > 0", {name: counter_signal(name)})
    except ConditionError:
        return False
    return True


def _instead(written: str, known: Iterable[str], where: str) -> str:
    close = get_close_matches(written, known, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"write {' or '.join(f'`{name}`' for name in known)}, or add it {where}"


_FINDERS: Final[tuple[Callable[[Document], Iterator[Diagnostic]], ...]] = (
    _articles_named_twice,
    _unknown_values,
    _unknown_lessons,
    _languages,
    _unusable_names,
)
