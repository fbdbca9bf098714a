"""Whose side each word of a turn speaks of: that of the speaker ("own") or that of the one addressed ("other")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from memcon.grammar import Line, Token, line, tokens
from memcon.reading.knowledge import table
from memcon.reading.page import Turn

_WRITER, _SPEAKER, _GROUP, _HEARER = "writer", "speaker", "group", "hearer"
_HEAD = 12
"""The subject of a verb of speech stands among the first words of a turn."""


@dataclass(frozen=True)
class _Words:
    forms: dict[str, frozenset[str]]
    pronouns: dict[str, str]
    company: frozenset[str]
    officers: frozenset[str]


@cache
def _words() -> _Words:
    found = table("sides")
    return _Words(
        {party: frozenset(" ".join(forms).split()) for party, forms in found["forms"].items()},
        {word: kind for kind, words in found["pronouns"].items() for word in words},
        frozenset(found["words"]["company"]),
        frozenset(found["words"]["officers"]),
    )


@cache
def _forms(party: str | None) -> frozenset[str]:
    """The single words by which a text calls a party, without those that go with any."""
    if not party:
        return frozenset()
    own = frozenset(token.word for token in tokens(party) if len(token.word) > 3)
    return (own | _words().forms.get(party, frozenset())) - _words().company


class Voice:
    """How a turn is told: `FIRST` by its speaker in reported speech, `THIRD` of him by the writer, `DIRECT` in his words."""

    FIRST, THIRD, DIRECT = "first", "third", "direct"


def voice(words: Sequence[Token]) -> str:
    """By its first words: "I said", "He said", or neither, as in a transcript or between quotation marks."""
    head = [token.word for token in words[:_HEAD]]
    if head[:1] == ['"'] or ":" in head[:5]:
        return Voice.DIRECT
    for word in head:
        if _words().pronouns.get(word) == _WRITER:
            return Voice.FIRST
        if word in ("he", "she", "mr", "mr.", "that") or word in _words().officers:
            return Voice.THIRD
    return Voice.THIRD


@dataclass
class Sides:
    """The sides of one page. `writer` is the party of "I" and "we" in reported speech, None while unknown."""

    writer: str | None
    direct: bool = False
    names: Mapping[str, str] = field(default_factory=dict)  # party by folded surname

    @classmethod
    def of(cls, turns: Sequence[Turn], people: Iterable[tuple[str, str | None]] = ()) -> Sides:
        """Whoever is told of as "I" or "we" writes; a page where few are "he" is a transcript.

        `people` are names with their parties; a surname that two parties share tells nothing.
        """
        by: Counter[str] = Counter()
        told: Counter[str] = Counter()
        for turn in turns:
            how = voice(tokens(turn_text(turn)))
            told[how] += 1
            if how == Voice.FIRST and turn.party:
                by[turn.party] += 1
        writer = by.most_common(1)[0][0] if by else None
        return cls(writer, told[Voice.DIRECT] > told[Voice.THIRD], _surnames(people))

    def line(self, turn: Turn) -> Line:
        """The words of a turn with their roles."""
        text = turn_text(turn)
        cut = tokens(text)
        how = Voice.DIRECT if self.direct else voice(cut)
        return line(text, [*self._roles(cut, turn, how)]) if cut else line("")

    def _roles(self, cut: Sequence[Token], turn: Turn, how: str) -> list[str]:
        own, other = _forms(turn.party), _forms(turn.to)
        out: list[str] = []
        for token in cut:
            role = self._pronoun(token.word, turn, how) or self._named(token.word, turn)
            if not role and token.word in own and token.word not in other:
                role = "own"
            elif not role and token.word in other and token.word not in own:
                role = "other"
            elif not role and token.word in _words().company and out:
                role = out[-1]
            out.append(role)
        return out

    def _named(self, word: str, turn: Turn) -> str:
        party = self.names.get(word)
        if party is None:
            return ""
        return "own" if party == turn.party else "other" if party == turn.to else ""

    def _pronoun(self, word: str, turn: Turn, how: str) -> str:
        kind = _words().pronouns.get(word)
        if kind is None:
            return ""
        if kind == _HEARER:
            return "other"
        if kind == _WRITER:
            foreign = how == Voice.THIRD and self.writer is not None and turn.party not in (None, self.writer)
            return "other" if foreign else "own"
        if kind == _GROUP:
            return {Voice.FIRST: "other", Voice.THIRD: "own"}.get(how, "")
        return {Voice.FIRST: "other", Voice.THIRD: "own"}.get(how, "")


def _surnames(people: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, party in people:
        words = [token.word for token in tokens(name) if token.word.isalpha() and len(token.word) > 2]
        if words and party and words[-1] not in _words().officers:
            found.setdefault(words[-1], set()).add(party)
    return {word: next(iter(parties)) for word, parties in found.items() if len(parties) == 1}


def turn_text(turn: Turn) -> str:
    """The words of a turn without the signs of its file's format."""
    start = turn.span.start - turn.sentence.span.start
    return turn.sentence.plain[start : start + turn.span.end - turn.span.start]
