"""Checks: what conditions can and cannot do is found out, and nothing is claimed in vain."""

import time
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.charter import CHECKS, Condition, check, starter
from comity.charter.checks.subjects import subjects_in
from comity.charter.checks.worlds import EFFORT, answers, worlds
from comity.signals import CATALOGUE, Value
from tests.charter.charters import TOWN_SQUARE

WHEN = "toxicity >= 0.80 or (identity_attack >= 0.70 and not quotes_parent)"
SCORES = ("toxicity", "insult")
BOUNDS = (0.2, 0.5, 0.8)
COMPARISONS = st.builds(
    "{} {} {}".format,
    st.sampled_from(SCORES),
    st.sampled_from(["<", "<=", "=", "<>", ">=", ">"]),
    st.sampled_from(BOUNDS),
)
CONDITIONS = st.recursive(
    st.one_of(
        COMPARISONS,
        st.sampled_from(
            [
                *("language = 'en'", "language in ('en', 'zh')", "is_reply", "insult is null"),
                *("words > 3", "words between 3 and 5", "not words <> 4", "text like 'a%'"),
                *("insult + toxicity > 1", "coalesce(insult, 0) > 0.5", "is_reply is true"),
            ]
        ),
    ),
    lambda part: st.one_of(
        st.builds("({} and {})".format, part, part),
        st.builds("({} or {})".format, part, part),
        st.builds("not ({})".format, part),
    ),
    max_leaves=5,
)
VALUES = st.fixed_dictionaries(
    {
        **dict.fromkeys(SCORES, st.one_of(st.sampled_from((0.0, 1.0, *BOUNDS)), st.floats(0, 1))),
        "language": st.sampled_from(["en", "zh", "de"]),
        "is_reply": st.booleans(),
        "words": st.integers(0, 8),
        "text": st.sampled_from(["a", "b"]),
    }
)


def condition(text: str) -> Condition:
    return Condition.parse(text, CATALOGUE)


@given(text=CONDITIONS, values=VALUES, unknown=st.booleans())
@settings(max_examples=300, deadline=None)
def test_whatever_happens_happens_in_some_world(
    text: str, values: Mapping[str, Value], unknown: bool
) -> None:
    """So what holds in no world never happens, and what holds in all always does."""
    given: dict[str, Value] = {"insult": None} if unknown else {}
    asked = condition(text)
    found = worlds([asked], CATALOGUE, EFFORT, given)
    if found:
        assert asked.evaluate({**values, **given}) in answers(asked, found)


def test_an_intricate_charter_is_checked_in_no_time() -> None:
    signals = [name for name, signal in CATALOGUE.items() if signal.high == 1]
    when = " and ".join(f"({name} > 0.1 or {name} in (0.2, 0.3, 0.4))" for name in signals)
    head, article = TOWN_SQUARE.partition("  - id: no-flooding")[0].split("articles:\n")
    articles = (
        article.replace("no-personal-attacks", f"article-{number}").replace(
            WHEN, f"{when} and length > {number}"
        )
        for number in range(100)
    )
    began = time.process_time()
    assert all(
        found.severity == "warning" for found in check(head + "articles:\n" + "".join(articles))
    )
    assert time.process_time() - began < 10


def said(text: str) -> list[str]:
    assert WHEN in TOWN_SQUARE
    return [found.message for found in check(TOWN_SQUARE.replace(WHEN, text))]


def test_a_good_charter_gets_no_warning() -> None:
    assert check(TOWN_SQUARE) == ()
    assert check(starter()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "toxicity > 0.5 and toxicity < 0.5",
        "toxicity > 0.5 and not toxicity >= 0.2",
        "words > 3 and words < 4",
        "language = 'en' and language = 'zh'",
        "is_reply and not is_reply",
        "is_reply and (toxicity > 0.9 and toxicity <= 0.1 or not is_reply)",
        "text like 'a%' and not text like 'a%'",
    ],
)
def test_what_can_never_apply_is_said(text: str) -> None:
    assert "`no-personal-attacks` can never apply" in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "toxicity > 0.5 and toxicity < 0.6",
        "words > 3 and words < 5",
        "toxicity > 0.2 and insult < 0.1 or toxicity > 0.9",
        "toxicity + bad_words > 1 and toxicity < 0.5",
        "text like 'a%' and not text like 'b%' and toxicity > 0.1",
    ],
)
def test_what_can_apply_is_left_alone(text: str) -> None:
    assert not [message for message in said(text) if "apply" in message]


