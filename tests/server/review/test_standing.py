"""Standing and the ladder: pure functions of strikes and time; and lots that can be drawn again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.charter import AccountRemedy
from comity.charter.procedures import Ladder, Rung
from comity.server.review.draw import is_drawn
from comity.server.review.standing import Count, reached, standing

pytestmark = pytest.mark.postgres

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)
LADDER = Ladder(2, Rung(4, DAY), Rung(8, 7 * DAY))
moments = st.integers(-400, 400).map(lambda days: NOW + days * DAY)
strikes = st.builds(
    Count,
    st.integers(0, 20),
    moments,
    moments,
    st.sampled_from(["counting", "lapsed", "redeemed", "lifted"]),
)


def test_what_expired_was_lifted_or_redeemed_counts_no_more():
    def given_at(days, state="counting"):
        return Count(2, NOW - days * DAY, NOW - days * DAY + 90 * DAY, state)

    assert standing([given_at(1), given_at(89), given_at(90), given_at(1, "lifted")], NOW) == 4
    assert standing([given_at(1, "redeemed"), given_at(200, "lapsed")], NOW) == 0
    assert standing([], NOW) == 0


@given(st.lists(strikes), strikes)
def test_one_more_strike_never_betters_a_standing(some, one):
    assert standing([*some, one], NOW) >= standing(some, NOW) >= 0


@given(st.lists(strikes))
def test_time_alone_clears_everything(some):
    assert standing(some, NOW + 800 * DAY) == 0


def test_the_ladder_is_climbed_rung_by_rung():
    def at(before, after):
        rest = reached(LADDER, before, after)
        return (rest.account, rest.duration) if rest else None

    assert at(0, 1) is None
    assert at(0, 2) == (AccountRemedy.WARN, None)
    assert at(2, 4) == (AccountRemedy.MUTE, DAY)
    assert at(0, 9) == (AccountRemedy.SUSPEND, 7 * DAY)
    assert at(9, 10) == (AccountRemedy.SUSPEND, 7 * DAY)
    assert at(4, 4) is None


@given(st.integers(0, 40), st.integers(0, 20), st.integers(0, 20))
def test_a_worse_standing_never_comes_to_less(before, a, b):
    low, high = sorted((a, b))
    less, more = reached(LADDER, before, before + low), reached(LADDER, before, before + high)
    assert less is None or (more is not None and more.account >= less.account)


@given(st.binary(min_size=1, max_size=64), st.integers(1, 2**62), st.floats(0, 1))
def test_a_lot_falls_the_same_way_each_time_and_a_larger_share_draws_no_fewer(seed, case, share):
    drawn = is_drawn(seed, case, share)
    assert drawn == is_drawn(seed, case, share)
    assert is_drawn(seed, case, 1.0)
    assert not is_drawn(seed, case, 0.0)
    assert not drawn or is_drawn(seed, case, min(1.0, share + 0.1))


def test_the_lot_falls_on_the_share_that_it_should():
    drawn = sum(is_drawn(b"seed", case, 0.05) for case in range(20_000))
    assert 900 < drawn < 1_100
