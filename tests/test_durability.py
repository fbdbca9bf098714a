"""What happens to an archive when things go wrong: killed, crowded, out of room, damaged.

Run as a script this file is the other process: `python test_durability.py COMMAND ADDRESS ...`.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from memcon import query
from memcon.errors import ArchiveDamaged, BadInput, MemconError, NoSpace
from memcon.model import (
    Act,
    Matter,
    Outcome,
    Participant,
    Passage,
    Problem,
    Reading,
    Record,
    Severity,
    Statement,
    Text,
    Undertaking,
    Words,
)
from memcon.store import Store, open_store
from memcon.text import Span

FILES, RECORDS, PASSAGES = 10, 4, 8
ROUNDS = 20
PROMISE = "The Minister said that he would send coal."


def a_file(batch: int, number: int) -> tuple[str, bytes, list[Record | Problem]]:
    """One of a batch of files: its name, its bytes, what is in it."""
    name = f"batch{batch}/file{number}.txt"
    chance = random.Random(name)
    items: list[Record | Problem] = [
        Record(
            id=f"{name}/{n}",
            title=f"Talk {n}",
            texts=(Text((Passage("p0", PROMISE), *_passages(chance))),),
            own_id=True,
            participants=(Participant("The Minister", "Sudland"),),
        )
        for n in range(RECORDS)
    ]
    return name, name.encode() * 2000, [*items, Problem("line 1", "a stain", Severity.NOTE)]


def _passages(chance: random.Random) -> Iterator[Passage]:
    for n in range(1, PASSAGES):
        yield Passage(
            f"p{n}", " ".join(chance.choices(("fuel", "dam", "treaty", "prisoners", "fish", "rail"), k=40))
        )


def read(record: Record) -> Reading:
    """A reading with one undertaking."""
    words = Words("p0", Span(13, len(PROMISE)), PROMISE[13:])
    statement = Statement("s1", words, Act.UNDERTAKE, "The Minister", "Sudland", None, None, "would")
    matter = Matter("m1", "Coal", ("p0",), ("s1",), Outcome.UNDERTAKEN)
    return Reading("1", (), (statement,), (Undertaking("u1", ("s1",), words, "Sudland"),), matters=(matter,))


def add_all(address: str, batch: int = 0, tell: int | None = None) -> None:
    """What an adding process does: the files one by one, then the index; `tell` hears of each file."""
    with open_store(address, create=True) as store:
        for number in range(FILES):
            name, data, items = a_file(batch, number)
            store.add(name, data, "text/plain", items, read)
            if tell is not None:
                os.write(tell, b".")
        store.catch_up()


def state(store: Store) -> dict[str, object]:
    """All that must be there, nothing doubled, nothing lost."""
    stats = store.stats("1")
    return {
        "broken": [problem.message for problem in store.check()],
        "versions": sorted({len(store.versions(line.id)) for line in store.listed()}),
        "sources": stats.sources,
        "records": stats.records,
        "passages": stats.passages,
        "read": stats.read.count,
        "ledger": len(store.ledger()),
        "matters": len(store.matters()),
        "problems": stats.problems["note"],
        "found": store.search(query.parse("coal")).total,
        "searched": store.search(query.parse("matter:coal")).total,
    }


def whole(batches: int = 1) -> dict[str, object]:
    """The state of an archive to which so many batches were added."""
    files = FILES * batches
    records = files * RECORDS
    return {
        "broken": [],
        "versions": [1],
        "sources": files,
        "records": records,
        "passages": records * PASSAGES,
        "read": records,
        "ledger": records,
        "matters": records,
        "problems": files,
        "found": records,
        "searched": records,
    }


# --- the other process ----------------------------------------------------------------------------------------


def forked(work: Callable[[], object]) -> int:
    """A child of this process that does the work and ends, 0 when it went well."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - a child of a fork must end here, whatever happens
        traceback.print_exc()
    finally:
        os._exit(code)


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(address: str, folder: str, rounds: str, seed: str) -> None:
    """Kill an adding process at random moments; each time the archive opens, and adding again completes it.

    An address with "{}" means an archive for each round, another is one archive for all of them.
    """
    chance = random.Random(seed)
    started = time.monotonic()
    assert ended(forked(lambda: add_all(address.format("whole"), 0))) == 0
    took = time.monotonic() - started
    reports = []
    for number in range(1, int(rounds) + 1):
        here, batch = address.format(number), number if "{}" not in address else 0
        hear, tell = os.pipe()
        child = forked(partial(add_all, here, batch, tell))
        if number % 2:
            time.sleep(chance.uniform(0, took))
        else:  # most of the time goes into opening and indexing: half of the blows fall among the files
            os.read(hear, 1)
            time.sleep(chance.uniform(0, took / 10))
        os.kill(child, signal.SIGKILL)
        killed = ended(child) == -signal.SIGKILL
        os.close(hear)
        os.close(tell)
        report = Path(folder) / f"{number}.json"
        assert ended(forked(partial(_again, here, batch, report))) == 0, f"round {number}, seed {seed}"
        reports.append({"killed": killed, "batch": batch, **json.loads(report.read_text())})
    print(json.dumps(reports))


