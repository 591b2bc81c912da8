"""`comity charter`: write a charter, find its mistakes, run its examples."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from comity.cli import output
from comity.cli.backtest import backtest, diff

if TYPE_CHECKING:
    from comity.charter import Outcome

charter = typer.Typer(
    help="The charter: new, check, test, backtest, diff, schema.", no_args_is_help=True
)

File = Annotated[Path, typer.Argument(help="The charter.", exists=True, dir_okay=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
_CHARTER = Path("charter.yaml")
_LONGEST_SHOWN = 60


@charter.command()
def new(
    file: Annotated[Path, typer.Argument(help="Where to write it.")] = _CHARTER,
    as_json: AsJson = False,
) -> None:
    """Write a charter to start from, in English and Chinese, with comments and two lessons."""
    from comity.charter import starter, starter_lessons

    lessons = file.parent / "lessons"
    try:
        with file.open("x", encoding="utf-8", newline="\n") as written:
            written.write(starter())
        lessons.mkdir(exist_ok=True)
        for name, text in starter_lessons().items():
            if not (lessons / name).exists():
                (lessons / name).write_text(text, "utf-8", newline="\n")
    except FileExistsError:
        output.fail(f"{file} is there already; give another name, as in `charter new ours.yaml`")
    except OSError as error:
        output.fail(f"{file} cannot be written: {error.strerror}")
    if as_json:
        output.emit(json.dumps({"file": str(file)}))
    output.messages.print(f"{file} is written. Change it, then `comity charter check {file}`.")


@charter.command()
def check(
    file: File = _CHARTER,
    strict: Annotated[bool, typer.Option(help="Take warnings for errors.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find every mistake in a charter, and what is hardly meant.

    Exit 0: it can be used. Exit 1: there are errors.
    """
    from comity.charter import check_file

    found = check_file(file)
    if strict:
        found = tuple(replace(each, severity="error") for each in found)
    errors = sum(each.severity == "error" for each in found)
    if as_json:
        counts = {"file": str(file), "errors": errors, "warnings": len(found) - errors}
        output.emit(_json({**counts, "diagnostics": [asdict(each) for each in found]}))
    else:
        for each in found:
            output.emit(f"{each}\n")
        output.messages.print(
            f"{file}: {_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}"
        )
    if errors:
        raise typer.Exit(1)


@charter.command()
def schema(
    language: Annotated[
        Literal["en", "zh-Hans"], typer.Option(help="What the explanations are written in.")
    ] = "en",
    as_json: Annotated[  # noqa: ARG001 - every command takes it
        bool, typer.Option("--json", help="Write JSON, which it does anyway.")
    ] = True,
) -> None:
    """Print the JSON Schema of charters, with which editors complete and explain what you write."""
    from comity.charter import json_schema

    output.emit(_json(json_schema(language)))


@charter.command("test")
def run_tests(file: File = _CHARTER, as_json: AsJson = False) -> None:
    """Run the examples of a charter: does each article match what it should, and nothing else?

    Exit 0: yes. Exit 1: no.
    """
    from comity.charter import Charter, Result, run_examples
    from comity.signals import Scorer

    read = Charter.read(file)
    outcomes = run_examples(read, Scorer.load())
    if as_json:
        output.emit(_json([_describe(outcome) for outcome in outcomes]))
    elif outcomes:
        _show(outcomes)
    results = [outcome.result for outcome in outcomes]
    counts = ", ".join(f"{results.count(each)} {each}" for each in Result)
    output.messages.print(counts if outcomes else "there are no examples in this charter")
    if Result.FAILED in results:
        raise typer.Exit(1)


charter.command()(backtest)
charter.command()(diff)


def _describe(outcome: "Outcome") -> dict[str, Any]:
    return {
        "article": outcome.article.id,
        "line": outcome.article.line,
        "expected": outcome.expected,
        "text": outcome.text,
        "result": outcome.result,
        "signals": outcome.values,
    }


def _show(outcomes: Sequence["Outcome"]) -> None:
    from rich.table import Table
    from rich.text import Text

    from comity.charter import Result

    styles = {Result.PASSED: "green", Result.FAILED: "red", Result.UNTOLD: "yellow"}
    table = Table("result", "article", "example", box=None, pad_edge=False)
    for outcome in outcomes:
        example = Text(f"{outcome.expected}: {_shortened(outcome.text)}")
        for line in _reasons(outcome):
            example.append(f"\n{line}", styles[outcome.result])
        result = Text(outcome.result, styles[outcome.result])
        table.add_row(result, Text(outcome.article.id), example)
    output.tables().print(table)


def _reasons(outcome: "Outcome") -> list[str]:
    """Why an example did not pass: the condition, and the values that decided."""
    from comity.charter import Result

    if outcome.result is Result.PASSED:
        return []
    if outcome.result is Result.UNTOLD:
        return [f"a text alone does not tell {', '.join(outcome.unknown)}"]
    values = (f"{name} = {_value(value)}" for name, value in outcome.values.items())
    return [f"line {outcome.article.line}: {outcome.article.condition.text}", ", ".join(values)]


def _value(value: Any) -> str:
    if value is None:
        return "unknown"
    return f"{value:.2f}" if isinstance(value, float) else _shortened(str(value))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
