"""*Documents on Australian Foreign Policy* as Markdown: the volume, the paper's number, its file in the archives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from memcon.importers.fields import Sheet, edition_reference
from memcon.importers.kinds import kind_of
from memcon.model import Collection, Credit
from memcon.text import squeeze

_EDITION = "Documents on Australian Foreign Policy"
_PUBLISHER = "Department of Foreign Affairs and Trade"
# Labels of the edition's own data, and what we call these parts of a signature.
_PARTS = {"naa_series": "series", "naa_control_symbol": "control symbol"}
_USED = {"doc_date", "doc_num", "naa_refs", "title", "vol_id", "vol_full_title"}


def is_paper(front: Mapping[str, Any]) -> bool:
    """True for the front matter of one paper of a volume."""
    return all(str(front.get(key, "")).strip() for key in ("vol_id", "doc_num"))


def collection(front: Mapping[str, Any]) -> Collection:
    """The volume, `dfat22`."""
    title = squeeze(str(front.get("vol_full_title") or front.get("vol_title") or f"Volume {front['vol_id']}"))
    extras = tuple((key, squeeze(str(front[key]))) for key in ("vol_title",) if front.get(key))
    return Collection(_id(front), f"{_EDITION}, {title}", publisher=_PUBLISHER, extras=extras)


def describe(sheet: Sheet, front: Mapping[str, Any]) -> None:
    """The description that the edition's front matter gives; keys not known here become extras."""
    sheet.values |= {"id": f"{_id(front)}/{front['doc_num']}", "own_id": True, "collection": _id(front)}
    sheet.values |= {"number": str(front["doc_num"]), "role": "edition"}
    title = str(front.get("title", ""))
    if re.search(r"\[\d+\]", title):
        sheet.values["heading"] = title.strip()
        title = re.sub(r" ?\[\d+\]", "", title)
    sheet.put("title", title)
    sheet.put("date", str(front.get("doc_date", "")))
    _references(sheet, front.get("naa_refs") or ())
    _correspondents(sheet)
    for key, value in front.items():
        if key not in _USED and not isinstance(value, dict | list):
            sheet.put(f"dfat.{key}", str(value))


def _id(front: Mapping[str, Any]) -> str:
    return f"dfat{str(front['vol_id']).strip()}"


def _references(sheet: Sheet, given: Any) -> None:
    rows = [row for row in given if isinstance(row, dict)]
    sheet.values["references"] = tuple(_reference(row) for row in rows)
    for at, row in enumerate(rows, 1):
        sheet.extras += [
            (f"naa_refs.{at}.{key}", str(value)) for key, value in row.items() if key != "reference"
        ]


def _reference(row: Mapping[str, Any]) -> Any:
    parts = [
        (name, str(row[key]))
        for key, name in _PARTS.items()
        if str(row.get(key, "")).strip() not in {"", "null"}
    ]
    found = edition_reference(str(row.get("reference", "")), parts)
    return replace(found, archive=found.archive or ("NAA" if parts else None))


_FROM_TO = re.compile(r"(?:.*?\bfrom )?(?P<author>.+?) to (?P<addressee>.+)$", re.IGNORECASE)
_NAMES_KIND = re.compile(r"^[\w’' -]{3,40}? from ", re.IGNORECASE)


def _correspondents(sheet: Sheet) -> None:
    """Who wrote to whom, where the title is nothing but that: "Letter from A to B", "A to B"."""
    title = sheet.values.get("title", "")
    found = _FROM_TO.match(title)
    plain = kind_of(title) is None or _NAMES_KIND.match(title)
    if found and plain and len(title.split()) < 14 and kind_of(found["author"]) is None:
        sheet.credits += [
            Credit("author", found["author"].strip()),
            Credit("addressee", found["addressee"].strip()),
        ]
