"""TEI P5 files, with the dialect of the *Foreign Relations* volumes: one record a document division.

A file without such divisions is one record. Nothing outside the file is read, no entity is expanded, and a file
that is no well-formed XML gives the documents that the fault does not touch, with a problem for each of the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree

from memcon import references
from memcon.errors import BadInput
from memcon.importers import File, Item
from memcon.importers.kinds import kind_of
from memcon.importers.tei_passages import XML_ID, Writer, Written
from memcon.model import (
    BODY,
    Collection,
    Credit,
    Participant,
    Passage,
    PassageKind,
    Person,
    Problem,
    Record,
    Severity,
    Text,
)
from memcon.text import squeeze
from memcon.when import When

media_type = "application/tei+xml"

Element = Any  # lxml's element

_LARGEST = 256 * 1024 * 1024  # the largest volume of the series known is 12 MB; a tree takes some ten times its file
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
        yield Problem(file.name, "The file is larger than 256 MB: split it and add the parts.", Severity.ERROR, file.name)
        return
    root, faults = _parse(file.data)
    if root is None:
        yield Problem(_line(file, faults), f"This is no XML: {faults[0][1]}.", Severity.ERROR, file.name)
        return
    for number, message in faults:
        yield Problem(f"{file.name}, line {number}", f"Not well-formed: {message}.", Severity.ERROR, file.name)
    whole = [root] if _name(root) != "teiCorpus" else root.findall("{*}TEI")
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


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _words(element: Element | None) -> str:
    """Text squeezed, notes left out."""
    if element is None:
        return ""
    return squeeze("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = _name(child)
        if name == "lb":
            yield " "
        elif name != "note":
            yield from _pieces(child)
        yield child.tail or ""


# --- times as encoded ---------------------------------------------------------------------------------------

_ENCODED = re.compile(r"(-?\d{4,}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d(?::\d\d)?)\S*)?$")


def _range(element: Element) -> tuple[str | None, str | None]:
    get = element.get
    first = get("from") or get("notBefore") or get("from-iso") or get("notBefore-iso")
    last = get("to") or get("notAfter") or get("to-iso") or get("notAfter-iso")
    return first, last


def _encoded(element: Element) -> str | None:
    """The EDTF expression that the attributes of a `date` amount to; None where they say nothing."""
    single = element.get("when") or element.get("when-iso")
    if single:
        return str(single)
    first, last = _range(element)
    if not first and not last:
        return None
    days = [_day(end) if end else ".." for end in (first, last)]
    return days[0] if days[0] == days[1] else "/".join(days)


def _day(moment: str) -> str:
    return moment.partition("T")[0]


def _when(element: Element) -> When:
    """The time with its printed words; raises `BadInput` for an encoding that is no date."""
    printed = _words(element) or None
    encoded = _encoded(element)
    if encoded is None:
        return When(None, printed)
    return When.of("/".join(_day(end) for end in encoded.split("/")), printed)


def _mark_date(element: Element) -> str | None:
    encoded = _encoded(element)
    try:
        return encoded if encoded and When.of(encoded) else None
    except BadInput:
        return None


def _hours(dates: list[Element], times: list[Element]) -> str | None:
    """Hours as encoded: "18:00:00/18:30:00", of a `time` before those of a `date`."""
    for element in (*times, *dates):
        ends = [element.get("when"), *_range(element)] if element.get("when") else list(_range(element))
        clocks = [match for end in ends if end and (match := re.search(r"(?:^|T)(\d\d:\d\d(?::\d\d)?)", end))]
        if clocks:
            return "/".join(dict.fromkeys(clock.group(1) for clock in clocks))
    return None


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
    unknown: Counter[str] = field(default_factory=Counter)

    def items(self) -> Iterator[Item]:
        idno = self.root.find("./{*}teiHeader//{*}publicationStmt/{*}idno[@type='frus']")
        name = re.sub(r"\.\w+$", "", self.file.name.rpartition("/")[2])
        self.id = self.root.get(XML_ID) or _words(idno) or name
        documents = self._survey()
        if not documents and self.faults:
            return
        if not documents:
            yield from self._safely(self.root, self._plain)
            return
        yield self._collection()
        ends = [document.sourceline or 0 for document in documents[1:]] + [1 << 60]
        for document, end in zip(documents, ends, strict=True):
            damaged = next((line for line in self.faults if (document.sourceline or 0) <= line < end), None)
            if damaged is None:
                yield from self._safely(document, self._document)
            else:
                yield self._problem(document, damaged, "The document is damaged here: mend the file and add it again")
        yield from self._unresolved()

    def _survey(self) -> list[Element]:
        """All document divisions in order; on the way, the page on which each begins and the home of each id."""
        documents, folio, home = [], None, ""
        for element in self.root.iter("{*}div", "{*}pb", "{*}note", "{*}persName", "{*}term", "{*}person", "{*}item"):
            key = element.get(XML_ID)
            if _name(element) == "pb":
                folio = element.get("n") or folio
            elif element.get("type") == "document" and _name(element) == "div":
                documents.append(element)
                self.folios[element] = folio
                home = key or ""
            if key:
                self.keys.add(key)
                self.homes[key] = home
        return documents

    def _safely(self, element: Element, make: Any) -> Iterator[Item]:
        try:
            record = make(element)
        except RecursionError:
            yield self._problem(element, element.sourceline or 0, "The markup is nested too deeply to be read")
            return
        yield record
        yield from record.problems

    def _problem(self, element: Element, line: int, message: str, severity: Severity = Severity.ERROR) -> Problem:
        where = f"{self.file.name}, line {line}"
        return Problem(where, f"{message}.", severity, self.file.name, self._address(element.get(XML_ID)))

    def _address(self, key: str | None) -> str | None:
        return f"{self.id}/{key}" if key else None

    def _unresolved(self) -> Iterator[Problem]:
        for target, count in self.unknown.items():
            times = "once" if count == 1 else f"{count} times"
            yield Problem(self.file.name, f'"{target}" is pointed to {times} and is not there.', Severity.NOTE, self.file.name)

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
        heading = next((child for child in element if _name(child) == "head"), None)
        printed = _words(heading) or None
        title = re.sub(r"^\d+[a-z]?\.\s+", "", printed or "")
        kind = kind_of(title)
        first = _first_note(element, heading)
        writer = self._writer(element, kind, first)
        written = writer.document(element, heading)
        self.unknown.update(f"#{key}" for key in writer.listed if key not in self.keys)
        note = _main_source(written)
        kind = kind or _kind_of_form(note)
        found = _Found(self, element, written, note, heading)
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
            extras=tuple(found.extras()),
            problems=tuple(found.problems),
        )

    def _writer(self, element: Element, kind: str | None, first: Element | None) -> Writer:
        return Writer(
            self.resolve,
            _mark_date,
            self.folios.get(element),
            editorial=kind == "editorial-note",
            telegram=kind == "telegram" or _says_telegram(first),
            is_source=lambda note: _is_source(note, first),
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

    # --- the volume itself

    def _collection(self) -> Collection:
        header = self.root.find("./{*}teiHeader")
        titles = [] if header is None else header.findall(".//{*}titleStmt/{*}title")
        best = [title for title in titles if title.get("type") in ("complete", "main", None)] or titles
        persons = {person.key: person for person in self._persons()}
        terms = {term.key: term for term in self._entries("term")}
        return Collection(
            self.id,
            next((words for title in best if (words := _words(title))), self.id),
            editors=tuple(_header(header, "titleStmt/{*}editor[@role='primary']")),
            publisher=next(_header(header, "publicationStmt/{*}publisher"), None),
            place=next(_header(header, "publicationStmt/{*}pubPlace"), None),
            year=next(_header(header, "publicationStmt/{*}date"), None),
            persons=tuple(persons.values()),
            terms=tuple(terms.values()),
            extras=(*_header_extras(header, best[:1]), *self._sections()),
        )

    def _persons(self) -> Iterator[Person]:
        yield from self._entries("persName")
        for person in self.root.iter("{*}person"):
            name = person.find("{*}persName")
            if person.get(XML_ID) and name is not None:
                others = [child for child in person if child is not name]
                forms = tuple(_words(child) for child in others if _name(child) == "persName")
                told = squeeze(" ".join(_words(child) for child in others if _name(child) != "persName"))
                yield Person(_words(name), person.get(XML_ID), told or None, forms)

    def _entries(self, name: str) -> Iterator[Person]:
        """Entries of a list whose names carry an identifier, with the words that follow the name."""
        for element in self.root.iter(f"{{*}}{name}"):
            key = element.get(XML_ID)
            entry = next(element.iterancestors("{*}item"), None) if key else None
            if entry is not None:
                printed, whole = _words(element), _words(entry)
                told = whole.partition(printed)[2].lstrip(" ,")
                yield Person(printed.rstrip(","), key, told or None)

    def _sections(self) -> Iterator[tuple[str, str]]:
        """What the volume prints besides its documents; its lists, contents and index only point to what is there."""
        for section in self.root.iter("{*}div"):
            kind, key = section.get("type"), section.get(XML_ID) or section.get("type") or "section"
            if kind in ("document", "toc") or key in ("toc", "index", "persons", "terms", "contents"):
                continue
            if section.find(".//{*}div[@type='document']") is None:
                parent = section.getparent()
                if _name(parent) in ("front", "back", "body") and (words := _words(section)):
                    yield (f"section {key}", words)
            else:
                loose = [_words(child) for child in section if _name(child) not in ("div", "pb")]
                if words := squeeze(" ".join(loose)):
                    yield (f"{kind or 'division'} {key}", words)

    def _plain(self, element: Element) -> Record:
        """A file without document divisions: one record for the whole text."""
        text = element.find("{*}text")
        header = element.find("{*}teiHeader")
        body = element if text is None else text
        written = Writer(self.resolve, _mark_date).document(body, None)
        titles = list(_header(header, "titleStmt/{*}title"))
        dates = [] if header is None else header.findall(".//{*}sourceDesc//{*}date") + header.findall(".//{*}creation//{*}date")
        dates += body.findall(".//{*}dateline//{*}date") + body.findall(".//{*}docDate")
        problems: list[Problem] = []
        when = self._first_when(dates, problems, element)
        authors = [Credit("author", name) for name in _header(header, "titleStmt/{*}author")]
        title = titles[0] if titles else next((p.text for p in written.passages if p.kind in BODY), self.id)
        return Record(
            id=self.id,
            own_id=self.root.get(XML_ID) is not None,
            title=title,
            texts=(Text(written.passages, self._language(body), "edition"),),
            kind=kind_of(title),
            heading=title,
            date=when,
            language=self._language(body),
            credits=tuple(dict.fromkeys(authors)),
            links=tuple(self._links(written, "")),
            extras=(*_header_extras(header, []), *written.extras),
            problems=tuple(problems),
        )

    def _first_when(self, dates: list[Element], problems: list[Problem], element: Element) -> When | None:
        for date in dates:
            if _encoded(date) is None and date is not dates[-1]:
                continue
            try:
                return _when(date)
            except BadInput as error:
                problems.append(self._problem(element, date.sourceline or 0, str(error), Severity.WARNING))
                return When(None, _words(date) or None)
        return None


def _header(header: Element | None, path: str) -> Iterator[str]:
    if header is None:
        return iter(())
    return (words for found in header.findall(".//{*}" + path) if (words := _words(found)))


_TAKEN = {"publisher", "pubPlace"}


def _header_extras(header: Element | None, taken: list[Element]) -> Iterator[tuple[str, str]]:
    """All other words of the header, labelled as it labels them."""
    if header is None:
        return
    for leaf in header.iter("{*}*"):
        name, kind = _name(leaf), leaf.get("type") or leaf.get("role")
        if leaf in taken or name in _TAKEN or (name == "editor" and kind == "primary") or len(leaf):
            continue
        if words := _words(leaf):
            yield (f"{name} {kind}" if kind else name, words)


# --- source notes ------------------------------------------------------------------------------------------

_SAYS_SOURCE = re.compile(r"\s*(?:Summary:.*)?\[?Sources?\s?[:;]", re.DOTALL | re.IGNORECASE)


def _first_note(element: Element, heading: Element | None) -> Element | None:
    """The note that tells where the paper was found: marked so, or the first of the heading when it says so."""
    for child in element:
        if _name(child) == "note":
            return child
        if child is heading:
            break
    notes = [] if heading is None else list(heading.iter("{*}note"))
    marked = [note for note in notes if note.get("type") == "source" or note.get("n") in ("0", None)]
    said = [note for note in notes if _SAYS_SOURCE.match("".join(note.itertext()))]
    return next(iter(marked or said), None)


def _is_source(note: Element, first: Element | None) -> bool:
    return note is first or note.get("type") == "source" or note.get("n") == "0"


def _says_telegram(note: Element | None) -> bool:
    return note is not None and bool(re.search(r":\s*(?:circular )?telegram\s*$", "".join(note.itertext()), re.IGNORECASE))


def _main_source(written: Written) -> references.SourceNote:
    return references.source_note(written.sources[0]) if written.sources else references.SourceNote()


def _kind_of_form(note: references.SourceNote) -> str | None:
    """The kind that an older volume prints behind the file number: "793.00/2-361: Telegram"."""
    form = next((part for reference in note.references if (part := reference.part("form"))), None)
    return kind_of(form) if form else None


# --- what a document's markup tells --------------------------------------------------------------------------

_MARKING = re.compile(
    r"((?:(?:most|strictly|cosmic|nato) )?(?:top secret|secret|confidential|restricted|unclassified|official use only))\b[;,.]?\s*(.*)",
    re.IGNORECASE,
)


@dataclass
class _Found:
    """Reads the description of one document off its division."""

    volume: _Volume
    element: Element
    written: Written
    note: references.SourceNote
    heading: Element | None
    problems: list[Problem] = field(default_factory=list)
    parts: dict[str, list[Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for found in self.element.iter("{*}dateline", "{*}closer", "{*}list", "{*}seg"):
            if self._is_own(found):
                self.parts.setdefault(_name(found), []).append(found)

    def own(self, name: str) -> list[Element]:
        """Elements of this name in the division, but not in an enclosure or a document inside it."""
        return self.parts.get(name, [])

    def _is_own(self, found: Element) -> bool:
        at = found.getparent()
        while at is not self.element:
            if _name(at) in ("attachment", "floatingText", "note") or at.get("type") == "document":
                return False
            at = at.getparent()
        return True

    def moment(self) -> tuple[When | None, str | None, str | None]:
        """Date, hours and place of the first dateline; of the closing lines where there is no other."""
        line = next(iter(self.own("dateline")), None)
        lines = [line] if line is not None else self.own("closer")
        dates = [date for line in lines for date in line.iter("{*}date")]
        times = [time for line in lines for time in line.iter("{*}time")]
        places = [_words(place) for line in lines for place in line.iter("{*}placeName")]
        self._check_hours(times)
        when = self.volume._first_when(dates, self.problems, self.element) or (_undated(line) if line is not None else None)
        return when, _hours(dates[:1], times), next((place for place in places if place), None)

    def _check_hours(self, times: list[Element]) -> None:
        for time in times:
            first, last = _range(time)
            if first and last and last < first:
                told = f'The hours "{first}" to "{last}" end before they begin'
                self.problems.append(self.volume._problem(self.element, time.sourceline or 0, told, Severity.NOTE))

    def participants(self) -> Iterator[Participant]:
        """The people of the paper's own lists, in order."""
        for listed in self.own("list"):
            if listed.get("type") == "participants" and not _inside_list(listed):
                yield from self._participants(listed, None)

    def _participants(self, listed: Element, party: str | None) -> Iterator[Participant]:
        items = [child for child in listed if _name(child) in ("item", "label")]
        plain = any(_is_party(item) for item in items)
        heads = [_is_party(item, sure=plain) for item in items]
        columns = any(left and right for left, right in pairwise(heads))  # run together: whose is whose is lost
        for at, item in enumerate(items):
            inner = item.findall("{*}list")
            if inner:
                for sub in inner:
                    yield from self._participants(sub, _words(sub.find("{*}head")) or party)
            elif heads[at] and at + 1 < len(items):
                party = None if columns else _words(item)
            elif words := _words(item):
                yield Participant(words, party, _authority(item))

    def subjects(self) -> Iterator[str]:
        for listed in self.own("list"):
            if listed.get("type") == "subject":
                yield from (words for item in listed.iter("{*}item") if (words := _words(item)))

    def marking(self) -> tuple[str | None, str | None]:
        """Classification and handling as older volumes print them beside the dateline."""
        for segment in self.own("seg"):
            match = _MARKING.fullmatch(_words(segment))
            if match:
                return match.group(1), match.group(2) or None
        return None, None

    def number(self) -> str | None:
        """ "No. 921" beside the dateline."""
        numbers = (re.fullmatch(r"No\. (\S+)", _words(segment)) for segment in self.own("seg"))
        return next((match.group(1) for match in numbers if match), None)

    def extras(self) -> Iterator[tuple[str, str]]:
        """What has no field: chapter, sender, addressee, other lists, the remainder of the source note."""
        for above in self.element.iterancestors("{*}div"):
            if above.get("type") != "document" and (words := _words(above.find("{*}head"))):
                yield (above.get("type") or "division", words)
        for element in () if self.heading is None else self.heading.iter("{*}persName", "{*}gloss"):
            if element.get("type") in ("from", "to"):
                yield (element.get("type"), _words(element))
        if self.note.rest:
            yield ("source note", self.note.rest)
        for more in self.written.sources[1:]:
            yield ("further source note", more)
        yield from self.written.extras


