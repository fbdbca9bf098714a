"""EDTF expressions: which are valid, and the first and last day that each can mean.

The standard is EDTF (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/): level 1, and of level 2 the
seasons, quarters and halves of a year (21 to 41). Not here: sets (`[..]`, `{..}`), exponents, significant digits,
marks on a part of a date (`1950-?01`), unspecified digits before specified ones, years outside 1 to 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time, timedelta
from typing import NamedTuple

from memcon.errors import BadInput

_ADVICE = (
    "Write a date as 1950, 1950-01, 1950-01-06, 1950-01-06T08:30:00, 1950-21 (spring), ../1950 or 1950/1951."
)

_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:Z|[+-]\d\d(?::\d\d)?)?)?(?P<mark>[?~%]?)"
)

# First month and number of months of what stands in the place of a month; the seasons of 21 to 24 are those of the north.
_PARTS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3), 25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3),
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3), 33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip


class Bounds(NamedTuple):
    """The first and the last day; None where an interval is open."""

    earliest: date | None
    latest: date | None


def bounds(edtf: str) -> Bounds:
    """The days within which `edtf` lies; raises `BadInput` for what is not valid.

    >>> bounds("1950-01/1950-06")
    Bounds(earliest=datetime.date(1950, 1, 1), latest=datetime.date(1950, 6, 30))
    """
    if "/" not in edtf:
        return _point(edtf, edtf)
    left, right = _ends(edtf)
    earliest = None if left in ("", "..") else _point(left, edtf).earliest
    latest = None if right in ("", "..") else _point(right, edtf).latest
    if earliest is None and latest is None:
        raise BadInput(f'"{edtf}" is open at both ends, so it is no date', _ADVICE)
    if earliest and latest and latest < earliest:
        raise BadInput(f'"{edtf}" ends before it begins', "Put the earlier date first.")
    return Bounds(earliest, latest)


def _ends(edtf: str) -> tuple[str, str]:
    left, right = edtf.split("/", 1)
    if "/" in right:
        raise BadInput(f'"{edtf}" has more than two ends', _ADVICE)
    return left, right


def _point(point: str, whole: str) -> Bounds:
    match = _POINT.fullmatch(point)
    if match is None or match["year"] == "0000" or (match["hour"] and not _is_clear(match["day"])):
        raise BadInput(f'"{whole}" is not a date in EDTF', _ADVICE)
    try:
        found = _days(match)
        time(int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError as error:
        raise BadInput(f'"{whole}" names a day that there is not: {error}', _ADVICE) from error
    return found


def _is_clear(digits: str | None) -> bool:
    return bool(digits) and "X" not in (digits or "")


def _days(match: re.Match[str]) -> Bounds:
    year, month, day = match["year"], match["month"], match["day"]
    low, high = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    if month is None or month == "XX" or low != high:
        _reject(day, month)
        return Bounds(date(low, 1, 1), date(high, 12, 31))
    first, count = _PARTS.get(int(month), (int(month), 1))
    if int(month) > 12 and day:
        raise ValueError("a season has no days")
    if _is_clear(day):
        exact = date(low, first, int(day))
        return Bounds(exact, exact)
    return Bounds(date(low, first, 1), month_end(low, first + count - 1))


def _reject(day: str | None, month: str | None) -> None:
    """Digits may be unspecified only from the right."""
    if _is_clear(day) or _is_clear(month):
        raise ValueError("a digit is unspecified before one that is given")


def month_end(year: int, month: int) -> date:
    """The last day of a month; months count on past 12.

    >>> month_end(1950, 14)
    datetime.date(1951, 2, 28)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day where that month is shorter."""
    end = month_end(day.year, day.month + months)
    return end.replace(day=min(day.day, end.day))


def week(day: date, weeks: int = 0) -> str:
    """The week from Monday to Sunday in which `day` lies, `weeks` later."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return f"{monday}/{monday + timedelta(days=6)}"


def unmarked(edtf: str) -> str:
    """Without the signs of doubt."""
    return edtf.translate({ord(c): None for c in "?~%"})
