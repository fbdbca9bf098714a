"""Readings compared with records annotated by hand: figures, gains and losses case by case, errors of a kind.

A folder of annotated records holds, for each, `ID.json` (its sentences) and `ID.gold.json` (the labels). Everything is
counted by sentence of the annotation: an item of a reading counts for each sentence of which it covers half, or that
covers half of it. Figures are micro-averaged over the records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = (
    "detection", "statements", "acts", "party", "speaker", "undertakings", "due", "quantities", "dates", "matters",
    "outcome",
)  # fmt: skip

Item = dict[str, Any]
"""One finding, as a reading's JSON or an annotation has it."""


# --- the annotated record -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gold:
    """One annotated record: its sentences in order and its labels. `text` has a line for each paragraph."""

    id: str
    sentences: tuple[Item, ...]
    labels: Item
    text: str
    spans: Mapping[str, tuple[int, int]]
    date: str | None = None
    title: str = ""

    @classmethod
    def load(cls, folder: Path, record: str) -> Gold:
        """The record of that id in a folder."""
        document = json.loads((folder / f"{record}.json").read_text("utf-8"))
        labels = json.loads((folder / f"{record}.gold.json").read_text("utf-8"))
        sentences = tuple(document["sentences"])
        text, spans = _laid_out(sentences)
        return cls(record, sentences, labels, text, spans, document.get("date"), document.get("title", ""))

    def covered(self, quote: str | None, passage: str | None) -> list[str]:
        """The sentences that a quoted stretch counts for; the text of its passage settles which of several places."""
        wanted = _squeeze(quote)
        if not wanted:
            return []
        start = self._place(wanted, passage)
        return [] if start < 0 else list(self._half_covered(start, start + len(wanted)))

    def _place(self, wanted: str, passage: str | None) -> int:
        flat = self.text.replace("\n", " ")
        near = max(flat.find(_squeeze(passage)[:60]), 0) if passage else 0
        places = (flat.find(wanted, near), flat.find(wanted), flat.find(wanted[:40]))
        return next((place for place in places if place >= 0), -1)

    def _half_covered(self, start: int, end: int) -> Iterator[str]:
        for name, (first, last) in self.spans.items():
            shared = min(last, end) - max(first, start)
            if shared > 0 and (shared >= 0.5 * (last - first) or shared >= 0.5 * (end - start)):
                yield name


def load(folder: Path) -> list[Gold]:
    """Every annotated record of a folder, by id."""
    return [
        Gold.load(folder, path.name.removesuffix(".gold.json")) for path in sorted(folder.glob("*.gold.json"))
    ]


def _laid_out(sentences: Iterable[Item]) -> tuple[str, dict[str, tuple[int, int]]]:
    text, spans, last = "", {}, None
    for sentence in sentences:
        if text:
            text += " " if sentence["p"] == last else "\n"
        last = sentence["p"]
        spans[sentence["s"]] = (len(text), len(text) + len(sentence["text"]))
        text += sentence["text"]
    return text, spans


def _squeeze(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()
