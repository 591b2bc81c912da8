"""Against what the production engine of Polis recorded on real conversations."""

import csv
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from comity.opinions import (
    Conversation,
    Moderation,
    Tally,
    Votes,
    group_consensus,
    priorities,
    stands,
)
from comity.opinions.reading import read

FOLDERS = [parent / "shared" / "data" for parent in Path(__file__).parents]
DATA = next((folder for folder in FOLDERS if folder.is_dir()), FOLDERS[0])
pytestmark = pytest.mark.skipif(
    not (DATA / "polis").is_dir(), reason="the recorded conversations are not beside the repository"
)

RECORDED = [
    "150ptpt-3gp-no-strict-no-meta",
    "25ptpt-3gp-no-strict-with-meta",
    "below-100-ptpts",
]


class Recording:
    """The votes of a conversation, and what production made of them."""

    def __init__(self, name: str) -> None:
        folder = DATA / "polis-recorded" / name
        self.math = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
        self.votes = Votes.of(
            (
                vote.get("participant_id", vote.get("pid")),
                vote.get("statement_id", vote.get("tid")),
                vote["vote"],
                float(vote["modified"]),
            )
            for vote in json.loads((folder / "votes.json").read_text(encoding="utf-8"))
        )
        meta = frozenset(self.math["meta-tids"])
        out = frozenset(self.math["mod-out"]) - meta
        self.conversation = Conversation.from_votes(self.votes, Moderation(out, meta))
        base = dict(
            zip(
                self.math["base-clusters"]["id"],
                self.math["base-clusters"]["members"],
                strict=True,
            )
        )
        self.groups = {
            person: group["id"]
            for group in self.math["group-clusters"]
            for cluster in group["members"]
            for person in base[cluster]
        }
        labels = np.array([self.groups.get(id_, -1) for id_ in self.votes.participants])
        self.tally = Tally.count(self.votes, labels, len(self.math["group-clusters"]))

    def column(self, name: str) -> np.ndarray[Any, Any]:
        return np.array([self.math[name][str(id_)] for id_ in self.votes.statements])


@pytest.fixture(scope="module", params=RECORDED)
def recording(request: pytest.FixtureRequest) -> Recording:
    return Recording(request.param)


def test_consensus_is_equal(recording: Recording) -> None:
    assert group_consensus(recording.tally) == pytest.approx(
        recording.column("group-aware-consensus"), abs=1e-12
    )


def test_representative_statements_are_equal(recording: Recording) -> None:
    for group, chosen in enumerate(stands(recording.tally, recording.conversation.silent)):
        recorded = recording.math["repness"][str(group)]
        assert [
            (recording.votes.statements[s.column], s.agrees, s.votes, s.seen) for s in chosen
        ] == [
            (r["tid"], r["repful-for"] == "agree", r["n-success"], r["n-trials"]) for r in recorded
        ]
        for mine, theirs in zip(chosen, recorded, strict=True):
            assert math.isclose(mine.ratio, theirs["repness"], rel_tol=1e-12)
            assert math.isclose(mine.share, theirs["p-success"], rel_tol=1e-12)
            # These two are recorded in single precision.
            assert math.isclose(mine.ratio_z, theirs["repness-test"], abs_tol=1e-6)
            assert math.isclose(mine.z, theirs["p-test"], abs_tol=1e-6)


def test_priorities_are_equal(recording: Recording) -> None:
    meta = np.isin(recording.votes.statements, recording.math["meta-tids"])
    extremity = np.array(recording.math["pca"]["comment-extremity"])
    assert priorities(recording.tally, extremity, meta) == pytest.approx(
        recording.column("comment-priorities"), rel=1e-12
    )


def test_components_point_the_same_way(recording: Recording) -> None:
    recorded = np.array(recording.math["pca"]["comps"])
    cosines = np.abs((recording.conversation.components.vectors * recorded).sum(axis=1))
    assert cosines.min() > 0.999999
    assert recording.conversation.components.extremity == pytest.approx(
        recording.math["pca"]["comment-extremity"], abs=1e-4
    )


