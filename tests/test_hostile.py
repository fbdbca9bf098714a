"""Files made to break a reader: a clear problem, bounded memory and time, and nothing fetched or run."""

from __future__ import annotations

import gzip
import io
import socket
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memcon.importers import File, Item, encoding, records
from memcon.importers.containers import Limits, files
from memcon.model import Problem, Record, Severity

MIB = 1 << 20
SMALL = Limits(file=MIB, ratio=50, free=MIB)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection is a fault."""

    def refuse(*_args: object, **_named: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read(name: str, data: bytes) -> list[Item]:
    return list(records(File(name, data)))


def only_problem(name: str, data: bytes) -> Problem:
    [found] = read(name, data)
    assert isinstance(found, Problem)
    assert found.severity is Severity.ERROR
    assert found.where.startswith(name)
    return found


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html", "x.csv", "x.jsonl", "x.docx", "x.pdf", "x"])
@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"\x00" * 5000, bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 300]
)
def test_empty_files_and_garbage_are_one_clear_problem(name: str, data: bytes) -> None:
    """Whatever they are called."""
    assert only_problem(name, data).message


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html", "x.csv", "x.jsonl", "page.htm"])
@pytest.mark.parametrize(
    "line", [b"a" * (30 * MIB), b"word " * (6 * MIB), b"[" * (8 * MIB), b"*_" * (4 * MIB), b"<p" * (4 * MIB)]
)
def test_one_endless_line_is_refused_at_once(name: str, line: bytes) -> None:
    """Neither memory nor time grow beyond the line's own size by much."""
    begin = time.process_time()
    tracemalloc.start()
    found = read(name, line)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any(isinstance(item, Problem) and item.severity is Severity.ERROR for item in found)
    assert not [item for item in found if isinstance(item, Record)]
    assert time.process_time() - begin < 5
    assert peak < 8 * len(line)


def test_a_file_larger_than_the_limit_is_not_even_read(tmp_path: Path) -> None:
    """500 MB of one line cost nothing."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(500 * MIB)
    tracemalloc.start()
    [found] = files(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, Problem)
    assert "500 MiB" in found.message
    assert peak < MIB


def test_nul_characters_in_a_text_are_told() -> None:
    """They are not dropped, nor taken for words."""
    assert (
        "NUL"
        in only_problem(
            "x.txt", b"A talk of some length took place.\n\nHe said\x00this." + b" And that." * 99
        ).message
    )


SLOW = [
    "[" * 20000, "(" * 20000, "/a" * 20000, "_" * 20000, "* " * 20000, "1. " * 20000, "\\" * 20001, "[a](" * 9000,
    "<http://" * 5000, "\n" * 50000, "(a)\n\n" * 9000, " \n" * 30000, "---\n" * 9000, "#" * 20000, "a_b_" * 9000,
    "present: " * 5000, "3 May 1950 " * 5000, "Translated by " * 5000, "from the diary of " * 5000, "| --- " * 9000,
]  # fmt: skip


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html"])
@pytest.mark.parametrize("text", SLOW)
def test_no_text_takes_long(name: str, text: str) -> None:
    """Patterns look at each character a bounded number of times."""
    lead = "Digital Archive International History Declassified\n\nMay 3, 1950\n\n" if name == "x.txt" else ""
    begin = time.process_time()
    read(name, (lead + text).encode())
    assert time.process_time() - begin < 2


def test_scripts_of_a_page_are_counted_and_never_run() -> None:
    """Nor are pictures, frames and styles fetched."""
    page = (
        b"<html><head><script src='http://example.org/x.js'></script><link rel=stylesheet href='http://example.org/x.css'></head>"
        b"<body onload='x()'><img src='http://example.org/x.png'><iframe src='http://example.org'></iframe><p>A talk.</p></body></html>"
    )
    [record] = read("x.html", page)
    assert isinstance(record, Record)
    assert [p.text for p in record.text.passages] == ["A talk."]
    assert dict(record.extras) == {"left out of the page": "1 iframe, 1 script"}


def test_a_page_nested_without_end_is_refused() -> None:
    """A parser would take hours."""
    assert "deep" in only_problem("x.html", b"<html><body>" + b"<div>" * 300_000 + b"x").message


def bomb(size: int) -> bytes:
    """A zip with one member of zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x.txt", b"\x00" * size)
    return out.getvalue()


