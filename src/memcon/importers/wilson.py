"""Pages of the Wilson Center Digital Archive (https://digitalarchive.wilsoncenter.org), kept as text, Markdown or HTML.

The page is taken apart by its labels (`wilson.toml`); what it says of the record becomes the description, the
record's words become passages, and the furniture of the page is kept as an extra.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

from memcon import references
from memcon.importers import File, Item, dateline, encoding, markdown, webpage, wilsonbody
from memcon.importers.fields import Sheet, credits_apart, run_together, slug, wilson_number
from memcon.importers.kinds import kind_of
from memcon.importers.passages import Piece, compose, pieces
from memcon.model import Collection, Credit, Record, Severity
from memcon.text import fold, squeeze

media_type = "text/x-wilson-page"

COLLECTION = Collection("wilson", "Wilson Center Digital Archive", kind="archive", publisher="Wilson Center")
ADDRESS = "https://digitalarchive.wilsoncenter.org/document/"

_SIGNATURE = re.compile(
    r"digitalarchive\.wilsoncenter\.org|Wilson Center Digital Archive|wilson-center-digital-archive"
    r"|History and Public Policy Program|Digital Archive\s+International History Declassified"
)
_LABELS = re.compile(
    r"(?:^|>)[\s#*]*(?:Citation|Record ID|Document Information|Original Language|Author\(s\))\s*:?[\s*]*(?:<|$)"
    r"|International History Declassified",
    re.MULTILINE,
)
_TABLES = {".csv", ".tsv", ".json", ".jsonl", ".ndjson"}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+/document/[\w-]+")


def claims(file: File) -> bool:
    """A page that names the archive and has its labels."""
    opening = encoding.opening(file)
    if file.suffix in _TABLES or re.match(r"\s*(?:---\s*\n|<\?xml|<TEI)", opening):
        return False
    ends = opening + file.data[-65536:].decode("utf-8", errors="replace") if opening else ""
    return bool(_SIGNATURE.search(ends) and _LABELS.search(ends))


def records(file: File) -> Iterator[Item]:
    """The archive as collection, and the one record of the page."""
    decoded = encoding.decode(file, webpage.charset(file.head))
    yield from decoded.problems
    if decoded.text is None:
        return
    yield COLLECTION
    if re.search(r"<(?:html|body|div|p|h\d)\b", decoded.text[:65536], re.IGNORECASE):
        seen = webpage.see(decoded.text)
        yield _record(file.name, list(seen.pieces), webpage.passed_over(seen))
    else:
        rows = pieces(decoded.text)
        signed = file.suffix in {".md", ".markdown"}
        yield _record(
            file.name, [replace(row, marks=markdown.signs(row.text)) for row in rows] if signed else rows
        )


@dataclass(slots=True)
class _Page:
    """A page taken apart: `sections` by label in order, `preface` is what stands unlabelled before the words."""

    furniture: list[str] = field(default_factory=list)
    date: str | None = None
    title: str | None = None
    preface: list[Piece] = field(default_factory=list)
    sections: list[tuple[str, list[str]]] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    summary_below: bool = False

    def of(self, label: str) -> str:
        """All that stands under a label, "" for nothing."""
        return "\n".join(line for name, lines in self.sections for line in lines if name == label)


# --- taking the page apart ----------------------------------------------------------------------------------


def _apart(rows: Sequence[Piece]) -> _Page:
    page = _Page()
    kept: list[Piece] = []
    for row in rows:
        (page.furniture.append(_bare(row)) if _is_furniture(_bare(row)) else kept.append(row))
    rest = _headline(page, kept)
    held = next((at for at, row in enumerate(rest[:14]) if _is_held(_bare(row))), None)
    labels = [at for at, row in enumerate(rest) if _label(_bare(row))]
    if held is not None and (not labels or labels[0] > held):
        page.preface, page.body = rest[:held], rest[held:]
        rest = page.body
        page.sections.append(("contents", []))
        page.body = _sections(page, rest, "contents")
    elif labels and _label(_bare(rest[labels[0]])) not in _words("below"):
        page.preface = rest[: labels[0]]
        page.body = _sections(page, rest[labels[0] :], "")
    else:
        page.body = _sections(page, rest, "body")
        page.summary_below = bool(labels)
    return page


def _headline(page: _Page, rows: list[Piece]) -> list[Piece]:
    """Date and title, in two paragraphs or in one; the rest."""
    first = _bare(rows[0]) if rows else ""
    found = re.match(rf"(?:{dateline.DATE})(?=\s|$)", first, re.IGNORECASE)
    if found is None:
        page.title = first or None
        return rows[1:]
    page.date = found[0]
    page.title = squeeze(first[found.end() :]) or None
    if page.title or len(rows) < 2:
        return rows[1:]
    page.title = squeeze(_bare(rows[1]))
    return rows[2:]


def _sections(page: _Page, rows: Sequence[Piece], section: str) -> list[Piece]:
    """Sorts the rest of the page under its labels; what belongs to none is the record's words."""
    body: list[Piece] = []
    for row in rows:
        bare = _bare(row)
        label, value = _labelled(bare, section)
        if label:
            section = label
            page.sections.append((label, [value] if value else []))
        elif section == "contents" and not _is_held(bare):
            section = "body"
            body.append(row)
        elif section in {"body", ""}:
            body.append(row)
        else:
            page.sections[-1][1].append(bare)
    return body


