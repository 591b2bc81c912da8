"""Words that the reader of the file never sees, because YAML takes them for a comment."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from comity.charter.charter import Charter
from comity.charter.checks.check import Check
from comity.charter.document import Document
from comity.charter.references import MULTILINGUAL
from comity.errors import Diagnostic

# A comment is written `# so`; `#so` behind a text is mostly a number or a topic: `rule #3`.
_CUT_OFF: Final = re.compile(r"[ \t]+(#[^\s#][^\n]*)")


def _commented_out(_charter: Charter, document: Document) -> Iterator[Diagnostic]:
    places = (
        *((*place, ...) for place in MULTILINGUAL),
        ("charter",),
        ("lists", ..., ...),
        ("articles", ..., "examples", ..., ...),
    )
    for _, node in chain.from_iterable(document.texts(*place) for place in places):
        cut_off = _CUT_OFF.match(document.places.text, node.end)
        if cut_off and not node.style:
            yield document.places.diagnose(
                cut_off.start(1),
                cut_off.end(1),
                "from here on this is a comment, not part of the text",
                "put the text in quotes if it belongs to it; if not, write a space after `#`",
                "warning",
            )


COMMENTED_OUT: Final = Check(
    "commented-out",
    {
        "en": "A text that is cut off by a `#`, as in `title: Rule #3`: YAML takes the rest for a "
        "comment.",
        "zh-Hans": "文本被 `#` 截断，例如 `title: 规则 #3`：YAML 会把其余部分当作注释。",
    },
    _commented_out,
)
