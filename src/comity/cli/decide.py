"""`comity decide`: what a charter says of a file of events, one JSON line an event."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli import output
from comity.cli.inputs import STANDARD_INPUT, opened, present

if TYPE_CHECKING:
    from comity.charter import Charter
    from comity.signals import Counters, Scorer

BATCH = 512


def decide(
    charter: Annotated[
        Path, typer.Option(help="The charter to apply.", exists=True, dir_okay=False)
    ],
    events: Annotated[
        Path,
        typer.Argument(
            help="JSON lines, one event a line; - for standard input.", callback=present
        ),
    ] = STANDARD_INPUT,
    summary: Annotated[
        bool, typer.Option("--json", help="Sum up on standard error as JSON, not in words.")
    ] = False,
) -> None:
    """Decide each event of a file: JSON lines out, in the order they came in.

    A line that is no event gets {"line": N, "error": "…"} in its place, and the exit is 1.
    """
    from comity import Charter, Scorer
    from comity.signals import Counters

    law, scorer = Charter.read(charter), Scorer.load()
    counters = Counters(law.counters)
    tally: dict[str, int] = {}
    with opened(events) as lines, output.progress() as progress:
        task = progress.add_task("Deciding", total=_count_lines(events))
        numbered = enumerate(lines, start=1)
        while batch := list(islice(numbered, BATCH)):
            for answer in _decide_batch(batch, law, scorer, counters):
                output.emit(json.dumps(answer, ensure_ascii=False))
                outcome = answer.get("remedy", "error")
                tally[outcome] = tally.get(outcome, 0) + 1
            progress.advance(task, len(batch))
    _say(tally, as_json=summary)
    if "error" in tally:
        raise typer.Exit(1)


def _decide_batch(
    batch: Iterable[tuple[int, bytes]], charter: "Charter", scorer: "Scorer", counters: "Counters"
) -> Iterator[dict[str, Any]]:
    """Answer each line that is not blank: measured together, told apart again in their order."""
    from comity import EventError, decide, measure_all, read_event

    answers: list[dict[str, Any] | None] = []
    events = []
    for number, line in batch:
        if not line.strip():
            continue
        try:
            events.append(read_event(line))
            answers.append(None)
        except EventError as error:
            answers.append({"line": number, "error": error.on_one_line})
    counts = [counters.observe(event) for event in events]
    measured = iter(zip(events, measure_all(events, scorer, counts), strict=True))
    for answer in answers:
        if answer is None:
            event, signals = next(measured)
            yield decide(charter, event, signals).as_json()
        else:
            yield answer


def _count_lines(path: Path) -> int | None:
    """How many lines there are, where that can be known before reading."""
    if path == STANDARD_INPUT:
        return None
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _say(tally: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        output.messages.print(json.dumps(tally), markup=False)
        return
    total = sum(tally.values())
    parts = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(tally.items()))
    lines = "line" if total == 1 else "lines"
    output.messages.print(f"{total:,} {lines}: {parts}" if total else "No events.", markup=False)
