"""The lines at the head of a paper: dateline, marks of secrecy, "Subject:" and "Participants:".

They stay in the text as passages of their kind; what they tell goes into the description where nothing better did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from memcon.importers import dateline
from memcon.importers.dateline import Dateline
from memcon.importers.fields import Sheet, participants
from memcon.importers.kinds import kind_of
from memcon.importers.passages import Piece, marking
from memcon.model import PassageKind
from memcon.text import squeeze

_LINES = 8  # pieces at the head that are looked at
_LABEL = re.compile(
    r"\s*(?P<label>subject|re|participants|present|persons present|date|place|time)\s*:[ \t]*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LABEL_LINE = re.compile(
    r"^(?=\s*(?:subject|participants|present|date|place|time)\s*:)", re.IGNORECASE | re.MULTILINE
)
_MARKED = re.compile(
    r"(?:(?:most )?immediate|important|priority|emergency|urgent|flash|routine|personal|private)(?:[ ,]+(?:and|[a-z]+)){0,3}$",
    re.IGNORECASE,
)
_APART = frozenset({PassageKind.NOTE, PassageKind.SOURCE_NOTE})


def read(sheet: Sheet, rows: Sequence[Piece]) -> list[Piece]:
    """The same pieces, those of the head with their kinds; the sheet has gained what they tell."""
    out = list(rows)
    dated = False
    for at, row in enumerate(out[:_LINES]):
        if row.kind in _APART or len(row.plain) > 600:
            break
        found = None if dated or len(row.plain) > 120 else dateline.split(row.plain)
        if found and at < 5:
            dated = True
            out[at] = replace(row, kind=PassageKind.DATELINE)
            take_dateline(sheet, found)
        elif _take_marks(sheet, row) or _take_labels(sheet, row, out[at + 1 : at + 40]):
            out[at] = replace(row, kind=PassageKind.HEADING)
        elif dated and at < 3 and "place" not in sheet.values and row.plain.isupper() and len(row.plain) < 25:
            out[at] = replace(row, kind=PassageKind.DATELINE)
            sheet.values["place"] = row.plain
    return out


def take_dateline(sheet: Sheet, line: Dateline) -> None:
    """Place, hours and the date's printed words; kind and number of the paper where the line begins with them."""
    for name, value in (("place", line.place), ("time", line.time)):
        if value:
            sheet.values.setdefault(name, value)
    if line.date:
        sheet.agree(line.date)
    if line.lead:
        number = re.search(r"(?:^|\s)(\S*\d\S*)$", line.lead)
        if number:
            sheet.values.setdefault("document_number", line.lead.partition(" ")[2] or number[1])
        if kind_of(sheet.values.get("title", "")) is None and (kind := kind_of(line.lead)):
            sheet.values.setdefault("kind", kind)


def _take_marks(sheet: Sheet, row: Piece) -> bool:
    if "classification" in sheet.values:
        return False
    found = marking(row.plain)
    if found:
        sheet.values["classification"] = found.classification
        for name, value in (("handling", found.handling), ("document_number", found.number)):
            if value:
                sheet.values.setdefault(name, value)
    elif len(row.plain) < 50 and _MARKED.match(row.plain) and not re.search(r"\b[a-z]", row.plain):
        sheet.values.setdefault("handling", row.plain)
        return True
    return found is not None


def _take_labels(sheet: Sheet, row: Piece, after: Sequence[Piece]) -> bool:
    """Labels of a typescript's head; one on each line, or one a paragraph, the list of persons perhaps below it."""
    cuts = [found.start() for found in _LABEL_LINE.finditer(row.plain)]
    if not cuts or cuts[0]:
        return False
    for start, end in zip(cuts, [*cuts[1:], len(row.plain)], strict=True):
        if found := _LABEL.match(row.plain[start:end]):
            _take_label(sheet, found["label"], found["value"].strip(), after)
    return True


def _take_label(sheet: Sheet, label: str, value: str, after: Sequence[Piece]) -> None:
    name = label.lower()
    if name in {"participants", "present", "persons present"}:
        _take_persons(sheet, label, value, after)
    elif name == "date" and (line := dateline.split(value)):
        take_dateline(sheet, line)
    elif name in {"subject", "re"}:
        if "subjects" not in sheet.values and value:
            sheet.values["subjects"] = (squeeze(value),)
    elif name not in sheet.values:
        sheet.put(name, value)


def _take_persons(sheet: Sheet, label: str, value: str, after: Sequence[Piece]) -> None:
    """Persons, one on a line or parted by semicolons; a run of them without any sign between is only kept."""
    if "participants" in sheet.values:
        return
    lines = [line for line in re.split(r"[\r\n;]+", value) if line.strip()]
    if not lines:
        for piece in after:
            if len(piece.plain) > 90 or piece.plain.endswith(".") or _LABEL.match(piece.plain):
                break
            lines += [line for line in re.split(r"[\r\n]+", piece.plain) if line.strip()]
    if len(lines) > 1:
        sheet.values["participants"] = participants(lines)
    elif value:
        sheet.extras.append((label, squeeze(value)))
