"""The one door: files in; search, records, ledger and citations out. The only place where the parts meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypeVar

from memcon import query
from memcon.errors import BadInput, MissingExtra, NotFound
from memcon.exporters import citations
from memcon.exporters.reading_json import reading_json
from memcon.importers import File, Item, containers, opened, records
from memcon.jobs import in_order
from memcon.model import Collection, Lexicon, Outcome, Problem, Reading, Record, Severity, Standing
from memcon.store import (
    Added,
    Hit,
    LedgerRow,
    LedgerWanted,
    Listed,
    MatterRow,
    NameForm,
    Prepared,
    PreparedReading,
    Stats,
    Store,
    open_store,
    prepare,
    prepare_reading,
)
from memcon.when import When, parse

Row = TypeVar("Row")
Path_ = str | PathLike[str]
Sort = Literal["rank", "date", "newest"]

FACETS = ("year", "kind", "party", "person", "archive", "collection", "language", "classification")
STATUSES = ("open", "conditional", "ad-referendum")

_EXAMPLES = Path(__file__).parent / "examples"
_EXAMPLES_OF_A_CHECKOUT = Path(__file__).parents[2] / "examples"
_READ_AT_ONCE = 50  # records read and kept in one transaction, so that what was read is not lost


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """An answer with its denominator: `rows` are those asked for, `of` counts all there are."""

    rows: tuple[Row, ...]
    of: int

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> Any:
        """The rows as a pandas data frame, one column a field. Raises `MissingExtra` without pandas."""
        return frame(self.rows)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `query` is the query as it was understood; `total` and `records` count all that answers.

    `of` and `of_records` count what was searched: the passages and records of the archive.
    """

    query: str
    total: int
    of: int
    records: int
    of_records: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]
    empty_because: str | None
    behind: int

    def frame(self) -> Any:
        """The hits as a pandas data frame. Raises `MissingExtra` without pandas."""
        return frame(self.hits)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger: an undertaking, where it stands, and its `status` as its own words give it.

    `status` is one of `STATUSES`: on a condition, subject to a government's assent, or open. What became of it in
    other papers is not told here.
    """

    found: LedgerRow
    status: str


@dataclass(slots=True)
class Addition:
    """What an `add` did. `records` are new, `versions` new versions of records; `known` files changed nothing."""

    files: int = 0
    known: int = 0
    records: int = 0
    versions: int = 0
    unchanged: int = 0
    read: int = 0
    problems: list[Problem] = field(default_factory=list)

    def count(self, added: Added) -> None:
        """One file more."""
        self.files += 1
        self.known += added.known
        self.records += len(added.added)
        self.versions += len(added.changed)
        self.unchanged += len(added.unchanged)
        self.problems += added.problems

    @property
    def failed(self) -> int:
        """Problems so bad that something was not read at all."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an `add` has come: bytes of the files named, done and in all, and what is at work."""

    done: int
    total: int
    at: str
    records: int


Report = Callable[[Progress], None]


