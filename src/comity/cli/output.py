"""How commands speak: data to standard output, messages and progress to standard error."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

messages = Console(stderr=True, highlight=False, soft_wrap=True)
"""For people. Rich drops colour and animation where standard error is no terminal."""

_PIPED_WIDTH: Final = 120
"""How wide tables are where no terminal says how wide it is."""


def emit(text: str) -> None:
    """Write one line of data."""
    sys.stdout.write(text + "\n")


def fail(message: str) -> NoReturn:
    """Say what is wrong with the input and stop with exit 1."""
    messages.print(message, style="red", markup=False)
    raise typer.Exit(1)


def tables() -> Console:
    """Where tables of data go: as wide as the terminal, or wide enough for a file or a pipe."""
    console = Console(file=sys.stdout, highlight=False, markup=False)
    if console.is_terminal or "COLUMNS" in os.environ:
        return console
    return Console(file=sys.stdout, highlight=False, markup=False, width=_PIPED_WIDTH)


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


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place to write to that becomes `path` once all is written: a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        try:
            yield part
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        fail(f"{path}: this cannot be written: {error.strerror or error}")
