"""`comity statements`: statements of reasons for the EU's transparency database."""

import json
from pathlib import Path
from typing import Annotated

import typer

from comity.cli import output
from comity.cli.inputs import opened, present

statements = typer.Typer(
    help="Statements of reasons for the EU's transparency database.", no_args_is_help=True
)

_SHOWN = 50


@statements.command()
def check(
    file: Annotated[
        Path,
        typer.Argument(help="Batches, one on each line; - is standard input.", callback=present),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Check statements by the rules of the database before they are handed in.

    Exit 0: all may go. Exit 1: some may not; what is wrong, where, and what to do is written.
    """
    from comity.statements.dsa import check_file

    with opened(file) as lines:
        count, faults = check_file(lines, str(file))
    if as_json:
        told = [{"line": f.line, "message": f.message, "hint": f.hint} for f in faults]
        output.emit(json.dumps({"statements": count, "faults": told}, ensure_ascii=False))
    else:
        for fault in faults[:_SHOWN]:
            output.emit(str(fault))
        if len(faults) > _SHOWN:
            output.emit(f"and {len(faults) - _SHOWN:,} more")
        output.messages.print(_summary(count, len(faults)), markup=False)
    if faults:
        raise typer.Exit(1)


def _summary(count: int, faults: int) -> str:
    checked = "1 statement" if count == 1 else f"{count:,} statements"
    if not faults:
        return f"{checked}: all may be handed in."
    found = "1 fault" if faults == 1 else f"{faults:,} faults"
    return f"{checked}: {found}. None of them should be handed in before that is mended."
