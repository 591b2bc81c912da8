"""The fit over a Spark table is the fit."""

import numpy as np
import pytest

from comity.bridging import Ratings, fit
from comity.errors import InputError
from tests.bridging.synthetic import columns
from tests.spark import spark

__all__ = ["spark"]

PARAMETERS = ("note_intercepts", "note_factors", "rater_intercepts", "rater_factors")


@pytest.fixture(scope="module")
def fit_table(spark):
    from comity.bridging.spark import fit as fit_table

    def run(rows, names="note string, rater bigint, value double"):
        return fit_table(spark.createDataFrame(rows, names))

    return run


def test_it_is_the_fit_of_one_machine(fit_table):
    """With notes and raters of too few ratings, and with ratings that were changed later."""
    note, rater, values = columns(share=0.25)
    rows = [(f"n{n}", 7 * int(u), float(v), 2) for n, u, v in zip(note, rater, values, strict=True)]
    before = [(n, u, 1 - v, 1) for n, u, v, _ in rows[::3]]
    found = fit_table(rows + before, "note string, rater bigint, value double, time bigint")
    ours = fit(Ratings.of(*zip(*rows, strict=True)).filtered())
    assert len(ours.raters) < 80
    assert found.notes.tolist() == ours.notes.tolist()
    assert found.raters.tolist() == ours.raters.tolist()
    assert found.ratings == ours.ratings
    for name in PARAMETERS:
        np.testing.assert_allclose(getattr(found, name), getattr(ours, name), atol=1e-6)
    assert found.mu == pytest.approx(ours.mu, abs=1e-6)
    assert found.loss == pytest.approx(ours.loss, abs=1e-9)
    assert found.gradient < 1e-6


@pytest.mark.parametrize("rows", [[("n", 1, 1.0)], [("n", rater, 1.0) for rater in range(6)]])
def test_too_little_is_a_defined_result(fit_table, rows):
    found = fit_table(rows)
    assert (len(found.notes), len(found.raters), found.loss) == (0, 0, 0.0)


@pytest.mark.parametrize("wrong", [("n", 3, 0.7), (None, 3, 1.0)])
def test_a_rating_that_cannot_be_is_named(fit_table, wrong):
    with pytest.raises(InputError, match=r"rater 3 gives note .* the rating"):
        fit_table([("n", 1, 1.0), wrong])
