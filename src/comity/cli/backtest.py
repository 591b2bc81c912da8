"""`comity charter backtest` and `comity charter diff`: what a charter would change."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from comity.cli import output

if TYPE_CHECKING:
    from comity.charter import Charter
    from comity.charter.backtest import EventFile, EventTable

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
_THREADS: Final = os.cpu_count() or 1
_EXISTING: Final[dict[str, Any]] = {"exists": True, "dir_okay": False}


def backtest(
    charter: Annotated[Path, typer.Argument(help="The charter to try out.", **_EXISTING)],
    events: Annotated[
        Path,
        typer.Option(
            help="A year of posts: JSON lines, CSV, TSV or Parquet, with a column `text`, which is "
            "measured first, or one for each signal; or raw events as JSON lines.",
            **_EXISTING,
        ),
    ],
    against: Annotated[
        Path | None, typer.Option(help="The charter in force, to compare with.", **_EXISTING)
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(help="Compare groups by this column; `language` by default. Repeatable."),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with charts here.")] = None,
    language: Annotated[
        Literal["en", "zh-Hans"] | None,
        typer.Option(help="The language of the report; the charter's first by default."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Apply a charter to past events: what it would have done, and what it would change.

    A column `ruling` (uphold or lift) tells what reviewers ruled, `ruling_article` about which
    article; `id` is shown in the examples. Counters need `time` and `author` or `thread`.
    """
    from comity.charter import Charter
    from comity.charter.backtest import EventFile, Words, backtest, render
    from comity.charter.backtest import as_json as form
    from comity.charter.backtest.notes import notes
    from comity.cli.backtest_tables import print_backtest

    new = Charter.read(charter)
    old = Charter.read(against) if against else None
    words = Words(language or ("zh-Hans" if new.languages[0].startswith("zh") else "en"))
    table, columns = _open(EventFile.open(events), new, old, by)
    result = backtest(new, table, against=old, by=columns)
    for note in notes(result, words):
        output.messages.print(note, style="yellow", markup=False)
    if html:
        with output.replacing(html) as part:
            part.write_text(render(result, words), encoding="utf-8")
        output.messages.print(f"The report is in {html}.", markup=False)
    if as_json:
        output.emit(json.dumps(form(result), ensure_ascii=False, indent=2))
    else:
        print_backtest(result, words)


def diff(
    old: Annotated[Path, typer.Argument(help="The charter before.", **_EXISTING)],
    new: Annotated[Path, typer.Argument(help="The charter after.", **_EXISTING)],
    as_json: AsJson = False,
) -> None:
    """Say what changed from one charter to another, field by field."""
    from comity.charter import Charter
    from comity.charter.diff import diff
    from comity.cli.backtest_tables import print_diff

    found = diff(Charter.read(old), Charter.read(new))
    if as_json:
        output.emit(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    elif found.changes:
        print_diff(found)
    else:
        output.messages.print("Both charters say the same.")


def _open(
    file: "EventFile", new: "Charter", old: "Charter | None", by: list[str] | None
) -> "tuple[EventTable, list[str]]":
    """Read or measure the events; give them with the columns to compare groups by."""
    from comity.charter.backtest import EXTRAS, read_table, signals_of, texts_alone
    from comity.charter.backtest.columns import extra

    columns = list(dict.fromkeys(by or ["language"]))
    extras = (*EXTRAS, *columns)
    if file.raw:
        table = _measure(file, new, old, extras, sum(1 for _ in file.lines()))
    else:
        asked = signals_of(new, old)
        with output.messages.status("Reading events"):
            table = read_table(file, asked, extras, threads=_THREADS)
        if texts_alone(table, asked):
            table = _measure(file, new, old, extras, table.rows)
    missing = [column for column in columns if not table.has(extra(column))]
    if by and missing:
        raise file.error(
            f"no event has a value in the column `{missing[0]}`, which --by asks for",
            "name a column as it stands in the file",
        )
    return table, [column for column in columns if column not in missing]


def _measure(
    file: "EventFile", new: "Charter", old: "Charter | None", extras: tuple[str, ...], total: int
) -> "EventTable":
    from comity.charter.backtest import measure_table, measure_texts
    from comity.signals import Scorer

    measure = measure_table if file.raw else measure_texts
    with output.progress() as progress:
        task = progress.add_task("Measuring events", total=total)
        return measure(
            file,
            new,
            old,
            Scorer.load(),
            extras,
            threads=_THREADS,
            advance=lambda count: progress.advance(task, count),
        )
