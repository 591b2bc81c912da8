"""Random conditions, as authors could write them: a grammar over the catalogue of the tests.

Parentheses are left out now and then, so that precedence is tried as well; what that makes
ill-typed is for the caller to drop.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.charter.condition.world import EDGE_TEXTS, TEXTS

Texts = SearchStrategy[str]


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def joined(*parts: str | Texts) -> Texts:
    """A text of parts in a row, some of them random."""
    drawn = [st.just(part) if isinstance(part, str) else part for part in parts]
    return st.tuples(*drawn).map("".join)


def maybe_in_parentheses(part: Texts) -> Texts:
    return st.tuples(st.booleans(), part).map(lambda it: f"({it[1]})" if it[0] else it[1])


def listed(part: Texts) -> Texts:
    return st.lists(part, min_size=1, max_size=4).map(", ".join)


numbers = st.sampled_from(["insult", "age"])
wholes = st.sampled_from(["words", "links"])
texts = st.sampled_from(["text", "language"])
booleans = st.sampled_from(["quotes", "reply"])

fractions = st.one_of(
    st.sampled_from(
        ["0.1", "0.2", "0.3", "0.30", "0.80", "2.5", "-0.5", "0.0", "123456789.012345"]
    ),
    st.decimals(-1000, 1000, places=3, allow_nan=False).map(str),
)
integers = st.one_of(
    st.sampled_from(["0", "1", "2", "3", "-1", "999999999"]),
    st.integers(-100, 100).map(str),
)
words = st.sampled_from(
    [quoted(text) for text in TEXTS + EDGE_TEXTS if text.isprintable() or text in ("a\nb", "\t a ")]
)
patterns = st.one_of(
    st.text("ab%_é'", max_size=5).map(quoted),
    st.sampled_from(["'%😀_'", "'%%'", "''", "'_'", "'a%b%'", "'%\n%'", "'İ%'"]),
)
expressions = st.sampled_from(
    [
        "a",
        "^a.b$",
        "[^a]",
        "b+$",
        "(?i)A",
        "(?s)a.b",
        "é",
        "^$",
        r"\bab",
        r"\x{4e00}|谢",
        "(ab)*b",
        "İ",
        ".",
    ]
).map(quoted)

whole_leaves = st.one_of(
    wholes,
    wholes,
    joined("length(", st.sampled_from(["text", "language", "domains"]), ")"),
    joined("coalesce(", wholes, ", ", st.one_of(wholes, integers), ")"),
    joined("nullif(", wholes, st.sampled_from(["", " + links", " - 1"]), ", ", integers, ")"),
)
number_leaves = st.one_of(
    numbers,
    numbers,
    joined("coalesce(", numbers, ", ", numbers, ", ", st.one_of(fractions, integers), ")"),
    joined("nullif(", numbers, ", ", st.one_of(fractions, integers), ")"),
)
divisors = st.one_of(
    st.sampled_from(["0.5", "3", "-2", "(words + 1)", "(length(text) + links + 0.5)"]),
    joined("nullif(", st.one_of(wholes, numbers), ", 0)"),
)
sums = st.sampled_from([" + ", " - ", " * "])


def whole_arithmetic(inner: Texts) -> Texts:
    return st.one_of(
        joined(maybe_in_parentheses(inner), sums, st.one_of(inner, integers)),
        joined(integers, sums, maybe_in_parentheses(inner)),
        joined(maybe_in_parentheses(inner), " % ", st.sampled_from(["1", "2", "7"])),
    )


def number_arithmetic(inner: Texts) -> Texts:
    return st.one_of(
        joined(maybe_in_parentheses(inner), sums, st.one_of(inner, fractions, integers, wholes)),
        joined(st.one_of(fractions, whole_leaves), sums, maybe_in_parentheses(inner)),
        joined(maybe_in_parentheses(st.one_of(inner, whole_leaves)), " / ", divisors),
    )


whole_values = st.recursive(whole_leaves, whole_arithmetic, max_leaves=3)
number_values = st.recursive(number_leaves, number_arithmetic, max_leaves=3)
numeric = st.one_of(whole_values, number_values)
text_values = st.one_of(
    texts,
    texts,
    joined("coalesce(", texts, ", ", st.one_of(texts, words), ")"),
    joined("nullif(", texts, ", ", words, ")"),
)
comparisons = st.sampled_from([" = ", " <> ", " != ", " < ", " <= ", " > ", " >= ", "<", ">="])

predicates = st.one_of(
    booleans,
    st.sampled_from(["true", "FALSE"]),
    joined(numeric, comparisons, st.one_of(numeric, fractions, integers)),
    joined(st.one_of(fractions, integers), comparisons, numeric),
    joined(text_values, comparisons, st.one_of(words, text_values)),
    joined(booleans, st.sampled_from([" = ", " <> "]), st.sampled_from(["true", "false", "reply"])),
    joined(
        numeric,
        st.sampled_from([" between ", " not between "]),
        st.one_of(fractions, integers, numeric),
        " and ",
        st.one_of(integers, fractions),
    ),
    joined(text_values, st.sampled_from([" in (", " not in ("]), listed(words), ")"),
    joined(text_values, " in ", st.sampled_from(["shorteners", "tongues"])),
    joined(numeric, st.sampled_from([" in (", " NOT IN ("]), listed(fractions | integers), ")"),
    joined(text_values, st.sampled_from([" like ", " not like "]), patterns),
    joined(st.one_of(numeric, text_values, booleans, st.just("domains")), " is null"),
    joined(st.one_of(texts, numbers, booleans), " is not null"),
    joined("regexp_matches(", text_values, ", ", expressions, ")"),
    joined(
        st.sampled_from(["contains(", "starts_with(", "ends_with("]),
        text_values,
        ", ",
        st.one_of(words, texts),
        ")",
    ),
    joined("contains(domains, ", st.one_of(words, texts), ")"),
    joined(
        "list_has_any(domains, ",
        st.one_of(listed(words).map("[{}]".format), st.just("shorteners")),
        ")",
    ),
)
truths = st.sampled_from([" is true", " is false", " is not true", " IS NOT FALSE"])


def compound(inner: Texts) -> Texts:
    return st.one_of(
        joined(maybe_in_parentheses(inner), st.sampled_from([" and ", " or ", " AND\n"]), inner),
        joined("(", inner, ") and (", inner, ")"),
        joined("not ", maybe_in_parentheses(inner)),
        joined("not (", inner, ")"),
        joined(maybe_in_parentheses(inner), truths),
    )


conditions = st.recursive(predicates, compound, max_leaves=6)
