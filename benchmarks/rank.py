"""What the bridging rank does to real conversations: approval in the top ten, group by group.

    python -m benchmarks rank

Half of the people are readers, whose votes rank the statements. The other half say what they think
of the ten on top: the share of their votes that agree, in each opinion group that Polis found, mean
of twenty ways to halve the people. The conversations are in the shared data, not in the package.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.bridging import Post, Ratings, rank
from comity.opinions.reading import read

DATA = Path(__file__).parents[2] / "shared/data/polis"
NAMES = {
    "american-assembly.bowling-green": "Bowling Green",
    "bg2050-volunteers": "bg2050-volunteers",
    "canadian-electoral-reform": "canadian-electoral-reform",
    "scoop-hivemind.taxes": "Scoop taxes",
    "ssis.land-bank-farmland.2rumnecbeh.2021-08-01": "land-bank-farmland",
    "vtaiwan.uberx": "vTaiwan UberX",
}
TOP = 10
HALVES = 20

Table = NDArray[Any]


@dataclass(frozen=True)
class Votes:
    """Votes by person and statement, 1 agree, 0.5 pass, 0 disagree; and the group (p,) of each
    person, -1 for none.
    """

    person: Table
    statement: Table
    value: Table
    group: Table


def main() -> None:
    if not DATA.exists():
        print(f"left out: the conversations are not in {DATA}")
        return
    print("| conversation | group | people | most approvals | highest approval | bridging |")
    print("|---|---|---:|---:|---:|---:|")
    for row in rows():
        print(row)


def rows() -> Iterator[str]:
    """The table: a row for each group of each conversation."""
    for folder, name in NAMES.items():
        votes = read_votes(DATA / folder)
        found = np.mean([approvals(votes, seed) for seed in range(HALVES)], axis=0)
        sizes = np.bincount(votes.group[votes.group >= 0])
        for group, people in enumerate(sizes):
            shares = " | ".join(f"{share:.0%}" for share in found[:, group])
            yield f"| {name} | {chr(65 + group)} | {people:,} | {shares} |"


def read_votes(folder: Path) -> Votes:
    """The votes on statements that moderators left in."""
    ballots = read(folder)
    votes, silent = ballots.votes, ballots.moderation().silent
    person = np.repeat(np.arange(len(votes.participants)), np.diff(votes.offsets))
    heard = np.array([id_ not in silent for id_ in votes.statements])[votes.columns]
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as stream:
        groups = {row["participant"]: row["group-id"] for row in csv.DictReader(stream)}
    group = [int(float(groups.get(str(id_)) or -1)) for id_ in votes.participants]
    value = (votes.values[heard] + 1) / 2
    return Votes(person[heard], votes.columns[heard], value, np.array(group))


def approvals(votes: Votes, seed: int) -> list[Table]:
    """What each group (g,) approves of in the top ten of each order."""
    people = len(votes.group)
    reads = (np.random.default_rng(seed).permutation(people) % 2 == 0)[votes.person]
    read_by = Ratings.of(votes.statement[reads], votes.person[reads], votes.value[reads])
    judges = ~reads & (votes.group[votes.person] >= 0)
    return [agreed(votes, judges, order[:TOP]) for order in orders(read_by)]


def orders(reactions: Ratings) -> Iterator[list[Any]]:
    """By how many approve, by the share who do (with one more on either side), and by bridging."""
    many = np.bincount(reactions.note[reactions.level == 2], minlength=len(reactions.notes))
    for plain in (many, (many + 1) / (reactions.ratings_of_notes + 2)):
        yield reactions.notes[np.argsort(-plain, kind="stable")].tolist()
    posts = [Post(id_, datetime(2026, 1, 1, tzinfo=UTC)) for id_ in reactions.notes.tolist()]
    yield [ranked.post for ranked in rank(posts, reactions, {}).posts]


def agreed(votes: Votes, judges: Table, statements: list[Any]) -> Table:
    """The share (g,) of each group's votes on these statements that agree, mean over statements."""
    shape = (votes.group.max() + 1, votes.statement.max() + 1)
    seen, yes = np.zeros(shape), np.zeros(shape)
    at = votes.group[votes.person[judges]], votes.statement[judges]
    np.add.at(seen, at, 1)
    np.add.at(yes, at, votes.value[judges] == 1)
    shares = np.divide(yes, seen, out=np.full(shape, np.nan), where=seen > 0)
    means: Table = np.nanmean(shares[:, statements], axis=1)
    return means
