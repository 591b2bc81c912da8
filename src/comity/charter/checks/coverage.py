"""What an article lacks that members and stewards need: examples and translations."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from comity.charter.charter import Charter
from comity.charter.checks.check import Check
from comity.charter.document import Document, Table
from comity.charter.references import MULTILINGUAL
from comity.errors import Diagnostic
from comity.signals import Source


def _without_examples(charter: Charter, document: Document) -> Iterator[Diagnostic]:
    for number, article in enumerate(charter.articles):
        at = document.key(("articles", number, "id")) or document.root
        hint = "`comity charter test` runs them, and members read from them what is meant"
        if not _shows_in_text(charter, article.condition.signals):
            continue
        if not article.examples.violates:
            message = f"`{article.id}` has no example of a post that violates it"
            yield document.diagnose(at, message, hint, "warning")
        if not article.examples.allows:
            message = f"`{article.id}` has no example of a post that it allows"
            yield document.diagnose(at, message, hint, "warning")


def _shows_in_text(charter: Charter, signals: tuple[str, ...]) -> bool:
    """Whether a text alone can show anything: of how often someone posts, it cannot."""
    catalogue = charter.catalogue
    return any(catalogue[name].source in (Source.MODEL, Source.TEXT) for name in signals)


def _without_translation(charter: Charter, document: Document) -> Iterator[Diagnostic]:
    for path, node in chain.from_iterable(document.scan(*place) for place in MULTILINGUAL):
        there = {key.text for key, _ in node.entries} if isinstance(node, Table) else set()
        missing = [language for language in charter.languages if language not in there]
        if missing:
            at = document.key(path) or node
            message = f"`{path[-1]}` is not there in {', '.join(f'`{tag}`' for tag in missing)}"
            hint = "members who read that language are told in another; translate it"
            yield document.diagnose(at, message, hint, "warning")


EXAMPLES: Final = Check(
    "examples",
    {
        "en": "An article without an example of what violates it, or of what it allows. Articles "
        "that no text alone can violate, such as those on how often someone posts, need none.",
        "zh-Hans": "条款缺少违反它的示例或它所允许的示例。"
        "单凭文本无法违反的条款（例如发帖频率）无需示例。",
    },
    _without_examples,
)
TRANSLATIONS: Final = Check(
    "translations",
    {
        "en": "A text that is not there in all the languages of the charter.",
        "zh-Hans": "某段文字没有公约所列的全部语言版本。",
    },
    _without_translation,
)
