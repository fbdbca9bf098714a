"""The description of one TEI document: source note, dateline, participants, subjects, markings, extras."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from memcon import references
from memcon.errors import BadInput
from memcon.importers.kinds import kind_of
from memcon.importers.tei_dates import bounds, disagrees, edtf, encoded, hours, together, when
from memcon.importers.tei_markup import Element, name_of, text_of
from memcon.importers.tei_passages import Written
from memcon.model import Participant, PassageKind, Severity
from memcon.when import When

Fault = tuple[int, str, Severity]  # line, message

_SAYS_SOURCE = re.compile(r"\s*(?:Summary:.*)?\[?Sources?\s?[:;]", re.DOTALL | re.IGNORECASE)


def first_note(element: Element, heading: Element | None) -> Element | None:
    """The note that tells where the paper was found: marked so, or the first of the heading when it says so."""
    for child in element:
        if name_of(child) == "note":
            return child
        if child is heading:
            break
    notes = [] if heading is None else list(heading.iter("{*}note"))
    marked = [note for note in notes if note.get("type") == "source" or note.get("n") in ("0", None)]
    said = [note for note in notes if _SAYS_SOURCE.match("".join(note.itertext()))]
    return next(iter(marked or said), None)


def is_source(note: Element, first: Element | None) -> bool:
    return note is first or note.get("type") == "source" or note.get("n") == "0"


def says_telegram(note: Element | None) -> bool:
    return note is not None and bool(
        re.search(r":\s*(?:circular )?telegram\s*$", "".join(note.itertext()), re.IGNORECASE)
    )


def main_source(written: Written) -> references.SourceNote:
    withheld = (
        p.text for p in written.passages if p.kind is PassageKind.EDITORIAL and p.text.startswith("[Source:")
    )
    first = next(iter(written.sources), None) or next(withheld, None)
    return references.source_note(first) if first else references.SourceNote()


def kind_of_form(note: references.SourceNote) -> str | None:
    """The kind that an older volume prints behind the file number: "793.00/2-361: Telegram"."""
    form = next((part for reference in note.references if (part := reference.part("form"))), None)
    return kind_of(form) if form else None


def title_of(heading: str) -> str:
    """The heading without the edition's number, and without the spaces that an indented file leaves at brackets."""
    bare = re.sub(r"^\d+[a-z]?\.\s+", "", heading)
    return re.sub(r"(?<=[(\[]) | (?=[)\],;.])", "", bare)


_MARKING = re.compile(
    r"((?:(?:most|strictly|cosmic|nato) )?(?:top secret|secret|confidential|restricted|unclassified|official use only))\b[;,.]?\s*(.*)",
    re.IGNORECASE,
)


