"""The charter that a community starts from."""

from importlib.resources import files


def starter() -> str:
    """A whole charter with comments, in English and Chinese, that does something sensible."""
    return files("comity.charter").joinpath("starter.yaml").read_text("utf-8")
