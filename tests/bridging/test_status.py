"""Statuses at their thresholds, and final scoring as ratings arrive."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.bridging import FinalScoring, Rating, Ratings, Status, fit, place_raters, status
from comity.bridging.status import judge
from comity.errors import InputError
from tests.bridging.synthetic import columns, ratings

AMPLE = ((0, 0, 20), (0, 0, 20))


def judged(intercept, factor, sides=AMPLE, counted=40, before=None):
    was = np.empty(1, object)
    was[0] = before
    numbers = np.array([intercept]), np.array([factor]), np.array([counted]), np.array([sides])
    [found] = judge(*numbers, was)
    return found


@pytest.mark.parametrize(
    ("intercept", "factor", "found"),
    [
        (0.40, 0.5, Status.HELPFUL),
        (0.40, -0.5, Status.HELPFUL),
        (0.399, 0.0, Status.NEEDS_MORE_RATINGS),
        (0.9, 0.51, Status.NEEDS_MORE_RATINGS),
        (-0.05, 0.0, Status.NOT_HELPFUL),
        (-0.049, 0.0, Status.NEEDS_MORE_RATINGS),
        (-0.29, -0.3, Status.NOT_HELPFUL),
        (-0.28, -0.3, Status.NEEDS_MORE_RATINGS),
    ],
)
def test_thresholds(intercept, factor, found):
    assert judged(intercept, factor) == found


@pytest.mark.parametrize(
    ("intercept", "factor", "before"),
    [
        (0.391, 0.0, Status.HELPFUL),
        (0.5, 0.509, Status.HELPFUL),
        (-0.041, 0.0, Status.NOT_HELPFUL),
    ],
)
def test_a_status_sticks_a_little(intercept, factor, before):
    assert judged(intercept, factor) == Status.NEEDS_MORE_RATINGS
    assert judged(intercept, factor, before=before) == before
    assert judged(intercept - 0.01, factor + 0.01, before=Status.HELPFUL) != Status.HELPFUL


def test_fewer_than_five_ratings_tell_nothing():
    assert judged(0.9, 0.0, counted=4) == Status.NEEDS_MORE_RATINGS
    assert judged(-0.9, 0.0, counted=4) == Status.NEEDS_MORE_RATINGS


@pytest.mark.parametrize(
    ("weaker", "counted", "found"),
    [
        ((0, 0, 4), 80, Status.HELPFUL),
        ((0, 0, 4), 81, Status.NEEDS_MORE_RATINGS),
        ((0, 9, 3), 40, Status.NEEDS_MORE_RATINGS),
        ((2, 0, 5), 40, Status.NEEDS_MORE_RATINGS),
        ((0, 0, 10), 900, Status.HELPFUL),
    ],
)
def test_both_sides_have_to_support_a_helpful_note(weaker, counted, found):
    for sides in ((weaker, (0, 0, 30)), ((0, 0, 30), weaker)):
        assert judged(0.6, 0.0, sides, counted) == found


def test_scores_are_the_fit_where_the_fit_has_seen_everything():
    model = ratings().filtered()
    fitted = fit(model)
    scores = status(fitted, model)
    np.testing.assert_allclose(scores.intercepts, fitted.note_intercepts, atol=1e-4)
    np.testing.assert_allclose(scores.factors, fitted.note_factors, atol=1e-4)
    intercepts, factors = place_raters(fitted, model)
    np.testing.assert_allclose(intercepts, fitted.rater_intercepts, atol=1e-9)
    np.testing.assert_allclose(factors, fitted.rater_factors, atol=1e-9)


def test_the_sides_count_each_rating_by_a_rater_with_a_side():
    model = ratings().filtered()
    scores = status(fit(model), model)
    assert scores.sides.sum(axis=(1, 2)).tolist() == scores.counted.tolist()
    assert scores.counted.tolist() == scores.ratings.tolist()


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_ratings_that_arrive_one_by_one_come_to_what_they_come_to_together(random):
    rows = list(zip(*columns(notes=25, raters=40), strict=True))
    known = Ratings.of(*zip(*rows, strict=True))
    fitted = fit(known.filtered())
    random.shuffle(rows)
    begun, arriving = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    scoring = FinalScoring(fitted, Ratings.of(*zip(*begun, strict=True)))
    for note, rater, value in arriving:
        # Everyone says something else first, and then changes their mind.
        scoring.update(Rating(note, rater, 1 - value))
        scoring.update(Rating(note, rater, value, instead_of=1 - value))
    together = status(fitted, known)
    for n, note in enumerate(together.notes):
        score = scoring.score(note)
        assert score.intercept == pytest.approx(together.intercepts[n], abs=1e-9)
        assert score.factor == pytest.approx(together.factors[n], abs=1e-9)
        assert score.counted == together.counted[n]


def test_an_unknown_rater_changes_nothing_and_an_unknown_note_begins_at_zero():
    model = ratings().filtered()
    scoring = FinalScoring(fit(model), model)
    before = scoring.score(3)
    assert scoring.update(Rating(3, "nobody", 1)) == before
    fresh = scoring.score("new")
    assert (fresh.counted, fresh.intercept, fresh.status) == (0, 0.0, Status.NEEDS_MORE_RATINGS)


def test_final_scoring_refuses_a_value_that_cannot_be():
    model = ratings().filtered()
    with pytest.raises(InputError):
        FinalScoring(fit(model), model).update(Rating(3, 1, 0.7))
