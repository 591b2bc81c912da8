"""A table on disk, opened in DuckDB with its columns known by place: what `reading` reads from."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from comity.errors import Diagnostic
from comity.opinions.error import OpinionsError

_SEPARATORS: Final = {".csv": ",", ".tsv": "\t"}
_MAX_FIELD: Final = 1_000_000
"""Code points in a field; a header or a statement is never so long."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A CSV, TSV or Parquet file; `columns` are its headings, in SQL called c0, c1, …"""

    path: Path
    columns: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> "TableFile":
        """Look at the headings. Raises OpinionsError."""
        if path.suffix.lower() == ".parquet":
            try:
                described = duckdb.execute(f"DESCRIBE SELECT * FROM read_parquet({_quoted(path)})")
            except duckdb.Error as error:
                raise OpinionsError(f"{path}: this is no Parquet file: {error}") from None
            return cls(path, tuple(row[0] for row in described.fetchall()))
        if path.suffix.lower() not in _SEPARATORS:
            hint = "name it .csv, .tsv or .parquet, after what is in it"
            message = "the ending does not say what is in this file"
            raise OpinionsError([Diagnostic(message, hint, file=str(path))])
        try:
            header = next(_fields(path), (0, ()))[1]
        except UnicodeDecodeError:
            raise OpinionsError(
                [Diagnostic("this text is not UTF-8", "save it as UTF-8", file=str(path))]
            ) from None
        if not header:
            raise OpinionsError([Diagnostic("the file is empty", file=str(path), line=1)])
        return cls(path, tuple(name.strip() for name in header))

    @property
    def source(self) -> str:
        """What stands after FROM; every column is text."""
        if self.path.suffix.lower() == ".parquet":
            chosen = ", ".join(
                f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR) AS c{place}'
                for place, name in enumerate(self.columns)
            )
            return f"(SELECT {chosen} FROM read_parquet({_quoted(self.path)}))"
        separator = _SEPARATORS[self.path.suffix.lower()]
        names = ", ".join(f"c{place}: 'VARCHAR'" for place in range(len(self.columns)))
        return (
            f"read_csv({_quoted(self.path)}, header = true, auto_detect = false, quote = '\"', "
            f"escape = '\"', delim = '{separator}', columns = {{{names}}})"
        )

    def place(self, *names: str) -> int | None:
        """The column with one of these headings, whichever case and hyphens they are written in."""
        plain = [name.lower().replace("_", "-") for name in self.columns]
        return next((plain.index(name) for name in names if name in plain), None)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows after the headings with the line each begins on (in Parquet, the row); slow."""
        if self.path.suffix.lower() == ".parquet":
            found = duckdb.execute(f"SELECT * FROM {self.source}").fetchall()
            yield from (
                (row, tuple(f or "" for f in fields)) for row, fields in enumerate(found, 1)
            )
            return
        lines = _fields(self.path)
        next(lines, None)
        yield from lines

    def error(self, message: str, hint: str = "", line: int = 0, column: int = 0) -> OpinionsError:
        return OpinionsError([Diagnostic(message, hint, str(self.path), line, column)])

    def column(self, fields: tuple[str, ...], place: int) -> int:
        """Where in its line a field begins, in code points from 1."""
        quotes = [2 * ('"' in f or "," in f or "\n" in f) + f.count('"') for f in fields[:place]]
        return 1 + sum(len(f) + 1 for f in fields[:place]) + sum(quotes)


def _fields(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(_MAX_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=_SEPARATORS[path.suffix.lower()])
        begin = 1
        try:
            for fields in reader:
                if fields:
                    yield begin, tuple(fields)
                begin = reader.line_num + 1
        except csv.Error as error:
            message, hint = f"this line cannot be read: {error}", "close each quote on it"
            raise OpinionsError([Diagnostic(message, hint, str(path), begin)]) from None


def _quoted(path: Path) -> str:
    # DuckDB takes a path for a pattern; brackets keep its special characters what they are.
    text = "".join(f"[{char}]" if char in "*?[" else char for char in str(path.absolute()))
    return "'" + text.replace("'", "''") + "'"
