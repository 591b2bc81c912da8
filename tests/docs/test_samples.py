"""Every sample of the README and the docs runs, and prints what the page says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.samples import has_samples, matches

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ADDRESS = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if has_samples(page.read_text("utf-8"))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_samples_run(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text("utf-8")
    if ADDRESS in text:
        server = request.getfixturevalue("server")
        text = text.replace(ADDRESS, server.address).replace("YOUR_KEY", server.key())
    done = subprocess.run(
        # The clients that the pages show are not ours to mend, so their warnings are ignored.
        [sys.executable, "-W", "ignore", "-m", "tests.docs.samples"],
        input=text,
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "COLUMNS": "100",
            "NO_COLOR": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout


def test_a_page_that_shows_something_else_is_found_out() -> None:
    assert matches("a\n…\nc", "a\nb\n\nb\nc\n")
    assert matches("its hash is 7fe5…, ok", "its hash is 7fe5ab12, ok")
    assert not matches("sound", "not sound")
    assert not matches("", "something")
