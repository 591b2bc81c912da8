"""Sentences written for this project against the known faults of such models, by templates.

Models learn that a group's name, a quotation of hate in order to condemn it, or a harsh word about
a thing is abuse, and that abuse in Chinese is always about groups. The patterns in `contrast.yaml`
say what readers would say instead. Whole patterns, and some words, are held out of training.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import yaml

from training.sources import HARMS, Comment

PATTERNS = Path(__file__).with_name("contrast.yaml")
WEIGHT = 2.0
TIMES = 4
"""They are few beside 300,000 comments, and nothing else says what they say; so, four visits."""


def contrast() -> Iterator[Comment]:
    """Every sentence; its `part` says if it is for training or held out."""
    for pattern in yaml.safe_load(PATTERNS.read_text("utf-8")):
        yield from _written(pattern, pattern["templates"], pattern["words"], "train")
        both = pattern["words"] + pattern["held_words"]
        yield from _written(pattern, pattern["held_out"], both, "test")


def _written(pattern: dict, templates: list[str], words: list[str], part: str) -> Iterator[Comment]:
    shares = dict.fromkeys(HARMS, 0.0) | pattern["shares"]
    for template, word in product(templates, words):
        text = template.format(word)
        labels = {name: (share, WEIGHT) for name, share in shares.items()}
        source = f"contrast:{pattern['kind']}"
        yield Comment(text[0].upper() + text[1:], pattern["language"], source, labels, part)
