"""Numbers in figures and words, with ranges and fractions, as values with their places in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from memcon.reading.knowledge import table


class Number(NamedTuple):
    """Half-open positions; `low` and `high` differ in a range; `sign` is a currency's, as printed, or ""."""

    start: int
    end: int
    low: float
    high: float
    sign: str
    words: bool

    @property
    def value(self) -> float | tuple[float, float]:
        """One number, or the two ends of a range; whole numbers are integers."""
        low, high = _whole(self.low), _whole(self.high)
        return low if low == high else (low, high)


def _whole(value: float) -> float:
    """A third is printed with four digits, with two after a whole number; what ends is left as it is."""
    if value == int(value):
        return int(value)
    near = round(value)
    if abs(value - near) < 1e-6 * max(1, value / 1e6):
        return near
    endless = abs(value * 10_000 - round(value * 10_000)) > 1e-6
    return round(value, 2) if endless and value > 1 else round(value, 4 if endless else 9)


_SMALL: Mapping[str, float]
_BIG: Mapping[str, float]
_PART: Mapping[str, float]
_SIGN: Mapping[str, float]
_SMALL, _BIG, _PART, _SIGN = (table("numbers")[part] for part in ("small", "big", "part", "sign"))


def _any(words: Mapping[str, float]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_GLYPHS = "".join(_SIGN)
_BIGS = rf"(?:{_any(_BIG)})\b"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALLS = rf"(?:(?:{_TENS})[-‑–\s](?:one|two|three|four|five|six|seven|eight|nine)|{_any(_SMALL)})\b"
_FIGURE = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:(?:\s|-)?[{_GLYPHS}]|[\s–-]\d/\d{{1,2}}(?!\d))?"
)
_FRACTION = rf"(?:[1-9]/(?:2|3|4|5|6|8|10|12|16)(?![\d/])|[{_GLYPHS}])"
_CURRENCY = (
    r"(?:(?:US|U\.S\.|NT|HK|A|C|Can)\s?\$|\$A?|£A?|A£|¥|#(?=\d+(?:\.\d+)?\s[mb]illion)|\bRs\.?\s?|\bDM\s?)"
)
_SPELLED = (
    rf"(?:(?:a\s+|one[-\s])?half[-\s](?:a\s+)?(?:dozen|million|billion)\b|"
    rf"(?:{_SMALLS}(?:\s+and\s+(?:(?:a|one)[-\s]half\b|[{_GLYPHS}]))?|an?(?=\s+(?:{_any(_BIG)})\b))(?:[-\s]{_BIGS})*"
    rf"(?:(?<=hundred)(?:\s+and)?\s+{_SMALLS}(?:[-\s]{_BIGS})*)?)"
)
_SHARE = (
    rf"(?:(?:{_any(_SMALL)})[-‑\s](?:{_any(_PART)})\b|(?:an?\s+)(?:third|quarter|fourth|fifth|tenth)(?=\s+of\b)|"
    r"(?:an?\s+|one\s+)?half(?=\s+(?:of|the|its|their)\b))"
)
_NUMBER = (
    rf"(?:(?P<sign>{_CURRENCY})\s?)?(?:(?P<fraction>{_FRACTION})|(?P<figure>{_FIGURE})|"
    rf"(?P<share>{_SHARE})|(?P<spelled>{_SPELLED}))(?P<big>(?:[-\s]{_BIGS})*)"
)
_LINK = r"(?P<link>\s?[-–—‑]\s?|/|\s+(?:to|or|and)\s+|\s*%\s?[-–—]\s?|\s+per\s?cent\s+to\s+|%\s+to\s+)"
_UNNAMED = re.compile(r"\(\?P<\w+>")
_PATTERN = re.compile(rf"(?<![\w.,])(?<!\w/)(?<![A-Za-z][-–‑]){_NUMBER}(?![\w]|[.,]\d)", re.IGNORECASE)
_SECOND = re.compile(rf"{_LINK}{_NUMBER}(?![\w]|[.,]\d)", re.IGNORECASE)

