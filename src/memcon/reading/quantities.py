"""Amounts that belong to the substance of a talk: a number with its unit, or with the thing that is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from memcon import datewords
from memcon.datewords import Frame
from memcon.model import BODY, Quantity
from memcon.reading import numbers
from memcon.reading.knowledge import table
from memcon.reading.numbers import Number
from memcon.reading.page import Page, Sentence
from memcon.reading.tense import lean
from memcon.text import fold

# Only the places of dates are wanted, so any day will do to reckon from.
_ANY_DAY = Frame(date(1950, 1, 1))


def find(page: Page) -> tuple[Quantity, ...]:
    """In the order of the text, of the body alone; numbers that only name, count pages or tell the time are left out."""
    return tuple(
        quantity for sentence in page.sentences if sentence.passage.kind in BODY for quantity in _in(sentence)
    )


def _in(sentence: Sentence) -> Iterator[Quantity]:
    text = sentence.plain
    if not numbers.HINT.search(text) or _PROCEDURE.search(text):
        return
    taken: list[tuple[int, int]] | None = None
    floor = 0
    for number in sorted((*_vague(text), *numbers.find(text))):
        measure = _measure(text, number) if number.start >= floor else None
        if measure is None:
            continue
        taken = _taken(text) if taken is None else taken
        if any(start < number.end and number.start < end for start, end in taken):
            continue
        floor = measure.end
        words = sentence.words(measure.start, measure.end)
        yield Quantity(
            words, number.value, measure.unit, measure.of, measure.approx, f"quantity:{measure.rule}"
        )


def _taken(text: str) -> list[tuple[int, int]]:
    """Where a number belongs to something else: a date, an editor's brackets."""
    dates = datewords.scan(text, _ANY_DAY, lambda start, end: lean(text, start, end))
    cut = [match.span() for match in _CUT.finditer(text)]
    return [(found.start, found.end) for found in dates if found.rule not in _NO_DATES] + cut


# What `datewords` takes for a time and is an amount all the same.
_NO_DATES = frozenset({"within", "century"})
_CUT = re.compile(r"\[[^\]]*(?:declassified|omitted|not printed|footnote)[^\]]*\]", re.IGNORECASE)
_PROCEDURE = re.compile(
    r"\b(?:conversation|talk|meeting|interview|discussion|audience|call|session)\s+(?:lasted|took)\b|"
    r"\b(?:conferred|talked|met|spoke)\s+(?:with\s+\S+\s+)?for\s+(?:about\s+|some\s+)?\w+\s+(?:hours?|minutes)\b",
    re.IGNORECASE,
)


class _Measure(NamedTuple):
    start: int
    end: int
    unit: str | None
    of: str | None
    approx: bool
    rule: str


def _measure(text: str, number: Number) -> _Measure | None:
    if _only_names(text, number):
        return None
    start, approx = _begin(text, number)
    unit = _unit(text, number)
    if unit is None:
        return _share(text, number, start, approx) or _counted(text, number, start, approx)
    if (
        number.value == 1
        and not number.sign
        and not _ALONE.search(text, 0, number.start)
        and unit.name in _ONE_IS_NONE
    ):
        return None
    every = _EVERY.match(text, unit.end)
    name = f"{unit.name} per {_PERIOD.get(every['unit'], every['unit'])}" if every else unit.name
    end = every.end() if every else unit.end
    if (unit.name in _TIME and _MOMENT.match(text, end)) or _is_idiom(number, text, unit):
        return None
    if unit.name in _TIME and _LIMIT.search(text, 0, number.start):
        return None
    of = _of(text, end)
    before = None if of or unit.name not in _HEADS else _bracketed_after(text, number.start, end)
    return _Measure(
        start,
        of.end if of else end,
        name,
        of.words if of else before,
        approx,
        "money" if number.sign else "unit",
    )


_MOMENT = re.compile(r"\s+(?:ago|later|earlier|hence|before(?=\s*[.,;)])|previously)\b")


