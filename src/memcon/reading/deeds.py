"""The words of a thing to be done: where in a sentence a promise or a request says what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from memcon.model import Words
from memcon.reading.knowledge import table
from memcon.reading.page import Sentence


@dataclass(frozen=True, slots=True)
class Deed:
    """A thing to be done. Positions count from the sentence's beginning.

    `start` to `end` are its words, `opened` to `closed` the clause with subject, dates and condition around it.
    """

    sentence: Sentence
    start: int
    end: int
    opened: int
    closed: int
    subject: str = ""
    condition: tuple[int, int] | None = None
    rule: str = ""
    strength: int = 0

    @property
    def words(self) -> Words:
        """The thing to be done, exactly as printed."""
        return self.sentence.words(self.start, self.end)

    @property
    def condition_words(self) -> Words | None:
        """What it hangs on, exactly as printed."""
        return None if self.condition is None else self.sentence.words(*self.condition)

    @property
    def vague(self) -> bool:
        """True when nothing told the deed itself, and these are all the words of the statement."""
        return self.rule == _ALL

    @property
    def empty(self) -> bool:
        """True when the words only point at something said before: "do so"."""
        return bool(_one("empty").match(self.words.quote.strip()))


_ALL = "all that was said"


@cache
def _one(section: str, key: str = "pattern") -> re.Pattern[str]:
    return re.compile(table("undertakings")[section][key], re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    pattern: re.Pattern[str]
    strength: int
    modal: bool


@cache
def _heads(section: str) -> tuple[_Head, ...]:
    flags = re.IGNORECASE if section == "head" else 0
    return tuple(
        _Head(row["name"], re.compile(row["pattern"], flags), row["strength"], row.get("modal", False))
        for row in table("undertakings")[section]
    )


# What a modal must not stand in: the clause of a condition, a question or a relative.
_UNDER = re.compile(
    r"\b(?:if|which|who|whom|whose|what|how|whether|where|why|because|since|until|unless|while|whatever|as|when|"
    r"although|though|so that|in order that)\b",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"[,;:(—]\s|--|\s?\([a-z\d]+\)\s|\b(?:that|and|but|if|which|who|whom|what|how|whether|where|why|because|since|until|unless|while|when|"
    r"although|though|as|said|stated|replied|added|indicated|thought|felt|hoped|believed)\b",
    re.IGNORECASE,
)
_CLOSER = re.compile(
    r";|:\s|[.?!][\"”’)\]]*\s*$|\s+[—–]|--|,?\s+(?:but(?!\s+(?:not|also|rather|merely|should|in\s+fact)\b)|because|since|although|though|despite|whereas|"
    r"in (?:the )?hope|with the hope|saying|noting|adding|pointing out|inasmuch as|in view of the fact)\b|"
    r",\s+(?:as|so|and|for|or|which|with|who|where)\s+(?=[a-z])|,?\s+and\s+(?:that\s+(?!of\b)|then\s+(?:he|she|we|they|I|it)\s|in the meantime\s|(?:he|she|we|I|they|you|it)\s|"
    r"(?:would|will|shall)\s+also\s|expressed\s|hoped\s|asked\s|said\s|felt\s|added\s|thought\s|\w+ed\s+(?:me|him|us|them|that|his|her|the\s+hope)\b|[^,;]{0,40}\b(?:would|will|should)\s+(?:be|have|see)\b)"
)
_RELUCTANT = re.compile(
    r"\s*(?:not\s+)?(?:like|prefer|appear|seem|mean|have to|need|require|depend|hope|wish|appreciate|be\s+(?:useful|"
    r"better|desirable|undesirable|possible|difficult|necessary|important|advisable|preferable|well\\b|wise|unwise|good|hard|easy|easier|"
    r"helpful|best|impossible|so\b|after\b|before\b|a\b|the\b|an\b|no\b|very\b|most\b|some\b|in\b)|of course be|cause|result|lead)\b",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"\b(?:hope[sd]?|believe[sd]?|feared|doubted|wondered|if|presumed)\b[^,;]{0,60}$", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(?:I|we|he|she|they|it|government|delegation|side|department|embassy|ministry|administration|cabinet|"
    r"representatives?|authorities|officials)$|^$",
    re.IGNORECASE,
)
# Where these follow, the subject is he to whom it is done.
_UNDERGONE = re.compile(
    r"(?:receive|get|be (?:given|told|informed|shown|sent|supplied|furnished|provided|notified))\b",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"(?:not\s+)?(?:(?:of course|certainly|also|therefore|now|then),?\s+)?be\s+(?:(?:of course|only too|very|quite|always|most),?\s+)?"
    r"(?:glad|happy|pleased|willing|prepared|ready|able|in a position(?:\s+\w+\s+\w+)?)\s+to\s+",
    re.IGNORECASE,
)


def promised(sentence: Sentence, low: int = 0, high: int | None = None) -> tuple[Deed, ...]:
    """What a speaker binds himself to do in `plain[low:high]`: the best deed, with those that are added to it."""
    high = len(sentence.plain) if high is None else high
    found = sorted(_candidates(sentence, low, high), key=lambda deed: deed.start)
    if not found:
        return (_whole(sentence, low, high),)
    best = max(found, key=lambda deed: (deed.strength, -deed.start))
    later = (deed for deed in found if deed.start >= best.end and _added(best, deed))
    return (best, *_apart(best, later))


def _added(best: Deed, deed: Deed) -> bool:
    """True when the paper says `deed` as a second thing, with a subject or an "also" of its own."""
    between = best.sentence.plain[best.end : deed.start + 5]
    return deed.strength >= 1 and bool(_AGAIN.match(between)) and not _STATE.search(deed.words.quote)


# A state of things that is foretold, not a thing to be done.
_STATE = re.compile(
    r"^(?:[^,]{0,60}\b(?:would|will)\s+)?be\s+(?!there\b|ready\b|\w+(?:ed|en|ent|ade|eld|old|ought|ut)\b)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\s*[,;]?\s*(?:and|but)?\s*(?:that\b|would also\b|will also\b|in the meantime\b|then (?:he|we|she|they|I)\b|(?:he|we|she|they|I|it)\b)",
    re.IGNORECASE,
)


def _apart(best: Deed, later: Iterator[Deed]) -> Iterator[Deed]:
    end = best.end
    for deed in later:
        if deed.start >= end:
            end = deed.end
            yield deed


def _candidates(sentence: Sentence, low: int, high: int) -> Iterator[Deed]:
    text = sentence.plain
    for head in _heads("head"):
        for match in head.pattern.finditer(text, low, high):
            deed = _modal(sentence, head, match) if head.modal else _bound(sentence, head, match)
            if deed is not None:
                yield deed


def _bound(sentence: Sentence, head: _Head, match: re.Match[str]) -> Deed | None:
    opened, subject, opener = _clause(sentence.plain, match.start())
    under = bool(_UNDER.fullmatch(opener)) and opener.lower() not in {"as", "since"}
    strength = head.strength - 3 * under
    denied = re.search(r"\bnot\s+$", sentence.plain[: match.start()])
    start = denied.start() if denied else max(match.end(), match.start())
    if " not going " in f" {match.group()} ":
        start = match.start() + match.group().index("not")
    return _shaped(Deed(sentence, start, start, opened, start, subject, None, head.name, strength))


def _modal(sentence: Sentence, head: _Head, match: re.Match[str]) -> Deed | None:
    text = sentence.plain
    opened, subject, opener = _clause(text, match.start())
    under = bool(
        _UNDER.fullmatch(opener) or (opener.lower() == "that" and not subject) or _UNDER.match(subject)
    )
    after = match.end()
    chained = _CHAIN.match(text, after)
    own = under or bool(_OWN.search(subject.strip()) and not _UNDERGONE.match(text, after))
    strength = head.strength - 5 * under
    if not chained and _RELUCTANT.match(text, after):
        strength -= 4
    if _GUESS.search(text, 0, opened + len(subject)):
        strength -= 1
    denied = "n" in match.group().lower()[2:] and "o" in match.group().lower()  # won't
    start = chained.end() if chained else match.start() if denied and own else after if own else opened
    name = head.name if own else f"{head.name}, by another's doing"
    return _shaped(
        Deed(sentence, start, start, opened, start, subject, None, name, strength + own - (not own))
    )


def _clause(text: str, at: int) -> tuple[int, str, str]:
    """Where the clause of the word at `at` opens, the words before it (the subject), and what opened it."""
    start, opener = 0, ""
    for match in _OPENER.finditer(text, 0, at):
        start, opener = match.end(), match.group().strip()
    aside = _ASIDE.match(text, start, at)
    start = aside.end() if aside else start
    return start, text[start:at].strip(), opener


# Words that stand before a subject and are none of it.
_ASIDE = re.compile(
    r"\s*(?:(?:in the meantime|meanwhile|then|also|therefore|however|in any (?:case|event)|of course|in addition|"
    r"for (?:his|her|its|our|their) part|accordingly|if necessary|as a result|at the same time),?\s+)?",
    re.IGNORECASE,
)


_ASIDE_IN = re.compile(
    r"\s*,?\s*(?:of course|also|therefore|however|in turn|for \w+ part|certainly)\b,?\s+|,\s+(?:in|within|if|as|on|for|at)\s[^,]{2,40},\s+",
    re.IGNORECASE,
)


def _shaped(deed: Deed) -> Deed | None:
    """The deed with its end found, and the condition that stands in its clause or before it."""
    text = deed.sentence.plain
    closer = _CLOSER.search(text, min(deed.start + 8, len(text)))
    closed = closer.start() if closer else len(text)
    end = _trimmed(text, deed.start, closed)
    if end <= deed.start:
        return None
    aside = _ASIDE_IN.match(text, deed.start, end)
    deed = replace(deed, start=aside.end() if aside else deed.start, end=end, closed=closed)
    return _conditioned(deed)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,.;:)]\"”'’":
        if text[end - 1] in ")]" and text[start:end].count("(") >= text[start:end].count(")"):
            break
        end -= 1
    return end


def _conditioned(deed: Deed) -> Deed:
    """A condition may stand before the main clause, at its end, or in a clause of its own after it."""
    text = deed.sentence.plain
    before = _condition(text, 0, deed.opened)
    comma = None if before is None else _before_main(text, before, deed.opened)
    if before is not None and comma is not None:
        return replace(deed, opened=min(before, deed.opened), condition=(before, comma))
    after = _condition(text, deed.start, deed.closed)
    if after is not None:
        end = _trimmed(text, after, deed.closed)
        kept = _trimmed(text, deed.start, after)
        return replace(deed, end=kept if kept - deed.start > 5 else deed.end, condition=(after, end))
    further = _condition(text, deed.closed, len(text))
    if further is not None and text[deed.closed : further].strip(" ,") in {"", "but", "however"}:
        return replace(deed, condition=(further, _trimmed(text, further, len(text))))
    return deed


def _before_main(text: str, start: int, opened: int) -> int | None:
    """The end of a condition that stands right before the main clause, or None when something lies between."""
    end = _trimmed(text, start, opened)
    between = text[start:opened]
    if re.search(r"[;:]|\bthat\s*$|\b(?:but|and)\s*$", between) and not re.search(r",\s*then\s*$", between):
        return None
    return re.sub(r",?\s*then$", "", text[start:end]).__len__() + start


def _condition(text: str, start: int, end: int) -> int | None:
    for match in _one("condition", "opens").finditer(text, start, end):
        if not any(
            match.start() < bad.end() and bad.start() < match.end()
            for bad in _one("condition", "none").finditer(text)
        ):
            return match.start()
    return None


def _whole(sentence: Sentence, low: int, high: int) -> Deed:
    """What follows the words of speech, where nothing tells the deed itself."""
    text = sentence.plain
    that = re.search(r"\b(?:that|promised|assured(?: \w+)?|guaranteed|offered|reaffirmed)\s+", text[low:high])
    start = low + that.end() if that else low
    shaped = _shaped(Deed(sentence, start, start, start, start, "", None, _ALL, 0))
    return shaped or Deed(sentence, low, high, low, high, "", None, _ALL, 0)


def asked(sentence: Sentence, low: int = 0, high: int | None = None) -> Deed | None:
    """What somebody is asked to do, or what is put forward, with `subject` = who is to do it."""
    high = len(sentence.plain) if high is None else high
    found: list[Deed] = []
    for head in _heads("asked"):
        for match in head.pattern.finditer(sentence.plain, low, high):
            who = (match.groupdict().get("who") or "").strip()
            shaped = _shaped(
                Deed(
                    sentence,
                    match.end(),
                    match.end(),
                    match.start(),
                    match.end(),
                    who,
                    None,
                    head.name,
                    head.strength,
                )
            )
            if shaped is not None:
                found.append(shaped)
    good = (deed for deed in found if not _RELUCTANT.match(deed.words.quote))
    return max(good, key=lambda deed: (deed.strength, -deed.start), default=None)


def countered(sentence: Sentence, low: int = 0, high: int | None = None) -> Deed | None:
    """What a proposal says is in fact to be done: the last infinitive of it."""
    high = len(sentence.plain) if high is None else high
    last = None
    for match in re.finditer(
        r"\b(?:but|and|then|to agree|perhaps)\b[^,;]{0,30}?\bto\s+(?=[a-z])", sentence.plain[low:high]
    ):
        last = low + match.end()
    if last is None:
        return asked(sentence, low, high)
    return _shaped(Deed(sentence, last, last, last, last, "", None, "the last of a proposal", 2))


def assents_to_do(text: str) -> bool:
    """True when the words accept that something be done, and not only a view."""
    return bool(_one("assent", "does").search(text))


def assents_to_view(text: str) -> bool:
    """True when the words share a view."""
    return bool(_one("assent", "view").search(text))


def named_before(text: str) -> bool:
    """True when the words point at amounts named before them."""
    return bool(_one("named_before").search(text))


def small() -> frozenset[str]:
    """Words that tell nothing of a deed by themselves."""
    return frozenset(table("undertakings")["small"]["words"].split())
