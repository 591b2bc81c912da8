"""`comity decide`: a line in, a line out, whatever the line is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from comity.cli.app import app

CHARTER = """
charter: Test
community: test
languages: [en]
values: {respect: {en: Respect.}}
counters:
  author_posts_1h: {count: post.created, by: author, within: 1 hour}
articles:
  - id: leave-room
    value: respect
    title: {en: Leave room}
    text: {en: Two posts an hour.}
    when: author_posts_1h > 2
    then: limit
  - id: mind-the-volume
    value: respect
    title: {en: Mind the volume}
    text: {en: Please do not shout.}
    when: caps_share > 0.7 and length > 20
    then: nudge
"""


def post(number: int, text: str = "Hello there") -> str:
    return json.dumps(
        {
            "id": f"e{number}",
            "source": "forum.example",
            "type": "post.created",
            "time": f"2026-11-23T10:{number:02}:00Z",
            "community": "test",
            "data": {"post": {"id": f"p{number}", "text": text}, "author": {"id": "u1"}},
        }
    )


@pytest.fixture
def charter(tmp_path: Path) -> Path:
    file = tmp_path / "charter.yaml"
    file.write_text(CHARTER, "utf-8")
    return file


def run(charter: Path, events: bytes) -> tuple[int, list[dict]]:
    result = CliRunner().invoke(app, ["decide", "--charter", str(charter)], input=events)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_decisions_come_out_in_order_with_what_was_counted(charter: Path) -> None:
    lines = [post(1), post(2, "WHY IS EVERYBODY SO QUIET TODAY"), post(3), post(4)]
    status, decisions = run(charter, "\n".join(lines).encode())
    assert status == 0
    assert [decision["event"] for decision in decisions] == ["e1", "e2", "e3", "e4"]
    assert [decision["remedy"] for decision in decisions] == ["allow", "nudge", "limit", "limit"]
    assert decisions[3]["signals"]["author_posts_1h"] == 4


def test_a_line_that_is_no_event_is_answered_in_its_place(charter: Path) -> None:
    status, answers = run(charter, f"{post(1)}\nnonsense\n\n{post(2)}\n[]\n".encode())
    assert status == 1
    assert [answer.get("line") for answer in answers] == [None, 2, None, 5]
    assert "not JSON" in answers[1]["error"]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer_and_no_traceback(charter: Path, events: bytes) -> None:
    status, answers = run(charter, events)
    assert status in (0, 1)
    assert all("error" in answer for answer in answers)


def test_a_missing_file_is_said_in_words(charter: Path) -> None:
    command = [sys.executable, "-m", "comity", "decide", "--charter", str(charter), "no-such"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "there is no file no-such" in done.stderr
