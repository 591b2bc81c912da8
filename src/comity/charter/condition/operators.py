"""The operators that a condition may use, as the reference explains them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Operator:
    """A row of the reference: how it is written, what it means in each language, an example."""

    written: str
    meaning: Mapping[str, str]
    example: str


OPERATORS: Final[tuple[Operator, ...]] = (
    Operator(
        "`=` `<>` `!=` `<` `<=` `>` `>=`",
        {
            "en": "Compares numbers with numbers, text with text (by code point).",
            "zh-Hans": "数与数、文本与文本（按码位）比较。",
        },
        "insult >= 0.80",
    ),
    Operator(
        "`and` `or` `not`",
        {
            "en": "Joins conditions; `not` binds first, then `and`, then `or`.",
            "zh-Hans": "连接条件；先 `not`，再 `and`，后 `or`。",
        },
        "insult >= 0.80 or (threat >= 0.50 and not quotes_parent)",
    ),
    Operator(
        "`in` `not in`",
        {
            "en": "Whether a text or number is among values written out, or in a list by its name.",
            "zh-Hans": "文本或数是否在所列的值中，或在某个命名列表中。",
        },
        "language in ('en', 'zh')",
    ),
    Operator(
        "`between` `not between`",
        {
            "en": "Whether a value lies between two, both of them included.",
            "zh-Hans": "值是否介于两者之间（含两端）。",
        },
        "words between 1 and 3",
    ),
    Operator(
        "`like` `not like`",
        {
            "en": "Whether the whole text fits: `%` is any text, `_` one code point.",
            "zh-Hans": "整段文本是否符合模式：`%` 为任意文本，`_` 为一个码位。",
        },
        "text like 'Re:%'",
    ),
    Operator(
        "`is null` `is not null`",
        {
            "en": "Whether a value is unknown. Never unknown itself.",
            "zh-Hans": "值是否未知。其结果从不未知。",
        },
        "language is null",
    ),
    Operator(
        "`is true` `is false` `is not true` `is not false`",
        {
            "en": "Takes an unknown condition for one that does not hold. Never unknown itself.",
            "zh-Hans": "把未知的条件当作不成立。其结果从不未知。",
        },
        "quotes_parent is not true",
    ),
    Operator(
        "`+` `-` `*`",
        {
            "en": "Of whole numbers exact, otherwise in double precision. "
            "What is too large to hold is unknown.",
            "zh-Hans": "整数运算精确，其余为双精度。结果过大时为未知。",
        },
        "exclamations + emoji_count > 20",
    ),
    Operator(
        "`/`",
        {
            "en": "Division with a fraction; by a number, or by what cannot be 0.",
            "zh-Hans": "带小数的除法；除数须为数字，或不可能为 0 的值。",
        },
        "links / nullif(words, 0) > 0.3",
    ),
    Operator(
        "`%`",
        {
            "en": "The remainder of a whole number, with its sign, by a whole number above 0.",
            "zh-Hans": "整数除以正整数的余数，符号与被除数相同。",
        },
        "words % 2 = 0",
    ),
)
