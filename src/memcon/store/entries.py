"""Passages as the full-text index is given them: their words as they are searched, and what they are found by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from memcon.model import BODY, MarkKind
from memcon.store import tables as t
from memcon.store.coding import decode, decode_marks
from memcon.store.index import Entry
from memcon.store.records import ranges

BODIES = frozenset(kind.value for kind in BODY)

r, x, p = t.records.c, t.texts.c, t.passages.c


@dataclass(frozen=True, slots=True)
class _Said:
    passage: str


@dataclass(frozen=True, slots=True)
class _Statement:
    act: str
    words: _Said


@dataclass(frozen=True, slots=True)
class _Matter:
    label: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """The part of a reading that can be searched for."""

    statements: tuple[_Statement, ...] = ()
    matters: tuple[_Matter, ...] = ()

    def by_passage(self) -> dict[str, tuple[dict[str, None], dict[str, None]]]:
        """Acts and matters of each passage that has some, each once."""
        out: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
        for statement in self.statements:
            out.setdefault(statement.words.passage, ({}, {}))[0][statement.act] = None
        for matter in self.matters:
            for passage in matter.passages:
                out.setdefault(passage, ({}, {}))[1][matter.label] = None
        return out


def entries(connection: Connection, records: Sequence[int]) -> Iterator[Entry]:
    """All passages of these records, the words of each as they are searched."""
    facts = _facts(connection, records)
    found = _found(connection, records)
    texts = connection.execute(select(x.record, x.row, x.first, x.length).where(x.record.in_(records))).all()
    owner = {text: (facts[record], found.get(text, {})) for record, text, _, _ in texts}
    question = select(p.row, p.text, p.id, p.kind, p.marks, p.words)
    for start, end in ranges((line.first, line.length) for line in texts):
        neighbours = question.where(p.row >= start, p.row < end).order_by(p.row)
        for row, text, name, kind, marks, words in connection.execute(neighbours).all():
            record, acts_and_matters = owner[text]
            acts, matters = acts_and_matters.get(name, ((), ()))
            plain = words if marks is None else searched(words, marks)
            yield Entry(
                row=row, text=plain, body=kind in BODIES, acts=tuple(acts), matters=tuple(matters), **record
            )


def searched(words: str, marks: str) -> str:
    """Signs of the file's format and anchors of notes blanked, a space for a character, so that places hold."""
    if '"markup"' not in marks and '"anchor"' not in marks:
        return words
    for mark in decode_marks(marks):
        if mark.kind in (MarkKind.MARKUP, MarkKind.ANCHOR):
            start, end = mark.span
            words = words[:start] + " " * (end - start) + words[end:]
    return words


def _facts(connection: Connection, records: Sequence[int]) -> dict[int, dict[str, Any]]:
    columns = (r.title, r.date_from, r.date_to, r.kind, r.collection, r.language, r.classification)
    names = ("title", "date", "date_end", "kind", "collection", "language", "classification")
    facts: dict[int, dict[str, Any]] = {
        row: {
            "record": row,
            **dict(zip(names, rest, strict=True)),
            "archive": None,
            "parties": {},
            "persons": {},
        }
        for row, *rest in connection.execute(select(r.row, *columns).where(r.row.in_(records)))
    }
    f, w = t.record_references.c, t.people.c
    first = select(f.record, f.archive).where(f.record.in_(records), f.position == 0)
    for record, archive in connection.execute(first):
        facts[record]["archive"] = archive
    listed = select(w.record, w.printed, w.party).where(w.record.in_(records))
    for record, printed, party in connection.execute(
        listed.order_by(w.record, func.coalesce(w.text, 0), w.position)
    ):
        facts[record]["persons"][printed] = None
        if party:
            facts[record]["parties"][party] = None
    for fact in facts.values():
        fact["persons"], fact["parties"] = tuple(fact["persons"]), tuple(fact["parties"])
    return facts


def _found(
    connection: Connection, records: Sequence[int]
) -> dict[int, dict[str, tuple[dict[str, None], dict[str, None]]]]:
    read = select(t.readings.c.text, t.readings.c.detail).where(t.readings.c.record.in_(records))
    return {text: decode(_Found, detail).by_passage() for text, detail in connection.execute(read)}
