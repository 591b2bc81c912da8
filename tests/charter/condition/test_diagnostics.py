"""What is said of each mistake: the whole of it stands in the snapshot file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.charter.condition import Condition, ConditionError, Problem
from comity.signals import CATALOGUE
from tests.charter.condition.grammar import conditions

LISTS = {"shorteners": ("bit.example",), "nothing": ()}

MISTAKES = {
    "empty": "  ",
    "unknown signal": "insultt >= 0.8",
    "letter case of a signal": "Insult >= 0.8",
    "unknown and unlike anything": "zzzzzz = 1",
    "several at once": "insultt > 0.8 or language > 3 or\n  links = 'two'",
    "not a condition": "insult",
    "not a condition either": "not language",
    "a list of texts alone": "link_domains or is_reply",
    "text against a number": "language >= 0.8",
    "a number against text": "insult = 'high'",
    "a number against true": "insult = true",
    "lists of texts": "link_domains = link_domains",
    "order of truths": "is_reply > quotes_parent",
    "comparison with null": "language = null",
    "null by itself": "null or is_reply",
    "null is null": "null is null",
    "chained comparison": "0.2 < insult < 0.8",
    "condition as a value": "(insult > 0.5) = is_reply",
    "two fixed values": "1 = 1",
    "fixed value in a list": "'bit.example' in link_domains",
    "signal in a list": "language in (script, 'en')",
    "list in parentheses": "language in (shorteners)",
    "unknown list": "language in shortener",
    "empty list": "language in nothing",
    "list for a number": "links in shorteners",
    "list as a signal": "shorteners = 'x'",
    "texts in a list": "link_domains in shorteners",
    "signal as a list": "language in link_domains",
    "mixed list": "links in (1, 'two')",
    "nothing in the list": "language in ()",
    "like without text": "links like '1%'",
    "like with a signal": "text like plain_text",
    "like with a backslash": r"text like '100\%'",
    "like with escape": "text like '100!%' escape '!'",
    "ilike": "text ilike 'a%'",
    "double quotes": 'language = "zh"',
    "curly quotes": "language = ‘zh’",
    "full-width signs": "（insult ＞ 0.8）",
    "full-width digits": "insult > ０．８",
    "double equals": "language == 'zh'",
    "logic of C": "is_reply && is_edit",
    "not of C": "!is_reply",
    "semicolon": "is_reply; drop table charter",
    "line comment": "is_reply -- always",
    "block comment": "is_reply /* always */",
    "cast": "links::text = '1'",
    "cast in words": "cast(links as text) = '1'",
    "case": "case when is_reply then true end",
    "sub-select": "links > (select 1)",
    "exists": "exists (select 1)",
    "window": "count(*) over () > 1",
    "star": "*",
    "dots": "comity.insult > 0.5",
    "lambda": "contains(link_domains, d -> d = 'x')",
    "parameter": "links > $1",
    "another parameter": "links > ?",
    "index": "link_domains[1] = 'x'",
    "concatenation": "text || 'a' = 'ba'",
    "power": "links ^ 2 > 4",
    "whole division": "links // 2 > 4",
    "typed text": "author_age_days > date '2020-01-01'",
    "two texts": "text = 'a' 'b'",
    "tuple": "(links, words) = (1, 2)",
    "is distinct": "language is distinct from 'en'",
    "is text": "language is 'en'",
    "any": "language = any(shorteners)",
    "missing value": "insult >=",
    "missing value within": "insult >= and is_reply",
    "missing operator": "is_reply is_edit",
    "missing and of between": "insult between 0.2",
    "unquoted text": "language = zh",
    "text without a join": "contains(text, 'a') 'b'",
    "not what": "links not 3",
    "open parenthesis": "(insult > 0.5 and (is_reply)",
    "close parenthesis": "insult > 0.5)",
    "wrong closing": "contains(text, 'a']",
    "open quote": "language = 'zh",
    "nul": "language = 'z\0h'",
    "order to a terminal": "language = '\033[2J'",
    "turned writing": "language = '\u202ehz'",
    "surrogate": "language = '\ud800'",
    "too long": "is_reply or " * 400 + "is_reply",
    "too many words": "or ".join(["links=1 "] * 260),
    "too deep": "(" * 17 + "is_reply" + ")" * 17,
    "too many nots": "not " * 17 + "is_reply",
    "too much arithmetic": " + ".join(["links"] * 34) + " > 1",
    "exponent": "insult > 1e-3",
    "underscores in a number": "links > 1_000",
    "bare point": "insult > .5",
    "too many digits": "insult > 0.1234567890123456",
    "unknown function": "contain(text, 'a')",
    "function of old": "lower(text) = 'a'",
    "function that is a table": "read_csv('secrets.csv') = 'x'",
    "function's wrong argument": "contains(links, 'a')",
    "function's second argument": "contains(text, 1)",
    "function's count": "length(text, text) > 1",
    "function of nothing": "length() > 1",
    "function without a signal": "length('abc') > 2",
    "function's fixed argument": "regexp_matches(text, plain_text)",
    "list without brackets": "list_has_any(link_domains, 'x')",
    "empty text": "contains(text, '')",
    "mixed coalesce": "coalesce(links, insult) > 1",
    "calculation in coalesce": "coalesce(insult * 2, 0) > 1",
    "nullif in nullif": "nullif(nullif(links, 0), 1) > 1",
    "bad pattern": "regexp_matches(text, '(a')",
    "look-ahead": "regexp_matches(text, 'a(?=b)')",
    "back-reference": r"regexp_matches(text, '(a)\1')",
    "exploding pattern": "regexp_matches(text, '((a{99}){99}){99}')",
    "large pattern": "regexp_matches(text, '[^a]{400}')",
    "long pattern": f"regexp_matches(text, '{'a' * 501}')",
    "class of Unicode": r"regexp_matches(text, '\p{Han}')",
    "large like": f"text like '{'_' * 400}'",
    "division by a signal": "links / words > 0.3",
    "division by zero": "links / 0 > 0.3",
    "division by null or zero": "links / nullif(words, 1) > 0.3",
    "decimal of a whole": "words * 0.1 > 0.3",
    "calculation of constants": "insult > 1 - 0.2",
    "calculation of wholes": "author_age_days < 60 * 24",
    "calculation with text": "text + 1 > 2",
    "remainder of a fraction": "insult % 2 = 0",
    "minus a signal": "-links < 3",
    "a word as a name": "limit > 3",
}


@pytest.mark.parametrize("text", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_with_its_place_and_what_to_do(text, snapshot) -> None:
    with pytest.raises(ConditionError) as caught:
        Condition.parse(text, CATALOGUE, LISTS)
    assert all(problem.hint for problem in caught.value.problems)
    assert str(caught.value) == snapshot


REMARKS = {
    "per cent": "insult > 80",
    "never": "insult > 1",
    "never below": "links < 0",
    "never equal": "insult = 1.5",
    "always": "0 <= links",
    "between": "insult between 0.5 and 1",
    "at the end": "insult >= 1",
    "no range": "length(text) > 3 and coalesce(insult, 0) > 0.5",
}


@pytest.mark.parametrize("text", REMARKS.values(), ids=REMARKS)
def test_a_comparison_that_the_range_decides_is_remarked_on(text, snapshot) -> None:
    remarks = Condition.parse(text, CATALOGUE).remarks
    assert "\n".join(str(remark.locate(text, "warning")) for remark in remarks) == snapshot


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.one_of(
                conditions,
                st.sampled_from(["(", ")", "not", "and", "insult", "is", "''", "in", ","]),
            ),
            max_size=4,
        ).map(" ".join),
    )
)
def test_whatever_is_written_the_place_of_a_mistake_is_inside(text) -> None:
    for problem in problems_of(text):
        assert 0 <= problem.begin <= problem.end <= len(text)
        assert problem.begin < problem.end or not text
        assert problem.message
        assert problem.hint


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        Condition.parse(text, CATALOGUE, LISTS)
    except ConditionError as error:
        return error.problems
    return ()
