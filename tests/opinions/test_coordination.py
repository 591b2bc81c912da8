"""Near-identical votes that arrive together are reported, and still count."""

import random

import pytest

from benchmarks.rings import KINDS, alarmed
from comity.opinions import Conversation

Row = tuple[str, int, int, float]


def crowd(people: int = 240, statements: int = 60) -> list[Row]:
    """Two camps of people who differ among themselves, one after the other."""
    chance = random.Random(5)
    return [
        (
            f"p{person}",
            statement,
            chance.choices((1, -1, 0), (6, 2, 2) if (person + statement) % 2 else (2, 6, 2))[0],
            100.0 * person + statement,
        )
        for person in range(people)
        for statement in range(statements)
        if chance.random() < 0.9
    ]


def ring(times: list[float], statements: int = 60) -> list[Row]:
    """People with one script, each of whom departs from it once."""
    chance = random.Random(6)
    script = [chance.choice((1, -1)) for _ in range(statements)]
    return [
        (f"r{i}", s, script[s] if s != i else -script[s], time + s / 100)
        for i, time in enumerate(times)
        for s in range(statements)
    ]


def test_people_who_only_think_alike_are_no_ring() -> None:
    assert Conversation.from_votes(crowd()).rings == ()


def test_a_ring_that_arrives_together_is_named() -> None:
    conversation = Conversation.from_votes([*crowd(), *ring([5000.0 + i for i in range(6)])])
    (found,) = conversation.rings
    assert set(found.participants) == {f"r{i}" for i in range(6)}
    assert found.chance < 0.001


def test_its_votes_still_count() -> None:
    rows = [*crowd(), *ring([5000.0 + i for i in range(6)])]
    conversation = Conversation.from_votes(rows)
    assert len(conversation.votes) == len(rows)
    assert conversation.tally.seen.sum() == len(rows)


def test_the_same_votes_from_far_apart_are_no_ring() -> None:
    rows = [*crowd(), *ring([0.0, 8000.0, 16000.0])]
    assert Conversation.from_votes(rows).rings == ()


def test_where_it_is_not_known_who_came_when_there_are_no_rings() -> None:
    rows = [row[:3] for row in [*crowd(), *ring([5000.0, 5001.0, 5002.0])]]
    assert Conversation.from_votes(rows).rings == ()


@pytest.mark.parametrize(
    "kind", ["three camps", "a spectrum", "two camps, a fifth loyal to its line"]
)
def test_honest_conversations_raise_no_alarm(kind) -> None:
    assert not any(alarmed(KINDS[kind], 200, 50, seed) for seed in range(15))


def test_a_ring_among_three_camps_is_found_every_time() -> None:
    assert all(alarmed(KINDS["a ring of five"], 200, 50, seed) for seed in range(15))
