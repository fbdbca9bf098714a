"""The FTS5 engine: tables of its own within an SQLite file, for archives that want no second store.

`index_words` holds the words and facts of passages, `index_about` what is said of records, both already folded and
parted by spaces; `index_passage` and `index_value` what is filtered, sorted and counted.

To match is cheap for FTS5, to score is not: it goes twice through every passage that has any of the words. Where one of
many words is wanted and many passages have one, the score therefore looks at the rarest of them only, which tell the
passages apart; those that have none but common words follow unscored. What is found is the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from memcon.query import And, Date, Field, In, Name, Near, Node, Not, Or, Words
from memcon.query.words import spaced
from memcon.store.index.coded import (
    OF_PASSAGE,
    OPEN_END,
    about,
    coded,
    days,
    facet_values,
    facts,
    holds_to_text,
    scoped,
)
from memcon.store.index.contract import Entry, Hit, Hits, Sort, ranked, why_empty

_TABLES = """
create virtual table if not exists index_words using fts5(body, notes, facts, tokenize='ascii');
create virtual table if not exists index_about using fts5(about, tokenize='ascii');
create table if not exists index_passage (
    row integer primary key, record integer not null, body integer not null,
    first integer not null, last integer not null);
create index if not exists index_passage_record on index_passage (record);
create table if not exists index_value (
    record integer not null, facet text not null, value text not null,
    primary key (record, facet, value)) without rowid;
