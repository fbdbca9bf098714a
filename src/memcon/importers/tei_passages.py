"""The words of one TEI division as passages: text squeezed, notes apart, markup as marks with exact spans.

An element that is not known gives its text like any other: nothing is dropped because of its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from memcon.importers.paragraphs import Labels
from memcon.importers.tei_markup import XML_ID, Element, local
from memcon.model import Mark, MarkKind, Passage, PassageKind, Place
from memcon.text import Span

Resolve = Callable[[str], str]

# White space is what XML calls so; a no-break or an em space is a character of the paper and stays.
_WHITE = re.compile(r"[ \t\r\n]+")
_SPACES = frozenset(" \t\r\n")
_OTHER_WHITE = re.compile("[\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_KEPT_EMPTY = frozenset({MarkKind.ANCHOR, MarkKind.FOLIO, MarkKind.EXCISION})


class Line:
    """A passage being written: runs of white space become one space, and positions are those of the result."""

    __slots__ = ("begin", "end", "folio", "id", "kind", "label", "length", "marks", "numbered", "parts", "plain",
                 "space")  # fmt: skip

    def __init__(self, kind: PassageKind, begin: int, folio: str | None) -> None:
        self.kind = kind
        self.begin = self.end = begin
        self.folio = folio
        self.parts: list[str] = []
        self.length = 0
        self.space = False
        self.marks: list[tuple[MarkKind, int, int, str | None]] = []
        self.numbered = False
        self.plain = False  # an initial at its beginning is no label
        self.id = ""
        self.label: str | None = None

    def add(self, chunk: str) -> None:
        """Words, with white space that waits until the next word comes."""
        if chunk.isascii() or not _OTHER_WHITE.search(chunk):
            bare = " ".join(chunk.split())
        else:
            bare = _WHITE.sub(" ", chunk).strip(" ")
        if not bare:
            self.space = True
            return
        parts = self.parts
        if parts and (self.space or chunk[0] in _SPACES) and parts[-1] != "\t":
            bare = " " + bare
        parts.append(bare)
        self.length += len(bare)
        self.space = chunk[-1] in _SPACES

    def tab(self) -> None:
        """The border of two cells."""
        self.parts.append("\t")
        self.length += 1
        self.space = False

    def mark(self, kind: MarkKind, start: int, target: str | None) -> None:
        """From `start` to here."""
        self.marks.append((kind, start, self.length, target))

    def passage(self, *, paper: bool) -> Passage:
        """Finished; `paper` when the square brackets are the paper's own, not an editor's."""
        text = "".join(self.parts)
        marks = []
        for kind, start, end, target in self.marks:
            at = start + 1 if start < end and text[start] == " " else start
            if at < end and text[at] not in " \t":
                marks.append(Mark(kind, Span(at, end), target))
            elif mark := _exact(text, kind, start, end, target):
                marks.append(mark)
        if "[" in text:
            marks.extend(_bracketed(text, paper=paper))
        place = Place("line", self.begin, self.end + 1)
        return Passage(self.id, text, self.kind, self.label, self.folio, None, place, tuple(marks))


def _exact(text: str, kind: MarkKind, start: int, end: int, target: str | None) -> Mark | None:
    while start < len(text) and text[start] in " \t" and (start < end or kind is MarkKind.FOLIO):
        start += 1
    end = max(start, end)
    if start == end and kind not in _KEPT_EMPTY:
        return None
    return Mark(kind, Span(start, end), target)


_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_LEFT_OUT = re.compile(
    r"\b(?:omitted|omission|here follows?|not declassified|excised|deleted|illegible|missing)\b",
    re.IGNORECASE,
)


def _bracketed(text: str, *, paper: bool) -> list[Mark]:
    marks = []
    for match in _BRACKETS.finditer(text):
        if _LEFT_OUT.search(match.group()):
            marks.append(Mark(MarkKind.EXCISION, Span(*match.span())))
        elif not paper:
            marks.append(Mark(MarkKind.EDITOR, Span(*match.span())))
    return marks


# --- points ------------------------------------------------------------------------------------------------

_NUMBERED = frozenset({PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.EDITORIAL})
_TELEGRAM = re.compile(r"(\d{1,5})\.\s")
_CAPITAL = re.compile(r"([A-Z])\.\s")


class _Points:
    """The labels of a body's points as they come by; `opens` says that the paper may open with its own number."""

    def __init__(self, *, opens: bool) -> None:
        self.opens = opens
        self.telegram: str | None = None
        self.begin()

    def begin(self) -> None:
        """A heading: what follows counts anew."""
        self.labels = Labels()
        self.capitals = {"@", "H", "U", "W"}  # the letters before A, and before the Roman I, V, X

    def label(self, line: Line) -> str | None:
        """The label of the next passage; words of a `label` in the markup where there is no other."""
        text = self._without_number("".join(line.parts), line.kind)
        given = line.label.strip("().: ") if line.label else None
        if line.plain or self._initial(text):
            return given or None
        return self.labels.of(text) or given or None

    def _without_number(self, text: str, kind: PassageKind) -> str:
        """A telegram's first paragraph begins with the telegram's number: "98. 1. All is well"."""
        opening = _TELEGRAM.match(text) if self.opens else None
        self.opens = self.opens and kind is not PassageKind.PARAGRAPH
        if opening is None or opening.group(1) == "1":
            return text
        self.telegram = opening.group(1)
        return text[opening.end() :]

    def _initial(self, text: str) -> bool:
        """ "Q. Why?" and "M. Dupont": a capital that does not follow the one before it in the alphabet."""
        match = _CAPITAL.match(text)
        if match is None:
            return False
        self.capitals.add(match.group(1))
        return chr(ord(match.group(1)) - 1) not in self.capitals


