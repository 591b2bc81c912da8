"""Every command that a page shows is one that there is, with the options that it has."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from comity.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(comity [^`\n]+)`")
_LINE = re.compile(r"^(?:\$ |ExecStart=\S*/)?(comity .+)$", re.MULTILINE)
_END = {"|", ">", "&&", "#"}


def commands(page: str) -> Iterator[str]:
    for block in _BLOCK.findall(page):
        yield from _LINE.findall(block)
    yield from _INLINE.findall(_BLOCK.sub("", page))


def wrong(line: str) -> str | None:
    """What is wrong with a command; None if it could be run."""
    _, *words = shlex.split(line)
    words = words[: next((i for i, word in enumerate(words) if word in _END), len(words))]
    command = get_command(app)
    while words and hasattr(command, "commands"):
        if words[0] not in command.commands:
            return None if words[0].startswith("-") else f"there is no command {words[0]}"
        command = command.commands[words.pop(0)]
    options = {name for param in command.params for name in param.opts} | {"--help", "--version"}
    unknown = [word for word in words if word.startswith("--") and word not in options]
    return f"there is no option {unknown[0]}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page: Path) -> None:
    shown = commands(page.read_text("utf-8"))
    assert {line: found for line in shown if (found := wrong(line))} == {}


@pytest.mark.parametrize(
    "line", ["comity chart new", "comity keys create --name x", "comity ledger verify --bogus"]
)
def test_a_command_that_is_not_there_is_found(line: str) -> None:
    assert wrong(line)
