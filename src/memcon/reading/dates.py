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

_FULL = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2}),?\s+\d{4}")


def anchor(page: Page) -> date | None:
    """The day of the talk: the record's, that of its place line, title or dateline, or of its writing."""
    record = page.record
    if record.date and record.date.is_day:
        return record.date.earliest
    for line in (record.place, *_datelines(page), record.title, record.heading):
        day = _day_in(line)
        if day:
            return day
    return record.recorded.earliest if record.recorded and record.recorded.is_day else None


def _datelines(page: Page) -> Iterator[str]:
    """Datelines, and what stands by itself at the head as one."""
    for at, passage in enumerate(page.text.passages):
        if passage.kind is PassageKind.DATELINE or (at < 4 and len(passage.text) < 80):
            yield passage.text


def _day_in(line: str | None) -> date | None:
    found = _FULL.search(line or "")
    when = parse(found[0]) if found else None
    return when.earliest if when and when.is_day else None


# --- whether a sentence speaks of what was or of what will be ----------------------------------------------

_PAPER = (
    r"(?:notes?|letters?|telegrams?|cables?|memorand\w+|messages?|statements?|resolutions?|aide[- ]m[ée]moires?|speech(?:es)?|"
    r"conversations?|talks?|agreements?|despatch(?:es)?|dispatch(?:es)?|reports?|proposals?|discussions?|declarations?|decisions?|"
    r"communications?|communiqu[ée]s?|airgrams?|circulars?|briefing|events|riots|revolution|coup|elections of|press conference)"
)
_OF_PAPER = re.compile(
    rf"\b{_PAPER}(?:\s+\S+){{0,3}}?\s*[,(]?\s*(?:of|dated)\s+(?:the\s+)?(?:last\s+)?$|\bdated\s+(?:\S+\s+){{0,3}}$",
    re.IGNORECASE,
)
_PAPER_AFTER = re.compile(rf"(?:['’]s)?\s+{_PAPER}\b", re.IGNORECASE)
_WHEN_IT_WAS = re.compile(
    r"\s*,?\s*(?:when|at\s+which|in\s+which)\s+(?:\S+\s+){1,4}?(?:\w+ed|had|was|were|said)\b"
)
_WHEN_IT_WILL = re.compile(
    r"\s*,?\s*(?:when\s+(?:he|she|it|they|we|I)\s+(?:will|would|returns?|comes?|meets?|arrives?|leaves?|goes?|visits?)|"
    r"(?:it|he|they|we|there|this|the\s+\w+)\s+(?:might|would|will|could|may|should))\b"
)
_TENSE = re.compile(
    r"\b(?:(?P<past>was(?!\s+to\b)(?!\s+(?:scheduled|due|planned|expected))|were(?!\s+to\b)|had(?!\s+to\b)|did|has|have(?=\s+\w+(?:ed|en|n)\b)|"
    r"(?!need|proceed|succeed|feed|speed|agreed|promised|wanted|hoped|proposed|suggested|planned|scheduled|expected|intended|noted|asked|added|"
    r"stated|replied|remarked|observed|explained|inquired|enquired|commented|answered|referred|united|informed|wanted|"
    r"indeed)[a-z]+ed|ago|last|previous(?:ly)?|earlier|since|met|saw|gave|made|took|sent|went|came|left|held|spoke|wrote|"
    r"began|received|delivered)|"
    r"(?P<future>if\s+(?:\S+\s+){1,2}were|will|shall|would(?!\s+have)|['’]ll|(?:is|are|was|were)\s+to|to\s+be|going\s+to|(?:be|are|is|am)\s+\w+ing|scheduled|due|plan(?:s|ned|ning)?|"
    r"expect(?:s|ed|ing)?|hope[sd]?|propose[sd]?|intend(?:s|ed)?|forthcoming|suggest(?:s|ed|ing)?|could|may|might|should|can|must|if|"
    r"until|till|by|before|wants?(?:ed)?|unless|not\s+later|no\s+later|prepared|deadline|going|promise[sd]?|prior\s+to|pending|departure))\b",
    re.IGNORECASE,
)  # fmt: skip


def lean(text: str, start: int, end: int) -> int:
    """-1 where the words around a place tell of the past, 1 of the future, 0 where they do not tell."""
    if _OF_PAPER.search(text, max(0, start - 70), start) or _PAPER_AFTER.match(text, end):
        return -2
    if _WHEN_IT_WAS.match(text, end):
        return -1
    if _WHEN_IT_WILL.match(text, end):
        return 1
    before = list(_TENSE.finditer(text, max(0, start - 90), start))
    told = before[-1] if before else _TENSE.search(text, end, end + 60)
    return 0 if told is None else -1 if told["past"] else 1
