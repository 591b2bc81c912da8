"""Krippendorff's alpha against values worked by hand, and against its definition in pairs."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import alpha

units = st.lists(st.lists(st.sampled_from([None, "a", "b", "c"]), max_size=5), max_size=8)


def test_a_table_with_missing_values_worked_by_hand():
    # Values that pair: units 1 to 4, nine of them: 5 a, 3 b, 1 c. The fifth has one value alone.
    #   unit 1: a a    no pair differs
    #   unit 2: a b    2 ordered pairs differ, over 2 - 1
    #   unit 3: b b .  no pair differs
    #   unit 4: a a c  4 ordered pairs differ, over 3 - 1
    # Observed: (2 + 4/2) / 9 = 4/9. Expected: (81 - 25 - 9 - 1) / (9 * 8) = 46/72.
    # alpha = 1 - (4/9) / (46/72) = 1 - 32/46 = 7/23.
    table = [["a", "a"], ["a", "b"], ["b", "b", None], ["a", "a", "c"], [None, "c"]]
    assert alpha(table) == pytest.approx(7 / 23)


def test_two_who_never_agree_do_worse_than_chance():
    # Observed: every pair. Expected: 2 * 2 * 2 / (4 * 3) = 2/3. alpha = 1 - 1 / (2/3).
    assert alpha([["a", "b"], ["b", "a"]]) == pytest.approx(-0.5)


def test_full_agreement_on_different_things_is_one():
    assert alpha([["a", "a"], ["b", "b", "b"]]) == 1


@pytest.mark.parametrize("table", [[], [[]], [["a"], ["b"]], [["a", "a"], ["a", "a"]]])
def test_where_nothing_can_differ_nothing_is_said(table):
    assert alpha(table) is None


def by_pairs(table):
    """The definition, pair by pair."""
    judged = [[value for value in unit if value is not None] for unit in table]
    pairable = [unit for unit in judged if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    observed = sum(
        sum(one != other for one, other in permutations(unit, 2)) / (len(unit) - 1)
        for unit in pairable
    ) / max(len(values), 1)
    pairs = list(permutations(values, 2))
    expected = sum(one != other for one, other in pairs) / max(len(pairs), 1)
    return 1 - observed / expected if expected else None


@given(units)
def test_alpha_is_its_definition(table):
    assert alpha(table) == pytest.approx(by_pairs(table))


@given(units, st.randoms(use_true_random=False))
def test_neither_order_nor_who_judged_matters(table, random):
    shuffled = [random.sample(unit, len(unit)) for unit in random.sample(table, len(table))]
    assert alpha(shuffled) == pytest.approx(alpha(table))
