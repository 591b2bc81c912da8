"""The functions that a condition may use: the table that the reader, the compilers and the
reference share.

Every name is DuckDB's own, with DuckDB's meaning, so that a condition can be pasted into any
query. What is not here was left out because it differs between Unicode versions (`lower`), hides
an unknown (`greatest`), or says what the language says already.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from comity.charter.condition.pattern import fault_of, finder
from comity.signals import Kind


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an argument has to be; `fixed`: written out in the condition, not measured."""

    kind: Kind
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a function; with `more` the last parameter may come again and again."""

    parameters: tuple[Parameter, ...]
    result: Kind
    more: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the reference.

    `apply` is what it does in Python, `inline` the same as an expression over {0}, {1}…;
    `prepare` turns the fixed argument into what both of them take, once `fault` found
    nothing wrong with it, which it would say as (message, hint).
    """

    name: str
    forms: tuple[Form, ...]
    meaning: Mapping[str, str]
    examples: tuple[str, ...]
    apply: Callable[..., Any]
    inline: str
    prepare: Callable[[Any], Any] | None = None
    fault: Callable[[Any], tuple[str, str] | None] | None = None


def _empty(text: str) -> tuple[str, str] | None:
    # DuckDB finds an empty text even in an empty list.
    return None if text else ("an empty text is found everywhere", "write what to look for")


TEXT: Final = Parameter(Kind.TEXT)
TEXTS: Final = Parameter(Kind.TEXTS)
PATTERN: Final = Parameter(Kind.TEXT, fixed=True)
CHOICES: Final = Parameter(Kind.TEXTS, fixed=True)

COALESCE: Final = Function(
    "coalesce",
    tuple(
        Form((Parameter(kind), Parameter(kind)), kind, more=True)
        for kind in (Kind.INTEGER, Kind.NUMBER, Kind.TEXT)
    ),
    {
        "en": "The first of these that is known.",
        "zh-Hans": "其中第一个已知的值。",
    },
    ("coalesce(language, 'und') = 'zh'", "coalesce(identity_attack, 0) >= 0.7"),
    lambda *values: next((value for value in values if value is not None), None),
    "",
)
NULLIF: Final = Function(
    "nullif",
    tuple(
        Form((Parameter(kind), Parameter(kind, fixed=True)), kind)
        for kind in (Kind.INTEGER, Kind.NUMBER, Kind.TEXT)
    ),
    {
        "en": "The value, but unknown where it equals the second; for divisors that may be 0.",
        "zh-Hans": "该值；若等于第二个值则为未知。用于可能为 0 的除数。",
    },
    ("links / nullif(words, 0) > 0.3",),
    lambda value, nothing: None if value == nothing else value,
    "",
)

FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        function.name: function
        for function in (
            COALESCE,
            Function(
                "contains",
                (Form((TEXT, TEXT), Kind.BOOLEAN), Form((TEXTS, TEXT), Kind.BOOLEAN)),
                {
                    "en": "Whether a text has the other in it, or a list of texts has it as item.",
                    "zh-Hans": "文本是否包含另一段文本，或文本列表中是否有这一项。",
                },
                ("contains(plain_text, 'free money')", "contains(link_domains, 'bit.example')"),
                lambda whole, part: part in whole,
                "{1} in {0}",
                fault=_empty,
            ),
            Function(
                "ends_with",
                (Form((TEXT, TEXT), Kind.BOOLEAN),),
                {
                    "en": "Whether a text ends with the other.",
                    "zh-Hans": "文本是否以另一段文本结尾。",
                },
                ("ends_with(text, '?')",),
                str.endswith,
                "{0}.endswith({1})",
                fault=_empty,
            ),
            Function(
                "length",
                (Form((TEXT,), Kind.INTEGER), Form((TEXTS,), Kind.INTEGER)),
                {
                    "en": "How many code points a text has, or how many items a list of texts has.",
                    "zh-Hans": "文本的码位数，或文本列表的项数。",
                },
                ("length(plain_text) < 3", "length(link_domains) > 2"),
                len,
                "len({0})",
            ),
            Function(
                "list_has_any",
                (Form((TEXTS, CHOICES), Kind.BOOLEAN),),
                {
                    "en": "Whether a list of texts shares an item with the other, which is written "
                    "out in brackets or is a list of the charter.",
                    "zh-Hans": "文本列表与另一列表（写在方括号中，或公约的列表）是否有共同的项。",
                },
                (
                    "list_has_any(link_domains, shorteners)",
                    "list_has_any(author_roles, ['member', 'newcomer'])",
                ),
                lambda items, choices: not choices.isdisjoint(items),
                "not {1}.isdisjoint({0})",
                frozenset,
            ),
            NULLIF,
            Function(
                "regexp_matches",
                (Form((TEXT, PATTERN), Kind.BOOLEAN),),
                {
                    "en": "Whether some part of a text matches a regular expression of RE2's "
                    "syntax, in time linear in the text.",
                    "zh-Hans": "文本中是否有匹配 RE2 正则表达式的部分；用时与文本长度成正比。",
                },
                ("regexp_matches(plain_text, 'call +now')",),
                lambda text, find: find(text),
                "{1}({0})",
                finder,
                fault_of,
            ),
            Function(
                "starts_with",
                (Form((TEXT, TEXT), Kind.BOOLEAN),),
                {
                    "en": "Whether a text starts with the other.",
                    "zh-Hans": "文本是否以另一段文本开头。",
                },
                ("starts_with(text, '@')",),
                str.startswith,
                "{0}.startswith({1})",
                fault=_empty,
            ),
        )
    }
)
