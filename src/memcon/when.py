"""Times of known precision: the printed words, an EDTF expression, and the earliest and latest day.

The standard is EDTF (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/), level 1 and, of level 2,
the intervals and seasons that records of conversations need.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
