"""The docs say what the rank does to real conversations; the conversations say the same."""

from pathlib import Path

import pytest

from benchmarks.rank import DATA, rows

GUIDE = Path(__file__).parents[2] / "docs/guides/rank.md"


@pytest.mark.skipif(not DATA.exists(), reason=f"the conversations are not in {DATA}")
def test_the_table_of_the_guide_is_what_is_measured():
    told = [line for line in GUIDE.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert list(rows()) == told[1:]
