"""A copy of an archive, consistent while others write: always one SQLite file that opens."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

from sqlalchemy import select

from memcon.errors import BadInput
from memcon.store import tables as t
from memcon.store.database import Database, insert
from memcon.store.migrations import upgrade


def backup(database: Database, file: Path) -> None:
    """Raises `BadInput` when the file exists, `NoSpace` when the disk is full; a copy not finished is not left."""
    if file.exists():
        raise BadInput(f"{file} exists", "Name a file that does not exist: a backup never replaces one.")
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        (_from_server if database.server else _from_file)(database, part)
        part.replace(file)
    finally:
        for name in (part, Path(f"{part}-wal"), Path(f"{part}-shm"), Path(f"{part}-journal")):
            name.unlink(missing_ok=True)


def _from_file(database: Database, part: Path) -> None:
    with database.read() as connection, closing(sqlite3.connect(part)) as copy:
        source = cast(sqlite3.Connection, connection.connection.driver_connection)
        # In one step, from one snapshot: with a log of its own (WAL) this keeps nobody from writing.
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, with nothing beside it


def _from_server(database: Database, part: Path) -> None:
    copy = Database(part)
    try:
        with database.read() as source, copy.write() as target:
            engine = source.execute(select(t.archive.c.engine)).scalar_one()
            upgrade(target, engine)
            target.execute(t.archive.delete())
            for table in t.METADATA.sorted_tables:
                rows = source.execution_options(yield_per=1000).execute(select(table))
                for some in rows.partitions():
                    insert(target, table, [tuple(row) for row in some])
    finally:
        copy.close()
