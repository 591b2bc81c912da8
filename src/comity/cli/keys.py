"""`comity keys`: who may talk to the server."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli import output
from comity.cli.records import HERE, AsJson, Data, Described, show_secret, tell_all, tell_done

if TYPE_CHECKING:
    from comity.server.intake.models import ApiKey

keys = typer.Typer(help="API keys: make, list, revoke.", no_args_is_help=True)


@keys.command()
def create(
    name: Annotated[str, typer.Argument(help="What uses the key, in a few words.")],
    data: Data = HERE,
    scope: Annotated[
        list[str] | None,
        typer.Option(help="What it may do; by default all but sign members in."),
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
    keep = "It may stand in a page." if publishable else "Keep it: it is not shown again."
    note = f"It may: {', '.join(key.scopes)}. {keep}"
    show_secret(_describe(key), secret, note, as_json)


@keys.command("list")
def list_keys(data: Data = HERE, as_json: AsJson = False) -> None:
    """List the keys, without their secrets."""
    from comity.server.setup import open_folder

    tell_all(open_folder(data).api_keys.order_by("pk"), _describe, _say, as_json)


@keys.command()
def revoke(
    prefix: Annotated[str, typer.Argument(help="How the secret begins; `list` shows it.")],
    data: Data = HERE,
    as_json: AsJson = False,
) -> None:
    """Revoke a key: a second later nobody gets in with it."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from django.utils.timezone import now

    from comity.server.intake.keys import revoke_key

    key = revoke_key(community, prefix.rstrip("…"), now())
    if key is None:
        output.fail(f"no key at work begins with {prefix}; `comity keys list` shows them")
    tell_done(_describe(key), f"Revoked: {key.name} ({key.prefix}…)", as_json)


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


def _say(key: Described) -> str:
    used = f"last used {key['last_used']}" if key["last_used"] else "never used"
    state = f"revoked {key['revoked'][:10]}" if key["revoked"] else used
    scopes = ", ".join(key["scopes"])
    return f"{key['prefix']}…  {key['name']}  ({scopes})  {key['rate']}/min  {state}"
