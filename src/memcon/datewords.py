"""Words of a date in running text as EDTF: an expression is found by rule, then widened by the words around it.

A `_Rule` finds a time by itself ("January 6", "last Friday", "six weeks ago"); `_PARTS` take a part of it ("early",
"the end of"), `_LIMITS` make it a limit ("until", "since"); two times joined by "to" are one.
What is relative and has nothing to be reckoned from is left out, so that every EDTF here follows from the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from memcon.edtf import add_months, bounds, month_end, unmarked, week
from memcon.errors import BadInput


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

_MONTHS = [
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
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_ORDINALS = [
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
_NUMBERS = {
    word: at
    for at, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_M = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)|"
    r"JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace("-", "[-‑–]")
_D = rf"(?P<day>(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:\s?(?:st|nd|rd|th)\b)?|(?:{_ORDINAL})\b)"
_D2 = _D.replace("<day>", "<day2>")
_Y = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\w/]|[.,]\d|\s?%)"
_DASH = r"\s?[-–—‑]\s?"
_W = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_OFYEAR = (
    rf"(?:,?\s+(?:of\s+)?(?:{_Y}|(?:of\s+)?(?P<which>the\s+current|the\s+same|that|this|last|next)\s+year))"
)
_N = (
    r"(?P<n>a\s+couple\s+of|couple\s+of|an?|\d{1,3}|"
    + "|".join(k for k in _NUMBERS if len(k) > 2 and " " not in k)
    + ")"
)
_N2 = _N.replace("<n>", "<n2>")
_U = r"(?P<unit>day|week|fortnight|month|year|decade)s?"
_TIMEOFDAY = r"(?:\s+(?:\W?morning|afternoon|evening|night|noon))?"


def _number(words: str) -> int:
    words = " ".join(words.lower().split())
    return int(words) if words.isdigit() else _NUMBERS[words]


def _month(word: str) -> int:
    return next(at for at, name in enumerate(_MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _day(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _ORDINALS.index(re.sub("[‑–]", "-", word.lower())) + 1


# --- rules: a time by itself ---------------------------------------------------------------------------------


def _span(first: str, last: str) -> str | None:
    return first if first == last else f"{first}/{last}" if first < last else None


def _on(year: int, month: int, day: int) -> str | None:
    """A day, if there is such a one."""
    return f"{year:04}-{month:02}-{day:02}" if day <= month_end(year, month).day else None


def _year(match: re.Match[str], frame: Frame, month: int, day: int | None) -> int | None:
    """The year as printed ("1950", "of this year"), or the one that fits best."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("which") and frame.day:
        shift = {"last": -1, "next": 1}.get(groups["which"].lower(), 0)
        return frame.day.year + shift
    return _fitting_year(frame, month, day)


def _fitting_year(frame: Frame, month: int, day: int | None) -> int | None:
    if day and frame.days and (month, day) in frame.days:
        return frame.days[month, day]
    if frame.day is None:
        return None
    here = frame.day
    away = {}
    for year in (here.year - 1, here.year, here.year + 1):
        end = month_end(year, month)
        first, last = (end.replace(day=1), end) if day is None else (end.replace(day=min(day, end.day)),) * 2
        away[year] = (first - here).days if first > here else min((last - here).days, 0)
    nearest = min(away, key=lambda year: abs(away[year]))
    fitting = [year for year, days in away.items() if days * frame.lean >= 0]
    best = min(fitting, key=lambda year: abs(away[year]))
    # A tense misread must not throw a day of last week eleven months off.
    far, near = (250, 250) if abs(frame.lean) == 1 else (300, 60)
    return nearest if abs(away[best]) > far and abs(away[nearest]) < near else best


def _full_day(match: re.Match[str], frame: Frame) -> str | None:
    month, day = _month(match["month"]), _day(match["day"])
    year = _year(match, frame, month, day)
    return None if year is None else _on(year, month, day)


def _days_of_month(match: re.Match[str], frame: Frame) -> str | None:
    month, day, last = _month(match["month"]), _day(match["day"]), _day(match["day2"])
    year = _year(match, frame, month, day)
    if year is None or last <= day:
        return None
    first, second = _on(year, month, day), _on(year, month, last)
    return f"{first}/{second}" if first and second else None


def _whole_month(match: re.Match[str], frame: Frame) -> str | None:
    month = _month(match["month"])
    year = _year(match, frame, month, None)
    return None if year is None else f"{year:04}-{month:02}"


def _near_month(match: re.Match[str], frame: Frame) -> str | None:
    """`last May` is the one before this month, `next January` the one after it, `this March` the nearest."""
    if frame.day is None:
        return None
    here, month, near = frame.day, _month(match["month"]), match["near"].lower().split()[-1]
    if near in ("last", "past"):
        return f"{here.year - (month >= here.month):04}-{month:02}"
    if near in ("next", "coming"):
        return f"{here.year + (month <= here.month):04}-{month:02}"
    return f"{_fitting_year(replace(frame, lean=0), month, None):04}-{month:02}"


