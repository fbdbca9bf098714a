"""Times that are named: days, months, years, parts of years; the year is printed or is the one that fits."""

from __future__ import annotations

import re
from dataclasses import replace

from memcon.datewords.frame import ORDINALS, SEASONS, Frame, day_of, month_of, number
from memcon.edtf import month_end


def span(first: str, last: str) -> str | None:
    return first if first == last else f"{first}/{last}" if first < last else None


def on(year: int, month: int, day: int) -> str | None:
    """A day, if there is such a one."""
    return f"{year:04}-{month:02}-{day:02}" if day <= month_end(year, month).day else None


def year_of(match: re.Match[str], frame: Frame, month: int, day: int | None) -> int | None:
    """The year as printed ("1950", "of this year"), or the one that fits best."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("which") and frame.day:
        shift = {"last": -1, "next": 1}.get(groups["which"].lower(), 0)
        return frame.day.year + shift
    return fitting_year(frame, month, day)


def fitting_year(frame: Frame, month: int, day: int | None) -> int | None:
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
    far, near = (250, 250) if abs(frame.lean) == 1 else (320, 45)
    return nearest if abs(away[best]) > far and abs(away[nearest]) < near else best


def full_day(match: re.Match[str], frame: Frame) -> str | None:
    month, day = month_of(match["month"]), day_of(match["day"])
    year = year_of(match, frame, month, day)
    return None if year is None else on(year, month, day)


def days_of_month(match: re.Match[str], frame: Frame) -> str | None:
    month, day, last = month_of(match["month"]), day_of(match["day"]), day_of(match["day2"])
    year = year_of(match, frame, month, day)
    if year is None or last <= day:
        return None
    first, second = on(year, month, day), on(year, month, last)
    return f"{first}/{second}" if first and second else None


def days_of_months(match: re.Match[str], _frame: Frame) -> str | None:
    """`December 28 to January 3, 1950`: the year is that of the end."""
    year, first, last = int(match["year"]), month_of(match["month"]), month_of(match["month2"])
    begin = on(year - (first > last), first, day_of(match["day"]))
    end = on(year, last, day_of(match["day2"]))
    return span(begin, end) if begin and end else None


def whole_month(match: re.Match[str], frame: Frame) -> str | None:
    month = month_of(match["month"])
    year = year_of(match, frame, month, None)
    return None if year is None else f"{year:04}-{month:02}"


def near_month(match: re.Match[str], frame: Frame) -> str | None:
    """`last May` is the one before this month, `next January` the one after it, `this March` the nearest."""
    if frame.day is None:
        return None
    here, month, near = frame.day, month_of(match["month"]), match["near"].lower().split()[-1]
    if near in ("last", "past"):
        return f"{here.year - (month >= here.month):04}-{month:02}"
    if near in ("next", "coming"):
        return f"{here.year + (month <= here.month):04}-{month:02}"
    return f"{fitting_year(replace(frame, lean=0), month, None):04}-{month:02}"


def months(match: re.Match[str], frame: Frame) -> str | None:
    """`October-March` runs into the next year; without a year it is the one that is running, if one is."""
    first, last = month_of(match["month"]), month_of(match["month2"])
    year = year_of(match, frame, last, None)
    if year is None:
        return None
    if first > last and not match["year"] and frame.day and frame.day.month >= first:
        year = frame.day.year + 1
    return span(f"{year - (first > last):04}-{first:02}", f"{year:04}-{last:02}")


def plain_year(match: re.Match[str], _frame: Frame) -> str | None:
    return match["year"]


def short_year(match: re.Match[str], frame: Frame) -> str | None:
    return f"{frame.day.year // 100}{match['yy']}" if frame.day else f"19{match['yy']}"


def years(match: re.Match[str], _frame: Frame) -> str | None:
    first, last = match["year"], match["last"]
    return span(first, last if len(last) == 4 else first[:2] + last)


def years_listed(match: re.Match[str], _frame: Frame) -> str | None:
    """`1975, 1976 and 1977`, if none is left out."""
    listed = [int(year) for year in re.findall(r"\d{4}", match[0])]
    whole = list(range(listed[0], listed[-1] + 1))
    return span(str(listed[0]), str(listed[-1])) if listed == whole and len(listed) > 2 else None


def decade(match: re.Match[str], _frame: Frame) -> str | None:
    part = (match["part"] or "").lower()
    tens = (match["century"] or "19") + match["tens"]
    ends = {"early": (0, 3), "late": (7, 9), "mid": (4, 6), "middle": (4, 6)}
    low, high = next((ends[word] for word in ends if word in part), (None, None))
    return f"{tens}X" if low is None else f"{tens}{low}/{tens}{high}"


def fiscal(match: re.Match[str], frame: Frame) -> str | None:
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


def part_of_year(match: re.Match[str], frame: Frame) -> str | None:
    """A quarter or a half, as its months; the year may be one named before."""
    year = _named_year(match, frame)
    nth = nth_of(match["nth"])
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


def nth_of(word: str) -> int:
    word = word.lower()
    return 0 if word == "last" else int(word[0]) if word[0].isdigit() else ORDINALS.index(word) + 1


def halves(match: re.Match[str], frame: Frame) -> str | None:
    year = _named_year(match, frame)
    return f"{year:04}" if year else None


def months_of_year(match: re.Match[str], frame: Frame) -> str | None:
    year, count = _named_year(match, frame), number(match["n"])
    if year is None or not 1 <= count <= 12:
        return None
    first, last = (1, count) if match["nth"].lower() == "first" else (13 - count, 12)
    return f"{year:04}-{first:02}/{year:04}-{last:02}"


def week_of_month(match: re.Match[str], frame: Frame) -> str | None:
    month = month_of(match["month"])
    year = year_of(match, frame, month, None)
    if year is None:
        return None
    end, nth = month_end(year, month), nth_of(match["nth"])
    first, last = (end.day - 6, end.day) if nth == 0 else (7 * nth - 6, min(7 * nth, end.day))
    return f"{on(year, month, first)}/{on(year, month, last)}" if nth < 5 else None


def season(match: re.Match[str], frame: Frame) -> str | None:
    code = SEASONS[match["season"].lower()]
    near = (match["near"] or "").lower().split()[-1:]
    other = SEASONS[match["season2"].lower()] if match["season2"] else code
    if match["year"]:
        return span(f"{match['year']}-{code}", f"{match['year']}-{other}")
    if frame.day is None or not (near or other > code):
        return None
    year, near = frame.day.year, near or ["this"]
    first = 3 * (code - 20)  # its first month
    if near[0] in ("last", "past") and frame.day.month < min(first + 3, 13):
        year -= 1
    if near[0] in ("next", "coming") and frame.day.month >= first:
        year += 1
    return span(f"{year:04}-{code}", f"{year:04}-{other}")


def centuries(match: re.Match[str], _frame: Frame) -> str | None:
    first = day_of(match["day"]) - 1
    last = day_of(match["day2"]) - 1 if match["day2"] else first
    return span(f"{first}XX", f"{last}XX")


def iso(match: re.Match[str], _frame: Frame) -> str | None:
    return on(int(match["year"]), int(match["mm"]), int(match["dd"])) if 1 <= int(match["mm"]) <= 12 else None
