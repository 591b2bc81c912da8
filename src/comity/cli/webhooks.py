"""`comity webhooks`: whom the server tells of its decisions."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli import output
from comity.cli.records import HERE, AsJson, Data, Described, show_secret, tell_all, tell_done

if TYPE_CHECKING:
    from comity.server.intake.models import Webhook

webhooks = typer.Typer(
    help="Webhooks: tell another system of each decision that asks for action.",
    no_args_is_help=True,
)


@webhooks.command()
def add(
    url: Annotated[str, typer.Argument(help="Where to post: https://forum.example/comity")],
    data: Data = HERE,
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
    from comity.server.intake import schedule
    from comity.server.intake.webhooks import add_webhook

    webhook = add_webhook(community, url, allow_private, now())
    key = schedule.webhook_secret(DataFolder(data).secret("server"), webhook.pk)
    note = f"Webhook {webhook.pk}. Messages are signed after standardwebhooks.com."
    show_secret(_describe(webhook), schedule.show_secret(key), note, as_json)


@webhooks.command("list")
def list_webhooks(data: Data = HERE, as_json: AsJson = False) -> None:
    """List the webhooks, with what waits in their outboxes and what was given up."""
    from comity.server.setup import open_folder

    tell_all(open_folder(data).webhooks.order_by("pk"), _describe, _say, as_json)


@webhooks.command()
def remove(
    number: Annotated[int, typer.Argument(help="Its number; `list` shows it.")],
    data: Data = HERE,
    as_json: AsJson = False,
) -> None:
    """Tell a webhook nothing more."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from comity.server.intake.webhooks import remove_webhook

    webhook = remove_webhook(community, number)
    if webhook is None:
        output.fail(f"there is no webhook {number} at work; `comity webhooks list` shows them")
    tell_done(_describe(webhook), f"Removed: {webhook.url}", as_json)


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


def _say(webhook: Described) -> str:
    state = "" if webhook["active"] else "  removed"
    error = f"\n   last error: {webhook['last_error']}" if webhook["last_error"] else ""
    return (
        f"{webhook['number']}  {webhook['url']}  {webhook['waiting']} waiting, "
        f"{webhook['given_up']} given up{state}{error}"
    )
