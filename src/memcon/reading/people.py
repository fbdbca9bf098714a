"""Who is named in a record: persons with their office, their party and whether they took part in the talk.

The papers' own lists come first, then headings, then the running text; whoever is named only by an office is known
by the office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from memcon.model import BODY, Lexicon, PassageKind, Record
from memcon.names import Entry, name_of, split_entry
from memcon.names import key as name_key
from memcon.reading.allegiance import (
    incumbent,
    is_foreign,
    party_of,
    party_of_title,
    surname_of,
    well_known,
    writer_of,
)
from memcon.reading.apparatus import is_apparatus
from memcon.reading.belonging import Belonging
from memcon.reading.cast import (
    Cast,
    Member,
    Phrase,
    names_by_surname,
    near_title,
    office_phrases,
    office_start,
    party_ending,
)
from memcon.reading.clauses import clauses
from memcon.reading.headings import heading_names, line_entries, list_entries
from memcon.reading.knowledge import table, word_set
from memcon.reading.page import Page, Sentence
from memcon.reading.parties import Parties, parties
from memcon.reading.tokens import Token, tokens
from memcon.text import squeeze

_HEADS = word_set("offices", "heads")
_RANKS = word_set("offices", "ranks")
_COURTESY = word_set("offices", "courtesy")
_PARTICLES = word_set("offices", "particles")
_SIDES = word_set("offices", "sides")
_NOT_NAMES = word_set("offices", "not_names")


def find(page: Page, lexicon: Lexicon | None = None, *, learned: bool = True) -> Cast:
    """Everyone named in the record; with `learned` False no party is told by the sound of a name."""
    return _Gathering(page, lexicon or Lexicon(), learned).cast()


class _Gathering:
    """The steps by which a cast is put together, each adding to or correcting the members found before."""

    def __init__(self, page: Page, lexicon: Lexicon, learned: bool) -> None:
        self.page, self.record, self.lexicon, self.learned = page, page.record, lexicon, learned
        self.writer = writer_of(page.record)
        self.month = _month(page.record)
        self.table = parties(self.writer, self.month)
        self.members: list[Member] = []
        self.author: Member | None = None
        self.listed: list[Member] = []
        self.headed: list[Member] = []
        self.spoken: dict[str, int] = {}
        self.body = [
            (s, tokens(s.plain))
            for s in page.sentences
            if s.passage.kind in BODY and not s.plain.startswith("[") and not is_apparatus(s.passage.text)
        ]
        self.says_i = any(
            c for _, words in self.body for c in clauses(words)[:1] if words[c.end - 1].text == "I"
        )
        self.says_we = any(
            c.kind == "saying"
            for _, words in self.body
            for c in clauses(words)[:1]
            if words[c.end - 1].key == "we" or c.passive
        )
        self.told: set[str] = set()
        self.visitors: list[Member] = []
        self.scrambled = False
        self.guest: str | None = None

    def cast(self) -> Cast:
        """All steps in order."""
        self._from_list()
        self._from_heading()
        self._from_text()
        self._incumbents()
        self._subjects()
        self._from_labels()
        self._from_notes()
        self._from_lexicon()
        belonging = self._belonging()
        belonging.settle(self.author)
        belonging.settle_rest(self.author)
        self.guest = belonging.guest
        self._by_office()
        self._author()
        belonging.settle_rest(self.author)
        return Cast(tuple(self.members), self.author, self.writer, self.table, names_by_surname(self.members))

    def _belonging(self) -> Belonging:
        return Belonging(
            self.record,
            self.writer,
            self.table,
            self.body,
            self.members,
            self.listed,
            self.visitors,
            self.spoken,
            self.says_i,
            self.says_we,
            self.scrambled,
            self.learned,
        )

    # --- lists and headings

    def _from_list(self) -> None:
        heading: str | None = None
        seen: set[str] = set()
        for participant in self.record.participants:
            above = participant.party or ""
            if above and above not in seen and not self.table.called(above) and office_phrases(above):
                self._enter(above, None)
            seen.add(above)
            for entry in list_entries(participant.printed):
                named, printed = self._headed(entry)
                if not printed:
                    heading = named
                    continue
                heading = named or heading
                named = self.table.called(printed)
                if named or re.fullmatch(
                    r"(?i)\W*(?:\w\W+)?(?:participants?|present|also present|in attendance)\W*", printed
                ):
                    heading = named
                    continue
                self._enter(printed, self._side(above) or heading)
        for printed in () if self.record.participants else _printed_list(self.page):
            self._enter(printed, None)
        self._check_columns()

    def _side(self, above: str) -> str | None:
        """What a list's own sub-heading says: a party, or a body as it is called; None for a name."""
        named = self.table.called(above)
        return named or (above if above and not office_phrases(above) else None)

    def _headed(self, printed: str) -> tuple[str | None, str]:
        """A heading that runs into its first name: "Panama Aquilino Boyd"."""
        words = tokens(printed)
        found = self.table.at(words, 0) if words else None
        rest = words[found.end :] if found else ()
        alone = found and found.kind == "name" and len(rest) > 1 and all(_capital(word) for word in rest)
        if (
            found
            and alone
            and not office_phrases(printed)
            and found.party not in {"Jordan", "Chad", "Israel", "France"}
        ):
            return found.party, printed[rest[0].start :]
        return None, printed

    def _check_columns(self) -> None:
        """Lists set in columns can come apart: then somebody well known stands under another party's heading."""
        known = [(well_known(m), m.party) for m in self.listed if m.party]
        self.scrambled = sum(1 for found, party in known if found and found != party) > 1

    def _enter(self, printed: str, party: str | None) -> None:
        entry = split_entry(printed, self.table.place)
        if not entry.name and not office_phrases(entry.office):
            return
        member = self._add(entry, party_of(entry, self.table) or party, "participants list")
        member.present = True
        self.listed.append(member)

    def _add(self, entry: Entry, party: str | None, rule: str) -> Member:
        known = self._known(entry)
        if known is None:
            known = Member("", None, rule=rule)
            self.members.append(known)
        if entry.name and (known.surname is None or len(entry.name) > len(known.name)):
            name = name_of(entry.name)
            known.name, known.surname = entry.name, name_key(name.surname or entry.name)
            known.given = tuple(name_key(word) for word in name.given)
        known.name = known.name or _office_name(entry)
        known.party = known.party or party
        known.role = known.role or entry.office or None
        known.title = known.title or entry.title
        known.offices |= office_phrases(entry.office) | office_phrases(entry.title)
        return known

    def _known(self, entry: Entry) -> Member | None:
        offices = office_phrases(f"{entry.title}, {entry.office}")
        if not entry.name:
            return next((m for m in self.members if m.surname is None and offices & m.offices), None)
        name = name_of(entry.name)
        given = tuple(name_key(word) for word in name.given)
        new = Member(entry.name, name_key(name.surname or ""), given, title=entry.title)
        same = next((m for m in self.members if _one_person(m, new)), None)
        return same or self._nameless(offices, entry)

    def _nameless(self, offices: set[Phrase], entry: Entry) -> Member | None:
        """Somebody known so far by office alone, whom a title with a name now names."""
        surname = surname_of(entry.name)
        held = {
            phrase for phrase in offices if len(phrase) == 1 and incumbent(phrase[0], self.month) == surname
        }
        for member in self.members:
            if member.surname is None and held & member.offices and member.party in (self.writer, None):
                return member
        return None

    def _from_heading(self) -> None:
        for printed, author in heading_names(self.record.title):
            entry = split_entry(printed, self.table.place)
            if not entry.name and not office_phrases(entry.office):
                continue
            found = self._match(entry) or self._add(entry, party_of(entry, self.table), "heading")
            found.present = True
            found.offices |= office_phrases(entry.office)
            self.headed.append(found)
            if author and self.author is None:
                self.author = found

    def _match(self, entry: Entry) -> Member | None:
        if entry.name:
            return self._known(entry)
        phrases = office_phrases(entry.office)
        return next((m for m in self.members if phrases & m.offices), None)

    # --- running text

    def _from_text(self) -> None:
        for sentence, words in self.body:
            at = 0
            while at < len(words):
                end = _titled_end(words, at, self.table)
                if end:
                    self._meet(sentence, words, at, end)
                at = end or at + 1

    def _incumbents(self) -> None:
        """ "The Secretary" of the list is "Secretary Dulles" where heading or text call him so."""
        for member in [m for m in self.members if m.surname is None and m.party in (self.writer, None)]:
            for phrase in [p for p in member.offices if len(p) == 1]:
                name = incumbent(phrase[0], self.month)
                found = name and re.search(rf"(?i)\b{phrase[0]}(?: of state)? ({name})\b", self.record.title)
                if found:
                    member.name, member.surname = found[0], found[1].lower()

    def _meet(self, sentence: Sentence, words: Sequence[Token], start: int, end: int) -> None:
        first = office_start(words, start + 1)
        begin = start if first is None else first
        entry = split_entry(
            squeeze(sentence.plain[words[begin].start : words[end - 1].end]), self.table.place
        )
        if not entry.name or name_key(entry.name.split()[-1]) in _NOT_NAMES:
            return
        if begin and words[begin - 1].key in {"former", "late", "ex"}:
            entry = Entry(entry.printed, entry.name, "former", "")
        before, official = party_ending(self.table, words, begin), words[start].key in _RANKS
        member = self._add(
            entry,
            party_of(entry, self.table) or (before.party if before and official else None),
            "title and name",
        )
        member.mentions.append(sentence.words(words[begin].start, words[end - 1].end))
        if member.party is None and [w.key for w in words[end : end + 2]] == ["and", "i"]:
            member.party = self.writer
        self._apposition(member, words, begin, end)
        if not self.listed and _calls(words, end):
            member.present = True
            self.visitors.append(member)

    def _apposition(self, member: Member, words: Sequence[Token], begin: int, end: int) -> None:
        """ "The Foreign Minister, Dr. Soong, ..." and "Dr. Soong, the Foreign Minister, ..."."""
        self._affiliation(member, words, end)
        if end + 1 < len(words) and words[end].text == "(":
            found = self.table.at(words, end + 1)
            if found and found.end < len(words) and words[found.end].text == ")":
                member.party = member.party or found.party
        if begin > 1 and words[begin - 1].text == ",":
            self._title_at(member, words, begin - 1)
        if end + 1 < len(words) and words[end].text == ",":
            close = next(
                (at for at in range(end + 1, min(end + 9, len(words))) if words[at].text in ",.;("), 0
            )
            head = (
                next((at for at in range(close - 1, end, -1) if words[at].key in _HEADS), 0) if close else 0
            )
            if head:
                self._title_at(member, words, head + 1)

    def _affiliation(self, member: Member, words: Sequence[Token], end: int) -> None:
        """ "Mr. Maclean of the British Embassy", "Mr. White of the Treasury Department"."""
        at = end + 1 if end < len(words) and words[end].text == "," else end
        if [w.key for w in words[at : at + 2]] == ["of", "the"] and at + 2 < len(words):
            found = self.table.at(words, at + 2)
            after = words[found.end].key if found and found.end < len(words) else ""
            if found and after in _SIDES | _OFFICES_OF:
                member.party = member.party or found.party
            elif any(
                w.key in {"department", "treasury", "division", "bureau", "administration"}
                for w in words[at : at + 6]
            ):
                member.party = member.party or self.writer

    def _title_at(self, member: Member, words: Sequence[Token], end: int) -> None:
        start = office_start(words, end)
        if start is not None:
            member.offices.add(tuple(word.key for word in words[start:end]))
            found = party_ending(self.table, words, start)
            member.party = member.party or (found.party if found else None)

    def _subjects(self) -> None:
        """Names that stand as subjects of verbs of speech, titled or not: whoever speaks took part."""
        known = names_by_surname(self.members)
        for sentence, words in self.body:
            found = next((c for c in clauses(words) if not c.joined), None)
            if found is None or found.perfect or found.modal:
                continue
            word = words[found.end - 1]
            if word.key not in known and self._looks_a_name(words, found.end):
                member = self._add(Entry(word.text, word.text, "", ""), None, "subject of a verb of speech")
                member.mentions.append(sentence.words(word.start, word.end))
                known = names_by_surname(self.members)
            if word.key in known and found.kind == "saying":
                self.spoken[word.key] = self.spoken.get(word.key, 0) + 1
            if words[found.end - 1].text == "I":
                self.told.update(w.key for w in words[found.verb + 1 : found.verb + 5])
                if found.base in _TELLING and not self.listed:
                    self._hears(words, found.verb + 1)
        for surname, times in self.spoken.items():
            for member in known.get(surname, ())[:1]:
                if member.present is None and (not self.listed or times > 1):
                    member.present = True

    def _hears(self, words: Sequence[Token], start: int) -> None:
        """Whom "I" told something was there to hear it."""
        known = names_by_surname(self.members)
        for word in words[start : start + 4]:
            for member in known.get(word.key, ())[:1] if word.text[:1].isupper() else ():
                member.present = True if member.present is None else member.present

    def _from_labels(self) -> None:
        """Speakers of a verbatim record whom nothing else names: "Teller: ...", more than once."""
        known = names_by_surname(self.members)
        labels = [found[1] for p in self.page.text.passages if (found := _LABEL.match(p.text))]
        for label in dict.fromkeys(labels):
            word = tokens(label)[-1]
            member = known.get(word.key, (None,))[0]
            if member is None and self._label_like(label) and (len(labels) > 2 or self._is_somebody(label)):
                member = self._add(Entry(label, label, "", ""), None, "label of a transcript")
            if member and member.present is None and len(labels) > 1:
                member.present = True
                member.party = member.party or self.writer

    def _is_somebody(self, label: str) -> bool:
        return well_known(Member(label, name_key(label), offices={("secretary",)})) is not None

    def _label_like(self, label: str) -> bool:
        word = tokens(label)[-1]
        lower = any(w.text == label.lower() for _, words in self.body for w in words)
        return ("_" in label or _name_like(word)) and not lower and not self.table.called(label)

    def _looks_a_name(self, words: Sequence[Token], end: int) -> bool:
        word = words[end - 1]
        if not _name_like(word) or party_ending(self.table, words, end):
            return False
        before = words[end - 2] if end > 1 else None
        if before is None:
            return self._elsewhere(word.text) or not _LIKE_A_NOUN.search(word.key)
        return (
            not word.text.isupper()
            and before.key not in {"the", "a", "of", "this", "our", "his", "their"}
            and not before.text[:1].isupper()
        )

    def _elsewhere(self, text: str) -> bool:
        """True when a word that begins a sentence is written with a capital within sentences too."""
        return any(w.text == text for _, words in self.body for w in words[1:])

    def _from_notes(self) -> None:
        """Footnotes that say who somebody is: "1 T. K. Critchley, Assistant Secretary, ..."."""
        for passage in self.page.text.passages:
            for line in passage.text.split("\n"):
                note = _WHO.match(line)
                if note and (passage.kind is PassageKind.NOTE or note["mark"]):
                    self._explain(split_entry(f"{note['who']}, {note['role']}", self.table.place))

    def _explain(self, entry: Entry) -> None:
        found = self._known(entry) if entry.name and _NAME.fullmatch(entry.name) else None
        if found:
            if len(entry.name) > len(found.name):
                found.name = entry.name
            found.party = party_of(entry, self.table) or found.party
            found.role = found.role or entry.office or None
            found.offices |= office_phrases(entry.office)

    def _from_lexicon(self) -> None:
        """What the collection's own list of persons says of somebody whom one entry alone can mean."""
        for person in self.lexicon.persons if self.members else ():
            surname, given = _listed_name(person.name)
            found = [
                m for m in self.members if m.surname == surname and _one_person(m, Member("", surname, given))
            ]
            if len(found) == 1 and self._lone(person.name, found[0]):
                self._described(found[0], person.description or "")

    def _lone(self, printed: str, member: Member) -> bool:
        """True when no other entry of the list can mean the member."""
        others = [_listed_name(p.name) for p in self.lexicon.persons if p.name != printed]
        return not any(s == member.surname and _one_person(member, Member("", s, g)) for s, g in others)

    def _described(self, member: Member, description: str) -> None:
        told = Member(member.name, member.surname, member.given, role=description)
        entry = Entry(description, "", "", description)
        party = party_of(entry, self.table) or party_of_title(told, self.writer)
        if member.party is None and party:
            member.party = party
            member.rule += ", party by the list of persons"
        member.role = member.role or description or None

    # --- offices without names

    def _by_office(self) -> None:
        """Offices of the text that no member holds become members of their own."""
        for _, words in self.body:
            for found in clauses(words):
                if found.modal or found.perfect or found.joined:
                    continue
                if words[found.end - 1].key in _HEADS and words[found.end - 1].text[:1].isupper():
                    self._office_subject(words, found.end)

    def _office_subject(self, words: Sequence[Token], end: int) -> None:
        cast = Cast(tuple(self.members), None, self.writer, self.table, {})
        reference = cast.refer(words, end)
        if reference.kind != "office" or reference.members:
            for member in reference.members if not self.listed else ():
                member.present = True if member.present is None else member.present
            return
        phrase = tuple(reference.word.split())
        printed = "The " + " ".join(w.text for w in words[reference.start : end])
        party = reference.party or self._side_of_office(printed, phrase)
        holder = self._unnamed_holder(phrase, party)
        if holder:
            holder.offices.add(phrase)
            return
        there = not self.listed and (phrase != ("president",) or not self.says_i)
        self.members.append(Member(printed, None, (), party, printed, "", {phrase}, there, "office alone"))

    def _side_of_office(self, printed: str, phrase: Phrase) -> str | None:
        """Whose office it is when nobody is named: an ambassador at the writer's own capital is a guest."""
        bare = Member(printed, None, offices={phrase})
        own = party_of_title(bare, self.writer)
        if own or is_foreign(bare, self.writer):
            return own or self.guest
        abroad = self.table.seat(self.record.place or "") not in (self.writer, None)
        return self.guest if phrase == ("ambassador",) and not abroad else None

    def _unnamed_holder(self, phrase: Phrase, party: str | None) -> Member | None:
        """The one member present who can be meant: by a near title, or as the only one never named as speaker."""
        able = [m for m in self.members if m.present and (party is None or m.party in (party, None))]
        near = [m for m in able if any(near_title(phrase, o) or near_title(o, phrase) for o in m.offices)]
        if len(near) == 1:
            return near[0]
        if near or party is None:
            return None
        borne = table("offices")["borne"].get(phrase[-1])
        if borne:
            return next((m for m in able if borne in (m.surname, *m.given[:1])), None)
        if self.writer == "United States" and phrase in {("secretary",), ("president",)}:
            return None
        silent = [
            m for m in able if m is not self.author and not m.offices and m not in self.listed and m.surname
        ]
        silent = [m for m in silent if m.party in (party, None)]
        return silent[0] if len(silent) == 1 else None

    # --- author

    def _author(self) -> None:
        if self.author is None:
            self.author = self._drafter()
        if self.says_i and (self.author is None or (self.headed and self.author not in self.headed)):
            self.author = self._signed() or self._not_told() or self.author or self._single_of_writer()

    def _drafter(self) -> Member | None:
        printed = [
            c.printed for c in self.record.credits if c.role in {"drafted by", "author", "prepared by"}
        ]
        for name in printed or _drafters(self.page):
            surname = surname_of(name)
            found = next((m for m in self.members if m.surname == surname and m.present), None)
            if found is None and surname == incumbent("secretary", self.month):
                found = next(
                    (m for m in self.members if m.surname is None and ("secretary",) in m.offices), None
                )
            if found:
                return found
        return None

    def _signed(self) -> Member | None:
        for passage in reversed(self.page.text.passages[-6:]):
            words = tokens(passage.text)
            for word in reversed(words if len(words) < 8 else ()):
                found = next((m for m in self.members if m.surname == word.key and m.present), None)
                if found:
                    return found
        return None

    def _not_told(self) -> Member | None:
        """Of the people of the heading, the one whom "I" never addresses and who never speaks by name."""
        rest = [m for m in self.headed if m.surname not in self.spoken and m.surname not in self.told]
        rest = [m for m in rest if not any(phrase[-1] in self.told for phrase in m.offices)] or rest
        own = [m for m in rest if m.party in (self.writer, None)]
        return own[0] if len(own) == 1 else None

    def _single_of_writer(self) -> Member | None:
        own = [m for m in self.members if m.present and m.party in (self.writer, None)]
        return own[0] if len(own) == 1 else None


