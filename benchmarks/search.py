"""Searching beside a bare index: 300 mixed queries over the paragraphs of volumes, the same rows, one run.

    python benchmarks/search.py FOLDER_OF_VOLUMES [--queries 300]

The bare index is tantivy with its own tokeniser and query parser, the same columns, the text stored for its own
snippets, and facets that count passages. Ours counts records in facets, and finds the words in the true text; in the
lines "counting records" it also counts, exactly, the records of every answer.
Prints the time to build, and for each kind of query the median and the 95th percentile, in milliseconds.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import tantivy
from bare import ID, TEI, volumes
from lxml import etree

from memcon.query import parse, spans
from memcon.query.words import words
from memcon.store.index import FACETS, Entry, Fts5Index, Index, TantivyIndex

COLUMNS = ("kind", "collection", "language", "classification", "archive", "person", "party", "year")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in our language and in tantivy's own, with a range of years and with facets or without."""

    kind: str
    ours: str
    bare: str
    years: tuple[int, int] | None
    facets: bool

    @property
    def text(self) -> str:
        dated = f" date:{self.years[0]}..{self.years[1]}" if self.years else ""
        return f"({self.ours}){dated}" if dated else self.ours


def entries(folder: Path) -> Iterator[Entry]:
    """Every paragraph and note of every document, with what its markup says of date, title and participants."""
    record = row = 0
    for path in volumes(folder):
        for division in etree.parse(path).iter(f"{TEI}div"):
            if division.get("type") != "document":
                continue
            record += 1
            described = describe(division, path.stem)
            for element in division.iter(f"{TEI}p", f"{TEI}note"):
                in_note = any(up.tag == f"{TEI}note" for up in element.iterancestors())
                if text := words_of(element) if not in_note else "":
                    row += 1
                    yield Entry(row, record, text, element.tag == f"{TEI}p", **described)


def words_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def describe(division: Any, collection: str) -> dict[str, Any]:
    title = division.find(f"{TEI}head")
    heading = "" if title is None else words_of(title)
    found = (DAY.match(date.get("when") or "") for date in division.iter(f"{TEI}date"))
    day = next((int("".join(match.groups())) for match in found if match), None)
    lists = [part for part in division.iter(f"{TEI}list") if part.get("type") == "participants"]
    persons = [words_of(name) for part in lists for name in part.iter(f"{TEI}persName")]
    parties = [words_of(head) for part in lists for head in part.iter(f"{TEI}head")]
    kind = next(
        (kind for kind in ("telegram", "letter", "memorandum", "note") if kind in heading.lower()), "paper"
    )
    return {
        "title": heading, "date": day, "date_end": day, "kind": kind, "collection": collection, "language": "en",
        "classification": division.get(ID, "")[-1:], "archive": "Department of State",
        "parties": tuple(dict.fromkeys(parties)), "persons": tuple(dict.fromkeys(persons)),
    }  # fmt: skip


def questions(held: list[Entry], number: int) -> list[Asked]:
    """Words and phrases as they stand in passages taken by chance, the same at every run."""
    chance = random.Random(1950)
    asked: list[Asked] = []
    while len(asked) < number:
        passage = words(chance.choice(held).text)
        long = [word for word in passage if len(word) > 3 and word.isascii() and word.isalpha()]
        at = chance.randrange(max(1, len(passage) - 3))
        phrase = passage[at : at + chance.choice((2, 3))]
        if len(long) < 9 or len(phrase) < 2 or not all(word.isascii() and word.isalnum() for word in phrase):
            continue
        kind = ("word", "and", "phrase", "prefix", "or")[len(asked) % 5]
        some = chance.sample(
            long, {"word": 1, "and": chance.choice((2, 3)), "or": chance.choice((3, 8))}.get(kind, 1)
        )
        years = None
        if len(asked) % 3 == 1:
            start = chance.randrange(1940, 1978)
            years = (start, start + chance.choice((1, 5, 20)))
        ours, bare = spelled(kind, some, phrase)
        asked.append(Asked(kind, ours, bare, years, facets=len(asked) % 3 == 2))
    return asked


def spelled(kind: str, some: list[str], phrase: tuple[str, ...]) -> tuple[str, str]:
    if kind == "phrase":
        quoted = f'"{" ".join(phrase)}"'
        return quoted, quoted
    if kind == "prefix":
        start = some[0][:5]
        return f"{start}*", start
    if kind == "or":
        return " OR ".join(some), " ".join(some)
    return " ".join(some), " ".join(f"+{word}" for word in some)


