"""`comity breaker`: the articles that set themselves to trial, and back in force."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli import output

if TYPE_CHECKING:
    from comity.server.transparency.models import Suspension

breaker = typer.Typer(
    help="The breaker: articles that matched far too much and so act no more.",
    no_args_is_help=True,
)

Data = Annotated[Path, typer.Option(help="The data folder of the server.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
_HERE = Path(".comity")


@breaker.command("list")
def list_suspended(data: Data = _HERE, as_json: AsJson = False) -> None:
    """List the articles of the charter in force that are on trial since they matched too much."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from comity.server.transparency.services import suspensions

    found = list(suspensions(community))
    for each in found:
        output.emit(json.dumps(_describe(each)) if as_json else _say(each))
    if not found:
        output.messages.print("No article is suspended.")


@breaker.command()
def lift(
    article: Annotated[str, typer.Argument(help="The id of the article; `list` shows it.")],
    data: Data = _HERE,
    as_json: AsJson = False,
) -> None:
    """Put an article back in force: it acts again from the next event on."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from django.utils.timezone import now

    from comity.server.folder import DataFolder
    from comity.server.runtime import signing_key
    from comity.server.transparency import services

    suspension = services.suspensions(community).filter(article=article).first()
    if suspension is None:
        output.fail(f"no article `{article}` is suspended; `comity breaker list` shows them")
    signer = signing_key(DataFolder(data), community)
    services.lift(suspension, "operator", signer, now())
    if as_json:
        output.emit(json.dumps(_describe(suspension)))
    else:
        output.messages.print(f"Back in force: {article}", markup=False)


def _describe(suspension: "Suspension") -> dict[str, Any]:
    return {
        "article": suspension.article,
        "since": suspension.since.isoformat(),
        "share": suspension.share,
        "expected": suspension.expected,
    }


def _say(suspension: "Suspension") -> str:
    return (
        f"{suspension.article}  since {suspension.since:%Y-%m-%d %H:%M} UTC  matched posts of "
        f"{suspension.share:.1%} of authors, {suspension.expected:.1%} expected"
    )
