"""The people of one record and whom its words mean: "the Ambassador", "Mr. Lloyd", "the British side"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from memcon.model import Speaker, Words
from memcon.names import key as name_key
from memcon.reading.knowledge import word_set
from memcon.reading.parties import Parties
from memcon.reading.tokens import Token, tokens

Phrase = tuple[str, ...]

_PRONOUNS = frozenset({"i", "he", "she", "we", "they", "it", "you", "him", "her", "them", "me", "us"})
_SIDES = word_set("offices", "sides")
_HEADS = word_set("offices", "heads")
_BEFORE = word_set("offices", "before")
_RANKS = word_set("offices", "ranks")
_COURTESY = word_set("offices", "courtesy")
_PARTICLES = word_set("offices", "particles")
_NOT_NAMES = word_set("offices", "not_names")
_WIVES = frozenset({"madame", "mrs", "mme"})
_LESSER = frozenset(
    {"assistant", "under", "first", "second", "third", "private", "vice", "parliamentary", "press"}
)
_SHORT = {"gen": "general", "adm": "admiral", "col": "colonel", "capt": "captain", "asst": "assistant"}


@dataclass(eq=False, slots=True)
class Member:
    """One person while the cast is put together; afterwards a `Speaker` says the same.

    `surname` and `given` are folded; `offices` are folded phrases such as ("foreign", "minister").
    """

    name: str
    surname: str | None
    given: tuple[str, ...] = ()
    party: str | None = None
    role: str | None = None
    title: str = ""
    offices: set[Phrase] = field(default_factory=set)
    present: bool | None = None
    rule: str = ""
    mentions: list[Words] = field(default_factory=list)

    @property
    def is_wife(self) -> bool:
        """True for "Madame" or "Mrs.", so that she is not taken for him."""
        return bool(_WIVES & set(self.title.lower().replace(".", "").split()))


class Reference(NamedTuple):
    """Whom words mean: `kind` is "name", "office", "party", "side", "pronoun" or "unknown"; `start` is a token."""

    kind: str
    start: int
    members: tuple[Member, ...] = ()
    party: str | None = None
    word: str = ""


@dataclass(frozen=True)
class Cast:
    """The people of one record. `author` is who writes "I"; `writer` the party that kept the record."""

    members: tuple[Member, ...]
    author: Member | None
    writer: str | None
    parties: Parties
    by_surname: dict[str, tuple[Member, ...]]

    @property
    def people(self) -> tuple[Speaker, ...]:
        """All of them, in the order of the paper, as the reading gives them."""
        return tuple(
            Speaker(f"x{n}", m.name, m.party, m.role, m.present, tuple(m.mentions), rule=m.rule)
            for n, m in enumerate(self.members, start=1)
        )

    @property
    def present(self) -> tuple[Member, ...]:
        """Those who took part."""
        return tuple(member for member in self.members if member.present)

    @property
    def sides(self) -> tuple[str, ...]:
        """The parties of those who took part, the writer's first."""
        found = dict.fromkeys(m.party for m in self.members if m.present and m.party)
        return tuple(sorted(found, key=lambda party: party != self.writer))

    def other_side(self, party: str | None) -> str | None:
        """The one party that talks with `party`, None where there are more or none."""
        others = [side for side in self.sides if side != party]
        return others[0] if len(others) == 1 and party else None

    def refer(self, words: Sequence[Token], end: int) -> Reference:
        """Whom the words that end before token `end` mean."""
        last = words[end - 1]
        if last.key in _PRONOUNS and (last.key not in {"i", "us"} or last.text in {"I", "us"}):
            return Reference("pronoun", end - 1, word=last.key)
        for kind in (self._named, self._office, self._side, self._party):
            found = kind(words, end)
            if found:
                return found
        return Reference("unknown", end - 1, word=last.key)

    def coordinate(self, words: Sequence[Token], reference: Reference) -> tuple[Reference, ...]:
        """The reference and what is joined to it by "and" before it: "He and General Twining"."""
        at = reference.start
        if at > 1 and words[at - 1].key in {"the", "both"}:
            at -= 1
        if at > 1 and words[at - 1].key == "and":
            first = self.refer(words, at - 1)
            if first.kind in {"name", "office", "pronoun"}:
                return (*self.coordinate(words, first), reference)
        return (reference,)

    def _named(self, words: Sequence[Token], end: int) -> Reference | None:
        candidates = self.by_surname.get(words[end - 1].key)
        if not candidates or not words[end - 1].text[:1].isupper():
            return None
        start = name_start(words, end)
        before = {_SHORT.get(word.key, word.key) for word in words[start : end - 1]}
        best = max(candidates, key=lambda m: _fit(m, before, words[end - 1].key))
        if before & _WIVES and not best.is_wife:
            return None
        return Reference("name", start, (best,), best.party)

    def _office(self, words: Sequence[Token], end: int) -> Reference | None:
        start = office_start(words, end)
        if start is None:
            return None
        phrase = tuple(word.key for word in words[start:end])
        party = party_ending(self.parties, words, start)
        begin = party.start if party else start
        found = self._holders(phrase, party.party if party else None)
        return Reference("office", begin, tuple(found), party.party if party else None, " ".join(phrase))

    def _holders(self, phrase: Phrase, party: str | None) -> list[Member]:
        phrase = phrase[: phrase.index("of")] if "of" in phrase else phrase
        exact = [m for m in self.members if phrase in m.offices]
        near = exact or [m for m in self.members if any(near_title(phrase, office) for office in m.offices)]
        found = [m for m in near if party is None or m.party in (party, None)]
        return [m for m in found if m.present] or found

    def _side(self, words: Sequence[Token], end: int) -> Reference | None:
        if words[end - 1].key not in _SIDES:
            return None
        if end > 1 and words[end - 2].key == "our":
            return Reference("side", end - 2, party=self.writer, word="our")
        found = party_ending(self.parties, words, end - 1)
        return Reference("side", found.start, party=found.party) if found else None

    def _party(self, words: Sequence[Token], end: int) -> Reference | None:
        found = party_ending(self.parties, words, end)
        return Reference("party", found.start, party=found.party) if found else None