def test_positions_are_equal_but_for_reflection(recording: Recording) -> None:
    place = {id_: i for i, id_ in enumerate(recording.votes.participants)}
    base = recording.math["base-clusters"]
    alone = [i for i, members in enumerate(base["members"]) if len(members) == 1]
    recorded = np.array([(base["x"][i], base["y"][i]) for i in alone])
    mine = recording.conversation.positions[[place[base["members"][i][0]] for i in alone]]
    sign = np.sign((mine * recorded).sum(axis=0))
    assert mine * sign == pytest.approx(recorded, abs=1e-4)


@pytest.mark.parametrize(("name", "least"), [*zip(RECORDED, (0.88, 1.0, 1.0), strict=True)])
def test_groups_are_those_of_production(name: str, least: float) -> None:
    recording = Recording(name)
    assert agreement(recording.conversation, recording.groups) >= least


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("bg2050-volunteers", 1.0),
        ("ssis.land-bank-farmland.2rumnecbeh.2021-08-01", 0.94),
        ("vtaiwan.uberx", 0.89),
        ("scoop-hivemind.taxes", 0.81),
    ],
)
def test_groups_of_exports_are_those_of_production(name: str, least: float) -> None:
    ballots = read(DATA / "polis" / name)
    conversation = Conversation.from_votes(ballots.votes, ballots.moderation())
    assert agreement(conversation, exported_groups(name)) >= least


def test_what_keeps_the_canadian_conversation_apart_is_where_the_search_starts() -> None:
    """Production's two groups are the better optimum of the same k-means; ours ends before it."""
    from comity.opinions.kmeans import cluster, silhouette, spread

    ballots = read(DATA / "polis" / "canadian-electoral-reform")
    conversation = Conversation.from_votes(ballots.votes, ballots.moderation())
    recorded = exported_groups("canadian-electoral-reform")
    assert agreement(conversation, recorded) < 0.2
    centers = conversation.groups.centers
    base = conversation.groups.base[conversation.inside]
    middle = conversation.positions[conversation.inside].mean(axis=0, keepdims=True)
    start = spread(centers, middle, 3)[1:]
    found, _ = cluster(centers, np.bincount(base).astype(float), start)
    assert silhouette(centers, found) > conversation.groups.silhouettes[2] + 0.3
    ids = [
        id_
        for id_, inside in zip(conversation.votes.participants, conversation.inside, strict=True)
        if inside
    ]
    assert adjusted_rand_score([recorded[id_] for id_ in ids], found[base]) > 0.9


def test_an_export_tells_the_same_twice() -> None:
    """votes.csv and participants-votes.csv of an export agree, but for a vote in a thousand."""
    folder = DATA / "polis" / "bg2050-volunteers"
    one, other = read(folder / "votes.csv").votes, read(folder / "participants-votes.csv").votes
    cells = [
        dict(
            zip(
                (
                    (votes.participants[row], votes.statements[column])
                    for row, column in zip(votes.rows, votes.columns, strict=True)
                ),
                votes.values.tolist(),
                strict=True,
            )
        )
        for votes in (one, other)
    ]
    differing = Counter(cells[0].get(key) == cells[1].get(key) for key in {*cells[0], *cells[1]})
    assert differing[False] <= sum(differing.values()) / 1000


def agreement(conversation: Conversation, recorded: dict[Any, int]) -> float:
    """The adjusted Rand index over those who are in both conversations."""
    mine = dict(
        zip(conversation.votes.participants, conversation.groups.labels.tolist(), strict=True)
    )
    both = [id_ for id_ in recorded if mine.get(id_, -1) >= 0]
    assert len(both) > 0.8 * len(recorded)
    return float(adjusted_rand_score([recorded[id_] for id_ in both], [mine[id_] for id_ in both]))


def exported_groups(name: str) -> dict[int, int]:
    path = DATA / "polis" / name / "participants-votes.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        return {int(r["participant"]): int(r["group-id"]) for r in rows if r["group-id"]}
