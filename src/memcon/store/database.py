"""One database behind an address: connecting, transactions, and its faults as the errors a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, exc, text
from sqlalchemy.engine import URL, make_url

from memcon.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveMissing,
    BadInput,
    MemconError,
    MissingExtra,
    NoSpace,
)

APPLICATION = 0x6D656D63  # "memc": tells a program like file(1) whose database it is

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_FULL = {sqlite3.SQLITE_FULL}
# Writing beyond a full disk, a quota or a limit on the size of files ends in one of these.
_UNWRITTEN = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_TRUNCATE,
              sqlite3.SQLITE_IOERR_FSYNC}  # fmt: skip
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Database:
    """`wait` is how many seconds to wait for another writer."""

    def __init__(self, address: str | Path, wait: float = 60.0) -> None:
        self.address = str(address)
        self.wait = wait
        self.server = is_server(self.address)
        self.engine = self._server_engine() if self.server else self._file_engine()

    @property
    def shown(self) -> str:
        """The address as messages may show it: no password."""
        return _without_password(self.address) if self.server else self.address

    @property
    def path(self) -> Path:
        """The file; only for an archive that is one."""
        return Path(self.address)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the archive as it is at its first question, until the end."""
        with self._faults(), self.engine.connect() as connection:
            if self.server:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one transaction that writes: others wait for it; all or nothing of it is kept."""
        with self._faults(), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)  # noqa: PLW2901
            with connection.begin():
                if self.server:
                    connection.execute(text(f"SET LOCAL lock_timeout = {int(self.wait * 1000)}"))
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({APPLICATION})"))
                yield connection

    def keep_log(self) -> None:
        """Have a file keep a log of its own (WAL), with which reading and writing do not wait for one another.

        Where that cannot be (another process is at work, a disk that forbids it) the archive works without.
        """
        with self._faults(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            if cursor.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
                cursor.execute(f"PRAGMA application_id = {APPLICATION}")
            with suppress(sqlite3.OperationalError):
                cursor.execute("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()

    def _file_engine(self) -> Engine:
        url = URL.create("sqlite", database=self.address)
        # The driver's own habit of beginning transactions late is switched off: `_begin` says when.
        engine = create_engine(url, connect_args={"timeout": self.wait, "isolation_level": None})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine

    def _server_engine(self) -> Engine:
        url = make_url(self.address).set(drivername="postgresql+psycopg")
        try:
            return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
        except ModuleNotFoundError as error:
            raise MissingExtra(
                "an archive on PostgreSQL needs psycopg", 'Install it: pip install "memcon[postgres]".'
            ) from error

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except exc.DBAPIError as error:
            raise self.fault(error.orig or error) from error
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def fault(self, error: BaseException) -> MemconError:
        """What the driver's error means to the user."""
        if isinstance(error, sqlite3.Error):
            return _file_fault(error, self.shown, self.wait)
        return _server_fault(error, self.shown, self.wait)


def is_server(address: str) -> bool:
    """True for the address of a PostgreSQL database, False for a path."""
    return address.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def insert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows of values in the order of the table's columns: past SQLAlchemy's own machinery, for speed."""
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    names = ", ".join(quote(column.name) for column in table.columns)
    marks = ", ".join([mark] * len(table.columns))
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(rows))  # noqa: S608 - names of our own tables


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.executescript(
        "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;"
        "PRAGMA journal_size_limit = 67108864;"
    )


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _file_fault(error: sqlite3.Error, address: str, wait: float) -> MemconError:
    code = getattr(error, "sqlite_errorcode", None) or 0
    family = code & 0xFF
    if family in _BUSY:
        return ArchiveBusy(f"{address}: another process has been writing for {wait:g} seconds")
    if family in _FULL or code in _UNWRITTEN:
        return NoSpace(f"{address}: no space left to write to ({error})")
    if family in _DAMAGED:
        return ArchiveDamaged(f"{address}: {error}")
    if family in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return BadInput(
            f"{address}: {error}",
            "Check that the folder exists and that you may write to it and to the file.",
        )
    return ArchiveDamaged(f"{address}: {error}")


def _server_fault(error: BaseException, address: str, wait: float) -> MemconError:
    state = getattr(error, "sqlstate", None) or ""
    words = str(error).strip().splitlines() or [type(error).__name__]
    if state in {"55P03", "40001", "40P01"}:
        return ArchiveBusy(f"{address}: another process has been writing for {wait:g} seconds")
    if state in {"53100", "54023"}:
        return NoSpace(f"{address}: {words[0]}")
    if state == "3D000" or state[:2] in {"", "08", "28", "57"}:
        return ArchiveMissing(
            f"{address}: {words[0]}",
            "Check the address, that the server runs, and that the database was made (createdb NAME).",
        )
    return ArchiveDamaged(f"{address}: {words[0]}")


def _without_password(address: str) -> str:
    return make_url(address).render_as_string(hide_password=True)
