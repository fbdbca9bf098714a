"""The store keeps what it promises, the same on SQLite and PostgreSQL: one suite, run on both."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
import types
import typing
import uuid
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, text, update

from memcon import model, query
from memcon.errors import ArchiveBusy, ArchiveMissing, ArchiveTooNew, BadInput, NotFound
from memcon.model import (
    Act,
    Collection,
    Credit,
    DateFound,
    Mark,
    MarkKind,
    Matter,
    Outcome,
    Participant,
    Passage,
    PassageKind,
    Person,
    Place,
    Problem,
    Quantity,
    Reading,
    Record,
    Severity,
    Speaker,
    Standing,
    Statement,
    Text,
    Undertaking,
    Words,
)
from memcon.references import Reference, parse
from memcon.store import Added, LedgerWanted, Store, Wanted, open_store, prepare, prepare_reading
from memcon.store import tables as t
from memcon.store.coding import decode, encode
from memcon.store.database import Database
from memcon.store.migrations import NEWEST, upgrade
from memcon.text import Span
from memcon.when import When

# --- the archive under test, and records made for it ---------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An archive's address that nobody has used: a file, then a database on the server."""
    if request.param == "sqlite":
        yield str(tmp_path / "archive.db")
        return
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    server: str = request.getfixturevalue("server_database")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    yield server


@pytest.fixture(scope="module")
def server_database(postgres: str) -> Iterator[str]:
    """A database of these tests' own."""
    name = f"memcon_{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield postgres.rsplit("/", 1)[0] + f"/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A new, empty archive."""
    with open_store(address, create=True, wait=5) as opened:
        yield opened


WORDS = (
    "The Minister said that his Government would send 300 tons of coal before the end of 1951.",
    "Mr. Lind thanked him, and asked that the dam be repaired.",
    "The Minister agreed to this on condition that the engineers were housed.",
)


def a_record(
    name: str = "talks/d1", *, own: bool = True, words: tuple[str, ...] = WORDS, **more: object
) -> Record:
    """A record with a little of everything."""
    passages = tuple(
        Passage(f"p{n}", line, label=f"{n}", folio="12", place=Place("line", n, n + 1), marks=_marks(line))
        for n, line in enumerate(words, 1)
    )
    note = Passage("n1", "Lind had been Minister of Trade.", PassageKind.NOTE, label="1")
    known: dict[str, object] = {
        "title": "Talk about coal",
        "kind": "memorandum-of-conversation",
        "collection": "talks",
        "date": When("1950-03-04", "March 4, 1950", date(1950, 3, 4), date(1950, 3, 4)),
        "participants": (Participant("Mr. Lind", "Norland", "#p_L1"), Participant("The Minister", "Sudland")),
        "language": "en",
        "references": (parse("AVPRF, f. 0100, op. 43, p. 302, d. 10, ll. 1-5"),),
        "credits": (Credit("translated by", "A. Hand"),),
        "extras": (("Pouch", "7"),),
        "problems": (Problem("line 9", "a leaf is missing", Severity.NOTE),),
    }
    norwegian = Passage("p1", "Statsråden sa at kullet ville komme.", language="no")
    return Record(id=name, texts=(Text((*passages, note), "en"), Text((norwegian,), "no", "translation")),
                  own_id=own, **(known | more))  # type: ignore[arg-type]  # fmt: skip


def _marks(line: str) -> tuple[Mark, ...]:
    return (
        Mark(MarkKind.PERSON, Span(0, 3), "#p_L1"),
        Mark(MarkKind.FOLIO, Span(len(line), len(line)), "13"),
    )


def words_in(record: Record, passage: str, quote: str) -> Words:
    found = next(p for p in record.text.passages if p.id == passage)
    start = found.text.index(quote)
    return Words(passage, Span(start, start + len(quote)), quote)


def a_reading(record: Record, version: str = "rules 1") -> Reading:
    """What a reader finds in `WORDS`."""
    coal = words_in(record, "p1", "would send 300 tons of coal before the end of 1951")
    due = When("../1951", "before the end of 1951", None, date(1951, 12, 31))
    asked = words_in(record, "p2", "asked that the dam be repaired")
    agreed = words_in(record, "p3", "agreed to this")
    tons = Quantity(words_in(record, "p1", "300 tons"), 300, "ton", "coal", rule="number")
    return Reading(
        version,
        people=(Speaker("1", "Lind", "Norland", present=True, mentions=(words_in(record, "p2", "Lind"),)),),
        statements=(
            Statement("s1", coal, Act.UNDERTAKE, "The Minister", "Sudland", "Norland", Standing.GOVERNMENT, "would"),
            Statement("s2", asked, Act.REQUEST, "Lind", "Norland", "Sudland", None, "asked", 0.75),
            Statement("s3", agreed, Act.AGREE, "The Minister", "Sudland", "Norland", Standing.CONDITIONAL, "agreed"),
        ),
        undertakings=(
            Undertaking("u1", ("s1",), coal, "Sudland", "Norland", (tons,), due, rule="would"),
            Undertaking("u2", ("s2", "s3"), agreed, "Sudland", "Norland",
                        condition=words_in(record, "p3", "on condition that the engineers were housed")),
        ),
        quantities=(tons,),
        dates=(DateFound(words_in(record, "p1", "before the end of 1951"), due),),
        matters=(
            Matter("m1", "Coal", ("p1",), ("s1",), Outcome.UNDERTAKEN),
            Matter("m2", "The dam", ("p2", "p3"), ("s2", "s3"), Outcome.AGREED),
        ),
        problems=(Problem("p3", "who housed them is not said", Severity.NOTE),),
    )  # fmt: skip


def put(
    store: Store, *items: object, name: str = "talks.xml", data: bytes = b"<talks/>", read: bool = False
) -> Added:
    """Add a file that holds these items."""
    return store.add(name, data, "application/xml", items, a_reading if read else None)  # type: ignore[arg-type]


# --- there and back -------------------------------------------------------------------------------------------

LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
PLAIN = {
    str: LETTERS,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC), allow_imaginary=False),
    type(None): st.none(),
}
NOUNS = [noun for noun in vars(model).values() if is_dataclass(noun)]


def any_of(kind: object) -> st.SearchStrategy:
    """Any value of an annotation as the nouns use them."""
    if kind in PLAIN:
        return PLAIN[kind]
    if kind is Span:
        return st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*pair))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{field.name: any_of(hints[field.name]) for field in fields(kind)})
    arguments = typing.get_args(kind)
    if isinstance(kind, types.UnionType):
        return st.one_of(*map(any_of, arguments))
    assert typing.get_origin(kind) is tuple, kind
    if arguments[-1] is Ellipsis:
        return st.lists(any_of(arguments[0]), max_size=2).map(tuple)
    return st.tuples(*map(any_of, arguments))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_noun_comes_back_from_json_as_it_was(noun: type) -> None:
    """decode(encode(x)) == x, for whatever the fields hold."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(any_of(noun))
    def holds(value: object) -> None:
        back: object = decode(noun, encode(value))
        assert back == value
        assert repr(back) == repr(value).replace(", fold=1", "")  # 1 is not 1.0, a tuple is no list

    holds()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=any_of(Record))
