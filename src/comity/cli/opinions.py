"""`comity opinions`: who thinks alike, what divides them, and what all groups share."""

import json
from pathlib import Path
from typing import Annotated

import typer

from comity.cli import output


def opinions(
    votes: Annotated[
        Path,
        typer.Argument(
            help="The folder of a Polis export, its votes.csv or participants-votes.csv, or a CSV, "
            "TSV or Parquet table with columns participant, statement, vote and time.",
            exists=True,
        ),
    ],
    statements: Annotated[
        Path | None,
        typer.Option(
            help="The statements, with their text and moderation: comments.csv of an export.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the JSON here.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave out statements that no moderator let in.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write the JSON to standard output.")
    ] = False,
) -> None:
    """Find opinion groups in votes, and the common ground of all groups.

    JSON tells where each participant stands and how each group voted on each statement.
    """
    from comity.opinions import Conversation
    from comity.opinions.reading import read

    with output.progress() as bar:
        task = bar.add_task("Reading", total=2)
        ballots = read(votes, statements)
        bar.update(task, completed=1, description="Grouping")
        conversation = Conversation.from_votes(ballots.votes, ballots.moderation(strict=strict))
    for note in ballots.notes:
        output.messages.print(note, style="yellow", markup=False)
    if out or as_json:
        document = json.dumps(conversation.as_json(), ensure_ascii=False, allow_nan=False)
        if out:
            out.write_text(document + "\n", encoding="utf-8")
        if as_json:
            output.emit(document)
    sizes = ", ".join(
        str(int((conversation.groups.labels == g).sum())) for g in range(conversation.groups.count)
    )
    output.messages.print(
        f"{len(ballots.votes):,} votes of {len(ballots.votes.participants):,} people on "
        f"{len(ballots.votes.statements):,} statements; groups of {sizes or 'nobody'}.",
        markup=False,
    )
