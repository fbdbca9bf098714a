"""The tantivy engine: a folder beside the archive.

Three kinds of document lie in it. A *passage* has its words in `body` or in `notes`, its facts, the number of its
record, and two numbers for dates: `begin` is its first day with its row below (so that sorting by it never leaves the
order open), `end` its last. A *card* stands for a record: what is said about it, and the values its facets count.
The *mark* is a document too, so that it is committed with the changes it stands for.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document, FieldType, Occur, Query

from memcon.errors import ArchiveBusy, NoSpace
from memcon.query import And, Date, Field, In, Name, Near, Node, Not, Or, Words
from memcon.query.words import spaced
from memcon.store.index.coded import (
    BODY,
    MARK,
    NOTES,
    OF_PASSAGE,
    about,
    coded,
    days,
    facet_values,
    facts,
    holds_to_text,
    scoped,
)
from memcon.store.index.contract import FACETS, Entry, Hit, Hits, IndexTorn, Sort, ranked, why_empty

HEAP = 128_000_000  # bytes of words gathered before a segment is written
_ROW = 36  # bits of `begin` below the day
_FIELDS = {"body": ("body",), "notes": ("notes",), "all": ("body", "notes")}
_MANY = 1_000_000_000


def _schema() -> tantivy.Schema:
    build = tantivy.SchemaBuilder()
    for name in ("body", "notes", "facts", "about"):
        build.add_text_field(name, tokenizer_name="whitespace")
    for name in ("begin", "end", "mark"):
        build.add_unsigned_field(name, fast=True)
    for name in ("record", "card"):
        build.add_integer_field(
            name, fast=True, indexed=True
        )  # the binding cannot delete by unsigned numbers
    for name in FACETS:
        build.add_text_field(f"facet_{name}", fast=True, tokenizer_name="raw", index_option="basic")
    return build.build()


@contextmanager
def _border(what: str) -> Iterator[None]:
    """What tantivy throws, a panic of its own included, as errors that a caller can act on."""
    try:
        yield
    except BaseException as error:
        if "No space left" in str(error):
            raise NoSpace(f"the disk is full while {what}") from error
        if isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException":
            raise IndexTorn(f"the full-text index failed while {what}: {error}") from error
        raise


class TantivyIndex:
    """An `Index` in `folder`, which is made when it is not there.

    Reading needs no lock. One process at a time writes: the first `add` or `remove` takes the folder's lock, waiting
    up to `patience` seconds for it (then `ArchiveBusy`); `release` gives it back. Raises `IndexTorn`.
    """

    def __init__(self, folder: Path, *, patience: float = 10.0) -> None:
        self.folder = folder
        self.patience = patience
        self._writer: Any = None
        self._highest = self._mark = 0
        self._seen: tuple[int, int, int] | None = None
        self._schema = _schema()
        folder.mkdir(parents=True, exist_ok=True)
        with _border("opening"):
            self._index = tantivy.Index(self._schema, str(folder), reuse=True)
            self._index.config_reader("manual")
            self.refresh()

    @staticmethod
    def erase(folder: Path) -> None:
        """Take a torn index away; the next opening begins a new one."""
        shutil.rmtree(folder, ignore_errors=True)

    # --- writing

    def add(self, entries: Iterable[Entry]) -> None:
        writer = self._taken()
        seen: dict[int, tuple[int, int]] = {}
        for entry in entries:
            if entry.record not in seen:
                if entry.record <= self._highest:
                    self.remove((entry.record,))
                self._highest = max(self._highest, entry.record)
                seen[entry.record] = days(entry)
                writer.add_document(_card(entry))
            writer.add_document(_passage(entry, *seen[entry.record]))

    def remove(self, records: Iterable[int]) -> None:
        writer = self._taken()
        for record in records:
            writer.delete_documents_by_term("record", record)
            writer.delete_documents_by_term("card", record)

    def commit(self, mark: int) -> None:
        writer = self._taken()
        writer.delete_documents_by_term("facts", MARK)
        document = Document()
        document.add_text("facts", MARK)
        document.add_unsigned("mark", mark)
        writer.add_document(document)
        with _border("writing"):
            writer.commit()
            self._seen = None
            self.refresh()

    def release(self) -> None:
        """Give the lock back, after merging what is to be merged; what was not committed is lost."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with _border("merging"):
                writer.rollback()
                writer.wait_merging_threads()

    def close(self) -> None:
        self.release()

    def _taken(self) -> Any:
        """The writer, for which only one process at a time holds the lock."""
        until = time.monotonic() + self.patience
        while self._writer is None:
            try:
                self._writer = self._index.writer(HEAP, 1)
            except ValueError as error:
                if "lock" not in str(error).lower():
                    raise IndexTorn(f"the full-text index cannot be written: {error}") from error
                if time.monotonic() > until:
                    raise ArchiveBusy("another process is writing to the full-text index") from error
                time.sleep(0.05)
            else:
                self.refresh()
        return self._writer

    # --- reading

    def refresh(self) -> None:
        """See what other processes have committed; costs nothing when they have not."""
        stamp = (self.folder / "meta.json").stat()
        seen = (stamp.st_mtime_ns, stamp.st_ino, stamp.st_size)
        if seen == self._seen:
            return
        self._index.reload()
        self._searcher: Any = self._index.searcher()
        self._seen = seen
        self._looked_up: dict[Field, Query] = {}
        highest = self._searcher.aggregate(Query.all_query(), {"top": {"max": {"field": "card"}}})
        self._highest = max(self._highest, int(highest["top"]["value"] or 0))
        marks = self._searcher.search(self._term("facts", MARK), limit=1).hits
        self._mark = int(self._numbers("mark", [marks[0][1]])[0]) if marks else 0

    def mark(self) -> int:
        return self._mark

    def count(self) -> int:
        return self._counted(self._everywhere())

    def rows(self) -> Iterator[int]:
        found = self._searcher.search(self._everywhere(), limit=max(1, self._searcher.num_docs))
        yield from (_row(begin) for begin in self._numbers("begin", [place for _, place in found.hits]))

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
        wanted = self._whole(query)
        total, places = self._page(wanted, limit, offset, sort)
        if not total:
            because = why_empty(query, lambda part: self._counted(self._whole(part, within=query)))
            return Hits(0, 0, facets={name: [] for name in facets}, empty_because=because)
        if not (records or facets):
            return Hits(total, None, self._hits(places))
        held = self._records(wanted)
        return Hits(total, len(held), self._hits(places), self._facets(held, facets))

    def _page(self, wanted: Query, limit: int, offset: int, sort: Sort) -> tuple[int, list[Any]]:
        """How many match, and (score, place) of those on the page."""
        if sort == "rank":
            return self._fetch(wanted, limit, offset)
        if sort == "newest":
            return self._fetch(wanted, limit, offset, order_by_field="begin", order=tantivy.Order.Desc)
        by_date: dict[str, Any] = {"order_by_field": "begin", "order": tantivy.Order.Asc}
        known, unknown = (self._dated(wanted, known=flag) for flag in (True, False))
        first, places = self._fetch(known, limit, offset, **by_date)
        left = limit - len(places)
        more, rest = self._fetch(unknown, left, max(0, offset - first), **by_date)
        return first + more, places + rest

    def _fetch(self, wanted: Query, limit: int, offset: int, **order: Any) -> tuple[int, list[Any]]:
        found = self._searcher.search(wanted, limit=max(1, limit), offset=offset, **order)
        return found.count, found.hits if limit > 0 else []

    def _dated(self, wanted: Query, *, known: bool) -> Query:
        edge = 1 << _ROW
        bound = {"lower_bound": edge} if known else {"upper_bound": edge - 1}
        return _all_of([wanted, self._range("begin", **bound)])

    def _hits(self, places: list[Any]) -> list[Hit]:
        addresses = [place for _, place in places]
        begins, records = self._numbers("begin", addresses), self._numbers("record", addresses)
        scores = [score if isinstance(score, float) else 0.0 for score, _ in places]
        return [Hit(_row(b), r, s) for b, r, s in zip(begins, records, scores, strict=True)]

    def _records(self, wanted: Query) -> list[int]:
        """The records of all passages that match, each once."""
        found = self._searcher.aggregate(wanted, _terms("record"))
        return [int(bucket["key"]) for bucket in found["of"]["buckets"]]

    def _facets(self, records: list[int], facets: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        if not facets:
            return {}
        cards = Query.term_set_query(self._schema, "card", records)
        asked = {name: _terms(f"facet_{name}")["of"] for name in facets}
        found = self._searcher.aggregate(cards, asked)
        counts = {name: [(b["key"], b["doc_count"]) for b in found[name]["buckets"]] for name in facets}
        return {name: ranked(name, pairs) for name, pairs in counts.items()}

    def _numbers(self, field: str, addresses: list[Any]) -> list[Any]:
        return list(self._searcher.fast_field_values(field, addresses)) if addresses else []

    def _counted(self, wanted: Query) -> int:
        return int(self._searcher.search(wanted, limit=1).count)

    # --- queries

    def _whole(self, query: Node, within: Node | None = None) -> Query:
        """The query, held to the place where it looks; a part looks where the whole does."""
        place, rest = scoped(within or query)
        if within is not None:
            rest = query
        if rest is None:
            return self._place(place)
        wanted = self._query(rest, place)
        return wanted if holds_to_text(rest) else _all_of([wanted, self._place(place)])

    def _query(self, node: Node, place: str) -> Query:  # noqa: PLR0911 - a line a kind of node
        match node:
            case And():
                return self._and(node, place)
            case Or():
                return _any_of([self._query(part, place) for part in node.parts])
            case Not():
                return self._and(And((node,)), place)
            case Words() | Near():
                return _any_of([self._text(name, node) for name in _FIELDS[place]])
            case Name():
                return _any_of([self._query(form, place) for form in node.searched])
            case Field():
                return self._described(node)
            case Date():
                return self._date(node)
            case In():
                return self._place(node.place)

    def _and(self, node: And, place: str) -> Query:
        denied = [part.part for part in node.parts if isinstance(part, Not)]
        asked = [self._query(part, place) for part in node.parts if not isinstance(part, Not)]
        clauses = [(Occur.Must, query) for query in asked or [self._place(place)]]
        clauses += [(Occur.MustNot, self._query(part, place)) for part in denied]
        return Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]

    def _place(self, place: str) -> Query:
        if place == "all":
            return self._everywhere()
        return Query.const_score_query(self._term("facts", BODY if place == "body" else NOTES), 0.0)

    def _everywhere(self) -> Query:
        return Query.const_score_query(_any_of([self._term("facts", BODY), self._term("facts", NOTES)]), 0.0)

    def _text(self, name: str, node: Words | Near) -> Query:
        if isinstance(node, Near):
            orders = (node.words, node.words[::-1])
            return _any_of(
                [Query.phrase_query(self._schema, name, list(o), slop=node.distance) for o in orders]
            )
        if node.prefix:
            return self._beginning(name, node.words)
        if len(node.words) == 1:
            return self._term(name, node.words[0])
        return Query.phrase_query(self._schema, name, list(node.words))

    def _beginning(self, name: str, words: Sequence[str]) -> Query:
        """Words have no sign that a pattern would take for its own."""
        pattern = f"{words[-1]}.*"
        if len(words) == 1:
            return Query.regex_query(self._schema, name, pattern)
        return Query.regex_phrase_query(self._schema, name, [*words[:-1], pattern])

    def _term(self, name: str, word: str) -> Query:
        return Query.term_query(self._schema, name, word)

    def _described(self, field: Field) -> Query:
        if field.name in OF_PASSAGE:
            return Query.const_score_query(self._text("facts", coded(field)), 0.0)
        if field not in self._looked_up:
            self._looked_up[field] = self._of_records(self._text("about", coded(field)))
        return self._looked_up[field]

    def _of_records(self, cards: Query) -> Query:
        """The passages of the records whose cards match."""
        found = self._searcher.aggregate(cards, _terms("card"))
        numbers = [int(bucket["key"]) for bucket in found["of"]["buckets"]]
        return Query.const_score_query(Query.term_set_query(self._schema, "record", numbers), 0.0)

    def _date(self, node: Date) -> Query:
        parts = [self._range("end", lower_bound=node.first or 1)]
        if node.last is not None:
            parts.append(self._range("begin", upper_bound=((node.last + 1) << _ROW) - 1))
        return _all_of(parts)

    def _range(self, name: str, **bounds: Any) -> Query:
        asked = Query.range_query(self._schema, name, FieldType.Unsigned, **bounds)
        return Query.const_score_query(asked, 0.0)


def _passage(entry: Entry, begin: int, end: int) -> Document:
    document = Document()
    document.add_text("body" if entry.body else "notes", spaced(entry.text))
    document.add_text("facts", facts(entry))
    document.add_integer("record", entry.record)
    document.add_unsigned("begin", begin << _ROW | entry.row)
    document.add_unsigned("end", end)
    return document


def _card(entry: Entry) -> Document:
    document = Document()
    document.add_integer("card", entry.record)
    document.add_text("about", about(entry))
    for facet, value in facet_values(entry):
        document.add_text(f"facet_{facet}", value)
    return document


def _row(begin: int) -> int:
    return begin & ((1 << _ROW) - 1)


def _terms(field: str) -> dict[str, Any]:
    return {"of": {"terms": {"field": field, "size": _MANY, "segment_size": _MANY}}}


def _any_of(queries: Sequence[Query]) -> Query:
    return (
        queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])
    )


def _all_of(queries: Sequence[Query]) -> Query:
    return (
        queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
    )
