"""What a community has agreed, put together and ready to run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from comity.charter.article import Article
from comity.charter.canonical import fingerprint
from comity.charter.condition import compile_conditions
from comity.charter.names import catalogue_with
from comity.charter.procedures import Procedures
from comity.signals import Counter, Signal, Value


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something worth learning; `title` and `text` are keyed by language."""

    title: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Charter:
    """Values and articles of one community, known by the hash of their canonical form."""

    title: str
    community: str
    languages: tuple[str, ...]
    values: Mapping[str, Mapping[str, str]]
    articles: tuple[Article, ...]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counters: tuple[Counter, ...] = ()
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    procedures: Procedures = field(default_factory=Procedures)
    source: str = field(default="", repr=False)
    """The file, as it was written."""
    catalogue: Mapping[str, Signal] = field(init=False, repr=False, compare=False)
    """The signals that conditions may use: everybody's, and the charter's own counters."""
    sha256: str = field(init=False)
    """`sha256:` and the hash of the canonical form in hexadecimal."""
    signals: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """All that the conditions look at, sorted."""
    match: Callable[[Mapping[str, Value]], tuple[int, int]] = field(
        init=False, repr=False, compare=False
    )
    """From the values of signals to two sets of articles, as bits: bit i of the first is set where
    article i applies, bit i of the second where something it needs is unknown."""

    def __post_init__(self) -> None:
        conditions = [article.condition for article in self.articles]
        counters = (counter.name for counter in self.counters)
        object.__setattr__(self, "catalogue", catalogue_with(counters))
        object.__setattr__(self, "sha256", fingerprint(self))
        looked_at = {name for condition in conditions for name in condition.signals}
        object.__setattr__(self, "signals", tuple(sorted(looked_at)))
        object.__setattr__(self, "match", compile_conditions(conditions))

    @classmethod
    def read(cls, path: Path | str) -> "Charter":
        """Read a file; CharterError with every mistake in it, OSError where there is none."""
        from comity.charter.reading import read_charter, read_text  # which builds charters

        return read_charter(read_text(Path(path)), str(path))

    @classmethod
    def parse(cls, text: str, file: str = "charter.yaml") -> "Charter":
        """Read a text; `file` is what its mistakes are said to stand in."""
        from comity.charter.reading import read_charter

        return read_charter(text, file)
