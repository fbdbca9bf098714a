"""The steps by which an archive of any age becomes one of today: numbered, forward only, never changed once released.

A step is plain SQL in which `INT` stands for the database's own row number, `BYTES` for a column of bytes. What
all of them together make is what `tables.py` says; a test compares the two on both databases.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection, inspect, select, text, update

from memcon.errors import ArchiveDamaged, ArchiveTooNew
from memcon.store import tables

RECORDS = """
CREATE TABLE archive (id TEXT NOT NULL, version INT NOT NULL, engine TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE changes (number INT NOT NULL PRIMARY KEY, stamp TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE sources (
    row INT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, media_type TEXT NOT NULL,
    size INT NOT NULL, added TEXT NOT NULL, data BYTES NOT NULL);
CREATE TABLE collections (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE records (
    row INT NOT NULL PRIMARY KEY, id TEXT NOT NULL, version INT NOT NULL, current BOOLEAN NOT NULL,
    given TEXT NOT NULL, own BOOLEAN NOT NULL, source INT NOT NULL, digest TEXT NOT NULL, changed INT NOT NULL,
    title TEXT NOT NULL, kind TEXT, collection TEXT, language TEXT, classification TEXT, date_from INT,
    date_to INT, detail TEXT NOT NULL);
CREATE UNIQUE INDEX records_id_version ON records (id, version);
CREATE INDEX records_given ON records (given);
CREATE INDEX records_changed ON records (changed);
CREATE INDEX records_source ON records (source);
CREATE TABLE texts (
    row INT NOT NULL PRIMARY KEY, record INT NOT NULL, position INT NOT NULL, language TEXT, role TEXT NOT NULL,
    first INT NOT NULL, length INT NOT NULL);
CREATE INDEX texts_record ON texts (record);
CREATE TABLE passages (
    row INT NOT NULL PRIMARY KEY, text INT NOT NULL, id TEXT NOT NULL, label TEXT, kind TEXT NOT NULL, folio TEXT,
    language TEXT, marks TEXT, words TEXT NOT NULL, place_unit TEXT, place_from INT, place_to INT);
CREATE TABLE record_references (
    record INT NOT NULL, position INT NOT NULL, verbatim TEXT NOT NULL, archive TEXT, file TEXT,
    parsed BOOLEAN NOT NULL);
CREATE INDEX record_references_record ON record_references (record);
CREATE INDEX record_references_file ON record_references (file);
CREATE TABLE problems (
    source INT, record INT, text INT, place TEXT NOT NULL, message TEXT NOT NULL, severity TEXT NOT NULL,
    of_source TEXT, of_record TEXT);
CREATE INDEX problems_source ON problems (source);
CREATE INDEX problems_text ON problems (text);
CREATE TABLE people (
    record INT NOT NULL, text INT, position INT NOT NULL, printed TEXT NOT NULL, folded TEXT NOT NULL, party TEXT,
    role TEXT, authority TEXT, present BOOLEAN, passage INT, mentions INT NOT NULL);
CREATE INDEX people_record ON people (record);
CREATE INDEX people_text ON people (text);
CREATE INDEX people_folded ON people (folded);
"""

READINGS = """
CREATE TABLE readings (
    text INT NOT NULL PRIMARY KEY, record INT NOT NULL, version TEXT NOT NULL, at TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX readings_record ON readings (record);
CREATE TABLE undertakings (
    text INT NOT NULL, position INT NOT NULL, passage INT NOT NULL, by_party TEXT NOT NULL, by_folded TEXT NOT NULL,
    to_party TEXT, to_folded TEXT, due_from INT, due_to INT, standings TEXT NOT NULL,
    folded TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX undertakings_text ON undertakings (text);
CREATE INDEX undertakings_by ON undertakings (by_folded);
CREATE TABLE matters (
    text INT NOT NULL, position INT NOT NULL, label TEXT NOT NULL, folded TEXT NOT NULL, outcome TEXT NOT NULL,
    detail TEXT NOT NULL);
CREATE INDEX matters_text ON matters (text);
"""

STEPS = (RECORDS, READINGS)
NEWEST = len(STEPS)

_TYPES = {
    "sqlite": {"INT": "INTEGER", "BYTES": "BLOB"},
    "postgresql": {"INT": "BIGINT", "BYTES": "BYTEA"},
}


def version_of(connection: Connection) -> int:
    """The number of the archive's last step, 0 when the database is empty.

    Raises `ArchiveTooNew` for one that this program does not know, `ArchiveDamaged` when it is somebody else's.
    """
    names = set(inspect(connection).get_table_names())
    if "archive" not in names or "changes" not in names:
        if names:
            raise ArchiveDamaged(
                f"this is a database of something else (it holds {', '.join(sorted(names)[:3])}), not an archive",
                "Name another file or database with --archive.",
            )
        return 0
    version: int | None = connection.execute(select(tables.archive.c.version)).scalar()
    if version is None:
        raise ArchiveDamaged("the archive does not say of which version it is")
    if version > NEWEST:
        raise ArchiveTooNew(f"the archive is of version {version}, this memcon knows up to {NEWEST}")
    return version


def upgrade(connection: Connection, engine: str, to: int = NEWEST) -> None:
    """Take the steps that are missing, within the transaction given; a new archive indexes with `engine`."""
    version = version_of(connection)
    for number, step in enumerate(STEPS[version:to], version + 1):
        _take(connection, step)
        if number == 1:
            connection.execute(tables.archive.insert().values(_new(engine)))
    if version < to:
        connection.execute(update(tables.archive).values(version=to))


def _take(connection: Connection, step: str) -> None:
    types = _TYPES[connection.dialect.name]
    for statement in step.split(";\n"):
        if statement.strip():
            plain = re.sub(r"\b(INT|BYTES)\b", lambda m: types[m[0]], statement)
            connection.execute(text(plain.rstrip().rstrip(";")))


def _new(engine: str) -> dict[str, object]:
    created = datetime.now(UTC).isoformat(timespec="seconds")
    return {"id": uuid4().hex, "version": 1, "engine": engine, "created": created}
