"""The samples on the page that explains the ledger do what the page says."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "ledger.md"


def test_the_page_tells_what_happens(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    for language, block in re.findall(
        r"```(python|console)\n(.*?)```", PAGE.read_text(), re.DOTALL
    ):
        if language == "python":
            exec(block, names)
        else:
            assert shown(block) == block


def shown(block):
    """The commands of a block, each with what it wrote, as the page would show it."""
    lines = []
    for command in re.findall(r"^\$ (.*)", block, re.MULTILINE):
        ran = subprocess.run(
            ["bash", "-c", f'comity() {{ "{sys.executable}" -m comity "$@"; }}; {command}'],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        lines += [f"$ {command}\n", ran.stdout, ran.stderr]
    # The page gives hashes by their first digits, and has no use for empty lines.
    text = re.sub(r"\n+", "\n", "".join(lines))
    return re.sub(r"\b([0-9a-f]{4})[0-9a-f]{60}\b", r"\1…", text)
