"""`comity webhooks`: whom the server tells of its decisions."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli import output

if TYPE_CHECKING:
    from comity.server.intake.models import Webhook

webhooks = typer.Typer(
    help="Webhooks: tell another system of each decision that asks for action.",
    no_args_is_help=True,
)

Data = Annotated[Path, typer.Option(help="The data folder of the server.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
_HERE = Path(".comity")


@webhooks.command()
def add(
    url: Annotated[str, typer.Argument(help="Where to post: https://forum.example/comity")],
    data: Data = _HERE,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="It may lie in a private network.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add a webhook and show the secret that its messages are signed with, this once."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from django.utils.timezone import now

    from comity.server.folder import DataFolder
    from comity.server.intake.schedule import show_secret, webhook_secret
    from comity.server.intake.webhooks import add_webhook

    webhook = add_webhook(community, url, allow_private, now())
    secret = show_secret(webhook_secret(DataFolder(data).secret("server"), webhook.pk))
    if as_json:
        output.emit(json.dumps({**_describe(webhook), "secret": secret}))
        return
    output.emit(secret)
    output.messages.print(
        f"Webhook {webhook.pk}. Messages are signed after standardwebhooks.com.", markup=False
    )


@webhooks.command("list")
def list_webhooks(data: Data = _HERE, as_json: AsJson = False) -> None:
    """List the webhooks, with what waits in their outboxes and what was given up."""
    from comity.server.setup import open_folder

    for webhook in open_folder(data).webhooks.order_by("pk"):
        described = _describe(webhook)
        if as_json:
            output.emit(json.dumps(described))
            continue
        state = "" if webhook.active else "  removed"
        output.emit(
            f"{webhook.pk}  {webhook.url}  {described['waiting']} waiting, "
            f"{described['given_up']} given up{state}"
        )
        if described["last_error"]:
            output.emit(f"   last error: {described['last_error']}")


@webhooks.command()
def remove(
    number: Annotated[int, typer.Argument(help="Its number; `list` shows it.")],
    data: Data = _HERE,
    as_json: AsJson = False,
) -> None:
    """Tell a webhook nothing more."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from comity.server.intake.webhooks import remove_webhook

    webhook = remove_webhook(community, number)
    if webhook is None:
        output.fail(f"there is no webhook {number} at work; `comity webhooks list` shows them")
    if as_json:
        output.emit(json.dumps(_describe(webhook)))
    else:
        output.messages.print(f"Removed: {webhook.url}", markup=False)


def _describe(webhook: "Webhook") -> dict[str, Any]:
    waiting = webhook.deliveries.filter(next_try__isnull=False)
    failed = webhook.deliveries.exclude(last_error="").order_by("-pk").first()
    return {
        "number": webhook.pk,
        "url": webhook.url,
        "active": webhook.active,
        "allow_private": webhook.allow_private,
        "waiting": waiting.count(),
        "given_up": webhook.deliveries.filter(next_try=None, delivered=None).count(),
        "last_error": failed.last_error if failed else "",
    }
