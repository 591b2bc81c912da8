"""The folder `lessons` beside a charter: `disagree-well.en.md`, `disagree-well.zh-Hans.md`, ….

The noun is `Materials`; `read_materials` reads them, `check_materials` says all that is wrong.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from comity.charter.charter import Charter
from comity.charter.document import CharterError, quoted
from comity.charter.material import Material, read_material
from comity.charter.reading import read_text
from comity.errors import Diagnostic

FOLDER: Final = "lessons"
_ENDING: Final = ".md"

Materials = Mapping[tuple[str, str], Material]
"""By lesson and language."""


def read_materials(charter: Charter, beside: Path) -> Materials:
    """Read what lies beside the charter file; CharterError with every mistake in it."""
    materials, found = _read(charter, beside.parent / FOLDER)
    mistakes = [each for each in found if each.severity == "error"]
    if mistakes:
        raise CharterError(mistakes)
    return materials


def check_materials(charter: Charter, beside: Path) -> tuple[Diagnostic, ...]:
    """All there is to say of the lessons beside the charter file, file by file."""
    return tuple(_read(charter, beside.parent / FOLDER)[1])


def _read(charter: Charter, folder: Path) -> tuple[Materials, list[Diagnostic]]:
    materials: dict[tuple[str, str], Material] = {}
    found: list[Diagnostic] = []
    for path in sorted(folder.glob(f"*{_ENDING}")):
        lesson, _, language = path.name.removesuffix(_ENDING).partition(".")
        if stray := _stray(charter, lesson, language, path):
            found.append(stray)
            continue
        try:
            materials[lesson, language] = _open(path)
        except CharterError as error:
            found += error.diagnostics
    found += _uneven(charter, materials, folder) if not found else ()
    return materials, found


def _open(path: Path) -> Material:
    try:
        return read_material(read_text(path), str(path))
    except OSError as error:
        message = f"this lesson cannot be read: {error.strerror}"
        raise CharterError([Diagnostic(message, "look at its permissions", str(path))]) from None


def _stray(charter: Charter, lesson: str, language: str, path: Path) -> Diagnostic | None:
    """A file that no member would ever see, mostly for a slip in its name."""
    if lesson not in charter.lessons:
        message = f"the charter has no lesson {quoted(lesson)}"
        hint = f"add it under `lessons` of the charter, or call the file {_names(charter)}"
        return Diagnostic(message, hint, str(path))
    if language not in charter.languages:
        tags = " or ".join(f"`{lesson}.{tag}{_ENDING}`" for tag in charter.languages)
        message = f"{quoted(language)} is none of the charter's languages"
        return Diagnostic(message, f"call the file {tags}", str(path))
    return None


def _names(charter: Charter) -> str:
    first = charter.languages[0]
    return " or ".join(f"`{name}.{first}{_ENDING}`" for name in charter.lessons) or "otherwise"


def _uneven(charter: Charter, materials: Materials, folder: Path) -> Iterator[Diagnostic]:
    """A lesson that is not there in every language, or asks not the same in each."""
    for lesson in dict.fromkeys(name for name, _ in materials):
        there = [tag for tag in charter.languages if (lesson, tag) in materials]
        for tag in charter.languages:
            file = str(folder / f"{lesson}.{tag}{_ENDING}")
            if tag not in there:
                message = f"the lesson `{lesson}` is not there in `{tag}`"
                hint = "members who read that language are taught in another; translate it"
                yield Diagnostic(message, hint, file, severity="warning")
            elif _answers(materials[lesson, tag]) != _answers(materials[lesson, there[0]]):
                message = f"the quiz differs from the one in `{there[0]}`"
                hint = "keep the same scenarios, with the good choices in the same places"
                yield Diagnostic(message, hint, file, severity="warning")


def _answers(material: Material) -> list[list[bool]]:
    return [[choice.good for choice in scenario.choices] for scenario in material.quiz]
