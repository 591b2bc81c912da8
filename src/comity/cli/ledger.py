"""`comity ledger`: check the public record, prove what stands in it, hand it on."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli import output

if TYPE_CHECKING:
    from comity.ledger import LedgerReader, Report, VerifierKey

ledger = typer.Typer(help="The public record: verify, prove, export.", no_args_is_help=True)

Folder = Annotated[
    Path | None, typer.Argument(help="A folder that `export` wrote, or a copy of one.")
]
Data = Annotated[Path | None, typer.Option(help="The data folder of a server, instead.")]
Keys = Annotated[
    list[str] | None,
    typer.Option("--key", help="The ledger's public key: name+id+base64. Repeat for several."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
_MAX_FILE = 256 * 1024


@ledger.command()
def verify(
    source: Folder = None,
    data: Data = None,
    key: Keys = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint that you kept from earlier.", exists=True, dir_okay=False),
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option(help="Check this proof alone, offline.", exists=True, dir_okay=False),
    ] = None,
    entry: Annotated[
        Path | None,
        typer.Option(help="The entry, if not in the proof.", exists=True, dir_okay=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find whatever was changed in a ledger since it was signed, and name it.

    Exit 0: nothing was. Exit 1: something was.
    """
    from comity.ledger import VerifierKey

    keys = [VerifierKey.parse(text) for text in key or ()]
    if proof:
        _verify_proof(proof, entry, keys, as_json)
        return
    with _open(source, data) as reader:
        report = _verify_ledger(reader, keys, [_read(file) for file in checkpoint or ()])
    if as_json:
        output.emit(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _tell(report)
    if not report.sound:
        raise typer.Exit(1)


@ledger.command()
def prove(
    index: Annotated[int, typer.Argument(min=0, help="Which entry; they count from 0.")],
    source: Folder = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Write a proof that an entry is in the ledger, for `verify --proof` or any C2SP tool."""
    from comity.ledger import InclusionProof, LedgerError

    with _open(source, data) as reader:
        notes = list(reader.checkpoints())
        if not notes:
            raise LedgerError(
                "this ledger has no checkpoint yet, so there is nothing to prove with"
            )
        proof = InclusionProof.make(index, notes[-1], reader, next(reader.entries(index), b""))
    if not proof.entry:
        output.messages.print(
            f"Entry {index:,} itself is not here, so whoever checks the proof has to bring it.",
            markup=False,
        )
    if as_json:
        document = {"index": index, "entry": proof.entry.decode(errors="replace")}
        output.emit(json.dumps(document | {"proof": str(proof)}, ensure_ascii=False))
    else:
        output.emit(str(proof).removesuffix("\n"))


@ledger.command()
def export(
    out: Annotated[Path, typer.Argument(help="The folder to write, or to bring up to date.")],
    data: Data = None,
    source: Annotated[Path | None, typer.Option(help="A folder to copy, instead.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the ledger as files that any web server can offer and anyone can verify."""
    from comity.ledger import export as write

    with _open(source, data) as reader, output.progress() as bar:
        task = bar.add_task("Writing", total=reader.size)
        newest = write(reader, out, lambda done: bar.update(task, completed=done))
    if as_json:
        document = {"origin": newest.origin, "size": newest.size, "root": newest.root.hex()}
        output.emit(json.dumps(document))
    else:
        output.messages.print(f"{out}: {newest.size:,} entries of {newest.origin}", markup=False)


def _verify_ledger(reader: "LedgerReader", keys: "list[VerifierKey]", kept: list[str]) -> "Report":
    from comity.ledger import LedgerError, own_key
    from comity.ledger import verify as check

    if not keys:
        own = own_key(reader)
        if own is None:
            raise LedgerError(
                "name the key that signs this ledger with --key: its first entry announces none, "
                "or cannot be read"
            )
        keys = [own]
        output.messages.print(
            f"Checked with the key that the ledger itself announces, {own}\n"
            "Compare it with the one that the community published, or name that one with --key.",
            markup=False,
        )
    with output.progress() as bar:
        task = bar.add_task("Verifying", total=reader.size)
        return check(reader, keys, kept, lambda done: bar.update(task, completed=done))


def _verify_proof(file: Path, entry: Path | None, keys: "list[VerifierKey]", as_json: bool) -> None:
    from comity.ledger import InclusionProof, LedgerError

    if not keys:
        raise typer.BadParameter("a proof is checked against a key: name it with --key")
    proof = InclusionProof.parse(_read(file))
    body = _read_bytes(entry) if entry else proof.entry
    if not body:
        raise LedgerError(
            "this proof brings no entry along; name the file that has it with --entry"
        )
    checkpoint = proof.verify(body, keys)
    found = {"origin": checkpoint.origin, "index": proof.index, "size": checkpoint.size}
    if as_json:
        text = body.decode(errors="replace")
        output.emit(json.dumps({"sound": True} | found | {"entry": text}, ensure_ascii=False))
    else:
        output.emit(body.decode(errors="replace"))
        output.messages.print(
            "This is entry {index:,} of {origin}, which had {size:,} when it signed.".format(
                **found
            ),
            markup=False,
        )


def _tell(report: "Report") -> None:
    for fault in report.faults:
        output.emit(str(fault))
    if not report.complete:
        output.emit("and there is more")
    output.messages.print(_summary(report), markup=False)


def _summary(report: "Report") -> str:
    checked = "1 checkpoint" if report.checkpoints == 1 else f"{report.checkpoints:,} checkpoints"
    if not report.sound:
        found = "1 fault" if len(report.faults) == 1 else f"{len(report.faults):,} faults"
        whole = (
            f", the first {report.proven:,} of them as they were signed" if report.proven else ""
        )
        return f"NOT SOUND: {found} among {report.size:,} entries{whole}. {checked} checked."
    waiting = report.size - report.signed
    later = f"; {waiting:,} more await the next checkpoint" if waiting else ""
    return f"Sound: {report.proven:,} entries are as they were signed{later}. {checked} checked."


@contextmanager
def _open(source: Path | None, data: Path | None) -> "Iterator[LedgerReader]":
    from comity.ledger import LedgerFolder

    if (source is None) == (data is None):
        raise typer.BadParameter("name an exported folder, or a server's data folder with --data")
    if source:
        yield LedgerFolder(source)
    elif data:
        from comity.server.database import open_ledger
        from comity.server.folder import DataFolder

        with closing(open_ledger(DataFolder(data))) as tables:
            yield tables


def _read(file: Path) -> str:
    return _read_bytes(file).decode(errors="replace")


def _read_bytes(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_MAX_FILE)
