"""The labelled comments, read from the data folder into one shape.

The noun is `Comment`. What each source means, and how far to trust it, stands in `sources.py`.
"""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

DEFAULT = Path("../shared/data")


class MissingDataError(Exception):
    """The data folder is not there."""


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of `civility/NAME.csv.gz`; none where the file is absent."""
    path = folder / "civility" / f"{name}.csv.gz"
    if not path.exists():
        return
    csv.field_size_limit(1 << 24)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def texts(folder: Path) -> Iterator[str]:
    """The texts from which the list of plainly written words is made."""
    for name in ("en_toxicity", "multi_toxicity", "en_goemotions", "en_spam"):
        for row in rows(folder, name):
            yield row["text"]


def check(folder: Path) -> None:
    if not (folder / "civility").is_dir():
        raise MissingDataError(
            f"There is no folder {folder / 'civility'}. Training needs the labelled comments; "
            "say where they are with --data FOLDER."
        )