def _again(address: str, batch: int, report: Path) -> None:
    with open_store(address, create=True) as store:
        broken = [problem.message for problem in store.check()]
        there = sum(source.name.startswith(f"batch{batch}/") for source in store.sources())
    add_all(address, batch)
    with open_store(address) as store:
        report.write_text(json.dumps({"opened": broken, "there": there, "state": state(store)}))


def limited(address: str, size: str, batch: str) -> None:
    """Add where no file may grow beyond `size`; print the error."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
    try:
        add_all(address, int(batch))
    except MemconError as error:
        print(type(error).__name__, error.exit_code)


def reading(address: str) -> None:
    """Ask an archive that others write to, until it holds two batches."""
    store = open_store(address)
    sizes = [0]
    while sizes[-1] < whole(2)["records"]:  # type: ignore[operator]
        sizes.append(store.count())
        asked = store.search(query.parse("coal"))
        assert asked.total % RECORDS == 0, "a file was seen in part"
        assert len(store.ledger()) >= sizes[-1]
        time.sleep(0.02)
    assert sizes == sorted(sizes), "a record was lost"
    store.close()


def adding(address: str, batch: str) -> None:
    """Add a batch."""
    add_all(address, int(batch))


# --- the tests ------------------------------------------------------------------------------------------------


def other(command: Callable[..., None], *arguments: object) -> subprocess.Popen[str]:
    """The other process, begun."""
    line = [sys.executable, __file__, command.__name__, *map(str, arguments)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str], timeout: float = 120) -> str:
    """What it printed; its failure is the test's."""
    out, err = process.communicate(timeout=timeout)
    assert process.returncode == 0, err
    return out.strip()


