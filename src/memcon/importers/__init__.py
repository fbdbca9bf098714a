"""Files in, records out: one module a format, and exactly one claims a file.

An importer is asked two things: is this file mine (by its content, not only by its name), and what is in it.
What is in it comes as a stream of `Item`: the `Collection` first where the file is one, then `Record`s,
and a `Problem` for whatever could not be read; an importer raises only for faults of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from memcon.model import Collection, Problem, Record, Severity

Item = Collection | Record | Problem


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read: its name as given, its bytes, and the columns of a table if the user mapped them."""

    name: str
    data: bytes
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def suffix(self) -> str:
        """Lower case, with its dot: ".xml"."""
        return Path(self.name).suffix.lower()

    @property
    def head(self) -> bytes:
        """The first 64 KiB, enough for a claim."""
        return self.data[:65536]


class Importer(Protocol):
    """What each module of this folder provides as its own functions."""

    media_type: str

    def claims(self, file: File) -> bool:
        """True when the file is of this format, judged by content."""

    def records(self, file: File) -> Iterator[Item]:
        """All that is in the file, in its order."""


# The narrower the form, the earlier it is asked: a Wilson page is also a web page, a web page also a text.
# The first row in which somebody claims the file decides, and within a row exactly one may.
_ROWS = (("tei", "wilson", "docx", "pdf"), ("markdown", "webpage", "tabular"), ("plain",))


def identify(file: File) -> Importer | Problem:
    """The one importer that claims the file, or a problem where there is none, or more than one."""
    if not file.data.strip():
        return Problem(file.name, "is empty", Severity.ERROR)
    for row in _ROWS:
        claimants = [name for name in row if _importer(name).claims(file)]
        if len(claimants) > 1:
            told = " and ".join(claimants)
            return Problem(file.name, f"is claimed by {told}; please report it with the file", Severity.ERROR)
        if claimants:
            return _importer(claimants[0])
    return Problem(
        file.name, "is of no format known here; save it as text, Markdown, HTML, DOCX or PDF", Severity.ERROR
    )


def records(file: File) -> Iterator[Item]:
    """All that is in a file. Whatever breaks while it is read is a problem of that file and stops nothing else."""
    return opened(file)[1]


def opened(file: File) -> tuple[str, Iterator[Item]]:
    """The media type of a file, and its `records`: for whoever needs both, it is identified once."""
    try:
        chosen = identify(file)
    except Exception as fault:  # noqa: BLE001 - as in `_guarded`: a claim looks into the file with those libraries
        chosen = _broken(file, fault)
    if isinstance(chosen, Problem):
        return "application/octet-stream", iter((chosen,))
    return chosen.media_type, _guarded(file, chosen)


def _guarded(file: File, chosen: Importer) -> Iterator[Item]:
    try:
        yield from chosen.records(file)
    except Exception as fault:  # noqa: BLE001 - the border to other people's libraries, fed with anything at all
        yield _broken(file, fault)


def _broken(file: File, fault: Exception) -> Problem:
    told = f"{type(fault).__name__}: {fault}".splitlines()[0][:200]
    return Problem(file.name, f"could not be read to its end ({told})", Severity.ERROR)


@cache
def _importer(name: str) -> Importer:
    """The module of that name, loaded when first asked: the libraries behind some are heavy."""
    return cast("Importer", import_module(f"memcon.importers.{name}"))
