"""Whether a record may leave: every rule of the database that can be known without asking it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from comity.errors import Diagnostic
from comity.statements.dsa.fields import FIELDS, Fault, as_day

MAX_BATCH: Final = 100
"""Statements that the database takes in one call."""

_REQUIRED: Final = (
    "decision_ground",
    "content_type",
    "category",
    "content_date",
    "application_date",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
    "puid",
)
_RESTRICTIONS: Final = (
    "decision_visibility",
    "decision_monetary",
    "decision_provision",
    "decision_account",
)
_NEEDED_BY: Final = (
    ("decision_ground", "DECISION_GROUND_INCOMPATIBLE_CONTENT", "incompatible_content_ground"),
    ("decision_ground", "DECISION_GROUND_INCOMPATIBLE_CONTENT", "incompatible_content_explanation"),
    ("decision_ground", "DECISION_GROUND_ILLEGAL_CONTENT", "illegal_content_legal_ground"),
    ("decision_ground", "DECISION_GROUND_ILLEGAL_CONTENT", "illegal_content_explanation"),
    ("decision_visibility", "DECISION_VISIBILITY_OTHER", "decision_visibility_other"),
    ("decision_monetary", "DECISION_MONETARY_OTHER", "decision_monetary_other"),
    ("content_type", "CONTENT_TYPE_OTHER", "content_type_other"),
    ("category_specification", "KEYWORD_OTHER", "category_specification_other"),
)
"""Where a field says the word, the last field has to be there."""
_ENDS: Final = (
    ("decision_visibility", "end_date_visibility_restriction"),
    ("decision_monetary", "end_date_monetary_restriction"),
    ("decision_provision", "end_date_service_restriction"),
    ("decision_account", "end_date_account_restriction"),
)


def check(record: Any, *, file: str = "", line: int = 0) -> list[Diagnostic]:
    """Say all that is wrong with a record: the field, what is wrong with it and what to do."""
    faults = _faults(record) if isinstance(record, dict) else iter([_NO_RECORD])
    return [Diagnostic(message, hint, file=file, line=line) for message, hint in faults]


def check_file(lines: Iterable[bytes], file: str = "") -> tuple[int, list[Diagnostic]]:
    """Check a file that has a batch, or a single record, on each line.

    Return how many records there are and all that is wrong with them. A reference that was used
    before is wrong, too: the database takes each once.
    """
    found: list[Diagnostic] = []
    used: dict[str, int] = {}
    count = 0
    for number, line in enumerate(lines, 1):
        records, faults = _records(line)
        found += [Diagnostic(*fault, file=file, line=number) for fault in faults]
        for record in records:
            count += 1
            found += check(record, file=file, line=number)
            reference = str(record.get("puid")) if isinstance(record, dict) else ""
            if reference in used:
                message = f"`puid` was used in line {used[reference]} already: `{reference[:80]}`"
                hint = "give each statement a reference of its own"
                found.append(Diagnostic(message, hint, file=file, line=number))
            elif reference:
                used[reference] = number
    return count, found


def _records(line: bytes) -> tuple[list[Any], list[Fault]]:
    """The records of a line, and what is wrong with the line itself."""
    if not line.strip():
        return [], []
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return [], [("this line is not JSON", "write one batch, or one statement, on each line")]
    if not isinstance(document, dict) or "statements" not in document:
        return [document], []
    records = document["statements"]
    if not isinstance(records, list) or not records:
        return [], [("`statements` has to be a list of statements", "put one in, or more")]
    if len(records) > MAX_BATCH:
        message = f"a batch of {len(records):,} statements, of {MAX_BATCH} at most"
        return records, [(message, "split it; `comity statements export` does so by itself")]
    return records, []


def _faults(record: Mapping[str, Any]) -> Iterator[Fault]:
    said = {name: value for name, value in record.items() if value is not None}
    for name in said.keys() - FIELDS.keys():
        close = get_close_matches(str(name)[:100], FIELDS, n=1)
        hint = f"did you mean `{close[0]}`?" if close else "leave it out"
        yield f"there is no field `{str(name)[:80]}`", hint
    for name in _REQUIRED:
        if name not in said:
            yield f"`{name}` is missing", "the database takes no statement without it"
    if not said.keys() & set(_RESTRICTIONS):
        yield "nothing is restricted", f"say one of {', '.join(_RESTRICTIONS)}"
    for name, field in FIELDS.items():
        if name in said:
            yield from field.faults(name, said[name])
    yield from _missing_companions(said)
    yield from _impossible_ends(said)


def _missing_companions(said: Mapping[str, Any]) -> Iterator[Fault]:
    for name, word, companion in _NEEDED_BY:
        chosen = said.get(name)
        if (chosen == word or (isinstance(chosen, list) and word in chosen)) and (
            companion not in said
        ):
            yield f"`{companion}` is missing", f"`{name}` is {word}, so say what it is"


def _impossible_ends(said: Mapping[str, Any]) -> Iterator[Fault]:
    begin = as_day(said.get("application_date"))
    for name, end_name in _ENDS:
        end = as_day(said.get(end_name))
        if end_name in said and name not in said:
            yield f"`{end_name}` ends what is not said", f"say `{name}`, or leave the end out"
        elif begin and end and end < begin:
            yield f"`{end_name}` lies before `application_date`", "write the later date"


_NO_RECORD: Final[Fault] = ("a statement has to be a JSON object", 'write {"puid": …}')