@pytest.fixture
def server_archive(postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A new database on the server."""
    import psycopg

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    name = f"memcon_{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield postgres.rsplit("/", 1)[0] + f"/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_killed_at_any_moment_it_opens_and_adding_again_completes_it(tmp_path: Path) -> None:
    """SIGKILL at twenty random moments of an add, from the first byte of the archive to the last of its index."""
    seed = random.randrange(10**6)
    reports = json.loads(said(other(kill, f"{tmp_path}/{{}}.db", tmp_path, ROUNDS, seed)))
    assert len(reports) == ROUNDS
    assert sum(report["killed"] for report in reports) >= ROUNDS // 4, f"hardly any was killed: seed {seed}"
    for report in reports:
        assert report["opened"] == [], seed
        assert report["state"] == whole(), seed


def test_killed_while_adding_to_a_server(server_archive: str, tmp_path: Path) -> None:
    """The same with PostgreSQL, five times, each time with new files for the same archive."""
    seed = random.randrange(10**6)
    reports = json.loads(said(other(kill, server_archive, tmp_path, 5, seed)))
    for number, report in enumerate(reports, 1):
        assert report["opened"] == [], seed
        assert report["state"] == whole(number + 1), seed


def test_two_add_while_one_reads(tmp_path: Path) -> None:
    """Nobody fails, nothing is lost, nothing is seen in part."""
    address = str(tmp_path / "a.db")
    open_store(address, create=True).close()
    _crowded(address)


def test_two_add_to_a_server_while_one_reads(server_archive: str) -> None:
    """The same with PostgreSQL."""
    open_store(server_archive, create=True).close()
    _crowded(server_archive)


def _crowded(address: str) -> None:
    for process in [other(adding, address, 0), other(adding, address, 1), other(reading, address)]:
        said(process)
    with open_store(address) as store:
        assert state(store) == whole(2)


def test_two_that_add_the_same_add_it_once(tmp_path: Path) -> None:
    """Both make the archive, both add the same files at the same time."""
    address = str(tmp_path / "a.db")
    for process in [other(adding, address, 0), other(adding, address, 0)]:
        said(process)
    with open_store(address) as store:
        assert state(store) == whole()


@pytest.mark.parametrize("room", [4096, 60_000, 200_000])
def test_without_room_it_stops_intact(tmp_path: Path, room: int) -> None:
    """The error says so; what was there is there, and with more room the same add goes on."""
    address = str(tmp_path / "a.db")
    add_all(address)
    size = (tmp_path / "a.db").stat().st_size
    assert said(other(limited, address, size + room, 1)) == f"NoSpace {NoSpace.exit_code}"
    with open_store(address) as store:
        assert list(store.check()) == []
        assert store.stats().records >= whole()["records"]  # type: ignore[operator]
    add_all(address, 1)
    with open_store(address) as store:
        assert state(store) == whole(2)


def test_without_room_a_backup_leaves_nothing_half(tmp_path: Path) -> None:
    """No file of the name wanted, and none beside it."""
    address = tmp_path / "a.db"
    add_all(str(address))
    before = sorted(tmp_path.iterdir())
    code = (
        "import resource, pathlib; from memcon.store import open_store; from memcon.errors import NoSpace\n"
        f"store = open_store({str(address)!r})\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))\n"
        f"try: store.backup(pathlib.Path({str(tmp_path / 'copy.db')!r}))\n"
        "except NoSpace as error: print('NoSpace')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "NoSpace\n"
    assert [
        path for path in sorted(tmp_path.iterdir()) if path.suffix not in (".db-wal", ".db-shm")
    ] == before


def test_a_backup_taken_while_others_write_is_whole(tmp_path: Path) -> None:
    """Each copy opens, has whole files only, and is sound."""
    address = str(tmp_path / "a.db")
    open_store(address, create=True).close()
    process = other(adding, address, 0)
    number = 0
    with open_store(address) as store:
        while process.poll() is None:
            number += 1
            store.backup(tmp_path / f"copy{number}.db")
    said(process)
    assert number >= 1
    for each in {1, (number + 1) // 2, number}:
        with open_store(tmp_path / f"copy{each}.db") as copy:
            stats = copy.stats()
            assert (stats.records, stats.problems["note"]) == (stats.sources * RECORDS, stats.sources)
            assert list(copy.check()) == []


def test_what_is_no_archive_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A text, a picture, another program's database, a folder."""
    text, foreign = tmp_path / "text.db", tmp_path / "foreign.db"
    text.write_text("Memorandum of conversation. " * 200)
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    connection.close()
    for path in (text, foreign):
        before = path.read_bytes()
        for create in (True, False):
            with pytest.raises(ArchiveDamaged):
                open_store(path, create=create)
        assert path.read_bytes() == before
    with pytest.raises(BadInput):
        open_store(tmp_path)
    with pytest.raises(BadInput):
        open_store(tmp_path / "no" / "folder" / "a.db", create=True)


def test_a_damaged_archive_says_so(tmp_path: Path) -> None:
    """Rubbish in the middle: asking raises `ArchiveDamaged`, checking lists it; neither breaks off otherwise."""
    path = tmp_path / "a.db"
    add_all(str(path))
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passages'").fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(4096))
    with open_store(path) as store:
        assert any(problem.severity is Severity.ERROR for problem in store.check())
        with pytest.raises(ArchiveDamaged):
            list(store.records())


def test_a_truncated_archive_says_so(tmp_path: Path) -> None:
    """The second half is gone."""
    path = tmp_path / "a.db"
    add_all(str(path))
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(ArchiveDamaged):
        _all_of(path)


def _all_of(path: Path) -> None:
    with open_store(path) as store:
        assert any(problem.severity is Severity.ERROR for problem in store.check())
        list(store.records())


if __name__ == "__main__":
    commands = {command.__name__: command for command in (kill, limited, reading, adding)}
    commands[sys.argv[1]](*sys.argv[2:])
