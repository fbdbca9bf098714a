"""Word documents: headings, paragraphs, lists, tables and footnotes in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from memcon.importers import File, Item, plain
from memcon.importers.passages import Piece
from memcon.model import Mark, MarkKind, PassageKind, Problem, Severity
from memcon.text import Span

media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LARGEST = 256 << 20  # bytes that the parts of a document may unpack to
_RATIO = 200
_FREE = 16 << 20


def claims(file: File) -> bool:
    """A zip with the parts of a Word document, or one that only has its name."""
    if not file.data.startswith(b"PK\x03\x04"):
        return False
    return file.suffix in {".docx", ".docm"} or b"word/document.xml" in file.data


def records(file: File) -> Iterator[Item]:
    """One record a document."""
    fault = _refuses(file.data)
    if fault:
        yield Problem(file.name, fault, Severity.ERROR)
        return
    try:
        document = Document(io.BytesIO(file.data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as wrong:
        yield Problem(
            file.name, f"is no Word document that can be opened ({wrong}); save it anew", Severity.ERROR
        )
        return
    numbers: dict[str, str] = {}
    rows = [row for block in document.iter_inner_content() for row in _block(block, numbers)]
    rows += _notes(document, numbers)
    record = plain.record(file.name, rows, document.core_properties.title or _heading(rows))
    yield replace(record, problems=(*record.problems, *_numbered(document, file.name, record.id)))


def _refuses(data: bytes) -> str | None:
    """A small file may unpack to one that fills the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError, EOFError) as fault:
        return f"is damaged or cut off ({fault}); get it anew"
    if size > _LARGEST or (size > _FREE and size > _RATIO * len(data)):
        return f"unpacks to {size >> 20:,} MiB, far more than a document has, and was not opened"
    return None


def _heading(rows: list[Piece]) -> str | None:
    return next((row.text for row in rows[:5] if row.kind is PassageKind.HEADING), None)


def _block(block: Any, numbers: dict[str, str]) -> Iterator[Piece]:
    if hasattr(block, "rows"):
        yield from _table(block)
        return
    text, marks = _words(block._p, numbers)  # noqa: SLF001 - its runs leave the anchors of footnotes out
    lead = len(text) - len(text.lstrip())
    if bare := text.strip():
        moved = tuple(
            replace(mark, span=Span(*(min(max(0, at - lead), len(bare)) for at in mark.span)))
            for mark in marks
        )
        yield Piece(bare, _kind(block), marks=moved)


def _kind(block: Any) -> PassageKind:
    style = (block.style.name or "") if block.style is not None else ""
    if style.startswith(("Heading", "Title", "Subtitle")):
        return PassageKind.HEADING
    listed = style.startswith("List") or block._p.find(f".//{qn('w:numPr')}") is not None  # noqa: SLF001
    return PassageKind.ITEM if listed else PassageKind.PARAGRAPH


def _words(element: Any, numbers: dict[str, str]) -> tuple[str, list[Mark]]:
    """The words of a paragraph; an anchor is an empty span, for the file has no sign for it."""
    out: list[str] = []
    marks: list[Mark] = []
    at = 0
    for node in element.iter():
        piece = _sign(node)
        if node.tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
            key = f"{node.tag}{node.get(qn('w:id'))}"
            number = numbers.setdefault(key, str(len(numbers) + 1))
            marks.append(Mark(MarkKind.ANCHOR, Span(at, at), f"n{number}"))
        out.append(piece)
        at += len(piece)
    return "".join(out), marks


def _sign(node: Any) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    inside = node.getparent() is not None and node.getparent().tag == qn("w:r")
    return signs.get(node.tag, "") if inside else ""


def _table(table: Any) -> Iterator[Piece]:
    """A row a passage, its cells parted by tabs."""
    for row in table._tbl.tr_lst:  # noqa: SLF001 - `row.cells` repeats merged cells
        cells = [" ".join(_words(p, {})[0].strip() for p in cell.iter(qn("w:p"))) for cell in row.tc_lst]
        if any(cell.strip() for cell in cells):
            yield Piece("\t".join(cells), PassageKind.ROW)


def _notes(document: Any, numbers: dict[str, str]) -> Iterator[Piece]:
    """Footnotes and endnotes in the order of their anchors."""
    words: dict[str, str] = {}
    for kind, reference in (("footnote", "w:footnoteReference"), ("endnote", "w:endnoteReference")):
        for part in (
            rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith(f"/{kind}s")
        ):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            for note in etree.fromstring(part.blob, parser).iter(qn(f"w:{kind}")):
                paragraphs = [_words(p, {})[0].strip() for p in note.iter(qn("w:p"))]
                words[f"{qn(reference)}{note.get(qn('w:id'))}"] = "\n".join(p for p in paragraphs if p)
    for key, number in numbers.items():
        yield Piece(words.get(key) or f"[{number}]", PassageKind.NOTE, note=number)


def _numbered(document: Any, name: str, record: str) -> Iterator[Problem]:
    if document.element.body.find(f".//{qn('w:numPr')}") is not None:
        message = (
            "has lists numbered by Word: these numbers are no part of its text, so its points have no labels"
        )
        yield Problem(name, message, Severity.NOTE, record=record)
