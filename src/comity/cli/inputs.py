"""Files that commands read, or standard input in their place."""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, Final

import typer

STANDARD_INPUT: Final = Path("-")


def present(path: Path) -> Path:
    """Check what a command was told to read, before it begins: exit 2 where it cannot be."""
    if path != STANDARD_INPUT:
        if path.is_dir():
            raise typer.BadParameter(f"{path} is a folder; name a file in it")
        if not path.exists():
            raise typer.BadParameter(f"there is no file {path}")
    return path


def opened(path: Path) -> AbstractContextManager[BinaryIO]:
    """The bytes of it; standard input stays open for whoever reads it next."""
    return nullcontext(sys.stdin.buffer) if path == STANDARD_INPUT else path.open("rb")
