"""Texts from a file of lines, CSV, JSON lines or Parquet, one after another, in bounded memory.

A row without a text is given as a `BadRow` in its place, so that the rest goes on.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from comity.errors import Diagnostic, InputError

LONGEST_LINE = 1 << 24
"""Bytes. What is longer is no comment."""
_BATCH = 4096
_COLUMN = "text"
_COLUMN_SHOWN = 40


@dataclass(frozen=True, slots=True)
class BadRow:
    """What is wrong with a row, and in which line (or Parquet row) it stands, counted from 1."""

    line: int
    error: str


def read_texts(file: BinaryIO, name: str, column: str | None) -> Iterator[str | BadRow]:
    """The ending of the name says what it is; without one, `column` and the first sign do."""
    ending = Path(name).suffix.lower()
    if ending == ".parquet":
        return _parquet(name, column or _COLUMN)
    lines = _lines(file)
    if ending in (".jsonl", ".ndjson"):
        return _json_lines(lines, column or _COLUMN)
    if ending in (".csv", ".tsv"):
        return _table(lines, name, column or _COLUMN, "\t" if ending == ".tsv" else ",")
    number, first = next(lines, (0, b""))
    if not number:
        return iter(())
    lines = _again((number, first), lines)
    if first and first.startswith(b"PAR1"):
        message = "this is Parquet, which has to be a file"
        raise InputError([Diagnostic(message, "save it with the ending .parquet", file=name)])
    if column is None:
        return _plain(lines)
    if first and first.lstrip().startswith(b"{"):
        return _json_lines(lines, column)
    return _table(lines, name, column, ",")


Lines = Iterator[tuple[int, bytes | None]]
"""Line numbers and lines; None for one that is too long."""


def _lines(file: BinaryIO) -> Lines:
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line.rstrip(b"\r\n")


def _again(first: tuple[int, bytes | None], rest: Lines) -> Lines:
    yield first
    yield from rest


def _decoded(number: int, line: bytes | None) -> str | BadRow:
    if line is None:
        return BadRow(number, f"the line is longer than {LONGEST_LINE:,} bytes")
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        return BadRow(number, f"not UTF-8 at byte {error.start + 1} of the line")


def _plain(lines: Lines) -> Iterator[str | BadRow]:
    return (_decoded(number, line) for number, line in lines)


def _json_lines(lines: Lines, column: str) -> Iterator[str | BadRow]:
    for number, line in lines:
        text = _decoded(number, line)
        if isinstance(text, BadRow):
            yield text
        elif text.strip():
            yield _of_object(number, text, column)


def _of_object(number: int, text: str, column: str) -> str | BadRow:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        return BadRow(number, f"not JSON: {error}")
    if not isinstance(row, dict):
        return BadRow(number, "not a JSON object")
    if not isinstance(row.get(column), str):
        return BadRow(number, f'no text under "{column}"')
    return str(row[column])


def _table(lines: Lines, name: str, column: str, delimiter: str) -> Iterator[str | BadRow]:
    broken: dict[int, BadRow] = {}

    def decoded() -> Iterator[str]:
        for number, line in lines:
            text = _decoded(number, line)
            if isinstance(text, BadRow):
                broken[number] = text
                text = ""
            yield text + "\n"

    csv.field_size_limit(LONGEST_LINE)
    rows = csv.reader(decoded(), delimiter=delimiter)
    try:
        place = _place(next(rows, []), column, name)
    except csv.Error as error:
        raise InputError([Diagnostic(f"no table: {error}", file=name, line=1)]) from error
    while True:
        begin = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(begin, f"not a row of a table: {error}")
            continue
        bad = next((broken.pop(n) for n in range(begin, rows.line_num + 1) if n in broken), None)
        if bad or row:
            yield bad or _cell(row, place, begin)


def _cell(row: list[str], place: int, line: int) -> str | BadRow:
    if len(row) > place:
        return row[place]
    return BadRow(line, f"{len(row)} columns; the text would be in column {place + 1}")


def _parquet(name: str, column: str) -> Iterator[str | BadRow]:
    import duckdb

    # DuckDB takes a path for a pattern; brackets keep its special characters what they are.
    path = "".join(f"[{char}]" if char in "*?[" else char for char in name)
    try:
        with duckdb.connect() as database:
            found = database.execute("select * from read_parquet(?) limit 0", [path]).description
            _place([each[0] for each in found or []], column, name)
            quoted = column.replace('"', '""')
            rows = database.execute(f'select "{quoted}" from read_parquet(?)', [path])  # noqa: S608  quoted
            number = 0
            while batch := rows.fetchmany(_BATCH):
                for (text,) in batch:
                    number += 1
                    told = isinstance(text, str)
                    yield text if told else BadRow(number, f'no text in "{column}"')
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise InputError(
            [Diagnostic(f"no Parquet that can be read: {reason}", file=name)]
        ) from None


def _place(columns: list[str], column: str, name: str) -> int:
    if not columns:
        raise InputError([Diagnostic("there is nothing in this file", file=name)])
    if column not in columns:
        from comity.charter.backtest.texts import shorten

        shown = ", ".join(shorten(each, _COLUMN_SHOWN) for each in columns[:20])
        hint = f"the columns are: {shown}; say which with --column"
        raise InputError([Diagnostic(f'there is no column "{column}"', hint, file=name)])
    return columns.index(column)
