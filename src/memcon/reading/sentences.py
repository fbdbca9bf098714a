"""Passages cut in sentences, with the library's boundaries mended where diplomatic papers abbreviate."""

from __future__ import annotations

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


def boundaries(text: str, language: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, white space outside."""
    out: list[tuple[int, int]] = []
    for found in get_sentence_boundaries(language, text):
        start, end = found["start_index"], found["end_index"]
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start < end:
            out.append((start, end))
    return out
