"""What every full-text engine takes and gives; what each kind of query means is fixed by one suite of tests for all.

An index is fed the passages of records and answers with the numbers of passages. It holds no text and can always be
made again from the database; its mark says how far in the archive's changes it has come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from memcon.errors import ArchiveDamaged
from memcon.query import And, Node

Sort = Literal["rank", "date", "newest"]
FACETS = ("year", "kind", "party", "person", "archive", "collection", "language", "classification")
MOST_VALUES = 50  # of one facet that are told


class IndexTorn(ArchiveDamaged):
    """The index beside the archive cannot be used as it is; nothing but the index is lost."""

    advice = "Nothing is lost: the index is made again from the archive when it is opened next."


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage, with what it can be found by. `row` and `record` are the database's own numbers.

    Days are yyyymmdd: both None when the date is unknown, one None when it is open on that side. What is said of the
    record (title, date, kind, ..., persons) is taken from the first of its entries; `acts` and `matters` are those
    that the reading found in this passage.
    """

    row: int
    record: int
    text: str
    body: bool = True
    title: str = ""
    date: int | None = None
    date_end: int | None = None
    kind: str | None = None
    collection: str | None = None
    language: str | None = None
    classification: str | None = None
    archive: str | None = None
    parties: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is the engine's own; it orders the hits of one search and means nothing beyond.

    `memcon.query.spans(query, text)` gives the places of the words in the passage's text.
    """

    row: int
    record: int
    score: float


Counted = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found. `total` counts passages, `records` the records they belong to, both exactly.

    To count records costs more than to find passages: `counted` is None where neither they nor facets were asked for.

    A facet counts records: of the `records` found, so many have this value. The most frequent come first (years in
    their order), at most `MOST_VALUES`. `empty_because` is the part of the query that finds nothing by itself, or
    the whole when only its parts together find nothing; None when something was found.
    """

    total: int
    counted: int | None
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, Counted] = field(default_factory=dict)
    empty_because: str | None = None

    @property
    def records(self) -> int:
        """How many records the passages belong to; they must have been asked for."""
        if self.counted is None:
            raise ValueError("records were not counted in this search: ask with records=True")
        return self.counted


class Index(Protocol):
    """A full-text engine."""

    def mark(self) -> int:
        """The number of the last change committed to the index, 0 when it is new."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Take passages in, all those of a record in one call.

        A record that is held already is replaced, so that adding twice is adding once.
        """

    def remove(self, records: Iterable[int]) -> None:
        """Forget all passages of these records."""

    def commit(self, mark: int) -> None:
        """Make everything since the last commit visible, together with its mark: both or neither."""

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
        """One page of the passages that match, by rank, by date (unknown last) or newest first (unknown last)."""

    def count(self) -> int:
        """How many passages are held."""

    def rows(self) -> Iterator[int]:
        """The number of every passage held, in no order."""

    def close(self) -> None:
        """Let go of files and locks; what was not committed is lost."""


def why_empty(query: Node, count: Callable[[Node], int]) -> str:
    """The smallest part of a query that finds nothing by itself, as the reader would write it."""
    if isinstance(query, And):
        for part in query.parts:
            if count(part) == 0:
                return why_empty(part, count)
    return str(query)


def ranked(facet: str, counts: Iterable[tuple[str, int]]) -> Counted:
    """The order in which a facet's values are told, the same for every engine."""
    if facet == "year":
        return sorted(counts)
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
