"""The fit: a minimum of the reference's objective, the same whatever the order of the rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from comity.bridging import Ratings, fit
from tests.bridging.synthetic import columns, ratings

ARRAYS = ("note_intercepts", "note_factors", "rater_intercepts", "rater_factors")


def objective(given, note_i, note_f, rater_i, rater_f, mu):
    """The objective as its definition has it, with means."""
    told = mu + rater_i[given.rater] + note_i[given.note]
    told = told + rater_f[given.rater] * note_f[given.note]
    return (
        np.mean((given.level / 2 - told) ** 2)
        + 0.15 * (np.mean(rater_i**2) + np.mean(note_i**2) + mu**2)
        + 0.03 * (np.mean(rater_f**2) + np.mean(note_f**2))
    )


def test_the_loss_is_the_objective_at_the_fit():
    given = ratings().filtered()
    found = fit(given)
    parameters = [getattr(found, name) for name in ARRAYS]
    assert objective(given, *parameters, found.mu) == pytest.approx(found.loss, abs=1e-12)


def test_a_general_minimiser_finds_the_same_minimum():
    given = ratings(notes=12, raters=15, share=0.9, seed=3).filtered()
    n, u = len(given.notes), len(given.raters)

    def of(x):
        return objective(given, *np.split(x[:-1], [n, 2 * n, 2 * n + u]), x[-1])

    start = np.random.default_rng(1).normal(0, 0.3, 2 * n + 2 * u + 1)
    best = minimize(of, start, method="L-BFGS-B", options={"maxfun": 10**6, "ftol": 1e-15})
    assert fit(given).loss == pytest.approx(best.fun, abs=1e-7)


def test_the_gradient_vanishes():
    assert fit(ratings().filtered()).gradient < 1e-6


def test_twenty_random_starts_end_in_one_minimum():
    given = ratings().filtered()
    found = fit(given)
    for seed in range(20):
        start = np.random.default_rng(seed).normal(0, 0.5, len(given.notes))
        other = fit(given, start)
        assert other.loss == pytest.approx(found.loss, abs=1e-9)
        np.testing.assert_allclose(other.note_intercepts, found.note_intercepts, atol=1e-4)
        np.testing.assert_allclose(other.note_factors, found.note_factors, atol=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(random):
    rows = list(zip(*columns(notes=20, raters=30), strict=True))
    first = fit(Ratings.of(*zip(*rows, strict=True)).filtered())
    random.shuffle(rows)
    again = fit(Ratings.of(*zip(*rows, strict=True)).filtered())
    for name in ARRAYS:
        assert getattr(first, name).tobytes() == getattr(again, name).tobytes()
    assert first.mu == again.mu


@pytest.mark.parametrize(
    "name", [str, lambda i: -(10**15) * i, lambda i: f"{i}\n\"'🙂", lambda i: (i, str(i))]
)
def test_ids_may_be_anything(name):
    note, rater, values = columns()
    plain = fit(Ratings.of(note, rater, values).filtered())
    other = fit(
        Ratings.of([name(int(n)) for n in note], [name(int(u)) for u in rater], values).filtered()
    )
    assert other.loss == pytest.approx(plain.loss, abs=1e-9)
    table = dict(zip(other.notes.tolist(), other.note_intercepts, strict=True))
    for note_id, intercept in zip(plain.notes.tolist(), plain.note_intercepts, strict=True):
        assert table[name(note_id)] == pytest.approx(intercept, abs=1e-4)


def test_at_least_half_of_the_raters_are_on_the_negative_side():
    for seed in range(6):
        factors = fit(ratings(seed=seed).filtered()).rater_factors
        assert 2 * (factors < 0).sum() >= (factors != 0).sum()


@pytest.mark.parametrize("value", [0, 0.5, 1])
def test_the_same_vote_of_everyone_is_a_consensus(value):
    note, rater, values = columns()
    found = fit(Ratings.of(note, rater, np.full(len(values), value)).filtered())
    everything = np.concatenate([getattr(found, name) for name in ARRAYS])
    assert np.isfinite(everything).all()
    assert np.abs(found.note_factors).max() < 0.2


def test_nothing_to_fit_is_a_defined_result():
    found = fit(Ratings.of([1, 2], ["a", "a"], [1, 0]).filtered())
    assert (len(found.notes), found.mu, found.loss) == (0, 0.0, 0.0)
