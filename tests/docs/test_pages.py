"""The docs agree with the code, and build without a warning."""

import subprocess
import sys
from pathlib import Path

from comity.ledger import EntryKind

ROOT = Path(__file__).parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


def test_the_reference_is_what_the_code_says() -> None:
    done = run("scripts/reference.py", "--check")
    assert done.returncode == 0, done.stderr


def test_the_site_builds_without_warnings(tmp_path: Path) -> None:
    done = run("-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "tutorial" / "index.html").exists()


def test_every_kind_of_entry_is_explained() -> None:
    page = (ROOT / "docs/explanation/ledger.md").read_text("utf-8")
    assert [kind.value for kind in EntryKind if page.count(f"`{kind}`") != 2] == []
