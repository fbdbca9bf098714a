"""A query as a tree of frozen nodes, each of which prints itself as the reader could have typed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from memcon.query.words import joined

# Fields that a word or a phrase may be part of, and fields of which the whole value must be given.
BY_WORDS = ("title", "party", "person", "archive", "matter")
WHOLE = ("kind", "lang", "class", "collection", "act")
PLACES = ("body", "notes", "all")


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or several that follow one another; with `prefix` the last is only the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False

    def __str__(self) -> str:
        text = joined(self.words) + "*" * self.prefix
        return f'"{text}"' if " " in text else text


@dataclass(frozen=True, slots=True)
class Near:
    """Two different words in either order, with at most `distance` other words between them."""

    words: tuple[str, str]
    distance: int

    def __str__(self) -> str:
        return f'"{joined(self.words)}"~{self.distance}'


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text, as the words given; unless `exact`, also as any of `forms`, which the caller may add."""

    words: tuple[str, ...]
    exact: bool = False
    forms: tuple[tuple[str, ...], ...] = ()

    @property
    def searched(self) -> tuple[Words, ...]:
        """Every form that is looked for."""
        return tuple(map(Words, dict.fromkeys((self.words, *(() if self.exact else self.forms)))))

    def __str__(self) -> str:
        return f"name:{'=' * self.exact}{Words(self.words)}"


@dataclass(frozen=True, slots=True)
class Field:
    """Something in the description of the record, or for `act` and `matter` in the reading of the passage."""

    name: str
    value: Words

    def __str__(self) -> str:
        return f"{self.name}:{self.value}"


@dataclass(frozen=True, slots=True)
class Date:
    """Records that may be of these days (yyyymmdd; None where open); `printed` is how the expression was understood."""

    first: int | None
    last: int | None
    printed: str

    def __str__(self) -> str:
        return f"date:{self.printed}"


@dataclass(frozen=True, slots=True)
class In:
    """Where the passage stands: "body", "notes" (apparatus) or "all"."""

    place: str

    def __str__(self) -> str:
        return f"in:{self.place}"


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that do not match `part`."""

    part: Node

    def __str__(self) -> str:
        return f"-{_bracketed(self.part)}"


@dataclass(frozen=True, slots=True)
class And:
    """Passages that match every part."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({p})" if isinstance(p, Or) else str(p) for p in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Passages that match at least one part."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Leaf = Words | Near | Name | Field | Date | In
Node = Leaf | Not | And | Or


def _bracketed(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) else str(node)


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf, from left to right, those under `Not` too."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Not):
        yield from leaves(node.part)
    else:
        yield node


def place_named(node: Node) -> bool:
    """True when the query itself says where to look; otherwise only the body is searched."""
    return any(isinstance(leaf, In) for leaf in leaves(node))
