"""The fairness report: its figures on scores whose bias is known, and its sentences."""

import numpy as np
import pytest

from training.contrast import contrast
from training.fairness import fairness, false_positive_gap
from training.identity import cases

TERMS = ["tall", "short"] * 40
TOXIC = np.repeat([False, False, True, True], 20)
LUCK = np.random.default_rng(0).uniform(0, 0.05, 80)
FAIR = np.where(TOXIC, 0.8, 0.2) + LUCK
TALL = np.array([term == "tall" for term in TERMS])


def test_a_fair_model_ranks_all_harm_above_all_that_is_harmless() -> None:
    for each in fairness(TERMS, TOXIC, FAIR):
        assert (each.subgroup, each.bpsn, each.bnsp, each.false_positives) == (1, 1, 1, 0)


def test_a_term_that_raises_scores_ranks_below_background_harm() -> None:
    tall, short = fairness(TERMS, TOXIC, FAIR + 0.7 * TALL)
    assert tall.subgroup == short.subgroup == 1
    assert tall.bpsn < 0.3
    assert tall.bnsp == 1
    assert short.bpsn == 1
    assert short.bnsp < 0.3
    assert (tall.false_positives, short.false_positives) == (1, 0)
    assert false_positive_gap([tall, short]) == 1


def test_harm_that_is_not_told_apart_beside_a_term_has_an_area_of_one_half() -> None:
    tall, short = fairness(TERMS, TOXIC, np.where(TALL, 0.5, FAIR))
    assert tall.subgroup == 0.5
    assert short.subgroup == 1


def test_false_positives_are_counted_from_the_threshold_up() -> None:
    tall, _ = fairness(TERMS, TOXIC, np.where(TALL, 0.5, FAIR), threshold=0.5)
    assert tall.false_positives == 1
    tall, _ = fairness(TERMS, TOXIC, np.where(TALL, 0.5, FAIR), threshold=0.51)
    assert tall.false_positives == 0


def test_a_term_without_harm_or_without_others_is_refused() -> None:
    with pytest.raises(ValueError, match="“tall” needs"):
        fairness(TERMS, TOXIC & ~TALL, FAIR)
    with pytest.raises(ValueError, match="other terms"):
        fairness(["tall"] * 80, TOXIC, FAIR)


def test_every_term_stands_in_every_template_once() -> None:
    found = list(cases())
    for language in {each.language for each in found}:
        here = [each for each in found if each.language == language]
        counts = dict.fromkeys({each.term for each in here}, 0)
        for each in here:
            counts[each.term] += 1
        assert len(counts) >= 50
        assert len(set(counts.values())) == 1
        assert len({each.text for each in here}) == len(here)


def test_no_sentence_of_the_report_is_trained_on() -> None:
    trained = {each.text.lower().strip(".!") for each in contrast() if each.part == "train"}
    assert not [each.text for each in cases() if each.text.lower().strip(".!") in trained]