def _months(match: re.Match[str], frame: Frame) -> str | None:
    """`October-March` runs into the next year; without a year it is the one that is running, if one is."""
    first, last = _month(match["month"]), _month(match["month2"])
    year = _year(match, frame, last, None)
    if year is None:
        return None
    if first > last and not match["year"] and frame.day and frame.day.month >= first:
        year = frame.day.year + 1
    return _span(f"{year - (first > last):04}-{first:02}", f"{year:04}-{last:02}")


def _plain_year(match: re.Match[str], _frame: Frame) -> str | None:
    return match["year"]


def _short_year(match: re.Match[str], frame: Frame) -> str | None:
    return f"{frame.day.year // 100}{match['yy']}" if frame.day else f"19{match['yy']}"


def _years(match: re.Match[str], _frame: Frame) -> str | None:
    first, last = match["year"], match["last"]
    return _span(first, last if len(last) == 4 else first[:2] + last)


def _decade(match: re.Match[str], _frame: Frame) -> str | None:
    part = (match["part"] or "").lower()
    tens = (match["century"] or "19") + match["tens"]
    ends = {"early": (0, 3), "late": (7, 9), "mid": (4, 6), "middle": (4, 6)}
    low, high = next((ends[word] for word in ends if word in part), (None, None))
    return f"{tens}X" if low is None else f"{tens}{low}/{tens}{high}"


def _fiscal(match: re.Match[str], frame: Frame) -> str | None:
    """The years of the United States: to 1976 from July, then from October."""
    first = _fiscal_year(match["fy"], frame)
    last = _fiscal_year(match["fy2"], frame) if match["fy2"] else first
    if first is None or last is None or last < first:
        return None
    return f"{first - 1:04}-{7 if first < 1977 else 10:02}/{last:04}-{6 if last < 1977 else 9:02}"


def _fiscal_year(words: str, frame: Frame) -> int | None:
    digits = words.strip("'’‘")
    if digits.isdigit():
        return int(digits) if len(digits) == 4 else 1900 + int(digits)
    if frame.day is None:
        return None
    this = frame.day.year + (frame.day.month >= (7 if frame.day.year < 1976 else 10))
    return this + {"last": -1, "next": 1, "coming": 1}.get(digits.lower(), 0)


_WORDS_OF_YEAR = {"the year": 0, "this year": 0, "the current year": 0, "next year": 1, "last year": -1}


def _part_of_year(match: re.Match[str], frame: Frame) -> str | None:
    """A quarter or a half, as its months; the year may be one named before."""
    year = _named_year(match, frame)
    nth = _nth(match["nth"])
    size = 3 if match["part"].lower().startswith("quarter") else 6
    count = 12 // size
    at = count if nth == 0 else nth
    if year is None or at > count:
        return None
    return f"{year:04}-{size * (at - 1) + 1:02}/{year:04}-{size * at:02}"


def _named_year(match: re.Match[str], frame: Frame) -> int | None:
    if match["year"]:
        return int(match["year"])
    words = " ".join((match["whose"] or "").lower().split())
    if words and frame.day:
        return frame.day.year + _WORDS_OF_YEAR.get(words, 0)
    return frame.year or (frame.day.year if frame.day else None)


def _nth(word: str) -> int:
    word = word.lower()
    return 0 if word == "last" else int(word[0]) if word[0].isdigit() else _ORDINALS.index(word) + 1


def _halves(match: re.Match[str], frame: Frame) -> str | None:
    year = _named_year(match, frame)
    return f"{year:04}" if year else None


def _months_of_year(match: re.Match[str], frame: Frame) -> str | None:
    year, count = _named_year(match, frame), _number(match["n"])
    if year is None or not 1 <= count <= 12:
        return None
    first, last = (1, count) if match["nth"].lower() == "first" else (13 - count, 12)
    return f"{year:04}-{first:02}/{year:04}-{last:02}"


def _week_of_month(match: re.Match[str], frame: Frame) -> str | None:
    month = _month(match["month"])
    year = _year(match, frame, month, None)
    if year is None:
        return None
    end, nth = month_end(year, month), _nth(match["nth"])
    first, last = (end.day - 6, end.day) if nth == 0 else (7 * nth - 6, min(7 * nth, end.day))
    return f"{_on(year, month, first)}/{_on(year, month, last)}" if nth < 5 else None


def _season(match: re.Match[str], frame: Frame) -> str | None:
    code = _SEASONS[match["season"].lower()]
    near = (match["near"] or "").lower().split()[-1:]
    other = _SEASONS[match["season2"].lower()] if match["season2"] else code
    if match["year"]:
        return _span(f"{match['year']}-{code}", f"{match['year']}-{other}")
    if frame.day is None or not (near or other > code):
        return None
    year, near = frame.day.year, near or ["this"]
    first = 3 * (code - 20)  # its first month
    if near[0] in ("last", "past") and frame.day.month < min(first + 3, 13):
        year -= 1
    if near[0] in ("next", "coming") and frame.day.month >= first:
        year += 1
    return _span(f"{year:04}-{code}", f"{year:04}-{other}")


