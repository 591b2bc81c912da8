"""Every sample of the README and the docs runs, and prints what the page says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.samples import Command, File, Program, matches, read_samples

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ADDRESS = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(read_samples(page))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_samples_run(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    samples = list(read_samples(page))
    stand_in = _stand_in(page, request)
    for sample in samples:
        match sample:
            case File(name, content):
                (tmp_path / name).write_text(content, "utf-8")
            case Program(code):
                _run([sys.executable, "-c", stand_in(code)], tmp_path)
            case Command(line, prints):
                printed = _run(["sh", "-c", stand_in(line)], tmp_path)
                assert matches(stand_in(prints), printed), f"$ {line}\nprinted:\n{printed}"


def _stand_in(page, request):
    """Where a page talks to a server, put a real one in place of the address and key it shows."""
    if ADDRESS not in page.read_text("utf-8"):
        return lambda code: code
    server = request.getfixturevalue("server")
    key = server.key()
    return lambda code: code.replace(ADDRESS, server.address).replace("YOUR_KEY", key)


def _run(command: list[str], folder: Path) -> str:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONWARNINGS": "ignore",  # the clients are not ours to mend
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + (done.stderr if command[0] == "sh" else "")