_INLINE = re.compile(r"\W*(?:Participants?|Present)\W*:\W*(?P<who>.+)", re.IGNORECASE)


def _printed_list(page: Page) -> list[str]:
    """A list of participants that was left in the text as a paragraph: "Participants: Mr. A, ... Mr. B, ..."."""
    for passage in page.text.passages[:6]:
        found = _INLINE.match(squeeze(passage.text))
        if found:
            return line_entries(found["who"])
    return []


def _listed_name(printed: str) -> tuple[str, tuple[str, ...]]:
    """Folded family name and given names of an entry of a list of persons: "Yeh, George K. C."."""
    first, _, rest = printed.partition(", ")
    name = name_of(f"{rest} {first}" if rest else printed)
    if rest and " " not in first:
        return name_key(first), tuple(name_key(word) for word in rest.split())
    return name_key(name.surname or ""), tuple(name_key(word) for word in name.given)


_LIKE_A_NOUN = re.compile(
    r"(?:ion|ions|ment|ments|ness|ing|ity|ies|ance|ence|ers|als|ants|ure|ety|ship|ism|ists?|ages?)$"
)
_TELLING = frozenset(["tell", "ask", "inform", "remind", "assure", "advise", "thank"])
_OFFICES_OF = frozenset(
    ["embassy", "delegation", "legation", "foreign", "mission", "ministry", "consulate", "high"]
)


