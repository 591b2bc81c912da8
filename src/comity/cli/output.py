"""How commands speak: data to standard output, messages and progress to standard error."""

import sys
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

messages = Console(stderr=True, highlight=False, soft_wrap=True)
"""For people. Rich drops colour and animation where standard error is no terminal."""


def emit(text: str) -> None:
    """Write one line of data."""
    sys.stdout.write(text + "\n")


def fail(message: str) -> NoReturn:
    """Say what is wrong with the input and stop with exit 1."""
    messages.print(message, style="red", markup=False)
    raise typer.Exit(1)


def progress() -> Progress:
    """A bar for long work; it disappears when the work is done."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=messages,
        transient=True,
        disable=not messages.is_terminal,
    )
