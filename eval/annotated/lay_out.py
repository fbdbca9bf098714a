"""Lay the labels of `records.jsonl` beside the sentences of their volumes, as folders of annotated records are.

    python eval/annotated/lay_out.py VOLUMES_DIR OUT_DIR

VOLUMES_DIR holds the FRUS volumes as TEI files named as the history.state.gov repository names them. Writes ID.json
(sentences) and ID.gold.json (labels) for each record; one whose text is not the annotated one is told and left out.
"""

from __future__ import annotations

import copy
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from lxml import etree
from sentencex import get_sentence_boundaries

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
SHORTENED = re.compile(
    r"(?:\b(?:Mr|Mrs|Dr|St|Gen|Col|Lt|Adm|Amb|Sen|Gov|No|Nos|Vol|vol|Art|pp?|cf|viz|i\.e|e\.g|U\.S|U\.N|[A-Z])\.)$"
)


def told(element: Any) -> str:
    """The text of an element without its notes."""
    element = copy.deepcopy(element)
    for note in list(element.iter(f"{TEI}note")):
        note.text = None
        for child in list(note):
            note.remove(child)
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def sentences(paragraph: str) -> list[str]:
    """A paragraph cut in sentences; one that ends in a shortened word, or goes on in small letters, is not over."""
    out: list[str] = []
    for found in get_sentence_boundaries("en", paragraph):
        text = paragraph[found["start_index"] : found["end_index"]].strip()
        if out and text and (SHORTENED.search(out[-1]) or text[0].islower()):
            out[-1] += " " + text
        elif text:
            out.append(text)
    return out


def document(division: Any, record: str) -> dict[str, Any]:
    """The numbered sentences of a document of a volume."""
    paragraphs = [told(p) for p in division if p.tag == f"{TEI}p"]
    cut = [(f"p{n}", text) for n, p in enumerate(paragraphs, 1) for text in sentences(p)]
    date = next(division.iter(f"{TEI}date"), None)
    when = None if date is None else date.get("when") or date.get("from") or date.get("notBefore")
    return {
        "id": record,
        "title": told(division.find(f"{TEI}head")),
        "date": when,
        "sentences": [{"p": p, "s": f"s{n}", "text": text} for n, (p, text) in enumerate(cut, 1)],
    }


def mark(cut: list[dict[str, str]]) -> str:
    """A mark by which the annotated text is known again."""
    return sha256("\n".join(item["text"] for item in cut).encode()).hexdigest()[:12]


def labels(held: dict[str, Any]) -> dict[str, Any]:
    """The labels of one line in the form of a .gold.json file."""
    people = [{"name": name, "party": party, "present": True} for name, party in held["people"]]
    return {
        "id": held["id"],
        "parties": sorted({p["party"] for p in people if p["party"]}),
        "people": [person for person in people if person["name"]],
        "statements": [
            {"s": s, **_speaker(people, who), "to": to, "act": act}
            for s, who, to, acts in held["statements"]
            for act in acts.split()
        ],
        "undertakings": [],
        "quantities": [],
        "dates": [],
        "matters": [{"label": label, "s": s, "outcome": outcome} for label, s, outcome in held["matters"]],
    }


def _speaker(people: list[dict[str, Any]], who: int | None) -> dict[str, str | None]:
    if who is None:
        return {"speaker": None, "party": None}
    return {"speaker": people[who]["name"], "party": people[who]["party"]}


def divisions(path: Path) -> Iterator[tuple[str, Any]]:
    """Every document of a volume by the id of its record."""
    for division in etree.parse(path).iter(f"{TEI}div"):
        if division.get("type") == "document":
            yield f"{path.stem}-{division.get(ID)}", division


def main() -> None:
    """Write the folder."""
    volumes, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    lines = (Path(__file__).with_name("records.jsonl")).read_text("utf-8").splitlines()
    wanted: dict[str, dict[str, Any]] = defaultdict(dict)
    for held in map(json.loads, lines):
        wanted[held["id"].rpartition("-")[0]][held["id"]] = held
    for volume, records in wanted.items():
        path = volumes / f"{volume}.xml"
        found = dict(divisions(path)) if path.exists() else {}
        for record, held in records.items():
            laid = document(found[record], record) if record in found else None
            if laid is None or mark(laid["sentences"]) != held["mark"]:
                print(f"{record}: not in {path}, or not with the annotated text", file=sys.stderr)
                continue
            (out / f"{record}.json").write_text(json.dumps(laid, ensure_ascii=False), "utf-8")
            (out / f"{record}.gold.json").write_text(
                json.dumps(labels(held), ensure_ascii=False, indent=1), "utf-8"
            )


if __name__ == "__main__":
    main()
