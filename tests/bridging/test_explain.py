"""Explanations, curves, bounds, pairs and pressure: what stands beside a status."""

import numpy as np
import pytest

from comity.bridging import (
    FinalScoring,
    Rating,
    Ratings,
    Status,
    bounds,
    bridging_score,
    curves,
    explain,
    fit,
    pressure,
    status,
)
from tests.bridging.synthetic import ratings


@pytest.fixture(scope="module")
def given():
    return ratings(notes=60, raters=80).filtered()


@pytest.fixture(scope="module")
def fitted(given):
    return fit(given)


@pytest.fixture(scope="module")
def scores(given, fitted):
    return status(fitted, given)


def test_an_explanation_says_which_thresholds_are_met(given, fitted, scores):
    found = curves(fitted, given)
    for note in range(len(given.notes)):
        told = explain(scores, found, note)
        met = {
            wanted: all(t.met for t in told.thresholds if t.status is wanted)
            for wanted in (Status.HELPFUL, Status.NOT_HELPFUL)
        }
        expected = next((wanted for wanted, all_met in met.items() if all_met), None)
        assert told.status == (expected or Status.NEEDS_MORE_RATINGS)
        assert sum(side.ratings for side in told.sides) == scores.counted[note]
        assert set(told.sentence) == {"en", "zh-Hans"}
        assert str(told.sides[0].helpful) in told.sentence["en"]
        assert str(told.sides[1].helpful) in told.sentence["zh-Hans"]


def test_sentences_of_different_reasons_differ(given, fitted, scores):
    found = curves(fitted, given)
    endings = {
        explain(scores, found, n).sentence["en"].rpartition(": ")[2].split("(")[0]
        for n in range(len(given.notes))
    }
    assert len(endings) >= 3


def test_curves_lie_between_their_bounds_and_rise_with_approval(given, fitted):
    found = curves(fitted, given)
    assert found.helpful.shape == (len(given.notes), len(found.points))
    assert ((found.helpful >= 0.05) & (found.helpful <= 0.8)).all()
    np.testing.assert_allclose(found.scores, np.exp(np.log(found.helpful).mean(axis=1)))
    assert np.corrcoef(found.scores, fitted.note_intercepts)[0, 1] > 0.8


def test_a_curve_slopes_the_way_of_the_notes_factor(given, fitted):
    found = curves(fitted, given)
    rise = found.helpful[:, -1] - found.helpful[:, 0]
    steep = np.abs(fitted.note_factors) > 0.3
    assert steep.any()
    assert (np.sign(rise[steep]) == np.sign(fitted.note_factors[steep])).all()


def test_a_note_without_ratings_has_the_priors_curve(fitted):
    more = Ratings.of(["unknown"], ["nobody"], [1])
    assert curves(fitted, more).helpful == pytest.approx(0.4)


def test_bounds_hold_whatever_one_extreme_rater_says(given, fitted, scores):
    low, high = bounds(fitted, given)
    assert (low <= scores.intercepts).all()
    assert (scores.intercepts <= high).all()
    extreme = int(fitted.raters[np.argmax(fitted.rater_intercepts)])
    fewest = int(np.argmin(scores.counted))
    assert high[fewest] - low[fewest] > np.median(high - low)
    for note in given.notes[:10].tolist():
        scoring = FinalScoring(fitted, given)
        for value in (0, 1):
            score = scoring.update(Rating(note, extreme, value))
            scoring.update(Rating(note, extreme, value, instead_of=value))
            assert low[note] - 0.05 <= score.intercept <= high[note] + 0.05


def test_two_camps_that_differ_on_all_else_bridge_fully():
    camps = {"a": range(4), "b": range(4, 8)}
    rows = [("both", u, 1) for u in range(8)]
    for n in range(6):
        rows += [(f"n{n}", u, float(camp == "a")) for camp, who in camps.items() for u in who]
    given = Ratings.of(*zip(*rows, strict=True))
    found = [bridging_score(given, n) for n in range(len(given.notes))]
    assert found[0] == pytest.approx(1.0)
    # The others please one camp only, whose members never disagree.
    assert found[1:] == pytest.approx([0.0] * 6)


def test_the_pairwise_score_is_its_definition():
    given = ratings(notes=15, raters=20, share=0.5, seed=4)
    table = np.full((len(given.raters), len(given.notes)), np.nan)
    table[given.rater, given.note] = given.level / 2
    for note in range(len(given.notes)):
        who = np.flatnonzero(table[:, note] == 1)
        others = np.delete(table, note, axis=1)
        total = 0.0
        for i, a in enumerate(who):
            for b in who[:i]:
                apart = np.abs(others[a] - others[b])
                total += apart[~np.isnan(apart)].mean() if (~np.isnan(apart)).any() else 0.0
        expected = 4 * total / np.sum(~np.isnan(table[:, note])) ** 2
        assert bridging_score(given, note) == pytest.approx(expected, abs=1e-6)


def test_nobody_forces_nothing(given, fitted, scores):
    for note in range(10):
        found = pressure(fitted, given, note, 0)
        assert found.status == scores.statuses[note]
        assert found.joining == found.turning == {found.status}


def test_pressure_grows_with_the_bloc(given, fitted, scores):
    helpful = int(np.flatnonzero(scores.statuses == Status.HELPFUL)[0])
    before = [frozenset(), frozenset()]
    for k in (0, 3, 10, 25):
        found = pressure(fitted, given, helpful, k)
        assert before[0] <= found.joining
        assert before[1] <= found.turning
        before = [found.joining, found.turning]
    assert len(before[0]) > 1
    assert len(before[1]) > 1


def test_what_turning_is_said_to_force_it_does_force(given, fitted, scores):
    helpful = int(np.flatnonzero(scores.statuses == Status.HELPFUL)[0])
    k = next(k for k in range(60) if len(pressure(fitted, given, helpful, k).turning) > 1)
    assert k > 0
    one_side = [
        (u, level / 2)
        for u, n, level in zip(given.rater, given.note, given.level, strict=True)
        if n == helpful
    ]
    for sign in (-1, 1):
        scoring = FinalScoring(fitted, given)
        side = [(u, v) for u, v in one_side if np.sign(fitted.rater_factors[u]) == sign and v > 0]
        for u, value in side:
            score = scoring.update(
                Rating(given.notes[helpful], given.raters[u], 0.0, instead_of=value)
            )
        assert score.status != Status.HELPFUL