# A time within which something is to be done is a date.
_LIMIT = re.compile(r"\bwithin\s+(?:a|the)\s+(?:period|space|term|time)\s+of\s+$", re.IGNORECASE)
_HEADS = frozenset({"person", "man"})
_NAMED_THING = re.compile(
    r"\b(?:the|these|those|their|his|her|its|our|your|all|of|for|with|to|concerning|about|by|and)\s+(?:(?:the|these|those)\s+)?"
    r"((?:[\w-]+\s+){0,3}[\w-]+)\s*[/(\[]\s*$"
)


def _bracketed_after(text: str, start: int, end: int) -> str | None:
    """The thing whose number is given after it in brackets: "the Italian sailors (40 persons)"."""
    named = _NAMED_THING.search(text, 0, start)
    return named[1] if named and re.match(r"\s*[/)\]]", text[end:]) else None


def _is_idiom(number: Number, text: str, unit: _Unit) -> bool:
    """To agree a hundred percent is to agree wholly."""
    return unit.name == "percent" and number.words and "hundred" in text[number.start : number.end].lower()


# --- units --------------------------------------------------------------------------------------------------


class _Unit(NamedTuple):
    name: str
    end: int


def _forms() -> tuple[re.Pattern[str], Mapping[str, str], frozenset[str], Mapping[str, str]]:
    headings: Mapping[str, Mapping[str, list[str]]] = table("units")
    names = {
        form: name
        for heading, units in headings.items()
        if heading != "sign"
        for name, forms in units.items()
        for form in forms
    }
    money = {form.replace(" ", ""): name for name, forms in headings["sign"].items() for form in forms}
    either = "|".join(
        sorted((re.escape(form).replace(r"\ ", r"[\s-]+") for form in names), key=len, reverse=True)
    )
    pattern = re.compile(
        rf"(?P<more>\s+more|\s+additional|\s+or\s+(?:more|so))?[\s‑–-]?\s?(?P<unit>{either})(?![\w])(?P<half>\s+and\s+a\s+half|\s+or\s+(?:two|so))?(?!\s+or\s+ten\b)",
        re.IGNORECASE,
    )
    return pattern, names, frozenset(headings["time"]), money


_UNIT, _NAMES, _TIME, _MONEY = _forms()
_EVERY = re.compile(
    r"(?:\s+(?:per|a|an|each|every)\s+|\s+(?:level\s+)?(?=annually|yearly|monthly|daily|per\s+diem))"
    r"(?P<unit>day|week|month|year|annum|hour|annually|yearly|monthly|daily|per\s+diem)\b"
)
_PERIOD = {
    "annum": "year",
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "daily": "day",
    "per diem": "day",
}
_ONE_IS_NONE = frozenset({"person", "vote", "day", "case", "yard", "foot", "decade", "generation"})


def _unit(text: str, number: Number) -> _Unit | None:
    if number.sign:
        return _Unit(_MONEY.get(fold(number.sign).replace(" ", ""), number.sign), number.end)
    match = _UNIT.match(text, number.end)
    if match is None:
        return None
    form = re.sub(r"[\s-]+", " ", fold(match["unit"]))
    return _Unit(_NAMES.get(form, form), match.end() if match["half"] else match.end("unit"))


_A_UNIT = re.compile(
    r"\ban?(?=\s+(?P<unit>hour|day|week|month|year|decade|dozen|mile)\s+(?:(?P<two>or\s+two)|(?P<so>or\s+so)|(?P<half>and\s+a\s+half))\b)",
    re.IGNORECASE,
)


def _vague(text: str) -> Iterator[Number]:
    """`a week or two`, `a year or so`, `a year and a half`: the article is the number."""
    for match in _A_UNIT.finditer(text):
        low, high = (1.0, 2.0) if match["two"] else (1.5, 1.5) if match["half"] else (1.0, 1.0)
        yield Number(match.start(), match.end(), low, high, "", words=True)


