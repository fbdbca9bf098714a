"""The door of the archive's memory: nouns in, nouns out, no SQL beyond it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import select, update

from memcon.errors import ArchiveMissing, BadInput, MemconError
from memcon.model import Collection, Outcome, Problem, Reading, Record, Severity, Source, Statement
from memcon.query import Node
from memcon.store import findings, records
from memcon.store import tables as t
from memcon.store.backup import backup
from memcon.store.check import check
from memcon.store.database import Database, is_server
from memcon.store.findings import LedgerRow, LedgerWanted, MatterRow, NameForm, PartyCount, Stats
from memcon.store.following import ENGINES, Follower, Report, last_change
from memcon.store.hits import Results
from memcon.store.index import Sort
from memcon.store.migrations import NEWEST, upgrade, version_of
from memcon.store.prepare import Prepared, PreparedReading, ReadingOf, prepare
from memcon.store.records import Listed, Version, Wanted
from memcon.store.write import Added, is_known, knows, note, write, write_readings

ALL, WHOLE = Wanted(), LedgerWanted()


def open_store(
    address: str | Path,
    *,
    create: bool = False,
    wait: float = 60.0,
    index: str | None = None,
    index_folder: Path | None = None,
) -> Store:
    """The archive in a file, or in the database of a `postgresql://` address; with `create` it is made if need be.

    `index` is "tantivy" or "fts5", the archive's own choice when None; `index_folder` is where an index of its own
    lies. Raises `ArchiveMissing`, `ArchiveTooNew`, `ArchiveDamaged`, `ArchiveBusy` (after `wait` seconds), `BadInput`.
    """
    if index not in (None, *ENGINES):
        raise BadInput(f'no index called "{index}"', f"Choose one of {', '.join(ENGINES)}.")
    if not (create or is_server(str(address)) or Path(address).exists()):
        raise ArchiveMissing(f"there is no archive {address}")
    database = Database(address, wait)
    try:
        _make_ready(database, create=create, engine=index)
        return Store(database, *_settings(database), index_folder)
    except MemconError:
        database.close()
        raise


def _make_ready(database: Database, *, create: bool, engine: str | None) -> None:
    with database.read() as connection:
        version = version_of(connection)
    if version == 0 and not create:
        raise ArchiveMissing(f"{database.shown} is empty")
    if version < NEWEST:
        with database.write() as connection:
            upgrade(connection, engine or ENGINES[0])
    if engine is not None and version > 0:
        with database.write() as connection:
            connection.execute(update(t.archive).values(engine=engine))
    if not database.server:
        database.keep_log()


def _settings(database: Database) -> tuple[str, str]:
    with database.read() as connection:
        name, engine = connection.execute(select(t.archive.c.id, t.archive.c.engine)).one()
    return name, engine


class Store:
    """An open archive. Use it as a context, or `close()` it; one may be shared by threads, not by processes."""

    def __init__(self, database: Database, name: str, engine: str, index_folder: Path | None) -> None:
        self.address = database.address
        self.id = name
        self.engine = engine
        self._database = database
        self._follower = Follower(database, engine, index_folder or _index_folder(database, name))
        self._follower.make_ready()
        self._sizes: tuple[tuple[int, str], tuple[int, int]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the archive and its index."""
        self._follower.close()
        self._database.close()

    # --- putting in ---

    def add(
        self,
        name: str,
        data: bytes,
        media_type: str,
        items: Iterable[Collection | Record | Problem],
        reading_of: ReadingOf | None = None,
    ) -> Added:
        """A file, its records and their readings, all or nothing; the same bytes a second time change nothing."""
        return self.write(prepare(name, data, media_type, items, reading_of))

    def write(self, prepared: Prepared) -> Added:
        """A file that was prepared, perhaps by another process."""
        with self._database.read() as connection:
            if is_known(connection, prepared):
                return Added(known=True)
        with self._database.write() as connection:
            added = write(connection, prepared)
            self._follower.written(connection)
        self._follower.committed(len(added.added) + len(added.changed))
        return added

    def note(self, problem: Problem) -> None:
        """A problem of a file that could not be had at all, until a file of that name is added."""
        with self._database.write() as connection:
            note(connection, problem)

    def keep(self, readings: Sequence[PreparedReading]) -> int:
        """Readings in the place of earlier ones, all or nothing. A record that has changed since is left unread.

        Returns how many were kept.
        """
        with self._database.write() as connection:
            kept = write_readings(connection, readings)
            self._follower.written(connection)
        return kept

    # --- records ---

    def knows(self, sha256: str) -> bool:
        """True when a file of these bytes has been added."""
        with self._database.read() as connection:
            return knows(connection, sha256)

    def record(self, name: str, version: int | None = None) -> Record:
        """Whole, as it came in; the current version if none is named. Raises `NotFound`."""
        with self._database.read() as connection:
            return next(records.load(connection, [records.record_row(connection, name, version)]))

    def versions(self, name: str) -> tuple[Version, ...]:
        """All of a record, the oldest first. Raises `NotFound`."""
        with self._database.read() as connection:
            return records.versions(connection, name)

    def records(self, wanted: Wanted = ALL) -> Iterator[Record]:
        """Whole, one after the other, in the order of adding."""
        with self._database.read() as connection:
            rows = records.rows_of(connection, wanted)
        return self._load(rows)

    def unread(self, version: str) -> Iterator[Record]:
        """Records whose first text has no reading of that version of the rules; may be read and kept meanwhile."""
        with self._database.read() as connection:
            rows = records.unread_rows(connection, version)
        return self._load(rows)

    def listed(
        self, wanted: Wanted = ALL, *, limit: int | None = None, offset: int = 0
    ) -> tuple[Listed, ...]:
        """Lines of records by date, the undated at the end."""
        with self._database.read() as connection:
            return records.listed(connection, wanted, limit, offset)

    def count(self, wanted: Wanted = ALL) -> int:
        """How many records."""
        with self._database.read() as connection:
            return records.count(connection, wanted)

    def counts(self, by: str, wanted: Wanted = ALL) -> dict[str | None, int]:
        """How many of each "kind", "collection", "language" or "classification"; None counts those without."""
        if by not in records.COUNTED:
            raise BadInput(
                f'records are not counted by "{by}"', f"Choose one of {', '.join(records.COUNTED)}."
            )
        with self._database.read() as connection:
            return records.counts(connection, by, wanted)

    def same_file(self, name: str) -> tuple[Listed, ...]:
        """Other records from the same file of an archive. Raises `NotFound`."""
        with self._database.read() as connection:
            return records.same_file(connection, name)

    def collection(self, name: str) -> Collection:
        """With its lists. Raises `NotFound`."""
        with self._database.read() as connection:
            return records.collection(connection, name)

    def collections(self) -> tuple[Collection, ...]:
        """All, by id."""
        with self._database.read() as connection:
            return tuple(records.collections(connection))

    def sources(self) -> tuple[Source, ...]:
        """All files, in the order of adding."""
        with self._database.read() as connection:
            return tuple(records.sources(connection))

    def source_data(self, sha256: str) -> bytes:
        """The bytes of a file as they came in. Raises `NotFound`."""
        with self._database.read() as connection:
            return records.source_data(connection, sha256)

    def problems(self, severity: Severity | None = None) -> tuple[Problem, ...]:
        """What could not be read in files and current records, file by file."""
        with self._database.read() as connection:
            return tuple(records.problems(connection, severity))

    # --- what readings found ---

    def reading(self, name: str, version: int | None = None) -> Reading | None:
        """The latest of a record's first text, None when it was never read. Raises `NotFound` for the record."""
        with self._database.read() as connection:
            return records.reading(connection, name, version)

    def statements(self, name: str) -> tuple[Statement, ...]:
        """Of a record, in the order of its text; none when it was never read."""
        reading = self.reading(name)
        return () if reading is None else reading.statements

    def people(self, form: str | None = None, party: str | None = None) -> tuple[NameForm, ...]:
        """Forms of names that hold `form`, of a party if named, with every place where they stand."""
        with self._database.read() as connection:
            return tuple(findings.people(connection, form, party))

    def parties(self) -> tuple[PartyCount, ...]:
        """Parties as named, those in most records first."""
        with self._database.read() as connection:
            return findings.parties(connection)

    def ledger(self, wanted: LedgerWanted = WHOLE) -> tuple[LedgerRow, ...]:
        """Undertakings across records, by the date of the talk."""
        with self._database.read() as connection:
            return tuple(findings.ledger(connection, wanted))

    def matters(self, words: str = "", outcome: Outcome | None = None) -> tuple[MatterRow, ...]:
        """Matters across records, by the date of the talk."""
        with self._database.read() as connection:
            return tuple(findings.matters(connection, words, outcome))

    def sizes(self) -> tuple[int, int]:
        """How many current records and passages there are to search: counted once after each change."""
        with self._database.read() as connection:
            last = last_change(connection)
            if self._sizes is None or self._sizes[0] != last:
                self._sizes = (last, findings.sizes(connection))
        return self._sizes[1]

    def stats(self, rules: str | None = None) -> Stats:
        """Figures with their denominators; `read` counts readings by that version of the rules."""
        with self._database.read() as connection:
            return findings.stats(connection, rules)

    # --- searching, and care ---

    def search(
        self,
        query: Node,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "rank",
        facets: Sequence[str] = (),
    ) -> Results:
        """Passages that answer a query of `memcon.query`; the index is brought up to date first."""
        return self._follower.search(query, limit=limit, offset=offset, sort=sort, facets=facets)

    def catch_up(self, report: Report | None = None) -> None:
        """Bring the index up to date, as every search does; `report` is told records done, of how many."""
        self._follower.catch_up(report)

    def rebuild(self, report: Report | None = None) -> None:
        """Make the index anew from the records."""
        self._follower.rebuild(report)

    def check(self, report: Report | None = None) -> Iterator[Problem]:
        """What is broken in the archive: nothing, when all is well."""
        return check(self._database, self._follower, report)

    def backup(self, file: Path) -> None:
        """A copy that opens as an archive, made while others write. Raises `BadInput` when the file exists."""
        backup(self._database, file)

    def _load(self, rows: Sequence[int]) -> Iterator[Record]:
        for start in range(0, len(rows), 200):
            with self._database.read() as connection:
                some = list(records.load(connection, rows[start : start + 200]))
            yield from some


def _index_folder(database: Database, name: str) -> Path:
    if not database.server:
        return Path(f"{database.address}.index")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "memcon" / f"{name}.index"
