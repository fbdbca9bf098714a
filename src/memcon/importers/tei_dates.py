"""Times as TEI encodes them: `when`, `from` and `to`, `notBefore` and `notAfter`, with the words beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from memcon.errors import BadInput
from memcon.importers.tei_markup import Element, text_of
from memcon.when import When

_CLOCK = re.compile(r"(?:^|T)(\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)$")


def bounds(element: Element) -> tuple[str | None, str | None]:
    """Both ends of an encoded stretch of time, as encoded."""
    get = element.get
    first = get("from") or get("notBefore") or get("from-iso") or get("notBefore-iso")
    last = get("to") or get("notAfter") or get("to-iso") or get("notAfter-iso")
    return first, last


def encoded(element: Element) -> str | None:
    """The EDTF expression that the attributes of a `date` amount to; None where they say nothing.

    A single moment keeps its hours; a stretch is one of days, since EDTF has no others.
    """
    single = element.get("when") or element.get("when-iso")
    if single:
        return str(single)
    first, last = bounds(element)
    if not first and not last:
        return None
    days = [_day(end) if end else ".." for end in (first, last)]
    return days[0] if days[0] == days[1] else "/".join(days)


def edtf(element: Element) -> str | None:
    """The same, where it is valid; a wrong encoding is no date."""
    expression = encoded(element)
    return expression if expression and _valid(expression) else None


@lru_cache(maxsize=4096)
def _valid(expression: str) -> bool:
    try:
        When.of(expression)
    except BadInput:
        return False
    return True


def when(element: Element) -> When:
    """The days with their printed words; raises `BadInput` for an encoding that is no date."""
    printed = text_of(element) or None
    expression = encoded(element)
    if expression is None:
        return When(None, printed)
    return When.of("/".join(_day(end) for end in expression.split("/")), printed)


def _day(moment: str) -> str:
    return moment.partition("T")[0]


def together(line: Element, dates: Sequence[Element]) -> When:
    """Several dates of one dateline, in its own words: from the first to the last of them.

    Two days eleven to thirteen apart with a stroke between them are one day in two calendars: the later is ours.
    """
    whens = [when(date) for date in dates]
    days = sorted(day for one in whens for day in (one.earliest, one.latest) if day)
    whole, first, last = text_of(line), whens[0].printed or "", whens[-1].printed or ""
    printed = whole[whole.find(first) : whole.rfind(last) + len(last)]
    if len(whens) == 2 and 11 <= (days[-1] - days[0]).days <= 13 and "/" in printed:
        return When.of(days[-1].isoformat(), printed)
    return When.of("/".join(dict.fromkeys((days[0].isoformat(), days[-1].isoformat()))), printed)


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NAME = "|".join(_MONTHS)
_FULL = re.compile(rf"\W*(?:({_NAME}) (\d{{1,2}}), (\d{{4}})|(\d{{1,2}}) ({_NAME}),? (\d{{4}}))(?!\s*\[)")


def disagrees(found: When) -> str | None:
    """The day that the printed words plainly name, where the encoding says another."""
    match = _FULL.match(found.printed or "") if found.is_day else None
    if match is None or found.earliest is None:
        return None
    month, day, year = match.group(1, 2, 3) if match.group(1) else match.group(5, 4, 6)
    printed = f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}"
    return printed if printed != found.earliest.isoformat() else None


def hours(dates: Sequence[Element], times: Sequence[Element]) -> str | None:
    """Hours as encoded: "18:00:00/18:30:00", of a `time` before those of a `date`."""
    for element in (*times, *dates):
        moments = (element.get("when"), *bounds(element))
        clocks = [match.group(1) for moment in moments if moment and (match := _CLOCK.search(moment))]
        if clocks:
            return "/".join(dict.fromkeys(clocks))
    return None
