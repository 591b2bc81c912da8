"""How often the test for coordinated voting raises a false alarm, and how often it finds a ring.

    python -m benchmarks rings

Honest conversations of several sizes, each simulated two hundred times: people come one after the
other, vote on nearly all statements, and have a mind of their own to different degrees. A ring that
arrives within one of them is what should be found.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from comity.opinions import Conversation, Votes

SIZES = ((50, 30), (200, 50), (1_000, 50))
"""People, and statements that there are."""
TIMES = 200
SHOWN = 0.95
"""The share of statements that each votes on."""
RING = 5

Table = NDArray[np.float64]
Opinions = Callable[[np.random.Generator, int, int], Table]


def camps(chance: np.random.Generator, people: int, statements: int) -> Table:
    """Three camps; within one everyone votes at the camp's rates and independently."""
    leaning = chance.normal(0, 1.2, (3, statements))
    return leaning[chance.integers(0, 3, people)]


def spectrum(chance: np.random.Generator, people: int, statements: int) -> Table:
    """No camps, but two dimensions along which everyone stands somewhere."""
    return chance.normal(0, 1.2, (people, 2)) @ chance.normal(0, 1, (2, statements))


def loyal(chance: np.random.Generator, people: int, statements: int, faith: float = 4.0) -> Table:
    """Two camps, where one in five follows the line of theirs, one in five votes from it."""
    line = chance.normal(0, 1, (2, statements))
    weight = np.where(chance.random(people) < 0.2, faith, 1.0)
    return line[chance.integers(0, 2, people)] * weight[:, None]


def literal(chance: np.random.Generator, people: int, statements: int) -> Table:
    """The same, to the letter: hardly one in twenty votes from it."""
    return loyal(chance, people, statements, faith=30.0)


def ring(chance: np.random.Generator, people: int, statements: int) -> Table:
    """Three camps, and five people with one script among them, who depart from it now and then."""
    opinion = camps(chance, people, statements)
    opinion[people // 2 : people // 2 + RING] = chance.choice([-9.0, 9.0], statements)
    return opinion


KINDS: dict[str, Opinions] = {
    "three camps": camps,
    "a spectrum": spectrum,
    "two camps, a fifth loyal to its line": loyal,
    "two camps, a fifth to the letter": literal,
    "a ring of five": ring,
}


def main() -> None:
    print("| conversations | " + " | ".join(f"{p:,} people" for p, _ in SIZES) + " |")
    print("|---" + "|---:" * len(SIZES) + "|")
    for name in KINDS:
        print(row(name, TIMES), flush=True)


def row(name: str, times: int) -> str:
    """The share of conversations of a kind in which somebody was named, for each size."""
    shares = [
        np.mean([alarmed(KINDS[name], *size, seed) for seed in range(times)]) for size in SIZES
    ]
    return f"| {name} | " + " | ".join(f"{share:.1%}" for share in shares) + " |"


def alarmed(opinions: Opinions, people: int, statements: int, seed: int) -> bool:
    chance = np.random.default_rng(seed)
    mind = opinions(chance, people, statements) + chance.normal(0, 1.2, (people, statements))
    vote = np.where(mind > 0.4, 1, np.where(mind < -0.4, -1, 0))
    voted = chance.random((people, statements)) < SHOWN
    if opinions is ring:
        voted[people // 2 : people // 2 + RING] = True  # who has a script votes on all of it
    who, what = np.nonzero(voted)
    votes = Votes.from_columns(who, what, vote[who, what], 1_000.0 * who + what)
    return bool(Conversation.from_votes(votes).rings)
