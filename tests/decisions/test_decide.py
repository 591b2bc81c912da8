"""Decisions follow from charter, event and signals alone."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.charter import AccountRemedy, Remedy
from comity.decisions import decide
from comity.signals import CATALOGUE, ModelRef, Signals, Span
from tests.decisions.charters import charter, post

MODEL = ModelRef("test-model", "1", "ab" * 32)
CHARTER = charter()


def signals(**values: object) -> Signals:
    known = {"insult": 0.0, "threat": 0.0, "caps_share": 0.0, "length": 5, "text": "secret"}
    everything = dict.fromkeys(CATALOGUE) | known | values
    return Signals(everything, (Span("insult", 2, 7),), MODEL)


def test_a_post_that_no_article_matches_is_allowed() -> None:
    decision = decide(CHARTER, post(), signals())
    assert decision.remedy is Remedy.ALLOW
    assert decision.articles == decision.trial == decision.abstained == ()


def test_the_strongest_remedy_wins_and_every_article_is_named() -> None:
    decision = decide(CHARTER, post(), signals(insult=0.9, caps_share=0.9, length=40))
    assert decision.remedy is Remedy.HOLD
    assert [finding.article for finding in decision.articles] == ["no-insults", "mind-the-volume"]


def test_the_evidence_is_the_signal_its_value_and_the_words() -> None:
    (finding,) = decide(CHARTER, post(), signals(insult=0.9)).articles
    (evidence,) = finding.because
    assert (evidence.signal, evidence.value, evidence.spans) == ("insult", 0.9, ((2, 7),))


def test_an_article_on_trial_is_recorded_and_does_nothing() -> None:
    decision = decide(CHARTER, post(), signals(insult=0.6))
    assert decision.remedy is Remedy.ALLOW
    assert [finding.article for finding in decision.trial] == ["on-trial"]


def test_a_suspended_article_is_as_one_on_trial() -> None:
    decision = decide(CHARTER, post(), signals(insult=0.9), frozenset({"no-insults"}))
    assert decision.remedy is Remedy.ALLOW
    assert [finding.article for finding in decision.trial] == ["no-insults", "on-trial"]


def test_what_is_unknown_makes_an_article_abstain_and_is_never_a_no() -> None:
    decision = decide(CHARTER, post(), signals(insult=None))
    assert decision.abstained == ("no-insults", "on-trial")
    assert decision.as_json()["signals"]["insult"] is None


def test_a_remedy_for_the_account_comes_with_the_one_for_the_post() -> None:
    decision = decide(CHARTER, post(), signals(threat=0.9))
    assert decision.account is AccountRemedy.MUTE
    assert decision.as_json()["articles"][0]["for_seconds"] == 3_600


def test_only_posts_are_judged() -> None:
    decision = decide(CHARTER, post(kind="post.deleted"), signals(insult=0.99))
    assert decision.remedy is Remedy.ALLOW
    assert decision.trial == ()


def test_a_decision_does_not_repeat_the_text() -> None:
    law = charter({"no-shouting": "when: text like '%secret%'\n    then: nudge"})
    decision = decide(law, post(), signals())
    assert [finding.article for finding in decision.articles] == ["no-shouting"]
    assert "secret" not in json.dumps(decision.as_json())


def test_the_id_names_charter_model_and_event() -> None:
    one = decide(CHARTER, post(), signals())
    assert one.id == decide(CHARTER, post("other text"), signals(insult=0.9)).id
    assert (
        one.id != decide(charter({"a": "when: insult > 0.1\n    then: hold"}), post(), signals()).id
    )


@settings(max_examples=100, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "insult": st.none() | st.floats(0, 1),
            "threat": st.none() | st.floats(0, 1),
            "caps_share": st.none() | st.floats(0, 1),
            "length": st.none() | st.integers(0, 50_000),
        }
    ),
    st.frozensets(st.sampled_from([article.id for article in CHARTER.articles])),
)
def test_each_article_stands_in_one_place_and_the_remedy_follows(values, suspended) -> None:
    measured = signals(**values)
    decision = decide(CHARTER, post(), measured, suspended)
    places = [
        *(finding.article for finding in decision.articles),
        *(finding.article for finding in decision.trial),
        *decision.abstained,
    ]
    assert len(places) == len(set(places))
    for article in CHARTER.articles:
        outcome = article.condition.evaluate(measured.values)
        assert (article.id in decision.abstained) == (outcome is None)
        assert (article.id in places) == (outcome is not False)
    assert decision.remedy is max(
        (finding.remedy for finding in decision.articles), default=Remedy.ALLOW
    )
    assert not suspended & {finding.article for finding in decision.articles}
    assert decide(CHARTER, post(), measured, suspended) == decision
    json.dumps(decision.as_json())


@pytest.mark.parametrize("ladder", [Remedy, AccountRemedy])
def test_the_ladders_are_ordered_as_they_are_written(ladder) -> None:
    rungs = list(ladder)
    assert sorted(rungs, reverse=True) == rungs[::-1]
    assert rungs[0] < rungs[-1]
