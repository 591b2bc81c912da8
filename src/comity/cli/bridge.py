"""`comity bridge`: which notes people who usually differ both find helpful."""

import json
from collections import Counter
from math import log10
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from comity.cli import output

if TYPE_CHECKING:
    from rich.progress import Progress

    from comity.bridging import Fit, Ratings, Scores

MAX_GRADIENT: Final = 1e-6
"""Above it, a fit is not at its minimum."""

_EXISTING: Final[dict[str, Any]] = {"exists": True, "dir_okay": False}
_FORMATS: Final = {
    ".parquet": "FORMAT parquet",
    ".csv": "FORMAT csv, HEADER",
    ".tsv": "FORMAT csv, HEADER, DELIMITER '\t'",
    ".jsonl": "FORMAT json",
}


def bridge(
    ratings: Annotated[
        Path,
        typer.Argument(
            help="Who found which note how helpful: TSV, CSV, JSON lines or Parquet with note, "
            "rater and value (0, 0.5 or 1), or an official Community Notes file of ratings.",
            **_EXISTING,
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="Write the notes here: .parquet, .csv, .tsv or .jsonl.")
    ],
    raters: Annotated[Path | None, typer.Option(help="Write the raters here as well.")] = None,
    history: Annotated[
        Path | None,
        typer.Option(
            help="The official noteStatusHistory: fit twice, the second time without raters who "
            "were often wrong, and keep the statuses that are final.",
            **_EXISTING,
        ),
    ] = None,
    enrollment: Annotated[
        Path | None,
        typer.Option(help="The official userEnrollment: fit to the core raters only.", **_EXISTING),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a page with a picture of the axis here.")
    ] = None,
    language: Annotated[
        Literal["en", "zh-Hans"], typer.Option(help="The language of the page.")
    ] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Write a summary as JSON.")] = False,
) -> None:
    """Tell which notes people who usually differ both find helpful.

    Each note gets an intercept (how helpful both sides find it), a factor (which side it pleases)
    and a status: helpful, not_helpful or needs_more_ratings.
    """
    from comity.bridging import place_raters, read_ratings

    for path in filter(None, (out, raters)):
        if path.suffix.lower() not in _FORMATS:
            raise typer.BadParameter(f"{path}: the ending has to be one of {', '.join(_FORMATS)}")
    started = perf_counter()
    with output.messages.status("Reading ratings"):
        given = read_ratings(ratings)
    fitted, scores = _scored(given, history, enrollment)
    with output.messages.status("Writing") as state:
        columns = {
            "note": scores.notes,
            "ratings": scores.ratings,
            "intercept": scores.intercepts,
            "factor": scores.factors,
            "status": list(map(str, scores.statuses)),
        }
        _write(out, columns)
        if raters:
            intercepts, factors = place_raters(fitted, given)
            columns = {
                "rater": given.raters,
                "ratings": given.ratings_of_raters,
                "intercept": intercepts,
                "factor": factors,
            }
            _write(raters, columns)
        if html:
            from comity.bridging.report import render

            state.update("Drawing")
            text = render(fitted, given, scores, language)
            with output.replacing(html) as part:
                part.write_text(text, encoding="utf-8")
    summary = _summary(given, fitted, scores) | {"seconds": round(perf_counter() - started, 3)}
    if as_json:
        output.emit(json.dumps(summary))
    _tell(summary, out)


def _scored(
    given: "Ratings", history: Path | None, enrollment: Path | None
) -> tuple["Fit", "Scores"]:
    """Fit, and say the status of each note, heeding what the official files tell of them."""
    import numpy as np

    from comity.bridging import fit, read_core, read_history, settle, status, two_rounds

    model = given
    if enrollment:
        model = given.select(np.ones(len(given.notes), np.bool_), read_core(enrollment, given))
    known = read_history(history, given) if history else None
    with output.progress() as progress:
        watch = _Bar(progress, f"Fitting {len(model):,} ratings")
        if known is None:
            fitted = fit(model.filtered(), watch=watch)
            return fitted, status(fitted, given)
        fitted = two_rounds(model, known, watch).second
    return fitted, settle(status(fitted, given, known.statuses), known)


class _Bar:
    """Shows how far a fit is: how many decades the gradient has fallen of those it has to."""

    def __init__(self, progress: "Progress", told: str) -> None:
        self._task, self._progress = progress.add_task(told, total=100), progress
        self._first = 0.0

    def __call__(self, gradient: float, goal: float) -> None:
        self._first = max(self._first, gradient)
        if self._first > goal:
            left = log10(max(gradient, goal) / goal) / log10(self._first / goal)
            self._progress.update(self._task, completed=round(100 * (1 - left)))


def _summary(given: "Ratings", fitted: "Fit", scores: "Scores") -> dict[str, Any]:
    from comity.bridging import Status, islands

    counts = Counter(scores.statuses)
    return {
        "loss": fitted.loss,
        "iterations": fitted.iterations,
        "gradient": fitted.gradient,
        "mu": fitted.mu,
        "ratings": len(given),
        "notes": len(given.notes),
        "raters": len(given.raters),
        "fitted": {
            "ratings": fitted.ratings,
            "notes": len(fitted.notes),
            "raters": len(fitted.raters),
        },
        "statuses": {status: counts[status] for status in Status},
        "islands": len(islands(given.filtered())),
    }


def _tell(summary: dict[str, Any], out: Path) -> None:
    """For people: what was found, and what to be careful about."""
    say = output.messages.print
    helpful, rejected = (summary["statuses"][name] for name in ("helpful", "not_helpful"))
    say(
        f"Of {summary['notes']:,} notes, helpful to both sides: {helpful:,}; not helpful: "
        f"{rejected:,}; the others need more ratings. They are in {out}.",
        markup=False,
    )
    if not summary["fitted"]["ratings"]:
        say(
            "No note has five raters with ten ratings each, so nothing could be told yet.",
            style="yellow",
        )
    if summary["gradient"] >= MAX_GRADIENT:
        say(
            f"The fit stopped before its minimum: the gradient is {summary['gradient']:.1e}.",
            style="yellow",
        )
    if summary["islands"] > 1:
        say(
            f"The raters fall into {summary['islands']:,} groups that have no note in common; "
            "which side of one is like which of another cannot be told.",
            style="yellow",
        )


def _write(path: Path, columns: dict[str, Any]) -> None:
    """Write a table."""
    import duckdb
    import numpy as np

    form = _FORMATS[path.suffix.lower()]
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.register("found", {name: np.asarray(column) for name, column in columns.items()})
        with output.replacing(path) as part:
            try:
                connection.execute(f"COPY found TO {_literal(part)} ({form})")
            except duckdb.Error as error:
                raise OSError(str(error)) from error


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
