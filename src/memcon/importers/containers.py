"""Folders and archives opened file by file, in a stable order and with bounded memory.

A file inside an archive is called `archive.zip!/inner.md`. Nothing is written to disk, links that lead out of
the folder named are not followed, hidden files and the litter of operating systems are passed over in silence.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, cast

from memcon.errors import BadInput
from memcon.importers import File
from memcon.model import Problem, Severity

_MIB = 1 << 20
_LITTER = {"__macosx", "thumbs.db", "desktop.ini"}
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """`file`: bytes of one file; `ratio`: how many times its size an archive may unpack to; `depth`: of nesting."""

    file: int = 256 * _MIB
    ratio: int = 200
    free: int = 16 * _MIB  # unpacked without looking at the ratio
    depth: int = 3


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Unit:
    """A file on disk that one worker opens: `fault` says why it must not be opened."""

    path: str
    fault: str | None = None


class _TooMuch(Exception):
    """An archive unpacks to more than it may."""


@dataclass(slots=True)
class _Budget:
    """How many bytes may still come out of one archive on disk."""

    limits: Limits
    left: int

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise _TooMuch


@dataclass
class _Counted(io.RawIOBase):
    """A decompressor whose output is counted."""

    inner: IO[bytes]
    budget: _Budget
    ahead: bytes = field(default=b"")

    def readable(self) -> bool:
        return True

    def peek(self, size: int) -> bytes:
        self.ahead = self.read(size)
        return self.ahead

    def read(self, size: int = -1) -> bytes:
        if self.ahead:
            out = self.ahead if size < 0 else self.ahead[:size]
            self.ahead = self.ahead[len(out) :]
            return out
        out = self.inner.read(size)
        self.budget.take(len(out))
        return out


def units(paths: Iterable[str | Path]) -> list[Unit]:
    """The files under the paths, in the order of the paths and, within each, of their names.

    Raises `BadInput` for a path that does not exist. An archive is one unit.
    """
    return [unit for path in paths for unit in _walk_named(os.fspath(path))]


def files(path: str | Path, limits: Limits = LIMITS) -> Iterator[File | Problem]:
    """All files under a path, those in archives among them."""
    for unit in units([path]):
        yield from open_unit(unit, limits)


def open_unit(unit: Unit, limits: Limits = LIMITS) -> Iterator[File | Problem]:
    """The file, or the files in it where it is an archive; one is in memory at a time."""
    if unit.fault:
        yield Problem(unit.path, unit.fault)
        return
    try:
        with Path(unit.path).open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            budget = _Budget(limits, max(limits.free, limits.ratio * size))
            yield from _guarded(unit.path, stream, budget, limits.depth)
    except OSError as fault:
        yield _error(unit.path, f"cannot be read ({fault.strerror or fault}); check its permissions")


def _walk_named(path: str) -> Iterator[Unit]:
    if not os.path.lexists(path):
        raise BadInput(f"There is no file or folder {path}.")
    if Path(path).is_dir():
        yield from _walk(path, Path(path).resolve())
    else:
        yield _unit(path)


def _walk(folder: str, root: Path) -> Iterator[Unit]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as fault:
        yield Unit(folder, f"cannot be listed ({fault.strerror}); check its permissions")
        return
    for entry in entries:
        if _litter(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, root)
        elif entry.is_symlink() and (entry.is_dir() or not Path(entry.path).resolve().is_relative_to(root)):
            yield Unit(
                entry.path, "is a link to another place and was not followed; name that place to add it"
            )
        else:
            yield _unit(entry.path)


def _unit(path: str) -> Unit:
    try:
        mode = Path(path).stat().st_mode
    except OSError as fault:
        return Unit(path, f"cannot be read ({fault.strerror}); check its permissions")
    return Unit(
        path,
        None if stat.S_ISREG(mode) else "is no ordinary file (a pipe, socket or device) and was not opened",
    )


def _litter(name: str) -> bool:
    return any(
        part.startswith((".", "~$")) or part.lower() in _LITTER
        for part in PurePosixPath(name).parts
        if part != "."
    )


def _guarded(name: str, stream: IO[bytes], budget: _Budget, depth: int) -> Iterator[File | Problem]:
    """Opens, and turns whatever breaks into a problem: what came out before stays."""
    try:
        yield from _open(name, stream, budget, depth)
    except _TooMuch:
        limit = budget.limits.ratio
        yield _error(
            name,
            f"unpacks to more than {limit} times its size and was left there; unpack it yourself if you trust it",
        )
    except _BROKEN as fault:
        yield _error(name, f"is damaged or cut off ({_short(fault)}); what came before the damage was read")


def _open(name: str, stream: IO[bytes], budget: _Budget, depth: int) -> Iterator[File | Problem]:
    head = stream.read(512)
    stream.seek(0)
    squeezed = _decompressor(head, stream)
    if squeezed is None and not _is_tar(head) and not head.startswith(b"PK\x03\x04"):
        yield _whole(name, stream, budget.limits)
    elif depth == 0:
        yield _error(name, f"is an archive inside {budget.limits.depth} others; unpack it to add it")
    elif squeezed is not None:
        yield from _compressed(name, _Counted(squeezed, budget), budget, depth)
    elif _is_tar(head):
        yield from _tar(name, stream, budget, depth)
    else:
        yield from _zip(name, stream, budget, depth)


def _whole(name: str, stream: IO[bytes], limits: Limits) -> File | Problem:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > limits.file:
        return _too_large(name, size, limits)
    return File(name, stream.read())


def _decompressor(head: bytes, stream: IO[bytes]) -> IO[bytes] | None:
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    if head.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile(stream)
    return bz2.BZ2File(stream) if head.startswith(b"BZh") else None


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _compressed(name: str, stream: _Counted, budget: _Budget, depth: int) -> Iterator[File | Problem]:
    if _is_tar(stream.peek(512)):
        yield from _tar(name, stream, budget, depth)
        return
    data = _read(stream, budget.limits.file)
    if data is None:
        yield _too_large(name, None, budget.limits)
    else:
        yield from _inner(f"{name}!/{Path(name).stem}", data, budget, depth)


def _tar(name: str, stream: IO[bytes] | _Counted, budget: _Budget, depth: int) -> Iterator[File | Problem]:
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            tar.members = []  # type: ignore[attr-defined]  # else it would remember every one
            inner = f"{name}!/{member.name.removeprefix('./')}"
            if not member.isfile() or _litter(member.name):
                continue
            if member.size > budget.limits.file:
                yield _too_large(inner, member.size, budget.limits)
                continue
            body = tar.extractfile(member)
            data = body.read() if body else b""
            yield from _inner(inner, data, budget, depth)


def _zip(name: str, stream: IO[bytes], budget: _Budget, depth: int) -> Iterator[File | Problem]:
    with zipfile.ZipFile(stream) as packed:
        members = packed.infolist()
        if _is_document(members):
            yield _whole(name, stream, budget.limits)
            return
        for member in members:
            if member.is_dir() or _litter(member.filename):
                continue
            yield from _zip_member(f"{name}!/{member.filename}", packed, member, budget, depth)


def _zip_member(
    inner: str, packed: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget, depth: int
) -> Iterator[File | Problem]:
    if member.flag_bits & 1:
        yield _error(inner, "is locked with a password; unpack it to add it")
        return
    budget.take(0 if member.file_size > budget.limits.file else member.file_size)
    try:
        with packed.open(member) as body:
            data = _read(body, budget.limits.file)
    except _BROKEN as fault:
        yield _error(inner, f"is damaged ({_short(fault)})")
        return
    if data is None:
        yield _too_large(inner, member.file_size, budget.limits)
    else:
        yield from _inner(inner, data, budget, depth)


def _is_document(members: list[zipfile.ZipInfo]) -> bool:
    """A DOCX, ODT or EPUB is a zip too, and one single paper."""
    return any(member.filename in {"[Content_Types].xml", "mimetype"} for member in members)


def _inner(name: str, data: bytes, budget: _Budget, depth: int) -> Iterator[File | Problem]:
    yield from _guarded(name, io.BytesIO(data), budget, depth - 1)


def _read(stream: IO[bytes] | _Counted, limit: int) -> bytes | None:
    """All of it, or None when there is more than the limit."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_MIB):
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
    return b"".join(parts)


def _too_large(name: str, size: int | None, limits: Limits) -> Problem:
    told = f"{size / _MIB:,.0f} MiB" if size else "larger"
    return _error(name, f"is {told}, more than the {limits.file // _MIB} MiB one file may have; split it")


def _error(name: str, message: str) -> Problem:
    return Problem(name, message, Severity.ERROR)


def _short(fault: BaseException) -> str:
    return (str(fault) or type(fault).__name__).splitlines()[0][:120]
