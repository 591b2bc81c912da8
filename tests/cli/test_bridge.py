"""`comity bridge`, from a file of ratings to tables of notes and raters."""

import json
import sys

import duckdb
import numpy as np
import pytest

from comity.cli import main
from tests.bridging.synthetic import columns


@pytest.fixture
def comity(monkeypatch, capsys):
    """Run the command: (exit code, standard output, standard error)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["comity", "bridge", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


@pytest.fixture
def ratings(tmp_path):
    path = tmp_path / "ratings.csv"
    rows = [f"n{note},u{rater},{value:g}" for note, rater, value in zip(*columns(), strict=True)]
    path.write_text("\n".join(["note,rater,value", *rows, "lonely,u1,1"]) + "\n")
    return path


@pytest.mark.parametrize("ending", ["parquet", "csv", "tsv", "jsonl"])
def test_the_notes_are_a_table_of_the_kind_that_its_ending_says(comity, ratings, ending):
    out = ratings.with_name(f"notes.{ending}")
    code, text, _ = comity(ratings, "--out", out)
    assert (code, text) == (0, "")
    table = duckdb.read_json(str(out)) if ending == "jsonl" else duckdb.sql(f"FROM '{out}'")
    assert table.columns == ["note", "ratings", "intercept", "factor", "status"]
    rows = table.fetchall()
    assert len(rows) == 61
    assert {row[4] for row in rows} == {"helpful", "not_helpful", "needs_more_ratings"}


def test_a_note_with_too_few_ratings_is_listed_without_a_hole(comity, ratings):
    out = ratings.with_name("notes.parquet")
    comity(ratings, "--out", out)
    [row] = duckdb.sql(f"FROM '{out}' WHERE note = 'lonely'").fetchall()
    assert row[1] == 1
    assert row[4] == "needs_more_ratings"
    holes = "isnan(intercept) OR isnan(factor) OR intercept IS NULL OR factor IS NULL"
    assert not duckdb.sql(f"FROM '{out}' WHERE {holes}").fetchall()


def test_raters_and_a_summary(comity, ratings):
    raters = ratings.with_name("raters.csv")
    code, text, _ = comity(
        ratings, "--out", raters.with_name("n.csv"), "--raters", raters, "--json"
    )
    summary = json.loads(text)
    assert code == 0
    assert (summary["notes"], summary["raters"], summary["islands"]) == (61, 80, 1)
    assert summary["fitted"]["notes"] == 60
    assert summary["gradient"] < 1e-6
    assert sum(summary["statuses"].values()) == 61
    table = duckdb.sql(f"FROM '{raters}'")
    assert table.columns == ["rater", "ratings", "intercept", "factor"]
    assert len(table.fetchall()) == 80


def test_official_files_are_read_as_they_are(comity, tmp_path):
    words = {0: "NOT_HELPFUL", 0.5: "SOMEWHAT_HELPFUL", 1: "HELPFUL"}
    rows = ["noteId\traterParticipantId\tcreatedAtMillis\thelpful\tnotHelpful\thelpfulnessLevel"]
    for number, (note, rater, value) in enumerate(zip(*columns(), strict=True)):
        old = number % 3 == 0 and value != 0.5
        fields = [int(value), 1 - int(value), ""] if old else [0, 0, words[value]]
        rows.append(
            "\t".join(map(str, [10**18 + note, f"A{rater:064X}", 1_600_000 + number, *fields]))
        )
    rows.append(f"{10**18}\tB\t1600000\t0\t0\t")  # says nothing, and is left out
    official = tmp_path / "ratings-00000.tsv"
    official.write_text("\n".join(rows) + "\n")
    plain = tmp_path / "plain.csv"
    lines = [f"{10**18 + n},A{u:064X},{v}" for n, u, v in zip(*columns(), strict=True)]
    plain.write_text("\n".join(["note,rater,value", *lines]))
    tables = []
    for path in (official, plain):
        out = path.with_name(f"{path.stem}.notes.csv")
        assert comity(path, "--out", out)[0] == 0
        tables.append(out.read_text())
    assert tables[0] == tables[1]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("n,u,0.7", ":3:5: error: `value` is no rating"),
        ("n,u,", ":3:5: error: `value` is no rating"),
        ("n,u,nan", ":3:5: error: `value` is no rating"),
        ("n,,1", ":3:3: error: `rater` is empty"),
        (",u,1", ":3:1: error: `note` is empty"),
        ('"a\nb",u,9', ":4: error: `value` is no rating"),
        ("n,u,1,1", ":3: error: this row cannot be read"),
        ("n,u", ":3: error: this row cannot be read"),
    ],
)
def test_a_row_that_cannot_be_is_named_with_its_place(comity, tmp_path, rows, said):
    path = tmp_path / "ratings.csv"
    path.write_text(f"note,rater,value\na,b,1\n{rows}\n")
    code, _, err = comity(path, "--out", tmp_path / "notes.csv")
    assert code == 1
    assert f"ratings.csv{said}" in err
    assert not (tmp_path / "notes.csv").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.csv", b"", "no header"),
        ("r.csv", b"note,rater,value\n", "no ratings"),
        ("r.csv", b"note,value\n1,1\n", "no column for the rater"),
        ("r.csv", b"note,note,rater,value\n1,1,1,1\n", "the same name"),
        ("r.csv", b"note,rater,value\n\xff,1,1\n", "not in UTF-8"),
        ("r.parquet", b"note,rater,value\n1,1,1\n", "cannot be read"),
        ("r.txt", b"note,rater,value\n1,1,1\n", "ending"),
    ],
)
def test_a_file_that_is_no_table_of_ratings_is_refused(comity, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    code, _, err = comity(path, "--out", tmp_path / "notes.csv")
    assert code == 1
    assert said in err


def test_too_little_to_tell_is_said_and_is_no_error(comity, tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text("note,rater,value\nn,u,1\n")
    code, _, err = comity(path, "--out", tmp_path / "notes.csv")
    assert code == 0
    assert "No note has five raters" in err
    assert (tmp_path / "notes.csv").read_text().splitlines()[1] == "n,1,0.0,0.0,needs_more_ratings"


def test_islands_are_reported(comity, tmp_path):
    path = tmp_path / "ratings.csv"
    rows = [
        f"{island}{n},{island}{u},{v:g}"
        for island in "ab"
        for n, u, v in zip(*columns(notes=20, raters=30), strict=True)
    ]
    path.write_text("\n".join(["note,rater,value", *rows]))
    code, text, err = comity(path, "--out", tmp_path / "notes.csv", "--json")
    assert (code, json.loads(text)["islands"]) == (0, 2)
    assert "2 groups that have no note in common" in err


HOSTILE = "</style><script>alert(1)</script>\x00\x1b[31m\u202e"


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_page_names_what_bridges_and_runs_no_script(comity, tmp_path, language):
    path, page = tmp_path / "ratings.parquet", tmp_path / "page.html"
    note, rater, values = columns()
    names = np.array([f"{HOSTILE}{n}" for n in note], object)
    with duckdb.connect() as connection:
        connection.register("made", {"note": names, "rater": rater, "value": values})
        connection.execute(f"COPY made TO '{path}'")
    out = tmp_path / "notes.csv"
    assert comity(path, "--out", out, "--html", page, "--language", language)[0] == 0
    text = page.read_text("utf-8")
    assert f'<html lang="{language}">' in text
    assert "<script" not in text
    assert "alert(1)" in text
    assert not {"\x00", "\x1b", "\u202e"} & set(text)
    assert text.count("<circle") == 60
    assert text.count("<li>") > 20


@pytest.mark.parametrize("rows", ["n,u,1", "n,u,0\nm,u,0.5"])
def test_the_page_of_too_little_says_so(comity, tmp_path, rows):
    path, page = tmp_path / "ratings.csv", tmp_path / "page.html"
    path.write_text(f"note,rater,value\n{rows}\n")
    assert comity(path, "--out", tmp_path / "notes.csv", "--html", page)[0] == 0
    text = page.read_text("utf-8")
    assert "nothing could be told yet" in text
    assert "nan" not in text.lower().replace("pingfang", "")
