"""Small counts stay back, and nobody can compute them from what is shown."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import SMALLEST, suppress
from comity.measures.suppression import is_small

tables = st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=8)


@given(tables)
def test_no_small_count_is_shown_and_no_shown_count_is_changed(table):
    shown = suppress(table)
    assert shown.keys() == table.keys()
    assert all(value is None or value == table[name] for name, value in shown.items())
    assert all(shown[name] is None for name, count in table.items() if is_small(count))


@given(tables)
def test_nothing_is_kept_back_where_nothing_is_small(table):
    large = {name: count for name, count in table.items() if not is_small(count)}
    assert suppress(large) == large


@pytest.mark.parametrize(("categories", "totals"), [(1, 20), (2, 20), (3, 22), (4, 16)])
def test_whoever_knows_the_rule_and_the_total_cannot_tell_any_small_count(categories, totals):
    """Every table there is: those that look alike leave each small count all four ways open."""
    alike = defaultdict(list)
    for counts in product(range(totals), repeat=categories):
        total = sum(counts)
        if total < totals:
            told = None if is_small(total) else total
            alike[*suppress(dict(enumerate(counts))).values(), told].append(counts)
    for (*shown, _), possible in alike.items():
        for place, value in enumerate(shown):
            could_be = {counts[place] for counts in possible}
            if value is None and any(map(is_small, could_be)):
                assert could_be >= set(range(1, SMALLEST))


def test_a_small_count_takes_others_with_it():
    assert suppress({"hold": 40, "limit": 3, "label": 12, "remove": 0}) == {
        "hold": 40,
        "limit": None,
        "label": None,
        "remove": 0,
    }
    assert suppress({"a": 1, "b": 2, "c": 0}) == {"a": None, "b": None, "c": None}
