"""A file of events on disk, looked at before it is read: its format, its columns, its encoding.

The noun is `EventFile`. JSON lines, CSV, TSV and Parquet are told by the file's ending, and what
the ending promises is checked, so that a mistake is named here and not deep inside a parser.
"""

import codecs
import csv
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Final

from comity.errors import Diagnostic, InputError

MAX_LINE: Final = 2_000_000
"""Code points in a line of JSON or of a CSV header: forty of the longest posts."""

MAX_COLUMNS: Final = 2_000


class EventFileError(InputError):
    """A file of events that cannot be read as one."""


class Format(StrEnum):
    JSON_LINES = "JSON lines"
    CSV = "CSV"
    TSV = "TSV"
    PARQUET = "Parquet"

    @property
    def delimiter(self) -> str:
        return "\t" if self is Format.TSV else ","


ENDINGS: Final = {
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON_LINES,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".parquet": Format.PARQUET,
}


@dataclass(frozen=True, slots=True)
class EventFile:
    """`columns` is the header of a CSV or TSV file; the other formats name their columns inside.

    `raw`: the lines are events as a platform sends them, which are measured before they are
    judged; otherwise each row holds signals.
    """

    path: Path
    format: Format
    columns: tuple[str, ...] = ()
    raw: bool = False

    @classmethod
    def open(cls, path: Path) -> "EventFile":
        """Look at a file; EventFileError says what is wrong with it."""
        form = ENDINGS.get(path.suffix.lower())
        if form is None:
            raise _error(
                path,
                "the ending does not say what is in this file",
                f"name it {', '.join(ENDINGS)}",
            )
        try:
            _check_bytes(path, form)
            match form:
                case Format.PARQUET:
                    return cls(path, form)
                case Format.JSON_LINES:
                    return cls(path, form, raw=_is_event(_first_object(path)))
                case _:
                    return cls(path, form, columns=_header(path, form))
        except OSError as error:
            reason = error.strerror or str(error)
            raise _error(path, f"the file cannot be opened: {reason}") from None

    def line(self, row: int) -> int:
        """Where row `row` (from 0) stands: its line from 1; in Parquet, which has none, the row."""
        if self.format is Format.PARQUET:
            return row + 1
        if self.format is Format.JSON_LINES:
            return next(islice(self.lines(), row, None))[0]
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, delimiter=self.format.delimiter)
            with suppress(csv.Error):
                next(islice((True for fields in reader if fields), row + 1, None), None)
            return reader.line_num

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines of JSON with their numbers from 1, without the blank ones."""
        with self.path.open(encoding="utf-8-sig", newline="\n") as stream:
            number = 0
            while text := stream.readline(MAX_LINE + 1):
                number += 1
                if len(text) > MAX_LINE:
                    raise self.error(
                        f"this line has more than {MAX_LINE:,} characters", line=number
                    )
                if not text.isspace():
                    yield number, text

    def error(self, message: str, hint: str = "", line: int = 0) -> EventFileError:
        return _error(self.path, message, hint, line)


def _error(path: Path, message: str, hint: str = "", line: int = 0) -> EventFileError:
    return EventFileError([Diagnostic(message, hint, file=str(path), line=line)])


def _check_bytes(path: Path, form: Format) -> None:
    """That the file has content of the kind that its ending promises, text in UTF-8."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if not start:
            raise _error(path, "the file is empty", "give a file with at least one event")
        if (start == b"PAR1") != (form is Format.PARQUET):
            truth = "is no Parquet" if form is Format.PARQUET else "is Parquet"
            raise _error(path, f"its name says {form}, but this {truth}", "correct its ending")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise _error(path, "this text is in UTF-16", "save it as UTF-8")
        if form is not Format.PARQUET:
            stream.seek(0)
            _check_utf8(path, iter(lambda: stream.read(1 << 20), b""))


def _check_utf8(path: Path, chunks: Iterator[bytes]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 0
    hint = "save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)"
    for chunk in chunks:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            # `object` is this chunk with what was left of the one before.
            line = lines + error.object[: error.start].count(b"\n") + 1
            raise _error(path, "this text is not in UTF-8", hint, line) from None
        lines += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _error(path, "the text breaks off inside a character", hint, lines + 1) from None


def _first_object(path: Path) -> dict[str, Any]:
    for number, text in EventFile(path, Format.JSON_LINES).lines():
        if text.lstrip().startswith("["):
            raise _error(
                path,
                "this is one JSON list, not JSON lines",
                "write one JSON object a line",
                number,
            )
        try:
            first = json.loads(text)
        except (ValueError, RecursionError):
            raise _error(path, "this is not JSON", "write one JSON object a line", number) from None
        if not isinstance(first, dict):
            raise _error(path, "this is no JSON object", "write one JSON object a line", number)
        return first
    raise _error(path, "the file has no events", "give a file with at least one event")


def _is_event(first: dict[str, Any]) -> bool:
    """A CloudEvents envelope around our `data`; a table of signals has neither."""
    return isinstance(first.get("type"), str) and isinstance(first.get("data"), dict)


def _header(path: Path, form: Format) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = iter(lambda: stream.readline(MAX_LINE), "")
        try:
            names = next(
                (row for row in csv.reader(lines, delimiter=form.delimiter, strict=True) if row), []
            )
        except csv.Error as error:
            raise _error(path, f"the header is not {form}: {error}", line=1) from None
    if not any(names):
        raise _error(path, "the file has no header", "name its columns in the first line", 1)
    if len(names) > MAX_COLUMNS:
        raise _error(path, f"the header has more than {MAX_COLUMNS:,} columns", line=1)
    if len(names) == 1 and (other := next((c for c in ";\t,|" if c in names[0]), "")):
        separator = "tab" if form is Format.TSV else "comma"
        raise _error(
            path,
            f"the header has one column only, with {other!r} inside",
            f"separate the columns of a {form} file with a {separator}",
            1,
        )
    twice = [name for name, count in Counter(names).items() if count > 1 and name]
    if twice:
        raise _error(path, f"column `{twice[0]}` stands twice in the header", "rename one", 1)
    return tuple(names)
