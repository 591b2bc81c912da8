"""Lifecycles: what is wrong with one is said when it is declared, and steps keep to the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.server.lifecycle import ACTORS, Lifecycle, LifecycleError, StepRefused, Transition
from comity.server.review.lifecycles import CASE, LIFECYCLES


def door(*more: Transition, states: tuple[str, ...] = ("open", "shut", "walled up")) -> Lifecycle:
    return Lifecycle(
        name="door",
        states=states,
        initial="open",
        finals=("walled up",),
        transitions=(
            Transition("shut", ("open",), "shut", by=("member",)),
            Transition("open", ("shut",), "open", by=("member", "steward")),
            Transition("wall_up", ("shut",), "walled up", by=("steward",)),
            *more,
        ),
    )


def test_a_step_gives_the_next_state():
    assert door().step("open", "shut", by="member") == "shut"
    assert door().step("shut", "wall_up", by="steward") == "walled up"


def test_a_step_that_is_not_possible_says_what_is():
    with pytest.raises(StepRefused, match="a door that is shut cannot shut; possible: open, wall"):
        door().step("shut", "shut", by="member")
    with pytest.raises(StepRefused, match="nothing; it is at its end"):
        door().step("walled up", "open", by="member")


def test_a_step_is_refused_to_whom_it_is_not_for():
    with pytest.raises(StepRefused, match="`wall_up` is for steward, not for member"):
        door().step("shut", "wall_up", by="member")
    with pytest.raises(StepRefused, match="is for member or steward, not for juror"):
        door().step("shut", "open", by="juror")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Transition("lock", ("shut",), "locked", by=("member",)), "`locked` is not one of its"),
        (Transition("open", ("shut",), "walled up", by=("member",)), "leads out of `shut` twice"),
        (Transition("break", ("walled up",), "open", by=("member",)), "final, and `break` leads"),
        (Transition("kick", ("shut",), "open", by=("burglar",)), "for `burglar`, which is none of"),
        (Transition("kick", (), "open", by=("member",)), "nobody can `kick`"),
        (Transition("kick", ("shut",), "open", by=()), "nobody can `kick`"),
    ],
)
def test_a_wrong_way_is_named_when_the_lifecycle_is_declared(wrong, message):
    with pytest.raises(LifecycleError, match=message):
        door(wrong)


def test_states_that_nothing_leads_to_or_out_of_are_named():
    with pytest.raises(LifecycleError, match="`ajar` cannot be reached from `open`"):
        door(states=("open", "shut", "walled up", "ajar"))
    trap = Transition("jam", ("shut",), "jammed", by=("member",))
    with pytest.raises(LifecycleError, match="`jammed` leads to no final state"):
        door(trap, states=("open", "shut", "walled up", "jammed"))


def test_all_mistakes_are_told_at_once():
    with pytest.raises(LifecycleError) as told:
        door(
            Transition("kick", ("shut",), "open", by=("burglar",)),
            Transition("open", ("shut",), "open", by=("member",)),
        )
    assert len(str(told.value).splitlines()) == 2


@given(st.data())
def test_whatever_is_tried_a_lifecycle_ends_only_at_its_end(data):
    cycle = data.draw(st.sampled_from(LIFECYCLES))
    names = sorted({way.name for way in cycle.transitions})
    state = cycle.initial
    for name, actor in data.draw(
        st.lists(st.tuples(st.sampled_from(names), st.sampled_from(ACTORS)), max_size=20)
    ):
        possible = {way.name for way in cycle.ways(state) if actor in way.by}
        if name in possible:
            state = cycle.step(state, name, actor)
            assert state in cycle.states
        else:
            with pytest.raises(StepRefused):
                cycle.step(state, name, actor)
    assert bool(cycle.ways(state)) is (state not in cycle.finals)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), min_size=1, max_size=12
    )
)
def test_what_is_let_through_can_always_come_to_its_end(edges):
    states = tuple(dict.fromkeys(state for edge in edges for state in edge))
    finals = tuple(s for s in states if s not in {source for source, _ in edges})
    ways = tuple(
        Transition(f"way {i}", (source,), to, by=("member",))
        for i, (source, to) in enumerate(edges)
    )
    try:
        cycle = Lifecycle("thing", states, states[0], finals, ways)
    except LifecycleError:
        return
    for state in states:
        reached = {state}
        for _ in states:
            reached |= {way.to for known in reached for way in cycle.ways(known)}
        assert reached & set(finals)


def test_only_a_steward_settles_what_two_reviewers_see_differently():
    with pytest.raises(StepRefused):
        CASE.step("disputed", "settle", by="reviewer")
    assert CASE.step("disputed", "settle", by="steward") == "closed"
