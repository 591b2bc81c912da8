"""A slate speaks for every cohesive group, and not for the largest alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.opinions import Conversation, Moderation, Votes
from comity.opinions.slate import choose


def test_a_minority_gets_its_share() -> None:
    large = [(p, s, 1 if s < 4 else -1) for p in range(60) for s in range(8)]
    small = [(p, s, -1 if s < 4 else 1) for p in range(60, 90) for s in range(8)]
    conversation = Conversation.from_votes([*large, *small])
    seats = conversation.slate(3)
    assert [conversation.votes.statements[seat.column] for seat in seats] == [0, 1, 4]
    assert [seat.agrees for seat in seats] == [60, 60, 30]
    assert all(seat.price is not None for seat in seats)


def test_seats_that_nobody_can_pay_for_go_to_what_most_agree_with() -> None:
    rows = [(p, p % 5, 1) for p in range(9)]
    seats = Conversation.from_votes(rows).slate(2)
    assert [(seat.column, seat.agrees, seat.price) for seat in seats] == [
        (0, 2, None),
        (1, 2, None),
    ]


def test_what_is_moderated_out_is_never_chosen() -> None:
    rows = [(p, s, 1) for p in range(10) for s in range(3)]
    conversation = Conversation.from_votes(rows, Moderation(out=frozenset({0})))
    assert [seat.column for seat in conversation.slate(5)] == [1, 2]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sets(st.integers(0, 6), min_size=1), min_size=1, max_size=14), st.integers(1, 5))
def test_everyone_cohesive_is_represented(ballots: list[set[int]], size: int) -> None:
    """Justified representation: no n / size people share a statement and have none on the slate."""
    votes = Votes.of([(p, s, 1) for p, ballot in enumerate(ballots) for s in ballot])
    seats = choose(votes, size, np.zeros(len(votes.statements), np.bool_))
    chosen = {votes.statements[seat.column] for seat in seats}
    assert len(chosen) == len(seats) == min(size, len(votes.statements))
    empty = [ballot for ballot in ballots if not ballot & chosen]
    for statement in votes.statements:
        assert sum(statement in ballot for ballot in empty) * size < len(ballots)
