"""Opinion groups of a million and of ten million votes, beside red-dwarf where it is installed.

    python -m benchmarks.opinions

One thread, process time, from columns of ids, votes and times in any order to groups,
representative statements and consensus; reading the same from a CSV file is measured apart. The
peer runs on 250,000 of such votes in the same run; `pip install red-dwarf` brings it (to another
environment, say: RED_DWARF names its Python).
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import duckdb
import numpy as np

from comity.opinions import Conversation, Votes
from comity.opinions.reading import read

STATEMENTS = 1_000
SHOWN = 50
"""How many statements each participant votes on."""
SIZES = [250_000, 1_000_000, 10_000_000]
PEER = """
import sys, time, numpy
from reddwarf.implementations.polis import run_pipeline
data = numpy.load(sys.argv[1])
names = ("participant_id", "statement_id", "vote")
rows = zip(*(data[name].tolist() for name in ("who", "what", "vote")))
votes = [dict(zip(names, row)) for row in rows]
started = time.process_time()
run_pipeline(votes=votes)
print(time.process_time() - started)
"""


def conversation(votes: int) -> dict[str, Any]:
    """Three camps, each with a leaning of its own on every statement, and much noise."""
    chance = np.random.default_rng(11)
    people = votes // SHOWN
    camp = chance.integers(0, 3, people)
    leaning = chance.normal(0, 1.2, (3, STATEMENTS)) + chance.normal(0, 0.7, STATEMENTS)
    who = np.repeat(np.arange(people), SHOWN)
    what = np.concatenate([chance.permutation(STATEMENTS)[:SHOWN] for _ in range(people)])
    opinion = leaning[camp[who], what] + chance.normal(0, 1.2, len(who))
    vote = np.where(opinion > 0.4, 1, np.where(opinion < -0.4, -1, 0)).astype(np.int8)
    order = chance.permutation(len(who))
    time = chance.permutation(len(who)).astype(np.float64)
    return {"who": who[order], "what": what[order], "vote": vote[order], "time": time}


def measure(columns: dict[str, Any]) -> float:
    started = process_time()
    found = Conversation.from_votes(Votes.from_columns(*columns.values()))
    assert found.stands
    assert len(found.consensus) == len(found.priorities)
    return process_time() - started


def reading(columns: dict[str, Any]) -> float:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "votes.csv"
        with duckdb.connect() as connection:
            names = ("participant", "statement", "vote", "time")
            named = dict(zip(names, columns.values(), strict=True))
            connection.register("votes", named)
            connection.execute(f"COPY votes TO '{path}' (HEADER)")
        started = process_time()
        assert len(read(path).votes) == len(columns["who"])
        return process_time() - started


def peer(columns: dict[str, Any]) -> float | None:
    with TemporaryDirectory() as folder:
        np.savez(f"{folder}/votes.npz", **columns)
        python = os.environ.get("RED_DWARF", sys.executable)
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | one
        command = [python, "-c", PEER, f"{folder}/votes.npz"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if "No module named 'reddwarf'" in done.stderr:
        return None
    if done.returncode:
        sys.exit(done.stderr)
    return float(done.stdout)


def main() -> None:
    measure(conversation(10_000))  # compiles
    print(f"{'votes':>12}  {'from CSV':>8}  {'seconds':>8}  {'red-dwarf':>10}  {'times':>6}")
    for size in SIZES:
        columns = conversation(size)
        seconds = measure(columns)
        theirs = peer(columns) if size == SIZES[0] else None
        told = f"{theirs:>10.2f}  {theirs / seconds:>6.0f}" if theirs else ""
        from_file = reading(columns)
        print(f"{size:>12,}  {from_file:>8.2f}  {seconds:>8.2f}  {told}", flush=True)


if __name__ == "__main__":
    main()
