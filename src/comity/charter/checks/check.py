"""The words of checking."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from comity.charter.charter import Charter
from comity.charter.document import Document
from comity.errors import Diagnostic


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of thing that is hardly meant."""

    name: str
    meaning: Mapping[str, str]
    """What it finds and why that matters, in each language of the product."""
    find: Callable[[Charter, Document], Iterator[Diagnostic]]
    """Looks through a charter; the document tells where its parts stand."""
