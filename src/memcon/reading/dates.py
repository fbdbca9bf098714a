"""Every time named on a page, reckoned from the day of the conversation where it is relative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from memcon import datewords
from memcon.datewords.frame import Frame, remember
from memcon.model import BODY, DateFound, PassageKind
from memcon.reading.page import Page, Sentence
from memcon.reading.tense import lean
from memcon.when import When, parse


def find(page: Page) -> tuple[DateFound, ...]:
    """In the order of the text, apparatus included; what is relative is left out where no day is known."""
    frame = Frame(anchor(page), days={})
    return tuple(found for sentence in page.sentences for found in _in(sentence, frame))


def _in(sentence: Sentence, frame: Frame) -> Iterator[DateFound]:
    text = sentence.plain
    times = datewords.scan(text, frame, lambda start, end: lean(text, start, end))
    remember(frame, text, times)
    in_notes = sentence.passage.kind not in BODY
    for found in times:
        if in_notes and found.rule in _YEARS and text[found.start].isdigit():
            continue
        words = sentence.words(found.start, found.end)
        yield DateFound(words, replace(When.of(found.edtf), printed=words.quote), f"date:{found.rule}")


# In notes a bare year is the name of a file or a volume ("Central Files 1964-66"), unless a word says that it is a time.
_YEARS = frozenset({"year", "years", "fiscal-year"})

# --- the day from which the talk reckons ------------------------------------------------------------------

_FULL = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2}),?\s+\d{4}"
_DATE = re.compile(_FULL)
# A dateline has a place or nothing before its date, and no more than the hours after it.
_LINE = re.compile(rf"(?:[^.;:]{{0,50}},\s*|\W*|[\w .]{{0,20}}\s)({_FULL})(?:[\W\d]|[ap]\.?\s?m\b|noon)*")


def anchor(page: Page) -> date | None:
    """The day of the talk: the record's, that of its place line, title or dateline, or of its writing."""
    record = page.record
    if record.date and record.date.is_day and record.date.edtf and not re.search("[?~%]", record.date.edtf):
        return record.date.earliest
    for line in (record.place, *_datelines(page), record.title, record.heading):
        day = _day_in(line)
        if day:
            return day
    return record.recorded.earliest if record.recorded and record.recorded.is_day else None


def _datelines(page: Page) -> Iterator[str]:
    """Datelines, and what stands as one by itself among the first paragraphs."""
    for at, passage in enumerate(page.text.passages):
        if passage.kind is PassageKind.DATELINE or (at < 4 and _LINE.fullmatch(passage.text.strip())):
            yield passage.text


def _day_in(line: str | None) -> date | None:
    found = _DATE.search(line or "")
    when = parse(found[0]) if found else None
    return when.earliest if when and when.is_day else None