def test_any_record_comes_back_from_the_tables_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, record: Record
) -> None:
    """Whatever an importer may put into a record, in whatever letters."""
    whole = replace(record, texts=tuple(
        replace(each, passages=tuple(replace(p, id=f"p{n}") for n, p in enumerate(each.passages)))
        for each in record.texts
    ))  # fmt: skip
    with open_store(tmp_path_factory.mktemp("any") / "a.db", create=True) as store:
        assert not store.add("any", b"any", "text/plain", [whole]).problems[len(record.problems):]  # fmt: skip
        assert store.record(whole.id) == whole


def test_a_record_comes_back_whole(store: Store) -> None:
    """Title, texts, passages, marks, places: equal to what the importer gave."""
    put(store, a_record())
    assert store.record("talks/d1") == a_record()


def test_a_reading_comes_back_whole(store: Store) -> None:
    """Equal to what the rules found."""
    put(store, a_record(), read=True)
    assert store.reading("talks/d1") == a_reading(a_record())
    assert store.statements("talks/d1") == a_reading(a_record()).statements


def test_the_bytes_of_a_file_come_back(store: Store) -> None:
    """Every one of them, under its SHA-256."""
    data = bytes(range(256)) * 50
    put(store, a_record(), data=data)
    (source,) = store.sources()
    assert (source.name, source.media_type, source.size) == ("talks.xml", "application/xml", len(data))
    assert source.added is not None
    assert store.source_data(source.sha256) == data


def test_what_was_prepared_can_be_sent_to_another_process() -> None:
    """Preparing is apart from writing: plain values that pickle."""
    prepared = prepare("a.xml", b"<a/>", "application/xml", [a_record()], a_reading)
    assert pickle.loads(pickle.dumps(prepared)) == prepared


