import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact

from comity.proportions import (
    Proportion,
    chance_of_difference,
    difference_interval,
)

proportions = st.integers(1, 3_000).flatmap(
    lambda n: st.integers(0, n).map(lambda k: Proportion(k, n))
)


def test_nothing_of_nothing_has_no_share_and_says_that_anything_is_possible():
    assert Proportion(0, 0).share is None
    assert Proportion(0, 0).interval == (0.0, 1.0)


def test_wilson_agrees_with_a_worked_example():
    # Newcombe (1998), table I, method 3: 81 of 263.
    assert Proportion(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=5e-5)


@given(proportions, st.floats(0.1, 4), st.floats(0, 4))
def test_to_be_surer_takes_a_wider_interval_around_the_share(proportion, z, more):
    low, high = proportion.interval_at(z)
    lower, higher = proportion.interval_at(z + more)
    assert lower - 1e-12 <= low <= proportion.share + 1e-12
    assert proportion.share - 1e-12 <= high <= higher + 1e-12


@settings(max_examples=100, deadline=None)
@given(proportions)
def test_wilson_agrees_with_scipy(proportion):
    theirs = binomtest(proportion.count, proportion.total).proportion_ci(method="wilson")
    assert proportion.interval == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_newcombe_agrees_with_worked_examples():
    # Newcombe (1998), table II, method 10.
    for (a, b), bounds in {
        ((56, 70), (48, 80)): (0.0524, 0.3339),
        ((9, 10), (3, 10)): (0.1705, 0.8090),
        ((5, 56), (0, 29)): (-0.0381, 0.1926),
        ((10, 10), (0, 10)): (0.6075, 1.0),
    }.items():
        got = difference_interval(Proportion(*a), Proportion(*b))
        assert got == pytest.approx(bounds, abs=5e-5)


@settings(max_examples=100, deadline=None)
@given(proportions, proportions)
def test_the_difference_lies_in_its_interval_and_turns_with_its_sides(a, b):
    low, high = difference_interval(a, b)
    assert -1 <= low <= a.share - b.share <= high <= 1
    assert difference_interval(b, a) == pytest.approx((-high, -low))


@settings(max_examples=100, deadline=None)
@given(proportions, proportions)
def test_the_exact_test_agrees_with_scipy(a, b):
    table = [[a.count, a.total - a.count], [b.count, b.total - b.count]]
    assert chance_of_difference(a, b) == pytest.approx(fisher_exact(table).pvalue, abs=1e-6)


def test_the_exact_test_is_not_fooled_by_one_hit_in_a_tiny_group():
    assert chance_of_difference(Proportion(1, 5), Proportion(1_000, 1_000_000)) > 0.004


def test_the_exact_test_takes_a_million_events():
    assert chance_of_difference(Proportion(30_000, 500_000), Proportion(20_000, 500_000)) < 1e-9
    assert chance_of_difference(Proportion(25_000, 500_000), Proportion(25_000, 500_000)) == 1
