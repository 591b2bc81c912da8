"""`comity bridge`, from a file of ratings to tables of notes and raters."""

import json
import sys

import duckdb
import numpy as np
import pytest

from comity.bridging import read_history, read_ratings, table, two_rounds
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
    ("line", "said"),
    [
        ('{"note": "n", "rater": "u", "value": 0.7}', ":3: error: `value` is no rating"),
        ('{"note": "n", "value": 1}', ":3: error: `rater` is empty"),
        ('{"note": "n", ', ":3: error: this line cannot be read"),
        ("7", ":3: error: this line cannot be read"),
    ],
)
def test_a_line_that_cannot_be_is_named(comity, tmp_path, line, said):
    path = tmp_path / "ratings.jsonl"
    path.write_text(f'{{"note": "m", "rater": "u", "value": 1}}\n\n{line}\n')
    code, _, err = comity(path, "--out", tmp_path / "notes.csv")
    assert code == 1
    assert f"ratings.jsonl{said}" in err


def test_json_lines_give_what_a_table_gives(comity, ratings):
    lines = ratings.with_name("ratings.jsonl")
    duckdb.read_csv(str(ratings)).query("t", f"COPY t TO '{lines}' (FORMAT json)")
    tables = []
    for path in (ratings, lines):
        out = path.with_name(f"notes-of-{path.suffix[1:]}.csv")
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
        ("r.jsonl", b"", "no column for the note"),
        ("r.jsonl", b"[1]\n", "r.jsonl:1: error: this line cannot be read"),
        ("r.jsonl", b'{"note": 1, "Note": 1, "rater": 1, "value": 1}\n', "the same name"),
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


HISTORY = (
    "noteId\tnoteAuthorParticipantId\tcreatedAtMillis\ttimestampMillisOfFirstNonNMRStatus\t"
    "currentStatus\ttimestampMillisOfStatusLock\tlockedStatus"
)


@pytest.fixture
def timed(tmp_path):
    path = tmp_path / "ratings-00000.tsv"
    words = {0: "NOT_HELPFUL", 0.5: "SOMEWHAT_HELPFUL", 1: "HELPFUL"}
    rows = [f"{n}\tA{u}\t{1_000 + n}\t{words[v]}" for n, u, v in zip(*columns(), strict=True)]
    header = "noteId\traterParticipantId\tcreatedAtMillis\thelpfulnessLevel"
    path.write_text("\n".join([header, *rows]))
    return path


def notes_of(path):
    return {row[0]: row[4] for row in duckdb.read_csv(str(path)).fetchall()}


def test_the_history_leaves_out_raters_who_were_often_wrong(comity, timed):
    history, out = timed.with_name("noteStatusHistory-00000.tsv"), timed.with_name("notes.csv")
    rows = [f"{n}\tA{n}\t9\t\tNEEDS_MORE_RATINGS\t-1\t" for n in range(60)]
    history.write_text("\n".join([HISTORY, *rows]))
    once = json.loads(comity(timed, "--out", out, "--json")[1])
    twice = json.loads(comity(timed, "--out", out, "--history", history, "--json")[1])
    assert 0 < twice["fitted"]["raters"] < once["fitted"]["raters"]
    given = read_ratings(timed)
    assert twice["loss"] == two_rounds(given, read_history(history, given)).second.loss


def test_a_status_that_is_final_stays(comity, timed):
    history, out = timed.with_name("noteStatusHistory-00000.tsv"), timed.with_name("notes.csv")
    comity(timed, "--out", out)
    found = notes_of(out)
    helpful, other = (
        next(n for n, status in found.items() if (status == "helpful") is wanted)
        for wanted in (True, False)
    )
    rows = [
        f"{helpful}\tB\t0\t\tCURRENTLY_RATED_HELPFUL\t5\tCURRENTLY_RATED_NOT_HELPFUL",
        f"{other}\tB\t0\t\tNEEDS_MORE_RATINGS\t5\tCURRENTLY_RATED_HELPFUL",
    ] + [f"{n}\tB\t0\t\t\t\t" for n in found if n not in (helpful, other)]
    history.write_text("\n".join([HISTORY, *rows]))
    assert comity(timed, "--out", out, "--history", history)[0] == 0
    kept = notes_of(out)
    assert (kept[helpful], kept[other]) == ("not_helpful", "helpful")


def test_only_core_raters_make_the_model(comity, timed):
    enrollment, out = timed.with_name("userEnrollment-00000.tsv"), timed.with_name("notes.csv")
    rows = [f"A{u}\t{('CORE', '', 'EXPANSION', 'EXPANSION_PLUS')[u % 4]}" for u in range(79)]
    enrollment.write_text("\n".join(["participantId\tmodelingPopulation", *rows]))
    summary = json.loads(comity(timed, "--out", out, "--enrollment", enrollment, "--json")[1])
    assert summary["raters"] == 80
    assert summary["fitted"]["raters"] == 41  # who is not in the file is of the core


def test_a_history_that_is_none_is_refused(comity, timed):
    code, _, err = comity(timed, "--out", timed.with_name("n.csv"), "--history", timed)
    assert code == 1
    assert "no column for the noteAuthorParticipantId" in err


def test_a_file_larger_than_the_memory_of_the_database_is_read(tmp_path, monkeypatch):
    path = tmp_path / "ratings.csv"
    rows = (f"note-{i % 97},{i // 97:0>500},{i * 7919 % 3 / 2}\n" for i in range(250_000))
    path.write_text("note,rater,value\n" + "".join(rows))
    given = read_ratings(path)
    monkeypatch.setitem(table.SETTINGS, "memory_limit", "96MB")
    assert path.stat().st_size > 120e6
    again = read_ratings(path)
    assert len(again) == 250_000
    assert again.note.tobytes() == given.note.tobytes()
    assert again.level.tobytes() == given.level.tobytes()


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