@pytest.mark.parametrize("wrong", ["a\0b", "a\ud800b"])
def test_letters_that_no_database_keeps_are_a_problem_and_stop_nothing(store: Store, wrong: str) -> None:
    """A NUL or half a surrogate pair: that record is refused aloud, the next one kept."""
    bad = [a_record("in-text", words=(wrong,)), a_record("in-title", title=wrong), a_record("good")]
    added = put(store, *bad, name=f"{wrong}.xml")
    assert added.added == ("good",)
    assert [p.record for p in store.problems(Severity.ERROR)] == ["in-text", "in-title"]
    assert store.sources()[0].name in ("a\\x00b.xml", "a\\ud800b.xml")


# --- the same twice, and what has changed ---------------------------------------------------------------------


def test_the_same_bytes_twice_change_nothing(store: Store) -> None:
    """Not even under another name."""
    first = put(store, a_record(), read=True)
    before = store.stats("rules 1")
    again = put(store, a_record(), name="copy.xml", read=True)
    assert (first.added, first.known) == (("talks/d1",), False)
    assert (again.added, again.known) == ((), True)
    assert store.stats("rules 1") == before


def test_a_changed_file_makes_a_new_version_of_its_record(store: Store) -> None:
    """The old words stay, the unchanged record beside it stays as it is."""
    put(store, a_record(), a_record("talks/d2"), data=b"one", read=True)
    corrected = a_record(words=("He said nothing.", *WORDS[1:]))
    added = put(store, corrected, a_record("talks/d2"), data=b"two")
    assert (added.added, added.changed, added.unchanged) == ((), ("talks/d1",), ("talks/d2",))
    assert store.record("talks/d1") == corrected
    assert store.record("talks/d1", 1) == a_record()
    assert [(v.number, v.current, v.source.size) for v in store.versions("talks/d1")] == [
        (1, False, 3),
        (2, True, 3),
    ]
    assert store.reading("talks/d1") is None
    assert store.reading("talks/d1", 1) == a_reading(a_record())
    assert store.count() == 2
    assert {row.record for row in store.ledger()} == {"talks/d2"}


def test_a_record_that_only_moved_in_its_file_is_unchanged(store: Store) -> None:
    """Places are not words."""
    put(store, a_record(), data=b"one")
    moved = a_record()
    text = moved.texts[0]
    later = tuple(replace(p, place=Place("line", 900, 901)) for p in text.passages)
    assert put(
        store, replace(moved, texts=(replace(text, passages=later), *moved.texts[1:])), data=b"two"
    ).unchanged


def test_an_id_of_the_edition_is_one_record_in_every_file(store: Store) -> None:
    """The page saved in two layouts: two versions of one record."""
    put(store, a_record("112676"), name="a.html", data=b"one")
    added = put(store, a_record("112676", title="The same"), name="b.md", data=b"two")
    assert added.changed == ("112676",)


def test_a_made_up_id_is_another_record_in_another_file(store: Store) -> None:
    """It gets a number; a new version of either file finds its own again; the same words are the same record."""

    def memo(title: str, name: str, data: bytes) -> tuple[tuple[str, ...], ...]:
        added = put(store, a_record("memo", own=False, title=title), name=name, data=data)
        return added.added, added.changed, added.unchanged

    assert memo("A", "a/memo.txt", b"1") == (("memo",), (), ())
    assert memo("B", "b/memo.txt", b"2") == (("memo-2",), (), ())
    assert memo("C", "c/memo.txt", b"3") == (("memo-3",), (), ())
    assert memo("B changed", "b/memo.txt", b"4") == ((), ("memo-2",), ())
    assert memo("A", "copy of a.txt", b"5") == ((), (), ("memo",))
    assert store.record("memo-2").title == "B changed"
    assert store.record("memo").title == "A"


def test_two_records_of_one_id_in_a_file_are_both_kept(store: Store) -> None:
    """With a problem that says so; a changed file finds each again."""
    first, second = a_record(title="First"), a_record(title="Second")
    added = put(store, first, second, data=b"one")
    assert added.added == ("talks/d1", "talks/d1-2")
    assert "talks/d1" in [p.record for p in added.problems if "number 2 of this id" in p.message]
    again = put(store, first, replace(second, title="Second, corrected"), data=b"two")
    assert (again.unchanged, again.changed) == (("talks/d1",), ("talks/d1-2",))


def test_collections_of_one_id_are_one(store: Store) -> None:
    """What one file leaves out another may say; lists are joined."""
    one = Collection("talks", "Talks", persons=(Person("Lind", "p1"),), editors=("A. Hand",))
    two = Collection("talks", "Talks", year="1980", persons=(Person("Berg", "p2"), Person("Lind, O.", "p1")))
    put(store, one, data=b"one")
    put(store, two, data=b"two")
    put(store, Collection("other", "Other"), data=b"three")
    other, talks = store.collections()
    assert (other.id, talks.year, talks.editors) == ("other", "1980", ("A. Hand",))
    assert talks.persons == (Person("Lind, O.", "p1"), Person("Berg", "p2"))
    assert store.collection("talks") == talks


