"""Files in, records out: one module a format, and exactly one claims a file.

An importer is asked two things: is this file mine (by its content, not only by its name), and what is in it.
What is in it comes as a stream of `Item`: the `Collection` first where the file is one, then `Record`s,
and a `Problem` for whatever could not be read; an importer raises only for faults of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from memcon.model import Collection, Problem, Record

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
