"""The line that tells where and when: place, date and hours taken apart, each as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from memcon import when
from memcon.errors import BadInput
from memcon.text import squeeze
from memcon.when import When

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:{_DAY},? {MONTH},? \[?\d{{4}}\b\]?|{MONTH} {_DAY}\b(?:,? \[?\d{{4}}\b\]?)?|{MONTH},? \d{{4}}\b|{_DAY} {MONTH}"
    r"|\d{4}-\d{2}-\d{2})"
)
_DATE = re.compile(DATE, re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}(?:[.:] ?\d{2})?(?: ?[ap]\.? ?m\b\.?)?|noon|midnight", re.IGNORECASE)
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)\S*)?$")
_STRAY = re.compile(rf"^({_DAY}), (?={MONTH})", re.IGNORECASE)
_EDGE = " ,.;:—–-\t\n\r"
_ANCHOR = re.compile(r"\[\d+\](?:\(#[^)]*\))?")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`printed` is the date's own words; `lead` is what stands before the place (kind and number of the paper)."""

    place: str | None
    date: When | None
    time: str | None
    printed: str | None
    lead: str | None = None


def split(line: str) -> Dateline | None:
    """A dateline taken apart, or None for words that hold no date or far more than one.

    >>> found = split("Washington, May 13, 1974, 3:00–3:50 p.m.")
    >>> (found.place, found.printed, found.time)
    ('Washington', 'May 13, 1974', '3:00–3:50 p.m.')
    """
    plain = squeeze(_ANCHOR.sub("", line))
    found = _DATE.search(plain)
    if not found or len(plain) > 160:
        return None
    after = plain[found.end() :].lstrip("])").strip(_EDGE.replace(".", "")).removeprefix(".")
    before = plain[: found.start()].rstrip("[(").strip(_EDGE.replace(".", "")).replace(",]", "]")
    early = _CLOCK.match(before)
    if after and not _CLOCK.match(after):
        return None
    if early and not after:
        before, after = before[early.end() :].strip(_EDGE), early[0]
    lead, place = _place(before)
    printed = found[0] if "[" in found[0] else found[0].rstrip("]")
    return Dateline(place, read(printed), after or None, printed, lead)


def read(printed: str) -> When | None:
    """The time that words or an encoded date mean, with the words; `edtf` is None where they are not understood."""
    words = squeeze(printed)
    if not words:
        return None
    iso = _ISO.match(words)
    try:
        if iso:
            return replace(When.of(iso[1]), printed=words)
        if re.fullmatch(r"[\d\-./~?%X]+", words):
            return When.of(words, words)
        return replace(when.parse(_STRAY.sub(r"\1 ", re.sub(r"[\[\]]", "", words))), printed=words)
    except BadInput:
        return When(None, words)


def hours(encoded: str) -> str | None:
    """The time of day of an encoded moment ("1973-08-03T12:30:00"); midnight sharp says only that none is known."""
    found = _ISO.match(squeeze(encoded))
    return found[2] if found and found[2] and not found[2].startswith("00:00") else None


def _place(words: str) -> tuple[str | None, str | None]:
    """Lead and place: "Cablegram 12, NEW YORK" names the paper before the place."""
    if not words:
        return None, None
    capitals = re.search(r"(?<=[a-z\d),]),? (\[?[A-Z]{2,}[A-Z .'’\]]*)$", words)
    if capitals and re.search(r"[a-z\d]", words[: capitals.start()]):
        return squeeze(words[: capitals.start(1)]).strip(_EDGE), _name(capitals[1])
    lead = re.match(
        r"(?:[A-Z][a-z]+ )?(?:[A-Z][a-z]*[a-z] )?(?:\S*\d\S*)(?:,\s*|\s+)|[A-Z][a-z]+,? (?=\[?[A-Z]{2,})",
        words,
    )
    if lead and len(words) > lead.end():
        return squeeze(lead[0]).strip(_EDGE) or None, _name(words[lead.end() :])
    return None, _name(words)


def _name(words: str) -> str | None:
    plain = words.strip(_EDGE)
    bad = not plain or re.search(r"\d|\bextracts?\b", plain, re.IGNORECASE) or len(plain) > 60
    return None if bad else plain
