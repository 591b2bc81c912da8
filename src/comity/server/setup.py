"""Opening a data folder: for the server, and for the commands that work on it beside the server."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import Diagnostic, InputError
from comity.server import database
from comity.server.folder import DataFolder

if TYPE_CHECKING:
    from comity.server.members.models import Community

_HINTS: Final = {
    "sqlite": "look whether the disk is full and who owns the folder, or restore a backup",
    "postgresql": "look whether PostgreSQL is running, and who may sign in to it from here",
}


def use(folder: DataFolder) -> None:
    """Point Django at a data folder; call it before anything of Django is imported."""
    folder.make()
    os.environ["COMITY_DATA"] = str(folder.path.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "comity.server.settings"
    import django

    from comity.server import logs

    django.setup(set_prefix=False)
    logs.configure()


def migrate() -> None:
    """Bring the tables up to date. Raises InputError for a database that cannot be used."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        message = f"the database cannot be used: {error}"
        hint = _HINTS[connection.vendor]
        file = str(connection.settings_dict["NAME"])
        raise InputError([Diagnostic(message, hint, file=file)]) from None


def open_folder(path: Path) -> "Community":
    """Open a folder that a server has used, and return the community it is of."""
    folder = DataFolder(path)
    if database.is_used(folder):
        use(folder)
        migrate()
        from comity.server.members.models import Community

        community = Community.objects.order_by("pk").first()
        if community is not None:
            return community
    raise InputError(
        [
            Diagnostic(
                "this is no data folder of a server",
                "name one with --data; `comity serve` makes it",
                file=str(path),
            )
        ]
    )
