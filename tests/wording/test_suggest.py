"""Kinder wordings: what is offered, what is never offered, and how it reads."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.signals import Scorer, Span
from comity.wording import suggest
from comity.wording.suggest import CLEAN, LONGEST, MOST, harm
from comity.wording.tidy import tidy

OBJECTION = (Span("toxicity", 0, 1),)


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer.load()


@pytest.fixture(scope="module")
def offered(scorer: Scorer):
    """What is offered for a draft, as the scorer sees it."""

    def ask(text: str) -> list[str]:
        (scores,) = scorer.score([text])
        return [each.text for each in suggest(text, scorer, scores.spans)]

    return ask


@pytest.mark.parametrize(
    ("draft", "kinder"),
    [
        ("How many fucking times is this going to be reposted?", "How many times is this going"),
        ("Why the fuck is the gate locked again?", "Why is the gate locked again?"),
        ("You are a complete idiot and everyone here knows it.", "I disagree with you."),
        ("You are an idiot and your plan ignores the budget.", "I disagree with you and your plan"),
        ("Shut up and let others speak.", "Please stop and let others speak."),
        ("What an incredibly stupid heading.", "What an incredibly bad heading."),
        ("Are you fucking kidding me? The shop closes at six.", "Are you kidding me? The shop"),
        ("你就是个白痴。", "我不同意你的看法。"),
        ("你们这种垃圾产品有人买吗", "你们这个产品有人买吗"),
        ("闭嘴！你懂个屁。", "请先听我说完！你可能不太了解情况。"),
    ],
)
def test_a_rude_draft_is_said_more_kindly(offered, draft: str, kinder: str):
    assert any(wording.startswith(kinder) for wording in offered(draft)), offered(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "I will fucking kill you.",
        "I know where you live, asshole.",
        "You will regret this, you stupid bastard.",
        "你等着，我打死你这个混蛋。",
    ],
)
def test_a_threat_is_no_matter_of_words(offered, draft: str):
    assert offered(draft) == []


@pytest.mark.parametrize(
    "draft",
    [
        "I don't think you are an idiot.",
        "Nobody said you are stupid.",
        "He told them you're a moron.",
        "我没说你是白痴。",
        "他不是傻逼",
        "别叫我傻逼",
        "谁说你是蠢货了？",
        "他说你是白痴",
        "我不觉得你是傻逼，你说得对",
    ],
)
def test_what_is_denied_or_told_of_others_is_not_turned_round(scorer: Scorer, draft: str):
    found = {each.text for each in suggest(draft, scorer, OBJECTION)}
    assert not {wording for wording in found if "disagree" in wording or "不同意" in wording}
    assert not {wording for wording in found if "不合适" in wording or "很难接受" in wording}


@pytest.mark.parametrize("draft", ["", "Thank you, that helped.", "谢谢！", "x" * 3_000, "🙂" * 50])
def test_what_is_not_rude_is_left_alone(offered, draft: str):
    assert offered(draft) == []


def test_what_is_offered_is_clean_and_different(scorer: Scorer):
    drafts = [
        "This is fucking stupid and the figures are wrong.",
        "Some idiots put the bins in front of the gate.",
        "What the hell happened to that shit website?",
    ]
    offers = [suggest(draft, scorer, OBJECTION) for draft in drafts]
    assert any(offers)
    for draft, offer in zip(drafts, offers, strict=True):
        assert len(offer) <= MOST
        assert len({each.text for each in offer} | {draft}) == len(offer) + 1
        for scores in scorer.score([each.text for each in offer]):
            assert harm(scores.attributes) <= CLEAN


def test_nothing_is_offered_where_the_scorer_still_objects(scorer: Scorer):
    class Sour:
        """Finds fault with everything."""

        def __init__(self, scorer: Scorer) -> None:
            self.model = scorer.model
            (self.sour,) = scorer.score(["You are an idiot."])

        def score(self, texts):
            return [self.sour] * len(texts)

    sour = Sour(scorer)
    assert suggest("Why the fuck is the gate locked again?", sour, OBJECTION) == ()


def test_the_same_draft_gets_the_same_suggestions(offered):
    draft = "There is a lot of good shit in this fucking library."
    assert offered(draft) == offered(draft) != []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_is_taken(scorer: Scorer, text: str):
    assert len(suggest(text, scorer, OBJECTION)) <= MOST


@pytest.mark.parametrize(
    "draft",
    [
        "shit " * (LONGEST // 5),
        "you are " * (LONGEST // 8),
        "you are so so stupid fat old stupid " * (LONGEST // 36),
        "你们这种" * (LONGEST // 4),
        "他妈的" * (LONGEST // 3),
    ],
)
def test_the_longest_and_rudest_ends_in_time(scorer: Scorer, draft: str):
    began = time.process_time()
    suggest(draft, scorer, OBJECTION)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("that is  ,  good .", "that is, good."),
        (", here we go", "Here we go"),
        ("it was a idea", "it was an idea"),
        ("an plan , an hour , a user", "a plan, an hour, a user"),
        ("well & .", "well."),
    ],
)
def test_seams_are_closed(torn: str, whole: str):
    assert tidy(torn, "Shit") in (whole, whole[0].upper() + whole[1:])