def _share(text: str, number: Number, start: int, approx: bool) -> _Measure | None:
    """A part of a whole, or one side of a vote or ratio."""
    if (0 < number.low < 1 and not float(number.low * 10).is_integer()) or number.value == 0.5:
        of = _of(text, number.end)
        return _Measure(start, of.end if of else number.end, None, of.words if of else None, approx, "share")
    side = _SIDE.match(text, number.end)
    if side is None and _VOTED.search(text, 0, number.start) and _AGAINST.match(text, number.end):
        return _Measure(start, number.end, "vote", None, approx, "vote")
    if side and ("vote" in text or "ratio" in side.group()):
        return _Measure(start, side.end(), "vote", side.group().strip(), approx, "vote")
    ratio = _TO_ONE.match(text, number.end)
    return _Measure(start, ratio.end(), None, None, approx, "ratio") if ratio and number.low > 1 else None


_SIDE = re.compile(
    r"\s+(?:votes?\s+)?(?:in\s+favou?r|against|opposed|abstentions|abstaining)\b|(?:[-–:/]\d+)?\s+(?:ratio|split)\b"
)
_VOTED = re.compile(r"\bvot(?:ed?|es)(?:\s+(?:of|by|was))?\s+(?:\w+(?:\s+to\s+|[-–]))?$")
_AGAINST = re.compile(r"\s+to\s+\w+|\s*[-–]\d|\s*[,.]|\s+(?:in|with|on)\b")
_TO_ONE = re.compile(r"\s+to\s+one\b|[-–:]1\b")


# --- things counted -----------------------------------------------------------------------------------------

_WORD = re.compile(r"\s*[“\"'‘]?((?:[A-Z]+[-–]?\d[\w–-]*|[^\W\d_]+(?:['’.-][^\W\d_]+)*))")
_COUNTED = table("counted")
_ENUMERATORS, _PAIRS, _COMPOUNDS_OUT = (
    frozenset(_COUNTED[key]) for key in ("enumerators", "pairs", "compounds_out")
)
_IRREGULAR, _SINGULAR, _PEOPLES, _STOP = (
    frozenset(_COUNTED[key].split()) for key in ("plurals", "singulars", "peoples", "no_things")
)


def _counted(text: str, number: Number, start: int, approx: bool) -> _Measure | None:
    if number.value == 1:
        return None
    more = _MORE.match(text, number.end)
    compound = None if more else _COMPOUND.match(text, number.end)
    if compound and compound["thing"] in _COMPOUNDS_OUT:
        return None
    if compound:
        return _Measure(start, compound.end(), None, compound["thing"], approx, "compound")
    head = _head(text, more.end() if more else number.end)
    if head is None:
        bare = _is_amount(text, number, approx)
        return _Measure(start, number.end, None, None, approx, "bare") if bare else None
    if _is_list(number, head):
        return None
    of = _of(text, head.end)
    whole = f"{head.words} of {of.words}" if of else head.words
    return _Measure(start, of.end if of else head.end, None, whole, approx, "counted")


def _is_amount(text: str, number: Number, approx: bool) -> bool:
    """A number without a thing is an amount when it is large, no year, or called a level, a factor, a total."""
    figure = text[number.start : number.end]
    if _LEVEL.search(text, 0, number.start) or (
        number.words and _ONLY.search(text, 0, number.start) and _ALL_OF_IT.match(text, number.end)
    ):
        return True
    if re.fullmatch(r"\d+", figure):
        return False
    return number.low >= 1000 or (approx and number.low > 10)


def _is_list(number: Number, head: _Thing) -> bool:
    """`two points` only announces a list; `the two countries` are the parties."""
    last = _stem(fold(head.words.split()[-1]))
    if last in _ENUMERATORS and number.low < 10:
        return True
    return number.value == 2 and last in _PAIRS


def _stem(key: str) -> str:
    """The singular of a folded plural, good enough to look it up."""
    if key.endswith("ies"):
        return key[:-3] + "y"
    return key[:-2] if key.endswith(("sses", "ches", "shes")) else key.rstrip("s")


