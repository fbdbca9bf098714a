"""Times widened by the words around them: two that are one, parts ("early"), limits ("until", "since")."""

from __future__ import annotations

import re
from collections.abc import Callable

from memcon.datewords.frame import Found, Frame
from memcon.datewords.named import span
from memcon.edtf import bounds, unmarked
from memcon.errors import BadInput

_LINK = re.compile(r",?\s*(?:(?:[-–—]|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s*(?:the\s+)?)")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_NOW = re.compile(r"\b(?:between|from)\s+now\s+(?:and|to|until)\s+(?:the\s+)?$", re.IGNORECASE)
_ALSO = re.compile(r"(?:['’]s)?\s*\(\s*(?:i\.?e\.?,?\s*)?|,\s+(?:the\s+)?(?:day\s+of\s+)?")
_STARTING = re.compile(r",?\s+(?:starting|beginning|commencing)\s+(?:with|in|from|on)\s+")
_EITHER = re.compile(r"\s+or\s+(?:in\s+)?(?:early\s+|late\s+)?")


def joined(text: str, times: list[Found]) -> list[Found]:
    """Times that the words between them make one: a span, a choice, a day said twice."""
    out: list[Found] = []
    for time in times:
        one = _as_one(text, out[-1], time) if out else None
        if one is None:
            out.append(time)
        else:
            out[-1] = one
    return out


def _as_one(text: str, left: Found, right: Found) -> Found | None:
    gap = text[left.end : right.start]
    if len(gap) > 30:
        return None
    if _STARTING.fullmatch(gap) and _holds(left.edtf, right.edtf):
        return left._replace(end=right.end)
    if (
        _ALSO.fullmatch(gap)
        and left.rule == "weekday"
        and right.rule in ("day-month", "month-day", "nth-of-month")
    ):
        return Found(left.start, right.end, right.edtf, right.rule)
    between = gap.strip() == "and" and _BETWEEN.search(text, 0, left.start)
    if not (between or _LINK.fullmatch(gap)) or "/" in left.edtf + right.edtf:
        return _either(gap, left, right)
    edtf = span(_near_end(left.edtf, right.edtf), unmarked(right.edtf))
    return Found(left.start, right.end, edtf, "span") if edtf else None


def _either(gap: str, left: Found, right: Found) -> Found | None:
    """`Wednesday or Thursday`, `late November or early December`: no more is known than both together."""
    same = (
        "weekday"
        if left.rule == right.rule == "weekday"
        else "month"
        if left.rule == right.rule == "month"
        else ""
    )
    if not same or not _EITHER.fullmatch(gap):
        return None
    edtf = span(left.edtf, right.edtf)
    return Found(left.start, right.end, edtf, left.rule) if edtf else None


def _near_end(left: str, right: str) -> str:
    """The beginning takes the year of the end where it was reckoned to come after it."""
    left = unmarked(left)
    if left[:4] > right[:4] and left[4:]:
        return right[:4] + left[4:] if left[4:] <= right[4:] else f"{int(right[:4]) - 1:04}{left[4:]}"
    return left


def _holds(outer: str, inner: str) -> bool:
    a, b = bounds(outer), bounds(inner)
    return bool(
        a.earliest
        and a.latest
        and b.earliest
        and b.latest
        and a.earliest <= b.earliest
        and b.latest <= a.latest
    )


# --- widened by the words around ------------------------------------------------------------------------------

Part = Callable[[str], str | None]


def _half(edtf: str, second: bool) -> str | None:
    if len(edtf) == 4:
        return f"{edtf}-07/{edtf}-12" if second else f"{edtf}-01/{edtf}-06"
    end = bounds(edtf).latest
    if len(edtf) != 7 or end is None:
        return None
    return f"{edtf}-16/{end}" if second else f"{edtf}-01/{edtf}-15"


def _early(edtf: str) -> str | None:
    return f"{edtf}-01/{edtf}-03" if len(edtf) == 4 else edtf


def _late(edtf: str) -> str | None:
    return f"{edtf}-10/{edtf}-12" if len(edtf) == 4 else edtf


def _middle(edtf: str) -> str | None:
    if len(edtf) == 4:
        return f"{edtf}-06/{edtf}-07"
    return f"{edtf}-15~" if len(edtf) == 7 else edtf


def _end(edtf: str) -> str | None:
    """Of a year its last day; of a month no more than the month is said."""
    if len(edtf) == 4 or "/" in edtf:
        return str(bounds(edtf).latest)
    return edtf if len(edtf) == 7 else None


def _same(edtf: str) -> str | None:
    return edtf


_PARTS: tuple[tuple[re.Pattern[str], Part], ...] = tuple(
    (re.compile(rf"(?:\bthe\s+)?(?:very\s+)?\b(?:{words})\s*$", re.IGNORECASE), part)
    for words, part in (
        (r"first\s+half\s+of|first\s+part\s+of", lambda x: _half(x, second=False)),
        (r"(?:second|latter|last)\s+half\s+of|(?:latter|last|later)\s+part\s+of", lambda x: _late(x) if len(x) == 4 else _half(x, second=True)),
        (r"early\s+in|beginning\s+(?:of|in)|start\s+of|early\s+part\s+of", lambda x: x),
        (r"early", _early),
        (r"late|late\s+in", _late),
        (r"mid\s?[-–‑]\s?|middle\s+of|mid", _middle),
        (r"(?:end|close)\s+of", _end),
        (r"all\s+of|whole\s+of|course\s+of|sometime\s+in|month\s+of|week\s+of|(?:evening|morning|afternoon|night)\s+of|weekend\s+of", _same),
    )
)  # fmt: skip

