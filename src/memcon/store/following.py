"""The full-text index beside the archive: it follows the tables, and is made anew from them when lost or torn.

The tables are the record. The index has a mark, the last change it has seen; whoever opens it for searching first
brings it up to date. A note beside it says which archive it follows and the stamp of a change it has seen, so that an
older copy of the archive put in its place, or another archive, is not searched by a stranger's index.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any, cast

from sqlalchemy import Connection, func, inspect, select

from memcon.errors import ArchiveBusy
from memcon.query import Node
from memcon.store import tables as t
from memcon.store.database import Database
from memcon.store.entries import entries
from memcon.store.hits import Results, completed
from memcon.store.index import Fts5Index, Index, IndexTorn, Sort, TantivyIndex
from memcon.store.write import chunks

ENGINES = ("tantivy", "fts5")
AT_ONCE = 2500  # records indexed together while files are added: each time costs a commit and a merge
PATIENCE = 2.0  # seconds that a search waits for another process to finish with the index
Report = Callable[[int, int], None]  # records done, of how many

r = t.records.c


class Follower:
    """Keeps the index of one archive. `engine` is one of `ENGINES`; `folder` is where an index of its own lies.

    FTS5 in an archive that is a file lives in that file, and is written in the transaction of the records.
    """

    def __init__(self, database: Database, engine: str, folder: Path) -> None:
        self.database = database
        self.engine = engine
        self.folder = folder
        self.inside = engine == "fts5" and not database.server
        self._lock = RLock()  # threads may share an archive; only one of them writes to its index
        self._seen: tuple[int, str] | None = None  # the change up to which the index is known to be
        self._waiting = 0
        self._index: Index | None = None
        self._file: sqlite3.Connection | None = None

    def make_ready(self) -> None:
        """Have the tables of an index that lies in the archive."""
        if not self.inside:
            return
        with self.database.read() as connection:
            if inspect(connection).has_table("index_mark"):
                return
        with self.database.write() as connection:
            Fts5Index.create(_driver(connection))

    def written(self, connection: Connection) -> None:
        """Within a transaction that has changed records."""
        if self.inside:
            follow(connection, Fts5Index(_driver(connection)), None)

    def committed(self, records: int) -> None:
        """After a file with so many new records: the index follows every `AT_ONCE` of them, unless others hold it.

        Thus it is made while other processes prepare what comes next, and not all of it at the end.
        """
        self._waiting += records
        if self._waiting >= AT_ONCE and not self.inside:
            self._waiting = 0
            with suppress(ArchiveBusy):
                self.catch_up(patience=0)

    def catch_up(self, report: Report | None = None, patience: float | None = None) -> None:
        """Bring the index to the archive's last change; make it anew where it is lost, torn or another's.

        Raises `ArchiveBusy` when another process still writes to it after `patience` seconds.
        """
        if self.inside:
            self._catch_up_inside(report)
            return
        patience = self.database.wait if patience is None else patience
        with self._lock:
            try:
                self._catch_up_beside(report, patience)
            except IndexTorn:
                self._erase()
                self._catch_up_beside(report, patience)

    def rebuild(self, report: Report | None = None) -> None:
        """Throw the index away and make it from the tables."""
        if self.inside:
            with self.database.write() as connection:
                index = Fts5Index(_driver(connection))
                index.remove(connection.execute(select(r.row)).scalars().all())
                index.commit(0)
                follow(connection, index, report)
            return
        with self._lock:
            self._erase()
            self._catch_up_beside(report, self.database.wait)

    def search(
        self,
        query: Node,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "rank",
        facets: Sequence[str] = (),
    ) -> Results:
        """What the index finds, up to date unless another process holds it (`behind`), with the archive's words."""
        how = {"limit": limit, "offset": offset, "sort": sort, "facets": tuple(facets)}
        try:
            with self.database.read() as connection:
                if self._is_up_to_date(connection):
                    return self._answer(connection, query, 0, how)
            behind = self._behind_after(PATIENCE)
            with self.database.read() as connection:
                return self._answer(connection, query, behind, how)
        except IndexTorn:
            self.rebuild()
            with self.database.read() as connection:
                return self._answer(connection, query, 0, how)

    def _is_up_to_date(self, connection: Connection) -> bool:
        if self.inside:
            return not _behind(connection, Fts5Index(_driver(connection)).mark())
        return last_change(connection) == self._seen

    def _behind_after(self, patience: float) -> int:
        """Catch up; the records that could not be, because another process holds the index."""
        try:
            self.catch_up(patience=patience)
        except ArchiveBusy:
            if self.inside:
                raise
            with self.database.read() as connection:
                return _behind(connection, self.index(connection).mark())
        return 0

    def _answer(self, connection: Connection, query: Node, behind: int, how: dict[str, Any]) -> Results:
        found = self.index(connection).search(query, **how)
        hits = completed(connection, query, [(hit.row, hit.score) for hit in found.hits])
        return Results(found.total, found.records, hits, dict(found.facets), found.empty_because, behind)

    def index(self, connection: Connection) -> Index:
        """To be asked within a transaction of the archive."""
        if self.inside:
            return Fts5Index(_driver(connection))
        return self._beside()

    def _beside(self) -> Index:
        if self._index is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.engine == "fts5":
                self._file = sqlite3.connect(self.folder / "fts5.db", check_same_thread=False)
                Fts5Index.create(self._file)
                self._index = Fts5Index(self._file)
            else:
                self._index = TantivyIndex(self.folder / "tantivy")
        return self._index

    def close(self) -> None:
        """Let go of an index of its own."""
        if self._index is not None:
            self._index.close()
        if self._file is not None:
            self._file.close()
        self._index = self._file = None

    def _catch_up_inside(self, report: Report | None) -> None:
        with self.database.read() as connection:
            if self._is_up_to_date(connection):
                return
        with self.database.write() as connection:
            follow(connection, Fts5Index(_driver(connection)), report)

    def _catch_up_beside(self, report: Report | None, patience: float) -> None:
        with self.database.read() as connection:
            if self._is_up_to_date(connection):
                return
        index = self._beside()
        if isinstance(index, TantivyIndex):
            index.patience = patience
            index.refresh()
        mark, note = index.mark(), self._note_read()
        # Only now: what others may have given the index before is then sure to be among the changes seen.
        with self.database.read() as connection:
            last = last_change(connection)
            if mark and not _belongs(connection, note):
                self._erase()
                index, mark = self._beside(), 0
            if mark != last[0]:
                self._sign(connection)
                follow(connection, index, report)
                self._finish(index)
        self._seen = last

    def _finish(self, index: Index) -> None:
        """Have what was given visible to all, and others free to go on."""
        if self._file is not None:
            self._file.commit()
        if isinstance(index, TantivyIndex):
            index.release()
            index.refresh()

    def _note_read(self) -> list[Any] | None:
        try:
            note = json.loads(self._note.read_bytes())
        except (OSError, ValueError):
            return None
        return note if isinstance(note, list) and len(note) == 3 else None

    def _sign(self, connection: Connection) -> None:
        """Before anything is given: an index without this note is a stranger's."""
        part = self._note.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps([_name(connection), *last_change(connection)]))
        part.replace(self._note)

    @property
    def _note(self) -> Path:
        return self.folder / "follows.json"

    def _erase(self) -> None:
        self.close()
        self._seen = None
        self._note.unlink(missing_ok=True)
        if self.engine == "fts5":
            (self.folder / "fts5.db").unlink(missing_ok=True)
        else:
            TantivyIndex.erase(self.folder / "tantivy")


