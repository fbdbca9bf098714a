"""Where the words of a query stand in one text: for highlighting and for cutting snippets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from memcon.query.nodes import And, Name, Near, Node, Or, Words
from memcon.query.words import folded
from memcon.text import Span

_WORD = re.compile(r"\S+")


def spans(query: Node, text: str) -> tuple[Span, ...]:
    """The spans of `text` that the query asks for, in order, none within another; a phrase is one span.

    What the query denies and what it asks of the record's description has no place in the text.

    >>> from memcon.query import parse
    >>> spans(parse('"new treat*"'), "A new treaty")
    (Span(start=2, end=12),)
    """
    held = folded(text)
    padded = f" {held.text} "
    places = {place for leaf in _wanted(query) for place in _found(leaf, padded)}
    found = {held.span(start - 1, end - 1, text) for start, end in places}
    out: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not out or not out[-1].holds(span):
            out.append(span)
    return tuple(out)


@lru_cache(maxsize=64)
def _wanted(node: Node) -> tuple[Words | Near, ...]:
    """What is asked of the text, each once."""
    match node:
        case And() | Or():
            return tuple(dict.fromkeys(leaf for part in node.parts for leaf in _wanted(part)))
        case Words() | Near():
            return (node,)
        case Name():
            return node.searched
        case _:
            return ()


def _found(leaf: Words | Near, padded: str) -> Iterator[tuple[int, int]]:
    if isinstance(leaf, Words):
        yield from ((match.start() + 1, match.end()) for match in _pattern(leaf).finditer(padded))
    else:
        yield from _near(leaf, list(_WORD.finditer(padded)))


@lru_cache(maxsize=2048)
def _pattern(leaf: Words) -> re.Pattern[str]:
    """It begins with letters, not with a condition, so that the engine can leap to them."""
    return re.compile(" " + " +".join(leaf.words) + (r"\S*" if leaf.prefix else "(?= )"))


def _near(leaf: Near, held: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Every place of one word that has the other near it."""
    one, other = ([at for at, word in enumerate(held) if word[0] == text] for text in leaf.words)
    for a, b in product(one, other):
        if abs(a - b) <= leaf.distance + 1:
            yield held[a].span()
            yield held[b].span()
