"""Passages cut in sentences, with the library's boundaries mended where diplomatic papers abbreviate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from memcon.model import Mark, MarkKind, Passage, Record, Text
from memcon.reading.page import Page, Sentence
from memcon.text import Span

_UNSPOKEN = frozenset({MarkKind.MARKUP, MarkKind.ANCHOR})


def page(record: Record, text: Text) -> Page:
    """The text of a record as a page of sentences."""
    sentences: list[Sentence] = []
    for passage in text.passages:
        plain = unmarked(passage)
        for start, end in boundaries(plain, passage.language or text.language or "en"):
            sentences.append(Sentence(len(sentences), passage, Span(start, end), plain[start:end]))
    return Page(record, text, tuple(sentences))


def unmarked(passage: Passage) -> str:
    """The passage's text, with signs of the format and anchors of notes as spaces."""
    out = passage.text
    for mark in passage.marks:
        if mark.kind in _UNSPOKEN:
            out = _blank(out, mark)
    return out


def _blank(text: str, mark: Mark) -> str:
    start, end = mark.span
    return text[:start] + " " * (end - start) + text[end:]


# A sentence does not end with one of these, nor before a small letter; and it does end with "said no."
_ABBREVIATED = re.compile(
    r"\b(?:Lt|Gen|Col|Adm|Capt|Cmdr|Maj|Mr|Mrs|Dr|Messrs|Asst|Amb|Sen|Gov|Dep|Min|Nos?|cf|i\.e|e\.g)\.$"
)
_NO = re.compile(r"(?<=\bno\.)\s+(?=[A-Z])")


def boundaries(text: str, language: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, white space outside.

    >>> [text[a:b] for text in ["Lt. Gen. Smith said no. Mr. Jones agreed."] for a, b in boundaries(text, "en")]
    ['Lt. Gen. Smith said no.', 'Mr. Jones agreed.']
    """
    out: list[tuple[int, int]] = []
    for start, end in _pieces(text, language):
        if out and _runs_on(text, out[-1], start):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return [part for start, end in out for part in _parted(text, start, end)]


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    for found in get_sentence_boundaries(language, text):
        start, end = found["start_index"], found["end_index"]
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start < end:
            yield start, end


def _runs_on(text: str, before: tuple[int, int], start: int) -> bool:
    """True when what the library cut belongs together: "Lt." and the name, "U.S." and a small letter."""
    last = text[before[0] : before[1]]
    if "\n" in text[before[1] : start]:
        return False
    return bool(_ABBREVIATED.search(last)) or (
        last.endswith(("U.S.", "U.K.", "G.A.T.T.")) and text[start].islower()
    )


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for gap in _NO.finditer(text, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, end
