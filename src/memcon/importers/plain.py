"""Plain text: empty lines part its paragraphs, its first line is its title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from memcon.importers import File, Item, encoding, heads
from memcon.importers.fields import Sheet, slug
from memcon.importers.kinds import kind_of
from memcon.importers.passages import Piece, compose, pieces
from memcon.model import PassageKind, Record
from memcon.text import squeeze

media_type = "text/plain"

_SUFFIXES = {".txt", ".text", ".asc"}
_OTHERS = ("<?xml", "<TEI", "{\\rtf", "%PDF", "<!DOCTYPE")


def claims(file: File) -> bool:
    """Text that has no form of its own, or whatever is called a text."""
    if file.suffix in _SUFFIXES:
        return True
    opening = encoding.opening(file).lstrip("\ufeff \t\r\n")
    return bool(opening) and not opening.startswith(_OTHERS)


def records(file: File) -> Iterator[Item]:
    """One record a file."""
    decoded = encoding.decode(file)
    yield from decoded.problems
    if decoded.text is not None:
        yield record(file.name, pieces(decoded.text))


def record(name: str, rows: list[Piece], title: str | None = None) -> Record:
    """The record that pieces of a paper without any description make; its title is given or its first line."""
    sheet = Sheet(name)
    stem = PurePosixPath(name.replace("!/", "/")).stem
    sheet.values |= {"id": slug(stem), "title": squeeze(title or "") or _first_line(rows) or stem}
    rows = heads.read(sheet, _titled(rows, sheet.values["title"]))
    if "kind" not in sheet.values:
        sheet.values["kind"] = next(
            (kind for row in rows[:3] if len(row.plain) < 200 and (kind := kind_of(row.plain))), None
        )
    if not rows:
        sheet.note("has no text")
    return sheet.record(compose(rows))


def _first_line(rows: list[Piece]) -> str | None:
    if not rows:
        return None
    line = squeeze(rows[0].plain.splitlines()[0]) if rows[0].plain else ""
    return line if len(line) <= 300 else line[:297].rsplit(" ", 1)[0] + " …"


def _titled(rows: list[Piece], title: str) -> list[Piece]:
    """The title stays in the text, as the heading that it is, unless the text begins with a whole paragraph."""
    if (
        rows
        and rows[0].kind is PassageKind.PARAGRAPH
        and squeeze(rows[0].plain) == title
        and len(title) < 200
        and not title.endswith(".")
    ):
        return [replace(rows[0], kind=PassageKind.HEADING), *rows[1:]]
    return rows