class Archive:
    """An open archive, its methods the commands of the command line. Use it as a context, or `close()` it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(
        cls,
        address: Path_ = "memcon.db",
        *,
        create: bool = False,
        index: str | None = None,
        wait: float = 60.0,
    ) -> Self:
        """The archive in a file or at a `postgresql://` address; with `create` it is made if it is not there.

        `index` chooses the full-text index, "tantivy" or "fts5"; `wait` is how many seconds to wait for another
        process that writes. Raises `ArchiveMissing`, `ArchiveTooNew`, `ArchiveDamaged`, `ArchiveBusy`.
        """
        return cls(open_store(str(address), create=create, index=index, wait=wait))

    def close(self) -> None:
        """Let go of the file and its index."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- in ---

    def add(
        self,
        paths: Iterable[Path_],
        *,
        jobs: int = 1,
        read: bool = True,
        columns: Sequence[tuple[str, str]] = (),
        report: Report | None = None,
    ) -> Addition:
        """Files, folders and archives of files; what is in the archive already changes nothing.

        `jobs` processes import and read; with `read` every record without a reading of today's rules is read,
        those added earlier too. `columns` maps our fields to a table's columns. A file that cannot be used becomes
        a `Problem`, in the archive and in what is returned. Raises `BadInput` for a path that does not exist.
        """
        walk = _Walk(containers.units([Path(path) for path in paths]), tuple(columns), read, report)
        addition = walk.addition
        for prepared in in_order(_prepared, walk.unknown(self.store), jobs):
            addition.count(self.store.write(prepared))
            walk.tell(prepared.source.name)
        if read:
            addition.read = self._read_the_unread(jobs)
        self.store.catch_up()
        return addition

    def _read_the_unread(self, jobs: int) -> int:
        # Drawn whole before the first is kept: what is read is no longer unread.
        unread = ((record, self._lexicon(record)) for record in self.store.unread(_rules()))
        kept, batch = 0, []
        for prepared in in_order(_read_again, unread, jobs):
            batch.append(prepared)
            if len(batch) == _READ_AT_ONCE:
                kept += self.store.keep(batch)
                batch = []
        return kept + (self.store.keep(batch) if batch else 0)

    def _lexicon(self, record: Record) -> Lexicon:
        collection = self._collection(record)
        return Lexicon(persons=collection.persons) if collection else Lexicon()

    def _collection(self, record: Record) -> Collection | None:
        """None too where a record names a collection of which nothing is known."""
        try:
            return self.store.collection(record.collection) if record.collection else None
        except NotFound:
            return None

    # --- out ---

    def search(
        self,
        words: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "rank",
        facets: Sequence[str] = (),
    ) -> Found:
        """Passages that answer a query (`memcon.query` says how to ask); `sort` is "rank", "date" or "newest".

        Facets, any of `FACETS`, count what was found. Raises `BadQuery`.
        """
        asked = query.parse(words)
        found = self.store.search(asked, limit=limit, offset=offset, sort=sort, facets=facets)
        records_, passages = self.store.sizes()
        return Found(
            str(asked), found.total, passages, found.records, records_, found.hits, found.facets,
            found.empty_because, found.behind,
        )  # fmt: skip

    def record(self, name: str, version: int | None = None) -> Record:
        """A record, whole, as it came in. Raises `NotFound`."""
        return self.store.record(name, version)

    def records(self, *, limit: int | None = None) -> Rows[Listed]:
        """A line for each record, by date."""
        return Rows(self.store.listed(limit=limit), self.store.count())

    def reading(self, name: str) -> Reading | None:
        """What was read in a record, None when it was added without reading. Raises `NotFound`."""
        return self.store.reading(name)

    def same_file(self, name: str) -> tuple[Listed, ...]:
        """Other records from the same file of the same archive. Raises `NotFound`."""
        return self.store.same_file(name)

    def cite(self, address: str, style: str = "chicago") -> str:
        """The citation of `RECORD` or `RECORD#PASSAGE`. Raises `NotFound`, or `BadInput` for an unknown style."""
        name, passage = split_address(address)
        record = self.store.record(name)
        return citations.cite(record, self._collection(record), style, passage)

    def ledger(
        self,
        *,
        by: str | None = None,
        to: str | None = None,
        due_before: str | None = None,
        matter: str = "",
        status: str | None = None,
        record: str | None = None,
    ) -> Rows[Entry]:
        """Undertakings by the date of the talk: who is bound (`by`), to whom (`to`), due before a day or date.

        Raises `BadInput` for a date or status that is none, `NotFound` for a record that is not there.
        """
        if status is not None and status not in STATUSES:
            raise BadInput(f'no status is called "{status}"', f"Choose one of {', '.join(STATUSES)}.")
        if record is not None:
            self.store.versions(record)
        day = _day(due_before) if due_before else None
        rows = self.store.ledger(LedgerWanted(by=by, to=to, due_before=day, words=matter, record=record))
        entries = (Entry(row, _status(row)) for row in rows)
        return Rows(
            tuple(entry for entry in entries if status in (None, entry.status)),
            self.store.stats().undertakings,
        )

    def matters(self, words: str = "", outcome: str | None = None) -> Rows[MatterRow]:
        """Matters of all records by the date of the talk. Raises `BadInput` for an outcome that is none."""
        try:
            wanted = Outcome(outcome) if outcome else None
        except ValueError:
            raise BadInput(
                f'no outcome is called "{outcome}"', f"Choose one of {', '.join(Outcome)}."
            ) from None
        return Rows(self.store.matters(words, wanted), self.store.stats().matters)

    def people(self, form: str | None = None, party: str | None = None) -> Rows[NameForm]:
        """Forms of names as printed, with where they stand."""
        rows = self.store.people(form, party)
        return Rows(rows, len(rows) if form is None and party is None else len(self.store.people()))

    def collections(self) -> tuple[Collection, ...]:
        """The editions and sets that records belong to."""
        return self.store.collections()

    def problems(self, severity: str | None = None) -> Rows[Problem]:
        """What could not be read. Raises `BadInput` for a severity that is none."""
        try:
            wanted = Severity(severity) if severity else None
        except ValueError:
            raise BadInput(
                f'no severity is called "{severity}"', f"Choose one of {', '.join(Severity)}."
            ) from None
        rows = self.store.problems(wanted)
        return Rows(rows, sum(self.stats().problems.values()))

    def stats(self) -> Stats:
        """The figures of the archive, each with of how many."""
        return self.store.stats(_rules())

    # --- care ---

    def check(self, report: Callable[[int, int], None] | None = None) -> tuple[Problem, ...]:
        """Every invariant verified: hashes, spans, counts, index against text. Empty when all is well."""
        return tuple(self.store.check(report))

    def backup(self, file: Path_) -> None:
        """A consistent copy, itself an archive, made while others write. Raises `BadInput` if the file exists."""
        self.store.backup(Path(file))