def _weekday(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    here, want = frame.day.weekday(), _DAYS.index(match["weekday"].lower())
    near = (match["near"] or "").lower().split()[-1:]
    of_week = (match["ofweek"] or "").lower()
    if of_week:
        shift = want - here + (7 if "next" in of_week else -7 if "last" in of_week else 0)
    elif near and near[0] in ("last", "past"):
        shift = -((here - want) % 7 or 7)
    elif near and near[0] in ("next", "coming"):
        shift = (want - here) % 7 or 7
    elif near:
        shift = want - here
    else:
        shift = _nearest_weekday(frame.lean, (want - here) % 7)
    return str(frame.day + timedelta(shift))


def _nearest_weekday(lean: int, ahead: int) -> int:
    if lean > 0:
        return ahead or 7
    if lean < 0:
        return ahead - 7
    return ahead if ahead <= 3 else ahead - 7


_DAY_WORDS = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2,
    "last evening": -1, "last night": -1, "previous day": -1, "preceding day": -1, "day before": -1,
    "previous evening": -1, "preceding evening": -1, "evening before": -1, "night before": -1, "previous night": -1,
    "following day": 1, "next day": 1, "day after": 1, "next morning": 1, "following morning": 1,
    "same day": 0, "same evening": 0, "same afternoon": 0, "same morning": 0,
}  # fmt: skip


def _day_word(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    words = re.sub(r"^the ", "", " ".join(match[0].lower().replace("-", "").split()))
    if words.startswith(("that ", "same ")):
        return str(frame.that or frame.day)
    shift = next(
        (n for word, n in sorted(_DAY_WORDS.items(), key=lambda x: -len(x[0])) if words.startswith(word)), 0
    )
    return str(frame.day + timedelta(shift))


_SHIFT = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
    "ensuing": 1,
}


def _near_unit(match: re.Match[str], frame: Frame) -> str | None:
    """`this week`, `last month`, `the coming year`; `the past year` is the twelve months that end now."""
    if frame.day is None:
        return None
    near, unit = match["near"].lower().split()[-1], match["unit"].lower()
    shift = _SHIFT.get(near, 0)
    if near == "past" and unit != "week":
        return _stretch(frame.day, -1, unit)
    return _unit(frame.day, shift, unit)


def _unit(day: date, shift: int, unit: str) -> str | None:
    if unit == "week":
        return week(day, shift)
    if unit == "weekend":
        monday = bounds(week(day, shift)).earliest
        assert monday is not None
        return f"{monday + timedelta(5)}/{monday + timedelta(6)}"
    if unit == "month":
        return f"{add_months(day, shift):%Y-%m}"
    if unit == "year":
        return f"{day.year + shift:04}"
    if unit == "quarter":
        first = add_months(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), 3 * shift)
        return f"{first:%Y-%m}/{add_months(first, 2):%Y-%m}"
    return f"{day.year // 10 + shift}X" if unit == "decade" else None


