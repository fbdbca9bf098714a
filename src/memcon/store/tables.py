"""The tables of an archive, the same on SQLite and PostgreSQL.

A number called `row` is the database's own; it is given by the one who writes, ascending, never used twice. The
passages of a text are neighbours: they have the rows `first` to `first + length - 1`, so no index on them is needed.
What has columns here beside `detail` is there to be asked for; `detail` is the whole noun as JSON.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

Number = BigInteger().with_variant(Integer(), "sqlite")  # only an INTEGER is SQLite's own row number

METADATA = MetaData()


def _row() -> Column[int]:
    return Column("row", Number, primary_key=True, autoincrement=False)


def _number(name: str, **more: bool) -> Column[int]:
    return Column(name, Number, **{"nullable": False, **more})  # type: ignore[arg-type]


def _words(name: str, **more: bool) -> Column[str]:
    return Column(name, Text, **{"nullable": False, **more})  # type: ignore[arg-type]


def _maybe(name: str) -> Column[str | None]:
    return Column(name, Text)


# One row: who this archive is, the number of its last migration, the engine of its full-text index.
archive = Table("archive", METADATA, _words("id"), _number("version"), _words("engine"), _words("created"))

# One row for every committed file or batch of readings; `stamp` tells two archives with the same numbers apart.
changes = Table(
    "changes",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=False),
    _words("stamp"),
    _words("at"),
)

sources = Table(
    "sources",
    METADATA,
    _row(),
    _words("sha256", unique=True),
    _words("name"),
    _words("media_type"),
    _number("size"),
    _words("added"),
    Column("data", LargeBinary, nullable=False),  # the bytes, packed by zlib
)

collections = Table(
    "collections", METADATA, _words("id", primary_key=True), _words("title"), _words("detail")
)

# A row for every version of a record. `given` is the id the importer gave, `id` the one that is unique here.
records = Table(
    "records",
    METADATA,
    _row(),
    _words("id"),
    _number("version"),
    Column("current", Boolean, nullable=False),
    _words("given"),
    Column("own", Boolean, nullable=False),
    _number("source"),
    _words("digest"),  # of all that it says, places aside
    _number("changed"),  # the last change that touched what is to be found of it
    _words("title"),
    _maybe("kind"),
    _maybe("collection"),
    _maybe("language"),
    _maybe("classification"),
    _number("date_from", nullable=True),  # days as yyyymmdd
    _number("date_to", nullable=True),
    _words("detail"),
    Index("records_id_version", "id", "version", unique=True),
    Index("records_given", "given"),
    Index("records_changed", "changed"),
    Index("records_source", "source"),
)

texts = Table(
    "texts",
    METADATA,
    _row(),
    _number("record"),
    _number("position"),
    _maybe("language"),
    _words("role"),
    _number("first"),
    _number("length"),
    Index("texts_record", "record"),
)

passages = Table(
    "passages",
    METADATA,
    _row(),
    _number("text"),
    _words("id"),
    _maybe("label"),
    _words("kind"),
    _maybe("folio"),
    _maybe("language"),
    _maybe("marks"),
    _words("words"),
    _maybe("place_unit"),
    _number("place_from", nullable=True),
    _number("place_to", nullable=True),
)

record_references = Table(
    "record_references",
    METADATA,
    _number("record"),
    _number("position"),
    _words("verbatim"),
    _maybe("archive"),
    _maybe("file"),  # what all papers of the same file share, as JSON
    Column("parsed", Boolean, nullable=False),
    Index("record_references_record", "record"),
    Index("record_references_file", "file"),
)

# `record` and `text` are rows; a problem with a `text` was found in reading it, one without a `source` is of a file
# whose bytes never came in.
problems = Table(
    "problems",
    METADATA,
    _number("source", nullable=True),
    _number("record", nullable=True),
    _number("text", nullable=True),
    _words("place"),
    _words("message"),
    _words("severity"),
    _maybe("of_source"),
    _maybe("of_record"),
    Index("problems_source", "source"),
    Index("problems_text", "text"),
)

# Forms of names: with a `text` found in reading it, without one from the record's own list.
people = Table(
    "people",
    METADATA,
    _number("record"),
    _number("text", nullable=True),
    _number("position"),
    _words("printed"),
    _words("folded"),
    _maybe("party"),
    _maybe("role"),
    _maybe("authority"),
    Column("present", Boolean),
    _number("passage", nullable=True),  # of the first mention
    _number("mentions"),
    Index("people_record", "record"),
    Index("people_text", "text"),
    Index("people_folded", "folded"),
)

readings = Table(
    "readings",
    METADATA,
    Column("text", Number, primary_key=True, autoincrement=False),
    _number("record"),
    _words("version"),
    _words("at"),
    _words("detail"),
    Index("readings_record", "record"),
)

undertakings = Table(
    "undertakings",
    METADATA,
    _number("text"),
    _number("position"),
    _number("passage"),
    _words("by_party"),
    _words("by_folded"),
    _maybe("to_party"),
    _maybe("to_folded"),
    _number("due_from", nullable=True),
    _number("due_to", nullable=True),
    _words("standings"),  # of its statements, each once
    _words("folded"),  # quote and labels of its matters, for words
    _words("detail"),
    Index("undertakings_text", "text"),
    Index("undertakings_by", "by_folded"),
)

matters = Table(
    "matters",
    METADATA,
    _number("text"),
    _number("position"),
    _words("label"),
    _words("folded"),
    _words("outcome"),
    _words("detail"),
    Index("matters_text", "text"),
)
