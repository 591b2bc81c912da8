"""Charters: what is read, and by what hash it is known."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from comity.charter import AccountRemedy, Charter, CharterError, Remedy
from comity.event import EventType
from comity.signals import Counter
from tests.charter.charters import TOWN_SQUARE


def changed(before: str, after: str) -> Charter:
    assert before in TOWN_SQUARE
    return Charter.parse(TOWN_SQUARE.replace(before, after))


def test_all_that_is_written_is_there() -> None:
    charter = Charter.parse(TOWN_SQUARE)
    assert (charter.title, charter.community) == ("Town Square", "town-square")
    assert charter.languages == ("en", "zh-Hans")
    assert charter.values["respect"]["zh-Hans"] == "对事不对人。"
    assert charter.lists == {"shorteners": ("bit.example", "tiny.example")}
    assert charter.counters == (
        Counter("author_posts_1h", EventType.POST_CREATED, "author", timedelta(hours=1)),
    )
    attacks, flooding = charter.articles
    assert attacks.text["en"] == "Criticise what was said, not who said it."
    assert (attacks.remedy, attacks.duration, attacks.trial) == (Remedy.HOLD, None, False)
    assert attacks.lesson == "disagree-well"
    assert attacks.examples.violates == ("You are a complete idiot and everyone knows it.",)
    assert attacks.line == 13
    assert (flooding.remedy, flooding.duration) == (Remedy.LIMIT, timedelta(hours=1))
    assert (flooding.trial, flooding.examples.violates) == (True, ())
    assert charter.source == TOWN_SQUARE


def test_a_file_is_read_as_its_text_is(tmp_path: Path) -> None:
    path = tmp_path / "charter.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TOWN_SQUARE.replace("\n", "\r\n").encode())
    source = path.read_bytes().decode()
    assert Charter.read(path) == replace(Charter.parse(TOWN_SQUARE), source=source)


def test_mistakes_in_a_file_are_said_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("charter: x")
    with pytest.raises(CharterError, match=r"ours\.yaml:1:1: error"):
        Charter.read(path)


def test_articles_are_asked_all_at_once() -> None:
    charter = Charter.parse(TOWN_SQUARE)
    nothing = dict.fromkeys(charter.catalogue)
    assert charter.match(nothing) == (0b00, 0b11)
    assert charter.match({**nothing, "author_posts_1h": 21}) == (0b10, 0b01)
    assert charter.match({**nothing, "toxicity": 0.9, "author_posts_1h": 20}) == (0b01, 0b00)


@pytest.mark.parametrize(
    ("written", "account", "remedy"),
    [
        ("{account: warn}", AccountRemedy.WARN, Remedy.ALLOW),
        ("{remedy: hold, account: mute, for: 2 days}", AccountRemedy.MUTE, Remedy.HOLD),
        ("remove", None, Remedy.REMOVE),
        ("'nudge'", None, Remedy.NUDGE),
    ],
)
def test_what_follows_can_be_for_the_post_the_account_or_both(
    written: str, account: AccountRemedy | None, remedy: Remedy
) -> None:
    article = changed("then: hold", f"then: {written}").articles[0]
    assert (article.account, article.remedy) == (account, remedy)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("charter: Town Square", "# hello\ncharter:   'Town Square'"),
        ("languages: [en, zh-Hans]\n", "languages:\n- en\n- zh-Hans\n"),
        ("value: respect\n    title", "'value':   >-\n     respect\n    title"),
        ("then: hold\n    lesson: disagree-well", "lesson: disagree-well\n    then: hold"),
        ("{en: No more than twenty posts an hour.,", "{en: 'No more than twenty posts an hour.',"),
        ("title: {en: No personal", "title: {en:   No personal"),
        ("when: author_posts_1h > 20", "when: |\n      author_posts_1h\n      > 20"),
        ("toxicity >= 0.80 or (", "toxicity>=0.8 OR ("),
        ("for: 1 hour}\n    trial", "for: 60 minutes}\n    trial"),
        ("then: hold", "then: {remedy: hold}"),
        ("trial: true ", "trial: yes "),
        ("trial: true ", "trial: 'on' "),
        ("then: hold\n", "then: hold\n    trial: no\n    expect:\n"),
        ("[bit.example, tiny.example]", "[tiny.example, bit.example, bit.example]"),
        ("\n", "\r\n"),
    ],
)  # fmt: skip
def test_what_means_the_same_has_the_same_hash(before: str, after: str) -> None:
    assert changed(before, after).sha256 == Charter.parse(TOWN_SQUARE).sha256


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("charter: Town Square", "charter: Town square"),
        ("community: town-square", "community: village"),
        ("languages: [en, zh-Hans]", "languages: [zh-Hans, en]"),
        ("对事不对人。", "对事，不对人。"),
        ("bit.example", "bit2.example"),
        ("within: 1 hour", "within: 2 hours"),
        ("by: author", "by: thread"),
        ("id: no-flooding", "id: no-floods"),
        ("不作人身攻击", "不人身攻击"),
        ("Criticise what", "Criticize what"),
        ("0.80", "0.81"),
        ("then: hold", "then: remove"),
        ("then: hold", "then: {remedy: hold, account: warn}"),
        ("for: 1 hour}\n    trial", "for: 2 hours}\n    trial"),
        ("lesson: disagree-well", "lesson: disagree-better"),
        ("trial: true", "trial: false"),
        ("trial: true", "trial: true\n    expect: 2%"),
        ("everyone knows it", "everybody knows it"),
        ("from 1998", "from 1999"),
        ("articles:", "lessons: {disagree-well: {title: {en: A}, text: {en: B}}}\narticles:"),
    ],
)
def test_what_means_something_else_has_another_hash(before: str, after: str) -> None:
    assert changed(before, after).sha256 != Charter.parse(TOWN_SQUARE).sha256


def test_the_hash_of_a_charter_stays_what_it_was() -> None:
    """Decisions and ledgers of earlier versions refer to it."""
    assert Charter.parse(TOWN_SQUARE).sha256 == (
        "sha256:e8b7cade65293a7f23ee16f2856d28bfecbab2280751c7b1764778a53ab0c1f8"
    )


def test_a_share_is_the_same_in_percent() -> None:
    percent = changed("trial: true", "expect: 2.5%")
    number = changed("trial: true", "expect: 0.025")
    assert percent.articles[1].expected_share == 0.025
    assert percent.sha256 == number.sha256
