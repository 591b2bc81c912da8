"""Sentences written for this project, by templates, against the known faults of such models."""

from collections.abc import Iterator

from training.sources import Comment


def contrast() -> Iterator[Comment]:
    yield from ()
