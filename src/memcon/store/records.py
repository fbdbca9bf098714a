"""What was put in, got back: records with their texts and versions, their sources, the lists of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from memcon.errors import NotFound
from memcon.model import (
    Collection,
    Passage,
    PassageKind,
    Place,
    Problem,
    Reading,
    Record,
    Severity,
    Source,
    Text,
)
from memcon.store import tables as t
from memcon.store.coding import decode, decode_marks
from memcon.store.prepare import day
from memcon.store.write import chunks
from memcon.when import When

r, x, p = t.records.c, t.texts.c, t.passages.c

COUNTED = {
    "kind": r.kind,
    "collection": r.collection,
    "language": r.language,
    "classification": r.classification,
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record: from which file it came, and when that was added."""

    number: int
    current: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Listed:
    """A record's line in a list; `passages` counts those of all its texts."""

    id: str
    title: str
    kind: str | None
    date: When | None
    collection: str | None
    version: int
    passages: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records: of a kind, a collection or a file, and whose date touches the days `since` to `until`."""

    kind: str | None = None
    collection: str | None = None
    language: str | None = None
    source: str | None = None  # the SHA-256 of a file
    since: date | None = None
    until: date | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Current versions, and what is asked for."""
        yield r.current
        for column, value in (
            (r.kind, self.kind),
            (r.collection, self.collection),
            (r.language, self.language),
        ):
            if value is not None:
                yield column == value
        if self.source is not None:
            yield (
                r.source == select(t.sources.c.row).where(t.sources.c.sha256 == self.source).scalar_subquery()
            )
        if self.since is not None:
            yield r.date_to >= day(self.since)
        if self.until is not None:
            yield r.date_from <= day(self.until)


def record_row(connection: Connection, name: str, version: int | None = None) -> int:
    """The row of a version, the current one when none is named. Raises `NotFound`."""
    which = r.current if version is None else r.version == version
    row: int | None = connection.execute(select(r.row).where(r.id == name, which)).scalar()
    if row is None:
        raise NotFound(f"no record {name}" + ("" if version is None else f" of version {version}"))
    return row


def load(connection: Connection, rows: Sequence[int]) -> Iterator[Record]:
    """Records in the order of the rows given, whole, under the ids they have here."""
    for some in chunks(rows):
        found = {
            row: (name, detail)
            for row, name, detail in connection.execute(select(r.row, r.id, r.detail).where(r.row.in_(some)))
        }
        texts = _texts(connection, some)
        for row in some:
            name, detail = found[row]
            yield replace(decode(Record, detail), id=name, texts=texts.get(row, ()))


def _texts(connection: Connection, records: Sequence[int]) -> dict[int, tuple[Text, ...]]:
    found = connection.execute(
        select(x.record, x.language, x.role, x.first, x.length)
        .where(x.record.in_(records))
        .order_by(x.record, x.position)
    ).all()
    words = dict(_passages(connection, [(line.first, line.length) for line in found]))
    texts: dict[int, tuple[Text, ...]] = {}
    for record, language, role, first, count in found:
        passages = tuple(words[row] for row in range(first, first + count))
        texts[record] = (*texts.get(record, ()), Text(passages, language, role))
    return texts


