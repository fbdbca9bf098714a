"""What readings found, asked for across records: people, parties, undertakings, matters, the figures of it all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from memcon.model import Matter, Outcome, Severity, Standing, Undertaking
from memcon.store import tables as t
from memcon.store.coding import decode
from memcon.store.prepare import day
from memcon.store.records import date_of
from memcon.text import fold
from memcon.when import When

r, x, p, who, u, m = (
    table.c for table in (t.records, t.texts, t.passages, t.people, t.undertakings, t.matters)
)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a name stands: `listed` in the record's own list, or first mentioned in a passage of its text."""

    record: str
    listed: bool
    passage: str | None = None
    label: str | None = None
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class NameForm:
    """A form of a name as printed, with the parties and identifiers it was given, and where it stands.

    Forms that differ are kept apart; that two of them are one person is for a ruling to say.
    """

    printed: str
    parties: tuple[str, ...]
    authorities: tuple[str, ...]
    records: int
    where: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class PartyCount:
    """A party as named, with the records it has people in and the undertakings it made and received."""

    name: str
    records: int
    made: int
    received: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An undertaking with the place to cite it from, and the standings of the statements it was made in."""

    record: str
    title: str
    date: When | None
    version: int
    label: str | None
    folio: str | None
    standings: tuple[Standing, ...]
    undertaking: Undertaking


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter of one record."""

    record: str
    title: str
    date: When | None
    version: int
    matter: Matter


@dataclass(frozen=True, slots=True)
class LedgerWanted:
    """Which undertakings: `by` and `to` name a party whole; each of `words` stands in the quote or a matter's label.

    `due_before` holds where the last day that the due date allows lies before it.
    """

    by: str | None = None
    to: str | None = None
    due_before: date | None = None
    words: str = ""
    record: str | None = None
    version: int | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """On the joined tables of undertakings, texts and records."""
        yield r.current if self.version is None else r.version == self.version
        if self.by is not None:
            yield u.by_folded == fold(self.by)
        if self.to is not None:
            yield u.to_folded == fold(self.to)
        if self.due_before is not None:
            yield u.due_to < day(self.due_before)
        if self.record is not None:
            yield r.id == self.record
        yield from (u.folded.contains(word, autoescape=True) for word in fold(self.words).split())


@dataclass(frozen=True, slots=True)
class Share:
    """A count with of how many."""

    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of an archive. Each share's denominator is what it could have been."""

    sources: int
    records: int
    versions: int
    passages: int
    dated: Share  # of records
    with_reference: Share  # of records
    parsed: Share  # of references
    read: Share  # of records with words
    undertakings: int
    with_due: Share  # of undertakings
    matters: int
    problems: dict[str, int]  # by severity, each of them named


def people(connection: Connection, form: str | None = None, party: str | None = None) -> Iterator[NameForm]:
    """Forms in the order of the alphabet; those that hold `form` (case and accents aside), of a party if named."""
    question = _of_current(
        select(who.printed, who.party, who.authority, r.id, who.text.is_(None), p.id, p.label, who.mentions)
        .join(t.records, r.row == who.record)
        .outerjoin(t.passages, p.row == who.passage)
    )
    if form is not None:
        question = question.where(who.folded.contains(fold(form), autoescape=True))
    if party is not None:
        question = question.where(who.party == party)
    found = connection.execute(question.order_by(r.row, func.coalesce(who.text, 0), who.position)).all()
    # Sorted here: every server has an alphabet of its own.
    in_order = sorted(found, key=lambda line: (fold(line[0]), line[0]))
    for printed, lines in groupby(in_order, key=lambda line: line[0]):
        yield _name_form(printed, list(lines))


def _name_form(printed: str, lines: list[Any]) -> NameForm:
    parties = dict.fromkeys(line[1] for line in lines if line[1])
    authorities = dict.fromkeys(line[2] for line in lines if line[2])
    where = tuple(
        Where(record, bool(listed), passage, label, mentions)
        for _, _, _, record, listed, passage, label, mentions in lines
    )
    return NameForm(printed, tuple(parties), tuple(authorities), len({w.record for w in where}), where)


def parties(connection: Connection) -> tuple[PartyCount, ...]:
    """All parties, those with people in most records first."""
    present = select(who.party, func.count(who.record.distinct())).join(t.records, r.row == who.record)
    records = _tally(connection, _of_current(present.where(who.party.is_not(None)).group_by(who.party)))
    made = _tally(connection, _undertakings(u.by_party))
    received = _tally(connection, _undertakings(u.to_party).where(u.to_party.is_not(None)))
    names = sorted({*records, *made, *received}, key=lambda name: (-records.get(name, 0), name))
    return tuple(PartyCount(n, records.get(n, 0), made.get(n, 0), received.get(n, 0)) for n in names)


