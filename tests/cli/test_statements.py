"""`comity statements check`, as people run it."""

import json

import pytest
from typer.testing import CliRunner

from comity.cli.app import app
from comity.statements.dsa import batches, record
from tests.statements.statements import statement


@pytest.fixture
def file(tmp_path):
    made = [record(statement()) | {"puid": f"s-{number}"} for number in range(101)]
    path = tmp_path / "statements.jsonl"
    path.write_text("".join(json.dumps(batch) + "\n" for batch in batches(made)))
    return path


def run(*words: object):
    return CliRunner().invoke(app, ["statements", *map(str, words)])


def test_statements_that_are_right_may_go(file):
    done = run("check", file)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "101 statements: all may be handed in." in done.stderr


def test_what_is_wrong_is_said_with_its_line(file):
    file.write_text(file.read_text().replace("SOURCE_VOLUNTARY", "SOURCE_UNKNOWN", 1))
    done = run("check", file)
    assert done.exit_code == 1
    assert f"{file}:1: error: `source_type` cannot be `SOURCE_UNKNOWN`" in done.stdout
    told = json.loads(run("check", file, "--json").stdout)
    assert told["statements"] == 101
    assert [fault["line"] for fault in told["faults"]] == [1]


def test_standard_input_is_read_too():
    done = CliRunner().invoke(app, ["statements", "check", "-"], input="{}\n")
    assert done.exit_code == 1
    assert "`puid` is missing" in done.stdout