class Bare:
    """Tantivy as its own documentation would have it."""

    def __init__(self, folder: Path) -> None:
        build = tantivy.SchemaBuilder().add_text_field("text", stored=True)
        build.add_unsigned_field("row", stored=True, fast=True)
        build.add_unsigned_field("date", fast=True)
        for name in COLUMNS:
            build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self.schema = build.build()
        self.index = tantivy.Index(self.schema, str(folder))

    def fill(self, held: list[Entry], *, text_alone: bool = False) -> None:
        writer = self.index.writer(128_000_000, 1)
        for entry in held:
            document = tantivy.Document()
            document.add_text("text", entry.text)
            document.add_unsigned("row", entry.row)
            if not text_alone:
                self.columns(document, entry)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def columns(self, document: tantivy.Document, entry: Entry) -> None:
        document.add_unsigned("date", entry.date or 0)
        values = (str((entry.date or 0) // 10_000), entry.kind, entry.collection, entry.language)
        for name, value in zip(("year", "kind", "collection", "language"), values, strict=True):
            document.add_text(name, value or "")
        document.add_text("classification", entry.classification or "")
        document.add_text("archive", entry.archive or "")
        for name, several in (("person", entry.persons), ("party", entry.parties)):
            for value in several:
                document.add_text(name, value)

    def search(self, asked: Asked) -> int:
        if asked.kind == "prefix":
            query = tantivy.Query.regex_query(self.schema, "text", f"{asked.bare}.*")
        else:
            query = self.index.parse_query(asked.bare, ["text"])
        if asked.years:
            first, last = (year * 10_000 for year in (asked.years[0], asked.years[1] + 1))
            dated = tantivy.Query.range_query(self.schema, "date", tantivy.FieldType.Unsigned, first, last)
            query = query.and_must_match(dated)
        found = self.searcher.search(query, limit=10)
        self.searcher.fast_field_values("row", [place for _, place in found.hits])
        marker = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "text")
        for _, place in found.hits:
            marker.snippet_from_doc(self.searcher.doc(place)).highlighted()
        if asked.facets:
            self.searcher.aggregate(query, {name: {"terms": {"field": name, "size": 50}} for name in COLUMNS})
        return int(found.count)  # type: ignore[attr-defined]


def clocked(work: Callable[[], object]) -> float:
    """Milliseconds of this thread, in which all three engines search: what else the machine does is left out."""
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


def ours(index: Index, asked: Asked, texts: dict[int, str], *, records: bool = False) -> int:
    query = parse(asked.text)
    found = index.search(query, facets=FACETS if asked.facets else (), records=records)
    for hit in found.hits:
        spans(query, texts[hit.row])
    return found.total


def told(name: str, times: list[float]) -> str:
    return f"{name:28} {median(times):8.2f} {quantiles(times, n=20)[-1]:8.2f} {max(times):8.2f}"


def compare(engines: dict[str, Callable[[Asked], int]], asked: list[Asked]) -> None:
    """Every query on every engine, turn by turn; of three runs the quickest counts."""
    times = {name: [float("inf")] * len(asked) for name in engines}
    for _ in range(3):
        for number, question in enumerate(asked):
            for name, search in engines.items():
                taken = clocked(lambda search=search, question=question: search(question))
                times[name][number] = min(taken, times[name][number])
    print(f"\n{'ms':28} {'median':>8} {'95 %':>8} {'worst':>8}")
    for name in engines:
        print(told(f"{name}, all {len(asked)}", times[name]))
        for kind in ("word", "and", "phrase", "prefix", "or"):
            print(told(f"  {kind}", [t for t, q in zip(times[name], asked, strict=True) if q.kind == kind]))
        print(told("  with dates", [t for t, q in zip(times[name], asked, strict=True) if q.years]))
        print(told("  with facets", [t for t, q in zip(times[name], asked, strict=True) if q.facets]))
    for name in ("tantivy", "counting records"):
        print(f"\nmedian of {name} / bare: {median(times[name]) / median(times['bare']):.2f}")


def build(held: list[Entry], folder: Path) -> tuple[Bare, TantivyIndex, Fts5Index]:
    """All three of the same rows, with the time each took."""
    for name in ("text", "bare", "tantivy"):
        (folder / name).mkdir()
    start = time.perf_counter()
    Bare(folder / "text").fill(held, text_alone=True)
    print(f"build, tantivy of the text alone {time.perf_counter() - start:6.1f} s")
    start = time.perf_counter()
    bare = Bare(folder / "bare")
    bare.fill(held)
    print(f"build, bare with columns         {time.perf_counter() - start:6.1f} s")
    start = time.perf_counter()
    index = TantivyIndex(folder / "tantivy")
    index.add(held)
    index.commit(1)
    index.release()
    print(f"build, tantivy                   {time.perf_counter() - start:6.1f} s")
    start = time.perf_counter()
    connection = sqlite3.connect(folder / "fts5.db")
    Fts5Index.create(connection)
    fts5 = Fts5Index(connection)
    fts5.add(held)
    fts5.commit(1)
    connection.commit()
    print(f"build, FTS5                      {time.perf_counter() - start:6.1f} s")
    return bare, index, fts5


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--queries", type=int, default=300)
    given = arguments.parse_args()
    held = list(entries(given.folder))
    print(f"{len(held):,} passages of {held[-1].record:,} records")
    with tempfile.TemporaryDirectory() as folder:
        bare, index, fts5 = build(held, Path(folder))
        texts = {entry.row: entry.text for entry in held}
        gc.freeze()  # what the measuring holds is not the engines' to sweep
        treaty = Asked("word", "treaty", "treaty", None, facets=True)
        first = clocked(lambda: ours(TantivyIndex(Path(folder) / "tantivy"), treaty, texts))
        print(f"opening and first hit            {first:6.1f} ms")
        engines = {
            "bare": bare.search,
            "tantivy": lambda asked: ours(index, asked, texts),
            "counting records": lambda asked: ours(index, asked, texts, records=True),
            "fts5": lambda asked: ours(fts5, asked, texts),
        }
        asked = questions([entry for entry in held if entry.body], given.queries)
        compare(engines, asked)
        found = [(index.search(parse(q.text)).total, fts5.search(parse(q.text)).total) for q in asked]
        print(f"both engines count the same in {sum(a == b for a, b in found)} of {len(found)} queries")


if __name__ == "__main__":
    main()
