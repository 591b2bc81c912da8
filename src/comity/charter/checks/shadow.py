"""Articles that add nothing, because another applies wherever they do and goes at least as far."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from comity.charter.article import Article
from comity.charter.charter import Charter
from comity.charter.checks.check import Check
from comity.charter.checks.worlds import EFFORT, answers, worlds
from comity.charter.document import Document
from comity.errors import Diagnostic


def _shadowed(charter: Charter, document: Document) -> Iterator[Diagnostic]:
    for number, article in enumerate(charter.articles):
        for other_number, other in enumerate(charter.articles):
            if other is article or not _goes_as_far(other, article):
                continue
            equal = other.condition.canonical == article.condition.canonical
            if equal and _goes_as_far(article, other) and number < other_number:
                continue  # of two that are the same, the later is said to be in vain
            if equal or _implies(charter, article, other):
                at = document.nearest(("articles", number, "when"))
                message = f"`{article.id}` adds nothing to `{other.id}` (line {other.line})"
                hint = "that one applies wherever this does, and goes at least as far"
                yield document.diagnose(at, message, hint, "warning")
                break


def _goes_as_far(article: Article, other: Article) -> bool:
    """Whether what follows from one includes what follows from the other."""
    return all(mine >= theirs for mine, theirs in zip(_reach(article), _reach(other), strict=True))


def _reach(article: Article) -> tuple[float, ...]:
    """How far an article goes: in earnest or on trial, for the post, for the account, how long."""
    return (
        0 if article.trial else 1,
        article.remedy.rank,
        article.account.rank if article.account else -1,
        (article.duration or timedelta.max).total_seconds(),
    )


def _implies(charter: Charter, article: Article, other: Article) -> bool:
    """Whether the other applies wherever the article does. In doubt, it does not."""
    conditions = [article.condition, other.condition]
    if not set(article.condition.signals) & set(other.condition.signals):
        return False
    found = worlds(conditions, charter.catalogue, EFFORT // len(charter.articles) ** 2)
    applied = [
        world for world, yes in zip(found, answers(conditions[0], found), strict=True) if yes
    ]
    return bool(applied) and all(answers(conditions[1], applied))


SHADOWED: Final = Check(
    "shadowed",
    {
        "en": "An article that adds nothing: another applies wherever it does, and what follows "
        "from that one goes at least as far.",
        "zh-Hans": "多余的条款：凡它适用之处，另一条也适用，且措施不轻于它。",
    },
    _shadowed,
)
