"""TEI P5 files, with the dialect of the *Foreign Relations* volumes: one record a document division.

A file without such divisions is one record. Nothing outside the file is read, no entity is expanded, and a file
that is no well-formed XML gives the documents that the fault does not touch, with a problem for each of the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from memcon.importers import File, Item
from memcon.importers.kinds import kind_of
from memcon.importers.tei_collection import collection, header, header_extras
from memcon.importers.tei_dates import edtf
from memcon.importers.tei_description import (
    Description,
    Fault,
    first_note,
    first_when,
    is_source,
    kind_of_form,
    main_source,
    says_telegram,
    title_of,
)
from memcon.importers.tei_markup import XML_ID, Element, name_of, text_of
from memcon.importers.tei_passages import Writer, Written
from memcon.model import BODY, Credit, Problem, Record, Severity, Text
from memcon.text import squeeze

media_type = "application/tei+xml"

# The largest volume of the series known has 12 MB, and a tree takes some ten times the room of its file.
_LARGEST = 256 * 1024 * 1024
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(TEI|teiCorpus|TEI\.2)[\s>/]")
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>)", re.DOTALL)
_XML = "http://www.w3.org/XML/1998/namespace"


def claims(file: File) -> bool:
    """True when the first element is TEI's."""
    head = file.head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\0", b"")
    at = 0
    while prolog := _PROLOG.match(head, at):
        at = prolog.end()
    return bool(_ROOT.match(head[at : at + 4096].lstrip()))


def records(file: File) -> Iterator[Item]:
    """The volume as a collection, then its documents in order, with problems where they arise."""
    if len(file.data) > _LARGEST:
        yield Problem(
            file.name,
            "The file is larger than 256 MB: split it and add the parts.",
            Severity.ERROR,
            file.name,
        )
        return
    root, faults = _parse(file.data)
    if root is None:
        yield Problem(_line(file, faults), f"This is no XML: {faults[0][1]}.", Severity.ERROR, file.name)
        return
    for number, message in faults:
        yield Problem(
            f"{file.name}, line {number}", f"Not well-formed: {message}.", Severity.ERROR, file.name
        )
    whole = [root] if name_of(root) != "teiCorpus" else root.findall("{*}TEI")
    for edition in whole:
        yield from _Volume(file, edition, [number for number, _ in faults]).items()


def _line(file: File, faults: list[tuple[int, str]]) -> str:
    return f"{file.name}, line {faults[0][0]}"


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False, recover=recover,
    )  # fmt: skip


def _parse(data: bytes) -> tuple[Element | None, list[tuple[int, str]]]:
    """The tree, and the faults with their lines; no tree where nothing can be made of the bytes."""
    try:
        return etree.fromstring(data, _parser(recover=False)), []
    except etree.XMLSyntaxError as error:
        faults = [(error.lineno or 1, _sentence(error.msg or str(error)))]
    lenient = _parser(recover=True)
    try:
        root = etree.fromstring(data, lenient)
    except etree.XMLSyntaxError:
        return None, faults
    logged = [(entry.line, _sentence(entry.message)) for entry in lenient.error_log]
    return root, list(dict.fromkeys(logged))[:100] or faults


def _sentence(message: str) -> str:
    return squeeze(message.partition(", line ")[0]).rstrip(".")


# --- a volume -----------------------------------------------------------------------------------------------


