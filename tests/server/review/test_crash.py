"""The process is killed at each statement of a ruling: all of it stands afterwards, or nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.engine import prepare
from tests.server.support import environment

pytestmark = pytest.mark.postgres


def test_a_ruling_is_all_there_or_not_at_all(tmp_path):
    paths = environment()
    paths["PYTHONPATH"] += os.pathsep + str(Path(__file__).parents[3])
    data = prepare(tmp_path / "data").path
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("crash.py")), str(data)],
        env=paths,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    *killed, last = [json.loads(line) for line in ended.stdout.splitlines()]
    before = killed[0].pop("entries")
    nothing = {"killed": True, "rulings": 0, "strikes": 0, "closed": 0, "messages": 0}
    assert len(killed) > 15
    assert killed[0] == nothing
    assert all(attempt == {**nothing, "entries": before} for attempt in killed[1:])
    assert last == {
        "killed": False,
        "rulings": 1,
        "strikes": 1,
        "closed": 1,
        "messages": 1,
        "entries": before + 1,
    }
