"""`comity score`: every row of every kind of file gets its line, in order."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from comity.cli.app import app

RUDE, KIND = "You are a stupid idiot.", "Thank you for your help!"


def run(*arguments: str, text: str | bytes = "") -> tuple[int, list[dict], str]:
    result = CliRunner().invoke(app, ["score", *arguments], input=text)
    return (
        result.exit_code,
        [json.loads(line) for line in result.stdout.splitlines()],
        result.stderr,
    )


def write(folder: Path, ending: str) -> Path:
    path = folder / f"posts.{ending}"
    rows = [RUDE, KIND]
    if ending == "txt":
        path.write_text("\n".join(rows) + "\n", "utf-8")
    elif ending == "csv":
        path.write_text("id,text\n" + "".join(f'1,"{row}"\n' for row in rows), "utf-8")
    elif ending == "jsonl":
        path.write_text("".join(json.dumps({"text": row}) + "\n" for row in rows), "utf-8")
    else:
        duckdb.sql(f"copy (select unnest({rows!r}) as text) to '{path}' (format parquet)")
    return path


@pytest.mark.parametrize("ending", ["txt", "csv", "jsonl", "parquet"])
def test_each_kind_of_file_is_scored_in_order(tmp_path: Path, ending: str) -> None:
    code, (rude, kind), _ = run(str(write(tmp_path, ending)))
    assert code == 0
    assert rude["scores"]["toxicity"] > kind["scores"]["toxicity"]
    assert all(0 <= span["begin"] < span["end"] <= len(RUDE) for span in rude["spans"])


def test_standard_input_is_lines_or_a_table_with_a_column() -> None:
    assert len(run("-", text=f"{RUDE}\n\n{KIND}\n")[1]) == 3
    assert len(run("-", "--column", "body", text=f"body\n{RUDE}\n")[1]) == 1
    assert len(run("-", "--column", "body", text=json.dumps({"body": KIND}))[1]) == 1


def test_only_the_attributes_asked_for_are_given() -> None:
    (line,) = run("-", "--attributes", "insult", text=RUDE)[1]
    assert set(line["scores"]) == {"insult"}


def test_bad_rows_are_named_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b'{"text": "hello"}\nnot json\n[1]\n{"text": 5}\n\xff\n{"text": "bye"}\n')
    code, lines, message = run(str(path))
    assert code == 1
    assert [line.get("line") for line in lines] == [None, 2, 3, 4, 5, None]
    assert "4 of the rows" in message


def test_bad_rows_of_a_table_are_named_too(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(b'id,text\n1,"two\nlines"\n2\n3,\xff\n4,bye\n')
    assert [line.get("line") for line in run(str(path))[1]] == [None, 4, 5, None]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["absent.txt"], 1, "no file absent.txt"),
        (["-", "--tier", "full"], 2, "one tier"),
        (["-", "--attributes", "kindness"], 2, "no kindness"),
        (["-", "--column", "body"], 1, "no column"),
        (["-", "--model", "1999.1"], 1, "no model"),
    ],
)
def test_misuse_is_explained(arguments: list[str], code: int, words: str) -> None:
    result = CliRunner().invoke(app, ["score", *arguments], input="id,text\n1,x\n")
    assert result.exit_code == code
    assert words in result.stderr + str(result.exception or "")
