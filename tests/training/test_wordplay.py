"""The list of Chinese wordplay: every entry is undone where Chinese surrounds it."""

import numpy as np
import pytest

from comity.signals.tables import HEADER, WORDS, shipped
from comity.signals.views import plain
from training import wordplay, words
from training.alphabet import join


@pytest.mark.parametrize(("written", "meaning"), wordplay.entries())
def test_an_entry_reads_as_its_meaning(written: str, meaning: str) -> None:
    assert plain(f"说{written}吗") == f"说{meaning}吗"


def test_the_shipped_table_holds_the_list_as_it_is_written() -> None:
    table = shipped()
    sections = [table[table[k] : table[k + 1]] for k in range(HEADER - 1)]
    bare = join([*sections[:WORDS], *words.NONE, *wordplay.NONE])
    made = wordplay.wordplay(bare)
    for shipped_section, section in zip(sections[-len(made) :], made, strict=True):
        assert np.array_equal(shipped_section, section)
