"""`comity jury`: draw a jury by lot, or find out whether one was drawn as its record says."""

import json
from pathlib import Path
from typing import Annotated

import typer

from comity.cli import output
from comity.cli.inputs import opened, present

jury = typer.Typer(help="Juries: draw one by lot, or check a draw.", no_args_is_help=True)

Record = Annotated[
    Path, typer.Argument(help="The record of a draw; - is standard input.", callback=present)
]


@jury.command()
def draw(record: Record) -> None:
    """Draw by what a record says, and write the record with its jurors as JSON."""
    from comity.juries import DrawRecord

    with opened(record) as file:
        read = DrawRecord.read(file.read(), str(record))
    output.emit(read.with_jurors(read.redraw()))


@jury.command()
def verify(
    record: Record,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="The checkpoint that seeded the draw.", exists=True, dir_okay=False),
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="The ledger's public key, to check the checkpoint with.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Draw again and compare. Exit 0: the jurors are those of the record. Exit 1: they are not."""
    from comity.juries import DrawRecord

    if (checkpoint is None) != (key is None):
        raise typer.BadParameter("a checkpoint is checked with a key: name both, or neither")
    with opened(record) as file:
        read = DrawRecord.read(file.read(), str(record))
    if checkpoint and key:
        _check_seed(read.root, read.checkpoint_size, checkpoint, key)
    drawn = read.redraw()
    as_said = set(drawn.jurors) == set(read.jurors)
    if as_json:
        output.emit(json.dumps({"sound": as_said, "jurors": drawn.jurors}, ensure_ascii=False))
    elif as_said:
        may_serve = len(set(read.members) - read.excluded)
        output.messages.print(
            f"Sound: these {read.size} of the {may_serve:,} who could serve are who the lot falls "
            f"on{'' if checkpoint else ', if the root is that of the checkpoint'}.",
            markup=False,
        )
    else:
        for juror in sorted(set(read.jurors) - set(drawn.jurors)):
            output.emit(f"not drawn, but on the jury: {juror}")
        for juror in sorted(set(drawn.jurors) - set(read.jurors)):
            output.emit(f"drawn, but not on the jury: {juror}")
        output.messages.print(
            "NOT SOUND: the record names other jurors than the lot.", markup=False
        )
    if not as_said:
        raise typer.Exit(1)


def _check_seed(root: bytes, size: int, file: Path, key: str) -> None:
    """The root has to be the one that the ledger signed, or the draw could have been chosen."""
    from comity.ledger import Checkpoint, VerifierKey

    signed = Checkpoint.open(file.read_text("utf-8"), [VerifierKey.parse(key)])
    if (signed.root, signed.size) != (root, size):
        output.fail(
            f"NOT SOUND: the record was seeded with another root than {signed.origin} signed for "
            f"{signed.size:,} entries"
        )