def _calls(words: Sequence[Token], end: int) -> bool:
    """True when the name is the subject of "called", "came in": a visitor."""
    near = [w.key for w in words[end : end + 14]]
    verb = next(
        (at for at, key in enumerate(near) if key in {"called", "came", "telephoned", "visited", "handed"}),
        None,
    )
    return verb is not None and (verb < 3 or "," in near[:verb]) and "that" not in near[:verb]


def _capital(word: Token) -> bool:
    return word.text[:1].isupper() or word.text in {"*", ".", ","} or word.key in _PARTICLES


def _one_person(one: Member, other: Member) -> bool:
    """True when two forms can be one person: the family name the same, given names that do not contradict."""
    if one.surname != other.surname or one.surname is None:
        both = {*one.given, one.surname} == {*other.given, other.surname}
        return (both and one.surname is not None) or _family_first(one, other)
    if one.is_wife != other.is_wife and (one.title or not one.is_wife) and (other.is_wife or one.is_wife):
        return False
    if not one.given or not other.given or {g for g in one.given if len(g) > 2} & set(other.given):
        return True
    return one.given[0][:1] == other.given[0][:1] and min(len(one.given[0]), len(other.given[0])) < 3


def _family_first(one: Member, other: Member) -> bool:
    """True for "Ambassador Huang" beside "Huang Hua": the single word is the other's first."""
    long, short = (one, other) if one.given else (other, one)
    return (
        bool(long.given)
        and not short.given
        and short.surname == long.given[0]
        and len(long.given[0]) > 1
        and (not long.title.lower().startswith(("mr", "sir")) or True)
    )