# --- readings -------------------------------------------------------------------------------------------------


def test_unread_are_those_without_a_reading_of_the_current_rules(store: Store) -> None:
    """So an interrupted reading goes on where it stopped, and new rules read everything again."""
    put(store, a_record("talks/d1"), read=True, data=b"one")
    put(store, a_record("talks/d2"), data=b"two")
    assert [r.id for r in store.unread("rules 1")] == ["talks/d2"]
    assert [r.id for r in store.unread("rules 2")] == ["talks/d1", "talks/d2"]


def test_a_reading_takes_the_place_of_the_earlier_one(store: Store) -> None:
    """Nothing of what the old one found stays anywhere."""
    record = a_record()
    put(store, record, read=True)
    lesser = replace(a_reading(record, "rules 2"), undertakings=(), matters=(), people=(), problems=())
    for _ in range(2):
        assert store.keep([prepare_reading(store.record("talks/d1"), lesser)]) == 1
    assert store.reading("talks/d1") == lesser
    assert (store.ledger(), store.matters(), store.people("lind")[0].printed) == ((), (), "Mr. Lind")
    assert [p.message for p in store.problems()] == ["a leaf is missing"]
    assert list(store.unread("rules 2")) == []
    assert list(store.check()) == []


def test_a_reading_of_words_that_have_changed_since_is_not_kept(store: Store) -> None:
    """It would quote what the current version does not say."""
    put(store, a_record(), data=b"one")
    late = prepare_reading(a_record(), a_reading(a_record()))
    put(store, a_record(title="Changed"), data=b"two")
    assert store.keep([late]) == 0
    assert [r.id for r in store.unread("rules 1")] == ["talks/d1"]


def test_a_reading_that_misquotes_is_refused(store: Store) -> None:
    """text[span] == quote, or nothing is kept of it; the record is."""
    record = a_record()
    invented = Words("p1", Span(0, 12), "The Minister!")
    bad = replace(a_reading(record), quantities=(Quantity(invented, 1),))
    with pytest.raises(ValueError, match='quotes "The Minister!"'):
        prepare_reading(record, bad)
    added = store.add("a.xml", b"a", "text/xml", [record], lambda _: bad)
    assert added.added == ("talks/d1",)
    assert store.reading("talks/d1") is None
    assert any("its reading is not kept" in p.message for p in store.problems(Severity.ERROR))


# --- asking ---------------------------------------------------------------------------------------------------


def test_the_ledger_holds_undertakings_with_the_place_to_cite(store: Store) -> None:
    """Record, date, label, the exact words."""
    put(store, a_record(), read=True)
    coal, dam = store.ledger()
    assert (coal.record, coal.title, coal.label, coal.folio) == ("talks/d1", "Talk about coal", "1", "12")
    assert coal.date == a_record().date
    assert coal.undertaking == a_reading(a_record()).undertakings[0]
    assert (coal.standings, dam.standings) == ((Standing.GOVERNMENT,), (Standing.CONDITIONAL,))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (LedgerWanted(by="SUDLAND"), ["u1", "u2"]),
        (LedgerWanted(by="Norland"), []),
        (LedgerWanted(to="norland", words="coal"), ["u1"]),
        (LedgerWanted(words="DAM agreed"), ["u2"]),
        (LedgerWanted(words="100%"), []),
        (LedgerWanted(words="_"), []),
        (LedgerWanted(due_before=date(1952, 1, 1)), ["u1"]),
        (LedgerWanted(due_before=date(1951, 12, 31)), []),
        (LedgerWanted(record="talks/d1"), ["u1", "u2"]),
        (LedgerWanted(record="talks/d1", version=2), []),
    ],
)
def test_the_ledger_is_asked_by_party_due_date_words_and_record(
    store: Store, wanted: LedgerWanted, found: list[str]
) -> None:
    """Case aside; words of the quote and of the matter's label; a sign of SQL is only a sign."""
    put(store, a_record(), read=True)
    assert [row.undertaking.id for row in store.ledger(wanted)] == found


def test_matters_across_records(store: Store) -> None:
    """By words of their labels and by outcome, in the order of the talks."""
    earlier = When("1949", "1949", date(1949, 1, 1), date(1949, 12, 31))
    put(
        store,
        a_record("talks/d1"),
        a_record("talks/d2", date=earlier),
        a_record("talks/d3", date=None),
        read=True,
    )
    assert [row.record for row in store.matters("coal")] == ["talks/d2", "talks/d1", "talks/d3"]
    assert {row.matter.label for row in store.matters("", Outcome.AGREED)} == {"The dam"}