def read_files(paths: Iterable[Path_]) -> Iterator[dict[str, Any]]:
    """The reading of each record in some files as JSON (`docs/reading-json.md`), with no archive; problems of files too.

    A file in which nothing could be read gives an object with `record` null and its `problems`.
    """
    for unit in containers.units([Path(path) for path in paths]):
        for file in containers.open_unit(unit):
            yield from _file_read(file)


def evaluate(folder: Path_) -> Any:
    """A `memcon.reading.evaluation.Score` of today's reading of annotated records: ID.md, ID.json, ID.gold.json.

    Raises `BadInput` where there are none.
    """
    from memcon.reading import evaluation

    golds = evaluation.load(Path(folder))
    if not golds:
        raise BadInput(
            f"there are no annotated records in {folder}", "They are called ID.gold.json, beside ID.md."
        )
    papers = (Path(folder) / f"{gold.id}.md" for gold in golds)
    return evaluation.score(golds, (found for found in read_files(papers) if found["record"]))


def demo(folder: Path_) -> tuple[Path, Addition]:
    """The example archive, `FOLDER/moscow.db`, made of the calendar that comes with memcon."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    home = _EXAMPLES if _EXAMPLES.is_dir() else _EXAMPLES_OF_A_CHECKOUT
    with Archive.open(target / "moscow.db", create=True) as archive:
        return target / "moscow.db", archive.add([home / "moscow"])


def _status(row: LedgerRow) -> str:
    if row.undertaking.condition is not None:
        return "conditional"
    return "ad-referendum" if Standing.AD_REFERENDUM in row.standings else "open"


def split_address(address: str) -> tuple[str, str | None]:
    """ "frus1961-63v22/d3#p4" as record and passage."""
    name, _, passage = address.partition("#")
    return name, passage or None


def frame(rows: Sequence[Any]) -> Any:
    """Rows of dataclasses as a pandas data frame, nested fields as `outer.inner`. Raises `MissingExtra`."""
    try:
        import pandas as pd
    except ModuleNotFoundError:
        raise MissingExtra(
            "data frames need pandas", "Install it with: pip install 'memcon[frames]'"
        ) from None
    return pd.json_normalize([plain(row) for row in rows])


def plain(value: Any) -> Any:
    """Nouns as JSON has them: objects, lists, strings, numbers; a time as its EDTF and its printed words."""
    if isinstance(value, When):
        return {"edtf": value.edtf, "printed": value.printed}
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


# --- the work of one file, in this process or another -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Work:
    """A file to import; `read` says whether to read its records too. `fault` stands for a file never opened."""

    file: File
    read: bool


class _Walk:
    """The files of an `add`, drawn one by one, and what has come of them."""

    def __init__(
        self,
        units: Sequence[containers.Unit],
        columns: tuple[tuple[str, str], ...],
        read: bool,
        report: Report | None,
    ) -> None:
        self.units = units
        self.columns = columns
        self.read = read
        self.report = report
        self.addition = Addition()
        self.done = 0
        self.total = sum(_size(unit) for unit in units)

    def unknown(self, store: Store) -> Iterator[_Work]:
        """Files that the archive does not hold."""
        for unit in self.units:
            for file in containers.open_unit(unit):
                if isinstance(file, Problem):
                    self.addition.problems.append(file)
                    store.note(file)
                elif store.knows(sha256(file.data).hexdigest()):
                    self.addition.files += 1
                    self.addition.known += 1
                else:
                    yield _Work(File(file.name, file.data, self.columns), self.read)
            self.done += _size(unit)
            self.tell(unit.path)

    def tell(self, at: str) -> None:
        """Tell the one who waits."""
        if self.report:
            records = self.addition.records + self.addition.versions
            self.report(Progress(self.done, self.total, at, records))


class _Listener:
    """Items as they pass: the lists of a collection are kept for the reading of the records after it."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = items
        self.lexicon = Lexicon()

    def __iter__(self) -> Iterator[Item]:
        for item in self.items:
            if isinstance(item, Collection):
                self.lexicon = Lexicon(persons=item.persons)
            yield item

    def read(self, record: Record) -> Reading:
        """The record's reading, in the light of its collection."""
        return _read(record, self.lexicon)


