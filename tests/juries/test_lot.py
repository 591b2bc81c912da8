"""Drawing by lot: fair, repeatable, and the same on any machine."""

from collections import Counter
from hashlib import sha256
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.juries import draw, seed_of, ticket

ids = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=8)
pools = st.sets(ids, min_size=1, max_size=40)


@st.composite
def lots(draw_from):
    members = draw_from(pools)
    excluded = draw_from(st.sets(st.sampled_from(sorted(members)), max_size=len(members) - 1))
    groups = draw_from(st.dictionaries(st.sampled_from(sorted(members)), st.sampled_from("ABC")))
    size = draw_from(st.integers(1, len(members - excluded)))
    return members, size, draw_from(st.text()), groups, excluded


def by_the_book(members, size, seed, groups, excluded):
    """The page of the docs as a program, written from it alone."""

    def lot(member):
        return sha256((seed + "\n" + member).encode()).hexdigest()

    pool = sorted(set(members) - set(excluded), key=lot)
    names = sorted({groups.get(member, "") for member in pool})
    line = [name for name in names for member in pool if groups.get(member, "") == name]
    begin = int(lot(""), 16) % len(pool)
    seats = Counter(line[(begin + i * len(pool)) // size] for i in range(size))
    jury = []
    for name in names:
        jury += [member for member in pool if groups.get(member, "") == name][: seats[name]]
    return sorted(jury, key=lot)


@settings(max_examples=200, deadline=None)
@given(lots())
def test_a_stranger_draws_the_same_jury(lot):
    assert list(draw(*lot).jurors) == by_the_book(*lot)


@settings(max_examples=100, deadline=None)
@given(lots(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(lot, random):
    members, *rest = lot
    shuffled = [*members, *members]
    random.shuffle(shuffled)
    assert draw(shuffled, *rest) == draw(members, *rest)


@settings(max_examples=200, deadline=None)
@given(lots())
def test_nobody_sits_twice_and_nobody_who_is_excluded_sits(lot):
    members, size, seed, _, excluded = lot
    drawn = draw(*lot)
    assert len(drawn.jurors) == size
    assert sorted((*drawn.jurors, *drawn.reserve)) == sorted(members - excluded)
    tickets = [ticket(seed, juror) for juror in drawn.jurors]
    assert tickets == sorted(tickets)


@settings(max_examples=200, deadline=None)
@given(lots())
def test_each_group_gets_its_share_rounded_down_or_up(lot):
    members, size, _, groups, excluded = lot
    eligible = members - excluded
    sizes = Counter(groups.get(member, "") for member in eligible)
    seats = Counter(groups.get(juror, "") for juror in draw(*lot).jurors)
    for group, count in sizes.items():
        assert abs(seats[group] - size * count / len(eligible)) < 1


@pytest.mark.parametrize("size", [1, 5])
def test_everyone_is_equally_likely_whatever_their_group(size):
    # Groups of 1, 2, 6 and 11: with fixed rounding the smallest would never be drawn.
    sizes = {"A": 1, "B": 2, "C": 6, "D": 11}
    groups = {f"{name}{i}": name for name, count in sizes.items() for i in range(count)}
    rounds = 1_500
    drawn = Counter()
    for number in range(rounds):
        drawn.update(draw(groups, size, f"seed {number}", groups).jurors)
    expected = rounds * size / len(groups)
    spread = sqrt(expected * (1 - size / len(groups)))
    assert all(abs(drawn[member] - expected) < 4.5 * spread for member in groups)


def test_without_groups_the_lowest_tickets_are_drawn():
    members = [f"m{i}" for i in range(50)]
    drawn = draw(members, 5, "a seed")
    assert list(drawn.jurors) == sorted(members, key=lambda one: ticket("a seed", one))[:5]


@settings(max_examples=100, deadline=None)
@given(lots(), st.data())
def test_a_successor_is_next_in_the_same_order_and_group(lot, data):
    *_, groups, _ = lot
    drawn = draw(*lot)
    juror = data.draw(st.sampled_from(drawn.jurors))
    if not drawn.reserve:
        with pytest.raises(ValueError, match="nobody is left"):
            drawn.replace(juror)
        return
    after = drawn.replace(juror)
    [successor] = set(after.jurors) - set(drawn.jurors)
    alike = [one for one in drawn.reserve if groups.get(one, "") == groups.get(juror, "")]
    assert successor == (alike or drawn.reserve)[0]
    assert juror not in (*after.jurors, *after.reserve)


def test_replacing_one_after_the_other_goes_through_all_who_may_serve():
    members = {f"m{i}" for i in range(12)}
    drawn = draw(members, 3, "seed")
    served = set(drawn.jurors)
    while drawn.reserve:
        drawn = drawn.replace(drawn.jurors[0])
        served |= set(drawn.jurors)
    assert served == members


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(ValueError, match="2 may serve, so no jury of 3 can be drawn"):
        draw(["a", "b", "c"], 3, "seed", excluded={"c"})
    with pytest.raises(ValueError, match="no jury of 0"):
        draw(["a"], 0, "seed")
    with pytest.raises(ValueError, match="`x` is not on this jury"):
        draw(["a"], 1, "seed").replace("x")


def test_the_seed_is_the_root_and_the_case():
    assert seed_of(bytes(32), "c17") == "0" * 64 + "\nc17"


def test_a_draw_worked_by_hand():
    # printf '%064d\nc17\nm1' 0 | sha256sum, and so on, begins with 982f, baff, cdf0 and 32c4.
    seed = seed_of(bytes(32), "c17")
    members = ["m1", "m2", "m3", "m4"]
    assert [ticket(seed, member)[:4] for member in members] == ["982f", "baff", "cdf0", "32c4"]
    assert draw(members, 2, seed).jurors == ("m4", "m1")