def _labelled(bare: str, section: str) -> tuple[str | None, str]:
    """The label that a paragraph is or begins with; among the record's words only those that end them count."""
    if label := _label(bare):
        return (label if section != "body" or label in _words("below") else None), ""
    name, colon, value = bare.partition(":")
    if colon and section != "body" and fold(name) in _table()["labels"] and value.strip():
        return fold(name), value.strip()
    return None, ""


def _label(bare: str) -> str | None:
    name = fold(bare.rstrip(" :"))
    return name if len(bare) < 50 and name in _table()["labels"] else None


def _bare(row: Piece) -> str:
    """A paragraph without the dress of Markdown headings."""
    text = re.sub(r"^#{1,6}\s+", "", row.text.strip())
    text = re.sub(r"^(\*\*|__)(.*)\1$", r"\2", text, flags=re.DOTALL)
    return re.sub(r"^<(https?://[^>\s]+)>$", r"\1", text).strip()


def _is_furniture(bare: str) -> bool:
    words = fold(bare)
    for phrase in sorted(_words("furniture"), key=len, reverse=True):
        words = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", words)
    return bool(bare) and not re.search(r"\w", words)


def _is_held(bare: str) -> bool:
    return all(
        re.fullmatch("|".join(_words("held")), line.strip()) for line in bare.splitlines() if line.strip()
    )


# --- describing ---------------------------------------------------------------------------------------------


def _record(name: str, rows: list[Piece], extras: tuple[tuple[str, str], ...] = ()) -> Record:
    page = _apart(rows)
    sheet = Sheet(name)
    sheet.extras += extras
    _summary(sheet, page)
    _identity(sheet, page, name)
    _dates(sheet, page)
    _fields(sheet, page)
    _citation(sheet, page)
    body = wilsonbody.read(sheet, page.body)
    _held(sheet, page)
    if page.furniture:
        sheet.extras.append(("page furniture", " | ".join(page.furniture)))
    if not body:
        sheet.note("holds a description, but no words of the record", Severity.WARNING)
    return sheet.record(compose(body))


def _summary(sheet: Sheet, page: _Page) -> None:
    """Under its label, or the paragraph between the words and "Author(s)", or among the unlabelled ones above."""
    if page.summary_below and len(page.body) > 1:
        last = page.body.pop()
        sheet.values["summary"] = _bare(last)
        sheet.note(f'the paragraph before the page\'s data is taken for its summary: "{_bare(last)[:60]}..."')
    for row in page.preface:
        bare = _bare(row)
        if re.match(r"[\"“”]", bare) and "Archive" in bare and not page.of("citation"):
            page.sections.append(("citation", [bare]))
        elif found := re.match(r"This document was made possible with support from (?:the )?(.+?)\.?$", bare):
            sheet.credits.append(Credit("supported by", found[1]))
        elif "summary" not in sheet.values and not page.of("summary"):
            sheet.values["summary"] = bare
        else:
            sheet.extras.append(("above the text", bare))


