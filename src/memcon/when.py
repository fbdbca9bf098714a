"""Times of known precision: the printed words, an EDTF expression, and the earliest and latest day.

`When.of` takes EDTF (what is valid: `memcon.edtf`), `parse` takes words in English and, for whole days, in Russian,
German, French and Chinese. Not supported: other calendars than the Gregorian, figures such as 6/1/50 that two
countries read differently, sets of dates, time zones (kept in the expression, not reckoned with).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from memcon.datewords import whole
from memcon.edtf import bounds

Key = tuple[bool, date, date, str]


@dataclass(frozen=True, slots=True)
class When:
    """A time as the paper gives it.

    `edtf` is None when the words are not understood; `earliest` and `latest` are None where the interval is open
    or nothing is known. Nothing prints a day that the paper does not have: show `printed`, or `str(when)`.
    """

    edtf: str | None
    printed: str | None = None
    earliest: date | None = None
    latest: date | None = None

    @classmethod
    def of(cls, edtf: str, printed: str | None = None) -> When:
        """A time from an EDTF expression; raises `BadInput`, with advice, for what is not valid.

        >>> When.of("../1950-01").latest
        datetime.date(1950, 1, 31)
        """
        return cls(edtf, printed, *bounds(edtf))

    def __str__(self) -> str:
        """The time in words, at its true precision."""
        return display(self)

    @property
    def key(self) -> Key:
        """For sorting: by the first day it can mean, then by the last; open beginnings by their end, unknown last."""
        first = self.earliest or self.latest
        return (first is None, first or date.max, self.latest or date.max, self.edtf or "")

    @property
    def is_day(self) -> bool:
        """True when it is one single day."""
        return self.earliest is not None and self.earliest == self.latest

    def surely_before(self, other: When) -> bool:
        """True when every day it can mean is before every day of the other."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def may_be_within(self, other: When) -> bool:
        """True when some day that it can mean lies in the other; False when either is not understood."""
        if self.edtf is None or other.edtf is None:
            return False
        begins = self.earliest is None or other.latest is None or self.earliest <= other.latest
        return begins and (self.latest is None or other.earliest is None or other.earliest <= self.latest)


def parse(printed: str, anchor: date | None = None) -> When:
    """The words of a date, those relative to a day ("next January") reckoned from `anchor`.

    `edtf` is None where the words are not understood, or are relative and there is no anchor.

    >>> parse("January 6, 1950").edtf
    '1950-01-06'
    >>> parse("next January", date(1950, 1, 6)).edtf
    '1951-01'
    """
    edtf = whole.read(printed, anchor)
    return When(None, printed) if edtf is None else replace(When.of(edtf), printed=printed)


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS = dict(
    enumerate(
        ["spring", "summer", "autumn", "winter"] * 3
        + ["first quarter", "second quarter", "third quarter", "fourth quarter"]
        + ["first third", "second third", "last third", "first half", "second half"],
        start=21,
    )
)


def display(when: When) -> str:
    """The time in words, never more precise than it is: "January 1950", "until 11 January 1950", "about 1951".

    What is not understood is shown as printed; "undated" where there is nothing.
    """
    if when.edtf is None:
        return when.printed or "undated"
    if "/" not in when.edtf:
        return _point(when.edtf)
    left, right = when.edtf.split("/")
    if left in ("", ".."):
        return f"until {_point(right)}"
    if right in ("", ".."):
        return f"from {_point(left)}"
    return _interval(left, right)


def _interval(left: str, right: str) -> str:
    first, last = _point(left).split(" "), _point(right).split(" ")
    common = 0
    while len(first) == len(last) and common < len(first) - 1 and first[-common - 1] == last[-common - 1]:
        common += 1
    begin = " ".join(first[: len(first) - common])
    dash = "–" if " " not in begin else " – "
    return f"{begin}{dash}{' '.join(last)}"


def _point(point: str) -> str:
    for sign, word in (("%", "perhaps about "), ("~", "about "), ("?", "perhaps ")):
        if point.endswith(sign):
            return word + _point(point[:-1])
    day, _, clock = point.partition("T")
    year, *parts = [part for part in day.split("-") if "X" not in part or part == day[:4]]
    year = year.replace("X", "0") + "s" if "X" in year else str(int(year))
    if not parts:
        return year
    month = int(parts[0])
    words = [_MONTHS[month - 1] if month <= 12 else _PARTS[month], year]
    if len(parts) == 2:
        words.insert(0, str(int(parts[1])))
    return " ".join(words) + (f", {clock[:5]}" if clock else "")