_UNTIL = re.compile(
    r"(?P<not>\b(?:not|nothing|unlikely)\s+(?:\w+\s+){0,7})?\b(?P<word>until|till|up\s+to|by|on\s+or\s+before|before|prior\s+to|in\s+advance\s+of|(?:not|no)\s+later\s+than|earlier\s+than|"
    r"as\s+late\s+as|within)\s+(?P<after>after\s+)?(?:about\s+|around\s+|approximately\s+|the\s+|at\s+the\s+)*$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?P<word>ever\s+since|since|after|subsequent\s+to|later\s+than|beyond|as\s+of|as\s+from|effective|(?:not|no)\s+earlier\s+than|from|starting(?:\s+(?:in|on|from|with))?|"
    r"beginning(?:\s+(?:in|on|from|with))?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:about|around|approximately|circa|roughly|on\s+or\s+about)\s+(?:the\s+)?$", re.IGNORECASE
)
_ONWARD = re.compile(r"\s+(?:onwards?|on)\b(?=[\s,.;])(?!\s+(?:the|a|which|this|that)\b)")


def widened(text: str, times: list[Found], frame: Frame) -> list[Found]:
    """Times with the words before them that take a part or make a limit of them."""
    out: list[Found] = []
    floor = 0
    for time in times:
        wide = _limited(text, _parted(text, time, floor), floor, frame)
        floor = wide.end
        if is_valid(wide.edtf):
            out.append(wide)
    return out


def is_valid(edtf: str) -> bool:
    """True for an expression that EDTF knows."""
    try:
        bounds(edtf)
    except BadInput:
        return False
    return True


def _parted(text: str, time: Found, floor: int) -> Found:
    for pattern, part in _PARTS:
        match = pattern.search(text, max(floor, time.start - 40), time.start)
        if match and (edtf := part(time.edtf)):
            return _parted(text, Found(match.start(), time.end, edtf, time.rule), floor)
    around = _AROUND.search(text, max(floor, time.start - 25), time.start)
    if around and "/" not in time.edtf and len(time.edtf) >= 7 and not time.edtf.endswith("~"):
        return time._replace(start=around.start(), edtf=_to_its_end(text, time) + "~")
    return time


_ITS_END = re.compile(r"(?:the\s+)?(?:very\s+)?(?:end|close)\s+of\b", re.IGNORECASE)


def _to_its_end(text: str, time: Found) -> str:
    """`the end of November` is a month by itself; as a limit it is the last day."""
    month = len(time.edtf) == 7 and _ITS_END.match(text, time.start)
    return str(bounds(time.edtf).latest) if month else time.edtf


def _limited(text: str, time: Found, floor: int, frame: Frame) -> Found:
    """A limit where the word before says so; `time.edtf` may be a limit already, "Friday's" belongs to a noun."""
    if text[time.end - 2 : time.end + 2].startswith(("'s", "’s")) or text[time.end : time.end + 2] in (
        "'s",
        "’s",
    ):
        return time
    low = max(floor, time.start - 70)
    now = _NOW.search(text, low, time.start)
    if now and frame.day and ".." not in time.edtf:
        edtf = span(str(frame.day), _last(time.edtf))
        return time if edtf is None else Found(now.start(), time.end, edtf, "from-now")
    if ".." in time.edtf:
        return time
    until = _UNTIL.search(text, low, time.start)
    if until:
        return _until(until, time)
    since = None if time.edtf.endswith("~") else _SINCE.search(text, low, time.start)
    if since and (
        since["word"].lower() != "from" or _ONWARD.match(text, time.end) or _is_beginning(text, time)
    ):
        return Found(since.start(), time.end, f"{_first(time.edtf)}/..", time.rule)
    at = _AT.search(text, low, time.start)
    return time._replace(start=at.start()) if at else time


# The preposition belongs to the words quoted: "on Saturday" can be found again where "Saturday" stands often.
_AT = re.compile(r"\b(?:in|on|during|throughout|over|for|at)\s+(?:the\s+)?$", re.IGNORECASE)


def _until(until: re.Match[str], time: Found) -> Found:
    word = until["word"].lower()
    if until["after"] or (until["not"] and word in ("until", "till", "before")):
        return time
    edtf = _to_its_end(until.string, time)
    late = _LATE.match(until.string, time.start)
    day = (
        _last(edtf)
        if late or word in ("by", "within", "up to") or "later" in word or "late" in word
        else _first(edtf)
    )
    return Found(until.start(), time.end, f"../{day}", time.rule)


_LATE = re.compile(r"(?:the\s+)?(?:very\s+)?(?:latter|later|last)\s+part\b")


def _is_beginning(text: str, time: Found) -> bool:
    """`from 1st April, 1954, ...`: a day after which the phrase ends."""
    return len(time.edtf) == 10 and bool(re.match(r"\s*[,;.)]", text[time.end : time.end + 2]))


def _first(edtf: str) -> str:
    return unmarked(edtf.partition("/")[0])


def _last(edtf: str) -> str:
    return unmarked(edtf.rpartition("/")[2])