# --- walking -----------------------------------------------------------------------------------------------


# What is done with an element, by its name; every other element only gives its text.
_METHODS = {
    "hi": "_hi",
    "emph": "_hi",
    "del": "_hi",
    "persName": "_pers_name",
    "gloss": "_gloss",
    "date": "_date",
    "ref": "_ref",
    "ptr": "_ref",
    "lb": "_lb",
    "pb": "_pb",
    "note": "_note",
    "gap": "_gap",
    "graphic": "_graphic",
    "choice": "_choice",
    "p": "_p",
    "head": "_head",
    "dateline": "_dateline",
    "signed": "_signed",
    "closer": "_signed",
    "seg": "_seg",
    "attachment": "_attachment",
    "div": "_div",
    "list": "_list",
    "label": "_label",
    "item": "_item",
    "quote": "_quote",
    "cit": "_quote",
    "row": "_row",
    "#entity": "_entity",
    **dict.fromkeys(
        ("ab", "l", "lg", "sp", "opener", "postscript", "salute", "table", "figure", "figDesc", "trailer",
         "byline", "argument", "epigraph", "floatingText", "group", "text", "front", "body", "back", "div1", "div2",
         "div3", "docTitle", "titlePart", "titlePage", "docImprint", "docAuthor", "speaker", "stage",
         "listBibl", "address", "addrLine", "affiliation", "castList", "docDate", "docEdition", "imprimatur"),
        "_block",
    ),
}  # fmt: skip


@dataclass(slots=True)
class Written:
    """What a division gave: passages, and what else of it the record tells."""

    passages: tuple[Passage, ...]
    sources: tuple[str, ...]  # each source note's words
    nested: tuple[str, ...]  # xml:id of the documents inside
    targets: tuple[str, ...]  # where its cross-references lead
    telegram: str | None  # the number with which a telegram opens
    extras: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Note:
    element: Element
    id: str
    folio: str | None
    source: bool


