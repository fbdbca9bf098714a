"""The rules that find a time by itself, each a name, a pattern and what makes EDTF of a match."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from memcon.datewords.frame import (
    COUNT,
    COUNT2,
    DASH,
    DAY,
    DAY2,
    MONTH,
    OF_YEAR,
    ORDINAL,
    TIME_OF_DAY,
    UNIT,
    WEEKDAY,
    YEAR,
    Found,
    Frame,
    Lean,
    Make,
    is_day,
)
from memcon.datewords.named import (
    centuries,
    days_of_month,
    days_of_months,
    decade,
    fiscal,
    full_day,
    halves,
    iso,
    months,
    months_of_year,
    near_month,
    part_of_year,
    plain_year,
    season,
    short_year,
    week_of_month,
    whole_month,
    years,
    years_listed,
)
from memcon.datewords.reckoned import (
    ago,
    day_word,
    ended,
    first_of_year,
    in_units,
    near_unit,
    nth_of_month,
    part_of_unit,
    part_of_week,
    past_units,
    so_far,
    weekday,
    weekday_nth,
    weekend_days,
    within,
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
_WD = rf"(?:{WEEKDAY},?\s+(?:the\s+|on\s+)?)?"

_TABLE: tuple[tuple[str, str, Make], ...] = (
    ("iso-day", r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<mm>\d\d)-(?P<dd>\d\d)(?![\d-])", iso),
    ("week-of-day", rf"(?:the\s+)?week\s+(?:of|beginning|commencing)\s+{MONTH}\s+{DAY}{OF_YEAR}?(?!{DASH}\d)", weekend_days),
    ("period-ended", rf"the\s+(?:{COUNT}\s+)?(?P<unit>month|year)s?\s+(?:ended|ending)\s+(?:on\s+)?{DAY}\s+{MONTH}{OF_YEAR}?", ended),
    ("period-ended-us", rf"the\s+(?:{COUNT}\s+)?(?P<unit>month|year)s?\s+(?:ended|ending)\s+(?:on\s+)?{MONTH}\s+{DAY}{OF_YEAR}?", ended),
    ("month-day-month-day", rf"{MONTH}\s+{DAY}(?:{DASH}|\s+(?:to|through)\s+){MONTH.replace('<month>', '<month2>')}\s+{DAY2},?\s+{YEAR}", days_of_months),
    ("day-month-day-month", rf"{DAY}\s+{MONTH}(?:{DASH}|\s+to\s+){DAY2}\s+{MONTH.replace('<month>', '<month2>')},?\s+{YEAR}", days_of_months),
    ("days-month", rf"{_WD}{DAY}(?:{DASH}|\s+(?:to|and|or)\s+){DAY2}\s+(?:of\s+)?{MONTH}\b{OF_YEAR}?", days_of_month),
    ("month-days", rf"{_WD}{MONTH}\s+{DAY}(?:{DASH}|\s+(?:to|and|or|through)\s+){DAY2}(?!\s+{MONTH.replace('<month>', '<month3>')}){OF_YEAR}?", days_of_month),
    ("day-month", rf"{_WD}{DAY}(?:\s+(?:of\s+)?|[-–]){MONTH}(?!\w){OF_YEAR}?", full_day),
    ("month-day", rf"{_WD}{MONTH}\s+(?:the\s+)?{DAY}{OF_YEAR}?", full_day),
    ("week-of-month", rf"(?:the\s+)?{_NTH}\s+week\s+(?:of|in)\s+{MONTH}\b{OF_YEAR}?", week_of_month),
    ("months", rf"(?:(?:the|between|from)\s+)?{MONTH}(?:{DASH}|\s+(?:or|and|to|through)\s+){MONTH.replace('<month>', '<month2>')}\b(?!\s+\d\d?\b){OF_YEAR}?(?:\s+(?:quarter|period))?", months),
    ("near-month", rf"\b{_NEAR}\s+{MONTH}(?!\w)(?!\s+\d\d?\b)", near_month),
    ("month-year", rf"{MONTH}(?!\w)(?:{OF_YEAR})", whole_month),
    ("month", rf"{MONTH}(?!\w)(?!\s+\d\d?(?!\d))", whole_month),
    ("fiscal-year", r"(?:the\s+)?(?:(?:US|U\.S\.)\s+)?(?:[Ff]iscal(?:\s+[Yy]ears?)?|F\.?Y\.?s?)[-\s]?\s?(?P<fy>\d{4}|['’‘]?\d\d(?!\d))(?:(?:\s?[-–,]\s?|\s+(?:and|to|through)\s+)(?:FY[-\s]?)?(?P<fy2>\d{4}|['’‘]?\d\d(?!\d)))?", fiscal),
    ("fiscal-near", r"(?:the\s+)?(?P<fy>this|current|last|next|coming)\s+[Ff]iscal\s+[Yy]ear(?P<fy2>(?!x)x)?", fiscal),
    ("halves", rf"(?:the\s+)?first\s+(?:or|and)\s+second\s+half\s+of\s+(?:(?:the\s+year\s+)?{YEAR}|{_WHOSE})", halves),
    ("months-of-year", rf"(?:the\s+)?(?P<nth>first|last)\s+{COUNT}\s+months\s+of\s+(?:(?:the\s+year\s+)?{YEAR}|{_WHOSE})", months_of_year),
    ("part-of-year", rf"(?:the\s+)?{_NTH}\s+(?P<part>quarter|half)(?:(?:\s+of)?,?\s+(?:(?:the\s+year\s+)?{YEAR}|{_WHOSE}))", part_of_year),
    ("quarter", rf"(?:the\s+){_NTH}\s+(?P<part>quarter)(?!\s+of\b)(?P<year>(?!x)x)?(?P<whose>(?!x)x)?", part_of_year),
    ("decade", r"(?:the\s+)?(?P<part>early|late|mid-?|middle)?\s*\b(?P<century>1[5-9])(?P<tens>\d)0['’]?s\b", decade),
    ("short-decade", r"(?:the\s+)(?P<part>early|late|mid-?|middle)?\s*['’‘]?(?P<century>(?!x)x)?(?P<tens>[1-9])0['’]?s\b", decade),
    ("years", r"(?P<year>(?:1[5-9]|20)\d\d)(?:\s?[-–/]\s?|\s+(?:to|through)\s+)(?P<last>(?:1[5-9]|20)\d\d|\d\d)(?![\w%-])", years),
    ("years-list", rf"{YEAR}(?:,\s+(?:1[5-9]|20)\d\d)*,?\s+and\s+(?P<last>(?:1[5-9]|20)\d\d)(?!\d)", years_listed),
    ("year", rf"(?:the\s+year\s+)?(?<![\d.,$£#/-])(?<!\w[–—])\b{YEAR}(?![-–]\w)", plain_year),
    ("short-year", r"(?<![\w])['’‘](?P<yy>[2-9]\d)(?![\d'’-]|\s?s\b|\w)", short_year),
    ("season", rf"\b(?:(?:the|{_NEAR})\s+)(?P<season>spring|summer|autumn|fall|winter)\b(?:\s+(?:and|or)\s+(?P<season2>spring|summer|autumn|fall|winter)\b)?(?:\s+(?:of\s+)?(?:{YEAR}))?", season),
    ("season-year", rf"\b(?P<near>(?!x)x)?(?P<season2>(?!x)x)?(?P<season>spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall|Winter),?\s+(?:of\s+)?{YEAR}", season),
    ("weekday-nth", rf"\b{WEEKDAY},?\s+the\s+(?P<day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))\b(?!\s+(?:of\s+)?{MONTH})", weekday_nth),
    ("weekday", rf"\b(?:{_NEAR}\s+)?{WEEKDAY}\b(?:\s+(?P<ofweek>of\s+(?:this|next|last)\s+week))?{TIME_OF_DAY}(?:\s+(?P<ofweek2>next|last)\b)?", weekday),
    ("day-word", r"\b(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|today|to-day|tonight|to-night|tomorrow|to-morrow|yesterday)(?:\s+(?:morning|afternoon|evening|night|noon))?\b", day_word),
    ("time-of-day", r"\b(?:(?:this|that|last)\s+(?:morning|afternoon|evening|night)|the\s+(?:same|previous|preceding|following|next)\s+(?:day|morning|evening|afternoon|night)|the\s+(?:day|evening|night)\s+before(?!\s+(?:the|he|she|they|it|his|her|their|an?|my|our|we)\b)(?-i:(?!\s+[A-Z]))|that\s+(?:same\s+)?day)\b", day_word),
    ("past-units", rf"\b(?<!for )(?P<near>(?:the|this|these|those)\s+(?:last|past|next|coming|following|ensuing|previous|preceding))\s+{COUNT}(?:\s+(?:or|to)\s+{COUNT2})?\s+{UNIT}\b(?!['’])", past_units),
    ("within", rf"\bwithin\s+(?:a\s+period\s+of\s+|about\s+)?(?:(?P<next>the\s+(?:next|coming|following))\s+)?(?:(?:{COUNT})(?:(?:\s+(?:or|to)\s+|{DASH}){COUNT2})?\s+)?{UNIT}\b(?:\s+(?P<ortwo>or\s+two))?(?!['’]|\s+(?:of|after|from)\b)", within),
    ("in-the-next", rf"\bin\s+(?P<next>the\s+next)(?P<n>(?!x)x)?(?P<n2>(?!x)x)?\s+{UNIT}\b(?:\s+(?P<ortwo>or\s+two))?", within),
    ("near-unit", r"\b(?P<near>this|(?:the\s+)?(?:last|past|next|coming|current|previous|preceding|following|ensuing))\s+(?P<unit>week|weekend|month|year|quarter|decade)\b(?!['’]?s\s+time)", near_unit),
    ("ago", rf"\b{_ABOUT}{COUNT}(?:(?:\s+(?:or|to)\s+|{DASH}){COUNT2})?\s+{UNIT}\b(?P<orso>\s+or\s+(?:so|two|more))?\s+(?P<dir>ago|hence|from\s+now|earlier|before(?=\s*[.,;:)])|later)\b(?!\s+(?:than|the)\b)", ago),
    ("in-units-or", rf"\bin\s+{_ABOUT}{COUNT}\s+{UNIT}(?P<ortwo>(?!x)x)?\s+or\s+{COUNT2}\s+{UNIT.replace('<unit>', '<unit2>')}\b", in_units),
    ("in-units", rf"\bin\s+{_ABOUT}{COUNT}(?:(?:(?P<unit2>(?!x)x)?\s+(?:or|to)\s+|{DASH}){COUNT2})?\s+{UNIT}\b(?P<ortwo>\s+or\s+two)?(?:['’]s?)?(?:\s+time)?", in_units),
    ("part-of-week", r"\b(?P<side>earlier|later)\s+(?:in\s+the|this)\s+week\b", part_of_week),
    ("part-of-unit", r"(?:the\s+)?\b(?P<part>end|close|middle|beginning|start|rest|remainder|balance)\s+of\s+(?P<near>the|this|next|last|the\s+current|the\s+present|the\s+coming)\s+(?P<unit>week|month|year|decade)\b", part_of_unit),
    ("first-of-year", rf"the\s+first\s+of\s+(?:the\s+(?:new\s+)?year|{YEAR})", first_of_year),
    ("so-far", rf"so\s+far\s+(?:in\s+{YEAR}|this\s+year)", so_far),
    ("nth-of-month", rf"\b(?:on|of|until|by|before|after|about|around)\s+the\s+(?P<day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))\b(?!\s+(?:(?:or|and|to)\s+\d+(?:st|nd|rd|th)\s+)?(?:of\s+)?{MONTH})(?P<ofmonth>\s+(?:of\s+(?:this|last|next)\s+month|inst(?:ant)?\b|ult(?:imo)?\b|prox(?:imo)?\b))?(?=\s*(?:[.,;:)]|$|and\b|to\b|for\b|or\b|at\b|in\b|that\b|of\s+(?:this|last|next)\s+month))", nth_of_month),
    ("century", rf"(?:the\s+)?(?P<day>{ORDINAL})(?:\s+(?:and|to)\s+(?P<day2>{ORDINAL}))?\s+centur(?:y|ies)", centuries),
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


def alone(text: str, frame: Frame, lean: Lean) -> list[Found]:
    """Every time in the text that a rule finds by itself, in order."""
    out: list[Found] = []
    here = frame
    for rule, own in _places(text):
        edtf = _made(rule, own, replace(here, lean=lean(_place(rule, own), own.end())))
        if edtf is not None:
            out.append(Found(own.start(), own.end(), edtf, rule.name))
            that = date.fromisoformat(edtf) if is_day(edtf) else here.that
            here = replace(here, year=_year_named(edtf, here.year), that=that)
    return out


def _made(rule: _Rule, own: re.Match[str], frame: Frame) -> str | None:
    try:
        return rule.make(own, frame)
    except (ValueError, OverflowError):
        return None  # beyond the years of the calendar: "nine hundred decades ago"


def _place(rule: _Rule, own: re.Match[str]) -> int:
    """Where the time itself begins; one rule has the preposition before it."""
    return own.start("day") if rule.name == "nth-of-month" else own.start()


@lru_cache(maxsize=8192)
def _places(text: str) -> tuple[tuple[_Rule, re.Match[str]], ...]:
    """Where rules match: several steps of a reading look at the same sentence."""
    places = ((_RULES[match.lastgroup or ""], match.start()) for match in _ANY.finditer(text))
    found = ((rule, rule.pattern.match(text, start)) for rule, start in places)
    return tuple((rule, own) for rule, own in found if own and not _is_no_time(rule.name, text, own))


def _year_named(edtf: str, before: int | None) -> int | None:
    return int(edtf[:4]) if edtf[:4].isdigit() else before


_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|for|before|after|during|from|to|late|early|mid|about|through|this|last|next|and|or|"
    r"the|end|beginning|between|every|as|than|prior|following)|^|[,(;—–-])[\s-]*$",
    re.IGNORECASE,
)
_AFTER_VERB = re.compile(r"\s+(?:I|we|you|he|it|they|be|not|have|God|well|the|on|against|into)\b")


_ALSO_WORDS = frozenset(("May", "March", "MARCH", "MAY", "Mar", "Jan", "June", "April", "August"))


def _is_no_time(rule: str, text: str, match: re.Match[str]) -> bool:
    """Months that are verbs or names, figures that are no years."""
    if rule == "month" and match[0] in _ALSO_WORDS:
        free = match.start() == 0 and not re.match(r"\s*(?:$|[,.;:)])", text[match.end() :])
        return (
            free
            or not _BEFORE_MONTH.search(text, 0, match.start())
            or bool(_AFTER_VERB.match(text, match.end()))
        )
    if rule == "day-word":
        return bool(_NOWADAYS.search(text, 0, match.start()))
    if rule == "year":
        return bool(_NO_YEAR_AFTER.match(text, match.end())) or bool(
            _NO_YEAR_BEFORE.search(text, 0, match.start())
        )
    return False


_NOWADAYS = re.compile(r"\bas\s+\w+\s+(?:am|is|are)\s+$|\b(?:world|times|age|era|generation)\s+$")
_NO_YEAR_AFTER = re.compile(
    r"\s+(?:tons?|men|persons?|people|miles|kilomet\w+|hours|troops|dollars|planes|aircraft|feet|prisoners|million|"
    r"trucks|pounds|students|bales|bushels|vessels|soldiers|km|barrels|lbs|metres|meters|copies|votes)\b|\s?(?:%|GMT)|-(?:man|mile|ton)|"
    r"\s+(?:[A-Z]\w+\s+)?(?:Treaty|Convention|Act|Constitution|Agreement|Agreements|Accords?|Protocol)\b"
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$£¥#§/]|\b(?:No|Nos|Numbers?|[Tt]elegrams?|[Dd]ocuments?|[Dd]espatch|[Dd]oc|pp?|vol|Embtel|Deptel|[Cc]irtel|Rs|US|at|"
    r"[Rr]oom|[Bb]ox|[Tt]osec|[Ss]ecto|Tel|[Tt]opad|[Pp]olto|[Tt]opol|NSC|UN|PL|[Rr]esolution|[Dd]raft|NIE|SNIE|GA|about|some|approximately|nearly|over|"
    r"than|only))\.?\s*$"
)
