"""`comity score`: scores for a file of texts, as JSON lines in the same order."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli import output
from comity.cli.inputs import STANDARD_INPUT, opened, present
from comity.cli.texts import BadRow, read_texts
from comity.cli.tier import TierOption, tier_of

if TYPE_CHECKING:
    from comity.signals.scorer import Scorer, Scores

_BATCH = 2048


def score(
    file: Annotated[
        Path,
        typer.Argument(
            help="Lines, CSV, JSON lines or Parquet; - is standard input.", callback=present
        ),
    ] = STANDARD_INPUT,
    column: Annotated[
        str | None, typer.Option(help='Where a table has the texts; "text" by default.')
    ] = None,
    attributes: Annotated[
        str | None, typer.Option(help="Only these, separated by commas: toxicity,insult")
    ] = None,
    tier: TierOption = None,
    model: Annotated[
        str | None, typer.Option(help="A version, or a model's folder; the newest by default.")
    ] = None,
    as_json: Annotated[  # noqa: ARG001 - every command takes it
        bool, typer.Option("--json", help="Write JSON, which it does anyway.")
    ] = True,
) -> None:
    """Score texts: one JSON line for each, in the same order.

    A row that holds no text gets {"line": …, "error": …} in its place, and exit 1 at the end.
    """
    from comity.signals.scorer import Scorer

    scorer = Scorer.load(model, tier_of(tier))
    wanted = _wanted(attributes, scorer)
    with opened(file) as stream, output.progress() as progress:
        task = progress.add_task("texts scored", total=None)
        rows = read_texts(stream, str(file), column)
        bad = 0
        while batch := list(islice(rows, _BATCH)):
            bad += sum(isinstance(row, BadRow) for row in batch)
            for line in _scored(batch, scorer, wanted):
                output.emit(line)
            progress.advance(task, len(batch))
    if bad:
        rows_hold = "1 row holds" if bad == 1 else f"{bad:,} rows hold"
        output.fail(f"{rows_hold} no text; the output says which and why, each in its place.")


def _wanted(attributes: str | None, scorer: "Scorer") -> frozenset[str]:
    known = frozenset(scorer.card["attributes"])
    if attributes is None:
        return known
    wanted = frozenset(name.strip().lower() for name in attributes.split(","))
    if unknown := ", ".join(f"`{name}`" for name in sorted(wanted - known)):
        _misused(f"The model scores no {unknown}; it scores {', '.join(sorted(known))}.")
    return wanted


def _misused(message: str) -> None:
    output.messages.print(message, style="red", markup=False)
    raise typer.Exit(2)


def _scored(
    batch: Sequence[str | BadRow], scorer: "Scorer", wanted: frozenset[str]
) -> Iterator[str]:
    scores = iter(scorer.score([row for row in batch if isinstance(row, str)]))
    for row in batch:
        if isinstance(row, BadRow):
            yield json.dumps({"line": row.line, "error": row.error}, ensure_ascii=False)
        else:
            yield json.dumps(_as_json(next(scores), wanted))


def _as_json(scores: "Scores", wanted: frozenset[str]) -> dict[str, object]:
    return {
        "language": scores.language,
        "scores": {
            name: round(value, 6) for name, value in scores.attributes.items() if name in wanted
        },
        "spans": [
            {"attribute": span.attribute, "begin": span.begin, "end": span.end}
            for span in scores.spans
            if span.attribute in wanted
        ],
    }
