"""Held against what the reference implementation computed from the same ratings."""

import json
from pathlib import Path

import duckdb
import numpy as np
import pytest

from comity.bridging import Status, fit, read_ratings

DATA = Path(__file__).parents[3] / "shared/data/community-notes"

pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason=f"the recorded reference results are not in {DATA}"
)

SETS = {
    "syn500k": "syn500k_s0_t1",
    "polis_bg": "polis_bg_s0_t1",
    "polis_vtaiwan": "polis_vtaiwan_s0_t1",
}


@pytest.fixture(scope="module", params=SETS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def given(name):
    return read_ratings(DATA / f"{name}_ratings.parquet").filtered()


@pytest.fixture(scope="module")
def found(given):
    return fit(given)


@pytest.fixture(scope="module")
def reference(name):
    query = f"SELECT * FROM '{DATA}/{name}_reference_notes.parquet' ORDER BY noteId"
    return duckdb.sql(query).fetchnumpy()


@pytest.fixture(scope="module")
def run(name):
    runs = json.loads((DATA / "reference_runs.json").read_text())
    return next(run for run in runs if run["tag"] == SETS[name])


def by_thresholds(intercepts, factors):
    helpful = (intercepts >= 0.40) & (np.abs(factors) <= 0.5)
    rejected = intercepts <= -0.05 - 0.8 * np.abs(factors)
    open_ = np.where(rejected, Status.NOT_HELPFUL, Status.NEEDS_MORE_RATINGS)
    return np.where(helpful, Status.HELPFUL, open_)


def test_the_filters_keep_what_the_reference_keeps(given, run, reference):
    sizes = len(given), len(given.notes), len(given.raters)
    assert sizes == (run["ratings"], run["notes"], run["raters"])
    assert given.notes.tolist() == reference["noteId"].tolist()


def test_the_loss_is_below_the_reference(found, run):
    assert found.loss <= run["loss"]
    assert found.gradient < 1e-6


def test_the_notes_are_where_the_reference_has_them(found, reference):
    intercepts = reference["internalNoteIntercept"], found.note_intercepts
    assert np.corrcoef(*intercepts)[0, 1] >= 0.9995
    factors = reference["internalNoteFactor1"], found.note_factors
    assert np.corrcoef(*factors)[0, 1] >= 0.999


def test_the_statuses_are_the_same(name, found, reference):
    ours = by_thresholds(found.note_intercepts, found.note_factors)
    theirs = by_thresholds(reference["internalNoteIntercept"], reference["internalNoteFactor1"])
    assert np.mean(ours == theirs) >= (0.995 if name == "syn500k" else 0.998)


def test_twenty_random_starts_end_in_one_minimum(given, found):
    for seed in range(20):
        start = np.random.default_rng(seed).normal(0, 0.5, len(given.notes))
        assert fit(given, start).loss == pytest.approx(found.loss, abs=1e-9)


def test_the_hidden_truth_is_recovered_as_well_as_by_the_reference(name, found, reference):
    if name != "syn500k":
        pytest.skip("only the synthetic set has a known truth")
    query = f"SELECT * FROM '{DATA}/syn500k_truth_notes.parquet' ORDER BY noteId"
    truth = duckdb.sql(query).fetchnumpy()
    known = np.isin(truth["noteId"], found.notes)
    for column, ours, theirs in (
        ("q", found.note_intercepts, reference["internalNoteIntercept"]),
        ("fn", found.note_factors, reference["internalNoteFactor1"]),
    ):
        # The sign of an axis means nothing.
        recovered = [abs(np.corrcoef(truth[column][known], x)[0, 1]) for x in (ours, theirs)]
        assert recovered[0] >= recovered[1] - 1e-4
