"""`comity serve`: the server, on loopback unless told otherwise."""

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.tier import TierOption, tier_of


def serve(
    data: Annotated[Path, typer.Option(help="Where the server keeps its things.")] = Path(
        ".comity"
    ),
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")] = 8000,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Keep the tables in PostgreSQL: postgresql://… The folder remembers it.",
        ),
    ] = None,
    charter: Annotated[
        Path | None,
        typer.Option(
            help="Put this charter in force; the last one stays otherwise.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    demo: Annotated[bool, typer.Option(help="Bring a demo community to look at.")] = False,
    tier: TierOption = None,
) -> None:
    """Start the server, and print its address and a link to sign in with."""
    from comity.server.serve import Serving, serve

    serve(Serving(data, database, host, port, charter, demo, tier_of(tier)))
