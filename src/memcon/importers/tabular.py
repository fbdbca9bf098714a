"""Tables and lines of JSON: one record a row, its columns known by name or mapped by the user."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from memcon.importers import File, Item, encoding, webpage
from memcon.importers.fields import Sheet, known, slug, wilson_number
from memcon.importers.passages import Piece, compose, pieces
from memcon.importers.wilson import ADDRESS, COLLECTION
from memcon.model import Place, Problem, Record, Severity

media_type = "text/csv"

_TABLES = {".csv", ".tsv", ".tab"}
_LINES = {".json", ".jsonl", ".ndjson"}
Row = dict[str, Any]


def claims(file: File) -> bool:
    """A table by its name, or JSON by its first line."""
    if not encoding.is_text(file.head):
        return False
    if file.suffix in _TABLES | _LINES:
        return True
    return bool(re.match(r"\ufeff?\s*(?:\[\s*)?\{\s*\"[^\"\n]+\"\s*:", encoding.opening(file)))


def records(file: File) -> Iterator[Item]:
    """A row that cannot be read is a problem with its number and stops nothing."""
    decoded = encoding.decode(replace(file, columns=()))
    yield from decoded.problems
    if decoded.text is None:
        return
    columns = dict(file.columns)
    wilson = False
    for number, row in _rows(file, decoded.text):
        if isinstance(row, str):
            yield Problem(f"{file.name}:row {number}", row)
            continue
        found = _record(file.name, number, row, columns)
        if isinstance(found, Record) and found.collection == COLLECTION.id and not wilson:
            wilson = True
            yield COLLECTION
        yield found


def _rows(file: File, text: str) -> Iterator[tuple[int, Row | str]]:
    """Rows with their numbers, the heading of a table being row 1; words instead of a row say what is wrong with it."""
    if file.suffix in _TABLES or (file.suffix not in _LINES and not text.lstrip().startswith(("{", "["))):
        yield from _table(text)
    elif text.lstrip().startswith("[") or not isinstance(_object(text.lstrip().partition("\n")[0]), dict):
        yield from _array(text)
    else:
        yield from _lines(text)


def _table(text: str) -> Iterator[tuple[int, Row | str]]:
    csv.field_size_limit(encoding.LONGEST * 4)
    head = text.partition("\n")[0]
    delimiter = max(",\t;|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names: list[str] | None = None
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield number, f"cannot be read as a row ({fault})"
            continue
        if names is None:
            names = [name.strip() for name in cells]
        elif any(cell.strip() for cell in cells):
            yield number, _cells(names, cells)


def _cells(names: list[str], cells: list[str]) -> Row | str:
    if len(cells) != len(names):
        return f"has {len(cells)} cells where the heading has {len(names)}; it was left out"
    return dict(zip(names, cells, strict=True))


def _lines(text: str) -> Iterator[tuple[int, Row | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _object(line)


def _object(line: str) -> Row | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as fault:
        return f"is no JSON ({fault}); it was left out"
    return row if isinstance(row, dict) else "is no JSON object; it was left out"


def _array(text: str) -> Iterator[tuple[int, Row | str]]:
    """A file that is one JSON value: a list of objects, or a single object over many lines."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as fault:
        yield 1, f"is no JSON ({fault}); the file was left out"
        return
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        yield number, row if isinstance(row, dict) else "is no JSON object; it was left out"


def _record(name: str, number: int, row: Row, columns: Mapping[str, str]) -> Record | Problem:
    where = f"{name}:row {number}"
    sheet = Sheet(where)
    for column, value in row.items():
        label = columns.get(column, column)
        sheet.put(label if known(label) else column, _value(value))
    body = _body(sheet.body or "", number)
    if not body and not sheet.values.get("title"):
        told = ", ".join(map(str, list(row)[:12]))
        return Problem(where, f"has neither a title nor a text; map the columns (they are: {told})")
    _identity(sheet, name, number)
    if not body:
        sheet.note("has no text", Severity.NOTE)
    return sheet.record(compose(body))


def _value(value: Any) -> str | list[str]:
    if isinstance(value, list):
        return [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value]
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _body(text: str, number: int) -> list[Piece]:
    """The paragraphs of a cell, which may hold HTML; in one without empty lines every line is one."""
    place = Place("row", number, number + 1)
    if re.search(r"</?(?:p|br|div)\b[^>]*>", text, re.IGNORECASE) and not webpage.too_deep(text):
        found = list(webpage.see(text).pieces)
    elif "\n" in text and not re.search(r"\n[ \t\r]*\n", text):
        found = [Piece(line.strip()) for line in text.splitlines() if line.strip()]
    else:
        found = pieces(text)
    return [replace(row, place=place) for row in found]


def _identity(sheet: Sheet, name: str, number: int) -> None:
    """The record's own number where the row gives one; a row of the Wilson archive is the same record as its page."""
    addresses = sheet.values.get("addresses", ())
    wilson = next((found for address in addresses if (found := wilson_number(address))), None)
    own = str(sheet.values.get("id", "")).strip()
    stem = slug(PurePosixPath(name.replace("!/", "/")).stem)
    if wilson:
        if "collection" in sheet.values:
            sheet.extras.append(("collection", sheet.values["collection"]))
        if own not in {"", wilson}:
            sheet.extras.append(("record id", own))
        sheet.values |= {
            "id": f"wilson/{wilson}",
            "collection": COLLECTION.id,
            "proposed_address": ADDRESS + wilson,
        }
        sheet.values["own_id"] = True
        # The archive's "language" is that of the paper; its words are mostly held in translation.
        if language := sheet.values.pop("language", None):
            sheet.values.setdefault("original_language", language)
    else:
        sheet.values |= {"id": own or f"{stem}/{number}", "own_id": bool(own)}