class Ending(NamedTuple):
    """Tokens from `start` that stand for a party."""

    start: int
    party: str


def party_ending(table: Parties, words: Sequence[Token], end: int) -> Ending | None:
    """The party whose name ends before token `end`, the longest form of it."""
    for start in range(max(0, end - 4), end):
        found = table.at(words, start)
        if found and found.end == end:
            return Ending(start, found.party)
    return None


def _fit(member: Member, before: set[str], surname: str) -> tuple[int, bool, int, bool, bool]:
    given = sum(1 for word in member.given if word in before)
    office = sum(1 for phrase in member.offices if phrase[-1] in before)
    return (
        given,
        member.is_wife == bool(before & _WIVES),
        office,
        member.surname == surname,
        bool(member.present),
    )


def office_start(words: Sequence[Token], end: int) -> int | None:
    """The first token of the phrase of office that ends before token `end`, None where there is none."""
    at = end - 1
    if at >= 2 and words[at].key in {"state", "treasury", "defense"} and words[at - 1].key in {"of", "the"}:
        at = next((k for k in range(at - 1, max(at - 4, -1), -1) if words[k].key in _HEADS), at)
    if words[at].key not in _HEADS or words[at].text in {"general", "chief", "deputy", "assistant", "major"}:
        return None
    while at > 0 and words[at - 1].key in _BEFORE:
        at -= 1
    return at


def office_phrases(printed: str) -> set[Phrase]:
    """The offices in a printed title, each as its folded words.

    >>> sorted(office_phrases("Deputy Assistant Secretary of State for Far Eastern Affairs"))
    [('deputy', 'assistant', 'secretary')]
    """
    words = tokens(printed)
    out: set[Phrase] = set()
    for at, word in enumerate(words):
        if word.key in _HEADS and not (at + 1 < len(words) and words[at + 1].key in _HEADS | {"'s"}):
            start = office_start(words, at + 1)
            start = at if start is None else start
            if not _of_another(words, start):
                out.add(tuple(_SHORT.get(w.key, w.key) for w in words[start : at + 1]))
    if re.search(r"(?i)minister (?:of|for) (?:foreign|external) affairs", printed):
        out.add(("foreign", "minister"))
    return out


def _of_another(words: Sequence[Token], start: int) -> bool:
    """True for the President of "Assistant to the President"."""
    before = [word.key for word in words[max(0, start - 2) : start]]
    return before[-1:] in (["to"], ["of"], ["for"]) or (
        before[-1:] == ["the"] and before[:1] in (["to"], ["of"], ["for"])
    )


def near_title(asked: Phrase, held: Phrase) -> bool:
    """True when the shorter title may stand for the longer: "the Minister" for the Foreign Minister."""
    if held[-len(asked) :] != asked or len(held) <= len(asked):
        return False
    return held[-len(asked) - 1] not in _LESSER


def name_start(words: Sequence[Token], end: int) -> int:
    """The first token of the name and titles that end before token `end`."""
    at = end - 1
    while at > 0 and (_stop_within(words, at) or _part_of_name(words, at)):
        at -= 1
    return at


def _stop_within(words: Sequence[Token], at: int) -> bool:
    """True when the token before is the stop of an initial or a title."""
    if words[at - 1].text != "." or at < 2:
        return False
    return (
        len(words[at - 2].text) == 1 or words[at - 2].key in _COURTESY | _RANKS or words[at - 2].key in _SHORT
    )


def _part_of_name(words: Sequence[Token], at: int) -> bool:
    word = words[at - 1]
    if words[at].start - word.end > 1:
        return False
    return (word.text[:1].isupper() and word.key not in _NOT_NAMES) or word.key in _PARTICLES


def names_by_surname(members: Sequence[Member]) -> dict[str, tuple[Member, ...]]:
    """By folded family name, and by the first name where that may be the family's ("Huang Hua", "Sir John")."""
    out: dict[str, list[Member]] = {}
    for member in members:
        if member.surname:
            out.setdefault(member.surname, []).append(member)
            for part in re.split(r"[\s-]", member.surname):
                if part != member.surname and len(part) > 3:
                    out.setdefault(part, []).append(member)
    taken = set(out)
    for member in members:
        first = name_key(member.given[0]) if member.given else ""
        if len(first) > 1 and (first not in taken or member.title.lower().startswith("sir")):
            out.setdefault(first, []).append(member)
    taken = set(out)
    for member in members:
        for part in member.given[1:]:
            if len(part) > 3 and part not in taken and member.present:
                out.setdefault(part, []).append(member)
    return {name: tuple(found) for name, found in out.items()}