def _moved(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week", "fortnight"):
        return day + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return add_months(day, count * {"month": 1, "year": 12, "decade": 120}[unit])


def _at(day: date, unit: str, count: int) -> str:
    """A moment reckoned in units, no more precise than they are."""
    if unit in ("day", "week", "fortnight"):
        return str(day)
    return f"{day:%Y-%m}" if unit == "month" or (unit == "year" and count == 1) else f"{day:%Y}"


def _stretch(day: date, count: int, unit: str) -> str | None:
    """The `count` units that end (negative) or begin now."""
    there = _moved(day, count, unit)
    first, last = min(there, day), max(there, day)
    return _span(_at(first, unit, abs(count)), _at(last, unit, abs(count)))


def _ago(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    unit, words = match["unit"].lower(), match["dir"].lower()
    sign = 1 if words in ("hence", "later", "from now", "thereafter", "afterwards") else -1
    low = _number(match["n"])
    mark = "~" if match["about"] or match["orso"] or "couple" in match["n"].lower() else ""
    if low > 300:
        return None
    if match["n2"]:
        both = sorted(_moved(frame.day, sign * n, unit) for n in (low, _number(match["n2"])))
        return _span(_at(both[0], unit, low), _at(both[1], unit, low))
    found = _at(_moved(frame.day, sign * low, unit), unit, low)
    return (found[:4] if mark and unit == "year" else found) + mark


def _in_units(match: re.Match[str], frame: Frame) -> str | None:
    """`in two or three weeks`: only where the text looks ahead, else it is a duration."""
    if frame.day is None or frame.lean < 1:
        return None
    unit = match["unit"].lower()
    unit2 = (match["unit2"] or unit).lower()
    low = _number(match["n"])
    first = _at(_moved(frame.day, low, unit), unit, low)
    if not match["n2"]:
        return first + ("~" if match["about"] else "")
    return _span(first, _at(_moved(frame.day, _number(match["n2"]), unit2), unit, low))


def _within(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    unit = match["unit"].lower()
    count = _number(match["n2"] or match["n"] or "one") * (2 if match["ortwo"] else 1)
    there = _moved(frame.day, count, unit)
    return f"../{there}"


def _past_units(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    sign = 1 if match["near"].lower().split()[-1] in ("next", "coming", "following", "ensuing") else -1
    return _stretch(frame.day, sign * _number(match["n"] or "one"), match["unit"].lower())


def _ended(match: re.Match[str], frame: Frame) -> str | None:
    """`the six months ended 31st March, 1954`."""
    end = _full_day(match, frame)
    if end is None:
        return None
    day = date.fromisoformat(end)
    count = _number(match["n"] or "one")
    begin = add_months(day, -count * (12 if match["unit"].lower() == "year" else 1))
    return f"{month_end(begin.year, begin.month) + timedelta(1)}/{end}"


def _nth_of_month(match: re.Match[str], frame: Frame) -> str | None:
    """`the 20th`, `on the 20th of this month`, `the 5th instant`."""
    if frame.day is None:
        return None
    words = (match["ofmonth"] or "").lower()
    mark = "~" if match[0].lower().startswith(("about", "around")) else ""
    fixed = -1 if "last" in words or "ult" in words else 1 if "next" in words or "prox" in words else 0
    day = _day(match["day"])
    if words:
        month = add_months(frame.day, fixed)
        found = _on(month.year, month.month, day)
        return found and found + mark
    months = [
        add_months(frame.day, shift)
        for shift in ((0, -1) if frame.lean < 0 else (0, 1) if frame.lean else (0,))
    ]
    fitting = [found for month in months if (found := _on(month.year, month.month, day))]
    return next((x for x in fitting if (date.fromisoformat(x) - frame.day).days * frame.lean >= 0), None)


def _weekend_days(match: re.Match[str], frame: Frame) -> str | None:
    """`the week of October 6-13`: the days named; `the week of October 6`: its Monday to Sunday."""
    month, day = _month(match["month"]), _day(match["day"])
    year = _year(match, frame, month, day)
    begin = year and _on(year, month, day)
    return week(date.fromisoformat(begin)) if begin else None


def _part_of_week(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    monday = frame.day - timedelta(frame.day.weekday())
    if match["side"].lower().startswith("earl"):
        return _span(str(monday), str(frame.day - timedelta(1))) if frame.day > monday else None
    return (
        _span(str(frame.day + timedelta(1)), str(monday + timedelta(6))) if frame.day.weekday() < 6 else None
    )


def _part_of_unit(match: re.Match[str], frame: Frame) -> str | None:
    """`the end of the year`, `the middle of this week`, `the rest of the month`."""
    if frame.day is None:
        return None
    unit, part = match["unit"].lower(), match["part"].lower()
    shift = _SHIFT.get((match["near"] or "").lower().split()[-1] if match["near"] else "", 0)
    whole = _unit(frame.day, shift, unit)
    days = bounds(whole) if whole else None
    if whole is None or days is None or days.earliest is None or days.latest is None:
        return None
    if part in ("rest", "remainder", "balance"):
        return _span(str(frame.day), str(days.latest))
    if part in ("end", "close"):
        return str(days.latest - timedelta(2)) if unit == "week" else str(days.latest)
    if part in ("middle", "mid"):
        return {
            "week": str(days.earliest + timedelta(2)),
            "month": f"{whole}-15~",
            "year": f"{whole}-06/{whole}-07",
        }.get(unit)
    return str(days.earliest)


def _first_of_year(match: re.Match[str], frame: Frame) -> str | None:
    if match["year"]:
        return f"{match['year']}-01-01"
    if frame.day is None:
        return None
    lean = 1 if frame.lean >= 0 else 0
    return f"{frame.day.year + lean:04}-01-01"


def _so_far(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None or (match["year"] and int(match["year"]) != frame.day.year):
        return None
    return _span(f"{frame.day.year:04}-01-01", str(frame.day))


def _centuries(match: re.Match[str], _frame: Frame) -> str | None:
    first = _day(match["day"]) - 1
    last = _day(match["day2"]) - 1 if match["day2"] else first
    return _span(f"{first}XX", f"{last}XX")


def _iso(match: re.Match[str], _frame: Frame) -> str | None:
    return (
        _on(int(match["year"]), int(match["mm"]), int(match["dd"])) if 1 <= int(match["mm"]) <= 12 else None
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    make: Make


_NEAR = r"(?P<near>(?:the\s+|this\s+)?(?:last|past|next|coming)|this)"
_WHOSE = r"(?P<whose>the\s+(?:current\s+)?year|this\s+year|next\s+year|last\s+year)"
_NTH = r"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)"
_ABOUT = r"(?P<about>(?:about|some|around|approximately|nearly|almost|roughly|(?:a\s+little|just|somewhat)?\s*(?:over|more\s+than|under))\s+)?"
_WD = rf"(?:{_W},?\s+(?:the\s+|on\s+)?)?"

_TABLE: tuple[tuple[str, str, Make], ...] = (
    ("iso-day", r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<mm>\d\d)-(?P<dd>\d\d)(?![\d-])", _iso),
    ("week-of-day", rf"(?:the\s+)?week\s+(?:of|beginning|commencing)\s+{_M}\s+{_D}{_OFYEAR}?(?!{_DASH}\d)", _weekend_days),
    ("period-ended", rf"the\s+(?:{_N}\s+)?(?P<unit>month|year)s?\s+(?:ended|ending)\s+(?:on\s+)?(?:{_D}\s+{_M}|{_M.replace('<month>', '<month2>')}\s+{_D2}){_OFYEAR}?", _ended),
    ("days-month", rf"{_WD}{_D}(?:{_DASH}|\s+(?:to|and|or)\s+){_D2}\s+(?:of\s+)?{_M}\b{_OFYEAR}?", _days_of_month),
    ("month-days", rf"{_WD}{_M}\s+{_D}(?:{_DASH}|\s+(?:to|and|or|through)\s+){_D2}(?!\s+{_M.replace('<month>', '<month3>')}){_OFYEAR}?", _days_of_month),
    ("day-month", rf"{_WD}{_D}(?:\s+(?:of\s+)?|[-–]){_M}(?!\w){_OFYEAR}?", _full_day),
    ("month-day", rf"{_WD}{_M}\s+(?:the\s+)?{_D}{_OFYEAR}?", _full_day),
    ("week-of-month", rf"(?:the\s+)?{_NTH}\s+week\s+(?:of|in)\s+{_M}\b{_OFYEAR}?", _week_of_month),
    ("months", rf"(?:(?:the|between|from)\s+)?{_M}(?:{_DASH}|\s+(?:or|and|to|through)\s+){_M.replace('<month>', '<month2>')}\b(?!\s+\d\d?\b){_OFYEAR}?(?:\s+(?:quarter|period))?", _months),
    ("near-month", rf"\b{_NEAR}\s+{_M}(?!\w)(?!\s+\d\d?\b)", _near_month),
    ("month-year", rf"{_M}(?!\w)(?:{_OFYEAR})", _whole_month),
    ("month", rf"{_M}(?!\w)(?!\s+\d\d?(?!\d))", _whole_month),
    ("fiscal-year", r"(?:the\s+)?(?:(?:US|U\.S\.)\s+)?(?:[Ff]iscal(?:\s+[Yy]ears?)?|F\.?Y\.?s?)[-\s]?\s?(?P<fy>\d{4}|['’‘]?\d\d(?!\d))(?:(?:\s?[-–,]\s?|\s+(?:and|to|through)\s+)(?:FY[-\s]?)?(?P<fy2>\d{4}|['’‘]?\d\d(?!\d)))?", _fiscal),
    ("fiscal-near", r"(?:the\s+)?(?P<fy>this|current|last|next|coming)\s+[Ff]iscal\s+[Yy]ear(?P<fy2>(?!x)x)?", _fiscal),
    ("halves", rf"(?:the\s+)?first\s+(?:or|and)\s+second\s+half\s+of\s+(?:(?:the\s+year\s+)?{_Y}|{_WHOSE})", _halves),
    ("months-of-year", rf"(?:the\s+)?(?P<nth>first|last)\s+{_N}\s+months\s+of\s+(?:(?:the\s+year\s+)?{_Y}|{_WHOSE})", _months_of_year),
    ("part-of-year", rf"(?:the\s+)?{_NTH}\s+(?P<part>quarter|half)(?:(?:\s+of)?,?\s+(?:(?:the\s+year\s+)?{_Y}|{_WHOSE}))", _part_of_year),
    ("quarter", rf"(?:the\s+){_NTH}\s+(?P<part>quarter)(?!\s+of\b)(?P<year>(?!x)x)?(?P<whose>(?!x)x)?", _part_of_year),
    ("decade", r"(?:the\s+)?(?P<part>early|late|mid-?|middle)?\s*\b(?P<century>1[5-9])(?P<tens>\d)0['’]?s\b", _decade),
    ("short-decade", r"(?:the\s+)(?P<part>early|late|mid-?|middle)?\s*['’‘]?(?P<century>(?!x)x)?(?P<tens>[1-9])0['’]?s\b", _decade),
    ("years", r"(?P<year>(?:1[5-9]|20)\d\d)(?:\s?[-–/]\s?|\s+(?:to|through)\s+)(?P<last>(?:1[5-9]|20)\d\d|\d\d)(?![\d%-])", _years),
    ("year", rf"(?:the\s+year\s+)?(?<![\d.,$£#/-])\b{_Y}(?![-–]\d)", _plain_year),
    ("short-year", r"(?<![\w])['’‘](?P<yy>[2-9]\d)(?![\d'’-]|\s?s\b|\w)", _short_year),
    ("season", rf"\b(?:(?:the|{_NEAR})\s+)(?P<season>spring|summer|autumn|fall|winter)\b(?:\s+(?:and|or)\s+(?P<season2>spring|summer|autumn|fall|winter)\b)?(?:\s+(?:of\s+)?(?:{_Y}))?", _season),
    ("season-year", rf"\b(?P<near>(?!x)x)?(?P<season2>(?!x)x)?(?P<season>spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall|Winter),?\s+(?:of\s+)?{_Y}", _season),
    ("weekday", rf"\b(?:{_NEAR}\s+)?{_W}\b(?:\s+(?P<ofweek>of\s+(?:this|next|last)\s+week))?{_TIMEOFDAY}(?:\s+(?P<ofweek2>next|last)\b)?", _weekday),
    ("day-word", r"\b(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|today|to-day|tonight|to-night|tomorrow|to-morrow|yesterday)(?:\s+(?:morning|afternoon|evening|night|noon))?\b", _day_word),
    ("time-of-day", r"\b(?:(?:this|that|last)\s+(?:morning|afternoon|evening|night)|the\s+(?:same|previous|preceding|following|next)\s+(?:day|morning|evening|afternoon|night)|the\s+(?:day|evening|night)\s+before|that\s+(?:same\s+)?day)\b", _day_word),
    ("past-units", rf"\b(?<!for )(?P<near>(?:the|this|these|those)\s+(?:last|past|next|coming|following|ensuing|previous|preceding))\s+{_N}(?:\s+(?:or|to)\s+{_N2})?\s+{_U}\b(?!['’])", _past_units),
    ("within", rf"\bwithin\s+(?:a\s+period\s+of\s+|about\s+)?(?:(?P<next>the\s+(?:next|coming|following))\s+)?(?:(?:{_N})(?:(?:\s+(?:or|to)\s+|{_DASH}){_N2})?\s+)?{_U}\b(?:\s+(?P<ortwo>or\s+two))?(?!['’]|\s+(?:of|after|from)\b)", _within),
    ("in-the-next", rf"\bin\s+(?P<next>the\s+next)(?P<n>(?!x)x)?(?P<n2>(?!x)x)?\s+{_U}\b(?:\s+(?P<ortwo>or\s+two))?", _within),
    ("near-unit", r"\b(?P<near>this|(?:the\s+)?(?:last|past|next|coming|current|previous|preceding|following|ensuing))\s+(?P<unit>week|weekend|month|year|quarter|decade)\b(?!['’]?s\s+time)", _near_unit),
    ("ago", rf"\b{_ABOUT}{_N}(?:(?:\s+(?:or|to)\s+|{_DASH}){_N2})?\s+{_U}\b(?P<orso>\s+or\s+(?:so|two|more))?\s+(?P<dir>ago|hence|from\s+now|earlier|before(?=\s*[.,;:)])|later)\b(?!\s+(?:than|the)\b)", _ago),
    ("in-units", rf"\bin\s+{_ABOUT}{_N}(?:(?:(?P<unit2>(?!x)x)?\s+(?:or|to)\s+|{_DASH}){_N2})?\s+{_U}\b(?:['’]s?)?(?:\s+time)?", _in_units),
    ("in-units-or", rf"\bin\s+{_ABOUT}{_N}\s+{_U}\s+or\s+{_N2}\s+{_U.replace('<unit>', '<unit2>')}\b", _in_units),
    ("part-of-week", r"\b(?P<side>earlier|later)\s+(?:in\s+the|this)\s+week\b", _part_of_week),
    ("part-of-unit", r"(?:the\s+)?\b(?P<part>end|close|middle|beginning|start|rest|remainder|balance)\s+of\s+(?P<near>the|this|next|last|the\s+current|the\s+present|the\s+coming)\s+(?P<unit>week|month|year|decade)\b", _part_of_unit),
    ("first-of-year", rf"the\s+first\s+of\s+(?:the\s+(?:new\s+)?year|{_Y})", _first_of_year),
    ("so-far", rf"so\s+far\s+(?:in\s+{_Y}|this\s+year)", _so_far),
    ("nth-of-month", rf"\b(?:on|of|until|by|before|after|about|around)\s+the\s+(?P<day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))\b(?!\s+(?:of\s+)?{_M})(?P<ofmonth>\s+(?:of\s+(?:this|last|next)\s+month|inst(?:ant)?\b|ult(?:imo)?\b|prox(?:imo)?\b))?(?=\s*(?:[.,;:)]|$|and\b|to\b|for\b|or\b|at\b|in\b|that\b|of\s+(?:this|last|next)\s+month))", _nth_of_month),
    ("century", rf"(?:the\s+)?(?P<day>{_ORDINAL})(?:\s+(?:and|to)\s+(?P<day2>{_ORDINAL}))?\s+centur(?:y|ies)", _centuries),
)  # fmt: skip


def _compiled() -> tuple[re.Pattern[str], dict[str, _Rule]]:
    """One pattern that finds the place and the name of the rule; the rule's own pattern then reads the parts."""
    rules = {
        name.replace("-", "_"): _Rule(name, re.compile(_caseless(name, pattern)), make)
        for name, pattern, make in _TABLE
    }
    one = "|".join(f"(?P<{key}>{_NAMED.sub('(?:', rule.pattern.pattern)})" for key, rule in rules.items())
    return re.compile(rf"(?<![\w.])(?:{one})"), rules


def _caseless(name: str, pattern: str) -> str:
    """Months and days have capitals in English; the other words may begin a sentence."""
    return f"(?i:{pattern})" if name in _CASELESS else pattern


_CASELESS = frozenset(
    ("day-word", "time-of-day", "past-units", "within", "in-the-next", "near-unit", "ago", "in-units", "in-units-or",
     "part-of-week", "part-of-unit", "first-of-year", "so-far", "season", "part-of-year", "months-of-year", "century")
)  # fmt: skip
_NAMED = re.compile(r"\(\?P<\w+>")
_ANY, _RULES = _compiled()

# A text without one of these has no date that a rule could find.
HINT = re.compile(
    r"\d{4}|['’‘]\d\d|[Ff]iscal|FY|centur|day|night|morning|afternoon|evening|week|fortnight|month|year|decade|quarter|"
    r"spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall|Winter|\d(?:st|nd|rd|th)|\d0['’]?s|"
    r"Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JU[NL]|AUG|SEP|OCT|NOV|DEC"
)


def _untold(_start: int, _end: int) -> int:
    return 0


def scan(text: str, frame: Frame, lean: Lean = _untold) -> list[Found]:
    """Every time named in `text`, in order, none overlapping; `lean` tells past or future of a place in it."""
    if not HINT.search(text):
        return []
    return _widened(text, _joined(text, _alone(text, frame, lean)), frame)


def _alone(text: str, frame: Frame, lean: Lean) -> list[Found]:
    out: list[Found] = []
    here = frame
    for match in _ANY.finditer(text):
        rule = _RULES[match.lastgroup or ""]
        own = rule.pattern.match(text, match.start())
        if own is None or _is_no_time(rule.name, text, own):
            continue
        edtf = rule.make(own, replace(here, lean=lean(own.start(), own.end())))
        if edtf is not None:
            out.append(Found(own.start(), own.end(), edtf, rule.name))
            that = date.fromisoformat(edtf) if _is_day(edtf) else here.that
            here = replace(here, year=_year_named(edtf, here.year), that=that)
    return out


def _is_day(edtf: str) -> bool:
    return len(edtf) == 10 and "X" not in edtf and "/" not in edtf


def _year_named(edtf: str, before: int | None) -> int | None:
    return int(edtf[:4]) if edtf[:4].isdigit() else before


_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|for|before|after|during|from|to|late|early|mid|about|through|this|last|next|and|or|"
    r"the|end|beginning|between|every|as|than|prior|following)|^|[,(;—–-])[\s-]*$",
    re.IGNORECASE,
)
_AFTER_VERB = re.compile(r"\s+(?:I|we|you|he|it|they|be|not|have|God|well|the|on|against|into)\b")


def _is_no_time(rule: str, text: str, match: re.Match[str]) -> bool:
    """Months that are verbs or names, figures that are no years."""
    if rule == "month" and match[0] in (
        "May",
        "March",
        "MARCH",
        "MAY",
        "Mar",
        "Jan",
        "June",
        "April",
        "August",
    ):
        free = match.start() == 0 and not re.match(r"\s*(?:$|[,.;:)])", text[match.end() :])
        return (
            free
            or not _BEFORE_MONTH.search(text, 0, match.start())
            or bool(_AFTER_VERB.match(text, match.end()))
        )
    if rule == "year":
        return bool(_NO_YEAR_AFTER.match(text, match.end())) or bool(
            _NO_YEAR_BEFORE.search(text, 0, match.start())
        )
    return False


_NO_YEAR_AFTER = re.compile(
    r"\s+(?:tons?|men|persons?|people|miles|kilomet\w+|hours|troops|dollars|planes|aircraft|feet|prisoners|million|"
    r"trucks|pounds|students|bales|bushels|vessels|soldiers|km|barrels|lbs|metres|meters|copies|votes)\b|\s?(?:%|GMT)|-(?:man|mile|ton)"
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$£¥#§/]|\b(?:No|Nos|Numbers?|[Tt]elegrams?|[Dd]ocuments?|[Dd]espatch|[Dd]oc|pp?|vol|Embtel|Deptel|[Cc]irtel|Rs|US|at|"
    r"[Rr]oom|[Bb]ox|[Tt]osec|[Ss]ecto|Tel|NSC|UN|PL|[Rr]esolution|[Dd]raft|NIE|SNIE|GA|about|some|approximately|nearly|over|"
    r"than|only))\.?\s*$"
)


def remember(frame: Frame, text: str, times: list[Found]) -> None:
    """Keeps the year of each day that was named in full, for the same day named again without it."""
    if frame.days is None:
        return
    for time in times:
        day = time.edtf.removeprefix("../").removesuffix("/..").rstrip("~")
        if _is_day(day) and day[:4] in text[time.start : time.end]:
            frame.days[int(day[5:7]), int(day[8:])] = int(day[:4])


# --- two times that are one ----------------------------------------------------------------------------------

_LINK = re.compile(r",?\s*(?:(?:[-–—]|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s*(?:the\s+)?)")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_NOW = re.compile(r"\b(?:between|from)\s+now\s+(?:and|to|until)\s+(?:the\s+)?$", re.IGNORECASE)
_ALSO = re.compile(r"(?:['’]s)?\s*\(\s*(?:i\.?e\.?,?\s*)?|,\s+(?:the\s+)?(?:day\s+of\s+)?")
_STARTING = re.compile(r",?\s+(?:starting|beginning|commencing)\s+(?:with|in|from|on)\s+")
_EITHER = re.compile(r"\s+or\s+(?:in\s+)?(?:early\s+|late\s+)?")


def _joined(text: str, times: list[Found]) -> list[Found]:
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
    edtf = _span(_near_end(left.edtf, right.edtf), unmarked(right.edtf))
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
    edtf = _span(left.edtf, right.edtf)
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


def _widened(text: str, times: list[Found], frame: Frame) -> list[Found]:
    out: list[Found] = []
    floor = 0
    for time in times:
        wide = _limited(text, _parted(text, time, floor), floor, frame)
        floor = wide.end
        if _is_valid(wide.edtf):
            out.append(wide)
    return out


def _is_valid(edtf: str) -> bool:
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
        edtf = _span(str(frame.day), _last(time.edtf))
        return time if edtf is None else Found(now.start(), time.end, edtf, "from-now")
    if ".." in time.edtf:
        return time
    until = _UNTIL.search(text, low, time.start)
    if until:
        return _until(until, time)
    since = _SINCE.search(text, low, time.start)
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
    day = (
        _last(edtf)
        if word in ("by", "within", "up to") or "later" in word or "late" in word
        else _first(edtf)
    )
    return Found(until.start(), time.end, f"../{day}", time.rule)


def _is_beginning(text: str, time: Found) -> bool:
    """`from 1st April, 1954, ...`: a day after which the phrase ends."""
    return len(time.edtf) == 10 and bool(re.match(r"\s*[,;.)]", text[time.end : time.end + 2]))


def _first(edtf: str) -> str:
    return unmarked(edtf.partition("/")[0])


def _last(edtf: str) -> str:
    return unmarked(edtf.rpartition("/")[2])


# --- a date that stands by itself --------------------------------------------------------------------------------

_AROUND_IT = re.compile(
    r"(?:(?:on|in|at|during|dated|the|of|for|over|a\.?m\.?|p\.?m\.?|noon|\d\d?(?:[:.]\d\d)?)\b|[\s.,;:()\[\]])*",
    re.IGNORECASE,
)


def read(printed: str, day: date | None = None) -> str | None:
    """The EDTF of words that are a date and nothing else, None where they are not understood."""
    for edtf in (printed.strip(), _foreign(printed)):
        if edtf and re.match(r"[\d.X-]", edtf) and re.search(r"\d{4}|\d{2,3}X", edtf) and _is_valid(edtf):
            return edtf
    found = scan(printed, Frame(day))
    if len(found) != 1:
        return None
    start, end, edtf, _ = found[0]
    rest = _AROUND_IT.fullmatch(printed[:start]) and _AROUND_IT.fullmatch(printed[end:])
    return edtf if rest else None


_FOREIGN = {
    "января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6, "июля": 7, "августа": 8, "сентября": 9,
    "октября": 10, "ноября": 11, "декабря": 12, "январь": 1, "февраль": 2, "март": 3, "апрель": 4, "май": 5, "июнь": 6,
    "июль": 7, "август": 8, "сентябрь": 9, "октябрь": 10, "ноябрь": 11, "декабрь": 12,
    "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8,
    "september": 9, "oktober": 10, "november": 11, "dezember": 12,
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "septembre": 9,
    "octobre": 10, "novembre": 11, "décembre": 12,
}  # fmt: skip
_NAMED_DAY = re.compile(
    r"(?:(?:le|den|am|vom|du)\s+)?(?:(?P<day>\d\d?)(?:\.|er)?\s+)?(?P<month>[^\W\d]+)\s+(?P<year>\d{4})(?:\s*(?:г\.?|года?))?\.?"
)
_CHINESE_DAY = re.compile(r"(?P<year>\d{4})\s*年(?:\s*(?P<month>\d\d?)\s*月(?:\s*(?P<day>\d\d?)\s*日)?)?")
_FIGURES = re.compile(r"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>\d{4})(?:\s*г\.?)?")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)")


def _foreign(printed: str) -> str | None:
    words = printed.strip().lower()
    for pattern in (_NAMED_DAY, _CHINESE_DAY, _FIGURES, _YEAR_FIRST):
        match = pattern.fullmatch(words)
        if match:
            return _of_parts(match["year"], match["month"], match["day"])
    return None


def _of_parts(year: str, month: str | None, day: str | None) -> str | None:
    number = None if month is None else int(month) if month.isdigit() else _FOREIGN.get(month)
    if month is not None and (number is None or not 1 <= number <= 12):
        return None
    return "-".join([year, *([f"{number:02}"] if number else []), *([f"{int(day):02}"] if day else [])])
