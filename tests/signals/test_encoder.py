"""The encoder reads any text, bounded, and the same alone as among others."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.signals.encoder import LONGEST, Encoder
from comity.signals.model import ENCODER, PIECES, versions


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    folder = files("comity.signals") / "models" / versions()[-1]
    return Encoder((folder / ENCODER).read_bytes(), (folder / PIECES).read_bytes())


def test_a_text_has_the_same_margins_alone_and_among_others(encoder: Encoder) -> None:
    texts = ["you liar", "", "谢谢你的帮助", "so " * 400, "thank you for the soup"]
    together = encoder.margins(texts)
    for text, margins in zip(texts, together, strict=True):
        assert np.abs(encoder.margins([text])[0] - margins).max() < 1e-4


def test_what_follows_the_longest_text_changes_nothing(encoder: Encoder) -> None:
    begin = "good morning " * LONGEST
    both = encoder.margins([begin, begin + "you liar"])
    assert np.abs(both[0] - both[1]).max() < 1e-4


@given(texts=st.lists(st.text(st.characters(codec=None), max_size=60), max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_text_has_finite_margins(encoder: Encoder, texts: list[str]) -> None:
    margins = encoder.margins(texts)
    assert len(margins) == len(texts)
    assert np.isfinite(margins).all()


def test_a_megabyte_takes_no_longer_than_what_is_read_of_it(encoder: Encoder) -> None:
    assert np.isfinite(encoder.margins(["a" * 1_000_000, "😀" * 10_000])).all()
