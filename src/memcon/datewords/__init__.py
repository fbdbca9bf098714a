"""Words of a date in running text as EDTF: an expression is found by rule, then widened by the words around it.

A rule finds a time by itself ("January 6", "last Friday", "six weeks ago"); two times joined by "to" are one; words
before it take a part ("early", "the end of") or make a limit ("until", "since"). What is relative and has nothing to
be reckoned from is left out, so that every EDTF here follows from the words.
"""

from __future__ import annotations

import re

from memcon.datewords.around import joined, widened
from memcon.datewords.frame import Found, Frame, Lean
from memcon.datewords.rules import alone

__all__ = ["HINT", "Found", "Frame", "Lean", "scan"]

# A text without one of these has no date that a rule could find.
HINT = re.compile(
    r"\d{4}|['’‘]\d\d|[Ff]iscal|FY|centur|day|night|morning|morrow|afternoon|evening|week|fortnight|month|year|decade|quarter|"
    r"spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall|Winter|\d(?:st|nd|rd|th)|\d0['’]?s|"
    r"Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JU[NL]|AUG|SEP|OCT|NOV|DEC"
)


def _untold(_start: int, _end: int) -> int:
    return 0


def scan(text: str, frame: Frame, lean: Lean = _untold) -> list[Found]:
    """Every time named in `text`, in order, none overlapping; `lean` tells past or future of a place in it."""
    if not HINT.search(text):
        return []
    return widened(text, joined(text, alone(text, frame, lean)), frame)
