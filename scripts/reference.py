"""Write the pages under docs/ that come from the code: python scripts/reference.py [--check]

With --check nothing is written, and a page that differs from the code fails.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from comity.charter import json_schema
from comity.charter.condition.reference import reference_page as conditions_page
from comity.charter.reference import reference_page as charter_page
from comity.server.drawing import reference_page as lifecycles_page
from comity.server.members.reference import reference_page as permissions_page
from comity.server.reference import reference_page as http_page
from comity.server.review.guide import guide_page
from comity.signals import Scorer
from comity.signals.card import card_page
from comity.signals.reference import reference_page as signals_page

DOCS = Path(__file__).parent.parent / "docs"

PAGES: Mapping[str, Callable[[], str]] = {
    "guides/reviewing.md": guide_page,
    "reference/charter.md": charter_page,
    "reference/conditions.md": conditions_page,
    "reference/http.md": http_page,
    "reference/lifecycles.md": lifecycles_page,
    "reference/charter.schema.json": lambda: json.dumps(json_schema(), indent=2) + "\n",
    "reference/model.md": lambda: card_page(Scorer.load().card),
    "reference/permissions.md": permissions_page,
    "reference/signals.md": signals_page,
}


def main() -> int:
    differing = [
        name
        for name, page in PAGES.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != page()
    ]
    if "--check" in sys.argv:
        for name in differing:
            sys.stderr.write(f"docs/{name} is not what the code says; run scripts/reference.py\n")
        return 1 if differing else 0
    for name in differing:
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(PAGES[name](), "utf-8")
        sys.stderr.write(f"docs/{name} is written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
