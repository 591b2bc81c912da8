"""`comity opinions`: who thinks alike, what divides them, and what all groups share."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from comity.cli import output

if TYPE_CHECKING:
    from comity.opinions import Conversation


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
    html: Annotated[
        Path | None,
        typer.Option(help="Write a page here: the map, the common ground, what divides."),
    ] = None,
    language: Annotated[
        Literal["en", "zh-Hans"], typer.Option(help="The language of the page.")
    ] = "en",
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

    with output.messages.status("Reading votes") as state:
        ballots = read(votes, statements)
        state.update(f"Grouping {len(ballots.votes):,} votes")
        conversation = Conversation.from_votes(ballots.votes, ballots.moderation(strict=strict))
        if html:
            from comity.opinions.report import render

            state.update("Drawing")
            texts = {statement.id: statement.text for statement in ballots.statements}
            with output.replacing(html) as part:
                part.write_text(render(conversation, texts, language), encoding="utf-8")
    if out or as_json:
        document = json.dumps(conversation.as_json(), ensure_ascii=False, allow_nan=False)
        if out:
            with output.replacing(out) as part:
                part.write_text(document + "\n", encoding="utf-8")
        if as_json:
            output.emit(document)
    _tell(conversation, ballots.notes)


def _tell(conversation: "Conversation", notes: tuple[str, ...]) -> None:
    for note in notes:
        output.messages.print(note, style="yellow", markup=False)
    for ring in conversation.rings:
        names = ", ".join(str(id_) for id_ in ring.participants[:10])
        more = "…" if len(ring.participants) > 10 else ""
        output.messages.print(
            f"{len(ring.participants)} people arrived together and voted nearly the same "
            f"({names}{more}). Their votes are counted.",
            style="yellow",
            markup=False,
        )
    islands = conversation.island_sizes
    if len(islands) > 1:
        output.messages.print(
            f"The voters fall into {len(islands):,} parts that have no statement in common, and "
            f"{sum(islands[1:]):,} people are outside the largest; groups that span parts say "
            "little.",
            style="yellow",
        )
    votes, groups = conversation.votes, conversation.groups
    sizes = ", ".join(str(int((groups.labels == g).sum())) for g in range(groups.count))
    output.messages.print(
        f"{len(votes):,} votes of {len(votes.participants):,} people on "
        f"{len(votes.statements):,} statements; groups of {sizes or 'nobody'}.",
        markup=False,
    )
