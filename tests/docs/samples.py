"""Runs the samples of a Markdown page, read from standard input, in the current folder.

A block of `python` is a program; the blocks of a page share their names. A block of `console` holds
commands behind `$ ` and, below each, what it prints: a line of `…` stands for any lines, and `…`
within a line for the rest of a word. A block with `title="NAME"` is a file.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_BLOCK = re.compile(
    r"^```(?P<language>\w+)(?P<options>[^\n]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
_TITLE = re.compile(r'title="([^"]+)"')


def has_samples(page: str) -> bool:
    return any(
        block["language"] in ("python", "console") or _TITLE.search(block["options"])
        for block in _BLOCK.finditer(page)
    )


def run_page(page: str) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in _BLOCK.finditer(page):
        code = block["code"]
        if title := _TITLE.search(block["options"]):
            Path(title[1]).write_text(code, "utf-8")
        elif block["language"] == "python":
            exec(compile(code, "<the page>", "exec"), names)
        elif block["language"] == "console":
            for command, shown in _commands(code):
                _run(command, shown)


def _commands(code: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def _run(command: str, shown: str) -> None:
    done = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    if not matches(shown, done.stdout):
        sys.exit(f"$ {command}\nprints\n{done.stdout}\nand the page shows\n{shown}")


def matches(shown: str, printed: str) -> bool:
    """Whether a command printed what the page shows; blank lines do not count."""
    pattern = "\n".join(
        "(?s:.*)" if line.strip() == "…" else re.escape(line).replace("…", r"[^\s\"]*")
        for line in _lines(shown)
    )
    return re.fullmatch(pattern, "\n".join(_lines(printed))) is not None


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    run_page(sys.stdin.read())
