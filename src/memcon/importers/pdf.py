"""PDF files that have a text layer; every passage knows its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import pypdfium2

from memcon.importers import File, Item, plain
from memcon.importers.paragraphs import Paragraph, paragraphs
from memcon.importers.passages import Piece, breaks_off, joined
from memcon.model import Mark, MarkKind, Place, Problem, Severity
from memcon.text import Span

media_type = "application/pdf"

_MOST_PAGES = 20_000
# The library's two signs for a hyphen printed at the end of a line.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\x00": "\ufffd"})
_ENUMERATOR = re.compile(r"\s*(?:\d{1,3}\.|\(\w{1,4}\)|[a-zA-Z]\))\s")


def claims(file: File) -> bool:
    """The mark of a PDF within its first kilobyte."""
    return b"%PDF-" in file.data[:1024]


def records(file: File) -> Iterator[Item]:
    """One record a file."""
    try:
        document = pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as fault:
        yield Problem(
            file.name, f"cannot be opened ({fault}); it is damaged or locked with a password", Severity.ERROR
        )
        return
    try:
        yield from _read(file.name, document)
    finally:
        document.close()


def _read(name: str, document: pypdfium2.PdfDocument) -> Iterator[Item]:
    if len(document) > _MOST_PAGES:
        yield Problem(
            name, f"has {len(document):,} pages, more than {_MOST_PAGES:,}; split it", Severity.ERROR
        )
        return
    rows: list[Piece] = []
    empty: list[str] = []
    for number in range(1, len(document) + 1):
        found = list(_page(_text(document, number), number))
        if not found:
            empty.append(str(number))
        rows = _continued(rows, found, number)
    if not rows:
        yield Problem(
            name, "has no text layer, only pictures of pages; run an OCR program on it first", Severity.ERROR
        )
        return
    record = plain.record(name, rows, (document.get_metadata_dict().get("Title") or "").strip() or None)
    if empty:
        told = ", ".join(empty[:20]) + (" and others" if len(empty) > 20 else "")
        fault = Problem(
            name, f"has no text on page {told} of {len(document)}: a picture, or empty", record=record.id
        )
        record = replace(record, problems=(*record.problems, fault))
    yield record


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number - 1]
    try:
        words: str = page.get_textpage().get_text_range()
    finally:
        page.close()
    return words.translate(_HYPHENS)


def _page(text: str, number: int) -> Iterator[Piece]:
    for block in paragraphs(text):
        for words in _cut(block):
            yield Piece(words, place=Place("page", number, number + 1), folio=str(number))


def _cut(block: Paragraph) -> Iterator[str]:
    """Lines as paragraphs: a short line with a full stop ends one, a number begins one."""
    lines = [line.rstrip() for line in block.text.splitlines()]
    width = median(len(line) for line in lines)
    at = 0
    for end in range(1, len(lines) + 1):
        before = lines[end - 1]
        ended = len(before) < 0.8 * width and before.rstrip("\"'”’)").endswith((".", "!", "?", ":"))
        if end == len(lines) or ended or _ENUMERATOR.match(lines[end]):
            if words := "\n".join(lines[at:end]).strip():
                yield words
            at = end


def _continued(rows: list[Piece], page: list[Piece], number: int) -> list[Piece]:
    """A sentence that a page break has cut is one passage, with a mark where the new page begins."""
    if not rows or not page or not breaks_off(rows[-1].text, page[0].text):
        return rows + page
    at = len(rows[-1].text) + 1
    whole = joined(rows[-1], page[0])
    folio = Mark(MarkKind.FOLIO, Span(at, at), str(number))
    return [*rows[:-1], replace(whole, marks=(*whole.marks, folio)), *page[1:]]
