"""A conversation holds together whatever the votes, and the same votes give the same one."""

import json
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.opinions import Conversation, Moderation, OpinionsError, Votes

votes = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 9), st.sampled_from((1, 0, -1))), max_size=120
)


def two_camps(people: int = 40, statements: int = 12) -> list[tuple[str, str, int, float]]:
    """Everyone agrees with s0; on the others, two camps vote against each other."""
    chance = random.Random(7)
    rows = []
    for person in range(people):
        side = 1 if person % 2 else -1
        for statement in range(statements):
            value = side if statement % 2 else -side
            if statement == 0:
                value = 1
            elif chance.random() < 0.1:
                value = 0
            rows.append((f"p{person}", f"s{statement}", value, float(len(rows))))
    return rows


def test_two_camps_are_found_and_what_both_share() -> None:
    conversation = Conversation.from_votes(two_camps())
    labels = dict(
        zip(conversation.votes.participants, conversation.groups.labels.tolist(), strict=True)
    )
    assert conversation.groups.count == 2
    assert len({labels[f"p{i}"] for i in range(0, 40, 2)}) == 1
    assert labels["p0"] != labels["p1"]
    shared = conversation.votes.statements[int(conversation.consensus.argmax())]
    assert shared == "s0"
    for group, stands in enumerate(conversation.stands):
        for stand in stands:
            mine = conversation.tally.agrees if stand.agrees else conversation.tally.disagrees
            assert stand.votes == mine[group, stand.column]


def test_the_order_of_rows_changes_nothing() -> None:
    rows = two_camps()
    told = json.dumps(Conversation.from_votes(rows).as_json())
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert json.dumps(Conversation.from_votes(rows).as_json()) == told


@pytest.mark.parametrize(
    "named", [int, str, lambda i: ("id", i), lambda i: f"“{i}”\n,'\x00", lambda i: i * 10**30]
)
def test_ids_are_of_any_type(named) -> None:
    rows = [(named(int(p[1:])), named(int(s[1:])), v, t) for p, s, v, t in two_camps()]
    conversation = Conversation.from_votes(rows)
    assert conversation.groups.count == 2
    assert set(conversation.votes.participants) == {row[0] for row in rows}
    json.dumps(conversation.as_json())


def test_the_last_vote_on_a_statement_counts() -> None:
    timed = Votes.of([("p", "s", 1, 3.0), ("p", "s", -1, 2.0)])
    assert timed.values.tolist() == [1]
    untimed = Votes.of([("p", "s", 1), ("p", "s", -1)])
    assert untimed.values.tolist() == [-1]


def test_statements_moderated_out_do_not_move_anyone() -> None:
    rows = two_camps()
    silent = Moderation(out=frozenset({"s1"}), meta=frozenset({"s2"}))
    turned = [(p, s, -v if s in ("s1", "s2") else v, t) for p, s, v, t in rows]
    one = Conversation.from_votes(rows, silent)
    other = Conversation.from_votes(turned, silent)
    assert np.array_equal(one.positions, other.positions)
    assert one.components.vectors[:, one.silent].tolist() == [[0, 0], [0, 0]]
    assert one.priorities[one.votes.statements.index("s1")] == 0
    assert one.priorities[one.votes.statements.index("s2")] == 49
    chosen = {one.votes.statements[stand.column] for stands in one.stands for stand in stands}
    assert not chosen & {"s1", "s2"}


@settings(max_examples=60, deadline=None)
@given(votes)
def test_no_votes_make_a_result_that_is_not_finite(rows: list[tuple[int, int, int]]) -> None:
    conversation = Conversation.from_votes(rows)
    told = conversation.as_json()
    json.dumps(told, allow_nan=False)
    assert np.isfinite(conversation.priorities).all()
    for stands in conversation.stands:
        assert all(math.isfinite(stand.score) for stand in stands)
    grouped = [person["group"] for person in told["participants"] if person["group"] is not None]
    assert set(grouped) == set(range(told["groups"]))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("p", "s", 1)],
        [(p, s, 1) for p in range(20) for s in range(9)],
        [(p, p, -1) for p in range(30)],
    ],
    ids=["none", "one", "all the same", "islands"],
)
def test_degenerate_votes_have_a_defined_result(rows: list[tuple[int, int, int]]) -> None:
    told = Conversation.from_votes(rows).as_json()
    assert all(person["x"] == person["y"] == 0 for person in told["participants"])
    assert told["groups"] == min(len(rows), 1)


@pytest.mark.parametrize(
    "rows",
    [
        [("p", "s", 2)],
        [("p", "s", float("nan"))],
        [("p", "s", "agree")],
        [("p", float("nan"), 1)],
        [("p", ["s"], 1)],
        [("p", "s", 1, float("inf"))],
        [("p", "s", 1), ("p", "s", 1, 2.0)],
        [("p", "s")],
    ],
)
def test_votes_that_cannot_be_are_refused_in_words(rows: list[tuple[object, ...]]) -> None:
    with pytest.raises(OpinionsError, match=r"vote|id"):
        Conversation.from_votes(rows)


def test_updates_keep_the_groups_numbers_and_reach_the_whole() -> None:
    rows = two_camps()
    conversation = Conversation.from_votes(rows[:240])
    before = dict(
        zip(conversation.votes.participants, conversation.groups.labels.tolist(), strict=True)
    )
    for begin in range(240, 480, 30):
        conversation = conversation.update(rows[begin : begin + 30])
        labels = dict(
            zip(conversation.votes.participants, conversation.groups.labels.tolist(), strict=True)
        )
        assert all(labels[id_] == group for id_, group in before.items() if group >= 0)
        before = labels
    whole = Conversation.from_votes(rows)
    assert conversation.consensus == pytest.approx(whole.consensus, abs=1e-12)
    cosines = np.abs((conversation.components.vectors * whole.components.vectors).sum(axis=1))
    assert cosines[0] > 0.999999


def test_the_number_of_groups_changes_only_after_four_updates_that_agree() -> None:
    conversation = Conversation.from_votes(two_camps(people=40))
    assert conversation.groups.count == 2
    chance = random.Random(3)
    third = [
        (f"q{i}", f"s{s}", (1, 1, -1, -1)[s % 4] if s else 1, 1e4 + 100 * i + s)
        for i in range(40)
        for s in range(12)
        if chance.random() < 0.95
    ]
    conversation = conversation.update(third)
    preferred = conversation.groups.preferred
    assert preferred > 2
    counts = [conversation.groups.count]
    for i in range(4):
        conversation = conversation.update([("p0", "s0", 1, 1e5 + i)])
        counts.append(conversation.groups.count)
    assert counts == [2, 2, 2, preferred, preferred]
