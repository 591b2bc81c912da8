"""`comity breaker`: the articles that set themselves to trial, and back in force."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli import output
from comity.cli.records import HERE, AsJson, Data, Described, tell_all, tell_done

if TYPE_CHECKING:
    from comity.server.transparency.models import Suspension

breaker = typer.Typer(
    help="The breaker: articles that matched far too much and so act no more.",
    no_args_is_help=True,
)


@breaker.command("list")
def list_suspended(data: Data = HERE, as_json: AsJson = False) -> None:
    """List the articles of the charter in force that are on trial since they matched too much."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from comity.server.transparency.services import suspensions

    found = list(suspensions(community))
    tell_all(found, _describe, _say, as_json)
    if not found:
        output.messages.print("No article is suspended.")


@breaker.command()
def lift(
    article: Annotated[str, typer.Argument(help="The id of the article; `list` shows it.")],
    data: Data = HERE,
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
    tell_done(_describe(suspension), f"Back in force: {article}", as_json)


def _describe(suspension: "Suspension") -> dict[str, Any]:
    return {
        "article": suspension.article,
        "since": suspension.since.isoformat(),
        "share": suspension.share,
        "expected": suspension.expected,
    }


def _say(suspended: Described) -> str:
    since = suspended["since"][:16].replace("T", " ")
    return (
        f"{suspended['article']}  since {since} UTC  matched posts of "
        f"{suspended['share']:.1%} of authors, {suspended['expected']:.1%} expected"
    )
