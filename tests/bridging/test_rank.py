"""Posts ordered by what both sides value."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.bridging import Post, Ratings, Weights, fit, rank
from comity.errors import InputError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOBODY = Ratings.of([], [], [])


def posts(*ids):
    """Each a minute older than the one before."""
    return [Post(id_, NOON - timedelta(minutes=place)) for place, id_ in enumerate(ids)]


def order(ranking):
    return [ranked.post for ranked in ranking.posts]


@pytest.fixture(scope="module")
def reactions():
    """A large camp and a small one, who agree on one post only; 30 and 10 readers."""
    camps = {"a": range(30), "b": range(30, 40)}
    rows = []
    for n in range(12):
        for camp, readers in camps.items():
            rows += [(f"for-{'ab'[n % 2]}-{n}", u, float(camp == "ab"[n % 2])) for u in readers]
    rows += [("for-both", u, float(u % 5 > 0)) for u in range(40)]
    return Ratings.of(*zip(*rows, strict=True))


def test_what_both_sides_value_comes_before_what_the_larger_loves(reactions):
    ranking = rank(posts("for-a-0", "for-b-1", "for-both"), reactions, {})
    assert order(ranking) == ["for-both", "for-a-0", "for-b-1"]
    bridging, *_ = ranking.posts
    assert sorted(side.readers for side in bridging.sides) == [10, 30]
    assert [side.approving / side.readers for side in bridging.sides] == [0.8, 0.8]


def test_a_score_is_the_mean_of_both_sides_with_the_prior(reactions):
    weights = Weights({"gratitude": 0.2}, readers=4)
    ranking = rank(posts("for-both"), reactions, {"for-both": {"gratitude": 0.5}}, weights=weights)
    [ranked] = ranking.posts
    assert ranked.prior == pytest.approx(0.6)
    for side in ranked.sides:
        assert side.approval == pytest.approx((side.approving + 4 * 0.6) / (side.readers + 4))
    one, other = ranked.sides
    assert ranked.score == pytest.approx((one.approval * other.approval) ** 0.5)


def test_new_posts_stand_by_their_civility():
    qualities = {"kind": {"gratitude": 0.9, "reasoning": 0.8}, "dull": {"gratitude": 0.1}}
    ranking = rank(posts("unknown", "dull", "kind"), NOBODY, qualities)
    assert order(ranking) == ["kind", "dull", "unknown"]
    assert ranking.posts[0].score == pytest.approx(0.5 + 0.125 * 0.9 + 0.125 * 0.8)
    assert ranking.posts[2].score == 0.5


def test_readers_soon_outweigh_civility(reactions):
    qualities = {"for-a-0": {"gratitude": 1.0}}
    assert order(rank(posts("for-a-0", "for-both"), reactions, qualities))[0] == "for-both"


def test_the_neutral_order_and_the_weights_are_always_there(reactions):
    ranking = rank(posts("for-b-1", "for-both"), reactions, {"for-b-1": {"a": 1, "b": 0}})
    assert ranking.neutral == ("for-b-1", "for-both")
    assert ranking.weights == Weights({"a": 0.125, "b": 0.125}, readers=5)


def test_where_no_sides_are_known_everyone_is_half_on_each():
    few = Ratings.of(["p", "p", "q"], [1, 2, 1], [1, 0, 0.5])
    [p, q] = rank(posts("p", "q"), few, {}).posts
    assert [(side.readers, side.approving) for side in p.sides] == [(1, 0.5)] * 2
    assert [(side.readers, side.approving) for side in q.sides] == [(0.5, 0)] * 2


def test_a_fit_made_before_ranks_the_same(reactions):
    thread = posts("for-a-0", "for-b-1", "for-both")
    fitted = fit(reactions.filtered())
    assert rank(thread, reactions, {}, fitted=fitted) == rank(thread, reactions, {})


@given(st.permutations(range(6)))
def test_the_order_that_posts_come_in_changes_nothing(shuffled):
    thread = [Post(n, NOON - timedelta(minutes=n // 3)) for n in shuffled]
    assert rank(thread, NOBODY, {}).neutral == tuple(range(6))
    assert order(rank(thread, NOBODY, {5: {"gratitude": 0.5}})) == [5, 0, 1, 2, 3, 4]


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0, 1))
def test_one_more_approval_never_harms(yes, no, quality):
    def score(yes):
        said = Ratings.of(["p"] * (yes + no), range(yes + no), np.repeat([1, 0], [yes, no]))
        return rank(posts("p"), said, {"p": {"gratitude": quality}}).posts[0].score

    assert 0 < score(yes) <= score(yes + 1) <= 1


def test_no_posts_are_an_empty_ranking(reactions):
    assert rank([], reactions, {}).posts == ()


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_quality_that_cannot_be_is_named(value):
    with pytest.raises(InputError, match="the quality gratitude of post 'p'"):
        rank(posts("p"), NOBODY, {"p": {"gratitude": value}})


def test_a_post_that_is_there_twice_is_named():
    with pytest.raises(InputError, match="'p' is there twice"):
        rank(posts("p", "q", "p"), NOBODY, {})


@pytest.mark.parametrize(
    "wrong",
    [
        {"qualities": {"gratitude": -0.1}},
        {"qualities": {"gratitude": 0.6}},
        {"qualities": {"gratitude": float("nan")}},
        {"qualities": {}, "readers": 0},
        {"qualities": {}, "readers": float("nan")},
    ],
)
def test_weights_that_cannot_be_are_refused(wrong):
    with pytest.raises(InputError):
        Weights(**wrong)
