"""Markdown files, with front matter or without: a passage's text is exactly its characters in the file.

The signs of Markdown stay in the text and are marked, so that every quotation is found again in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

import yaml

from memcon import references
from memcon.importers import File, Item, dfat, encoding, heads
from memcon.importers.fields import Sheet, slug
from memcon.importers.paragraphs import Paragraph, paragraphs
from memcon.importers.passages import Piece, compose, piece
from memcon.model import Mark, MarkKind, PassageKind, Problem, Record, Severity
from memcon.text import Span, squeeze

media_type = "text/markdown"

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)
_SUFFIXES = {".md", ".markdown", ".mdown"}
_FRONT_LIMIT = 262_144


def claims(file: File) -> bool:
    """Front matter at the beginning, or text under a name of Markdown."""
    opening = encoding.opening(file)
    if re.match(r"\ufeff?---[ \t]*\r?\n[ \t]*[\w\"']", opening):
        return True
    return file.suffix in _SUFFIXES and not opening.lstrip().startswith(("<?xml", "<TEI"))


def records(file: File) -> Iterator[Item]:
    """One record a file, and for a volume's paper the volume as its collection."""
    decoded = encoding.decode(file)
    yield from decoded.problems
    if decoded.text is None:
        return
    front, start, fault = _front(file.name, decoded.text)
    if fault:
        yield fault
    sheet = Sheet(file.name)
    record = _record(sheet, file, _pieces(decoded.text, start), front)
    collection = dfat.collection(front) if dfat.is_paper(front) else sheet.collection()
    if collection:
        yield collection
    yield record


def _record(sheet: Sheet, file: File, rows: list[Piece], front: dict[str, Any]) -> Record:
    if dfat.is_paper(front):
        dfat.describe(sheet, front)
    else:
        for label, value in _flat(front):
            sheet.put(label, value)
    rows = heads.read(sheet, rows)
    _source_line(sheet, rows)
    stem = PurePosixPath(file.name.replace("!/", "/")).stem
    sheet.values.setdefault("own_id", "id" in sheet.values)
    sheet.values.setdefault("id", slug(stem))
    sheet.values.setdefault("title", _title(rows) or stem)
    if not rows:
        sheet.note("has no text", Severity.WARNING)
    return sheet.record(compose(rows), language=sheet.values.get("language"))


def _source_line(sheet: Sheet, rows: Sequence[Piece]) -> None:
    """The archive's signature printed below the text, where the description gives none."""
    if not sheet.values.get("references"):
        printed = [row.plain for row in rows if row.kind is PassageKind.SOURCE_NOTE]
        sheet.values["references"] = tuple(references.parse(line) for line in dict.fromkeys(printed))


def _title(rows: Sequence[Piece]) -> str | None:
    first = next((row for row in rows if row.text.startswith("#")), rows[0] if rows else None)
    return squeeze(first.plain)[:300] if first else None


# --- front matter -----------------------------------------------------------------------------------------


def _front(name: str, whole: str) -> tuple[dict[str, Any], int, Problem | None]:
    """The front matter as strings and lists of strings, where the body begins, and what is wrong with it."""
    found = _FRONT.match(whole)
    if not found:
        return {}, 0, None
    fault = _refuses(found[1])
    if fault is None:
        try:
            values = yaml.load(found[1], Loader=yaml.CBaseLoader)  # noqa: S506 - makes strings only
        except (yaml.YAMLError, RecursionError) as wrong:
            fault = (
                f"its front matter is no YAML ({str(wrong).splitlines()[0]}); the text was read without it"
            )
        else:
            if isinstance(values, dict):
                return values, found.end(), None
            fault = "its front matter holds no keys; the text was read without it"
    return {}, found.end(), Problem(name, fault, Severity.WARNING)


def _refuses(text: str) -> str | None:
    """Aliases can make a small file a large one."""
    if len(text) > _FRONT_LIMIT:
        return "its front matter is far too long to be one; the text was read without it"
    try:
        aliases = any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        )
    except (yaml.YAMLError, RecursionError):
        return None
    return "its front matter uses aliases, which are not read; write the values out" if aliases else None


def _flat(front: dict[str, Any], above: str = "") -> Iterator[tuple[str, str | list[str]]]:
    """Nested keys as "a.b", lists of plain values whole."""
    for key, value in front.items():
        label = f"{above}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{label}.")
        elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
            yield from _flat({str(at): one for at, one in enumerate(value, 1)}, f"{label}.")
        else:
            yield label, value if isinstance(value, list) else str(value)