_LEVEL = re.compile(
    r"\b(?:factor|level|rate|total|figure|value|strength|sum)\s+of\s+$|\b(?:total(?:l?ed|l?ing)?|numbering)\s+$"
)
_ONLY = re.compile(r"\b(?:only|all)\s+$", re.IGNORECASE)
_ALL_OF_IT = re.compile(r"\s*(?:[.;]|\s(?:had|have|has|were|was|are|is|should|would|will|could|can)\b)")
_MORE = re.compile(r"[-–\s]odd\b|\s+or\s+(?:more|fewer|less|so)\b|\s+(?:more|additional|other)\b")


class _Thing(NamedTuple):
    words: str
    end: int


_ALONE = re.compile(r"\b(?:only|just|exactly|least|more\s+than|possessed|an\s+additional)\s+$", re.IGNORECASE)
_COMPOUND = re.compile(r"[-‑–](?P<thing>[a-z]+)\b(?!-)")


def _head(text: str, at: int) -> _Thing | None:
    """The words up to the first plural: "highly placed Japanese", "recent clashes", "Western Foreign Ministers"."""
    begin = None
    for _ in range(6):
        match = _WORD.match(text, at)
        if match is None:
            return None
        word = match[1].partition("-")[0] if _is_plural(fold(match[1].partition("-")[0])) else match[1]
        key = fold(word)
        if key in _STOP or (begin is None and key in _COMPOUNDS_OUT):
            return None
        begin = match.start(1) if begin is None else begin
        at = match.start(1) + len(word)
        if _is_plural(key) and not _ONE_NAME.fullmatch(word):
            after = _WORD.match(text, at) if key in _PEOPLES else None
            if after and _is_plural(fold(after[1])):
                at = after.end(1)
            return _Thing(" ".join(text[begin:at].split()), at)
    return None


_ONE_NAME = re.compile(r"[A-Z]\w*(?:us|is|as|os|ss)")  # Cyprus, Laos, Texas


def _is_plural(key: str) -> bool:
    return key in _IRREGULAR or (
        key.endswith("s")
        and "." not in key
        and not key.endswith(("ss", "ous", "'s"))
        and key not in _SINGULAR
    )


_OF = re.compile(r"\s+of\s+(?:the\s+|their\s+|its\s+|his\s+|an?\s+)?")


_VERB = re.compile(r"[a-z]+ed")


def _of(text: str, at: int) -> _Thing | None:
    """What the amount is of: the words after "of", to the first that is no part of a name of a thing."""
    match = _OF.match(text, at)
    if match is None:
        return None
    begin = end = match.end()
    for _ in range(5):
        word = _WORD.match(text, end)
        if word is None or fold(word[1]) in _STOP or (end > begin and _VERB.fullmatch(word[1])):
            break
        end = word.end(1)
    return _Thing(" ".join(text[begin:end].split()), end) if end > begin else None


# --- what a number is not ---------------------------------------------------------------------------------------

