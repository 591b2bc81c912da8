"""The root of the command line: which commands there are, and how they end."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from comity.cli import output
from comity.cli.breaker import breaker
from comity.cli.bridge import bridge
from comity.cli.charter import charter
from comity.cli.decide import decide
from comity.cli.erase import erase
from comity.cli.jury import jury
from comity.cli.keys import keys
from comity.cli.ledger import ledger
from comity.cli.opinions import opinions
from comity.cli.people import people
from comity.cli.score import score
from comity.cli.serve import serve
from comity.cli.signals import signals
from comity.cli.statements import statements
from comity.cli.webhooks import webhooks
from comity.errors import InputError

app = typer.Typer(
    name="comity",
    help="Software with which an online community governs itself.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(asked: bool) -> None:
    if asked:
        output.emit(f"comity {version('comity')}")
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Software with which an online community governs itself."""


app.command()(score)
app.command()(decide)
app.command()(signals)
app.command()(bridge)
app.command()(opinions)
app.command()(serve)
app.command()(erase)
app.add_typer(charter, name="charter")
app.add_typer(breaker, name="breaker")
app.add_typer(keys, name="keys")
app.add_typer(people, name="people")
app.add_typer(webhooks, name="webhooks")
app.add_typer(ledger, name="ledger")
app.add_typer(statements, name="statements")
app.add_typer(jury, name="jury")


def main() -> None:
    """Run a command; a mistake in its input ends it with exit 1 and words, not a traceback."""
    try:
        app()
    except InputError as error:
        output.messages.print(str(error), style="red", markup=False)
        sys.exit(1)
    except SystemExit as ended:
        # Typer takes it for a failure that the reader (`head`, say) has seen enough.
        if isinstance(ended.__context__, BrokenPipeError):
            sys.exit(0)
        raise
    except OSError as error:
        if error.filename is None:
            raise
        output.messages.print(f"{error.filename}: {error.strerror}", style="red", markup=False)
        sys.exit(1)
