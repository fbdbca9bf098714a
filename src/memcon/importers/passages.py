"""Pieces of a file made into the passages of a text: names, labels, notes tied to their anchors, marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from memcon.importers.paragraphs import Labels, Paragraph, anchors, brackets, in_order, paragraphs
from memcon.model import Mark, MarkKind, Passage, PassageKind, Place
from memcon.text import Span, squeeze

_NUMBERED = frozenset({PassageKind.PARAGRAPH, PassageKind.ITEM})


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage to be: `note` is the number of the footnote that it begins, `plain` its words without markup."""

    text: str
    kind: PassageKind = PassageKind.PARAGRAPH
    place: Place | None = None
    note: str | None = None
    folio: str | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def plain(self) -> str:
        """The words, signs of the format left out."""
        out, at = [], 0
        for mark in self.marks:
            if mark.kind is MarkKind.MARKUP and mark.span.start >= at:
                out.append(self.text[at : mark.span.start])
                at = mark.span.end
        return "".join([*out, self.text[at:]]).strip()


def pieces(whole: str, start: int = 0) -> list[Piece]:
    """Every paragraph of a plain text as a piece that knows its characters."""
    return [piece(paragraph) for paragraph in paragraphs(whole, start)]


def piece(paragraph: Paragraph) -> Piece:
    """A paragraph with its place."""
    return Piece(paragraph.text, place=Place("character", paragraph.start, paragraph.end))


def compose(parts: Iterable[Piece]) -> tuple[Passage, ...]:
    """The passages in order: `p1`, `p2`... and, for notes, `n` with their number."""
    rows = list(parts)
    names = _names(rows)
    notes = {row.note: name for row, name in reversed(list(zip(rows, names, strict=True))) if row.note}
    labels = Labels()
    return tuple(_passage(row, name, notes, labels) for row, name in zip(rows, names, strict=True))


def _names(rows: Sequence[Piece]) -> list[str]:
    out: list[str] = []
    seen: dict[str, int] = {}
    for row in rows:
        if row.kind is PassageKind.NOTE:
            name = f"n{row.note}" if row.note else f"{next((n for n in reversed(out) if n[0] == 'n'), 'n0')}+"
            seen[name] = seen.get(name, 0) + 1
            out.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
        else:
            seen["p"] = seen.get("p", 0) + 1
            out.append(f"p{seen['p']}")
    return out


def _passage(row: Piece, name: str, notes: dict[str, str], labels: Labels) -> Passage:
    found = [mark for mark in anchors(row.text, notes) if not (row.note and mark.span.start < 4)]
    firm = [*_own_number(row), *found, *_loose_anchors(row.text, found)]
    cover = _cover(row.text, [*firm, *(mark for mark in row.marks if mark.kind is MarkKind.LINK)])
    marks = [
        mark for mark in row.marks if mark.kind is not MarkKind.MARKUP or not any(cover[slice(*mark.span)])
    ]
    if row.kind is not PassageKind.SOURCE_NOTE:
        marks += [mark for mark in brackets(row.text) if not any(cover[slice(*mark.span)])]
    label = (
        row.note if row.kind is PassageKind.NOTE else labels.of(row.text) if row.kind in _NUMBERED else None
    )
    return Passage(name, row.text, row.kind, label, row.folio, place=row.place, marks=in_order(firm + marks))


def _cover(text: str, marks: Iterable[Mark]) -> bytearray:
    """A byte for each character that lies under one of the marks."""
    out = bytearray(len(text))
    for mark in marks:
        out[slice(*mark.span)] = b"\x01" * (mark.span.end - mark.span.start)
    return out


def _own_number(row: Piece) -> list[Mark]:
    """The number with which a note begins is no word of it."""
    sign = re.match(rf"(?:[_*] ?)?\[?\^?{row.note}\]?:?[ \t]*", row.text) if row.note else None
    return [Mark(MarkKind.MARKUP, Span(*sign.span()))] if sign and sign.end() else []


_LOOSE_ANCHOR = re.compile(r"\[\^?\d{1,3}\]\(#[^)\s]*\)")


def _loose_anchors(text: str, found: Sequence[Mark]) -> list[Mark]:
    """Anchors whose note is not in the file: signs of the format, no words."""
    tied = {mark.span.start for mark in found}
    spans = [Span(*one.span()) for one in _LOOSE_ANCHOR.finditer(text)]
    return [Mark(MarkKind.MARKUP, span) for span in spans if span.start not in tied]


_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*(?:\[\d+\])*$|[\"”)\]]$|[-–—]$")
_NUMBER_FIRST = re.compile(r"[\W_]*(?:\d+|\(\w+\)|[a-z])[.)]")


def breaks_off(before: str, after: str) -> bool:
    """True where a sentence goes on over an empty line: no full stop before it, a small letter after it."""
    return (
        len(before) > 60
        and not _ENDS.search(before)
        and after[:1].islower()
        and not _NUMBER_FIRST.match(after)
    )


def joined(before: Piece, after: Piece) -> Piece:
    """Two pieces as the one sentence that they are, a single space between them."""
    shift = len(before.text) + 1
    place = before.place
    if place and after.place:
        place = Place(place.unit, place.start, after.place.end)
    moved = tuple(
        replace(mark, span=Span(mark.span.start + shift, mark.span.end + shift)) for mark in after.marks
    )
    return replace(before, text=f"{before.text} {after.text}", place=place, marks=before.marks + moved)


_CLASS = r"(?:STRICTLY SECRET|TOP SECRET|MOST SECRET|SECRET|CONFIDENTIAL|RESTRICTED|UNCLASSIFIED|OFFICIAL USE ONLY|LIMITED OFFICIAL USE)\b"
_MARKING = re.compile(
    rf"(?:(?P<number>[A-Z.]{{0,5}}\d[\w/-]*)\\?\. ?)?(?P<before>(?:[A-Z][A-Za-z]*,? ){{0,2}}?)(?P<mark>{_CLASS})(?P<after>(?:[,;/]? ?[A-Z][A-Za-z]*){{0,4}})[.,]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marking:
    """A line of marks of secrecy and haste, as printed; `number` is that of the cable, printed before them."""

    classification: str
    handling: str | None
    number: str | None


def marking(line: str) -> Marking | None:
    """A line that holds nothing but such marks.

    >>> marking("4856. Secret Austeo Priority")
    Marking(classification='Secret', handling='Austeo Priority', number='4856')
    """
    found = _MARKING.match(line.strip()) if len(line) < 70 else None
    if not found or any(word[:1].islower() for word in line.split()):
        return None
    rest = re.sub(r"\band\b", " ", f"{found['before']} {found['after']}", flags=re.IGNORECASE)
    return Marking(
        found["mark"],
        squeeze(rest.replace(",", " ").replace("/", " ").replace(";", " ")) or None,
        found["number"],
    )
