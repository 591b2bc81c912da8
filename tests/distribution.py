"""How xdist deals the tests out to its workers: a file at a time, and what takes long first.

Left to itself it begins with the files of most tests. Those of ours that take long have few, would
come last, and leave one worker to wait for the other.
"""

from typing import Final

import pytest
from xdist.scheduler import LoadFileScheduling

TOGETHER: Final = ("server/stories/", "server/console/", "server/learning/", "test_spark.py")
"""Whatever shares a server or a Spark of its own: one worker has all of it, and starts one."""
FIRST: Final = (*TOGETHER[:3], "server/", "docs/", "training/", "test_spark.py", "bridging/")
"""What starts servers, browsers and commands, or trains; all else is done in seconds."""


def rank(item: pytest.Item) -> int:
    """The place of a test in the order, those of one rank in the order in which they were found."""
    return next((i for i, part in enumerate(FIRST) if part in item.nodeid), len(FIRST))


class LongestFirst(LoadFileScheduling):
    """Deals out files, or what belongs together, in the order of the tests."""

    def __init__(self, config: pytest.Config, *more: object) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, *more)

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next((part for part in TOGETHER if part in file), file)