@dataclass
class Description:
    """Reads the description of one document off its division."""

    element: Element
    written: Written
    note: references.SourceNote
    heading: Element | None
    faults: list[Fault] = field(default_factory=list)
    parts: dict[str, list[Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for found in self.element.iter("{*}dateline", "{*}closer", "{*}list", "{*}seg"):
            if self._is_own(found):
                self.parts.setdefault(name_of(found), []).append(found)

    def own(self, name: str) -> list[Element]:
        """Elements of this name in the division, but not in an enclosure or a document inside it."""
        return self.parts.get(name, [])

    def _is_own(self, found: Element) -> bool:
        at = found.getparent()
        while at is not self.element:
            if name_of(at) in ("attachment", "floatingText", "note") or at.get("type") == "document":
                return False
            at = at.getparent()
        return True

    def moment(self) -> tuple[When | None, str | None, str | None]:
        """Date, hours and place of the first dateline; of the closing lines where there is no other."""
        line = next(iter(self.own("dateline")), None)
        lines = [line] if line is not None else self.own("closer")
        dates = [date for line in lines for date in line.iter("{*}date")]
        times = [time for line in lines for time in line.iter("{*}time")]
        places = [text_of(place) for line in lines for place in line.iter("{*}placeName")]
        self._check_hours(times)
        found = self._when(line, dates)
        if found and dates and (printed := disagrees(found)):
            told = f"The date is encoded as {found.edtf} and printed as {printed}; the encoded one is used"
            self.faults.append((dates[0].sourceline or 0, told, Severity.WARNING))
        return found, hours(dates[:1], times), next((place for place in places if place), None)

    def _when(self, line: Element | None, dates: list[Element]) -> When | None:
        sure = [date for date in dates if edtf(date)]
        if line is not None and len(sure) == len(dates) > 1:
            return together(line, dates)
        return first_when(dates, self.faults) or (_undated(line) if line is not None else None)

    def _check_hours(self, times: list[Element]) -> None:
        for time in times:
            first, last = bounds(time)
            if first and last and last < first:
                told = f'The hours "{first}" to "{last}" end before they begin'
                self.faults.append((time.sourceline or 0, told, Severity.NOTE))

    def participants(self) -> Iterator[Participant]:
        """The people of the paper's own lists, in order."""
        for listed in self.own("list"):
            if listed.get("type") == "participants" and not _inside_list(listed):
                yield from self._participants(listed, None)
        if all(passage.kind is not PassageKind.ROW for passage in self.written.passages[:20]):
            return
        for table in [*self.element.findall("{*}table"), *self.element.findall("{*}p/{*}table")][:1]:
            yield from self._columns(table)

    def _columns(self, table: Element) -> Iterator[Participant]:
        """A table whose first cell says "Participants:", as older volumes print them."""
        listing = False
        for row in table.iter("{*}row"):
            cells = row.findall("{*}cell")
            label = text_of(cells[0]) if cells else ""
            listing = (
                bool(re.fullmatch(r"(?:participants|(?:those )?present)\s?:?", label, re.IGNORECASE))
                if label
                else listing
            )
            for cell in cells[1:] if listing else ():
                if words := text_of(cell):
                    yield Participant(words, None, _authority(cell))

    def _participants(self, listed: Element, party: str | None) -> Iterator[Participant]:
        items = [child for child in listed if name_of(child) in ("item", "label")]
        plain = any(_is_party(item) for item in items)
        heads = [_is_party(item, sure=plain) for item in items]
        columns = any(
            left and right for left, right in pairwise(heads)
        )  # run together: whose is whose is lost
        for at, item in enumerate(items):
            inner = item.findall("{*}list")
            if inner:
                for sub in inner:
                    yield from self._participants(sub, text_of(sub.find("{*}head")) or party)
            elif heads[at] and at + 1 < len(items):
                party = None if columns else text_of(item)
            elif words := text_of(item):
                yield Participant(words, party, _authority(item))

    def subjects(self) -> Iterator[str]:
        """Of the list of subjects, or of a line "Subject: ..." where older volumes print no list."""
        lists = [listed for listed in self.own("list") if listed.get("type") == "subject"]
        for listed in lists:
            yield from (words for item in listed.iter("{*}item") if (words := text_of(item)))
        for line in [] if lists else self.element.findall("{*}p")[:4]:
            if line.get("rend") == "flushleft" and (
                match := re.fullmatch(r"Subject\s?: ?(.+)", text_of(line))
            ):
                yield match.group(1)

    def marking(self) -> tuple[str | None, str | None]:
        """Classification and handling as older volumes print them beside the dateline."""
        for segment in self.own("seg"):
            match = _MARKING.fullmatch(text_of(segment))
            if match:
                return match.group(1), match.group(2) or None
        return None, None

    def number(self) -> str | None:
        """ "No. 921" beside the dateline."""
        numbers = (re.fullmatch(r"No\. (\S+)", text_of(segment)) for segment in self.own("seg"))
        return next((match.group(1) for match in numbers if match), None)

    def extras(self) -> Iterator[tuple[str, str]]:
        """What has no field: sender, addressee, other source notes, the remainder of the source note."""
        for element in () if self.heading is None else self.heading.iter("{*}persName", "{*}gloss"):
            if element.get("type") in ("from", "to"):
                yield (element.get("type"), text_of(element))
        if self.note.rest:
            yield ("source note", self.note.rest)
        for more in self.written.sources[1:]:
            yield ("further source note", more)
        yield from self.written.extras


def first_when(dates: list[Element], faults: list[Fault]) -> When | None:
    """The first date that is encoded, or the last that is printed; a wrong encoding is a fault."""
    for date in dates:
        if encoded(date) is None and date is not dates[-1]:
            continue
        try:
            return when(date)
        except BadInput as error:
            faults.append((date.sourceline or 0, str(error), Severity.WARNING))
            return When(None, text_of(date) or None)
    return None


def _inside_list(listed: Element) -> bool:
    return any(outer.get("type") == "participants" for outer in listed.iterancestors("{*}list"))


def _is_party(item: Element, *, sure: bool = False) -> bool:
    """An item wholly in italics, or ending in a colon, is a sub-heading of those that follow.

    One in which a name is marked is a person, unless the list surely has such sub-headings ("White House").
    """
    marked = [child for child in item if name_of(child) not in ("note", "pb", "lb")]
    words = text_of(item)
    name = item.find(".//{*}persName")
    if not words or (name is not None and (not sure or text_of(name) == words)):
        return False
    whole = len(marked) == 1 and marked[0].get("rend") == "italic" and text_of(marked[0]) == words
    return whole or (words.endswith(":") and name is None)


def _authority(item: Element) -> str | None:
    """The one person of the volume's list whom the item names; None where it names several."""
    keys = {str(name.get("corresp")).lstrip("#") for name in item.iter("{*}persName") if name.get("corresp")}
    return keys.pop() if len(keys) == 1 and len(list(item.iter("{*}persName"))) == 1 else None


def _undated(line: Element) -> When | None:
    words = text_of(line)
    return When(None, words) if "undated" in words.lower() else None
