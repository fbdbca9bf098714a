"""What a search found, with the archive's own words: the index knows only the numbers of passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from memcon import query as language
from memcon.model import BODY, PassageKind
from memcon.query import Node
from memcon.store import tables as t
from memcon.store.entries import searched
from memcon.store.records import date_of
from memcon.store.write import chunks
from memcon.text import Span
from memcon.when import When

r, x, p = t.records.c, t.texts.c, t.passages.c


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with all that its line in a list shows; `spans` are the words found, in `text`.

    `position` is that of the passage's own text among the record's: passages of two texts may have one id.
    """

    record: str
    title: str
    date: When | None
    kind: str | None
    version: int
    position: int
    passage: str
    label: str | None
    folio: str | None
    body: bool
    text: str
    spans: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """`total` passages in `records` records hold what was asked; `hits` is the page of them that was wanted.

    `behind` counts records that another process has added and not yet indexed: they were not searched.
    """

    total: int
    records: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]
    empty_because: str | None = None
    behind: int = 0


# Made once: to put the question together takes longer than to have it answered.
_LINES = (
    select(p.row, r.id, r.title, r.detail, r.kind, r.version, x.position, p.id, p.label, p.folio, p.kind, p.marks,
           p.words)
    .join(t.texts, x.row == p.text)
    .join(t.records, r.row == x.record)
    .where(p.row.in_(bindparam("rows", expanding=True)))
)  # fmt: skip


def completed(connection: Connection, query: Node, found: Sequence[tuple[int, float]]) -> tuple[Hit, ...]:
    """Passages found, by row with their scores, as hits in the same order."""
    lines = {
        line[0]: tuple(line[1:])
        for some in chunks([row for row, _ in found])
        for line in connection.execute(_LINES, {"rows": some}).all()
    }
    return tuple(_hit(query, lines[row], score) for row, score in found if row in lines)


def _hit(query: Node, line: tuple[Any, ...], score: float) -> Hit:
    record, title, detail, kind, version, position, passage, label, folio, passage_kind, marks, words = line
    plain = words if marks is None else searched(words, marks)
    return Hit(
        record=record,
        title=title,
        date=date_of(detail),
        kind=kind,
        version=version,
        position=position,
        passage=passage,
        label=label,
        folio=folio,
        body=PassageKind(passage_kind) in BODY,
        text=words,
        spans=tuple(language.spans(query, plain)),
        score=score,
    )