# The rules of reading are many: whoever only searches does not wait for them.


def _read(record: Record, lexicon: Lexicon) -> Reading:
    from memcon import reading

    return reading.read(record, lexicon)


def _rules() -> str:
    from memcon import reading

    return reading.version()


def _prepared(work: _Work) -> Prepared:
    media_type, items = opened(work.file)
    heard = _Listener(items)
    return prepare(work.file.name, work.file.data, media_type, heard, heard.read if work.read else None)


def _read_again(work: tuple[Record, Lexicon]) -> PreparedReading:
    record, lexicon = work
    return prepare_reading(record, _read(record, lexicon))


def _file_read(file: File | Problem) -> Iterator[dict[str, Any]]:
    if isinstance(file, Problem):
        yield _unreadable(file)
        return
    heard = _Listener(records(file))
    for item in heard:
        if isinstance(item, Record):
            yield reading_json(item, heard.read(item), file.name)
        elif isinstance(item, Problem):
            yield _unreadable(item)


def _unreadable(problem: Problem) -> dict[str, Any]:
    return {"schema": "memcon.reading/1", "record": None, "problems": [plain(problem)]}


def _size(unit: containers.Unit) -> int:
    return 0 if unit.fault else Path(unit.path).stat().st_size


def _day(printed: str) -> date:
    """The first day that a date can mean: "due before 1950-03" is before 1 March."""
    try:
        when = When.of(printed)
    except BadInput:
        when = parse(printed)
    if when.earliest is None:
        raise BadInput(f'"{printed}" is no date', 'Write it as 1950-03-01, 1950-03, 1950 or "1 March 1950".')
    return when.earliest
