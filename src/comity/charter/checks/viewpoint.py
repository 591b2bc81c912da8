"""Articles that turn on who people are or what they think, and not on what they do."""

from collections.abc import Iterator
from typing import Final

from comity.charter.charter import Charter
from comity.charter.checks.check import Check
from comity.charter.checks.subjects import subjects_in
from comity.charter.checks.worlds import leaves
from comity.charter.condition.tree import (
    Among,
    Call,
    Choices,
    Compare,
    Constant,
    Like,
    Or,
    Predicate,
)
from comity.charter.condition.truth import names_in
from comity.charter.document import Document
from comity.errors import Diagnostic
from comity.signals import Source

_SAYING_NOTHING_OF_CONDUCT: Final = frozenset(
    {"text", "plain_text", "language", "script", "length", "words", "lines", "is_edit"}
)


def _by_viewpoint(charter: Charter, document: Document) -> Iterator[Diagnostic]:
    for number, article in enumerate(charter.articles):
        for part in _deciding_parts(article.condition.tree):
            what = _what_it_turns_on(part)
            if not what or _looks_at_conduct(charter, part):
                continue
            at = document.nearest(("articles", number, "when"))
            message = f"`{article.id}` would decide by {what} alone"
            hint = (
                "a community judges what people do, not who they are or what they think: "
                "join it with a signal of conduct by `and`, or leave it to people"
            )
            yield document.diagnose(at, message, hint, "warning")
            break


def _deciding_parts(condition: Predicate) -> Iterator[Predicate]:
    """The parts each of which is enough for the condition to be true."""
    if isinstance(condition, Or):
        for part in condition.parts:
            yield from _deciding_parts(part)
    else:
        yield condition


def _looks_at_conduct(charter: Charter, part: Predicate) -> bool:
    """Whether anything in it says what was done. That someone is new is not a deed."""
    return any(
        name not in _SAYING_NOTHING_OF_CONDUCT
        and charter.catalogue[name].source is not Source.AUTHOR
        for name in names_in(part)
    )


def _what_it_turns_on(part: Predicate) -> str:
    words = subjects_in(text for leaf in leaves(part) for text in _texts(leaf))
    if words:
        return ", ".join(f"`{word}`" for word in words[:3])
    if {"language", "script"} & set(names_in(part)):
        return "the language"
    return ""


def _texts(leaf: Predicate) -> Iterator[str]:
    """What a leaf looks for in a text."""
    match leaf:
        case Like(pattern=pattern):
            yield pattern
        case Among(choices=choices):
            yield from map(str, choices.values)
        case Compare(right=Constant(value=str() as text)):
            yield text
        case Call(arguments=arguments):
            for argument in arguments:
                if isinstance(argument, Constant | Choices):
                    yield from _fixed(argument)


def _fixed(argument: Constant | Choices) -> Iterator[str]:
    yield from map(str, argument.values if isinstance(argument, Choices) else [argument.value])


VIEWPOINT: Final = Check(
    "viewpoint",
    {
        "en": "An article that would decide by words for religions, nations, parties, identities "
        "and the like alone, or by the language alone. A charter is about conduct: the same post "
        "about anyone and on any side has to be treated alike. Comity has a short list of such "
        "words for this one purpose and scores none of them.",
        "zh-Hans": "仅凭宗教、民族、政党、身份等词语，或仅凭语言作出决定的条款。公约约束的是行为："
        "无论帖子谈论谁、站在哪一边，都应一视同仁。Comity 仅为此保留一份简短词表，"
        "从不对这些词评分。",
    },
    _by_viewpoint,
)