@pytest.mark.parametrize(
    ("text", "blind"),
    [
        ("spam > 0.5", True),
        ("spam > 0.5 and toxicity > 0.5", True),
        ("spam + toxicity > 1.5", True),
        ("spam > 0.5 or toxicity > 0.5", False),
        ("coalesce(spam, toxicity) > 0.5", False),
        ("spam > 0.5 and language = 'en'", False),
        ("spam > 0.5 or spam is null and bad_words > 1", False),
    ],
)
def test_an_article_that_is_blind_in_a_language_is_said_to_be(text: str, blind: bool) -> None:
    words = "`no-personal-attacks` cannot apply to posts in `zh-Hans`"
    assert (words in said(text)) is blind


@pytest.mark.parametrize(
    ("first", "second", "adds_nothing"),
    [
        (("toxicity > 0.9", "hold"), ("toxicity > 0.8", "hold"), "first"),
        (("toxicity > 0.9", "hold"), ("toxicity > 0.8", "nudge"), ""),
        (("toxicity > 0.9", "nudge"), ("toxicity > 0.8", "hold"), "first"),
        (("toxicity > 0.8", "hold"), ("toxicity > 0.9 and is_reply", "hold"), "second"),
        (("toxicity > 0.8", "hold"), ("toxicity > 0.8", "hold"), "second"),
        (("toxicity > 0.8", "hold"), ("toxicity > 0.8", "nudge"), "second"),
        (("toxicity > 0.8", "nudge"), ("toxicity > 0.8", "hold"), "first"),
        (("toxicity > 0.8 or insult > 0.5", "hold"), ("insult > 0.5", "hold"), "second"),
        (("toxicity > 0.8", "{remedy: hold, account: warn}"), ("toxicity > 0.7", "hold"), ""),
        (("toxicity > 0.8", "{remedy: limit, for: 2 days}"), ("toxicity > 0.7", "limit"), "first"),
        (("toxicity > 0.8", "limit"), ("toxicity > 0.7", "{remedy: limit, for: 2 days}"), ""),
        (("toxicity > 0.8", "hold"), ("toxicity > 0.7", "hold\n    trial: true"), ""),
        (("insult > 0.8", "hold"), ("toxicity > 0.8", "hold"), ""),
    ],
)
def test_an_article_that_adds_nothing_is_found(
    first: tuple[str, str], second: tuple[str, str], adds_nothing: str
) -> None:
    head = TOWN_SQUARE.partition("articles:\n")[0] + "articles:\n"
    text = head + "".join(
        f"  - id: {name}\n    value: respect\n    title: {{en: A}}\n    text: {{en: B}}\n"
        f"    when: {when}\n    then: {then}\n"
        for name, (when, then) in {"first": first, "second": second}.items()
    )
    found = [found.message for found in check(text) if "adds nothing" in found.message]
    expected = [f"`{adds_nothing}` adds nothing"] if adds_nothing else []
    assert [message.partition(" to ")[0] for message in found] == expected


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("plain_text like '%election%'", True),
        ("regexp_matches(plain_text, '(elections?|parliament)')", True),
        ("contains(text, '选举') and length > 10", True),
        ("plain_text like '%election%' and author_age_days < 3", True),
        ("toxicity > 0.8 or plain_text like '%election%'", True),
        ("plain_text in ('election', 'vote')", True),
        ("language = 'zh'", True),
        ("not language in ('en', 'zh')", True),
        ("script = 'Cyrl' and words > 5", True),
        ("plain_text like '%election%' and toxicity > 0.8", False),
        ("plain_text like '%buy now%'", False),
        ("language = 'en' and caps_share > 0.9", False),
        ("contains(link_domains, 'election.example')", False),
    ],
)
def test_an_article_may_not_turn_on_who_people_are_or_what_they_think(
    text: str, warned: bool
) -> None:
    assert any("would decide by" in message for message in said(text)) is warned


def test_words_are_found_whole_in_english_and_anywhere_in_chinese() -> None:
    assert subjects_in(["%Elections%", "embarrassing"]) == ["elections"]
    assert subjects_in(["关于选举的讨论"]) == ["选举"]


def test_warnings_come_in_file_order_and_checks_explain_themselves() -> None:
    found = check(TOWN_SQUARE.replace("zh-Hans: ", "zh-Hant: ").replace("[en, zh-Hans]", "[en]"))
    assert all((a.line, a.column) <= (b.line, b.column) for a, b in pairwise(found))
    assert all(each.meaning["en"] and each.meaning["zh-Hans"] for each in CHECKS)
    assert len({each.name for each in CHECKS}) == len(CHECKS)
