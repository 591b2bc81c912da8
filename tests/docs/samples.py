"""Reads the samples of a Markdown page: the code that it shows, in order, ready to be run.

A block of `python` is a program. A block of `console` holds commands behind `$ ` and, below each,
what it prints (a line of `…` stands for any lines). A block with `title="NAME"` is a file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(
    r"^```(?P<language>\w+)(?P<options>[^\n]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
_TITLE = re.compile(r'title="([^"]+)"')


@dataclass(frozen=True)
class File:
    name: str
    content: str


@dataclass(frozen=True)
class Program:
    code: str


@dataclass(frozen=True)
class Command:
    line: str
    prints: str


Sample = File | Program | Command


def read_samples(page: Path) -> Iterator[Sample]:
    for block in _FENCE.finditer(page.read_text("utf-8")):
        code = block["code"]
        if title := _TITLE.search(block["options"]):
            yield File(title[1], code)
        elif block["language"] == "python":
            yield Program(code)
        elif block["language"] == "console":
            yield from _commands(code)


def _commands(code: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
        line, _, prints = part.partition("\n")
        while line.endswith("\\"):
            more, _, prints = prints.partition("\n")
            line = line[:-1] + more.strip()
        yield Command(line, prints)


def matches(shown: str, printed: str) -> bool:
    """Whether a command printed what the page shows; blanks at the ends of lines do not count."""
    pattern = "\n".join(
        "(?s:.*)" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*")
        for line in shown.strip().splitlines()
    )
    cleaned = "\n".join(line.rstrip() for line in printed.strip().splitlines())
    return re.fullmatch(pattern, cleaned) is not None
