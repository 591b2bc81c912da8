"""`comity score`: every row of every kind of file gets its line, in order."""

import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from comity.cli.app import app
from comity.errors import InputError

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
    assert "4 rows hold no text" in message


def test_bad_rows_of_a_table_are_named_too(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(b'id,text\n1,"two\nlines"\n2\n3,\xff\n4,bye\n')
    assert [line.get("line") for line in run(str(path))[1]] == [None, 4, 5, None]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["absent.txt"], 2, "no file absent.txt"),
        (["-", "--tier", "half"], 2, "'half' is not one of"),
        (["-", "--attributes", "kindness"], 2, "no `kindness`"),
        (["-", "--column", "body"], 1, "no column"),
        (["-", "--model", "1999.1"], 1, "no model"),
    ],
)
def test_misuse_is_explained(arguments: list[str], code: int, words: str) -> None:
    result = CliRunner().invoke(app, ["score", *arguments], input="id,text\n1,x\n")
    assert result.exit_code == code
    assert words in result.stderr + str(result.exception or "")


def test_an_empty_input_has_no_texts() -> None:
    assert run("-") == (0, [], "")
    assert run("-", "--column", "text") == (0, [], "")


def test_attributes_may_stand_apart() -> None:
    (line,) = run("-", "--attributes", "insult, Toxicity", text=RUDE)[1]
    assert set(line["scores"]) == {"insult", "toxicity"}


@pytest.mark.parametrize("name", ["a*.parquet", "a?.parquet", "a[b].parquet"])
def test_a_name_is_no_pattern(tmp_path: Path, name: str) -> None:
    write(tmp_path, "parquet").rename(tmp_path / name)
    (tmp_path / "ab.parquet").write_bytes(b"PAR1")
    assert len(run(str(tmp_path / name))[1]) == 2


def _fails_in_words(folder: Path, name: str, content: bytes, *arguments: str) -> None:
    path = folder / name
    path.write_bytes(content)
    result = CliRunner().invoke(app, ["score", str(path), *arguments])
    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit | InputError)
    assert "Traceback" not in result.stderr
    for line in result.stdout.splitlines():
        assert json.loads(line).keys() in ({"language", "scores", "spans"}, {"line", "error"})


_BITS = st.sampled_from(
    [
        b"text",
        b"id,text\n",
        b"\n",
        b"\r",
        b'"',
        b",",
        b"\t",
        b"{",
        b"}",
        b'{"text": "hi"}',
        b"[",
        b"\x00",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\xe8\xb0",
        "谢谢".encode(),
        b'"\\ud800"',
        b"PAR1",
        b":",
        b"1e999",
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(["a.txt", "a.csv", "a.tsv", "a.jsonl", "a.parquet", "a"]),
    content=st.one_of(st.binary(max_size=200), st.lists(_BITS, max_size=30).map(b"".join)),
    arguments=st.sampled_from([(), ("--column", "text"), ("--column", 'a"b')]),
)
def test_any_bytes_are_answered_in_words(
    tmp_path: Path, name: str, content: bytes, arguments: tuple[str, ...]
) -> None:
    _fails_in_words(tmp_path, name, content, *arguments)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_parquet_file_is_answered_in_words(tmp_path: Path, data: st.DataObject) -> None:
    whole = write(tmp_path, "parquet").read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    _fails_in_words(tmp_path, "b.parquet", damaged[: data.draw(st.integers(0, len(whole)))])
