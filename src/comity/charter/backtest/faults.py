"""Why a file of events could not be read: a second, slow look that finds the line.

The database reads fast and says little; here the file is gone through again line by line, until
the first that is not what it should be.
"""

import csv
import json
from typing import Any

from comity.charter.backtest.files import EventFile, EventFileError, Format


def explain(file: EventFile, reason: str) -> EventFileError:
    """The fault with its line; where none is found, the reason that the database gave."""
    found = None
    if file.format is Format.JSON_LINES:
        found = _json_fault(file)
    elif file.format is not Format.PARQUET:
        found = _csv_fault(file)
    return found or file.error(
        f"this is not {file.format} that can be read: {_first_line(reason)}",
        "write it again with the program that made it",
    )


def _json_fault(file: EventFile) -> EventFileError | None:
    hint = "write one JSON object a line"
    for number, text in file.lines():
        try:
            value = json.loads(text, object_pairs_hook=_without_repeats)
        except _RepeatedKeyError as error:
            return file.error(f"`{error.args[0]}` stands twice in this object", "keep one", number)
        except json.JSONDecodeError as error:
            return file.error(
                f"this is not JSON: {error.msg} at column {error.colno}", hint, number
            )
        except (ValueError, RecursionError):
            return file.error("this JSON is nested too deep or has too long a number", hint, number)
        if not isinstance(value, dict):
            return file.error("this is no JSON object", hint, number)
    return None


class _RepeatedKeyError(Exception):
    pass


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise _RepeatedKeyError(key)
        table[key] = value
    return table


def _csv_fault(file: EventFile) -> EventFileError | None:
    width = len(file.columns)
    with file.path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=file.format.delimiter, strict=True)
        begin = 1
        try:
            for fields in reader:
                if fields and len(fields) != width:
                    return file.error(
                        f"this row has {len(fields)} fields, and the header has {width}",
                        "put fields that have a separator or a quote in them in quotes",
                        begin,
                    )
                begin = reader.line_num + 1
        except csv.Error as error:
            return file.error(
                f"a field that begins on this line cannot be read: {error}",
                'close each quote, and write a quote inside a quoted field twice: ""',
                begin,
            )
    return None


def _first_line(reason: str) -> str:
    """The first line of what the database says, without its name for the kind of error."""
    first = reason.strip().partition("\n")[0]
    return first.partition("Error: ")[2] or first
