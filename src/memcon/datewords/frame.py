"""What words of a date are reckoned from, and the words themselves: months, days, numbers, as patterns and as values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Found(NamedTuple):
    """Half-open positions in the text searched, the time, and the rule that found it."""

    start: int
    end: int
    edtf: str
    rule: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What words are reckoned from.

    `lean` is -1 where the text speaks of the past, 1 of the future, 0 where it does not tell; 2 and -2 where that
    is sure. `days` has the year of
    each (month, day) that the text has named in full before, `year` the one named last.
    """

    day: date | None = None
    lean: int = 0
    days: dict[tuple[int, int], int] | None = None
    year: int | None = None
    that: date | None = None


Lean = Callable[[int, int], int]
Make = Callable[[re.Match[str], Frame], str | None]

# --- the words ---------------------------------------------------------------------------------------------

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
NUMBERS = {
    word: at
    for at, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}  # fmt: skip
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)|"
    r"JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True)).replace("-", "[-‑–]")
DAY = rf"(?P<day>(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:\s?(?:st|nd|rd|th)\b)?|(?:{ORDINAL})\b)"
DAY2 = DAY.replace("<day>", "<day2>")
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\w/]|[.,]\d|\s?%)"
DASH = r"\s?[-–—‑]\s?"
WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
OF_YEAR = (
    rf"(?:,?\s+(?:of\s+)?(?:{YEAR}|(?:of\s+)?(?P<which>the\s+current|the\s+same|that|this|last|next)\s+year))"
)
COUNT = (
    r"(?P<n>a\s+couple\s+of|couple\s+of|an?|\d{1,3}|"
    + "|".join(k for k in NUMBERS if len(k) > 2 and " " not in k)
    + ")"
)
COUNT2 = COUNT.replace("<n>", "<n2>")
UNIT = r"(?P<unit>day|week|fortnight|month|year|decade)s?"
TIME_OF_DAY = r"(?:\s+(?:\W?morning|afternoon|evening|night|noon))?"


def number(words: str) -> int:
    words = " ".join(words.lower().split())
    return int(words) if words.isdigit() else NUMBERS[words]


def month_of(word: str) -> int:
    return next(at for at, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def day_of(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else ORDINALS.index(re.sub("[‑–]", "-", word.lower())) + 1


def is_day(edtf: str) -> bool:
    """True for one day without a sign of doubt."""
    return len(edtf) == 10 and "X" not in edtf and "/" not in edtf


def remember(frame: Frame, text: str, times: list[Found]) -> None:
    """Keeps the year of each day that was named in full, for the same day named again without it."""
    if frame.days is None:
        return
    for time in times:
        day = time.edtf.removeprefix("../").removesuffix("/..").rstrip("~")
        if is_day(day) and day[:4] in text[time.start : time.end]:
            frame.days[int(day[5:7]), int(day[8:])] = int(day[:4])