@dataclass
class _Volume:
    """One TEI element and what its documents need to know of it."""

    file: File
    root: Element
    faults: list[int]
    id: str = ""
    keys: set[str] = field(default_factory=set)
    homes: dict[str, str] = field(default_factory=dict)  # xml:id of an anchor to that of its document
    folios: dict[Element, str | None] = field(default_factory=dict)
    above: dict[Element, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)

    def items(self) -> Iterator[Item]:
        idno = self.root.find("./{*}teiHeader//{*}publicationStmt/{*}idno[@type='frus']")
        name = re.sub(r"\.\w+$", "", self.file.name.rpartition("/")[2])
        self.id = self.root.get(XML_ID) or text_of(idno) or name
        documents = self._survey()
        if not documents and self.faults:
            return
        if not documents:
            yield from self._safely(self.root, self._plain)
            return
        yield collection(self.root, self.id)
        ends = [document.sourceline or 0 for document in documents[1:]] + [1 << 60]
        for document, end in zip(documents, ends, strict=True):
            damaged = next((line for line in self.faults if (document.sourceline or 0) <= line < end), None)
            if damaged is None:
                yield from self._safely(document, self._document)
            else:
                yield self._fault(
                    document, damaged, "The document is damaged here: mend the file and add it again"
                )
        yield from self._unresolved()

    def _survey(self) -> list[Element]:
        """All document divisions in order; on the way, the page on which each begins and the home of each id."""
        documents, folio, home = [], None, ""
        self.keys = set(self.root.xpath("//@xml:id"))
        for element in self.root.iter("{*}div", "{*}pb", "{*}note"):
            key = element.get(XML_ID)
            if element.tag.endswith("pb"):
                folio = element.get("n") or folio
            elif element.get("type") == "document" and element.tag.endswith("div"):
                documents.append(element)
                self.folios[element] = folio
                home = key or ""
            if key:
                self.homes[key] = home
        return documents

    def _safely(self, element: Element, make: Callable[[Element], Record]) -> Iterator[Item]:
        try:
            record = make(element)
        except RecursionError:
            yield self._fault(element, element.sourceline or 0, "The markup is nested too deeply to be read")
            return
        yield record

    def _fault(
        self, element: Element, line: int, message: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        where = f"{self.file.name}, line {line}"
        return Problem(where, f"{message}.", severity, self.file.name, self._address(element.get(XML_ID)))

    def _address(self, key: str | None) -> str | None:
        return f"{self.id}/{key}" if key else None

    def _unresolved(self) -> Iterator[Problem]:
        for target, count in self.unknown.items():
            times = "once" if count == 1 else f"{count} times"
            yield Problem(
                self.file.name,
                f'"{target}" is pointed to {times} and is not there.',
                Severity.NOTE,
                self.file.name,
            )

    def resolve(self, target: str) -> str:
        """An address: of a document, of a note or page in one, of another volume, or as given."""
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            return target
        volume, _, key = target.partition("#")
        if volume and volume != self.id:
            return f"{volume}/{key}" if re.fullmatch(r"d\d+\w*", key) else target
        if key not in self.keys:
            self.unknown[target] += 1
            return target
        if key.startswith("pg_"):
            return f"{self.id}#{key}"
        home = self.homes.get(key) or key
        return f"{self.id}/{home}" if home == key else f"{self.id}/{home}#{key}"

    # --- one document

    def _document(self, element: Element) -> Record:
        heading = next((child for child in element if name_of(child) == "head"), None)
        printed = text_of(heading) or None
        title = title_of(printed or "")
        kind = kind_of(title)
        first = first_note(element, heading)
        writer = self._writer(element, kind, first)
        written = writer.document(element, heading)
        self.unknown.update(f"#{key}" for key in writer.listed if key not in self.keys)
        note = main_source(written)
        kind = kind or kind_of_form(note)
        found = Description(element, written, note, heading)
        key = element.get(XML_ID) or f"line-{element.sourceline}"
        when, time, place = found.moment()
        marking = found.marking()
        return Record(
            id=f"{self.id}/{key}",
            own_id=element.get(XML_ID) is not None,
            title=title or f"Document {element.get('n') or key}",
            texts=(Text(written.passages, self._language(element), "edition"),),
            kind=kind,
            heading=printed,
            number=element.get("n"),
            collection=self.id,
            date=when,
            time=time,
            place=place,
            participants=tuple(found.participants()),
            subjects=tuple(found.subjects()),
            language=self._language(element),
            classification=note.classification or marking[0],
            handling=note.handling or marking[1],
            document_number=written.telegram or found.number(),
            references=note.references,
            credits=tuple(Credit(role, names) for role, names in note.credits),
            summary=note.summary,
            links=tuple(self._links(written, key)),
            extras=(*self._above(element.getparent()), *found.extras()),
            problems=tuple(self._fault(element, *fault) for fault in found.faults),
        )

    def _above(self, parent: Element | None) -> tuple[tuple[str, str], ...]:
        """The headings of the divisions around a document, the innermost first."""
        if parent is None or name_of(parent) != "div":
            return ()
        if parent not in self.above:
            outer = self._above(parent.getparent())
            own = text_of(parent.find("{*}head")) if parent.get("type") != "document" else ""
            self.above[parent] = ((parent.get("type") or "division", own), *outer) if own else outer
        return self.above[parent]

    def _writer(self, element: Element, kind: str | None, first: Element | None) -> Writer:
        return Writer(
            self.resolve,
            edtf,
            self.folios.get(element),
            editorial=kind == "editorial-note",
            telegram=kind == "telegram" or says_telegram(first),
            is_source=lambda note: is_source(note, first),
        )

    def _language(self, element: Element) -> str | None:
        at: Element | None = element
        while at is not None:
            language = at.get(f"{{{_XML}}}lang")
            if language:
                return str(language)
            at = at.getparent()
        return None

    def _links(self, written: Written, key: str) -> Iterator[str]:
        """Other records: those inside, then those that cross-references name."""
        own = f"{self.id}/{key}"
        found = [f"{self.id}/{inner}" for inner in written.nested]
        for target in written.targets:
            record = target.partition("#")[0]
            if re.fullmatch(r"[\w.-]+/[\w.-]+", record) and record != own:
                found.append(record)
        return iter(dict.fromkeys(found))

    def _plain(self, element: Element) -> Record:
        """A file without document divisions: one record for the whole text."""
        text = element.find("{*}text")
        body = element if text is None else text
        written = Writer(self.resolve, edtf).document(body, None)
        title = next(header(element, "titleStmt/{*}title"), None)
        title = title or next((p.text for p in written.passages if p.kind in BODY), self.id)
        faults: list[Fault] = []
        authors = [Credit("author", name) for name in header(element, "titleStmt/{*}author")]
        return Record(
            id=self.id,
            own_id=element.get(XML_ID) is not None,
            title=title,
            texts=(Text(written.passages, self._language(body), "edition"),),
            kind=kind_of(title),
            heading=title,
            date=first_when([date for path in _DATES for date in element.findall(path)], faults),
            language=self._language(body),
            credits=tuple(dict.fromkeys(authors)),
            links=tuple(self._links(written, "")),
            extras=(*header_extras(element, []), *written.extras),
            problems=tuple(self._fault(element, *fault) for fault in faults),
        )


# Where a plain TEI file may say when its paper was written, the surest first.
_DATES = (
    "{*}teiHeader//{*}creation//{*}date", "{*}teiHeader//{*}sourceDesc//{*}date", "{*}text//{*}dateline//{*}date",
    "{*}text//{*}docDate",
)  # fmt: skip
