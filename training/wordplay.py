"""The stage `views`, third part: Chinese wordplay as a tree of letters, from `wordplay.txt`."""

from pathlib import Path
from typing import Any

import numpy as np

from comity.signals.tables import GATES, Ints
from comity.signals.views import view

LIST = Path(__file__).with_name("wordplay.txt")
NONE = [np.zeros(size, np.int32) for size in (GATES + 1, 1, 2, 1, 0)]
"""The sections of an empty list: a root without children."""


class WordplayError(ValueError):
    """An entry that the kernel could not carry out."""


def wordplay(table: Ints) -> list[np.ndarray]:
    """The sections GATE to MEANINGS; `table` folds characters, and has no wordplay in it yet."""
    root: dict[str, Any] = {}
    for written, meaning in entries():
        node = root
        folded = view(written, table).text
        if len(meaning) > len(folded):
            raise WordplayError(f"“{written}” is shorter than “{meaning}”.")
        for letter in folded:
            node = node.setdefault(letter, {})
        if node.setdefault("means", meaning) != meaning:
            raise WordplayError(f"“{written}” stands for two words.")
    gate = np.zeros(GATES + 1, np.int32)
    gate[[ord(letter) & GATES for letter in root]] = 1
    nodes, letters, begins, means, meanings = [("", root)], [0], [], [], []
    for _, node in nodes:
        meaning = node.pop("means", None)
        means.append(0 if meaning is None else len(meanings) + 1)
        if meaning is not None:
            meanings += [len(meaning), *map(ord, meaning)]
        begins.append(len(nodes))
        children = sorted(node.items())
        nodes += children
        letters += [ord(letter) for letter, _ in children]
    begins.append(len(nodes))
    sections = (gate, letters, begins, means, meanings)
    return [np.array(section, np.int32) for section in sections]


def entries() -> list[tuple[str, str]]:
    """What is written, and what it stands for."""
    lines = LIST.read_text("utf-8").splitlines()
    pairs = [line.split(" ") for line in lines if line and not line.startswith("#")]
    return [(written, meaning) for written, meaning in pairs]
