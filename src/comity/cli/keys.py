"""`comity keys`: who may talk to the server."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli import output

if TYPE_CHECKING:
    from comity.server.intake.models import ApiKey

keys = typer.Typer(help="API keys: make, list, revoke.", no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="The data folder of the server.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
_HERE = Path(".comity")


@keys.command()
def create(
    name: Annotated[str, typer.Argument(help="What uses the key, in a few words.")],
    data: Data = _HERE,
    scope: Annotated[
        list[str] | None, typer.Option(help="What it may do; all there is by default.")
    ] = None,
    rate: Annotated[
        int, typer.Option(min=1, max=100_000_000, help="Events a minute that it may send.")
    ] = 60_000,
    publishable: Annotated[
        bool, typer.Option(help="A key that may stand in a web page: for drafts only.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a key and show its secret, this once."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from django.utils.timezone import now

    from comity.server.intake.keys import create_key, read_scopes

    scopes = read_scopes(scope or ["drafts"] if publishable else scope)
    key, secret = create_key(community, name, scopes, rate, now(), publishable=publishable)
    if as_json:
        output.emit(json.dumps({**_describe(key), "secret": secret}))
        return
    output.emit(secret)
    keep = "It may stand in a page." if publishable else "Keep it: it is not shown again."
    output.messages.print(f"It may: {', '.join(key.scopes)}. {keep}", markup=False)


@keys.command("list")
def list_keys(data: Data = _HERE, as_json: AsJson = False) -> None:
    """List the keys, without their secrets."""
    from comity.server.setup import open_folder

    for key in open_folder(data).api_keys.order_by("pk"):
        if as_json:
            output.emit(json.dumps(_describe(key)))
            continue
        used = f"last used {key.last_used}" if key.last_used else "never used"
        state = f"revoked {key.revoked:%Y-%m-%d}" if key.revoked else used
        output.emit(
            f"{key.prefix}…  {key.name}  ({', '.join(key.scopes)})  {key.rate}/min  {state}"
        )


@keys.command()
def revoke(
    prefix: Annotated[str, typer.Argument(help="How the secret begins; `list` shows it.")],
    data: Data = _HERE,
    as_json: AsJson = False,
) -> None:
    """Revoke a key: a second later nobody gets in with it."""
    from comity.server.setup import open_folder

    open_folder(data)
    from django.utils.timezone import now

    from comity.server.intake.keys import revoke_key

    key = revoke_key(prefix.rstrip("…"), now())
    if key is None:
        output.fail(f"no key at work begins with {prefix}; `comity keys list` shows them")
    if as_json:
        output.emit(json.dumps(_describe(key)))
    else:
        output.messages.print(f"Revoked: {key.name} ({key.prefix}…)", markup=False)


def _describe(key: "ApiKey") -> dict[str, Any]:
    return {
        "name": key.name,
        "prefix": key.prefix,
        "scopes": key.scopes,
        "rate": key.rate,
        "created": key.created.isoformat(),
        "revoked": key.revoked.isoformat() if key.revoked else None,
        "last_used": key.last_used.isoformat() if key.last_used else None,
    }