def test_people_are_the_forms_as_printed_and_where(store: Store) -> None:
    """From the record's own list and from its reading, kept apart."""
    put(store, a_record(), a_record("talks/d2"), read=True)
    lind, mr_lind = store.people("LIND")
    assert (lind.printed, lind.parties, lind.records) == ("Lind", ("Norland",), 2)
    assert (lind.where[0].passage, lind.where[0].label, lind.where[0].listed) == ("p2", "2", False)
    assert (mr_lind.printed, mr_lind.authorities, mr_lind.where[0].listed) == ("Mr. Lind", ("#p_L1",), True)
    assert [form.printed for form in store.people(party="Sudland")] == ["The Minister"]


def test_parties_with_what_they_undertook(store: Store) -> None:
    """Records with people of theirs; undertakings made and received."""
    put(store, a_record(), read=True)
    parties = {p.name: (p.records, p.made, p.received) for p in store.parties()}
    assert parties == {"Norland": (1, 0, 2), "Sudland": (1, 2, 0)}


def test_records_are_listed_by_date_and_counted(store: Store) -> None:
    """Filters, pages, counts with those that have no value, the undated last."""
    later = When("1951-05", "May 1951", date(1951, 5, 1), date(1951, 5, 31))
    put(
        store,
        a_record("a", date=None, kind=None),
        a_record("b", date=later),
        a_record("c"),
        a_record("d", kind="telegram", collection=None),
    )
    assert [line.id for line in store.listed()] == ["c", "d", "b", "a"]
    assert [line.id for line in store.listed(limit=2, offset=1)] == ["d", "b"]
    assert [line.id for line in store.listed(Wanted(since=date(1951, 5, 20)))] == ["b"]
    assert [line.id for line in store.listed(Wanted(until=date(1951, 4, 30), kind="telegram"))] == ["d"]
    assert store.listed()[2].date == later
    assert store.listed()[0].passages == 5
    assert store.counts("kind") == {"memorandum-of-conversation": 2, None: 1, "telegram": 1}
    assert store.count(Wanted(collection="talks")) == 3
    assert [r.id for r in store.records(Wanted(source=store.sources()[0].sha256))] == ["a", "b", "c", "d"]
    with pytest.raises(BadInput):
        store.counts("shoe size")


def test_neighbours_are_the_papers_of_the_same_file(store: Store) -> None:
    """One delo, other leaves; not another delo, not a paper without a reference."""
    leaf = "AVPRF, f. 0100, op. 43, p. 302, d. {}, ll. {}"
    put(
        store,
        a_record("a", references=(parse(leaf.format(10, "1-5")),)),
        a_record("b", references=(parse(leaf.format(10, "6-9")),)),
        a_record("c", references=(parse(leaf.format(11, "1-5")),)),
        a_record("d", references=()),
        a_record("e", references=(Reference("in a drawer"),)),
    )
    assert [line.id for line in store.same_file("a")] == ["b"]
    assert store.same_file("d") == store.same_file("e") == ()


def test_figures_say_of_how_many(store: Store) -> None:
    """Each share with its denominator."""
    put(store, a_record("a"), data=b"one", read=True)
    put(
        store,
        a_record("b", date=None, references=(Reference("in a drawer"),)),
        Problem("line 1", "torn"),
        data=b"two",
    )
    stats = store.stats("rules 1")
    assert (stats.sources, stats.records, stats.versions, stats.passages) == (2, 2, 2, 10)
    shares = (stats.dated, stats.with_reference, stats.parsed, stats.read, stats.with_due)
    assert [(share.count, share.of) for share in shares] == [(1, 2), (2, 2), (1, 2), (1, 2), (1, 2)]
    assert stats.problems == {"note": 3, "warning": 1, "error": 0}
    assert store.stats("rules 2").read.count == 0
    assert store.sizes() == (2, 10)


def test_problems_are_listed_with_their_file_and_record(store: Store) -> None:
    """Those of files that could not be had stand until a file of that name comes."""
    store.note(Problem("talks.xml", "no right to read it", Severity.ERROR))
    store.note(Problem("talks.xml", "no right to read it", Severity.ERROR))
    assert [p.message for p in store.problems()] == ["no right to read it"]
    put(store, a_record(), Problem("line 7", "no such sign", Severity.ERROR))
    leaf, sign = sorted(store.problems(), key=lambda p: p.message)
    assert (leaf.record, leaf.source, leaf.where) == ("talks/d1", "talks.xml", "line 9")
    assert (sign.record, sign.source, sign.severity) == (None, "talks.xml", Severity.ERROR)


