"""Every invariant of an archive, verified from the bytes up: what is broken comes out as problems."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from msgspec import MsgspecError
from sqlalchemy import Connection, case, func, select, text

from memcon.errors import ArchiveDamaged, MemconError
from memcon.model import Problem, Reading, Record, Severity
from memcon.store import tables as t
from memcon.store.coding import decode
from memcon.store.database import Database
from memcon.store.following import Follower
from memcon.store.prepare import digest_of, misquoted
from memcon.store.records import load
from memcon.store.write import chunks

Report = Callable[[int, int], None]

r, x, p = t.records.c, t.texts.c, t.passages.c


def check(database: Database, follower: Follower, report: Report | None = None) -> Iterator[Problem]:
    """All that is broken, nothing when all is well; `report` is told records done, of how many."""
    try:
        with database.read() as connection:
            for step in (_file, _sources, _versions, _counts):
                yield from step(connection)
            yield from _records(connection, report)
        follower.catch_up()
        with database.read() as connection:
            yield from _index(connection, follower)
    except ArchiveDamaged as error:
        yield _broken(database.shown, f"{error}; what follows could not be checked")


def _file(connection: Connection) -> Iterator[Problem]:
    if connection.dialect.name == "sqlite":
        for (words,) in connection.execute(text("PRAGMA integrity_check")):
            if words != "ok":
                yield _broken("the database file", str(words))


def _sources(connection: Connection) -> Iterator[Problem]:
    s = t.sources.c
    for row in connection.execute(select(s.row)).scalars().all():
        sha, name, size, packed = connection.execute(
            select(s.sha256, s.name, s.size, s.data).where(s.row == row)
        ).one()
        try:
            data = zlib.decompress(packed)
        except zlib.error as error:
            yield _broken(name, f"its bytes cannot be unpacked: {error}")
            continue
        if sha256(data).hexdigest() != sha or len(data) != size:
            yield _broken(name, f"its bytes are not those that came in: they should have the SHA-256 {sha}")


def _versions(connection: Connection) -> Iterator[Problem]:
    question = select(r.id, func.count(), func.max(r.version), func.sum(case((r.current, 1), else_=0)))
    newest = dict(connection.execute(select(r.id, r.version).where(r.current)).all())
    for name, count, highest, current in connection.execute(question.group_by(r.id)):
        if count != highest or current != 1 or newest.get(name) != highest:
            yield _broken(name, "its versions are not numbered from 1 with the last one current")


def _counts(connection: Connection) -> Iterator[Problem]:
    """Nothing without an owner, nothing missing."""

    def number(question: object) -> int:
        return int(connection.execute(question).scalar_one())  # type: ignore[call-overload]

    counted = number(select(func.coalesce(func.sum(x.length), 0)))
    held = number(select(func.count()).select_from(t.passages))
    if counted != held:
        yield _broken("passages", f"there are {held} where the texts should have {counted}")
    owners = (
        (t.records, r.source, t.sources.c.row, "a file"),
        (t.texts, x.record, r.row, "a record"),
        (t.passages, p.text, x.row, "a text"),
        (t.people, t.people.c.record, r.row, "a record"),
        (t.record_references, t.record_references.c.record, r.row, "a record"),
        (t.readings, t.readings.c.text, x.row, "a text"),
        (t.undertakings, t.undertakings.c.text, t.readings.c.text, "a reading"),
        (t.matters, t.matters.c.text, t.readings.c.text, "a reading"),
    )
    for table, column, key, owner in owners:
        lost = number(select(func.count()).select_from(table).where(column.not_in(select(key))))
        if lost:
            yield _broken(table.name, f"{lost} of them belong to {owner} that is not there")


def _records(connection: Connection, report: Report | None) -> Iterator[Problem]:
    rows = connection.execute(select(r.row).order_by(r.row)).scalars().all()
    done = 0
    for some in chunks(rows, 200):
        try:
            records = list(load(connection, some))
        except (MsgspecError, KeyError, ValueError):
            records = []
            for row in some:
                yield from _unreadable(connection, row)
        yield from _contents(connection, some, records)
        done += len(some)
        if report is not None:
            report(done, len(rows))


def _unreadable(connection: Connection, row: int) -> Iterator[Problem]:
    try:
        list(load(connection, [row]))
    except (MsgspecError, KeyError, ValueError) as error:
        name = connection.execute(select(r.id).where(r.row == row)).scalar_one()
        yield _broken(name, f"the record cannot be put together: {error!r}")


def _contents(connection: Connection, rows: Sequence[int], records: Sequence[Record]) -> Iterator[Problem]:
    """Against what each record was when it came in, and each reading against the words it quotes."""
    columns = select(r.row, r.digest, r.title, r.kind, r.collection, r.language).where(r.row.in_(rows))
    stored = {line[0]: tuple(line[1:]) for line in connection.execute(columns)}
    read = select(t.readings.c.record, t.readings.c.detail).where(t.readings.c.record.in_(rows))
    readings = dict(connection.execute(read).all())
    found = _found(connection, rows)
    for row, record in zip(rows, records, strict=False):
        if stored[row] != (digest_of(record), record.title, record.kind, record.collection, record.language):
            yield _broken(record.id, "its words or its description are not those that came in")
        yield from _marks(record)
        if row in readings:
            yield from _reading(record, readings[row], found[row])


def _found(connection: Connection, rows: Sequence[int]) -> Counter[int]:
    """Undertakings and matters in the tables, by record."""
    found: Counter[int] = Counter()
    for table in (t.undertakings, t.matters):
        question = select(x.record).join(table, table.c.text == x.row).where(x.record.in_(rows))
        found.update(connection.execute(question).scalars())
    return found


def _marks(record: Record) -> Iterator[Problem]:
    for words in record.texts:
        for passage in words.passages:
            if any(not 0 <= m.span.start <= m.span.end <= len(passage.text) for m in passage.marks):
                yield _broken(record.id, f"a mark of passage {passage.id} lies outside of its words")


def _reading(record: Record, detail: str, found: int) -> Iterator[Problem]:
    try:
        reading = decode(Reading, detail)
    except MsgspecError as error:
        yield _broken(record.id, f"its reading cannot be understood: {error}")
        return
    words = {passage.id: passage.text for passage in record.text.passages}
    for wrong in misquoted(reading, words):
        yield _broken(record.id, f"its reading is not of these words: {wrong}")
    if found != len(reading.undertakings) + len(reading.matters):
        yield _broken(record.id, "the ledger does not hold what its reading found")


def _index(connection: Connection, follower: Follower) -> Iterator[Problem]:
    """What can be found against what there is."""
    current = select(p.row).join(t.texts, x.row == p.text).join(t.records, r.row == x.record).where(r.current)
    wanted = set(connection.execute(current).scalars())
    try:
        held = list(follower.index(connection).rows())
    except MemconError as error:
        yield _broken("the index", f"it cannot be read: {error}")
        return
    for number, what in (
        (len(wanted.difference(held)), "passages are not in it"),
        (len(set(held).difference(wanted)), "entries in it belong to no current passage"),
        (len(held) - len(set(held)), "entries are in it twice"),
    ):
        if number:
            yield _broken("the index", f"{number} {what}; rebuild it (memcon check --rebuild)")


def _broken(where: str, message: str) -> Problem:
    return Problem(where, message, Severity.ERROR)
