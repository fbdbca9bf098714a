"""Citations of a record or of a passage of it, in the styles of the field.

Sources of the styles: The Chicago Manual of Style, 17th edition, chapter 14 (documents in editions and in
manuscript collections); the Office of the Historian's own advice on citing FRUS; the Wilson Center Digital
Archive's printed citations; the specification of RIS; CSL 1.0.2 (type `manuscript`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from memcon.errors import BadInput, NotFound
from memcon.model import Collection, Passage, Record
from memcon.when import When

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?")
# Before the volumes of 1955-57 the documents of FRUS bear no printed numbers: they are cited by page.
_FIRST_NUMBERED = 1955


@dataclass(frozen=True, slots=True)
class Cited:
    """What every style is made from, each part as the record gives it, None where it does not."""

    record: Record
    title: str
    day: str | None
    edition: Collection | None
    signature: str | None
    credits: str | None
    address: str | None
    pinpoint: str | None


def cite(record: Record, collection: Collection | None, style: str, passage: str | None = None) -> str:
    """The citation in one of `STYLES`; `passage` is a label ("4.2") or a passage's id ("p4")."""
    try:
        write = STYLES[style]
    except KeyError:
        raise BadInput(f'no style of citation is called "{style}"', f"Styles: {', '.join(STYLES)}.") from None
    return write(_cited(record, collection, passage))


def find_passage(record: Record, name: str) -> Passage:
    """The passage that people mean by a label or an id; a label wins, since it is what the paper prints."""
    for passage in record.text.passages:
        if passage.label == name:
            return passage
    for passage in record.text.passages:
        if passage.id == name:
            return passage
    raise NotFound(
        f'record {record.id} has no passage "{name}"', f"See its passages with: memcon show {record.id}"
    )


def _cited(record: Record, collection: Collection | None, passage: str | None) -> Cited:
    at = find_passage(record, passage) if passage else None
    return Cited(
        record,
        title=_title(record),
        day=american(record.date),
        edition=collection if collection and collection.kind == "edition" else None,
        signature=record.references[0].verbatim if record.references else None,
        credits=" ".join(_sentence(f"{credit.role} {credit.printed}") for credit in record.credits) or None,
        address=record.proposed_address or (record.addresses[0] if record.addresses else None),
        pinpoint=_pinpoint(at) if at else None,
    )


def _title(record: Record) -> str:
    title = record.title
    if record.number and title.startswith(f"{record.number}."):
        title = title[len(record.number) + 1 :].strip()
    return title


def _pinpoint(passage: Passage) -> str:
    if passage.label:
        return f"point {passage.label}"
    return f"p. {passage.folio}" if passage.folio else f"passage {passage.id}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."


def american(when: When | None) -> str | None:
    """ "January 6, 1950" where the day is known, "January 1950" or "1950" where it is not, else as printed."""
    if when is None:
        return None
    found = _DAY.fullmatch(when.edtf or "")
    if not found:
        return when.printed or when.edtf
    year, month, day = found.groups()
    if not month or int(month) > len(_MONTHS):
        return year if not month else when.printed or when.edtf
    return f"{_MONTHS[int(month) - 1]} {int(day)}, {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"


# --- the styles --------------------------------------------------------------------------------------------


def chicago(cited: Cited) -> str:
    """A full note: of an edition's document as part of its volume, of any other as a paper in an archive."""
    if cited.edition:
        return _stop([_quoted(cited.title), *_where_when(cited), _volume(cited.edition), _number(cited)])
    archive = _archive_name(cited)
    return _stop([_quoted(cited.title), *_where_when(cited), cited.signature, archive, cited.pinpoint])


def wilson(cited: Cited) -> str:
    """As the Wilson Center Digital Archive prints it: title, date, archive, signature, credits, address."""
    address = (cited.address or "").removeprefix("https://").removeprefix("http://") or None
    first = _stop(
        [_quoted(cited.title), _untold_day(cited), _archive_name(cited), cited.signature, cited.pinpoint]
    )
    return " ".join(part for part in (first, cited.credits, address and f"{address}.") if part)


def frus(cited: Cited) -> str:
    """As the Office of the Historian advises: the volume, its editors, and the number of the document."""
    if not cited.edition:
        return chicago(cited)
    return _stop([_volume(cited.edition), _number(cited)])


def bibtex(cited: Cited) -> str:
    """A BibTeX entry: `@incollection` for a document of an edition, `@unpublished` for a paper in an archive."""
    key = re.sub(r"[^A-Za-z0-9]+", "-", cited.record.id).strip("-")
    fields = {
        "title": f"{{{_tex(cited.title)}}}",
        "date": cited.record.date.edtf if cited.record.date else None,
        "year": _year(cited),
        "note": _tex("; ".join(part for part in (cited.signature, cited.pinpoint) if part)),
        "url": cited.address,
        **_bibtex_edition(cited.edition),
    }
    kind = "incollection" if cited.edition else "unpublished"
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{body}\n}}"


