"""Elements of a TEI tree as the other parts read them: their names, and their words without notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from memcon.text import squeeze

Element = Any  # lxml's element

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def local(tag: Any) -> str:
    """A tag without its namespace; "#entity" for an entity that was not expanded."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else "#entity"


def name_of(element: Element) -> str:
    """The element's name without its namespace."""
    return local(element.tag)


def text_of(element: Element | None) -> str:
    """All text of an element, white space squeezed, notes left out; "" for no element."""
    if element is None:
        return ""
    return squeeze("".join(_pieces(element)) if len(element) else element.text or "")


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        kind = name_of(child)
        if kind == "lb":
            yield " "
        elif kind != "note":
            yield from _pieces(child)
        yield child.tail or ""