# --- the text ---------------------------------------------------------------------------------------------

_ITEM_START = re.compile(r"(?:\r?\n)(?=[*+-] |\[\^?\d+\]:? |> ?\(?\w{1,3}[.)] |_$)")
_SIGNS_ONLY = re.compile(r"[\s*_#>|-]+$")
_NOTE = re.compile(
    r"(?:_|\* )?(?:\[\^?(?P<square>\d{1,3})\](?!\.):?|(?P<bare>\d{1,3})(?=[ \t]+(?:[A-Z“‘\"'(\[_]|i\.e\.|e\.g\.))"
    r"|(?P<glued>\d{1,2})(?=[A-Z][a-z]))"
)
_ENCLOSURE = re.compile(
    r"(?:attachment|annex|annexure|appendix|enclosure|schedule)\b[ '\"‘’“”\w]{0,6}$", re.IGNORECASE
)
_SIGNATURE = re.compile(r"(?:[A-Z][\w.’'-]*[,.]? ?){1,5}$")


@dataclass(frozen=True, slots=True)
class _Row:
    """A piece, and whether a paragraph of nothing but signs stood before it."""

    piece: Piece
    after_signs: bool


def _pieces(whole: str, start: int) -> list[Piece]:
    """Body and notes in the order of the file: notes begin at a note 1 that stands apart, and end where signs close them."""
    rows = _rows(whole, start)
    out: list[Piece] = []
    body: list[Piece] = []
    last = 0
    for at, row in enumerate(rows):
        number = _number(row.piece, last)
        if number == 1 and _stands_apart(rows, at):
            last = 1
            out += [*_closed(body), replace(row.piece, kind=PassageKind.NOTE, note="1")]
            body = []
        elif last and not (number is None and (row.after_signs or _ENCLOSURE.match(row.piece.plain))):
            last = max(last, number or 0)
            out.append(_apparatus(row.piece, number))
        else:
            last = 0
            body.append(_body(row.piece))
    return [*out, *_closed(body)]


def _rows(whole: str, start: int) -> list[_Row]:
    out: list[_Row] = []
    closed = False
    for paragraph in (part for each in paragraphs(whole, start) for part in _items(each)):
        if _SIGNS_ONLY.match(paragraph.text):
            closed = True
            continue
        out.append(_Row(replace(piece(paragraph), marks=signs(paragraph.text)), closed))
        closed = False
    return out


