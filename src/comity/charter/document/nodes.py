"""The words of a document: `Scalar`, `Items`, `Table`, and the `Document` that holds them."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from comity.charter.document.offsets import spans_of
from comity.charter.document.places import Places
from comity.errors import Diagnostic, InputError, Severity

Path = tuple[str | int, ...]


class CharterError(InputError):
    """A file that is no charter yet. Its `diagnostics` are all the mistakes, in file order."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `style` is the quote, `|` or `>` it was written with; empty for none of them."""

    begin: int
    end: int
    text: str
    style: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() or (not self.style and self.text in ("~", "null"))


@dataclass(frozen=True, slots=True)
class Items:
    begin: int
    end: int
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Table:
    begin: int
    end: int
    entries: tuple[tuple[Scalar, "Node"], ...]

    def find(self, name: str | int) -> tuple[Scalar, "Node"] | None:
        return next((entry for entry in self.entries if entry[0].text == name), None)


Node = Scalar | Items | Table


@dataclass(frozen=True, slots=True)
class Document:
    """The tree, and the text that its offsets count in: code points, line ends as line feeds."""

    root: Node
    places: Places
    mistakes: tuple[Diagnostic, ...] = ()
    """What was refused without making the rest unreadable."""

    def find(self, path: Path) -> Node | None:
        node: Node | None = self.root
        for step in path:
            node = _child(node, step)
        return node

    def nearest(self, path: Path) -> Node:
        """What to point at for a path: its value, else what stands nearest above."""
        while (node := self.find(path)) is None:
            path = path[:-1]
        return node

    def key(self, path: Path) -> Scalar | None:
        """The key under which the value at the path stands."""
        table = self.find(path[:-1]) if path else None
        entry = table.find(path[-1]) if isinstance(table, Table) else None
        return entry[0] if entry else None

    def scan(self, *pattern: str | int | EllipsisType) -> Iterator[tuple[Path, Node]]:
        """All that stands where the pattern says, with its path; `...` is any one step."""
        found: list[tuple[Path, Node]] = [((), self.root)]
        for step in pattern:
            found = [
                ((*path, name), child)
                for path, node in found
                for name, child in _children(node)
                if step is ... or step == name
            ]
        return iter(found)

    def texts(self, *pattern: str | int | EllipsisType) -> Iterator[tuple[Path, Scalar]]:
        """Like `scan`, but only texts that are not empty."""
        for path, node in self.scan(*pattern):
            if isinstance(node, Scalar) and not node.is_empty:
                yield path, node

    def keys(self, *path: str | int) -> tuple[Scalar, ...]:
        """The keys of the table at the path; none where no table stands."""
        node = self.find(path)
        return tuple(key for key, _ in node.entries) if isinstance(node, Table) else ()

    def names(self, *path: str | int) -> tuple[str, ...]:
        return tuple(key.text for key in self.keys(*path))

    def diagnose(
        self, node: Node, message: str, hint: str = "", severity: Severity = "error"
    ) -> Diagnostic:
        return self.places.diagnose(node.begin, node.end, message, hint, severity)

    def diagnose_part(
        self,
        scalar: Scalar,
        begin: int,
        end: int,
        message: str,
        hint: str = "",
        severity: Severity = "error",
    ) -> Diagnostic:
        """Point at a part of a text, told by code points of the text as it was read."""
        written = self.places.text[scalar.begin : scalar.end]
        spans = spans_of(written, scalar.style, scalar.text)
        if not spans:
            return self.diagnose(scalar, message, hint, severity)
        first = min(begin, len(spans) - 1)
        last = min(max(end - 1, first), len(spans) - 1)
        starts, ends = scalar.begin + spans[first][0], scalar.begin + spans[last][1]
        return self.places.diagnose(starts, ends, message, hint, severity)

    def line(self, node: Node) -> int:
        return self.places.line_and_column(node.begin)[0]


def plain(node: Node) -> Any:
    """The node as lists, dictionaries and texts; None for an empty text."""
    match node:
        case Scalar():
            return None if node.is_empty else node.text
        case Items(items=items):
            return [plain(item) for item in items]
        case Table(entries=entries):
            return {key.text: plain(value) for key, value in entries}


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Table):
        entry = node.find(step)
        return entry[1] if entry else None
    if isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def _children(node: Node) -> Iterator[tuple[str | int, Node]]:
    match node:
        case Items(items=items):
            yield from enumerate(items)
        case Table(entries=entries):
            yield from ((key.text, value) for key, value in entries)
