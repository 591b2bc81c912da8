"""The catalogue as others show it."""

from pathlib import Path

from comity.signals import CATALOGUE
from comity.signals.reference import describe, range_of, reference_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "signals.md"


def test_the_page_of_the_docs_is_what_the_code_says() -> None:
    assert PAGE.read_text("utf-8") == reference_page(), "run scripts/reference.py"


def test_every_signal_has_its_row() -> None:
    page = reference_page()
    assert all(page.count(f"| `{name}` |") == 1 for name in CATALOGUE)


def test_a_signal_is_described_in_both_languages() -> None:
    assert describe(CATALOGUE["lines"]) == {
        "name": "lines",
        "type": "integer",
        "source": "text",
        "low": 0.0,
        "high": None,
        "languages": [],
        "meaning": {"en": "Lines, empty ones included.", "zh-Hans": "行数，包括空行。"},
    }


def test_ranges_are_said_in_words() -> None:
    assert range_of(CATALOGUE["caps_share"]) == "0 to 1"
    assert range_of(CATALOGUE["links"]) == "0 or more"
    assert range_of(CATALOGUE["text"]) == ""
