"""The Markdown of lessons: CommonMark without raw HTML and without pictures.

`render` makes HTML in which nothing can run; `faults` says what an author may have meant otherwise.
"""

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt

# The parser looks at no more than twenty levels inside each other, and drops addresses that run
# something (`javascript:` and the like).
_READER: Final = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block"])
_WATCHER: Final = MarkdownIt("commonmark")

# A line of Chinese that goes on in the next one: a browser would put a space there.
_HAN: Final = "[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef“”]"
_WRAPPED: Final = re.compile(rf"(?<={_HAN})\n(?={_HAN})")

Fault = tuple[int, str, str]
"""Line, counted from 1, message and hint."""


def render(text: str) -> str:
    """The text as HTML; whatever looks like HTML in it is shown as it was written."""
    return str(_READER.render(_WRAPPED.sub("", text)))


def faults(text: str) -> Iterator[Fault]:
    """What is written but would not be shown as meant."""
    for token in _WATCHER.parse(text):
        line = token.map[0] + 1 if token.map else 0
        inside = {child.type for child in token.children or ()}
        if token.type == "heading_open" and token.tag == "h1":
            hint = "begin headings with `##`; the lesson's title comes from the charter"
            yield line, "a heading of the first level stands here", hint
        if token.type == "html_block" or "html_inline" in inside:
            yield line, "HTML is shown as it is written", "write it in Markdown, or between ` marks"
        if "image" in inside:
            yield line, "lessons show no pictures", "say it in words, or put a link"