_NAME = re.compile(r"(?:(?:[A-Z][\w'’.–-]*|de|von|van|der|al|el|bin|ben)\s*){1,5}")
_LABEL = re.compile(r"[\W_]*([A-Z][\w’'-]*)[\W_]*:\s+(?=\S)")
_WHO = re.compile(
    r"^[\W_]{0,3}(?P<mark>\[?\d{1,2}\]?)[\W_]{0,3}\s*(?P<who>(?:[A-Z]\.\s?)*[A-Z][^.,]*(?:\b[A-Z]\.[^.,]*){0,4}),\s+(?P<role>[^.]{3,200})\."
)


def _office_name(entry: Entry) -> str:
    """What somebody without a name goes by: the office."""
    return squeeze(re.sub(r"\s+of the United States.*", "", entry.office.split(",")[0]))


def _drafters(page: Page) -> list[str]:
    """Who drafted it, as a source note says."""
    texts = [
        page.record.citation or "",
        *(value for _, value in page.record.extras),
        page.record.summary or "",
    ]
    texts += [p.text for p in page.text.passages if p.kind in {PassageKind.SOURCE_NOTE, PassageKind.NOTE}][:3]
    return [name for text in texts for name in _drafted(text)]


def _drafted(text: str) -> Iterator[str]:
    found = re.search(r"(?:Drafted|Prepared)[^.]*? by (?:the )?([^.;]*(?:\b[A-Z]\.[^.;]*)*)", text)
    names = re.split(r",| and | on |\(", found[1]) if found else []
    yield from [name.strip() for name in names if name.strip()][:1]