def _items(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A list without empty lines between its items, item by item."""
    at = 0
    ends = [found.start() for found in _ITEM_START.finditer(paragraph.text)]
    for end in [*ends, len(paragraph.text)]:
        raw = paragraph.text[at:end]
        if text := raw.strip():
            yield Paragraph(text, paragraph.start + at + raw.index(text[0]))
        at = end


def _number(row: Piece, last: int) -> int | None:
    """The number of the note that a piece may begin: any number at first, within the notes only one that follows."""
    found = _NOTE.match(row.text)
    if found is None:
        return None
    if found["glued"]:
        return last + 1 if last and int(found["glued"]) == last + 1 else None
    number = int(found["square"] or found["bare"])
    return number if number == 1 or (last and last <= number <= last + 4) else None


def _stands_apart(rows: Sequence[_Row], at: int) -> bool:
    """A note 1 after a paragraph of signs or the archive's signature; else only the last one, with its anchor before."""
    row = rows[at].piece
    if at and (rows[at].after_signs or row.text.startswith(("_", "[^")) or _is_source(rows[at - 1].piece)):
        return True
    if any(_number(other.piece, 0) == 1 for other in rows[at + 1 :]):
        return False
    return any(re.search(r"\[\^?1\]", other.piece.text) for other in rows[:at])


def _apparatus(row: Piece, number: int | None) -> Piece:
    if _is_source(row):
        return replace(row, kind=PassageKind.SOURCE_NOTE)
    return replace(row, kind=PassageKind.NOTE, note=str(number) if number else None)


def _is_source(row: Piece) -> bool:
    """A line that is one archival signature in square brackets."""
    return bool(re.match(r"\[ ?[A-Z][A-Za-z]{1,9} ?: ?[^\[\]]+\]$", row.plain)) and len(row.plain) < 160


def _body(row: Piece) -> Piece:
    if _is_source(row):
        return replace(row, kind=PassageKind.SOURCE_NOTE)
    if re.match(r"\[[^\[\]]*\]\.?$", row.plain) and re.search(
        r"\b(?:omitted|declassified|missing)\b", row.plain
    ):
        return replace(row, kind=PassageKind.EDITORIAL)
    if _ENCLOSURE.match(row.plain):
        return replace(row, kind=PassageKind.ENCLOSURE)
    if row.text.startswith(("* ", "- ", "+ ")):
        return replace(row, kind=PassageKind.ITEM)
    return replace(row, kind=PassageKind.HEADING) if _is_heading(row) else row


def _is_heading(row: Piece) -> bool:
    plain = re.sub(r"\[\d+\](?:\(#[^)]*\))?", "", row.plain).strip()
    if re.match(r"#{1,6}\s", row.text):
        return True
    if len(plain) > 160 or plain.endswith((".", ";", ":")) or not re.search(r"[^\W\d_]", plain):
        return False
    emphasis = re.match(r"(_+|\*+)(?!\s).*(?<!\s)\1(?:\[\d+\](?:\(#[^)]*\))?)?$", row.text, re.DOTALL)
    return bool(emphasis) or (plain.isupper() and len(plain) > 3)


def _closed(body: list[Piece]) -> list[Piece]:
    """The last piece of the text as a signature where it is no more than a name."""
    last = next((at for at in range(len(body) - 1, 0, -1) if body[at].kind is not PassageKind.SOURCE_NOTE), 0)
    if (
        last > 1
        and body[last].kind is PassageKind.PARAGRAPH
        and len(body[last].plain) < 50
        and _SIGNATURE.match(body[last].plain)
    ):
        body[last] = replace(body[last], kind=PassageKind.SIGNATURE)
    return body


# --- signs of the format ----------------------------------------------------------------------------------

_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!~>|-])")
_EDGE = re.compile(r"^(?:#{1,6}[ \t]+|[*+-][ \t]+|>[ \t]?)+|(?<=\n)(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE)
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(?P<sign>\*\*\*|\*\*|\*|__|_)(?=\S)(?P<words>[^*_]+?)(?<=\S)(?P=sign)(?![\w*])"
)
_LOOSE = re.compile(r"^\*\*\*\*$|^_(?=\S)|(?<=\S)_$|(?<!\S)_(?=\S)|(?<=\S)_(?!\w)")
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]{1,2000})\]\((?P<target>[^)\s]{1,2000})\)|<(?P<bare>https?://[^>\s]{1,2000})>"
)
_RULE = re.compile(r"^[ \t]*\|?(?: ?:?-{3,}:? ?\|?)+[ \t]*$", re.MULTILINE)


def signs(text: str) -> tuple[Mark, ...]:
    """What in a paragraph are signs of Markdown and no words: one mark a stretch, none overlapping another."""
    taken = _Taken(bytearray(len(text)), [])
    other: list[Mark] = []
    for pattern in (_ESCAPE, _EDGE, _RULE):
        taken.add(found.span() for found in pattern.finditer(text))
    for found in _LINK.finditer(text):
        if (found["target"] or "").startswith("#"):
            continue  # an anchor: `passages` ties it to its note
        name = "words" if found["words"] else "bare"
        other.append(Mark(MarkKind.LINK, Span(*found.span(name)), found["target"] or found["bare"]))
        taken.add(((found.start(), found.start(name)), (found.end(name), found.end())))
    for found in _EMPHASIS.finditer(text):
        target = "bold" if found["sign"] == "**" else "italic"
        other.append(Mark(MarkKind.EMPHASIS, Span(*found.span("words")), target))
        taken.add(((found.start(), found.start("words")), (found.end("words"), found.end())))
    taken.add(found.span() for found in _LOOSE.finditer(text))
    return tuple(sorted(taken.marks + other, key=lambda mark: mark.span))


@dataclass(frozen=True, slots=True)
class _Taken:
    """The signs marked so far, and a byte for each character that is one."""

    cover: bytearray
    marks: list[Mark]

    def add(self, spans: Iterable[tuple[int, int]]) -> None:
        for start, end in spans:
            if start < end and not any(self.cover[start:end]):
                self.cover[start:end] = b"\x01" * (end - start)
                self.marks.append(Mark(MarkKind.MARKUP, Span(start, end)))
