"""Words that are a date and nothing else, in English, Russian, German, French and Chinese."""

from __future__ import annotations

import re
from datetime import date

from memcon.datewords import scan
from memcon.datewords.around import is_valid
from memcon.datewords.frame import Frame

_AROUND_IT = re.compile(
    r"(?:(?:on|in|at|during|dated|the|of|for|over|a\.?m\.?|p\.?m\.?|noon|\d\d?(?:[:.]\d\d)?)\b|[\s.,;:()\[\]])*",
    re.IGNORECASE,
)


def read(printed: str, day: date | None = None) -> str | None:
    """The EDTF of words that are a date and nothing else, None where they are not understood."""
    for edtf in (printed.strip(), _foreign(printed)):
        if edtf and re.match(r"[\d.X-]", edtf) and re.search(r"\d{4}|\d{2,3}X", edtf) and is_valid(edtf):
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
