"""`comity erase`: forget a member."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from comity.cli import output


def erase(
    author: Annotated[str, typer.Option(help="The member's id, as the platform tells it.")],
    data: Annotated[Path, typer.Option(help="The data folder of the server.")] = Path(".comity"),
    source: Annotated[str | None, typer.Option(help="Only what came from this platform.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Erase a member's texts, ids and all that ties the ledger to them. It still verifies."""
    from comity.server.setup import open_folder

    community = open_folder(data)
    from django.utils.timezone import now

    from comity.server.folder import DataFolder
    from comity.server.members.erasure import erase_member
    from comity.server.runtime import signing_key

    erased = erase_member(
        community, author, source, signing_key(DataFolder(data), community), now()
    )
    if not (erased.events or erased.people):
        output.fail(f"nothing of a member `{author}` is stored")
    if as_json:
        output.emit(json.dumps(asdict(erased)))
        return
    output.messages.print(
        f"Erased {erased.events} events of theirs, and their words or id in {erased.mentions} "
        "of others. Backups made before still hold them.",
        markup=False,
    )
