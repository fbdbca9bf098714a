"""Times that are reckoned from a day: "last Friday", "six weeks ago", "the end of the year"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from memcon.datewords.frame import DAYS, Frame, day_of, month_of, number
from memcon.datewords.named import full_day, on, span, year_of
from memcon.edtf import add_months, bounds, month_end, week


def weekday(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    here, want = frame.day.weekday(), DAYS.index(match["weekday"].lower())
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


def weekday_nth(match: re.Match[str], frame: Frame) -> str | None:
    """`Monday, the 19th`: in the nearest month in which that day is a Monday."""
    if frame.day is None:
        return None
    found = (
        on(m.year, m.month, day_of(match["day"]))
        for m in (add_months(frame.day, n) for n in (0, -1, 1, -2, 2))
    )
    want = DAYS.index(match["weekday"].lower())
    return next((day for day in found if day and date.fromisoformat(day).weekday() == want), None)


def _nearest_weekday(lean: int, ahead: int) -> int:
    if lean > 0:
        return ahead or 7
    if lean < 0:
        return ahead - 7
    return ahead if ahead <= 3 else ahead - 7


# Longest first: "day before yesterday" begins like "day before".
_FROM_NOW = {
    "day before yesterday": -2, "day after tomorrow": 2, "yesterday": -1, "tomorrow": 1, "today": 0, "tonight": 0,
    "last evening": -1, "last night": -1, "last afternoon": -1, "last morning": -1, "this ": 0,
}  # fmt: skip
_FROM_THERE = {
    "day before": -1, "evening before": -1, "night before": -1, "previous ": -1, "preceding ": -1,
    "following ": 1, "next ": 1, "that ": 0, "same ": 0,
}  # fmt: skip


def day_word(match: re.Match[str], frame: Frame) -> str | None:
    """`yesterday` is reckoned from the talk; `the day before`, `that evening` from the day named last, if one is."""
    if frame.day is None:
        return None
    words = re.sub(r"^the ", "", " ".join(match[0].lower().replace("-", "").split()))
    now = next((shift for word, shift in _FROM_NOW.items() if words.startswith(word)), None)
    if now is not None:
        return str(frame.day + timedelta(now))
    there = next(shift for word, shift in _FROM_THERE.items() if words.startswith(word))
    if there > 0 and frame.lean < 0 and frame.that is None:
        return None  # the day after some other, of which a tale is told
    return str((frame.that or frame.day) + timedelta(there))


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


def near_unit(match: re.Match[str], frame: Frame) -> str | None:
    """`this week`, `last month`, `the coming year`; `the past year` is the twelve months that end now."""
    if frame.day is None:
        return None
    near, unit = match["near"].lower().split()[-1], match["unit"].lower()
    shift = _SHIFT.get(near, 0)
    if near == "past" and unit in ("month", "quarter", "year", "decade"):
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
    return add_months(day, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])


def _at(day: date, unit: str, count: int) -> str:
    """A moment reckoned in units, no more precise than they are."""
    if unit in ("day", "week", "fortnight"):
        return str(day)
    return f"{day:%Y-%m}" if unit in ("month", "quarter") or (unit == "year" and count == 1) else f"{day:%Y}"


def _stretch(day: date, count: int, unit: str) -> str | None:
    """The `count` units that end (negative) or begin now."""
    there = _moved(day, count, unit)
    first, last = min(there, day), max(there, day)
    return span(_at(first, unit, abs(count)), _at(last, unit, abs(count)))


def ago(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    unit, words = match["unit"].lower(), match["dir"].lower()
    sign = 1 if words in ("hence", "later", "from now", "thereafter", "afterwards") else -1
    low = number(match["n"])
    mark = "~" if match["about"] or match["orso"] or "couple" in match["n"].lower() else ""
    if low > 300:
        return None
    if match["n2"]:
        both = sorted(_moved(frame.day, sign * n, unit) for n in (low, number(match["n2"])))
        return span(_at(both[0], unit, low), _at(both[1], unit, low))
    found = _at(_moved(frame.day, sign * low, unit), unit, low)
    return (found[:4] if mark and unit == "year" else found) + mark


def in_units(match: re.Match[str], frame: Frame) -> str | None:
    """`in two or three weeks`: only where the text looks ahead, else it is a duration."""
    if frame.day is None or frame.lean < 1:
        return None
    unit = match["unit"].lower()
    unit2 = (match["unit2"] or unit).lower()
    low = number(match["n"])
    first = _at(_moved(frame.day, low, unit), unit, low)
    if match["ortwo"]:
        return span(first, _at(_moved(frame.day, 2, unit), unit, low))
    if not match["n2"]:
        return first + ("~" if match["about"] else "")
    return span(first, _at(_moved(frame.day, number(match["n2"]), unit2), unit, low))


def within(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    unit = match["unit"].lower()
    count = number(match["n2"] or match["n"] or "one") * (2 if match["ortwo"] else 1)
    there = _moved(frame.day, count, unit)
    return f"../{there}"


def past_units(match: re.Match[str], frame: Frame) -> str | None:
    """`the past six months`; "the last two or three years" is too vague to be a time."""
    if frame.day is None or match["n2"]:
        return None
    sign = 1 if match["near"].lower().split()[-1] in ("next", "coming", "following", "ensuing") else -1
    return _stretch(frame.day, sign * number(match["n"] or "one"), match["unit"].lower())


def ended(match: re.Match[str], frame: Frame) -> str | None:
    """`the six months ended 31st March, 1954`."""
    end = full_day(match, frame)
    if end is None:
        return None
    day = date.fromisoformat(end)
    count = number(match["n"] or "one")
    begin = add_months(day, -count * (12 if match["unit"].lower() == "year" else 1))
    return f"{month_end(begin.year, begin.month) + timedelta(1)}/{end}"


def nth_of_month(match: re.Match[str], frame: Frame) -> str | None:
    """`the 20th`, `on the 20th of this month`, `the 5th instant`."""
    if frame.day is None:
        return None
    words = (match["ofmonth"] or "").lower()
    mark = "~" if match[0].lower().startswith(("about", "around")) else ""
    fixed = -1 if "last" in words or "ult" in words else 1 if "next" in words or "prox" in words else 0
    day = day_of(match["day"])
    if words:
        month = add_months(frame.day, fixed)
        found = on(month.year, month.month, day)
        return found and found + mark
    months = [
        add_months(frame.day, shift)
        for shift in ((0, -1) if frame.lean < 0 else (0, 1) if frame.lean else (0,))
    ]
    fitting = [found for month in months if (found := on(month.year, month.month, day))]
    return next((x for x in fitting if (date.fromisoformat(x) - frame.day).days * frame.lean >= 0), None)


def weekend_days(match: re.Match[str], frame: Frame) -> str | None:
    """`the week of October 6-13`: the days named; `the week of October 6`: its Monday to Sunday."""
    month, day = month_of(match["month"]), day_of(match["day"])
    year = year_of(match, frame, month, day)
    begin = year and on(year, month, day)
    return week(date.fromisoformat(begin)) if begin else None


def part_of_week(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None:
        return None
    monday = frame.day - timedelta(frame.day.weekday())
    if match["side"].lower().startswith("earl"):
        return span(str(monday), str(frame.day - timedelta(1))) if frame.day > monday else None
    return (
        span(str(frame.day + timedelta(1)), str(monday + timedelta(6))) if frame.day.weekday() < 6 else None
    )


def part_of_unit(match: re.Match[str], frame: Frame) -> str | None:
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
        return span(str(frame.day), str(days.latest))
    if part in ("end", "close"):
        return str(days.latest - timedelta(2)) if unit == "week" else str(days.latest)
    if part in ("middle", "mid"):
        return {
            "week": str(days.earliest + timedelta(2)),
            "month": f"{whole}-15~",
            "year": f"{whole}-06/{whole}-07",
        }.get(unit)
    return str(days.earliest)


def first_of_year(match: re.Match[str], frame: Frame) -> str | None:
    if match["year"]:
        return f"{match['year']}-01-01"
    if frame.day is None:
        return None
    lean = 1 if frame.lean >= 0 else 0
    return f"{frame.day.year + lean:04}-01-01"


def so_far(match: re.Match[str], frame: Frame) -> str | None:
    if frame.day is None or (match["year"] and int(match["year"]) != frame.day.year):
        return None
    return span(f"{frame.day.year:04}-01-01", str(frame.day))
