"""`comity opinions` writes the document that the design promises."""

import json
import subprocess
import sys
from pathlib import Path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "comity", "opinions", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_document_is_the_one_that_was_promised(tmp_path: Path) -> None:
    rows = ["participant,statement,vote"]
    rows += [f"p{p},s{s},{1 if (p + s) % 2 else -1}" for p in range(20) for s in range(8)]
    (tmp_path / "votes.csv").write_text("\n".join(rows) + "\n")
    out = tmp_path / "groups.json"
    done = run(tmp_path / "votes.csv", "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert json.loads(out.read_text()) == told
    assert set(told) == {"groups", "islands", "participants", "statements"}
    assert told["groups"] == 2
    assert set(told["participants"][0]) == {"id", "x", "y", "group"}
    statement = told["statements"][0]
    assert set(statement) == {"id", "agrees", "disagrees", "passes", "consensus", "groups"}
    assert statement["agrees"] == statement["disagrees"] == 10
    assert set(statement["groups"][0]) == {
        "group",
        "agrees",
        "disagrees",
        "seen",
        "representativeness",
    }


def test_a_page_is_written_in_the_language_asked_for(tmp_path: Path) -> None:
    rows = ["participant,statement,vote"]
    rows += [f"p{p},s{s},{1 if (p + s) % 2 else -1}" for p in range(20) for s in range(8)]
    (tmp_path / "votes.csv").write_text("\n".join(rows) + "\n")
    (tmp_path / "said.csv").write_text("id,text\ns0,多种树\n", encoding="utf-8")
    page = tmp_path / "report.html"
    done = run(
        tmp_path / "votes.csv",
        "--statements",
        tmp_path / "said.csv",
        "--html",
        page,
        "--language",
        "zh-Hans",
    )
    assert done.returncode == 0, done.stderr
    assert "意见地图" in page.read_text("utf-8")
    assert "多种树" in page.read_text("utf-8")


def test_a_wrong_vote_ends_it_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text("participant,statement,vote\np,s,5\n")
    done = run(tmp_path / "votes.csv", "--json")
    assert done.returncode == 1
    assert "votes.csv:2:5" in done.stderr
    assert not done.stdout
