"""Articles that apply to nothing, to everything, or to nothing in one of the languages."""

from collections.abc import Iterator
from typing import Final

from comity.charter.article import Article
from comity.charter.charter import Charter
from comity.charter.checks.check import Check
from comity.charter.checks.worlds import EFFORT, World, answers, worlds
from comity.charter.document import Document, Scalar
from comity.charter.reading import locate
from comity.errors import Diagnostic


def _decided(charter: Charter, document: Document) -> Iterator[Diagnostic]:
    for number, article in enumerate(charter.articles):
        written = document.find(("articles", number, "when"))
        for remark in article.condition.remarks:
            if isinstance(written, Scalar):
                yield locate(remark, written, document, "warning")


def _unreachable(charter: Charter, document: Document) -> Iterator[Diagnostic]:
    for number, article in enumerate(charter.articles):
        found = worlds([article.condition], charter.catalogue, EFFORT // len(charter.articles))
        said = set(answers(article.condition, found))
        if len(said) != 1 or article.condition.remarks:
            continue  # a remark has told already, and better
        at = document.nearest(("articles", number, "when"))
        if True in said:
            message = f"`{article.id}` applies to every post"
            hint = "a condition has to tell posts apart; look at its bounds, `and` and `or`"
            yield document.diagnose(at, message, hint, "warning")
        else:
            message = f"`{article.id}` can never apply"
            hint = "its parts exclude each other; was `or` meant in place of `and`?"
            yield document.diagnose(at, message, hint, "warning")


def _blind(charter: Charter, document: Document) -> Iterator[Diagnostic]:
    for number, article in enumerate(charter.articles):
        for language in charter.languages:
            unmeasured = _unmeasured(charter, article, language)
            if unmeasured and _misses(charter, article, language, unmeasured):
                names = ", ".join(f"`{name}`" for name in unmeasured)
                message = f"`{article.id}` cannot apply to posts in `{language}`"
                hint = f"{names} cannot be measured there; join a signal that can with `or`"
                at = document.nearest(("articles", number, "when"))
                yield document.diagnose(at, message, hint, "warning")


def _unmeasured(charter: Charter, article: Article, language: str) -> list[str]:
    primary = language.partition("-")[0]
    measured_in = {name: charter.catalogue[name].languages for name in article.condition.signals}
    return [name for name, known in measured_in.items() if known and primary not in known]


def _misses(charter: Charter, article: Article, language: str, unmeasured: list[str]) -> bool:
    """Whether it could apply in that language, were it not for what cannot be measured there."""
    post: World = {"language": language.partition("-")[0]}
    blind: World = {**post, **dict.fromkeys(unmeasured)}
    return _can_apply(charter, article, post) and not _can_apply(charter, article, blind)


def _can_apply(charter: Charter, article: Article, given: World) -> bool:
    """Also when there are too many worlds to say."""
    most = EFFORT // len(charter.articles) // len(charter.languages)
    found = worlds([article.condition], charter.catalogue, most, given)
    return not found or True in answers(article.condition, found)


DECIDED: Final = Check(
    "decided",
    {
        "en": "A comparison that a signal's range decides already, as `insult > 80` where scores "
        "go from 0 to 1.",
        "zh-Hans": "信号的取值范围已经决定结果的比较，例如分数为 0 到 1，却写成 `insult > 80`。",
    },
    _decided,
)
UNREACHABLE: Final = Check(
    "unreachable",
    {
        "en": "An article that can never apply, because its parts exclude each other, or that "
        "always does.",
        "zh-Hans": "各部分互相矛盾而永远不会适用的条款，或总是适用的条款。",
    },
    _unreachable,
)
BLIND: Final = Check(
    "blind",
    {
        "en": "An article that cannot apply to posts in one of the charter's languages, because "
        "what it needs is not measured there: it would hold some members to it and not others.",
        "zh-Hans": "因所需信号无法在公约的某种语言中测量，条款对该语言的帖子不起作用："
        "成员将受到不同对待。",
    },
    _blind,
)
