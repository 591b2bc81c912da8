"""Charters with mistakes in them, and what is said of each.

A file in wrong/ holds one mistake; its rendering stands in __snapshots__/test_wrong.ambr.
"""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from comity.charter import Charter, CharterError, check
from comity.charter.document import decode

WRONG = sorted(Path(__file__).with_name("wrong").glob("*.yaml"))


def said_of(path: Path) -> str:
    try:
        found = check(decode(path.read_bytes(), path.name), path.name)
    except CharterError as error:
        found = error.diagnostics
    return "\n".join(map(str, found))


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_every_mistake_is_explained(path: Path, snapshot: SnapshotAssertion) -> None:
    assert said_of(path) == snapshot


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_warning_alone_leaves_the_charter_in_force(path: Path) -> None:
    if path.stem.startswith("warning-"):
        assert Charter.read(path).articles
    else:
        with pytest.raises(CharterError):
            Charter.read(path)