def test_what_is_not_there_is_not_found(store: Store) -> None:
    """Record, version, collection, file: each says so."""
    put(store, a_record())
    for ask in (
        lambda: store.record("nobody"),
        lambda: store.record("talks/d1", 2),
        lambda: store.reading("nobody"),
        lambda: store.versions("nobody"),
        lambda: store.same_file("nobody"),
        lambda: store.collection("nobody"),
        lambda: store.source_data("00"),
    ):
        with pytest.raises(NotFound):
            ask()


# --- searching ------------------------------------------------------------------------------------------------


@pytest.fixture(params=["tantivy", "fts5"])
def searched(request: pytest.FixtureRequest, address: str) -> Iterator[Store]:
    """An archive for each engine."""
    with open_store(address, create=True, index=request.param) as opened:
        yield opened


def found(store: Store, words: str) -> list[tuple[str, int, str]]:
    return sorted((hit.record, hit.version, hit.passage) for hit in store.search(query.parse(words)).hits)


def test_a_hit_has_all_that_its_line_shows(searched: Store) -> None:
    """Title, date, label, and the words found at their places in the true text."""
    put(searched, a_record(), read=True)
    results = searched.search(query.parse("engineers"), facets=("kind",))
    (hit,) = results.hits
    assert (hit.record, hit.title, hit.passage, hit.label, hit.body) == (
        "talks/d1",
        "Talk about coal",
        "p3",
        "3",
        True,
    )
    assert hit.date == a_record().date
    assert [span.of(hit.text) for span in hit.spans] == ["engineers"]
    assert (results.total, results.records, results.behind) == (1, 1, 0)
    assert (hit.position, searched.search(query.parse("kullet")).hits[0].position) == (0, 1)
    assert results.facets == {"kind": [("memorandum-of-conversation", 1)]}


def test_a_search_sees_every_change(searched: Store) -> None:
    """A new version takes the place of the old one, a reading makes its acts and matters findable."""
    put(searched, a_record("a"), data=b"one")
    put(searched, a_record("b"), data=b"two")
    assert found(searched, "engineers") == [("a", 1, "p3"), ("b", 1, "p3")]
    put(searched, a_record("a", words=("Nothing was said.",)), data=b"three")
    assert found(searched, "engineers") == [("b", 1, "p3")]
    assert found(searched, "nothing") == [("a", 2, "p1")]
    assert found(searched, "act:request") == []
    searched.keep([prepare_reading(searched.record("b"), a_reading(searched.record("b")))])
    assert found(searched, "act:request") == [("b", 1, "p2")]
    assert found(searched, "matter:dam") == [("b", 1, "p2"), ("b", 1, "p3")]
    assert list(searched.check()) == []


def test_signs_of_the_format_are_not_searched(searched: Store) -> None:
    """Emphasis inside a word's neighbours or an anchor after it does not keep it from being found."""
    line = "He spoke of the **treaty**1 of Elm."
    marks = (
        Mark(MarkKind.MARKUP, Span(16, 18)), Mark(MarkKind.MARKUP, Span(24, 26)), Mark(MarkKind.ANCHOR, Span(26, 27), "n1")
    )  # fmt: skip
    put(searched, replace(a_record(), texts=(Text((Passage("p1", line, marks=marks),)),)))
    (hit,) = searched.search(query.parse('"the treaty of elm"')).hits
    assert hit.text == line
    assert {span.of(line) for span in hit.spans} >= {"treaty", "Elm"} or "treaty" in hit.spans[0].of(line)


def test_a_lost_index_is_made_anew(address: str) -> None:
    """The folder is deleted: the next search finds what it found before."""
    with open_store(address, create=True) as store:
        put(store, a_record())
        before = found(store, "coal")
        folder = store._follower.folder
    assert folder.is_dir()
    shutil.rmtree(folder)
    with open_store(address) as store:
        assert found(store, "coal") == before == [("talks/d1", 1, "p1")]


def test_a_torn_index_is_made_anew(address: str) -> None:
    """Its files hold rubbish: the same."""
    with open_store(address, create=True) as store:
        put(store, a_record())
        before = found(store, "coal")
        folder = store._follower.folder
    for file in (folder / "tantivy").iterdir():
        file.write_bytes(b"rubbish")
    with open_store(address) as store:
        assert found(store, "coal") == before


def test_rebuilding_tells_how_far_it_has_come(searched: Store) -> None:
    """Records done, of how many; the index holds as much as before."""
    put(searched, a_record("a"), a_record("b"))
    before = found(searched, "coal")
    told: list[tuple[int, int]] = []
    searched.rebuild(lambda done, of: told.append((done, of)))
    assert told[-1] == (2, 2)
    assert found(searched, "coal") == before
    assert list(searched.check()) == []


