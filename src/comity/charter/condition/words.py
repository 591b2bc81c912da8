"""Words of SQL that conditions do without, and what to write instead."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_ANY_OF: Final = "write `list_has_any(link_domains, ['a', 'b'])`"
_CONTAINS: Final = "write `contains(link_domains, 'bit.example')`"
_JOIN: Final = "join conditions with `and`, `or`, `not`"
_LOWER: Final = "the signal `plain_text` is in lower case already"
_NO_DATES: Final = "there are no dates; `author_age_days` is a number"
_ONE_EVENT: Final = "a condition looks at one event; use a counter for others"
_REGEXP: Final = "write `regexp_matches(text, 'pattern')`"

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "all": _ANY_OF,
        "any": _ANY_OF,
        "case": _JOIN,
        "cast": "signals have their type already",
        "date": _NO_DATES,
        "distinct": "write `=` or `<>`, and `is null` for what is unknown",
        "escape": "use `contains(text, '100%')` to look for a percent sign",
        "exists": _ONE_EVENT,
        "from": _ONE_EVENT,
        "glob": _REGEXP,
        "ilike": "write `plain_text like …`: it is in lower case already",
        "interval": _NO_DATES,
        "over": _ONE_EVENT,
        "regexp": _REGEXP,
        "select": _ONE_EVENT,
        "similar": _REGEXP,
        "xor": "write `(a or b) and not (a and b)`",
    }
)
"""Instead of words that people know from SQL."""

SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "!": "write `not`",
        "**": "powers cannot be used here",
        "->": "a function cannot be written here",
        ".": "names have no dots; numbers are written like 12 or 0.5",
        "//": "write `/`",
        "==": "write `=`",
    }
)
"""Instead of signs from elsewhere."""

FUNCTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "abs": "compare with both bounds: `x > 1 or x < -1`",
        "count": "for the number of items write `length(link_domains)`",
        "greatest": "compare each signal: `insult > 0.8 or threat > 0.8`",
        "has": _CONTAINS,
        "has_any": _ANY_OF,
        "if": _JOIN,
        "ifnull": "write `coalesce(x, 0)`",
        "least": "compare each signal: `insult > 0.8 and threat > 0.8`",
        "len": "write `length(text)`",
        "list_contains": _CONTAINS,
        "lower": _LOWER,
        "matches": _REGEXP,
        "regexp_like": _REGEXP,
        "round": "compare with the bounds themselves: `x >= 1.5`",
        "upper": _LOWER,
    }
)
"""Instead of functions that people reach for."""

RESERVED: Final = frozenset(
    """
    all analyse analyze anti any array as asc asof asymmetric at authorization binary both
    by case cast check collate collation column columns concurrently constraint create cross
    default deferrable desc describe distinct do else end except fetch for foreign freeze
    from full generated glob group having ilike initially inner intersect into isnull join
    lambda lateral leading left limit map natural notnull offset on only order outer
    overlaps pivot pivot_longer pivot_wider placing positional primary qualify references
    returning right select semi show similar some struct summarize symmetric table
    tablesample then to trailing try_cast tuple union unique unpack unpivot using variadic
    verbose when where window with
    """.split()  # noqa: SIM905 - ninety words read better than ninety literals
)
"""What nothing can be called, because DuckDB would not read it as the name of a column."""
