#!/usr/bin/env python3
"""Collect what the pages say into the catalogue of translations, and compile it.

`make messages` writes src/comity/server/locale/zh_Hans/LC_MESSAGES/django.{po,mo}; new messages
stand there untranslated until someone translates them. The tests fail while one is missing.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SERVER: Final = Path(__file__).parents[1] / "src/comity/server"
LANGUAGE: Final = "zh_Hans"
PO: Final = SERVER / "locale" / LANGUAGE / "LC_MESSAGES/django.po"
MO: Final = PO.with_suffix(".mo")

_PLAIN: Final = dict.fromkeys(("_", "gettext", "gettext_lazy"))
_PLURAL: Final = dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
_CONTEXT: Final = dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2))
_BOTH: Final = dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3))
KEYWORDS: Final[dict[str, Any]] = {**_PLAIN, **_PLURAL, **_CONTEXT, **_BOTH}


def collect() -> Catalog:
    """Read every message from the server's modules and templates."""
    found = Catalog(charset="utf-8")
    for path in sorted(SERVER.rglob("*")):
        if path.suffix in (".py", ".html"):
            for message, comments, context in _messages(path):
                place = (path.relative_to(SERVER).as_posix(), 0)
                found.add(message, locations=[place], auto_comments=comments, context=context)
    return found


def _messages(path: Path) -> Iterator[tuple[Any, list[str], str | None]]:
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        # Django turns a template into something like Python; its indentation means nothing.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    source = BytesIO(text.encode())
    for _, message, comments, context in extract("python", source, KEYWORDS, ["Translators:"]):
        yield message, comments, context


def merged(found: Catalog) -> Catalog:
    """Bring the catalogue up to date: translations kept, new messages empty, old ones gone."""
    with PO.open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=99, sort_output=True, include_lineno=False, omit_header=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    """Write both files; say what still needs a translation."""
    settings.configure()
    catalog = merged(collect())
    PO.write_bytes(po_bytes(catalog))
    MO.write_bytes(mo_bytes(catalog))
    missing = [message.id for message in catalog if message.id and not is_translated(message)]
    for message in missing:
        print(f"needs a translation: {message}", file=sys.stderr)  # noqa: T201
    return 1 if missing else 0


def is_translated(message: Any) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts) and not message.fuzzy


if __name__ == "__main__":
    sys.exit(main())