create table if not exists index_mark (mark integer not null);
"""
MOST_SCORED = 5_000  # passages, where any one of several words is wanted
_COLUMNS = {"body": "{body}", "notes": "{notes}", "all": "{body notes}"}
_ORDERS = {
    "rank": "score, p.row",
    "row": "p.row",
    "date": "p.first = 0, p.first, p.row",
    "newest": "p.first desc, p.row desc",
}


@dataclass(frozen=True, slots=True)
class _Plan:
    """A query as SQL: what FTS5 matches (None: nothing to match), and a condition on the rest, with its values.

    `choices` are the parts of which any one is enough, where the match is nothing else.
    """

    match: str | None
    where: str
    values: tuple[int | str, ...]
    choices: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """From where, and which."""
        if self.match is None:
            return f"from index_passage p where {self.where}"
        return f"from index_words w join index_passage p on p.row = w.rowid where index_words match ? and {self.where}"

    @property
    def arguments(self) -> tuple[int | str, ...]:
        return self.values if self.match is None else (self.match, *self.values)


class Fts5Index:
    """An `Index` in the SQLite file of `connection`, whose transactions are the caller's: nothing is committed here."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @staticmethod
    def create(connection: sqlite3.Connection) -> None:
        """Make the tables that are not there."""
        for statement in _TABLES.split(";"):
            connection.execute(statement)

    # --- writing

    def add(self, entries: Iterable[Entry]) -> None:
        seen: dict[int, tuple[int, int]] = {}
        for some in _batched(entries):
            for entry in some:
                if entry.record not in seen:
                    seen[entry.record] = days(entry)
                    self.remove((entry.record,))
                    self._add_record(entry)
            self._db.executemany(
                "insert into index_passage values (?, ?, ?, ?, ?)",
                ((entry.row, entry.record, entry.body, *seen[entry.record]) for entry in some),
            )
            self._db.executemany(
                "insert into index_words (rowid, body, notes, facts) values (?, ?, ?, ?)", map(_row, some)
            )

    def _add_record(self, entry: Entry) -> None:
        self._db.execute("insert into index_about (rowid, about) values (?, ?)", (entry.record, about(entry)))
        values = [(entry.record, facet, value) for facet, value in facet_values(entry)]
        self._db.executemany("insert into index_value values (?, ?, ?)", values)

    def remove(self, records: Iterable[int]) -> None:
        for record in records:
            of = (record,)
            rows = self._db.execute("select row from index_passage where record = ?", of).fetchall()
            if rows:
                self._db.executemany("delete from index_words where rowid = ?", rows)
                self._db.execute("delete from index_about where rowid = ?", of)
                self._db.execute("delete from index_passage where record = ?", of)
                self._db.execute("delete from index_value where record = ?", of)

    def commit(self, mark: int) -> None:
        self._db.execute("delete from index_mark")
        self._db.execute("insert into index_mark values (?)", (mark,))

    def close(self) -> None:
        """The connection is the caller's."""

    # --- reading

    def mark(self) -> int:
        return self._number("select coalesce(max(mark), 0) from index_mark")

    def count(self) -> int:
        return self._number("select count(*) from index_passage")

    def rows(self) -> Iterator[int]:
        yield from (row for (row,) in self._db.execute("select row from index_passage"))

    def search(
        self,
        query: Node,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "rank",
        facets: Sequence[str] = (),
        records: bool = True,
    ) -> Hits:
        plan = _plan(query, query)
        total, held = self._totals(plan) if records or facets else (self._counted(plan), None)
        if not total:
            because = why_empty(query, lambda part: self._counted(_plan(part, query)))
            return Hits(0, 0, facets={name: [] for name in facets}, empty_because=because)
        wide = sort == "rank" and total > MOST_SCORED and plan.choices
        hits = self._by_rarest(plan, limit, offset) if wide else self._hits(plan, limit, offset, sort)
        return Hits(total, held, hits, self._facets(plan, facets))

    def _by_rarest(self, plan: _Plan, limit: int, offset: int) -> list[Hit]:
        """Scored by the rarest of the words, then those that have none of these."""
        rare = " OR ".join(self._rarest(plan))
        scored = replace(plan, match=rare)
        hits = self._hits(scored, limit, offset, "rank")
        if left := limit - len(hits):
            others = replace(plan, match=f"({plan.match}) NOT ({rare})")
            hits += self._hits(others, left, max(0, offset - self._counted(scored)), "row")
        return hits

    def _rarest(self, plan: _Plan) -> list[str]:
        """The rarest choices that together stay below `MOST_SCORED` passages; one at least."""
        counted = "select count(*) from index_words where index_words match ?"
        counts = sorted((self._number(counted, (choice,)), choice) for choice in plan.choices)
        sums = accumulate(count for count, _ in counts)
        kept = [choice for (_, choice), so_far in zip(counts, sums, strict=True) if so_far <= MOST_SCORED]
        return kept or [counts[0][1]]

    def _hits(self, plan: _Plan, limit: int, offset: int, sort: str) -> list[Hit]:
        score = "bm25(index_words)" if plan.match is not None and sort == "rank" else "0.0"
        found = self._db.execute(
            f"select p.row, p.record, {score} as score {plan.source} order by {_ORDERS[sort]} limit ? offset ?",
            (*plan.arguments, limit, offset),
        )
        return [Hit(row, record, -score) for row, record, score in found]

    def _facets(self, plan: _Plan, facets: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        if not facets:
            return {}
        counts: dict[str, list[tuple[str, int]]] = {name: [] for name in facets}
        sql = (
            f"with found as materialized (select distinct p.record as record {plan.source}) "  # noqa: S608 - our own words
            "select v.facet, v.value, count(*) from found join index_value v on v.record = found.record "
            f"where v.facet in ({_marks(facets)}) group by v.facet, v.value"
        )
        found = self._db.execute(sql, (*plan.arguments, *facets))
        for facet, value, count in found:
            counts[facet].append((value, count))
        return {name: ranked(name, pairs) for name, pairs in counts.items()}

    def _totals(self, plan: _Plan) -> tuple[int, int]:
        """Of passages, of records."""
        found = self._db.execute(f"select count(*), count(distinct p.record) {plan.source}", plan.arguments)
        passages, records = found.fetchone()
        return passages, records

    def _counted(self, plan: _Plan) -> int:
        alone = plan.match is not None and plan.where == "1"
        source = "from index_words where index_words match ?" if alone else plan.source
        return self._number(f"select count(*) {source}", plan.arguments)

    def _number(self, sql: str, arguments: Sequence[int | str] = ()) -> int:
        return int(self._db.execute(sql, arguments).fetchone()[0])


def _batched(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """A few hundred at a time."""
    rest = iter(entries)
    while some := list(islice(rest, 500)):
        yield some


def _row(entry: Entry) -> tuple[int, str | None, str | None, str]:
    text = spaced(entry.text)
    return entry.row, text if entry.body else None, None if entry.body else text, facts(entry)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


# --- from the tree to FTS5's expressions, and to SQL where they do not reach


def _plan(part: Node, whole: Node) -> _Plan:
    """`part` of a query, looked for where the `whole` looks."""
    place, rest = scoped(whole)
    if part is not whole:
        rest = part
    if rest is None:
        return _Plan(None, *_place(place))
    held = () if holds_to_text(rest) else (_place(place),)
    return _planned(rest, place, held)


def _planned(node: Node, place: str, held: tuple[tuple[str, tuple[int | str, ...]], ...]) -> _Plan:
    parts = node.parts if isinstance(node, And) else (node,)
    matched = [part for part in parts if _matchable(part)]
    asked = [part for part in matched if not isinstance(part, Not)]
    if not asked:
        matched = []
    others = [_condition(part, place) for part in parts if part not in matched]
    where = " and ".join(sql for sql, _ in (*others, *held)) or "1"
    values = tuple(value for _, some in (*others, *held) for value in some)
    if not matched:
        return _Plan(None, where, values)
    match = _match(matched[0] if len(matched) == 1 else And(tuple(matched)), place)
    wide = len(matched) == 1 and isinstance(matched[0], Or | Name)
    return _Plan(match, where, values, tuple(_choices(matched[0], place)) if wide else ())


def _matchable(node: Node) -> bool:
    """True when FTS5 can say it in one expression."""
    match node:
        case Words() | Near() | Name():
            return True
        case Field():
            return node.name in OF_PASSAGE
        case Not():
            return not isinstance(node.part, Not) and _matchable(node.part)
        case And():
            return all(map(_matchable, node.parts)) and not all(isinstance(part, Not) for part in node.parts)
        case Or():
            return all(_matchable(part) and not isinstance(part, Not) for part in node.parts)
        case Date() | In():
            return False


def _match(node: Node, place: str) -> str:
    match node:
        case And():
            asked = [f"({_match(part, place)})" for part in node.parts if not isinstance(part, Not)]
            denied = [f"({_match(part.part, place)})" for part in node.parts if isinstance(part, Not)]
            return " NOT ".join([f"({' AND '.join(asked)})", *denied])
        case Or() | Name():
            return " OR ".join(_choices(node, place))
        case Words():
            return f"{_COLUMNS[place]} : {_phrase(node)}"
        case Near():
            return f'{_COLUMNS[place]} : NEAR("{node.words[0]}" "{node.words[1]}", {node.distance})'
        case Field():
            return f"{{facts}} : {_phrase(coded(node))}"
        case _:
            raise AssertionError(node)


def _choices(node: Node, place: str) -> Iterator[str]:
    """The parts of which one is enough."""
    if isinstance(node, Or):
        for part in node.parts:
            yield from _choices(part, place)
    elif isinstance(node, Name):
        yield from (_match(form, place) for form in node.searched)
    else:
        yield f"({_match(node, place)})" if isinstance(node, And) else _match(node, place)


def _phrase(node: Words) -> str:
    """Words have no sign that FTS5 would take for its own."""
    return f'"{" ".join(node.words)}"' + " *" * node.prefix


def _condition(node: Node, place: str) -> tuple[str, tuple[int | str, ...]]:
    """What is asked of `p`, a row of index_passage, with its values."""
    if _matchable(node) and not isinstance(node, Not):
        return "p.row in (select rowid from index_words where index_words match ?)", (_match(node, place),)
    match node:
        case And() | Or():
            parts = [_condition(part, place) for part in node.parts]
            word = " and " if isinstance(node, And) else " or "
            return f"({word.join(sql for sql, _ in parts)})", tuple(
                value for _, some in parts for value in some
            )
        case Not():
            sql, values = _condition(node.part, place)
            return f"not {sql}", values
        case Field():
            return (
                "p.record in (select rowid from index_about where index_about match ?)",
                (f"{{about}} : {_phrase(coded(node))}",),
            )
        case Date():
            return "(p.last >= ? and p.first <= ?)", (node.first or 1, node.last or OPEN_END)
        case In():
            return _place(node.place)
        case _:
            raise AssertionError(node)


def _place(place: str) -> tuple[str, tuple[int | str, ...]]:
    return "1" if place == "all" else f"p.body = {int(place == 'body')}", ()
