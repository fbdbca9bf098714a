"""A file's records as the rows they will be: all that is costly in adding, none of it needing the database.

What is prepared can be sent from one process to another. Rows lack only the numbers that the one who writes gives
(`write.py`): they are the table's columns after those.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from memcon import references
from memcon.model import Collection, Passage, Problem, Reading, Record, Severity, Source, Text, Words
from memcon.store.coding import encode, encode_marks, encode_record
from memcon.text import fold
from memcon.when import When

Row = tuple[Any, ...]
ReadingOf = Callable[[Record], Reading | None]


@dataclass(frozen=True, slots=True)
class PreparedReading:
    """A reading of the text with which the record of this `digest` begins.

    In the rows a passage is its position in that text.
    """

    record: str
    digest: str
    version: str
    detail: str
    people: tuple[Row, ...]
    undertakings: tuple[Row, ...]
    matters: tuple[Row, ...]
    problems: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PreparedText:
    """One text: its own columns, and its passages in order."""

    columns: Row
    passages: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PreparedRecord:
    """One record; `occurrence` counts from 0 those of one file that claim the same id."""

    id: str
    own: bool
    occurrence: int
    digest: str
    columns: Row
    texts: tuple[PreparedText, ...]
    people: tuple[Row, ...]
    references: tuple[Row, ...]
    problems: tuple[Row, ...]
    reading: PreparedReading | None


@dataclass(slots=True)
class Prepared:
    """A file, ready to be written in one transaction; `data` is packed, `problems` are those of the whole file."""

    source: Source
    data: bytes
    collections: list[Collection] = field(default_factory=list)
    records: list[PreparedRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def prepare(
    name: str,
    data: bytes,
    media_type: str,
    items: Iterable[Collection | Record | Problem],
    reading_of: ReadingOf | None = None,
) -> Prepared:
    """A file with what an importer found in it; `reading_of` is asked for the reading of each record."""
    now = datetime.now(UTC).replace(microsecond=0)
    source = Source(sha256(data).hexdigest(), printable(name), media_type, len(data), now)
    prepared = Prepared(source, zlib.compress(data, 1))
    seen: Counter[str] = Counter()
    for item in items:
        if isinstance(item, Problem):
            prepared.problems.append(_plain(item))
        elif isinstance(item, Collection):
            _add_collection(prepared, item)
        else:
            _add_record(prepared, item, seen, reading_of)
    return prepared


def prepare_reading(record: Record, reading: Reading) -> PreparedReading:
    """A reading made of a record's first text after the record was added.

    Raises `ValueError` when it quotes what the text does not say: a fault of the rules, never to be kept.
    """
    return _reading(record, digest_of(record), reading)


def digest_of(record: Record) -> str:
    """Equal for records that say the same, whatever their ids and wherever in a file they stand."""
    return _digest(record, _texts(record))


def printable(text: str) -> str:
    """For names of files and messages: what no database keeps is written as its escape."""
    if text.isprintable():
        return text
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def day(value: date | None) -> int | None:
    """A day as yyyymmdd, so that days compare as numbers."""
    return None if value is None else value.year * 10000 + value.month * 100 + value.day


def words_of(reading: Reading) -> Iterator[tuple[str, Words]]:
    """All words that a reading points at, each with the name of its finding."""
    for speaker in reading.people:
        yield from ((f"person {speaker.id}", words) for words in speaker.mentions)
    yield from ((f"statement {said.id}", said.words) for said in reading.statements)
    for undertaking in reading.undertakings:
        yield f"undertaking {undertaking.id}", undertaking.words
        yield from ((f"quantity of undertaking {undertaking.id}", q.words) for q in undertaking.quantities)
        if undertaking.condition is not None:
            yield f"condition of undertaking {undertaking.id}", undertaking.condition
    for kind, findings in (
        ("quantity", [quantity.words for quantity in reading.quantities]),
        ("date", [found.words for found in reading.dates]),
        ("lead", [lead.words for lead in reading.leads]),
    ):
        yield from ((f"{kind} {number}", words) for number, words in enumerate(findings, 1))


def misquoted(reading: Reading, passages: dict[str, str]) -> Iterator[str]:
    """What in a reading is not in the words of its text, given by the passages' ids."""
    for what, words in words_of(reading):
        text = passages.get(words.passage)
        if text is None:
            yield f"{what} points at passage {words.passage}, which the text does not have"
        elif words.span.of(text) != words.quote or not 0 <= words.span.start <= words.span.end <= len(text):
            yield f'{what} quotes "{words.quote}" where passage {words.passage} says "{words.span.of(text)}"'


def _add_collection(prepared: Prepared, collection: Collection) -> None:
    try:
        _kept(encode(collection))
    except ValueError as error:
        prepared.problems.append(_refused(collection.id, f"the collection cannot be kept: {error}"))
    else:
        prepared.collections.append(collection)


def _add_record(prepared: Prepared, record: Record, seen: Counter[str], reading_of: ReadingOf | None) -> None:
    occurrence = seen[record.id]
    seen[record.id] += 1
    try:
        made = _record(record, occurrence)
    except ValueError as error:
        prepared.problems.append(_refused(record.id, f"the record cannot be kept: {error}"))
        return
    if occurrence:
        message = (
            f"record number {occurrence + 1} of this id in one file: it is kept with a number after its id"
        )
        prepared.problems.append(Problem(record.id, message, record=record.id))
    prepared.records.append(_with_reading(prepared, made, record, reading_of))