@dataclass
class Writer:
    """Writes the passages of one division; `resolve` makes an address of a cross-reference's target."""

    resolve: Resolve
    date: Callable[[Element], str | None]
    folio: str | None = None
    editorial: bool = False
    telegram: bool = False
    is_source: Callable[[Element], bool] = lambda _: False
    lines: list[Line] = field(default_factory=list)
    line: Line | None = None
    now: int = 0
    only: PassageKind | None = None  # kind of all passages while in a note or an editorial note
    row: bool = False
    head: PassageKind = PassageKind.HEADING
    waiting: list[tuple[MarkKind, str | None]] = field(default_factory=list)
    notes: list[_Note] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)  # keys of persons and terms
    extras: list[tuple[str, str]] = field(default_factory=list)

    def document(self, element: Element, heading: Element | None) -> Written:
        """The whole division; `heading` is the edition's own heading of it."""
        self.now = element.sourceline or 0
        self.only = PassageKind.EDITORIAL if self.editorial else None
        self._text(element.text or "", PassageKind.PARAGRAPH)
        for child in element:
            if child is heading:
                self._heading(child)
            else:
                self._child(child, PassageKind.PARAGRAPH)
            self._text(child.tail or "", PassageKind.PARAGRAPH)
        self.close()
        body = len(self.lines)
        sources = self._apparatus()
        return self._written(body, sources)

    def _heading(self, element: Element) -> None:
        kept, self.only = self.only, PassageKind.EDITORIAL
        self.close()
        self.flow(element, PassageKind.HEADING)
        self.close()
        if self.lines and not any(line.id for line in self.lines):
            self.lines[-1].id = "head"
        self.only = kept

    def _written(self, body: int, sources: list[str]) -> Written:
        telegram = self._number(self.lines[:body])
        paper = bool(_ORIGINAL.search(" ".join(sources)))
        return Written(
            tuple(line.passage(paper=paper) for line in self.lines),
            tuple(sources),
            tuple(self.nested),
            tuple(self.targets),
            telegram,
            tuple(self.extras),
        )

    def _number(self, lines: list[Line]) -> str | None:
        """Gives the passages of the body their ids and labels; returns the number of a telegram."""
        points, number = _Points(opens=self.telegram), 0
        for line in lines:
            if not line.id:
                number += 1
                line.id = f"p{number}"
            if line.kind in (PassageKind.HEADING, PassageKind.ENCLOSURE):
                points.begin()
            elif line.kind in _NUMBERED and line.id != "head":
                line.label = points.label(line)
        return points.telegram

    def _apparatus(self) -> list[str]:
        """Notes after the body, in the order of their anchors; those inside notes come after them."""
        sources = []
        kept = self.folio
        for note in self.notes:  # grows while notes inside notes are found
            self.only = PassageKind.SOURCE_NOTE if note.source else PassageKind.NOTE
            self.folio, self.now, start = note.folio, note.element.sourceline or 0, len(self.lines)
            self.flow(note.element, self.only)
            self.close()
            for at, line in enumerate(self.lines[start:], 1):
                line.id = note.id if at == 1 else f"{note.id}.{at}"
                line.label = note.element.get("n")
            if note.source:
                sources.append(" ".join("".join(line.parts) for line in self.lines[start:]))
        self.folio = kept
        return sources

    # --- the stream of words and elements

    def flow(self, element: Element, kind: PassageKind) -> None:
        """All that is inside an element, in order."""
        words = element.text
        if words:
            self._text(words, kind)
        for child in element:
            self._child(child, kind)
            words = child.tail
            if words:
                self._text(words, kind)

    def _text(self, chunk: str, kind: PassageKind) -> None:
        line = self.line
        breaks = chunk.count("\n")
        if line is None:
            if not chunk or chunk.isspace():
                self.now += breaks
                return
            line = self._open(kind, breaks - chunk.lstrip().count("\n") if breaks else 0)
        if chunk:
            line.add(chunk)
        if breaks:
            self.now += breaks
            if not chunk.isspace():
                line.end = self.now - chunk[len(chunk.rstrip()) :].count("\n")
        else:
            line.end = self.now

    def _open(self, kind: PassageKind, down: int = 0) -> Line:
        line = self.line = Line(self.only or kind, self.now + down, self.folio)
        line.marks.extend((made, 0, 0, target) for made, target in self.waiting)
        self.waiting.clear()
        self.lines.append(line)
        return line

    def close(self) -> None:
        """The passage ends here; within a row of a table this is only a space."""
        if self.row:
            if self.line is not None:
                self.line.space = True
            return
        self.line = None

    def _child(self, child: Element, kind: PassageKind) -> None:
        tag = child.tag
        handler = _HANDLERS.get(tag)
        if handler is None:
            handler = _HANDLERS[tag] = getattr(Writer, _METHODS.get(local(tag), "_inline"))
        line = child.sourceline
        if line:
            self.now = line
        handler(self, child, kind)

    def _inline(self, child: Element, kind: PassageKind) -> None:
        self.flow(child, kind)

    def _entity(self, child: Element, kind: PassageKind) -> None:
        self._text(child.text or "", kind)
        self.extras.append(("entity not expanded", child.text or ""))

    def _marked(self, child: Element, kind: PassageKind, made: MarkKind, target: str | None) -> None:
        line = self.line
        if line is not None and not len(child):  # the usual case: a word or two
            start = line.length
            if child.text:
                self._text(child.text, kind)
            line.marks.append((made, start, line.length, target))
            return
        start = line.length if line is not None else 0
        count = len(self.lines)
        self.flow(child, kind)
        if line is None and len(self.lines) > count:
            line = self.lines[count]
        if line is not None:
            line.mark(made, start, target)

    def _hi(self, child: Element, kind: PassageKind) -> None:
        self._marked(
            child, kind, MarkKind.EMPHASIS, child.get("rend") or child.get("rendition") or local(child.tag)
        )

    def _pers_name(self, child: Element, kind: PassageKind) -> None:
        target = child.get("corresp") or child.get("ref") or child.get("key")
        self._marked(child, kind, MarkKind.PERSON, self._listed(target) if target else None)

    def _listed(self, target: str) -> str:
        if target[0] == "#":
            self.listed.append(target[1:])
        return target.lstrip("#")

    def _gloss(self, child: Element, kind: PassageKind) -> None:
        target = child.get("target")
        if target:
            self._marked(child, kind, MarkKind.TERM, self._listed(target))
        else:
            self.flow(child, kind)

    def _date(self, child: Element, kind: PassageKind) -> None:
        edtf = self.date(child)
        if edtf:
            self._marked(child, kind, MarkKind.DATE, edtf)
        else:
            self.flow(child, kind)

    def _ref(self, child: Element, kind: PassageKind) -> None:
        target = child.get("target")
        if not target:
            self.flow(child, kind)
            return
        address = self.resolve(target)
        self.targets.append(address)
        self._marked(child, kind, MarkKind.LINK, address)

    def _lb(self, child: Element, kind: PassageKind) -> None:
        if child.get("break") != "no":
            self._text(" ", kind)

    def _pb(self, child: Element, kind: PassageKind) -> None:
        del kind
        number = child.get("n")
        if number is None:
            return
        if self.only not in (PassageKind.NOTE, PassageKind.SOURCE_NOTE):
            self.folio = number
        if self.line is None:
            self.waiting.append((MarkKind.FOLIO, number))
        else:
            self.line.mark(MarkKind.FOLIO, self.line.length, number)

    def _note(self, child: Element, kind: PassageKind) -> None:
        del kind
        note = _Note(child, child.get(XML_ID) or f"n{len(self.notes) + 1}", self.folio, self.is_source(child))
        if any(other.id == note.id for other in self.notes):
            note.id = f"{note.id}-{len(self.notes) + 1}"
        self.notes.append(note)
        line = self.line or (self.lines[-1] if self.lines else None)
        if line is None:
            self.waiting.append((MarkKind.ANCHOR, note.id))
        else:
            line.mark(MarkKind.ANCHOR, line.length, note.id)
        inside = child.itertext(with_tail=False) if len(child) else (child.text or "",)
        self.now += sum(text.count("\n") for text in inside)

    def _gap(self, child: Element, kind: PassageKind) -> None:
        del kind
        told = " ".join(f"{name}={value}" for name, value in child.attrib.items())
        if self.line is not None:
            self.line.mark(MarkKind.EXCISION, self.line.length, told or None)
        if told:
            self.extras.append(("gap", told))

    def _graphic(self, child: Element, kind: PassageKind) -> None:
        self.extras.append(("graphic", child.get("url") or ""))
        self.flow(child, kind)

    def _choice(self, child: Element, kind: PassageKind) -> None:
        """The paper's own word stays in the text; the editors' stands among the extras."""
        own, other = None, []
        for option in child:
            if own is None and local(option.tag) in ("sic", "orig", "abbr", "unclear"):
                own = option
            else:
                other.append(option)
        if own is None:
            self.flow(child, kind)
            return
        self.flow(own, kind)
        for option in other:
            words = _WHITE.sub(" ", "".join(option.itertext())).strip()
            self.extras.append((local(option.tag), words))

    # --- blocks

    def _block(self, child: Element, kind: PassageKind) -> None:
        self.close()
        self.flow(child, kind)
        self.close()

    def _p(self, child: Element, kind: PassageKind) -> None:
        rend = child.get("rend") or ""
        if rend.startswith("sectiontitle") or (rend == "center" and _is_title(child)):
            kind = PassageKind.HEADING
        elif _withheld(child.text):
            kind = PassageKind.EDITORIAL
        self._block(child, kind)

    def _head(self, child: Element, kind: PassageKind) -> None:
        del kind
        self._block(child, self.head)

    def _dateline(self, child: Element, kind: PassageKind) -> None:
        del kind
        self._block(child, PassageKind.DATELINE)

    def _signed(self, child: Element, kind: PassageKind) -> None:
        del kind
        self._block(child, PassageKind.SIGNATURE)

    def _seg(self, child: Element, kind: PassageKind) -> None:
        if local(child.getparent().tag) != "opener":
            self.flow(child, kind)
            return
        enclosed = self.head is PassageKind.ENCLOSURE and "".join(child.itertext()).strip().startswith("[")
        self._block(child, PassageKind.ENCLOSURE if enclosed else PassageKind.DATELINE)

    def _attachment(self, child: Element, kind: PassageKind) -> None:
        kept, self.head = self.head, PassageKind.ENCLOSURE
        self._block(child, kind)
        self.head = kept

    def _div(self, child: Element, kind: PassageKind) -> None:
        if child.get("type") != "document":
            self._block(child, kind)
            return
        self.close()
        self.nested.append(child.get(XML_ID) or "")
        for page in child.iter("{*}pb"):
            self.folio = page.get("n") or self.folio

    def _list(self, child: Element, kind: PassageKind) -> None:
        del kind
        self.close()
        kept, self.head = self.head, PassageKind.HEADING
        start = len(self.lines)
        self.flow(child, PassageKind.ITEM)
        if child.get("type") in ("participants", "to", "subject"):
            for line in self.lines[start:]:
                line.plain = True
        self.head = kept
        self.close()

    def _label(self, child: Element, kind: PassageKind) -> None:
        """The item that follows goes on in the same passage."""
        self.close()
        count = len(self.lines)
        self.flow(child, kind)
        if not self.row and len(self.lines) > count and self.line is not None:
            self.line.label = "".join(self.line.parts)
            self.line.numbered = self.line.space = True

    def _item(self, child: Element, kind: PassageKind) -> None:
        del kind
        if self.line is None or not self.line.numbered:
            self.close()
        else:
            self.line.numbered = False
        self.flow(child, PassageKind.ITEM)
        self.close()

    def _row(self, child: Element, kind: PassageKind) -> None:
        if self.row:
            self._inline(child, kind)
            return
        self.close()
        count = len(self.lines)
        line = self._open(PassageKind.ROW)
        self.row = True
        self._cells(child, line)
        self.row = False
        self.close()
        if not "".join(line.parts).strip("\t"):
            del self.lines[count]
            self.waiting.extend((made, target) for made, _, _, target in line.marks)

    def _cells(self, row: Element, line: Line) -> None:
        cells = 0
        for child in row:
            if local(child.tag) != "cell":
                self._child(child, PassageKind.ROW)
                continue
            if cells:
                line.tab()
            cells += 1
            self.now = child.sourceline or self.now
            self.flow(child, PassageKind.ROW)

    def _quote(self, child: Element, kind: PassageKind) -> None:
        within = local(child.getparent().tag) in ("p", "hi", "quote")
        if (
            within
            and child.get("rend") != "blockquote"
            and not any(local(c.tag) in ("p", "list") for c in child)
        ):
            self.flow(child, kind)
        else:
            self._block(child, kind)


def _is_title(paragraph: Element) -> bool:
    """A short centred line with words in it."""
    words = "".join(paragraph.itertext()).strip()
    return len(words) < 100 and not words.endswith(".") and any(letter.isalpha() for letter in words)


def _withheld(words: str | None) -> bool:
    """ "[Source: ..." in the place of a paper that was not released: the edition speaks."""
    return words is not None and words.lstrip().startswith("[Source:")


_ORIGINAL = re.compile(r"\b[Bb]rackets,? .{0,80}\bin the original\b")

_Handler = Callable[[Writer, Element, PassageKind], None]
_HANDLERS: dict[Any, _Handler] = {}  # by tag, filled as tags are met
