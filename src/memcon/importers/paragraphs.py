"""Text cut into paragraphs that know their place, the labels people cite, and the marks of a second layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from memcon.model import Mark, MarkKind
from memcon.text import Span

_BLANK = re.compile(r"(?:\r\n|\r|\n)[ \t\f\v\u00a0]*(?:\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` is exactly `whole[start:end]`, without the white space around it."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def paragraphs(whole: str, start: int = 0) -> Iterator[Paragraph]:
    """What empty lines part, from `start` on."""
    at = start
    while at < len(whole):
        blank = _BLANK.search(whole, at)
        end = blank.start() if blank else len(whole)
        raw = whole[at:end]
        if text := raw.strip():
            yield Paragraph(text, at + raw.index(text[0]))
        at = max(blank.end() - 1, at + 1) if blank else len(whole)


# --- labels -----------------------------------------------------------------------------------------------

_LABEL = re.compile(
    r"[\s*_>\"'‘“]*(?:(?P<dot>\d{1,3})\\?\.(?=\s|[A-Z\"'“‘\[]|$)|\((?P<paren>\d{1,3}|[a-z]{1,5}|[A-Z]{1,4})\)(?=\s|\S)"
    r"|(?P<bare>[a-zA-Z]|[ivx]{2,5})\\?[.)](?=\s))"
)
_REACH = 6  # a list that begins farther from the last number belongs to no point that can be told
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(slots=True)
class Level:
    """A run of numbers of one style; `label` is that of its last point, with those above it."""

    style: str
    value: int
    label: str


@dataclass(slots=True)
class Labels:
    """Gives each paragraph its label as it comes by: "4", "4.1" for the first point within 4, "4(a)".

    A number nests under the point before it only where that point opens a list, with a colon or a dash.
    """

    levels: list[Level] = field(default_factory=list)
    opened: bool = False
    since: int = 0  # paragraphs without a number since the last that had one

    def of(self, text: str) -> str | None:
        """The label of the next paragraph, None where it has no number."""
        found = _LABEL.match(text)
        label = self._place(found) if found and _readings(found) else None
        self.since = 0 if label else self.since + 1
        self.opened = text.rstrip(" _*\"'”’").endswith((":", ":-", ":—", ": -", "-", "—"))
        return label

    def _place(self, found: re.Match[str]) -> str:
        """Goes on with a run: the innermost that this number continues, the outer one where words came between."""
        goes_on = [
            (depth, choice)
            for depth, level in enumerate(self.levels)
            for choice in _readings(found)
            if choice[0] == level.style and choice[1] == level.value + 1
        ]
        if not goes_on:
            return self._start(_readings(found))
        depth, choice = goes_on[0 if self.since else -1]
        del self.levels[depth:]
        return self._push(*choice)

    def _start(self, choices: list[tuple[str, int, str]]) -> str:
        """A number that continues no run: the first of a new one, or one whose neighbours were left out."""
        firsts = [choice for choice in choices if choice[1] == 1]
        style, value, printed = (firsts or choices)[-1]
        known = next((at for at, level in enumerate(self.levels) if level.style == style), None)
        if known is not None and not (value == 1 and self.opened):
            del self.levels[known:]
        elif style == "dot" and not (value == 1 and self.opened):
            self.levels.clear()
        return self._push(style, value, printed)

    def _push(self, style: str, value: int, printed: str) -> str:
        above = self.levels[-1].label if self.levels and self.since <= _REACH else ""
        joint = "." if above and style in {"dot", "bare"} else ""
        label = above + joint + printed
        self.levels.append(Level(style, value, label))
        return label


def _readings(found: re.Match[str]) -> list[tuple[str, int, str]]:
    """Style, number and printed form of an enumerator; (i) is the letter after (h) or the first of the Romans."""
    if found["dot"]:
        return [("dot", int(found["dot"]), found["dot"])]
    sign = found["paren"] or found["bare"]
    prefix, printed = ("paren", f"({sign})") if found["paren"] else ("bare", sign)
    if sign.isdigit():
        return [(prefix + "1", int(sign), printed)]
    case = "A" if sign.isupper() else "a"
    out = [(prefix + case, ord(sign.lower()) - 96, printed)] if len(sign) == 1 else []
    roman = _roman(sign.lower())
    return [*out, (prefix + "r" + case, roman, printed)] if roman else out


def _roman(sign: str) -> int | None:
    if not set(sign) <= set(_ROMAN):
        return None
    values = [_ROMAN[c] for c in sign]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))


# --- marks ------------------------------------------------------------------------------------------------

_SQUARE = re.compile(r"\[[^\[\]]{1,400}\]")
_SLASHES = re.compile(r"(?<![\w/:<.])/(?=[^\s/])[^/\n]{1,80}?(?<=[^\s/])/(?![\w/])")
_LEFT_OUT = re.compile(
    r"(?<![A-Za-z])(?:omitted|omission|not declassified|declassified|excised|deleted|redacted|sanitized|illegible|missing)"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"(?:\*{1,2})?\[\^?(\d{1,3})\.?\](?:\(#[^)\s]*\))?")


def anchors(text: str, notes: Mapping[str, str]) -> list[Mark]:
    """Anchors of the notes that are there: number to passage id. A number in brackets without a note is no anchor."""
    return [
        Mark(MarkKind.ANCHOR, Span(*found.span()), notes[found[1]])
        for found in _ANCHOR.finditer(text)
        if found[1] in notes
    ]


def brackets(text: str) -> list[Mark]:
    """`[ ]` as an editor's words or an excision, `/ /` as the round brackets of a typescript."""
    out = [
        Mark(MarkKind.EXCISION if _LEFT_OUT.search(found[0]) else MarkKind.EDITOR, Span(*found.span()))
        for found in _SQUARE.finditer(text)
    ]
    out += [Mark(MarkKind.BRACKETS, Span(*found.span())) for found in _SLASHES.finditer(text)]
    return out


def in_order(marks: list[Mark]) -> tuple[Mark, ...]:
    """By place, the wider first."""
    return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.kind)))
