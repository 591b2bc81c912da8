"""`comity statements`: statements of reasons for the EU's transparency database."""

import json
from datetime import UTC, datetime
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


@statements.command()
def export(
    out: Annotated[Path, typer.Option(help="The file to write.")],
    data: Annotated[Path, typer.Option(help="The data folder of the server.")] = Path(".comity"),
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Only what was decided from this day on, in UTC."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Write statements as batches of up to 100, one on each line, ready to be handed in.

    Each is checked first. Nothing in them tells who anybody is.
    """
    from comity.server.setup import open_folder

    community = open_folder(data)
    from comity.server.review.statements.sources import since as statements_since
    from comity.statements.dsa import batches, check, record

    count = 0
    begin = since.replace(tzinfo=UTC) if since else None
    records = (record(statement) for statement in statements_since(community, begin))
    with output.replacing(out) as part, part.open("w", encoding="utf-8") as file:
        for batch in batches(records):
            for each in batch["statements"]:
                if faults := check(each):
                    output.fail(f"{each.get('puid')}: {faults[0]}")
            count += len(batch["statements"])
            file.write(json.dumps(batch, ensure_ascii=False) + "\n")
    if as_json:
        output.emit(json.dumps({"statements": count, "file": str(out)}))
    else:
        told = "1 statement" if count == 1 else f"{count:,} statements"
        output.messages.print(f"{out}: {told}", markup=False)