def _identity(sheet: Sheet, page: _Page, name: str) -> None:
    """The archive's own number: from the page, else from the name of the file, which is then said."""
    above = [*(_bare(row) for row in page.preface), *(line for _, lines in page.sections for line in lines)]
    addresses = tuple(dict.fromkeys(found[0] for line in above for found in _ADDRESS.finditer(line)))
    number = page.of("record id").strip() or next((n for a in addresses if (n := wilson_number(a))), None)
    stem = PurePosixPath(name.replace("!/", "/")).stem
    if not number and re.fullmatch(r"\d{4,7}", stem):
        number = stem
        sheet.note(f"the page gives no record number; {stem} is the name of the file")
    sheet.values |= {"title": page.title or stem, "addresses": addresses, "collection": COLLECTION.id}
    sheet.values |= {"id": f"wilson/{number or slug(page.title or stem)}", "own_id": bool(number)}
    if number:
        sheet.values["proposed_address"] = ADDRESS + number


def _dates(sheet: Sheet, page: _Page) -> None:
    """The date of the talk where the title names one; the page's own date is then that of the record."""
    given = dateline.read(page.date) if page.date else None
    named = re.search(rf"(?:\bon|,|\bof) ({dateline.DATE})$", page.title or "", re.IGNORECASE)
    talk = dateline.read(named[1]) if named else None
    if talk and talk.edtf and (given is None or talk.edtf != given.edtf):
        sheet.values["date"] = talk
        if given:
            sheet.values["recorded"] = given
    elif given:
        sheet.values["date"] = given


def _fields(sheet: Sheet, page: _Page) -> None:
    for label, lines in page.sections:
        name = _table()["labels"][label]
        value = "\n".join(lines).strip()
        if name in {"citation", "contents", "section", "source", "record id"} or not value:
            continue
        if name in {"author", "subjects", "contributors", "donors"}:
            sheet.put(name, value)
        else:
            sheet.put(name or f"wilson.{label}", squeeze(value))


def _citation(sheet: Sheet, page: _Page) -> None:
    """Citation verbatim; the signature and the credits that it prints in one string taken apart."""
    citation = page.of("citation").strip()
    if _ADDRESS.fullmatch(citation.splitlines()[-1] if citation else ""):
        citation = citation.rsplit("\n", 1)[0].strip()
    if citation:
        sheet.values["citation"] = citation
    source = page.of("source").strip() or re.split(r"Digital Archive,", citation, maxsplit=1)[-1]
    source = _ADDRESS.sub("", squeeze(source)).strip()
    verbatim, found = credits_apart(source)
    verbatim, mark, version = verbatim.partition("; translation from ")
    if mark:
        found.insert(0, Credit("translation from", version.strip(" .")))
    if verbatim and verbatim != citation:
        sheet.values["references"] = (references.parse(verbatim.strip(" .")),)
    for credit in found:
        pairs = run_together(credit.printed)
        if pairs:
            told = " or ".join(f'"{one}" and "{other}"' for one, other in pairs)
            sheet.note(f'"{credit.printed}" ({credit.role}) may be two names whose separator is lost: {told}')
    sheet.credits += found
    if kind_of(sheet.values["title"]) is None and page.title:
        sheet.note("its title names no kind of paper that is known here")


def _held(sheet: Sheet, page: _Page) -> None:
    """What is held, and so in which language and role the words are."""
    lines = [line.strip() for text in _held_lines(page) for line in text.splitlines()]
    if lines:
        sheet.extras.append(("contents", "; ".join(lines)))
    translated = any("translation" in line.lower() for line in lines) or any(
        credit.role in {"translated by", "translation from"} for credit in sheet.credits
    )
    kinds = (
        "translation" if translated else None,
        "scan" if any("scan" in line.lower() for line in lines) else None,
    )
    sheet.values["held"] = tuple(kind for kind in kinds if kind)
    sheet.values["role"] = "translation" if translated else "original"
    words = next((line for line in lines if "scan" not in line.lower()), "")
    named = [word for word in re.findall(r"[A-Z][a-z]+", words) if word in _languages()]
    if named:
        sheet.values["language"] = _languages()[named[0]]


def _held_lines(page: _Page) -> list[str]:
    return [line for label, lines in page.sections if label == "contents" for line in lines]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("wilson.toml").read_text("utf-8"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_table()["page"][name])


@cache
def _languages() -> dict[str, str]:
    table: dict[str, str] = tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))[
        "languages"
    ]
    return table