def _belongs(connection: Connection, note: list[Any] | None) -> bool:
    """True when the note names this archive and a change that it has."""
    if note is None:
        return False
    name, number, stamp = note
    c = t.changes.c
    here = connection.execute(select(c.stamp).where(c.number == number)).scalar()
    return bool(name == _name(connection) and stamp == here)


def follow(connection: Connection, index: Index, report: Report | None) -> None:
    """Give the index what has changed since its mark, in the order of changes, then the new mark."""
    last, mark = last_change(connection)[0], index.mark()
    changed = connection.execute(
        select(r.row, r.current, r.changed)
        .where(r.changed > mark, r.changed <= last)
        .order_by(r.changed, r.row)
    ).all()
    done = 0
    for number, some in enumerate(chunks(changed, 200), 1):
        index.remove([line.row for line in some if not line.current])
        index.add(entries(connection, [line.row for line in some if line.current]))
        done += len(some)
        if number % 50 == 0:
            index.commit(some[-1].changed - 1)  # whole, whatever of the next change is in as well
        if report is not None:
            report(done, len(changed))
    index.commit(last)


_LAST = select(t.changes.c.number, t.changes.c.stamp).order_by(t.changes.c.number.desc()).limit(1)


def last_change(connection: Connection) -> tuple[int, str]:
    """Number and stamp of the archive's last change, (0, "") when it is empty."""
    found = connection.execute(_LAST).first()
    return (0, "") if found is None else (found.number, found.stamp)


def _behind(connection: Connection, mark: int) -> int:
    question = select(func.count()).select_from(t.records).where(r.changed > mark)
    return int(connection.execute(question).scalar_one())


def _name(connection: Connection) -> str:
    return str(connection.execute(select(t.archive.c.id)).scalar_one())


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)
