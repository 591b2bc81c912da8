"""What commands on a server's records share: a list, a secret shown once, one thing done."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer

from comity.cli import output

Data = Annotated[Path, typer.Option(help="The data folder of the server.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
HERE: Final = Path(".comity")

_Record = TypeVar("_Record")
Described = Mapping[str, Any]


def tell_all(
    records: Iterable[_Record],
    describe: Callable[[_Record], Described],
    say: Callable[[Described], str],
    as_json: bool,
) -> None:
    """Write each on a line: as JSON, or as `say` puts it."""
    for record in records:
        described = describe(record)
        output.emit(json.dumps(described) if as_json else say(described))


def show_secret(described: Described, secret: str, note: str, as_json: bool) -> None:
    """Write a secret, this once, with a word on what to do with it."""
    if as_json:
        output.emit(json.dumps({**described, "secret": secret}))
        return
    output.emit(secret)
    output.messages.print(note, markup=False)


def tell_done(described: Described, note: str, as_json: bool) -> None:
    """Write what became of one record."""
    if as_json:
        output.emit(json.dumps(described))
    else:
        output.messages.print(note, markup=False)