def tar_bomb(size: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for at in range(size // MIB * 2):
            info = tarfile.TarInfo(f"{at}.txt")
            info.size = MIB // 2
            tar.addfile(info, io.BytesIO(b"\x00" * info.size))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", bomb(20 * MIB)),
        ("x.tar.gz", tar_bomb(20 * MIB)),
        ("x.txt.gz", gzip.compress(b"\x00" * (20 * MIB))),
    ],
    ids=["zip", "tar.gz", "gz"],
)
def test_an_archive_that_unpacks_to_more_than_it_may_is_left(tmp_path: Path, name: str, data: bytes) -> None:
    """What came out before is kept; memory stays within the limit."""
    path = tmp_path / name
    path.write_bytes(data)
    tracemalloc.start()
    problems = [item for item in files(path, SMALL) if isinstance(item, Problem)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problems
    assert problems[-1].severity is Severity.ERROR
    assert peak < 12 * MIB


def test_an_archive_in_an_archive_in_an_archive_has_an_end(tmp_path: Path) -> None:
    """Nesting is bounded."""
    data = b"end"
    for _ in range(6):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("x.zip", data)
        data = out.getvalue()
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    [found] = files(path)
    assert isinstance(found, Problem)
    assert "inside" in found.message


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.xz"])
def test_a_truncated_archive_gives_what_it_has_and_a_problem(tmp_path: Path, kind: str) -> None:
    """Cut anywhere, nothing is raised."""
    out = io.BytesIO()
    body = bytes(range(256)) * 40
    if kind == "zip":
        with zipfile.ZipFile(out, "w") as packed:
            for at in range(4):
                packed.writestr(f"{at}.txt", body)
    else:
        with tarfile.open(fileobj=out, mode=f"w:{kind.partition('.')[2]}") as tar:  # type: ignore[call-overload]
            for at in range(4):
                info = tarfile.TarInfo(f"{at}.txt")
                info.size = len(body)
                tar.addfile(info, io.BytesIO(body))
    whole = out.getvalue()
    path = tmp_path / f"x.{kind}"
    for part in (0.3, 0.5, 0.9 if kind != "tar" else 0.6):
        path.write_bytes(whole[: int(len(whole) * part)])
        found = list(files(path))
        assert isinstance(found[-1], Problem), part
        assert all(isinstance(item, File) for item in found[:-1])


def test_a_document_that_unpacks_to_gigabytes_is_not_opened() -> None:
    """The sizes that its parts declare are summed first."""
    plain = io.BytesIO()
    docx.Document().save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, old.read(part))
        new.writestr("word/media/x.bin", b"\x00" * (60 * MIB))
    assert "unpacks" in only_problem("x.docx", out.getvalue()).message


def test_a_document_with_an_xml_bomb_costs_nothing() -> None:
    """Entities are not expanded."""
    plain = io.BytesIO()
    docx.Document().save(plain)
    out = io.BytesIO()
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    evil = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/document.xml":
                text = data.decode().split("?>", 1)[1]
                data = (
                    evil + text.replace("<w:body>", "<w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p>")
                ).encode()
            new.writestr(part, data)
    begin = time.process_time()
    found = read("x.docx", out.getvalue())
    assert time.process_time() - begin < 3
    assert all(len(p.text) < 1000 for item in found if isinstance(item, Record) for p in item.text.passages)


@pytest.mark.parametrize("cut", [100, 1000, 10_000, 20_000])
def test_a_truncated_document_is_one_problem(cut: int) -> None:
    """Word files end with the list of what is in them."""
    out = io.BytesIO()
    docx.Document().save(out)
    only_problem("x.docx", out.getvalue()[:cut])


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(
        ["x.txt", "x.md", "x.html", "x.csv", "x.jsonl", "x.json", "x.docx", "x.pdf", "x.zip", "x"]
    ),
    lead=st.sampled_from(
        [
            b"",
            b"---\n",
            b"<html>",
            b"%PDF-1.4\n",
            b"PK\x03\x04",
            b'{"title": ',
            b"title,text\n",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
        ]
    ),
    data=st.binary(max_size=300),
)
def test_no_bytes_raise(name: str, lead: bytes, data: bytes) -> None:
    """Whatever comes in, records and problems come out."""
    for item in read(name, lead + data):
        assert not isinstance(item, Problem) or item.message


def test_the_longest_paragraph_that_may_be_is_read() -> None:
    """The limit is far above what was ever printed."""
    text = "word " * (encoding.LONGEST // 5 - 1)
    [record] = read("x.txt", text.encode())
    assert isinstance(record, Record)
    assert len(record.text.passages[0].text) == len(text.strip())


def lines(count: int) -> Iterator[bytes]:
    for at in range(count):
        yield b'{"title": "T %d", "text": "A talk."}\n' % at


def test_many_rows_are_a_stream() -> None:
    """The first record is there before the last row is looked at."""
    begin = time.process_time()
    first = next(records(File("x.jsonl", b"".join(lines(200_000)))))
    assert isinstance(first, Record)
    assert time.process_time() - begin < 2