def _with_reading(
    prepared: Prepared, made: PreparedRecord, record: Record, reading_of: ReadingOf | None
) -> PreparedRecord:
    reading = reading_of(record) if reading_of is not None and record.texts else None
    if reading is None:
        return made
    try:
        return replace(made, reading=_reading(record, made.digest, reading))
    except ValueError as error:
        prepared.problems.append(_refused(record.id, f"its reading is not kept: {error}"))
        return made


def _record(record: Record, occurrence: int) -> PreparedRecord:
    texts = _texts(record)
    return PreparedRecord(
        id=record.id,
        own=record.own_id,
        occurrence=occurrence,
        digest=_digest(record, texts),
        columns=_columns(record),
        texts=texts,
        people=tuple(_participants(record)),
        references=tuple(_references(record)),
        problems=tuple(problem_row(problem) for problem in record.problems),
        reading=None,
    )


def _columns(record: Record) -> Row:
    date_from, date_to = _days(record.date)
    return (
        record.title,
        record.kind,
        record.collection,
        record.language,
        record.classification,
        date_from,
        date_to,
        _kept(encode_record(record)),
    )


def _texts(record: Record) -> tuple[PreparedText, ...]:
    return tuple(_text(text) for text in record.texts)


def _text(text: Text) -> PreparedText:
    ids = {passage.id for passage in text.passages}
    if len(ids) != len(text.passages):
        raise ValueError("two of its passages have the same id")
    return PreparedText((text.language, text.role), tuple(_passage(passage) for passage in text.passages))


def _passage(passage: Passage) -> Row:
    place = passage.place
    if "\0" in passage.text:
        raise ValueError(f"passage {passage.id} holds a NUL, a character that no text has")
    return (
        passage.id,
        passage.label,
        passage.kind.value,
        passage.folio,
        passage.language,
        encode_marks(passage.marks),
        passage.text,
        *((place.unit, place.start, place.end) if place is not None else (None, None, None)),
    )


def _digest(record: Record, texts: tuple[PreparedText, ...]) -> str:
    digest = sha256(encode(replace(record, id="", texts=(), problems=())).encode())
    for text in texts:
        digest.update(encode((text.columns, [passage[:7] for passage in text.passages])).encode())
    return digest.hexdigest()


def _participants(record: Record) -> Iterator[Row]:
    for position, person in enumerate(record.participants):
        yield (
            position,
            person.printed,
            fold(person.printed),
            person.party,
            None,
            person.authority,
            True,
            None,
            0,
        )


def _references(record: Record) -> Iterator[Row]:
    for position, reference in enumerate(record.references):
        key = references.file_key(reference)
        parsed = references.status(reference) == "full"
        yield position, reference.verbatim, reference.archive, encode(key) if key else None, parsed


def _reading(record: Record, digest: str, reading: Reading) -> PreparedReading:
    text = record.text
    wrong = next(misquoted(reading, {passage.id: passage.text for passage in text.passages}), None)
    if wrong is not None:
        raise ValueError(wrong)
    at = {passage.id: position for position, passage in enumerate(text.passages)}
    return PreparedReading(
        record=record.id,
        digest=digest,
        version=reading.version,
        detail=_kept(encode(reading)),
        people=tuple(_speakers(reading, at)),
        undertakings=tuple(_undertakings(reading, at)),
        matters=tuple(
            (position, matter.label, fold(matter.label), matter.outcome.value, encode(matter))
            for position, matter in enumerate(reading.matters)
        ),
        problems=tuple(problem_row(problem) for problem in reading.problems),
    )


def _speakers(reading: Reading, at: dict[str, int]) -> Iterator[Row]:
    for position, speaker in enumerate(reading.people):
        first = at[speaker.mentions[0].passage] if speaker.mentions else None
        yield (
            position,
            speaker.name,
            fold(speaker.name),
            speaker.party,
            speaker.role,
            speaker.authority,
            speaker.present,
            first,
            len(speaker.mentions),
        )


def _undertakings(reading: Reading, at: dict[str, int]) -> Iterator[Row]:
    standing = {said.id: said.standing for said in reading.statements if said.standing is not None}
    for position, found in enumerate(reading.undertakings):
        labels = [m.label for m in reading.matters if not set(m.statements).isdisjoint(found.statements)]
        yield (
            position,
            at[found.words.passage],
            found.by,
            fold(found.by),
            found.to,
            None if found.to is None else fold(found.to),
            *_days(found.due),
            " ".join(dict.fromkeys(standing[s].value for s in found.statements if s in standing)),
            fold("\n".join([found.words.quote, *labels])),
            encode(found),
        )


def problem_row(problem: Problem) -> Row:
    """Its columns after the rows of those it belongs to."""
    plain = _plain(problem)
    return plain.where, plain.message, plain.severity.value, plain.source, plain.record


def _plain(problem: Problem) -> Problem:
    return replace(
        problem,
        where=printable(problem.where),
        message=printable(problem.message),
        source=None if problem.source is None else printable(problem.source),
        record=None if problem.record is None else printable(problem.record),
    )


def _refused(record: str, message: str) -> Problem:
    name = printable(record)
    return Problem(name, printable(message), Severity.ERROR, record=name)


def _days(when: When | None) -> tuple[int | None, int | None]:
    return (None, None) if when is None else (day(when.earliest), day(when.latest))


def _kept(detail: str) -> str:
    if "\\u0000" in detail:
        raise ValueError("it holds a NUL, a character that no text has")
    return detail
