"""Where the words of a query stand in one text: for highlighting and for cutting snippets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from memcon.query.nodes import And, Name, Near, Node, Or, Words
from memcon.query.words import Word, words_with_places
from memcon.text import Span


def spans(query: Node, text: str) -> tuple[Span, ...]:
    """The spans of `text` that the query asks for, in order, none within another; a phrase is one span.

    What the query denies and what it asks of the record's description has no place in the text.

    >>> from memcon.query import parse
    >>> spans(parse('"new treat*"'), "A new treaty")
    (Span(start=2, end=12),)
    """
    held = words_with_places(text)
    found = {span for leaf in _wanted(query) for span in _found(leaf, held)}
    out: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not out or not out[-1].holds(span):
            out.append(span)
    return tuple(out)


def _wanted(node: Node) -> Iterator[Words | Near]:
    match node:
        case And() | Or():
            for part in node.parts:
                yield from _wanted(part)
        case Words() | Near():
            yield node
        case Name():
            yield from node.searched
        case _:
            return


def _found(leaf: Words | Near, held: Sequence[Word]) -> Iterator[Span]:
    if isinstance(leaf, Near):
        yield from _near(leaf, held)
        return
    size = len(leaf.words)
    for at in range(len(held) - size + 1):
        if follows(leaf, [word.text for word in held[at : at + size]]):
            yield Span(held[at].span.start, held[at + size - 1].span.end)


def follows(phrase: Words, held: Sequence[str]) -> bool:
    """True when exactly these words are the phrase."""
    *whole, last = phrase.words
    return held[:-1] == whole and (held[-1].startswith(last) if phrase.prefix else held[-1] == last)


def _near(leaf: Near, held: Sequence[Word]) -> Iterator[Span]:
    """Every place of one word that has the other near it."""
    one, other = ([at for at, word in enumerate(held) if word.text == text] for text in leaf.words)
    for a, b in product(one, other):
        if abs(a - b) <= leaf.distance + 1:
            yield held[a].span
            yield held[b].span