def _inside_list(listed: Element) -> bool:
    return any(outer.get("type") == "participants" for outer in listed.iterancestors("{*}list"))


def _is_party(item: Element, *, sure: bool = False) -> bool:
    """An item wholly in italics, or ending in a colon, is a sub-heading of those that follow.

    One in which a name is marked is a person, unless the list surely has such sub-headings ("White House").
    """
    marked = [child for child in item if _name(child) not in ("note", "pb", "lb")]
    words = _words(item)
    name = item.find(".//{*}persName")
    if not words or (name is not None and (not sure or _words(name) == words)):
        return False
    whole = len(marked) == 1 and marked[0].get("rend") == "italic" and _words(marked[0]) == words
    return whole or (words.endswith(":") and name is None)


def _authority(item: Element) -> str | None:
    """The one person of the volume's list whom the item names; None where it names several."""
    keys = {str(name.get("corresp")).lstrip("#") for name in item.iter("{*}persName") if name.get("corresp")}
    return keys.pop() if len(keys) == 1 and len(list(item.iter("{*}persName"))) == 1 else None


def _undated(line: Element) -> When | None:
    words = _words(line)
    return When(None, words) if "undated" in words.lower() else None


def _passages(written: Written, kind: PassageKind) -> list[Passage]:
    return [passage for passage in written.passages if passage.kind is kind]
