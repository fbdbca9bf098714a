"""What was prepared, put into the tables: only SQL, within one transaction that the caller holds.

Whoever writes is alone, so the next row is the highest plus one, and nothing need be asked back for each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    select,
    update,
)

from memcon.model import Collection, Person, Problem, Severity
from memcon.store import tables as t
from memcon.store.coding import decode, encode
from memcon.store.database import insert
from memcon.store.prepare import Prepared, PreparedReading, PreparedRecord, PreparedText, Row, problem_row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one file did, in ids of records; `known` says that these very bytes had been added before.

    `problems` are those of the file and of the records that are new in it.
    """

    known: bool = False
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def is_known(connection: Connection, prepared: Prepared) -> bool:
    """True when a file of the same bytes is in the archive."""
    return knows(connection, prepared.source.sha256)


def knows(connection: Connection, sha256: str) -> bool:
    """True when a file of that SHA-256 is in the archive."""
    found = connection.execute(select(t.sources.c.row).where(t.sources.c.sha256 == sha256))
    return found.first() is not None


def write(connection: Connection, prepared: Prepared) -> Added:
    """The whole file. Every record of it is new, a new version, or says what its last version says."""
    if is_known(connection, prepared):
        return Added(known=True)
    batch = _Batch(connection, change(connection))
    source = batch.source(prepared)
    _forget(connection, prepared.source.name)
    _merge_collections(connection, prepared.collections)
    names = _Names(connection, prepared)
    added: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    problems = list(prepared.problems)
    for record in prepared.records:
        held = names.held(record)
        if held is not None and held.digest == record.digest:
            unchanged.append(held.id)
            continue
        problems += map(_problem, record.problems)
        if held is None:
            added.append(batch.record(source, record, names.free(record.id), 1))
        else:
            batch.superseded.append({"was": held.row})
            changed.append(batch.record(source, record, held.id, held.version + 1))
    batch.file_problems(source, prepared.problems)
    batch.write()
    return Added(False, tuple(added), tuple(changed), tuple(unchanged), tuple(problems))


def write_readings(connection: Connection, readings: Sequence[PreparedReading]) -> int:
    """Each in the place of the one its text had; the number kept.

    One whose record says something else by now is left out: it is a reading of words that are no longer current.
    """
    places = _current_texts(connection, [reading.record for reading in readings])
    batch = _Batch(connection, change(connection))
    texts = []
    for reading in readings:
        place = places.get((reading.record, reading.digest))
        if place is not None:
            texts.append(place.text)
            batch.reading(place, reading)
    _clear(connection, texts)
    batch.write()
    return len(texts)


def note(connection: Connection, problem: Problem) -> None:
    """A problem of a file whose bytes could not be had, in the place of what was noted of it before."""
    _forget(connection, problem.where)
    insert(connection, t.problems, [(None, None, None, *problem_row(problem))])


def _forget(connection: Connection, name: str) -> None:
    q = t.problems.c
    connection.execute(delete(t.problems).where(q.source.is_(None), q.place == name))


def change(connection: Connection) -> int:
    """The number under which this transaction stands in the archive's course of changes."""
    last = connection.execute(select(func.max(t.changes.c.number))).scalar() or 0
    at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(t.changes.insert().values(number=last + 1, stamp=token_hex(4), at=at))
    return last + 1