def ris(cited: Cited) -> str:
    """RIS, type MANSCPT (or CHAP within an edition)."""
    edition = cited.edition
    rows = [
        ("TY", "CHAP" if edition else "MANSCPT"),
        ("ID", cited.record.id),
        ("TI", cited.title),
        ("DA", _ris_date(cited.record.date)),
        ("PY", _year(cited)),
        ("T2", edition.title if edition else _archive_name(cited)),
        *(("ED", editor) for editor in (edition.editors if edition else ())),
        ("PB", edition.publisher if edition else None),
        ("CY", edition.place if edition else None),
        ("AV", cited.signature),
        ("SP", cited.pinpoint),
        ("LA", cited.record.language),
        ("UR", cited.address),
    ]
    return "\n".join(f"{tag}  - {value}" for tag, value in rows if value) + "\nER  - "


def csl_json(cited: Cited) -> str:
    """One CSL-JSON item, type `manuscript`."""
    edition, reference = cited.edition, next(iter(cited.record.references), None)
    item: dict[str, Any] = {
        "id": cited.record.id,
        "type": "manuscript",
        "title": cited.title,
        "issued": _date_parts(cited.record.date),
        "container-title": edition.title if edition else None,
        "editor": [{"literal": editor} for editor in edition.editors] if edition else None,
        "publisher": edition.publisher if edition else None,
        "publisher-place": edition.place if edition else None,
        "number": cited.record.number,
        "archive": (reference.archive if reference else None) or _archive_name(cited),
        "archive_location": cited.signature,
        "event-place": cited.record.place,
        "language": cited.record.language,
        "locator": cited.pinpoint,
        "URL": cited.address,
    }
    return json.dumps({key: value for key, value in item.items() if value}, ensure_ascii=False, indent=2)


STYLES: dict[str, Callable[[Cited], str]] = {
    "chicago": chicago,
    "wilson": wilson,
    "frus": frus,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


# --- their parts ---------------------------------------------------------------------------------------------


def _quoted(title: str) -> str:
    return f"“{title},”"


def _where_when(cited: Cited) -> list[str | None]:
    """Place and day, each unless the title tells it already."""
    place = cited.record.place
    return [place if place and place.lower() not in cited.title.lower() else None, _untold_day(cited)]


def _untold_day(cited: Cited) -> str | None:
    """The day, unless the title has it already, in either order of its parts."""
    words = (cited.day or "").replace(",", "").split()
    orders = (cited.day or "", " ".join([*words[1:2], *words[:1], *words[2:]]))
    return None if any(order and order in cited.title for order in orders) else cited.day


def _stop(parts: list[str | None]) -> str:
    """Joined by commas, save after a quotation, which brings its own; ended by a full stop."""
    out = ""
    for part in parts:
        if part:
            out += ("" if not out else " " if out.endswith("”") else ", ") + part.rstrip(" ,")
    if out.endswith(",”"):
        return out.removesuffix(",”") + ".”"
    return out.rstrip(".") + "."


def _archive_name(cited: Cited) -> str | None:
    if cited.record.id.startswith("wilson/") or "digitalarchive.wilsoncenter.org" in (cited.address or ""):
        return "Wilson Center Digital Archive"
    return None


def _volume(edition: Collection) -> str:
    made = ", ".join(part for part in (edition.publisher, edition.year) if part)
    imprint = f"{edition.place}: {made}" if edition.place and made else edition.place or made
    editors = f", {'ed.' if len(edition.editors) == 1 else 'eds.'} {_listed(edition.editors)}"
    return edition.title + (editors if edition.editors else "") + (f" ({imprint})" if imprint else "")


def _listed(names: tuple[str, ...]) -> str:
    if len(names) <= 2:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _number(cited: Cited) -> str | None:
    """ "Document 3", or the page where the edition prints no numbers."""
    found = re.match(r"frus(\d{4})", cited.record.collection or "")
    folio = next((p.folio for p in cited.record.text.passages if p.folio), None)
    if found and int(found[1]) < _FIRST_NUMBERED and folio:
        return cited.pinpoint if (cited.pinpoint or "").startswith("p. ") else f"p. {folio}"
    number = f"Document {cited.record.number}" if cited.record.number else None
    return ", ".join(part for part in (number, cited.pinpoint) if part) or None


def _tex(words: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", words)


def _bibtex_edition(edition: Collection | None) -> dict[str, str | None]:
    if not edition:
        return {}
    return {
        "booktitle": f"{{{_tex(edition.title)}}}",
        "editor": " and ".join(edition.editors),
        "publisher": edition.publisher and _tex(edition.publisher),
        "address": edition.place,
    }


def _year(cited: Cited) -> str | None:
    """The year of the paper, only where it has one and no more than one."""
    found = _DAY.fullmatch((cited.record.date and cited.record.date.edtf) or "")
    return found[1] if found else None


def _ris_date(when: When | None) -> str | None:
    found = _DAY.fullmatch((when and when.edtf) or "")
    return "/".join(part or "" for part in found.groups()) + "/" if found else None


def _date_parts(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    found = _DAY.fullmatch(when.edtf or "")
    if not found:
        return {"literal": when.printed or when.edtf}
    return {"date-parts": [[int(part) for part in found.groups() if part]]}
