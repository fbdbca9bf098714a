"""On whose side each member of a cast is, where neither his entry nor the words beside his name tell it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from memcon.model import Record
from memcon.reading.allegiance import is_foreign, party_of_title, well_known
from memcon.reading.cast import Member
from memcon.reading.knowledge import word_set
from memcon.reading.page import Sentence
from memcon.reading.parties import Parties
from memcon.reading.sounds import alike, likelier
from memcon.reading.tokens import Token, tokens

_HEADS = word_set("offices", "heads")
_SIDES = word_set("offices", "sides")

# "His Government" is a visitor's; so is "the British Embassy", beside what the British want.
_HOME = frozenset({"government", "embassy", "delegation", "ministry", "country", "legation"})
_SENDING = frozenset({"embassy", "delegation", "legation", "ambassador", "minister", "mission"})


@dataclass(eq=False)
class Belonging:
    """What is known of a record's people when their parties are asked for; the lists are those of the gathering.

    `spoken` counts verbs of speech by folded family name; `scrambled` means that the columns of the list came apart.
    With `learned` False the sound of a name is not asked.
    """

    record: Record
    writer: str | None
    table: Parties
    body: Sequence[tuple[Sentence, tuple[Token, ...]]]
    members: list[Member]
    listed: list[Member]
    visitors: list[Member]
    spoken: dict[str, int]
    says_i: bool
    says_we: bool
    scrambled: bool
    learned: bool
    author: Member | None = None
    guest: str | None = None
    named: dict[str, int] = field(default_factory=dict)

    def settle(self, author: Member | None) -> None:
        """Parties by title, by general knowledge, by the sound of the name, and by the neighbours in a list."""
        self.author = author
        if author and author.party is None:
            author.party = self.writer
        for member in self.members:
            member.party = member.party or party_of_title(member, self.writer) or well_known(member)
            if member in self.listed and self.scrambled:
                member.party = well_known(member) or member.party
        self.named = self._count_parties()
        self.guest = self._guest()
        for member in self.members:
            if member.party is None and is_foreign(member, self.writer):
                member.party = self.guest
        for member in sorted(self.members, key=lambda m: -self._certainty(m)):
            if member.party is None and member.present:
                member.party = self._by_sound(member)
        self._neighbours()

    def _certainty(self, member: Member) -> float:
        """How surely a name sounds like one side or the other: the surest are decided first."""
        if member.surname is None or not self.guest or not self.writer:
            return 0.0
        return abs(self._likelier((*member.given, member.surname), self.guest))

    def _by_sound(self, member: Member) -> str | None:
        """Whose name it sounds like, of the two sides, where nothing else tells."""
        if member.surname is None or not self.guest or not self.writer:
            return None
        words = tuple(word for word in (*member.given, member.surname) if len(word) > 1)
        bound, trust = (8.0, 1.0) if self.listed else (2.5, 0.35)
        odds = {
            party: max(-bound, min(bound, trust * self._likelier(words, party))) + self._share(party)
            for party in self._sides_possible()
        }
        odds[self.writer] = self._odds_of_own(member)
        best, *rest = sorted(odds, key=lambda party: -odds[party])
        if not rest or odds[best] - odds[rest[0]] < (0.7 if self._strangers() or not self.listed else 6.0):
            return None
        member.rule += ", party by the sound of the name"
        return best

    def _strangers(self) -> bool:
        """True when somebody present is known to be of another party than the writer's."""
        return any(m.present and m.party not in (self.writer, None) for m in self.members)

    def _share(self, party: str) -> float:
        """How much less often a party is named than the one named most, as log odds."""
        if self.listed or not self.named:
            return 0.0
        return math.log(max(self.named.get(party, 0), 0.5) / max(self.named.values()))

    def _odds_of_own(self, member: Member) -> float:
        """A stranger in a paper without a list is a visitor, unless only visitors have spoken."""
        if self.listed:
            return 0.0
        others = [m for m in self.members if m.present and m.party is None and m is not member]
        if member in self.visitors:
            return -6.0
        if not others and self._own_side_speaks() and not self._strangers():
            return -1.8
        guests = any(
            m.present and m.party not in (None, self.writer) and self._speaks(m) for m in self.members
        )
        if self._own_side_speaks():
            return 0.0 if guests else -1.5
        return 2.0 if guests else 0.0

    def _sides_possible(self) -> list[str]:
        """Parties that a stranger may speak for: those of present members, or those named most."""
        known = [m.party for m in self.members if m.present and m.party and m.party != self.writer]
        if self.listed:
            return list(dict.fromkeys([*known, self.guest or ""]))
        often = sorted(self.named, key=lambda party: -self.named[party])[:6]
        return list(dict.fromkeys([*known, *often]))

    def _own_side_speaks(self) -> bool:
        own = [m for m in self.members if m.present and m.party == self.writer]
        return any((m is self.author and (self.says_i or self.says_we)) or self._speaks(m) for m in own)

    def _neighbours(self) -> None:
        """In a list without headings people of one party stand together."""
        before: str | None = None
        for member in self.listed:
            if member.party is None:
                member.party = before if before and before != self.writer else None
            before = member.party

    def _guest(self) -> str | None:
        """The party that is not the writer's: of the members known, else most named in heading and text."""
        known = [m.party for m in self.members if m.present and m.party and m.party != self.writer]
        known = known or [p for p in [self.table.seat(self.record.place or "")] if p and p != self.writer]
        if known:
            return max(known, key=known.count)
        return max(self.named, key=lambda party: self.named[party]) if self.named else None

    def _count_parties(self) -> dict[str, int]:
        """How often each other party is named, three times as much where it is named as a side."""
        counts: dict[str, int] = {}
        for words in [
            tokens(self.record.title),
            *(tokens(s) for s in self.record.subjects),
            *(w for _, w in self.body),
        ]:
            for found in self.table.all(words):
                if found.party != self.writer:
                    follow = words[found.end].key if found.end < len(words) else ""
                    weight = (
                        6 if follow in {"embassy", "delegation"} else 3 if follow in _SIDES | _HEADS else 1
                    )
                    counts[found.party] = counts.get(found.party, 0) + weight
        for party in (m.party for m in self.members if m.party and m.party != self.writer):
            counts[party] = counts.get(party, 0) + 3
        return counts

    def settle_rest(self, author: Member | None) -> None:
        """Whoever took part and has no party yet gets the one that the place on the page makes likeliest."""
        self.author = author
        if author and author.party is None:
            author.party = self.writer
        for member in self.members:
            if member.party is None and member.present:
                member.party = self._by_place(member)

    def _by_place(self, member: Member) -> str | None:
        if member in self.listed:
            return self.writer
        if self.listed and not self._strangers():
            return self.writer
        return self._likeliest_guest(member) if self._own_side_speaks() else self.writer

    def _likeliest_guest(self, member: Member) -> str | None:
        """Of the parties named, the one that the name fits best; the writer's own where it fits none."""
        if not self.writer or not self._sides_possible():
            return self.guest
        words = (*member.given, member.surname or "")
        odds = {
            p: max(-2.5, 0.35 * self._likelier(words, p)) + self._share(p) for p in self._sides_possible()
        }
        best = max(odds, key=lambda party: odds[party])
        if not self._families_differ(best):
            return best if self._strangers() or self._is_sent(best) else self.writer
        return self.writer if self._strangers() and odds[best] < 0.7 else best

    def _is_sent(self, party: str) -> bool:
        """True when the paper shows that somebody speaks for another government, not only of it."""
        for _, words in self.body:
            for at, word in enumerate(words[:-1]):
                if word.key in {"his", "their", "her"} and words[at + 1].key in _HOME:
                    return True
            if any(
                f.party == party and words[f.end].key in _SENDING
                for f in self.table.all(words)
                if f.end < len(words)
            ):
                return True
        return False

    def _families_differ(self, party: str) -> bool:
        return bool(self.writer) and not alike(party, self.writer or "")

    def _likelier(self, words: Sequence[str], party: str) -> float:
        """How much likelier a name is of `party` than of the writer's own; 0 where sounds are not asked."""
        return likelier(words, party, self.writer or "") if self.learned else 0.0

    def _speaks(self, member: Member) -> bool:
        return member.surname in self.spoken or any(word in self.spoken for word in member.given)