def ranges(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbouring (first, count) joined, as (first, end): texts added together lie together."""
    start = end = 0
    for first, count in sorted(places):
        if first != end:
            if end > start:
                yield start, end
            start = first
        end = first + count
    if end > start:
        yield start, end


def _passages(connection: Connection, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, Passage]]:
    for start, end in ranges(places):
        question = select(t.passages).where(p.row >= start, p.row < end)
        for row, _text, *columns in connection.execute(question):
            yield row, passage_of(columns)


def passage_of(columns: Sequence[Any]) -> Passage:
    """From the columns of its table after `text`."""
    name, label, kind, folio, language, marks, words, unit, start, end = columns
    return Passage(
        id=name,
        text=words,
        kind=PassageKind(kind),
        label=label,
        folio=folio,
        language=language,
        place=None if unit is None else Place(unit, start, end),
        marks=decode_marks(marks),
    )


def versions(connection: Connection, name: str) -> tuple[Version, ...]:
    """All of a record, the oldest first. Raises `NotFound`."""
    found = connection.execute(
        select(r.version, r.current, *_SOURCE)
        .join(t.sources, t.sources.c.row == r.source)
        .where(r.id == name)
        .order_by(r.version)
    ).all()
    if not found:
        raise NotFound(f"no record {name}")
    return tuple(Version(number, bool(current), _source(source)) for number, current, *source in found)


_SOURCE = tuple(t.sources.c[name] for name in ("sha256", "name", "media_type", "size", "added"))


def _source(columns: Sequence[Any]) -> Source:
    sha256, name, media_type, size, added = columns
    return Source(sha256, name, media_type, size, datetime.fromisoformat(added))


def sources(connection: Connection) -> Iterator[Source]:
    """All files, in the order of adding."""
    for columns in connection.execute(select(*_SOURCE).order_by(t.sources.c.row)):
        yield _source(columns)


def source_data(connection: Connection, sha256: str) -> bytes:
    """The bytes of a file as they came in. Raises `NotFound`."""
    packed = connection.execute(select(t.sources.c.data).where(t.sources.c.sha256 == sha256)).scalar()
    if packed is None:
        raise NotFound(f"no file with the SHA-256 {sha256}", 'See "memcon check" for the files held.')
    return zlib.decompress(packed)


def reading(connection: Connection, name: str, version: int | None = None) -> Reading | None:
    """The latest of a record, None when it was never read. Raises `NotFound` for the record."""
    row = record_row(connection, name, version)
    found = select(t.readings.c.detail).where(t.readings.c.record == row)
    detail = connection.execute(found).scalar()
    return None if detail is None else decode(Reading, detail)


def unread_rows(connection: Connection, version: str) -> Sequence[int]:
    """Current records whose first text has no reading of that version of the rules, in the order of adding."""
    read = select(t.readings.c.text).where(t.readings.c.version == version)
    question = (
        select(r.row)
        .join(t.texts, x.record == r.row)
        .where(r.current, x.position == 0, x.row.not_in(read))
        .order_by(r.row)
    )
    return connection.execute(question).scalars().all()


def rows_of(connection: Connection, wanted: Wanted) -> Sequence[int]:
    """The rows of the records wanted, in the order of adding."""
    return connection.execute(select(r.row).where(*wanted.conditions()).order_by(r.row)).scalars().all()


def listed(connection: Connection, wanted: Wanted, limit: int | None, offset: int) -> tuple[Listed, ...]:
    """Lines of the records wanted, by date; the undated stand at the end."""
    question = _lines().where(*wanted.conditions())
    question = question.order_by(r.date_from.is_(None), r.date_from, r.date_to, r.row)
    return _listed(connection, question.limit(limit).offset(offset))


def count(connection: Connection, wanted: Wanted) -> int:
    """How many records are wanted."""
    return connection.execute(
        select(func.count()).select_from(t.records).where(*wanted.conditions())
    ).scalar_one()


def counts(connection: Connection, by: str, wanted: Wanted) -> dict[str | None, int]:
    """How many for each value of a column of `COUNTED`, the most frequent first; None counts those without one."""
    column = COUNTED[by]
    question = select(column, func.count()).where(*wanted.conditions()).group_by(column)
    found = connection.execute(question)
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0] or "")))


def same_file(connection: Connection, name: str) -> tuple[Listed, ...]:
    """Records that a reference places in the same file of an archive as this one, without itself."""
    row, f = record_row(connection, name), t.record_references.c
    files = select(f.file).where(f.record == row, f.file.is_not(None))
    neighbours = select(f.record).where(f.file.in_(files), f.record != row)
    question = _lines().where(r.current, r.row.in_(neighbours))
    return _listed(connection, question.order_by(r.date_from.is_(None), r.date_from, r.row))


def _lines() -> Select[Any]:
    passages = select(func.sum(x.length)).where(x.record == r.row).scalar_subquery()
    return select(r.id, r.title, r.kind, r.detail, r.collection, r.version, func.coalesce(passages, 0))


def _listed(connection: Connection, question: Select[Any]) -> tuple[Listed, ...]:
    return tuple(
        Listed(name, title, kind, date_of(detail), collection, version, int(passages))
        for name, title, kind, detail, collection, version, passages in connection.execute(question)
    )


def date_of(detail: str) -> When | None:
    """The date of a record from its JSON, the rest left unread."""
    return decode(Dated, detail).date


@dataclass(frozen=True, slots=True)
class Dated:
    """The part of a record that lists of it show."""

    date: When | None = None


def collection(connection: Connection, name: str) -> Collection:
    """With its lists of persons and terms. Raises `NotFound`."""
    detail = connection.execute(select(t.collections.c.detail).where(t.collections.c.id == name)).scalar()
    if detail is None:
        raise NotFound(f"no collection {name}", 'See "memcon collections".')
    return decode(Collection, detail)


def collections(connection: Connection) -> Iterator[Collection]:
    """All, by id."""
    found = connection.execute(select(t.collections.c.id, t.collections.c.detail))
    for _, detail in sorted(found):
        yield decode(Collection, detail)


def problems(connection: Connection, severity: Severity | None = None) -> Iterator[Problem]:
    """What could not be read in the files, and in the records as they are now; file by file."""
    q = t.problems.c
    question = (
        select(q.place, q.message, q.severity, func.coalesce(q.of_source, t.sources.c.name),
               func.coalesce(r.id, q.of_record))
        .outerjoin(t.sources, t.sources.c.row == q.source)
        .outerjoin(t.records, r.row == q.record)
        .where(q.record.is_(None) | r.current)
        .order_by(func.coalesce(q.source, 0), func.coalesce(q.record, 0), q.place, q.message)
    )  # fmt: skip
    if severity is not None:
        question = question.where(q.severity == severity.value)
    for place, message, how_bad, source, record in connection.execute(question):
        yield Problem(place, message, Severity(how_bad), source, record)