def test_an_index_of_another_archive_is_not_searched(tmp_path: Path) -> None:
    """An older copy put back, then gone its own way: its index is made anew, though the numbers agree."""
    path, copy = tmp_path / "a.db", tmp_path / "copy.db"
    with open_store(path, create=True) as store:
        put(store, a_record("first"), data=b"one")
        store.backup(copy)
        put(store, a_record("second"), data=b"two")
        assert len(found(store, "coal")) == 2
    for name in ("a.db-wal", "a.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    copy.replace(path)
    with open_store(path) as store:
        put(store, a_record("third"), data=b"three")
        assert [record for record, *_ in found(store, "coal")] == ["first", "third"]
        assert list(store.check()) == []


def test_an_index_that_another_process_has_brought_further_is_kept(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that have it open see what the other indexed, and never begin it anew."""
    with open_store(address, create=True) as one, open_store(address) as two:
        put(one, a_record("a"), data=b"one")
        assert len(found(one, "coal")) == 1
        monkeypatch.setattr(one._follower, "_erase", None)
        monkeypatch.setattr(two._follower, "_erase", None)
        for number, (here, there) in enumerate([(two, one), (one, two)] * 2, 2):
            put(here, a_record(f"d{number}"), data=str(number).encode())
            assert len(found(here, "coal")) == len(found(there, "coal")) == number


def test_the_engine_can_be_changed(address: str) -> None:
    """What the archive was made with stays its choice until another is named; all are found by both."""
    with open_store(address, create=True, index="fts5") as store:
        put(store, a_record())
        before = found(store, "coal")
    with open_store(address) as store:
        assert store.engine == "fts5"
    for engine in ("tantivy", "fts5"):
        with open_store(address, index=engine) as store:
            assert found(store, "coal") == before
    with pytest.raises(BadInput):
        open_store(address, index="cards")


# --- opening, upgrading, copying ------------------------------------------------------------------------------


def test_an_archive_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """A path that does not exist, an empty file; neither is touched."""
    with pytest.raises(ArchiveMissing):
        open_store(tmp_path / "a.db")
    assert not (tmp_path / "a.db").exists()
    (tmp_path / "b.db").touch()
    with pytest.raises(ArchiveMissing):
        open_store(tmp_path / "b.db")


def test_a_server_that_does_not_answer_says_so() -> None:
    """With the address, without the password."""
    with pytest.raises(ArchiveMissing, match=r"127\.0\.0\.1") as raised:
        open_store("postgresql://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(raised.value)


def test_an_older_archive_is_upgraded(address: str) -> None:
    """At each earlier step: it opens, and can do what a new one can."""
    for step in range(1, NEWEST):
        database = Database(address)
        with database.write() as connection:
            t.METADATA.drop_all(connection)
            upgrade(connection, "tantivy", to=step)
        database.close()
        with open_store(address) as store:
            put(store, a_record(), read=True)
            assert store.record("talks/d1") == a_record()
            assert len(store.ledger()) == 2


def test_a_newer_archive_is_refused(address: str) -> None:
    """And left as it is."""
    with open_store(address, create=True) as store, store._database.write() as connection:
        connection.execute(update(t.archive).values(version=NEWEST + 1))
    with pytest.raises(ArchiveTooNew, match=f"version {NEWEST + 1}"):
        open_store(address)


def test_the_steps_make_what_the_tables_say(store: Store) -> None:
    """The archive that migrations make and the one that `tables.py` describes are one."""
    with store._database.read() as connection:
        made = inspect(connection)
        for table in t.METADATA.sorted_tables:
            columns = {
                c["name"]: (bool(c["nullable"]), _kind(c["type"])) for c in made.get_columns(table.name)
            }
            assert columns == {c.name: (bool(c.nullable), _kind(c.type)) for c in table.columns}, table.name
            assert [c["name"] for c in made.get_columns(table.name)] == [c.name for c in table.columns]
            assert {
                i["name"] for i in made.get_indexes(table.name) if not i.get("duplicates_constraint")
            } == {i.name for i in table.indexes}


def _kind(of: object) -> str:
    name = type(of).__name__.upper()
    return {"BIGINTEGER": "INTEGER", "BIGINT": "INTEGER", "BYTEA": "BLOB", "LARGEBINARY": "BLOB"}.get(
        name, name
    )


def test_a_backup_is_an_archive(store: Store, tmp_path: Path) -> None:
    """One file with everything in it, taken while the archive is open; an existing file is never replaced."""
    put(store, a_record(), Collection("talks", "Talks"), Problem("line 1", "torn"), read=True)
    put(store, a_record(words=WORDS[:1]), data=b"two")
    target = tmp_path / "copy.db"
    store.backup(target)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("copy")] == ["copy.db"]
    with open_store(target) as copy:
        assert copy.record("talks/d1") == store.record("talks/d1")
        assert copy.record("talks/d1", 1) == a_record()
        assert copy.reading("talks/d1", 1) == store.reading("talks/d1", 1)
        assert (copy.stats(), copy.problems(), copy.sources()) == (
            store.stats(),
            store.problems(),
            store.sources(),
        )
        assert found(copy, "coal") == found(store, "coal")
        assert list(copy.check()) == []
    with pytest.raises(BadInput):
        store.backup(target)


def test_a_second_writer_waits_and_then_says_so(address: str) -> None:
    """Reading goes on meanwhile; afterwards the same add succeeds."""
    with open_store(address, create=True, wait=0.2) as one, open_store(address, wait=0.2) as two:
        put(one, a_record())
        with one._database.write() as connection:
            connection.execute(update(t.archive).values(created="now"))
            with pytest.raises(ArchiveBusy):
                put(two, a_record("b"), data=b"two")
            assert two.record("talks/d1") == a_record()
        assert put(two, a_record("b"), data=b"two").added == ("b",)


# --- checking -------------------------------------------------------------------------------------------------


def test_a_sound_archive_has_nothing_to_tell(store: Store) -> None:
    """Versions, readings, problems, collections, duplicates: none of them is a fault."""
    put(store, a_record(), a_record(), a_record("b", own=False), Collection("talks", "Talks"), read=True)
    put(store, a_record(words=WORDS[:1]), data=b"two")
    told: list[tuple[int, int]] = []
    assert list(store.check(lambda done, of: told.append((done, of)))) == []
    assert told[-1] == (4, 4)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("UPDATE passages SET words = 'He promised more.' WHERE id = 'p1'", "not those that came in"),
        (
            "UPDATE passages SET words = 'He promised more.' WHERE id = 'p1'",
            "its reading is not of these words",
        ),
        (
            'UPDATE passages SET marks = \'[{"kind":"person","span":[0,999]}]\' WHERE id = \'p1\'',
            "lies outside",
        ),
        ("UPDATE records SET title = 'Another'", "not those that came in"),
        ("UPDATE records SET detail = '{'", "cannot be put together"),
        ("UPDATE records SET version = 2", "not numbered from 1"),
        (
            "UPDATE sources SET data = (SELECT data FROM sources WHERE row = 2) WHERE row = 1",
            "bytes are not those",
        ),
        ("UPDATE sources SET size = 1", "bytes are not those"),
        ("DELETE FROM passages WHERE id = 'p2'", "where the texts should have"),
        ("DELETE FROM sources", "belong to a file that is not there"),
        ("DELETE FROM texts", "belong to a text that is not there"),
        ("DELETE FROM readings", "belong to a reading that is not there"),
        ("DELETE FROM undertakings", "the ledger does not hold"),
        ("UPDATE readings SET detail = '{'", "cannot be understood"),
    ],
)
def test_each_harm_is_found(address: str, harm: str, words: str) -> None:
    """A word changed, a row lost, a count wrong."""
    with open_store(address, create=True, index="fts5") as store:
        put(store, a_record(), read=True)
        put(store, Problem("all", "nothing in it"), data=b"two", name="other.xml")
        assert list(store.check()) == []
        with store._database.write() as connection:
            connection.execute(text(harm.replace(":", "\\:")))
        assert any(words in problem.message for problem in store.check())


def test_an_index_that_says_something_else_is_found(store: Store) -> None:
    """Entries lost or too many, though the mark is the newest."""
    put(store, a_record())
    assert list(store.check()) == []
    with store._database.write() as connection:
        connection.execute(text("UPDATE records SET current = false"))
        connection.execute(text("UPDATE records SET version = 1"))
    assert any("belong to no current passage" in p.message for p in store.check())


def test_a_file_of_an_archive_says_whose_it_is(tmp_path: Path) -> None:
    """By the number in its head that programs like file(1) read."""
    path = tmp_path / "a.db"
    open_store(path, create=True).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x6D656D63,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_the_question_in_the_manual_can_be_asked(store: Store) -> None:
    """`docs/store.md` shows SQL over the tables: it finds the coal, on both databases."""
    put(store, a_record(), read=True)
    manual = (Path(__file__).parents[1] / "docs" / "store.md").read_text()
    question = manual.split("```sql\n")[1].split("```")[0]
    with store._database.read() as connection:
        found = connection.execute(text(question)).all()
    assert [tuple(line) for line in found] == [("talks/d1", "Talk about coal", "Sudland", 19511231, "1")]