_NAMED_BEFORE = re.compile(
    r"(?:\b(?:Nos?|Numbers?|Articles?|Art|Chapters?|Sections?|Sec|Paragraphs?|[Pp]aras?|paragraphs?|articles?|points?|Points?|items?|Items?|Parts?|part|Annex|"
    r"Appendix|Tabs?|Documents?|Doc|document|[Tt]elegrams?|[Dd]espatch(?:es)?|[Aa]irgrams?|[Cc]irculars?|[Rr]esolutions?|[Rr]es|Publication|"
    r"[Bb]ox|[Rr]oom|[Vv]ol(?:ume)?s?|[Pp]p?|[Pp]ages?|[Ll]ines?|[Ff]ile|[Ff]older|[Ff]ootnotes?|[Ss]tage|[Pp]hase|[Tt]ype|[Gg]roup\s+of|[Bb]ig|NSC|NIE|SNIE|"
    r"Embtel|Deptel|Mark|Mk|PL|Public\s+Law|[Cc]abinet|GEN|GA|UNGA|Order|Law|Act|Title|Category|Schedule|Annexes|Memorandum|memorandum|[Cc]ablegram|[Nn]ote|"
    r"[Ff]light|[Hh]ighway|[Rr]oute|[Pp]ier|[Ss]uite|[Aa]ge|aged?|Group|Plan|Project|number|numbers|[Oo]p|[Ff]ig|Radio|Channel|Committee\s+of)\.?\s*|[#§\[]\s?)$"
)
_TIME_AFTER = re.compile(
    r"\s?(?:[ap]\.?\s?m\b|o['’]?\s?clock|noon|[.:]\d\d\b|\)|st\b|nd\b|rd\b|th\b)|[-–](?:\d(?!\d*\s+ratio)|[A-Z]\b)|\s?[′″]|/\d",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"(?:\d[:.]|\bat\s+(?:about\s+|around\s+|approximately\s+)?|\bbetween\s+|\buntil\s+|\bby\s+)$"
)
_NAME_AFTER = re.compile(
    r"[-–\s](?:Power|Nation|Point|Year|Party|Man|Year|Member)s?\b(?!\w)|[-–](?:sided|fold|way|faced|thirds|time|point|part|party|cornered|star|ply|year-old)|[-–\s]years?[-–\s]olds?\b|\s?mm\b"
)


_YEAR = re.compile(r"1[6-9]\d\d|20\d\d")


def _only_names(text: str, number: Number) -> bool:
    before = text[max(0, number.start - 24) : number.start]
    if not number.sign and _NAMED_BEFORE.search(before):
        return True
    if number.words and text[number.start].isupper() and text[: number.start].strip(" \"“‘'([—-"):
        return True
    if _YEAR.fullmatch(text[number.start : number.end]) and re.match(r"\s+[A-Z]", text[number.end :]):
        return True
    if _TIME_AFTER.match(text, number.end) or _NAME_AFTER.match(text, number.end):
        return True
    if number.start == 0 or not text[: number.start].strip():
        return bool(re.match(r"\s*[.)]", text[number.end :])) or (
            not number.words and not number.sign and number.low < 100
        )
    return bool(re.search(r"\d[:.]$", before))


_APPROX = re.compile(
    r"(?:\b(?:about|approximately|roughly|some|around|nearly|almost|circa|perhaps|probably|maybe|over|more\s+than|less\s+than|fewer\s+than|close\s+to|closer\s+to|"
    r"in\s+the\s+neighbou?rhood\s+of|upwards?\s+of|well\s+over|an\s+estimated|estimated|up\s+to|at\s+least|at\s+most|not\s+less\s+than|no\s+more\s+than|"
    r"not\s+more\s+than|not\s+exceeding|only|just|another|an?\s+additional|between|from|another)\s+)+$",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"\b(?:up\s+to|at\s+least|at\s+most|not\s+less\s+than|no\s+more\s+than|not\s+more\s+than|not\s+exceeding|only|just|another|an?\s+additional|between|from)\b",
    re.IGNORECASE,
)


def _begin(text: str, number: Number) -> tuple[int, bool]:
    """Where the words of the amount begin, and whether it is said to be no more than about right."""
    match = _APPROX.search(text, max(0, number.start - 50), number.start)
    so = re.match(r"(?:\s+\w+)?\s+or\s+so\b|-odd\b|\s+odd\b", text[number.end : number.end + 20])
    if match is None:
        return number.start, bool(so)
    rest = _SURELY.sub("", match[0]).strip()
    bare = _BOTH_ENDS.match(match[0]) if number.low == number.high else None
    return match.start() + (bare.end() if bare else 0), bool(rest or so)


_BOTH_ENDS = re.compile(r"(?:from|between)\s+", re.IGNORECASE)  # belongs to the amount where it has two ends
