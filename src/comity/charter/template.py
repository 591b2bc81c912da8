"""The charter that a community starts from, and the lessons beside it."""

from collections.abc import Mapping
from importlib.resources import files

from comity.charter.materials import FOLDER


def starter() -> str:
    """A whole charter with comments, in English and Chinese, that does something sensible."""
    return files("comity.charter").joinpath("starter.yaml").read_text("utf-8")


def starter_lessons() -> Mapping[str, str]:
    """Its lessons, by the names of their files."""
    folder = files("comity.charter").joinpath(FOLDER)
    return {each.name: each.read_text("utf-8") for each in folder.iterdir()}
