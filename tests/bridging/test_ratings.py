"""Ratings as columns: ids, duplicates, values, and what the model is fitted to."""

import numpy as np
import pytest

from comity.bridging import Ratings
from comity.errors import InputError
from tests.bridging.synthetic import ratings


def pairs(given):
    """Each rating as (note, rater, value)."""
    return [
        (given.notes[n], given.raters[u], level / 2)
        for n, u, level in zip(given.note, given.rater, given.level, strict=True)
    ]


def test_the_last_of_two_ratings_of_a_note_counts():
    given = Ratings.of(["n", "m", "n"], ["a", "a", "a"], [1, 0.5, 0])
    assert pairs(given) == [("m", "a", 0.5), ("n", "a", 0.0)]


def test_the_latest_counts_where_times_are_known():
    given = Ratings.of(["n", "n", "n"], ["a", "a", "b"], [1, 0, 0.5], [20, 10, 5])
    assert pairs(given) == [("n", "a", 1.0), ("n", "b", 0.5)]
    assert given.time.tolist() == [20, 5]


def test_duplicates_agree_with_a_plain_dictionary():
    rng = np.random.default_rng(5)
    notes, raters = rng.integers(0, 30, 2_000), rng.integers(0, 40, 2_000)
    values = rng.integers(0, 3, 2_000) / 2
    plain = {}
    for note, rater, value in zip(notes, raters, values, strict=True):
        plain[note, rater] = value
    given = Ratings.of(notes, raters, values)
    assert {(n, u): value for n, u, value in pairs(given)} == plain
    assert len(given) == len(plain)


def test_a_value_that_cannot_be_is_named_with_its_row():
    with pytest.raises(InputError, match=r"the rating .*0\.7.* is none of 0, 0\.5 and 1"):
        Ratings.of([1, 2], [1, 2], [1, 0.7])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.5])
def test_no_number_that_is_none_passes(value):
    with pytest.raises(InputError):
        Ratings.of([1], [1], [value])


def test_a_value_that_is_no_number_is_refused():
    with pytest.raises(InputError, match="no number"):
        Ratings.of([1], [1], ["helpful"])


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int64, np.uint32, np.uint64])
@pytest.mark.parametrize("place", ["min", "max"])
def test_whole_numbers_of_every_size_are_ids(kind, place):
    edge = int(getattr(np.iinfo(kind), place))
    numbers = [edge, edge + (1 if place == "min" else -1), edge]
    given = Ratings.of(np.array(numbers, kind), np.array([1, 1, 2], kind), [1, 0, 0.5])
    assert given.notes.tolist() == sorted(set(numbers))
    assert sorted(pairs(given)) == sorted(
        [(numbers[0], 1, 1.0), (numbers[1], 1, 0.0), (numbers[2], 2, 0.5)]
    )


def test_columns_of_different_length_are_refused():
    with pytest.raises(InputError, match="differ in length"):
        Ratings.of([1, 2], [1], [1, 0])


def test_the_filter_keeps_notes_then_raters_then_notes():
    given = ratings(notes=40, raters=50, share=0.2)
    rated = {}
    for note, rater, _ in pairs(given):
        rated.setdefault(note, set()).add(rater)
    notes = {note for note, by in rated.items() if len(by) >= 5}
    counts = {u: sum(u in rated[n] for n in notes) for u in given.raters}
    raters = {u for u, count in counts.items() if count >= 10}
    notes = {note for note in notes if len(rated[note] & raters) >= 5}
    kept = given.filtered()
    assert (set(kept.notes), set(kept.raters)) == (notes, raters)
    assert 0 < len(kept) < len(given)
