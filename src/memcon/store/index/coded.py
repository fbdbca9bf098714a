"""Descriptions as words: what an entry is found by, besides its text, written so that a full-text engine can hold it.

A word of a title is indexed as `title¦treaty`, a value that is only searched whole as one word,
`kind¦memorandum·of·conversation`. Neither sign can occur in a word of a text, and both engines' tokenisers, which part
at white space (and ASCII signs), leave them alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from memcon.query.nodes import BY_WORDS, WHOLE, Date, Field, In, Name, Near, Node, Not, Or, Words, place_named
from memcon.query.nodes import And as _And
from memcon.query.words import words
from memcon.store.index.contract import Entry

BODY, NOTES, MARK = "in¦body", "in¦notes", "in¦mark"
OPEN_END = 99_999_999  # later than every day
OF_PASSAGE = frozenset({*WHOLE, "matter"})  # the other fields are looked up among the records
_SIGN, _JOIN = "¦", "·"


def facts(entry: Entry) -> str:
    """What holds of a passage: where it stands, the values searched whole, the matters dealt with in it."""
    of_record = _of_record(entry.kind, entry.language, entry.classification, entry.collection)
    acts = (_value("act", act) for act in entry.acts if act)
    return " ".join([BODY if entry.body else NOTES, of_record, *acts, *_each("matter", entry.matters)])


def about(entry: Entry) -> str:
    """What holds of a record and is searched by its words."""
    archive = (entry.archive,) if entry.archive else ()
    parts = (
        ("title", (entry.title,)),
        ("party", entry.parties),
        ("person", entry.persons),
        ("archive", archive),
    )
    return " ".join(word for field, values in parts for word in _each(field, values))


def facet_values(entry: Entry) -> Iterator[tuple[str, str]]:
    """(facet, value) of a record, as printed, each once."""
    if entry.date:
        yield "year", f"{entry.date // 10_000:04}"
    for facet in ("kind", "archive", "collection", "language", "classification"):
        if value := getattr(entry, facet):
            yield facet, value
    yield from (("party", value) for value in dict.fromkeys(entry.parties) if value)
    yield from (("person", value) for value in dict.fromkeys(entry.persons) if value)


def days(entry: Entry) -> tuple[int, int]:
    """First and last day, so that a date lies within when first <= its last and last >= its first; (0, 0) is unknown."""
    if entry.date is None and entry.date_end is None:
        return 0, 0
    return entry.date or 0, OPEN_END if entry.date_end is None else entry.date_end


def coded(field: Field) -> Words:
    """The words by which a field of a query is found among the facts, or about the record."""
    if field.name in BY_WORDS:
        return Words(tuple(f"{field.name}{_SIGN}{word}" for word in field.value.words), field.value.prefix)
    return Words((_value(field.name, " ".join(field.value.words)),), field.value.prefix)


@lru_cache(maxsize=4096)
def _of_record(*values: str | None) -> str:
    pairs = zip(("kind", "lang", "class", "collection"), values, strict=True)
    return " ".join(_value(field, value) for field, value in pairs if value)


@lru_cache(maxsize=4096)
def _value(field: str, value: str) -> str:
    return f"{field}{_SIGN}{_JOIN.join(words(value))}"


def _each(field: str, values: tuple[str, ...]) -> Iterator[str]:
    """Words of several values, with a sign after each so that no phrase runs over from one to the next."""
    for value in values:
        yield from (f"{field}{_SIGN}{word}" for word in words(value))
        yield _SIGN


def scoped(query: Node) -> tuple[str, Node | None]:
    """Where the whole query looks, and the rest of it: None when nothing else is asked."""
    if not place_named(query):
        return "body", query
    parts = query.parts if isinstance(query, _And) else (query,)
    place = next((part for part in parts if isinstance(part, In)), None)
    if place is None:
        return "all", query
    rest = tuple(part for part in parts if part is not place)
    return place.place, None if not rest else rest[0] if len(rest) == 1 else _And(rest)


def holds_to_text(node: Node) -> bool:
    """True when every passage that matches has some word of the text asked for, which ties it to where we look."""
    match node:
        case Words() | Near() | Name():
            return True
        case _And():
            return any(map(holds_to_text, node.parts))
        case Or():
            return all(map(holds_to_text, node.parts))
        case Not() | Field() | Date() | In():
            return False
