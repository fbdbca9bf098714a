"""Verbs of speech in a sentence, each with the words that end its subject: who does the saying is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from memcon.reading.knowledge import table, word_set
from memcon.reading.tokens import Token


class Verb(NamedTuple):
    """A form of a verb of speech: `form` is "past", "participle", "third", "ing" or "base"."""

    base: str
    kind: str
    form: str


class Clause(NamedTuple):
    """A verb at token `verb` whose subject ends before token `end`.

    `passive` means that the subject is spoken to; `joined` that the subject is that of the verb before
    ("thanked him and said"); `perfect` that it was said at an earlier time ("had said").
    """

    end: int
    verb: int
    base: str
    kind: str
    passive: bool
    joined: bool
    perfect: bool
    modal: bool
    now: bool = False


_AUX = word_set("speech", "aux")
_BE = word_set("speech", "be")
_ADVERBS = word_set("speech", "adverbs")
_MODAL = frozenset(["will", "can", "shall", "must", "may", "should", "might"])
_NOW = frozenset(
    [
        "is",
        "are",
        "has",
        "have",
        "does",
        "do",
        "gives",
        "takes",
        "makes",
        "puts",
        "goes",
        "wants",
        "calls",
        "am",
    ]
)
_JOINING = frozenset({"and", "but", "or", "nor"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PRONOUNS = frozenset({"i", "he", "she", "they", "we", "it", "you", "both", "latter", "former"})
_NOUNS = word_set("speech", "nouns")


@cache
def verbs() -> dict[str, Verb]:
    """Every form of every verb of speech and thought."""
    out: dict[str, Verb] = {}
    for kind in ("thinking", "saying"):
        for line in table("speech")[kind].splitlines():
            for base, forms in _forms(line):
                for form, word in forms:
                    out[word] = Verb(base, kind, form)
    return out


def _forms(line: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    regular, _, irregular = line.partition(":")
    words = regular.split()
    if irregular:
        base = words.pop()
        names = ("past", "participle", "third", "ing")
        yield base, [("base", base), *zip(names, (w.strip() for w in irregular.split(",")), strict=True)]
    for base in words:
        yield base, _regular(base)


def _regular(base: str) -> list[tuple[str, str]]:
    if base.endswith("e"):
        past, ing = base + "d", base[:-1] + "ing"
    elif base.endswith("y") and base[-2] not in "aeou":
        past, ing = base[:-1] + "ied", base + "ing"
    else:
        past, ing = base + "ed", base + "ing"
    third = (
        base[:-1] + "ies"
        if past.endswith("ied")
        else base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    )
    return [("base", base), ("past", past), ("third", third), ("ing", ing)]


@cache
def _light() -> tuple[frozenset[str], frozenset[str]]:
    light = table("speech")["light"]
    return frozenset(light["verbs"]), frozenset(light["objects"])


@cache
def _told() -> frozenset[str]:
    return frozenset(table("speech")["told"])


def clauses(words: Sequence[Token]) -> list[Clause]:
    """All verbs of speech of a sentence that have a subject, in order."""
    table, (light, objects) = verbs(), _light()
    out: list[Clause] = []
    for at, word in enumerate(words):
        verb = table.get(word.key)
        if verb is None and word.key in light and _has_object(words, at, objects):
            verb = Verb(word.key, "light", "past")
        if verb is None or word.text[:1].isupper():
            continue
        found = _adding(words, at, verb) if verb.form == "ing" else _subject(words, at, verb)
        if found:
            out.append(found)
    return out


_GOING = frozenset(["went", "goes", "brought", "put", "set", "laid", "drew", "took", "takes", "brings"])
_AFTER_GOING = frozenset(["on", "up", "out", "forward", "forth"])


def _has_object(words: Sequence[Token], at: int, objects: frozenset[str]) -> bool:
    """True when the verb has a noun or an adjective of speech after it: "made the point", "went on"."""
    going = words[at].key in _GOING
    if words[at].key.startswith("call"):
        objects = frozenset({"attention"})
    return any(w.key in objects and (going or w.key not in _AFTER_GOING) for w in words[at + 1 : at + 9])


def _subject(words: Sequence[Token], at: int, verb: Verb) -> Clause | None:
    end, helpers = _back(words, at)
    if end <= 0:
        return None
    last = words[end - 1]
    passive = verb.form in {"past", "participle"} and words[at].key in _told() and bool(_BE & helpers)
    if bool(_BE & helpers) and verb.kind != "light" and not passive and not _impersonal(last):
        return None
    to_us = at + 1 < len(words) and words[at + 1].key in {"me", "us"} and "had" not in helpers
    perfect = bool(helpers & {"had", "have", "has"}) and not to_us
    joined = last.key in _JOINING
    if not joined and not _can_be_subject(words, end):
        return None
    if verb.form == "base" and not helpers and not _plural(last):
        return None
    modal = bool(_MODAL & helpers)
    now = (
        verb.form == "third"
        or (verb.form == "base" and not helpers)
        or words[at].key in _NOW
        or bool(_NOW & helpers)
    )
    return Clause(end, at, verb.base, verb.kind, passive, joined, perfect, modal, now)


def _adding(words: Sequence[Token], at: int, verb: Verb) -> Clause | None:
    """ ", adding that ...": speech that goes with what the subject of the sentence did."""
    said = verb.kind == "saying" and at > 1 and words[at - 1].key in {",", "by"} and at + 1 < len(words)
    return Clause(at, at, verb.base, verb.kind, False, True, False, False) if said else None


def _impersonal(word: Token) -> bool:
    return word.key == "it"


def _plural(word: Token) -> bool:
    return word.key in {"i", "we", "they"} or word.key.endswith("s") or word.text[:1].isupper()


def _can_be_subject(words: Sequence[Token], end: int) -> bool:
    last = words[end - 1]
    return last.key in _PRONOUNS or last.key in _NOUNS or last.text[:1].isupper()


def _back(words: Sequence[Token], at: int) -> tuple[int, frozenset[str]]:
    """Where the subject ends, and the auxiliaries between it and the verb."""
    helpers: set[str] = set()
    end = at
    while end > 0:
        word = words[end - 1]
        if word.key in _AUX:
            helpers.add(word.key)
            end -= 1
        elif word.key in _ADVERBS or (word.key.endswith("ly") and word.text[:1].islower()):
            end -= 1
        elif word.text in ")]":
            end = _opening(words, end - 1, "([", 40)
        elif word.text in ",—–-":
            end = _opening(words, end - 1, word.text, 30)
        else:
            break
    return end, frozenset(helpers)


def _opening(words: Sequence[Token], close: int, signs: str, reach: int) -> int:
    """The place of the sign that opens what closes at `close`; 0 where none does."""
    for at in range(close - 1, max(close - reach, -1), -1):
        if words[at].text in signs:
            return at
    return 0