def chunks(values: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """In lists that fit into one question to the database."""
    batch: list[T] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def merge(old: Collection, new: Collection) -> Collection:
    """What two files say of one collection: the newer where both say something, the lists of both."""
    said = {
        name: getattr(new, name)
        for name in ("title", "kind", "publisher", "place", "year")
        if getattr(new, name)
    }
    return replace(
        old,
        **said,
        editors=_union(old.editors, new.editors),
        persons=_people(old.persons, new.persons),
        terms=_people(old.terms, new.terms),
        extras=_union(old.extras, new.extras),
    )


def _union(old: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def _people(old: tuple[Person, ...], new: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple({person.key or person: person for person in (*old, *new)}.values())


def _merge_collections(connection: Connection, collections: Iterable[Collection]) -> None:
    for collection in collections:
        named = t.collections.c.id == collection.id
        detail = connection.execute(select(t.collections.c.detail).where(named)).scalar()
        if detail is None:
            insert(connection, t.collections, [(collection.id, collection.title, encode(collection))])
            continue
        merged = merge(decode(Collection, detail), collection)
        if (after := encode(merged)) != detail:
            connection.execute(update(t.collections).where(named).values(title=merged.title, detail=after))


# --- which record of the archive a record of the file is ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    row: int
    id: str
    version: int
    digest: str
    source: str


class _Names:
    """The ids of a file's records against those the archive has.

    An id that the edition gave names the same record everywhere. One that was made up names the same record only
    when the file has the same name, or when the words are the same.
    """

    def __init__(self, connection: Connection, prepared: Prepared) -> None:
        self.connection = connection
        self.source = prepared.source.name
        self.taken: set[str] = set()
        self.known: dict[tuple[str, bool], list[_Held]] = {}
        for ids in chunks({record.id for record in prepared.records}):
            self._ask(ids)

    def _ask(self, ids: list[str]) -> None:
        r = t.records.c
        self.taken.update(self.connection.execute(select(r.id).where(r.id.in_(ids))).scalars())
        found = self.connection.execute(
            select(r.given, r.own, r.row, r.id, r.version, r.digest, t.sources.c.name)
            .join(t.sources, t.sources.c.row == r.source)
            .where(r.given.in_(ids), r.current)
        )
        for given, own, *held in sorted(found, key=lambda line: (len(line.id), line.id)):
            self.known.setdefault((given, bool(own)), []).append(_Held(*held))

    def held(self, record: PreparedRecord) -> _Held | None:
        """The current version of the same record, if there is one."""
        known = self.known.get((record.id, record.own), [])
        if not record.own:
            same = [held for held in known if held.source == self.source]
            known = same or [held for held in known if held.digest == record.digest]
        return known[record.occurrence] if record.occurrence < len(known) else None

    def free(self, given: str) -> str:
        """The id itself, or the first of "id-2", "id-3" ... that nobody has."""
        name, number = given, 1
        while name in self.taken or (number > 1 and self._exists(name)):
            number += 1
            name = f"{given}-{number}"
        self.taken.add(name)
        return name

    def _exists(self, name: str) -> bool:
        return (
            self.connection.execute(select(t.records.c.row).where(t.records.c.id == name)).first() is not None
        )


# --- rows ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reading belongs."""

    source: int
    record: int
    text: int
    first: int
    id: str


@dataclass(slots=True)
class _Batch:
    """The rows of one transaction, numbered, until they are written together."""

    connection: Connection
    number: int
    next: dict[str, int] = field(default_factory=dict)
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    superseded: list[dict[str, int]] = field(default_factory=list)
    touched: list[dict[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for table in (t.sources, t.records, t.texts, t.passages):
            last = self.connection.execute(select(func.max(table.c.row))).scalar()
            self.next[table.name] = (last or 0) + 1
        self.rows = {table.name: [] for table in t.METADATA.sorted_tables}

    def write(self) -> None:
        for table in t.METADATA.sorted_tables:
            insert(self.connection, table, self.rows[table.name])
        row = t.records.c.row == bindparam("was")
        self._update(update(t.records).where(row).values(current=False, changed=self.number), self.superseded)
        self._update(update(t.records).where(row).values(changed=self.number), self.touched)

    def source(self, prepared: Prepared) -> int:
        source, row = prepared.source, self._row(t.sources.name)
        assert source.added is not None
        added = source.added.isoformat()
        columns = (source.sha256, source.name, source.media_type, source.size, added, prepared.data)
        self.rows["sources"].append((row, *columns))
        return row

    def record(self, source: int, record: PreparedRecord, name: str, version: int) -> str:
        row = self._row("records")
        columns = (record.id, record.own, source, record.digest, self.number, *record.columns)
        self.rows["records"].append((row, name, version, True, *columns))
        places = [self._text(row, position, text) for position, text in enumerate(record.texts)]
        self.rows["record_references"] += [(row, *rest) for rest in record.references]
        self.rows["people"] += [(row, None, *rest) for rest in record.people]
        self.rows["problems"] += [(source, row, None, *rest) for rest in record.problems]
        if record.reading is not None:
            text, first = places[0]
            self._reading(_Place(source, row, text, first, name), record.reading)
        return name

    def reading(self, place: _Place, reading: PreparedReading) -> None:
        self.touched.append({"was": place.record})
        self._reading(place, reading)

    def file_problems(self, source: int, problems: Iterable[Problem]) -> None:
        self.rows["problems"] += [(source, None, None, *problem_row(problem)) for problem in problems]

    def _text(self, record: int, position: int, text: PreparedText) -> tuple[int, int]:
        row, first, count = self._row("texts"), self.next["passages"], len(text.passages)
        self.next["passages"] = first + count
        self.rows["texts"].append((row, record, position, *text.columns, first, count))
        self.rows["passages"] += [(n, row, *rest) for n, rest in enumerate(text.passages, first)]
        return row, first

    def _reading(self, place: _Place, reading: PreparedReading) -> None:
        made = datetime.now(UTC).isoformat(timespec="seconds")
        text, first = place.text, place.first
        self.rows["readings"].append((text, place.record, reading.version, made, reading.detail))
        self.rows["people"] += [_mentioned(place, row) for row in reading.people]
        self.rows["undertakings"] += [(text, p, first + at, *rest) for p, at, *rest in reading.undertakings]
        self.rows["matters"] += [(text, *rest) for rest in reading.matters]
        self.rows["problems"] += [(place.source, place.record, text, *rest) for rest in reading.problems]

    def _row(self, table: str) -> int:
        row = self.next[table]
        self.next[table] = row + 1
        return row

    def _update(self, statement: Any, rows: list[dict[str, int]]) -> None:
        if rows:
            self.connection.execute(statement, rows)


def _problem(row: Row) -> Problem:
    where, message, severity, source, record = row
    return Problem(where, message, Severity(severity), source, record)


def _mentioned(place: _Place, row: Row) -> Row:
    *rest, passage, mentions = row
    return (place.record, place.text, *rest, None if passage is None else place.first + passage, mentions)


def _current_texts(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], _Place]:
    r, x = t.records.c, t.texts.c
    places = {}
    for some in chunks(ids):
        found = connection.execute(
            select(r.id, r.digest, r.source, r.row, x.row, x.first)
            .join(t.texts, x.record == r.row)
            .where(r.id.in_(some), r.current, x.position == 0)
        )
        for name, digest, source, record, text, first in found:
            places[name, digest] = _Place(source, record, text, first, name)
    return places


def _clear(connection: Connection, texts: Sequence[int]) -> None:
    """Of what earlier readings of these texts found, nothing stays."""
    for some in chunks(texts):
        for table in (t.people, t.undertakings, t.matters, t.problems, t.readings):
            found: ColumnElement[bool] = table.c.text.in_(some)
            connection.execute(delete(table).where(found))
