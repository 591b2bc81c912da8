"""Votes and statements from files: the exports of Polis as they are, and any table of votes.

The noun is `Ballots`, the verb `read`. DuckDB does the reading; only when something is wrong is
the file gone through again, slowly, to say where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from comity.opinions.conversation import Moderation
from comity.opinions.error import OpinionsError
from comity.opinions.file import TableFile
from comity.opinions.ids import Id
from comity.opinions.votes import AGREE, DISAGREE, Votes

_VOTER: Final = ("voter-id", "participant", "participant-id", "voter", "member", "pid")
_STATEMENT: Final = ("comment-id", "statement", "statement-id", "comment", "tid", "id")
_TIME: Final = ("timestamp", "time", "created", "modified")
_TEXT: Final = ("comment-body", "text", "txt", "body")
_TRUE: Final = ("true", "1", "t", "yes")
_VOTES: Final = {"1": 1, "0": 0, "-1": -1, "agree": 1, "pass": 0, "disagree": -1}
_VOTE_SQL: Final = (
    "CASE lower(trim({0})) WHEN '1' THEN 1 WHEN '0' THEN 0 WHEN '-1' THEN -1 "
    "WHEN 'agree' THEN 1 WHEN 'pass' THEN 0 WHEN 'disagree' THEN -1 END"
)
_TIME_SQL: Final = "coalesce(TRY_CAST({0} AS DOUBLE), epoch(TRY_CAST({0} AS TIMESTAMP)))"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a participant said, and what moderators made of it: 1 in, 0 not yet seen, -1 out."""

    id: Id
    text: str = ""
    moderated: int = 0
    meta: bool = False
    agrees: int | None = None
    disagrees: int | None = None


@dataclass(frozen=True, slots=True)
class Ballots:
    """What was read: the votes, the statements that a file described, and what there is to say."""

    votes: Votes
    statements: tuple[Statement, ...]
    notes: tuple[str, ...]

    def moderation(self, *, strict: bool = False) -> Moderation:
        """Who is out; `strict` also leaves out what no moderator has let in."""
        least = 1 if strict else 0
        return Moderation(
            out=frozenset(s.id for s in self.statements if s.moderated < least and not s.meta),
            meta=frozenset(s.id for s in self.statements if s.meta),
        )


def read(votes: Path, statements: Path | None = None) -> Ballots:
    """Read votes, and the statements voted on.

    `votes` is the folder of a Polis export, its `votes.csv` or `participants-votes.csv`, or a CSV,
    TSV or Parquet table with the columns participant, statement, vote and, if known, time.
    Exports differ in whether agreement is written 1 or -1; the counts of `statements` decide.
    Raises OpinionsError with line and column.
    """
    if votes.is_dir():
        folder, votes = votes, votes / "votes.csv"
        if not votes.exists():
            votes = folder / "participants-votes.csv"
        if statements is None and (folder / "comments.csv").exists():
            statements = folder / "comments.csv"
    file = TableFile.open(votes)
    table = _read_votes(file) if file.place("vote") is not None else _read_matrix(file)
    if not len(table):
        raise file.error("there is no vote in this file", "give a file with at least one vote")
    described = _read_statements(TableFile.open(statements)) if statements else ()
    if all(isinstance(id_, str) for id_ in table.statements):
        described = tuple(_texted(statement) for statement in described)
    return _signed(table, described)


def _texted(statement: Statement) -> Statement:
    s = statement
    return Statement(str(s.id), s.text, s.moderated, s.meta, s.agrees, s.disagrees)


def _read_votes(file: TableFile) -> Votes:
    places = [file.place(*names) for names in (_VOTER, _STATEMENT, ("vote",), _TIME)]
    who, what, vote, time = places
    if who is None or what is None or vote is None:
        hint = f"a table of votes needs the columns {_VOTER[1]}, {_STATEMENT[1]} and vote"
        raise file.error("the headings do not say who voted on what", hint, line=1)
    chosen = [f"c{who}", f"c{what}", _VOTE_SQL.format(f"c{vote}")]
    chosen.append(_TIME_SQL.format(f"c{time}") if time is not None else "0.0")
    return _load(file, file.source, chosen, time is not None, places)


def _read_matrix(file: TableFile) -> Votes:
    """A row for each participant, a column for each statement; an empty field is no vote."""
    who = file.place(*_VOTER)
    after = [place for place, name in enumerate(file.columns) if name.isdigit()]
    if who is None or not after:
        hint = (
            "give votes.csv or participants-votes.csv of an export, or a table with a vote column"
        )
        raise file.error("the headings are not those of a table of votes", hint, line=1)
    listed = ", ".join(f"c{place}" for place in after)
    names = ", ".join(f"WHEN 'c{place}' THEN '{file.columns[place]}'" for place in after)
    source = f"(UNPIVOT {file.source} ON {listed} INTO NAME n VALUE v)"
    chosen = [f"c{who}", f"CASE n {names.replace(', ', ' ')} END", _VOTE_SQL.format("v"), "0.0"]
    return _load(file, source, chosen, False, [who, *after])


