"""A table on disk, told by its ending: the noun is `Table`, the verb `open_table`.

DuckDB reads it and, where it is larger than memory, spills to disk.
"""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb

from comity.errors import Diagnostic, InputError

MAX_LINE: Final = 1_000_000
"""Code points of a header."""

_DELIMITERS: Final = {".csv": ",", ".tsv": "\t"}
_JSON: Final = ".jsonl"

SETTINGS: Final[dict[str, Any]] = {
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` maps each column's name to its type, in the order of the file; `source` is what
    stands after FROM.
    """

    path: Path
    columns: dict[str, str]
    source: str = ""

    @property
    def delimiter(self) -> str | None:
        return _DELIMITERS.get(self.path.suffix.lower())

    def column(self, names: tuple[str, ...]) -> str | None:
        return next((name for name in names if name in self.columns), None)

    def needed(self, names: tuple[str, ...], what: str) -> str:
        found = self.column(names)
        if found is None:
            raise self.error(
                f"there is no column for {what}; the columns are {', '.join(self.columns)[:300]}",
                f"name one {' or '.join(names)}",
                line=1 if self.delimiter else 0,
            )
        return found

    def error(self, message: str, hint: str = "", line: int = 0, column: int = 0) -> InputError:
        return InputError([Diagnostic(message, hint, str(self.path), line, column)])

    def fault(self, row: int, name: str, message: str, hint: str) -> InputError:
        """What is wrong with a column in a row (from 0), with the line and column it stands at."""
        if self.path.suffix.lower() == _JSON:
            return self.error(message, hint, self._line(row))
        if self.delimiter is None:
            return self.error(f"row {row + 1}: {message}", hint)
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            lines = _Remembering(stream)
            reader = csv.reader(lines, delimiter=self.delimiter)
            fields: list[str] = []
            with suppress(csv.Error):
                fields = next(islice((found for found in reader if found), row + 1, None), [])
        before = fields[: list(self.columns).index(name)]
        line = lines.last.rstrip("\r\n")
        begin = len(self.delimiter.join(before)) + bool(before)
        # Quotes shift what stands behind them; the column is said where there are none.
        plain = '"' not in line and reader.line_num == lines.count
        place = Diagnostic(
            message,
            hint,
            str(self.path),
            reader.line_num,
            begin + 1 if plain else 0,
            max(len(fields[len(before)]), 1) if plain and len(fields) > len(before) else 1,
            line if plain and len(line) <= 200 else "",
        )
        return InputError([place])

    def _line(self, row: int) -> int:
        """The line of a row (from 0) where each has a line to itself."""
        with self.path.open(encoding="utf-8-sig") as stream:
            full = (number for number, line in enumerate(stream, 1) if line.strip())
            return next(islice(full, row, None), 0)


class _Remembering:
    """The lines of a stream, and which was the last."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.last, self.count = stream, "", 0

    def __iter__(self) -> "_Remembering":
        return self

    def __next__(self) -> str:
        self.last = next(self._stream)
        self.count += 1
        return self.last


@contextmanager
def connected(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to read this file with; what DuckDB finds wrong comes out as InputError."""
    with (
        TemporaryDirectory(prefix="comity-") as spill,
        duckdb.connect(":memory:", config=SETTINGS | {"temp_directory": spill}) as connection,
    ):
        try:
            yield connection
        except duckdb.Error as error:
            raise _unreadable(path, str(error)) from None


def _unreadable(path: Path, reason: str) -> InputError:
    """What the database says of a file, with the line it says it of."""
    first, *rest = reason.strip().splitlines()
    message = f"this file cannot be read: {first.partition('Error: ')[2] or first}"
    hint, line = "", first.rpartition("Error on Line: ")[2]
    if line.isdigit():
        said = next((text for text in rest if not text.startswith("Original Line")), "")
        message = f"this row cannot be read: {said}"
        hint = "close each quote, and give each row as many fields as the header has"
    elif path.suffix.lower() == _JSON and (line := _no_object(path)):
        message, hint = "this line cannot be read", "write one JSON object on each line"
    return InputError([Diagnostic(message, hint, str(path), int(line) if line.isdigit() else 0)])


def _no_object(path: Path) -> str:
    """The first line that is no JSON object, which the database does not tell reliably."""
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        for number, line in enumerate(stream, 1):
            try:
                if line.strip() and not isinstance(json.loads(line), dict):
                    return str(number)
            except (ValueError, RecursionError):
                return str(number)
    return ""


def open_table(connection: duckdb.DuckDBPyConnection, path: Path) -> Table:
    """Look at the columns of a TSV, CSV, JSON lines or Parquet file. Raises InputError."""
    # DuckDB takes a path for a pattern; brackets keep its special characters what they are.
    plain = "".join(f"[{char}]" if char in "*?[" else char for char in str(path.absolute()))
    match path.suffix.lower():
        case ".parquet":
            source = f"read_parquet({literal(plain)}, hive_partitioning = false)"
            found = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            return Table(path, {row[0]: row[1] for row in found}, source)
        case ".csv" | ".tsv" as ending:
            names = _header(path, _DELIMITERS[ending])
            reader, columns = _csv(plain, len(names), _DELIMITERS[ending])
        case ".jsonl":
            names = _keys(path)
            reader, columns = _json(plain, names)
        case _:
            raise Table(path, {}).error(
                "the ending does not say what is in this file",
                "name it .csv, .tsv, .jsonl or .parquet",
            )
    chosen = ", ".join(
        f"{column} AS {quoted(name)}" for column, name in zip(columns, names, strict=True)
    )
    return Table(path, dict.fromkeys(names, "VARCHAR"), f"(SELECT {chosen} FROM {reader})")


def _csv(path: str, columns: int, delimiter: str) -> tuple[str, list[str]]:
    # Positions for names: no header can clash with another's case or with a keyword.
    names = [f"c{place}" for place in range(columns)]
    fields = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(path)}, header = true, auto_detect = false, quote = '\"', "
        f"escape = '\"', delim = {literal(delimiter)}, compression = 'none', "
        f"columns = {{{fields}}})"
    ), names


def _json(path: str, names: list[str]) -> tuple[str, list[str]]:
    fields = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_json({literal(path)}, format = 'newline_delimited', compression = 'none', "
        f"columns = {{{fields}}})"
    ), [quoted(name) for name in names]


def _header(path: Path, delimiter: str) -> list[str]:
    table = Table(path, {})
    try:
        names = next(csv.reader([_first_line(table)], delimiter=delimiter), [])
    except csv.Error as error:
        raise table.error(f"the header cannot be read: {error}", line=1) from None
    if not any(names):
        raise table.error("the file has no header", "name its columns in the first line", 1)
    return _distinct(table, names)


def _keys(path: Path) -> list[str]:
    """The names in the first line; what later lines have beyond them is left out."""
    table = Table(path, {})
    try:
        first = json.loads(_first_line(table) or "{}")
    except (ValueError, RecursionError):
        first = None
    if not isinstance(first, dict):
        hint = "write one JSON object on each line"
        raise table.error("this line cannot be read: it is no JSON object", hint, 1)
    return _distinct(table, list(first))


def _first_line(table: Table) -> str:
    try:
        with table.path.open(encoding="utf-8-sig", newline="") as stream:
            return stream.readline(MAX_LINE)
    except UnicodeDecodeError:
        raise table.error("this text is not in UTF-8", "save it as UTF-8") from None


def _distinct(table: Table, names: list[str]) -> list[str]:
    if len(set(map(str.lower, names))) < len(names):
        raise table.error("two columns have the same name", "rename one", 1)
    return names


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