HINT = re.compile(rf"[\d{_GLYPHS}]|\b(?:{_any(_SMALL)}|{_any(_BIG)}|{_any(_PART)})\b", re.IGNORECASE)


def find(text: str) -> list[Number]:
    """Every number of a text, in order: "13,400", "$1 1/2 million", "a half dozen", "two-thirds", "40 to 50,000"."""
    out: list[Number] = []
    at = 0
    while match := _PATTERN.search(text, at):
        number, at = _ranged(text, match)
        out.append(number)
    return out


def _ranged(text: str, match: re.Match[str]) -> tuple[Number, int]:
    value = _value(match)
    one = Number(match.start(), match.end(), value, value, match["sign"] or "", bool(match["spelled"]))
    second = _SECOND.match(text, match.end())
    if second is None or not _may_be_range(text, match, second):
        return one, match.end()
    high = _value(second)
    low = value * _missing_scale(match, second, value, high)
    if match["share"] and high < low and "or" in second["link"]:
        low, high = high, low
    if not low < high:
        return one, match.end()
    return one._replace(end=second.end(), low=low, high=high), second.end()


def _may_be_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """`two or three`, `$2-$3`, `from 250 to 300`; "and" joins a range only after "between"."""
    link = second["link"].strip().lower()
    if bool(first["fraction"] or first["share"]) != bool(second["fraction"] or second["share"]):
        return False
    if link == "/":
        return bool(first["sign"])
    if link == "and":
        return text[: first.start()].lower().rstrip().endswith("between")
    return not (second["sign"] and not first["sign"])


def _missing_scale(first: re.Match[str], second: re.Match[str], low: float, high: float) -> float:
    """`1.5-2 million`, `40 to 50,000`: the second number's scale holds for the first."""
    if first["big"] or low >= high:
        return 1
    big = _scale(second["big"]) if second["big"] else 1
    if big > 1 and low * big <= high:
        return big
    thousands = first["figure"] and second["figure"] and second["figure"].endswith(",000")
    return 1000 if thousands and "," not in first["figure"] and low * 1000 < high else 1


def _value(match: re.Match[str]) -> float:
    scale = _scale(match["big"])
    if match["fraction"]:
        return _fraction(match["fraction"]) * scale
    if match["figure"]:
        return _figure(match["figure"]) * scale
    if match["share"]:
        return _share(match["share"])
    return _spelled(match["spelled"]) * scale


def _scale(words: str) -> float:
    out = 1.0
    for word in re.split(r"[-\s]+", words.lower()):
        out *= _BIG.get(word, 1)
    return out


def _fraction(sign: str) -> float:
    if sign in _SIGN:
        return _SIGN[sign]
    top, bottom = sign.split("/")
    return int(top) / int(bottom) if int(bottom) else 0


def _figure(figure: str) -> float:
    parts = re.fullmatch(rf"([\d,.]+?)(?:[\s-]?([{_GLYPHS}])|[\s–-](\d/\d+))?", figure)
    assert parts is not None
    whole = float(parts[1].replace(",", ""))
    rest = parts[2] or parts[3]
    return whole + (_fraction(rest) if rest else 0)


def _share(words: str) -> float:
    parts = re.split(r"[-‑\s]+", words.lower())
    top = next((_SMALL[word] for word in parts if word in _SMALL), 1)
    bottom = next((_PART[word] for word in reversed(parts) if word in _PART), 1)
    return top / bottom


def _spelled(words: str) -> float:
    parts = re.split(r"[-‑–\s]+", words.lower())
    total, run = 0.0, 0.0
    for at, word in enumerate(parts):
        if word in _SMALL and parts[at + 1 : at + 2] != ["half"]:
            run += _SMALL[word]
        elif word == "half" or word in _SIGN:
            run += _SIGN.get(word, 0.5)
        elif word in _BIG:
            run = (run or 1) * _BIG[word]
            if _BIG[word] >= 1000:
                total, run = total + run, 0
    return total + run