def _load(
    file: TableFile, source: str, chosen: Sequence[str], timed: bool, places: Sequence[int | None]
) -> Votes:
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    named = ", ".join(f"{sql} AS {name}" for sql, name in zip(chosen, "psvt", strict=True))
    try:
        connection.execute(f"CREATE TABLE votes AS SELECT {named} FROM {source}")
        wrong = connection.execute(
            "SELECT count(*) FROM votes WHERE p IS NULL OR s IS NULL OR v IS NULL OR t IS NULL "
            "OR NOT isfinite(t)"
        ).fetchone()
    except duckdb.Error as error:
        raise _fault(file, places) or file.error(f"this file cannot be read: {error}") from None
    if wrong and wrong[0]:
        raise _fault(file, places) or file.error("some votes in this file cannot be read")
    who, what = _ids(connection, "p"), _ids(connection, "s")
    found = connection.execute("SELECT v::TINYINT AS v, t::DOUBLE AS t FROM votes").fetchnumpy()
    return Votes.from_columns(who, what, found["v"], found["t"] if timed else None)


def _ids(connection: duckdb.DuckDBPyConnection, name: str) -> NDArray[Any]:
    """A column of ids: integers if all of them are written as such, else texts."""
    whole = connection.execute(
        f"SELECT bool_and(coalesce(TRY_CAST({name} AS BIGINT)::VARCHAR = {name}, false)) FROM votes"
    ).fetchone()
    cast = f"{name}::BIGINT" if whole and whole[0] else name
    ids: NDArray[Any] = connection.execute(f"SELECT {cast} AS id FROM votes").fetchnumpy()["id"]
    return np.asarray(ids)


def _fault(file: TableFile, places: Sequence[int | None]) -> OpinionsError | None:
    """Go through the file again to find the first field that is wrong."""
    matrix = file.place("vote") is None
    for line, fields in file.rows():
        if len(fields) != len(file.columns):
            message = f"this row has {len(fields)} fields, and the headings are {len(file.columns)}"
            return file.error(message, "quote fields that have a comma in them", line)
        for order, place in enumerate(places):
            if place is None:
                continue
            text, at = fields[place].strip(), file.column(fields, place)
            is_vote = order > 0 if matrix else order == 2
            if is_vote and text.lower() not in _VOTES and not (matrix and not text):
                hint = "write 1 or agree, 0 or pass, -1 or disagree"
                return file.error(f"“{text[:40]}” is no vote", hint, line, at)
            if not is_vote and not text:
                name = file.columns[place]
                return file.error(f"the {name} is missing", "give each vote one", line, at)
            if not matrix and order == 3 and not _is_time(text):
                hint = "write seconds since 1970, or 2026-11-23T10:00:00"
                return file.error(f"“{text[:40]}” is no time", hint, line, at)
    return None


def _is_time(text: str) -> bool:
    sql = f"SELECT {_TIME_SQL.format('$1::VARCHAR')}"
    found = duckdb.execute(sql, [text]).fetchone()
    return bool(found and found[0] is not None and np.isfinite(found[0]))


def _read_statements(file: TableFile) -> tuple[Statement, ...]:
    id_, text, moderated, meta = (
        file.place(*names)
        for names in (_STATEMENT, _TEXT, ("moderated", "mod"), ("is-meta", "meta"))
    )
    agrees, disagrees = file.place("agrees"), file.place("disagrees")
    if id_ is None:
        hint = f"name the column of ids {_STATEMENT[0]} or {_STATEMENT[1]}"
        raise file.error("the headings do not say which statement is meant", hint, line=1)

    found: dict[Id, Statement] = {}
    for line, fields in file.rows():
        if len(fields) != len(file.columns):
            message = f"this row has {len(fields)} fields, and the headings are {len(file.columns)}"
            raise file.error(message, "quote fields that have a comma in them", line)

        def number(place: int | None, line: int = line, fields: tuple[str, ...] = fields) -> int:
            text = fields[place].strip() if place is not None else ""
            try:
                return int(text or 0)
            except ValueError:
                at = file.column(fields, place or 0)
                raise file.error(f"“{text[:40]}” is no whole number", "", line, at) from None

        key = _id(fields[id_])
        found[key] = Statement(
            key,
            fields[text] if text is not None else "",
            number(moderated),
            meta is not None and fields[meta].strip().lower() in _TRUE,
            number(agrees) if agrees is not None else None,
            number(disagrees) if disagrees is not None else None,
        )
    return tuple(found.values())


def _id(text: str) -> Id:
    try:
        return int(text) if str(int(text)) == text else text
    except ValueError:
        return text


def _signed(votes: Votes, statements: tuple[Statement, ...]) -> Ballots:
    """Turn all votes round if their export writes agreement as -1."""
    known = {s.id: s for s in statements if s.agrees is not None and s.disagrees is not None}
    size = len(votes.statements)
    counts = [
        np.bincount(votes.columns[votes.values == v], minlength=size) for v in (AGREE, DISAGREE)
    ]
    lean = 0
    for place, id_ in enumerate(votes.statements):
        if id_ in known:
            told = (known[id_].agrees or 0) - (known[id_].disagrees or 0)
            lean += told * int(counts[0][place] - counts[1][place])
    if not known:
        return Ballots(votes, statements, ("Votes of 1 are taken for agreement.",))
    if lean >= 0:
        note = "Votes of 1 are agreement: so say the counts of the statements."
        return Ballots(votes, statements, (note,))
    turned = Votes(
        votes.participants,
        votes.statements,
        votes.offsets,
        votes.columns,
        (-votes.values).astype(np.int8),
        votes.times,
        votes.timed,
    )
    note = (
        "Votes of -1 are agreement in this export, by the counts of its statements; turned round."
    )
    return Ballots(turned, statements, (note,))