def _month(record: Record) -> str | None:
    day = record.date and (record.date.earliest or record.date.latest)
    if day:
        return day.strftime("%Y-%m")
    found = re.search(r"\b(19\d\d)\b", f"{record.title} {record.place or ''}")
    return f"{found[1]}-06" if found else None


def _name_like(word: Token) -> bool:
    """True for a word that may be a family name: a capital, letters, no word of office or common word."""
    if (
        not word.text[:1].isupper()
        or word.key in _NOT_NAMES | _HEADS | _SIDES | _COURTESY
        or word.text == "I"
    ):
        return False
    return len(word.key) > 2 and word.key.isalpha() and not (word.text.isupper() and len(word.text) < 6)


def _titled_end(words: Sequence[Token], at: int, table: Parties) -> int:
    """Where a name with a title that begins at a token ends; 0 where none begins."""
    word = words[at]
    if not word.text[:1].isupper() or (word.key not in _COURTESY and word.key not in _RANKS):
        return 0
    begin = at + 2 if at + 1 < len(words) and words[at + 1].text == "." else at + 1
    end = begin
    while end < len(words) and _of_name(words, end):
        end += 1
    while end > begin and (words[end - 1].key in _PARTICLES or _loose_stop(words, end)):
        end -= 1
    if end == begin or table.at(words, begin) or words[begin].key in _HEADS:
        return 0
    return end


def _loose_stop(words: Sequence[Token], end: int) -> bool:
    return words[end - 1].text == "."


def _of_name(words: Sequence[Token], at: int) -> bool:
    word = words[at]
    if word.text == ".":
        return len(words[at - 1].text) == 1 and words[at - 1].text.isupper()
    if word.start - words[at - 1].end > 1:
        return False
    if word.key in _PARTICLES:
        return at + 1 < len(words) and words[at + 1].text[:1].isupper()
    return word.key not in _NOT_NAMES and word.text[:1].isupper() and word.text[0].isalpha()
