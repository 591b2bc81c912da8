"""`comity people`: what takes the terminal when nobody can sign in to do it."""

from pathlib import Path
from typing import Annotated

import typer

from comity.cli import output

people = typer.Typer(help="People who sign in.", no_args_is_help=True)


@people.callback()
def root() -> None:
    """People who sign in: for what cannot be done on the page of people."""


@people.command()
def reset(
    name: Annotated[str, typer.Argument(help="Their sign-in name.")],
    data: Annotated[Path, typer.Option(help="The data folder of the server.")] = Path(".comity"),
) -> None:
    """Take away password, second steps and providers, and print a fresh link's path."""
    from comity.server.setup import open_folder

    open_folder(data)
    from django.db import transaction
    from django.utils.timezone import now

    from comity.server.members.account import forget_ways_in
    from comity.server.members.models import Person
    from comity.server.members.services import make_sign_in_link

    person = Person.objects.filter(username=name, is_active=True).first()
    if person is None:
        output.fail(f"nobody signs in as `{name}`; the page of people lists the names")
    with transaction.atomic():
        forget_ways_in(person)
        token = make_sign_in_link(person, now())
    output.emit(f"/sign-in/{token}")
