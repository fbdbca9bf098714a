"""Whether a sentence speaks of what was or of what will be, at a given place in it."""

from __future__ import annotations

import re

from memcon.reading.knowledge import table


def _any(key: str) -> str:
    return "|".join(table("tense")[key])


_BEEN = rf"(?:{_any('been')})"
_OF_PAPER = re.compile(
    rf"\b{_BEEN}(?:\s+\S+){{0,3}}?\s*[,(]?\s*(?:of|dated)\s+(?:the\s+)?(?:last\s+)?$|\bdated\s+(?:\S+\s+){{0,3}}$",
    re.IGNORECASE,
)
_PAPER_AFTER = re.compile(rf"(?:['’]s)?\s+{_BEEN}\b", re.IGNORECASE)
_WHEN_IT_WAS = re.compile(
    r"\s*,?\s*(?:when|at\s+which|in\s+which)\s+(?:\S+\s+){1,4}?(?:\w+ed|had|was|were|said)\b"
)
_WHEN_IT_WILL = re.compile(
    r"\s*,?\s*(?:when\s+(?:he|she|it|they|we|I)\s+(?:will|would|returns?|comes?|meets?|arrives?|leaves?|goes?|visits?)|"
    r"(?:it|he|they|we|there|this|the\s+\w+)\s+(?:might|would|will|could|may|should))\b"
)
_TENSE = re.compile(
    rf"\b(?:(?P<sure>{_any('surely_past')})|"
    rf"(?P<future>(?:{_any('modal')})(?:\s+(?:not|also|then|only|probably|be|have\s+to))*(?:\s+[a-z]+)?|{_any('future')})|"
    rf"(?P<past>{_any('past')}|(?!{_any('neutral')})[a-z]+ed))\b",
    re.IGNORECASE,
)


def lean(text: str, start: int, end: int) -> int:
    """-1 where the words around a place tell of the past, 1 of the future, 0 where they do not tell; -2 if surely past."""
    if _OF_PAPER.search(text, max(0, start - 70), start) or _PAPER_AFTER.match(text, end):
        return -2
    if _WHEN_IT_WAS.match(text, end):
        return -1
    if _WHEN_IT_WILL.match(text, end):
        return 1
    before = list(_TENSE.finditer(text, max(0, start - 90), start))
    told = before[-1] if before else _TENSE.search(text, end, end + 60)
    return 0 if told is None else 1 if told["future"] else -2 if told["sure"] else -1
