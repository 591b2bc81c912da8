"""From bytes to a `Document`: YAML's events, read one by one, so that a bomb never goes off."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NoReturn

import yaml

from comity.charter.document.nodes import CharterError, Document, Items, Node, Scalar, Table, plain
from comity.charter.document.places import MAX_DIAGNOSTICS, UNWANTED, Places, quoted
from comity.charter.document.syntax import explain_syntax
from comity.errors import Diagnostic

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 10
MAX_NODES: Final = 50_000

_LONGEST_JOINED: Final = 10_000
_BEFORE_NEXT_ENTRY: Final = re.compile(r"\s*[,}]")

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def decode(data: bytes, file: str) -> str:
    """The text of a file; CharterError where it is too long or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise _too_long(file)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "this is not written in UTF-8"
        hint = "save the file again with the encoding UTF-8; editors offer it under “Save as”"
        raise CharterError([Diagnostic(message, hint, file, line)]) from None


def read_document(source: str, file: str) -> Document:
    """Read the tree; CharterError where the rest of the file cannot be made out."""
    if len(source) > MAX_BYTES or len(source.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _too_long(file)
    # What Windows and old Macs write means the same: a byte order mark, other line ends.
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    places = Places(text, file)
    if found := UNWANTED.search(text):
        message = f"an invisible character stands here: {_name(found.group())}"
        hint = "take it out; copying from another program sometimes brings one along"
        raise CharterError([places.diagnose(found.start(), found.end(), message, hint)])
    return _Builder(places).document()


Entry = tuple[Scalar, Node]


class _Builder:
    """Makes the tree, keeping the mistakes that leave the rest readable."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.mistakes: list[Diagnostic] = []
        self.nodes = 0
        self.events: Iterator[yaml.Event] = yaml.parse(places.text, Loader=_LOADER)

    def document(self) -> Document:
        try:
            next(self.events)  # the stream begins
            if isinstance(next(self.events), yaml.StreamEndEvent):
                hint = "`comity charter new` writes one to start from"
                self._stop(0, 0, "there is no charter in this file", hint)
            root = self._node(next(self.events), 0)
            next(self.events)  # the document ends
            if not isinstance(event := next(self.events), yaml.StreamEndEvent):
                hint = "a file holds one charter; take the line `---` away"
                self._stop(*_extent(event), "a second document begins here", hint)
        except yaml.MarkedYAMLError as error:
            self._stop(*explain_syntax(error, self.places.text))
        return Document(root, self.places, tuple(self.mistakes))

    def _node(self, event: yaml.Event, depth: int) -> Node:
        begin, end = _extent(event)
        self.nodes += 1
        if depth > MAX_DEPTH:
            hint = "a charter needs no more than five levels"
            self._stop(begin, end, "lists and tables stand too deep inside each other", hint)
        if self.nodes > MAX_NODES:
            hint = "take entries out; long lists belong into a word list or a model"
            self._stop(begin, end, f"the file has more than {MAX_NODES:,} entries", hint)
        if sign := _machinery(event):
            hint = f"put a text that begins with `{sign}` in quotes"
            message = f"`{sign}` has a meaning in YAML that charters do not use"
            self._refuse(begin, begin + 1, message, hint)
        match event:
            case yaml.SequenceStartEvent():
                return self._items(event, depth)
            case yaml.MappingStartEvent():
                return self._table(event, depth)
            case yaml.ScalarEvent(value=text, style=style):
                return self._scalar(Scalar(begin, end, text, _style(style)))
            case _:  # an alias, which has been refused
                return Scalar(begin, end, self.places.text[begin:end])

    def _items(self, start: yaml.SequenceStartEvent, depth: int) -> Items:
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Items(*_around(start, event, items), tuple(items))

    def _table(self, start: yaml.MappingStartEvent, depth: int) -> Table:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                self._refuse(key.begin, key.end, "a name has to be a text", "write `name: value`")
            elif self._goes_on(key, value, entries):
                name, before = entries.popitem()[1]
                entries[name.text] = (name, self._joined(before, key))
            elif key.text == "<<" and not key.style:
                message = "`<<` has a meaning in YAML that charters do not use"
                self._refuse(key.begin, key.end, message, "write the entries out")
            elif key.text in entries:
                line, _ = self.places.line_and_column(entries[key.text][0].begin)
                hint = f"the first is on line {line}; keep one of the two"
                self._refuse(key.begin, key.end, f"{quoted(key.text)} stands here twice", hint)
            else:
                entries[key.text] = (key, value)
        keys = [key for key, _ in entries.values()]
        return Table(*_around(start, event, keys), tuple(entries.values()))

    def _goes_on(self, key: Scalar, value: Node, entries: dict[str, Entry]) -> bool:
        """Whether a text between brackets has a comma in it: `{en: Yes, we can}`.

        For YAML that is a second name, one without a value, of which a charter has no need.
        """
        if key.style or value.begin != value.end or not entries:
            return False
        before = entries[next(reversed(entries))][1]
        return (
            isinstance(before, Scalar)
            and before.text != ""
            and not before.style
            and key.end - before.begin <= _LONGEST_JOINED
            and _BEFORE_NEXT_ENTRY.match(self.places.text, key.end) is not None
        )

    def _joined(self, before: Node, after: Scalar) -> Scalar:
        between = self.places.text[before.end : after.begin]
        text = f"{plain(before)},{' ' if between[-1:].isspace() else ''}{after.text}"
        return Scalar(before.begin, after.end, text)

    def _scalar(self, scalar: Scalar) -> Scalar:
        """Escapes between double quotes can bring in what the file itself may not hold."""
        if found := UNWANTED.search(scalar.text):
            message = f"this text holds an invisible character: {_name(found.group())}"
            self._refuse(scalar.begin, scalar.end, message, "take its escape out")
        return scalar

    def _refuse(self, begin: int, end: int, message: str, hint: str) -> None:
        if len(self.mistakes) < MAX_DIAGNOSTICS:
            self.mistakes.append(self.places.diagnose(begin, end, message, hint))

    def _stop(self, begin: int, end: int, message: str, hint: str) -> NoReturn:
        last = self.places.diagnose(begin, end, message, hint)
        raise CharterError([*self.mistakes, last]) from None


def _machinery(event: yaml.Event) -> str:
    """The sign of an alias, anchor or tag. Mostly it begins a text that lacks its quotes."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    if getattr(event, "anchor", None) is not None:
        return "&"
    return "!" if getattr(event, "tag", None) is not None else ""


def _extent(event: yaml.Event) -> tuple[int, int]:
    # Every event that is read from a text has marks; the types leave room for those made by hand.
    return event.start_mark.index, event.end_mark.index  # type: ignore[union-attr]


def _around(
    start: yaml.CollectionStartEvent, end: yaml.Event, children: Sequence[Node]
) -> tuple[int, int]:
    """A table or list in brackets is pointed at as a whole, any other at its first entry."""
    if children and not start.flow_style:
        return children[0].begin, children[0].end
    return _extent(start)[0], _extent(end)[1]


def _style(style: str | None) -> str:
    return style if style in ("'", '"', "|", ">") else ""


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _too_long(file: str) -> CharterError:
    message = f"the file is longer than {MAX_BYTES:,} bytes"
    return CharterError([Diagnostic(message, "a charter is a text that people read", file)])
