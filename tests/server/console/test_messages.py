"""Everything that the pages say is said in Chinese too."""

import re

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from scripts import messages


def test_every_message_has_a_translation_and_none_is_fuzzy() -> None:
    catalog = messages.merged(messages.collect())
    missing = [entry.id for entry in catalog if entry.id and not messages.is_translated(entry)]
    assert not missing, "run `make messages` and translate these"


def test_the_catalogue_holds_what_the_pages_say_and_nothing_else() -> None:
    assert messages.po_bytes(messages.merged(messages.collect())) == messages.PO.read_bytes(), (
        "run `make messages`"
    )


def test_the_compiled_catalogue_is_up_to_date() -> None:
    with messages.PO.open("rb") as po, messages.MO.open("rb") as mo:
        written = read_po(po, locale=messages.LANGUAGE)
        compiled = read_mo(mo)
    assert strings(compiled) == strings(written), "run `make messages`"


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    with messages.PO.open("rb") as po:
        for entry in read_po(po, locale=messages.LANGUAGE):
            if entry.id:
                last = entry.id[-1] if isinstance(entry.id, tuple) else entry.id
                for text in as_tuple(entry.string):
                    assert placeholders(text) == placeholders(last)


def strings(catalog: object) -> dict[tuple[object, object], tuple[str, ...]]:
    return {(context(e), as_tuple(e.id)): as_tuple(e.string) for e in catalog if e.id}


def context(entry: object) -> str | None:
    # Babel reads the context of a compiled message as bytes.
    return entry.context.decode() if isinstance(entry.context, bytes) else entry.context


def as_tuple(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|%%", text))
