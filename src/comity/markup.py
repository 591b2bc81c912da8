"""HTML made as a tree, so that whatever a text holds, it can only ever be a text on the page.

The noun is the element, the verb `node`. The tree is the standard library's; writing it out
escapes every text and attribute, which is why no page of ours is put together from strings.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, tostring

Child = Element | str | None


def node(name: str, /, *children: Child, **attributes: str | None) -> Element:
    """An element. Attributes that are None are left out; `class_` is `class`, `_` is `-`."""
    element = Element(
        name,
        {
            key.rstrip("_").replace("_", "-"): value
            for key, value in attributes.items()
            if value is not None
        },
    )
    return extend(element, children)


def extend(element: Element, children: Iterable[Child]) -> Element:
    """Put texts and elements behind what is in the element already."""
    for child in children:
        if isinstance(child, Element):
            element.append(child)
        elif child is not None and len(element):
            element[-1].tail = (element[-1].tail or "") + child
        elif child is not None:
            element.text = (element.text or "") + child
    return element


def marked(text: str) -> Iterator[Child]:
    """A text in which `backticks` mark what is code."""
    for place, part in enumerate(text.split("`")):
        yield node("code", part) if place % 2 else part


def page(root: Element) -> str:
    """The tree as an HTML document."""
    return "<!doctype html>\n" + tostring(root, encoding="unicode", method="html") + "\n"
