"""The process is killed at each statement of a step: all of it stands afterwards, or nothing."""

import json
import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.server.engine import prepare
from tests.server.support import environment

pytestmark = pytest.mark.postgres

CHANGES: dict[str, dict[str, Any]] = {
    "rule": {
        "rulings": 1,
        "strikes": {"counting": 1},
        "cases": {"closed": 1},
        "remedies": ["remove"],
        "messages": 1,
        "entries": 1,
    },
    "file": {"appeals": {"called": 1}, "entries": 1},
    "convene": {
        "appeals": {"before_jury": 1},
        "juries": {"sitting": 1},
        "seats": {"summoned": 5},
        "messages": 5,
        "entries": 1,
    },
    "decline": {"seats": {"declined": 1, "summoned": 5}, "messages": 1, "entries": 1},
    "vote": {"seats": {"declined": 1, "summoned": 4, "voted": 1}, "entries": 1},
    "verdict": {
        "verdicts": 1,
        "strikes": {"lifted": 1},
        "appeals": {"granted": 1},
        "juries": {"decided": 1},
        "seats": {"declined": 1, "voted": 5},
        "remedies": ["allow"],
        "messages": 2,
        "entries": 2,
    },
    "withdraw": {
        "appeals": {"granted": 1, "withdrawn": 1},
        "juries": {"decided": 1, "dissolved": 1},
        "seats": {"declined": 1, "discharged": 5, "voted": 5},
        "entries": 1,
    },
    "refer": {
        "appeals": {"before_stewards": 1, "granted": 1, "withdrawn": 1},
        "messages": 1,
        "entries": 1,
    },
    "decide": {
        "verdicts": 1,
        "strikes": {"counting": 1, "lifted": 2},
        "appeals": {"granted": 2, "withdrawn": 1},
        "remedies": ["allow", "allow", "remove"],
        "messages": 2,
        "entries": 1,
    },
    "object_to": {
        "objections": 1,
        "cases": {"closed": 4, "open": 1},
        "remedies": ["allow", "allow", "allow", "allow", "remove"],
        "entries": 1,
    },
}
"""What each step writes: what there is after it, or how many more."""
COUNTED = ("rulings", "verdicts", "objections", "messages", "entries")


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What was written after each attempt at each step."""
    paths = environment()
    paths["PYTHONPATH"] += os.pathsep + str(Path(__file__).parents[3])
    data = tmp_path_factory.mktemp("crash") / "data"
    prepare(data)
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("crash.py")), str(data)],
        env=paths,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    return {step: list(told) for step, told in groupby(lines, key=lambda line: line[0])}


@pytest.mark.parametrize("step", CHANGES)
def test_a_step_is_all_there_or_not_at_all(attempts, step):
    (_, _, before), *killed, (_, how, after) = attempts[step]
    assert how == "done"
    assert len(killed) > 5
    assert all(attempt == [step, "killed", before] for attempt in killed)
    changed = {
        name: after[name] - before[name] if name in COUNTED else after[name]
        for name in after
        if after[name] != before[name]
    }
    assert changed == CHANGES[step]
