"""What the member is told."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from comity.charter import Charter
from comity.charter.remedy import AccountRemedy, Remedy
from comity.statements import (
    LANGUAGES,
    Content,
    Decider,
    Verdict,
    language_for,
    of_decision,
    of_ruling,
    restricts,
    tell,
    tell_lifted,
    tell_reporter,
    tell_verdict,
)
from comity.statements.words import PHRASES
from tests.statements.statements import (
    CHARTER,
    DECIDED,
    OCCASION,
    POSTED,
    decision,
    statement,
    statements,
)

ATTACKS, _ = CHARTER.articles


def test_a_held_post_is_told_in_plain_words():
    assert tell(statement(), "en").text == (
        "Your post is on hold\n\n"
        "What happened\n"
        "Your post of 22 November 2026 in Town Square is on hold: others cannot see it.\n"
        "This is not a finding that you did anything wrong. It means that a person should look "
        "first.\n\n"
        "Which article\n"
        "The charter that this community agreed on says:\n"
        "> No personal attacks\n"
        "> Criticise what was said, not who said it.\n\n"
        "On what facts\n"
        "This is what software measured. Its scores run from 0 to 1; they are estimates and can be "
        "wrong.\n"
        "- How likely a reader finds the post rude, disrespectful or hateful enough to leave. "
        "Measured: 0.93.\n\n"
        "Who decided\n"
        "Software found your post and applied the charter to it by itself. No person has looked at "
        "it yet.\n\n"
        "For how long\n"
        "For your post: until a person has looked at it.\n\n"
        "How to object\n"
        "If you think that this is wrong, say so in your own words, by 25 May 2027. It costs "
        "nothing and is never held against you. People who had no part in this decision will hear "
        "it.\n"
        "In the European Union you may also turn to a certified out-of-court dispute settlement "
        "body. Everywhere you may turn to a court.\n\n"
        "Reference: s-1"
    )


def test_a_ruling_is_told_in_chinese_with_the_reviewers_own_words():
    occasion = replace(OCCASION, decider=Decider.REVIEWER, reported=True, detected=False)
    made = of_ruling(
        CHARTER,
        occasion,
        Remedy.REMOVE,
        AccountRemedy.MUTE,
        [ATTACKS],
        account_lasts=timedelta(days=3),
        words="请就事论事。",
    )
    told = tell(made, "zh-Hans").text
    assert told.startswith("您的帖子已被撤下\n")
    assert "> 不作人身攻击\n> 批评观点，不攻击人。" in told
    assert "有人举报了这个帖子。举报人的身份保密。" in told
    assert "> 请就事论事。" in told
    assert "软件没有参与" in told
    assert "对您的账号：3天，到2026年11月26日10:00（协调世界时）为止。" in told
    assert "对您的帖子：没有设定期限" in told


def test_an_article_in_one_language_only_is_quoted_in_it_and_that_is_said():
    source = CHARTER.source.replace(", zh-Hans: 批评观点，不攻击人。", "")
    made = of_decision(decision(), Charter.parse(source), OCCASION)
    [_, quote, note] = tell(made, "zh-Hans").sections[1].passages
    assert (quote.form, quote.language) == ("quoted", "en")
    assert "Criticise what was said" in quote.text
    assert note.text == "公约的这一条只有英文文本。"


def test_what_is_not_a_number_is_told_for_what_it_is():
    measured = [
        {"signal": "plain_text", "value": None},
        {"signal": "profanity", "value": None},
        {"signal": "links", "value": 2},
    ]
    text = tell(statement(because=measured), "en").text
    assert "- The words of the post themselves.\n" in text
    assert "This could not be measured.\n" in text
    assert "Measured: 2." in text


def test_the_strongest_article_comes_first_and_what_restricts_nothing_stays_out():
    findings = [
        {"id": "no-flooding", "remedy": "limit", "for_seconds": 3_600, "because": []},
        {"id": "no-personal-attacks", "remedy": "hold", "because": []},
    ]
    made = of_decision({"remedy": "hold", "articles": findings}, CHARTER, OCCASION)
    assert [ground.article.id for ground in made.grounds] == ["no-personal-attacks", "no-flooding"]
    assert made.post_lasts is None
    nudged = [{"id": "no-flooding", "remedy": "nudge", "because": []}, findings[1]]
    made = of_decision({"remedy": "hold", "articles": nudged}, CHARTER, OCCASION)
    assert [ground.article.id for ground in made.grounds] == ["no-personal-attacks"]


def test_of_two_limits_the_longer_counts_and_one_without_end_most():
    hour = {"id": "no-flooding", "remedy": "limit", "for_seconds": 3_600, "because": []}
    day = {**hour, "id": "no-personal-attacks", "for_seconds": 86_400}
    made = of_decision({"remedy": "limit", "articles": [hour, day]}, CHARTER, OCCASION)
    assert made.post_ends == DECIDED + timedelta(days=1)
    assert "For your post: 1 day, until 24 November 2026, 10:00 UTC." in tell(made, "en").text
    open_end = {key: value for key, value in day.items() if key != "for_seconds"}
    made = of_decision({"remedy": "limit", "articles": [hour, open_end]}, CHARTER, OCCASION)
    assert made.post_ends is None


def test_only_what_takes_something_needs_reasons():
    assert [remedy.value for remedy in Remedy if restricts(remedy, None)] == [
        "label",
        "limit",
        "hold",
        "remove",
    ]
    assert not restricts(Remedy.NUDGE, AccountRemedy.WARN)
    assert restricts(Remedy.ALLOW, AccountRemedy.MUTE)
    with pytest.raises(ValueError, match="nothing is restricted"):
        of_decision({"remedy": "nudge", "articles": []}, CHARTER, OCCASION)
    with pytest.raises(ValueError, match="without an article"):
        of_ruling(CHARTER, OCCASION, Remedy.HOLD, None, [])


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh", "zh-Hans"), ("zh-Hant-TW", "zh-Hans"), ("en-GB", "en"), ("de", "en"), (None, "en")],
)
def test_we_write_chinese_to_chinese_and_english_to_everyone_else(tag, language):
    assert language_for(tag) == language


@settings(max_examples=100, deadline=None)
@given(statements())
def test_every_statement_can_be_told_in_every_language(made):
    for language in LANGUAGES:
        letter = tell(made, language)
        assert [section.name for section in letter.sections] == [
            "what", "why", "facts", "who", "long", "objecting",
        ]  # fmt: skip
        assert all(section.passages for section in letter.sections)
        assert made.occasion.reference in letter.text


def test_every_phrase_stands_in_both_languages_with_the_same_values():
    for name, texts in PHRASES.items():
        assert set(texts) == set(LANGUAGES), name
        asked = [set(re.findall(r"{(\w+)}", text)) for text in texts.values()]
        assert asked[0] == asked[1], name


def test_an_author_hears_that_their_post_is_back_and_the_reporter_what_became_of_it():
    lifted = tell_lifted(CHARTER, OCCASION, "en", by_reviewer="It was a quotation.").text
    assert lifted.startswith("Nothing restricts your post any more\n")
    assert "We are sorry" in lifted
    assert "> It was a quotation." in lifted
    told = tell_reporter(CHARTER, OCCASION, POSTED, Remedy.REMOVE, ATTACKS, "zh-Hans").text
    assert "帖子已被撤下" in told
    assert "> 不作人身攻击" in told
    assert "我们不会告诉作者是谁举报的。" in told
    stays = tell_reporter(CHARTER, OCCASION, POSTED, Remedy.ALLOW, ATTACKS, "en")
    assert [section.name for section in stays.sections] == ["what", "objecting"]


def test_an_author_hears_what_a_jury_found_and_why_but_of_no_juror():
    occasion = replace(OCCASION, decider=Decider.JURY)
    stands = Verdict(True, ATTACKS, 3, 2, ("It was aimed at a person.", "I agree."))
    told = tell_verdict(CHARTER, occasion, stands, "en")
    assert [section.name for section in told.sections] == ["what", "why", "who", "objecting"]
    assert told.text.startswith("The decision on your post stands\n")
    assert "Jurors for leaving it: 3. Jurors for lifting it: 2." in told.text
    assert "> It was aimed at a person.\n> I agree." in told.text
    lifted = replace(stands, stands=False, reasons=())
    told = tell_verdict(CHARTER, occasion, lifted, "zh-Hans")
    assert [section.name for section in told.sections] == ["what", "who"]
    assert "由抽签选出、与此案无关的社区成员组成" in told.text


def test_where_no_jury_could_be_had_an_author_hears_that_a_steward_decided():
    verdict = Verdict(False, ATTACKS, 0, 0, ("It was a quotation.",))
    told = tell_verdict(CHARTER, replace(OCCASION, decider=Decider.REVIEWER), verdict, "en").text
    assert "Too few members could serve on a jury." in told
    assert "Jurors for" not in told
    assert "> It was a quotation." in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("remedy", Remedy)
def test_a_reporter_hears_of_every_outcome(remedy, language):
    letter = tell_reporter(CHARTER, OCCASION, POSTED, remedy, None, language)
    assert letter.sections[0].passages[1].text == PHRASES[f"report_{remedy.value}"][language]


@pytest.mark.parametrize(
    ("text", "media", "content"),
    [
        ("Look!", [], (Content.TEXT,)),
        ("", [], (Content.TEXT,)),
        ("", ["https://forum.example/a.JPG?size=2"], (Content.IMAGE,)),
        ("Look!", ["clip.webm", "song.mp3"], (Content.TEXT, Content.AUDIO, Content.VIDEO)),
        ("", ["https://[forum.example/plan"], (Content.OTHER,)),
    ],
)
def test_what_a_post_consists_of_is_told_by_its_attachments(text, media, content):
    assert Content.of(text, media) == content
