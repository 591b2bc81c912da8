"""A charter file as a tree of texts, lists and tables, each of which knows where it stands.

The noun is `Document`; `read_document` makes one from text. It takes the part of YAML that people
write by hand. What YAML can do beyond that (aliases, tags, merge keys, several documents) would
let a short file stand for an endless one, and is refused. Every value stays the text that was
written, so `no`, `007` and `2024-01-01` mean themselves.
"""

from comity.charter.document.nodes import (
    CharterError,
    Document,
    Items,
    Node,
    Path,
    Scalar,
    Table,
    plain,
)
from comity.charter.document.parse import MAX_BYTES, decode, read_document
from comity.charter.document.places import MAX_DIAGNOSTICS, quoted

__all__ = [
    "MAX_BYTES",
    "MAX_DIAGNOSTICS",
    "CharterError",
    "Document",
    "Items",
    "Node",
    "Path",
    "Scalar",
    "Table",
    "decode",
    "plain",
    "quoted",
    "read_document",
]