def ledger(connection: Connection, wanted: LedgerWanted) -> Iterator[LedgerRow]:
    """Undertakings of current records, by the date of the talk, in the order of the text."""
    question = (
        _joined(
            select(r.id, r.title, r.detail, r.version, p.label, p.folio, u.standings, u.detail),
            t.undertakings,
        )
        .join(t.passages, p.row == u.passage)
        .where(*wanted.conditions())
        .order_by(r.date_from.is_(None), r.date_from, r.row, u.position)
    )
    for record, title, detail, version, label, folio, standings, found in connection.execute(question):
        held = tuple(Standing(standing) for standing in standings.split())
        undertaking = decode(Undertaking, found)
        yield LedgerRow(record, title, date_of(detail), version, label, folio, held, undertaking)


def matters(connection: Connection, words: str = "", outcome: Outcome | None = None) -> Iterator[MatterRow]:
    """Matters whose labels hold each of the words, by the date of the talk."""
    question = _joined(select(r.id, r.title, r.detail, r.version, m.detail), t.matters).where(r.current)
    for word in fold(words).split():
        question = question.where(m.folded.contains(word, autoescape=True))
    if outcome is not None:
        question = question.where(m.outcome == outcome.value)
    question = question.order_by(r.date_from.is_(None), r.date_from, r.row, m.position)
    for record, title, detail, version, found in connection.execute(question):
        yield MatterRow(record, title, date_of(detail), version, decode(Matter, found))


def sizes(connection: Connection) -> tuple[int, int]:
    """How many current records, how many passages of theirs."""
    question = select(func.count(r.row.distinct()), func.coalesce(func.sum(x.length), 0))
    joined = t.records.outerjoin(t.texts, x.record == r.row)
    records, passages = connection.execute(question.select_from(joined).where(r.current)).one()
    return int(records), int(passages)


def stats(connection: Connection, rules: str | None = None) -> Stats:
    """Of current records; `read` counts readings by that version of the rules, of any when none is named."""

    def count(question: Select[Any]) -> int:
        return int(connection.execute(question).scalar_one())

    current = select(func.count()).select_from(t.records).where(r.current)
    records = count(current)
    f, q = t.record_references.c, t.problems.c
    references = _of_current(
        select(func.count()).select_from(t.record_references.join(t.records, f.record == r.row))
    )
    texts = select(func.count()).select_from(t.texts.join(t.records, x.record == r.row)).where(r.current)
    first = texts.where(x.position == 0)
    version = select(t.readings.c.text)
    if rules is not None:
        version = version.where(t.readings.c.version == rules)
    undertakings = _joined(select(func.count()), t.undertakings).where(r.current)
    severities = select(q.severity, func.count()).outerjoin(t.records, r.row == q.record)
    kept = severities.where(q.record.is_(None) | r.current).group_by(q.severity)
    words = select(func.coalesce(func.sum(x.length), 0)).join(t.records, x.record == r.row).where(r.current)
    return Stats(
        sources=count(select(func.count()).select_from(t.sources)),
        records=records,
        versions=count(select(func.count()).select_from(t.records)),
        passages=count(words),
        dated=Share(count(current.where(r.date_from.is_not(None) | r.date_to.is_not(None))), records),
        with_reference=Share(count(current.where(r.row.in_(select(f.record)))), records),
        parsed=Share(count(references.where(f.parsed)), count(references)),
        read=Share(count(first.where(x.row.in_(version))), count(first)),
        undertakings=count(undertakings),
        with_due=Share(
            count(undertakings.where(u.due_from.is_not(None) | u.due_to.is_not(None))), count(undertakings)
        ),
        matters=count(_joined(select(func.count()), t.matters).where(r.current)),
        problems={s.value: 0 for s in Severity} | _tally(connection, kept),
    )


def _undertakings(party: ColumnElement[Any]) -> Select[Any]:
    return _joined(select(party, func.count()), t.undertakings).where(r.current).group_by(party)


def _joined(question: Select[Any], table: Table) -> Select[Any]:
    return question.select_from(table).join(t.texts, x.row == table.c.text).join(t.records, r.row == x.record)


def _of_current(question: Select[Any]) -> Select[Any]:
    return question.where(r.current)


def _tally(connection: Connection, question: Select[Any]) -> dict[str, int]:
    return dict(connection.execute(question).all())
