"""Spans of text, and folding that keeps its place: text itself is never altered, only looked at."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open, in Unicode code points of one text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """True when `other` lies within."""
        return self.start <= other.start and other.end <= self.end


# Signs that stand for one another in print: a search or a comparison must not depend on which was used.
_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "ʹ": "'", "′": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
        "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
        "đ": "d", "Đ": "d", "ё": "е", "Ё": "е",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": "",
    }
)  # fmt: skip
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Case, accents and typographic signs taken away, spaces single: for comparing, never for printing.

    >>> fold("Chou  En–lai’s")
    "chou en-lai's"
    """
    if text.isascii():
        return _SPACE.sub(" ", text).strip().lower()
    plain = unicodedata.normalize("NFKD", text.translate(_SAME))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _SPACE.sub(" ", plain).strip().lower()


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for matching, each of whose positions can be traced to the original."""

    text: str
    origin: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> Span:
        """The span in the original that folded to `text[start:end]`."""
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else self.length
            return Span(at, at)
        last = self.origin[end - 1]
        nxt = bisect_right(self.origin, last)
        return Span(self.origin[start], self.origin[nxt] if nxt < len(self.origin) else self.length)


def fold_with_places(text: str) -> Folded:
    """Like `fold`, a character at a time, with the place of each."""
    out: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        plain = char if char.isascii() else unicodedata.normalize("NFKD", char.translate(_SAME))
        for c in plain.lower():
            if unicodedata.combining(c):
                continue
            if c.isspace():
                if not out or out[-1] == " ":
                    continue
                c = " "  # noqa: PLW2901 - every kind of space is the one space
            out.append(c)
            origin.append(at)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    return Folded("".join(out), tuple(origin), len(text))


def squeeze(text: str) -> str:
    """Runs of white space as one space, ends trimmed: for titles and other descriptions."""
    return _SPACE.sub(" ", text).strip()
