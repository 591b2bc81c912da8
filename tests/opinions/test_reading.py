"""Files of votes: exports as they are, tables of any kind, and mistakes with line and column."""

from pathlib import Path

import duckdb
import pytest

from comity.opinions import OpinionsError
from comity.opinions.reading import read

HEADINGS = "timestamp,datetime,comment-id,voter-id,vote\n"
COMMENTS = "comment-id,agrees,disagrees,moderated,is-meta,comment-body\n"


def export(folder: Path, votes: str, comments: str = "") -> Path:
    (folder / "votes.csv").write_text(HEADINGS + votes, encoding="utf-8")
    if comments:
        (folder / "comments.csv").write_text(COMMENTS + comments, encoding="utf-8")
    return folder


def cells(path: Path) -> dict[tuple[object, object], int]:
    votes = read(path).votes
    return {
        (votes.participants[row], votes.statements[column]): value
        for row, column, value in zip(votes.rows, votes.columns, votes.values.tolist(), strict=True)
    }


def test_an_export_is_read_as_it_is(tmp_path: Path) -> None:
    votes = "20,x,0,7,1\n10,x,0,7,-1\n30,x,1,7,0\n"
    comments = '0,1,0,1,false,"Trees, please"\n1,0,0,-1,false,Cars\n2,0,0,0,true,Who are you?\n'
    ballots = read(export(tmp_path, votes, comments))
    assert cells(tmp_path) == {(7, 0): 1, (7, 1): 0}
    assert [s.text for s in ballots.statements] == ["Trees, please", "Cars", "Who are you?"]
    assert ballots.moderation().out == {1}
    assert ballots.moderation().meta == {2}


def test_strict_moderation_leaves_out_what_nobody_let_in(tmp_path: Path) -> None:
    comments = "0,1,0,1,false,A\n1,0,0,0,false,B\n"
    ballots = read(export(tmp_path, "1,x,0,7,1\n2,x,1,7,1\n", comments))
    assert ballots.moderation().out == set()
    assert ballots.moderation(strict=True).out == {1}


def test_the_sign_of_votes_is_found_from_the_counts(tmp_path: Path) -> None:
    votes = "1,x,0,7,-1\n2,x,0,8,-1\n3,x,0,9,1\n"
    ballots = read(export(tmp_path, votes, "0,2,1,1,false,A\n"))
    assert cells(tmp_path) == {(7, 0): 1, (8, 0): 1, (9, 0): -1}
    assert "turned round" in ballots.notes[0]
    assert "1 are agreement" in read(export(tmp_path, votes, "0,1,2,1,false,A\n")).notes[0]


def test_a_matrix_of_votes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "participants-votes.csv"
    path.write_text("participant,xid,group-id,n-votes,0,12\n5,,0,2,1,-1\n6,a,,1,,0\n")
    assert cells(path) == {(5, 0): 1, (5, 12): -1, (6, 12): 0}


def test_any_table_of_votes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "votes.tsv"
    path.write_text("participant\tstatement\tvote\n林\ta,b\tagree\n“x”\ta,b\tDisagree\n", "utf-8")
    assert cells(path) == {("林", "a,b"): 1, ("“x”", "a,b"): -1}
    parquet = tmp_path / "it's [votes].parquet"
    duckdb.execute(
        "COPY (SELECT 'p' AS voter, 3 AS statement, -1 AS vote, "
        "TIMESTAMP '2026-11-23 10:00:00' AS time) TO '{}'".format(str(parquet).replace("'", "''"))
    )
    assert cells(parquet) == {("p", 3): -1}


@pytest.mark.parametrize(
    ("votes", "place", "words"),
    [
        ("1,x,0,7,1\n2,x,0,8,2\n", "3:9", "“2” is no vote"),
        ("1,x,0,7,1\n2,x,,8,1\n", "3:5", "comment-id is missing"),
        ('1,"a, b",0,7,maybe\n', "2:14", "“maybe” is no vote"),
        ("soon,x,0,7,1\n", "2:1", "“soon” is no time"),
        ("nan,x,0,7,1\n", "2:1", "“nan” is no time"),
        ("1,x,0,7\n", "2", "4 fields, and the headings are 5"),
        ('1,x,0,7,1\n2,"x,0,7,1\n', "3", "fields|cannot be read"),
        ("", "", "no vote in this file"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, votes: str, place: str, words: str
) -> None:
    with pytest.raises(OpinionsError, match=words) as told:
        read(export(tmp_path, votes))
    diagnostic = told.value.diagnostics[0]
    found = ":".join(str(part) for part in (diagnostic.line, diagnostic.column) if part)
    assert found == place


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("votes.csv", b""),
        ("votes.csv", b"a,b\n1,2\n"),
        ("votes.csv", b"voter,vote\n1,1\n"),
        ("votes.csv", "participant,statement,vote\né,1,1\n".encode("latin-1")),
        ("votes.csv", "participant,statement,vot\né,1,1\n".encode("utf-16")),
        ("votes.txt", b"participant,statement,vote\n1,1,1\n"),
        ("votes.parquet", b"participant,statement,vote\n1,1,1\n"),
        ("participants-votes.csv", b"participant,0,1\n7,1,5\n"),
    ],
)
def test_what_is_no_table_of_votes_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(OpinionsError, match=name):
        read(path)


def test_a_statements_file_is_checked_too(tmp_path: Path) -> None:
    folder = export(tmp_path, "1,x,0,7,1\n", "0,many,0,1,false,A\n")
    with pytest.raises(OpinionsError, match=r"comments.csv:2:3: .*“many” is no whole number"):
        read(folder)
