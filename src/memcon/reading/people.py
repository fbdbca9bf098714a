"""Who is named in a record: persons with their office, their party and whether they took part in the talk.

The papers' own lists come first, then headings, then the running text; whoever is named only by an office is known
by the office. `Cast.refer` says whom some words of the text mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from memcon.model import BODY, Lexicon, PassageKind, Record, Speaker, Words
from memcon.names import Entry, is_initials, name_of, split_entry
from memcon.names import key as name_key
from memcon.reading.clauses import clauses
from memcon.reading.knowledge import table, word_set
from memcon.reading.page import Page, Sentence
from memcon.reading.parties import Parties, parties
from memcon.reading.tokens import Token, tokens
from memcon.text import squeeze

Phrase = tuple[str, ...]


@dataclass(eq=False, slots=True)
class Member:
    """One person while the cast is put together; afterwards a `Speaker` says the same."""

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
        if last.key in _PRONOUNS and (last.key != "i" or last.text == "I"):
            return Reference("pronoun", end - 1, word=last.key)
        for kind in (self._named, self._office, self._side, self._party):
            found = kind(words, end)
            if found:
                return found
        return Reference("unknown", end - 1, word=last.key)

    def _named(self, words: Sequence[Token], end: int) -> Reference | None:
        candidates = self.by_surname.get(words[end - 1].key)
        if not candidates or not words[end - 1].text[:1].isupper():
            return None
        start = _name_start(words, end)
        before = {word.key for word in words[start : end - 1]}
        if start and words[start - 1].key in _HEADS and candidates[0].surname == words[end - 1].key:
            before.add(words[start - 1].key)
        best = max(candidates, key=lambda m: _fit(m, before, words[end - 1].key))
        if _clashes(best, words[start : end - 1]):
            return None
        return Reference("name", start, (best,), best.party)

    def _office(self, words: Sequence[Token], end: int) -> Reference | None:
        start = office_start(words, end)
        if start is None:
            return None
        phrase = tuple(word.key for word in words[start:end])
        party = _party_ending(self.parties, words, start)
        begin = party.start if party else start
        found = self._holders(phrase, party.party if party else None)
        return Reference("office", begin, tuple(found), party.party if party else None, " ".join(phrase))

    def _holders(self, phrase: Phrase, party: str | None) -> list[Member]:
        exact = [m for m in self.members if phrase in m.offices]
        near = exact or [m for m in self.members if any(_near(phrase, office) for office in m.offices)]
        found = [m for m in near if party is None or m.party in (party, None)]
        return [m for m in found if m.present] or found

    def _side(self, words: Sequence[Token], end: int) -> Reference | None:
        if words[end - 1].key not in _SIDES:
            return None
        before = words[end - 2].key if end > 1 else ""
        if before in {"our", "we"}:
            return Reference("side", end - 2, party=self.writer, word="our")
        found = _party_ending(self.parties, words, end - 1)
        return Reference("side", found.start, party=found.party) if found else None

    def _party(self, words: Sequence[Token], end: int) -> Reference | None:
        found = _party_ending(self.parties, words, end)
        return Reference("party", found.start, party=found.party) if found else None


_PRONOUNS = frozenset({"i", "he", "she", "we", "they", "it", "you"})
_SIDES = word_set("offices", "sides")


class _Ending(NamedTuple):
    start: int
    party: str


def _party_ending(table: Parties, words: Sequence[Token], end: int) -> _Ending | None:
    for start in range(max(0, end - 4), end):
        found = table.at(words, start)
        if found and found.end == end:
            return _Ending(start, found.party)
    return None


def _fit(member: Member, before: set[str], surname: str) -> tuple[int, int, int, bool]:
    given = sum(1 for word in member.given if name_key(word) in before)
    office = sum(1 for phrase in member.offices if phrase[-1] in before)
    return (given, office, member.surname == surname, bool(member.present))


def _clashes(member: Member, before: Sequence[Token]) -> bool:
    """True when the words before the name give it to another person: "Madame Chiang" for Chiang himself."""
    wives = {"madame", "mrs", "mme"}
    said = {word.key for word in before}
    return bool(said & wives) and not (set(member.title.lower().replace(".", "").split()) & wives)


_HEADS = word_set("offices", "heads")
_BEFORE = word_set("offices", "before")
_RANKS = word_set("offices", "ranks")
_FULL = {
    "gen": "general",
    "adm": "admiral",
    "col": "colonel",
    "capt": "captain",
    "asst": "assistant",
    "amb": "ambassador",
}
_COURTESY = word_set("offices", "courtesy")
_PARTICLES = word_set("offices", "particles")


def office_start(words: Sequence[Token], end: int) -> int | None:
    """The first token of the phrase of office that ends before token `end`, None where there is none."""
    at = end - 1
    if at >= 2 and words[at].key in {"state", "treasury", "defense"} and words[at - 1].key in {"of", "the"}:
        at = next((k for k in range(at - 1, max(at - 4, -1), -1) if words[k].key in _HEADS), at)
    if words[at].key not in _HEADS or (
        at == end - 1 and words[at].text.islower() and words[at].key in {"general", "chief"}
    ):
        return None
    while at > 0 and words[at - 1].key in _BEFORE:
        at -= 1
    return at


def office_phrases(printed: str) -> set[Phrase]:
    """The offices in a printed title, each as its folded words: "foreign minister".

    >>> sorted(office_phrases("Deputy Assistant Secretary of State for Far Eastern Affairs"))
    [('deputy', 'assistant', 'secretary')]
    """
    words = tokens(printed)
    out: set[Phrase] = set()
    for at, word in enumerate(words):
        if word.key in _HEADS and not (at + 1 < len(words) and words[at + 1].key in _HEADS):
            start = office_start(words, at + 1)
            out.add(tuple(_FULL.get(w.key, w.key) for w in words[at if start is None else start : at + 1]))
    if re.search(r"(?i)minister (?:of|for) (?:foreign|external) affairs", printed):
        out.add(("foreign", "minister"))
    return out


def _near(asked: Phrase, held: Phrase) -> bool:
    """True when the shorter title may stand for the longer: "the Minister" for the Foreign Minister."""
    if held[-len(asked) :] != asked or len(held) <= len(asked):
        return False
    return held[-len(asked) - 1] not in {
        "assistant",
        "under",
        "first",
        "second",
        "third",
        "private",
        "vice",
        "parliamentary",
    }


def _name_start(words: Sequence[Token], end: int) -> int:
    """The first token of the name and titles that end before token `end`."""
    at = end - 1
    while at > 0:
        word, gap = words[at - 1], words[at].start - words[at - 1].end
        if (
            word.text == "."
            and at > 1
            and (len(words[at - 2].text) == 1 or words[at - 2].key in _COURTESY | _RANKS)
        ) or (
            gap <= 1 and ((word.text[:1].isupper() and word.key not in _NOT_NAMES) or word.key in _PARTICLES)
        ):
            at -= 1
        else:
            break
    return at


_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "i",
        "he",
        "she",
        "it",
        "we",
        "they",
        "in",
        "on",
        "at",
        "to",
        "for",
        "of",
        "from",
        "with",
        "by",
        "as",
        "and",
        "but",
        "or",
        "if",
        "when",
        "while",
        "after",
        "before",
        "since",
        "although",
        "though",
        "because",
        "there",
        "here",
        "both",
        "all",
        "some",
        "any",
        "no",
        "not",
        "however",
        "moreover",
        "thus",
        "then",
        "also",
        "his",
        "her",
        "their",
        "our",
        "my",
        "its",
        "what",
        "which",
        "who",
        "whom",
        "whose",
        "how",
        "why",
        "where",
        "mr's",
        "yes",
        "well",
        "now",
        "perhaps",
        "finally",
        "meanwhile",
        "concerning",
        "regarding",
        "referring",
        "turning",
        "speaking",
        "during",
        "under",
        "upon",
        "according",
        "such",
        "comment",
        "note",
    ]
)


# --- putting the cast together ------------------------------------------------------------------------------


def find(page: Page, lexicon: Lexicon | None = None) -> Cast:
    """Everyone named in the record."""
    return _Gathering(page, lexicon or Lexicon()).cast()


def writer_of(record: Record) -> str | None:
    """The party that kept the record, from its own signs: edition, archive, heading."""
    own = f"{record.id} {record.collection or ''} {record.citation or ''} {record.title}"
    own += " ".join(reference.verbatim for reference in record.references)
    own += " ".join(value for _, value in record.extras)
    for sign, party in _KEEPERS:
        if sign.search(own):
            return party
    return None


_KEEPERS = tuple(
    (re.compile(pattern), party)
    for pattern, party in (
        (
            r"(?i)\bfrus|Foreign Relations of the United States|Department of State, |National Archives, RG|NARA\b",
            "United States",
        ),
        (r"(?i)\bdfat\b|\[?(?:NAA|AA) ?:|Documents on Australian", "Australia"),
        (r"АВП|AVP ?RF|AVPRF|RGANI|RGASPI|APRF|TsKhSD|GARF", "Soviet Union"),
        (r"\bTNA\b|\bPRO\b|\bFO 3\d\d|\bFCO \d|\bPREM \d|\bCAB \d", "United Kingdom"),
        (r"Quai d'Orsay|Archives diplomatiques|\bDDF\b", "France"),
        (r"PCFMA|PRC FMA|Foreign Ministry Archive|\bCFMA\b", "People's Republic of China"),
        (r"SAPMO|PA AA|MfAA|Bundesarchiv", "Germany"),
    )
)


class _Gathering:
    """The steps by which a cast is put together, each adding to or correcting the members found before."""

    def __init__(self, page: Page, lexicon: Lexicon) -> None:
        self.page, self.record, self.lexicon = page, page.record, lexicon
        self.writer = writer_of(page.record)
        self.table = parties(self.writer, _month(page.record))
        self.members: list[Member] = []
        self.author: Member | None = None
        self.listed = False

    def cast(self) -> Cast:
        self._from_list()
        self._from_heading()
        self._from_credits()
        self._from_text()
        self._from_notes()
        self._by_office()
        self._author()
        self._parties()
        return Cast(tuple(self.members), self.author, self.writer, self.table, self._surnames())

    # lists

    def _from_list(self) -> None:
        heading: str | None = None
        for participant in self.record.participants:
            printed = squeeze(participant.printed)
            named = self.table.called(printed)
            if named or re.fullmatch(r"(?i)(?:participants?|present|also present|in attendance)\W*", printed):
                heading = named
                continue
            party = self.table.called(participant.party) or participant.party or heading
            self.listed = True
            self._enter(printed, party)

    def _enter(self, printed: str, party: str | None) -> None:
        entry = split_entry(printed, self.table.place)
        own = party_of(entry, self.table)
        member = self._add(entry, own or party, "participants list")
        member.present = True

    def _add(self, entry: Entry, party: str | None, rule: str) -> Member:
        name = name_of(entry.name) if entry.name else None
        printed = _full(entry)
        known = self._known(entry)
        if known is None:
            surname = name_key(name.surname) if name and name.surname else None
            given = tuple(name_key(word) for word in name.given) if name else ()
            known = Member(printed, surname, given, rule=rule)
            self.members.append(known)
        known.party = known.party or party
        known.role = known.role or entry.office or None
        known.title = known.title or entry.title
        known.offices |= office_phrases(entry.office) | office_phrases(entry.title)
        return known

    def _known(self, entry: Entry) -> Member | None:
        if not entry.name:
            phrases = office_phrases(entry.office)
            return next(
                (m for m in self.members if phrases and m.surname is None and phrases & m.offices), None
            )
        name = name_of(entry.name)
        folded = name_key(name.surname or "")
        wives = {"mrs", "madame", "mme"} & set(entry.title.lower().replace(".", "").split())
        for member in self.members:
            if member.surname != folded or (wives and "m" not in member.title.lower()[:1]):
                continue
            if all(
                a[0] == b[0]
                for a, b in zip((name_key(g) for g in name.given), member.given, strict=False)
                if a and b
            ):
                return member
        return None

    # headings

    def _from_heading(self) -> None:
        for printed, author in heading_names(self.record.title):
            entry = split_entry(printed, self.table.place)
            if not entry.name and not office_phrases(entry.office):
                continue
            found = self._match(entry)
            if found is None:
                found = self._add(entry, party_of(entry, self.table), "heading")
            found.present = True
            found.offices |= office_phrases(entry.office)
            if author:
                self.author = self.author or found

    def _match(self, entry: Entry) -> Member | None:
        if entry.name:
            return self._known(entry)
        phrases = office_phrases(entry.office)
        return next((m for m in self.members if phrases & m.offices), None)

    def _from_credits(self) -> None:
        drafters = [
            c.printed for c in self.record.credits if c.role in {"drafted by", "author", "prepared by"}
        ]
        for printed in drafters or _drafters(self.page):
            surname = name_key(name_of(printed).surname or "")
            found = next((m for m in self.members if m.surname == surname), None)
            if found and self.author is None:
                self.author = found

    # running text

    def _from_text(self) -> None:
        for sentence in self.page.sentences:
            if sentence.passage.kind in BODY:
                words = tokens(sentence.plain)
                self._titled(sentence, words)
        self._subjects()

    def _titled(self, sentence: Sentence, words: Sequence[Token]) -> None:
        at = 0
        while at < len(words):
            end = _titled_end(words, at, self.table)
            if end:
                self._meet(sentence, words, at, end)
            at = end or at + 1

    def _meet(self, sentence: Sentence, words: Sequence[Token], start: int, end: int) -> None:
        first = office_start(words, start + 1)
        begin = start if first is None else first
        printed = sentence.plain[words[begin].start : words[end - 1].end]
        entry = split_entry(squeeze(printed), self.table.place)
        if not entry.name or name_key(entry.name.split()[-1]) in _NOT_NAMES:
            return
        before = _party_ending(self.table, words, begin)
        party = party_of(entry, self.table) or (before.party if before else None)
        member = self._add(entry, party, "title and name")
        member.mentions.append(sentence.words(words[begin].start, words[end - 1].end))

    def _subjects(self) -> None:
        """Names that stand as subjects of verbs of speech, titled or not; whoever speaks took part."""
        known = self._surnames()
        spoken: dict[str, int] = {}
        for sentence in self.page.sentences:
            if sentence.passage.kind not in BODY:
                continue
            words = tokens(sentence.plain)
            found = next((c for c in clauses(words) if not c.joined), None)
            if found is None or found.perfect:
                continue
            word = words[found.end - 1]
            if word.key in known:
                spoken[word.key] = spoken.get(word.key, 0) + 1
            elif _looks_a_name(words, found.end, self.table):
                self._add(Entry(word.text, word.text, "", ""), None, "subject of a verb of speech")
                known = self._surnames()
                spoken[word.key] = spoken.get(word.key, 0) + 1
        for surname, times in spoken.items():
            for member in known.get(surname, ())[:1]:
                if member.present is None and (not self.listed or times > 1):
                    member.present = True

    def _from_notes(self) -> None:
        """Footnotes that say who somebody is: "1 T. K. Critchley, Assistant Secretary, ..."."""
        for passage in self.page.text.passages:
            note = _WHO.match(passage.text)
            if note and (passage.kind is PassageKind.NOTE or note["mark"]):
                entry = split_entry(note["who"], self.table.place)
                found = self._known(entry) if entry.name else None
                if found:
                    found.party = found.party or party_of(entry, self.table)
                    found.role = found.role or entry.office or None
                    found.offices |= office_phrases(entry.office)

    def _by_office(self) -> None:
        """Offices of the text that no member holds become members of their own."""
        cast = Cast(tuple(self.members), None, self.writer, self.table, {})
        for sentence in self.page.sentences:
            if sentence.passage.kind not in BODY:
                continue
            words = tokens(sentence.plain)
            for found in clauses(words):
                self._office_subject(cast, words, found.end)

    def _office_subject(self, cast: Cast, words: Sequence[Token], end: int) -> None:
        if words[end - 1].text[:1].islower() or words[end - 1].key in self._surnames():
            return
        reference = cast._office(words, end)  # noqa: SLF001 - the cast is ours while it is made
        if (
            reference is None
            or reference.members
            or any(p == tuple(reference.word.split()) for m in self.members for p in m.offices)
        ):
            return
        phrase = tuple(reference.word.split())
        holder = self._unnamed_holder(phrase, reference.party)
        if holder:
            holder.offices.add(phrase)
            return
        printed = "The " + " ".join(w.text for w in words[reference.start : end])
        member = Member(
            printed,
            None,
            party=reference.party,
            role=printed,
            offices={phrase},
            present=True,
            rule="office alone",
        )
        self.members.append(member)

    def _unnamed_holder(self, phrase: Phrase, party: str | None) -> Member | None:
        """The one member present whose near title can be meant by the phrase."""
        near = [
            m
            for m in self.members
            if m.present and any(_near(phrase, o) or _near(o, phrase) for o in m.offices)
        ]
        near = [m for m in near if party is None or m.party in (party, None)]
        return near[0] if len(near) == 1 else None

    # author, parties

    def _author(self) -> None:
        if self.author is None and self._says_i():
            self.author = self._signed() or self._single_of_writer()

    def _says_i(self) -> bool:
        return any(w.text == "I" for s in self.page.sentences for w in tokens(s.plain))

    def _signed(self) -> Member | None:
        for passage in reversed(self.page.text.passages[-6:]):
            words = tokens(passage.text)
            if 0 < len(words) < 8:
                for word in reversed(words):
                    found = next((m for m in self.members if m.surname == word.key and m.present), None)
                    if found:
                        return found
        return None

    def _single_of_writer(self) -> Member | None:
        own = [m for m in self.members if m.present and m.party in (self.writer, None)]
        return own[0] if len(own) == 1 else None

    def _parties(self) -> None:
        if self.author and self.author.party is None:
            self.author.party = self.writer
        for member in self.members:
            member.party = member.party or party_of_title(member, self.writer)
        guest = self._guest()
        for member in self.members:
            if member.party is None and member.present:
                member.party = self._by_place(member, guest)
            elif member.party is None and self.listed:
                member.party = None

    def _guest(self) -> str | None:
        """The party that is not the writer's: of the members known, else most named in the text."""
        known = [m.party for m in self.members if m.present and m.party and m.party != self.writer]
        if known:
            return max(known, key=known.count)
        counts: dict[str, int] = {}
        for sentence in self.page.sentences:
            words = tokens(sentence.plain)
            for found in self.table.all(words):
                if found.party != self.writer:
                    follow = words[found.end].key if found.end < len(words) else ""
                    counts[found.party] = counts.get(found.party, 0) + (3 if follow in _SIDES | _HEADS else 1)
        return max(counts, key=lambda party: counts[party]) if counts else None

    def _by_place(self, member: Member, guest: str | None) -> str | None:
        if self.listed and member.rule == "participants list":
            return self.writer
        own = [m for m in self.members if m.present and m.party == self.writer]
        return guest if own or self.author else self.writer

    def _surnames(self) -> dict[str, tuple[Member, ...]]:
        out: dict[str, list[Member]] = {}
        for member in self.members:
            if member.surname:
                out.setdefault(member.surname, []).append(member)
        for member in self.members:
            first = member.given[0] if member.given else None
            if (
                first and len(first) > 2 and first not in out and not member.title.lower().startswith("sir")
            ) or (first and member.title.lower().startswith("sir")):
                out.setdefault(first, []).append(member)
        return {name: tuple(found) for name, found in out.items()}


_WHO = re.compile(
    r"^\W{0,3}(?P<mark>\[?\d{1,2}\]?)?\W{0,3}\s*(?P<who>[A-Z][^.]*(?:\b[A-Z]\.[^.]*){0,6}),\s+[^.]{3,200}\."
)
_BY = re.compile(r",?\s+(?:[Pp]repared )?[Bb]y\s+(?P<who>[^[]+)")
_BETWEEN = re.compile(r"(?i)\b(?:between|among)\s+(?P<who>.+)")
_WITH = re.compile(r"(?i)conversation with\s+(?P<who>.+)")
_DIARY = re.compile(r"(?i)\b(?:from the )?(?:diary|journal) of\s+(?P<who>.+)")
_PAREN = re.compile(r"(?P<office>[^()]*?)\s*\(\s*(?P<name>[^()]+?)\s*\)")


def heading_names(title: str) -> Iterator[tuple[str, bool]]:
    """Entries of a heading, each with whether it names the writer.

    >>> list(heading_names("Memorandum of Conversation, by the Ambassador in Japan (Allison)"))
    [('Allison, Ambassador in Japan', True)]
    """
    between = _BETWEEN.search(title) or _WITH.search(title)
    by = _BY.search(title) if not between else None
    diary = _DIARY.search(title)
    if diary:
        yield from ((entry, True) for entry in _several(diary["who"]))
    elif by:
        yield from ((entry, True) for entry in _several(by["who"]))
    elif between:
        yield from ((entry, False) for entry in _several(between["who"]))


def _several(printed: str) -> Iterator[str]:
    """People of a heading: at "and", and at commas where each piece is a name."""
    for piece in re.split(r"\s+and\s+(?:the\s+)?(?=[A-Z])", re.sub(r"^the\s+", "", printed.strip())):
        found = _PAREN.match(piece)
        if found:
            yield f"{found['name']}, {found['office'].strip(' ,')}"
            continue
        bits = [bit for bit in piece.split(",") if bit.strip()]
        yield from _bits(bits)


def _bits(bits: Sequence[str]) -> Iterator[str]:
    if len(bits) > 1 and office_phrases(bits[1]):
        yield ", ".join(bits).strip()
        return
    for bit in bits:
        short = re.split(
            r"\s+of the\s+(?=[A-Z]\w+ ?(?:Division|Staff|Office|Bureau|Policy|United))", bit.strip()
        )[0]
        if short and not re.search(r"\d", short) and len(short.split()) <= 6:
            yield short


def _drafters(page: Page) -> list[str]:
    """Who drafted it, as a source note says."""
    texts = [
        page.record.citation or "",
        *(value for _, value in page.record.extras),
        page.record.summary or "",
    ]
    texts += [p.text for p in page.text.passages if p.kind in {PassageKind.SOURCE_NOTE, PassageKind.NOTE}][:3]
    for text in texts:
        found = re.search(
            r"(?:Drafted|Prepared)(?: and initialed)?(?: on [^.]*?)? by (?:the )?([^.;]*(?:\b[A-Z]\.[^.;]*)*)",
            text,
        )
        if found:
            names = re.split(r",| and | on |\(", found[1])
            return [name.strip() for name in names if name.strip()][:1]
    return []


def _full(entry: Entry) -> str:
    """The name a person goes by: title of rank kept where the name is one word."""
    if not entry.name:
        return squeeze(re.sub(r"\s+of the United States.*", "", entry.office.split(",")[0]))
    return entry.name


def _month(record: Record) -> str | None:
    day = record.date and (record.date.earliest or record.date.latest)
    if day:
        return day.strftime("%Y-%m")
    found = re.search(r"\b(19\d\d)\b", record.title + " " + (record.place or ""))
    return f"{found[1]}-06" if found else None


def _titled_end(words: Sequence[Token], at: int, table: Parties) -> int:
    """Where a name with a title that begins at a token ends; 0 where none begins."""
    word = words[at]
    if not word.text[:1].isupper() or (word.key not in _COURTESY and word.key not in _RANKS):
        return 0
    end = at + 1
    if end < len(words) and words[end].text == ".":
        end += 1
    begin = end
    while end < len(words) and _of_name(words, end, end == begin):
        end += 1
    if end > begin and words[end - 1].text == "." and not is_initials(words[end - 2].text + "."):
        end -= 1
    while end > begin and (words[end - 1].key in _PARTICLES or words[end - 1].text == "."):
        end -= 1
    if end == begin or table.at(words, begin) or words[begin].key in _HEADS:
        return 0
    return end


def _of_name(words: Sequence[Token], at: int, first: bool) -> bool:
    word = words[at]
    if word.text == ".":
        return len(words[at - 1].text) == 1 and words[at - 1].text.isupper()
    if word.key in _PARTICLES and not first:
        return at + 1 < len(words) and words[at + 1].text[:1].isupper()
    if word.key in _PARTICLES and first:
        return at + 1 < len(words) and words[at + 1].text[:1].isupper()
    if word.key in _NOT_NAMES or not word.text[:1].isupper() or not word.text[0].isalpha():
        return False
    return word.text not in {"Embassy", "Government", "Delegation", "Department"}


def _looks_a_name(words: Sequence[Token], end: int, table: Parties) -> bool:
    word = words[end - 1]
    if not word.text[:1].isupper() or word.key in _NOT_NAMES or word.key in _HEADS or word.key in _SIDES:
        return False
    if len(word.key) < 3 or _party_ending(table, words, end) or word.text == "I" or not word.key.isalpha():
        return False
    if end > 1 and (
        words[end - 2].key in {"the", "a", "of", "this", "our", "his"} or words[end - 2].text[:1].isupper()
    ):
        return False
    return not (word.text.isupper() and len(word.text) < 6)


def party_of(entry: Entry, table: Parties) -> str | None:
    """The party that the words of an entry give: "Japanese Ambassador", "Embassy of Japan", "Dobrynin, USSR"."""
    for piece in re.split(r"\s*(?:,|;|—|:|\()\s*", entry.printed.replace(")", "")):
        found = _party_of_piece(tokens(piece), table)
        if found:
            return found
    if re.search(r"\bto the U\.?S\.?\b|\bto the United States\b|\bthe US\b", entry.printed) and entry.office:
        return None
    return None


def _party_of_piece(words: Sequence[Token], table: Parties) -> str | None:
    for found in table.all(words):
        before = words[found.start - 1].key if found.start else ""
        after = words[found.end].key if found.end < len(words) else ""
        if after == "'s":
            after = words[found.end + 1].key if found.end + 1 < len(words) else ""
        if after in _NOT_OFFICES or found.kind == "seat":
            continue
        if found.start == 0 and found.end == len(words):
            return found.party
        if after in _HEADS | _BEFORE | _BODIES:
            return found.party
        if before == "of" and any(word.key in _SENT for word in words[: found.start]):
            return found.party
    return None


_NOT_OFFICES = frozenset(
    {"affairs", "desk", "division", "section", "branch", "specialist", "relations", "language"}
)
_BODIES = word_set("offices", "bodies")
_SENT = word_set("offices", "sent")


def party_of_title(member: Member, writer: str | None) -> str | None:
    """The party of somebody whose title belongs to one state, or to the writer's own when it stands alone."""
    titles = {word.strip(".").lower() for word in member.title.split()}
    if titles & {"sir", "lord", "lady", "dame"} and writer in {"United States", "Soviet Union"}:
        return "United Kingdom"
    own = table("offices")["own"].get(writer or "", ())
    if any(" ".join(phrase) in own for phrase in member.offices) and member.surname is None:
        return writer
    role = (member.role or "").lower()
    for party, phrases in table("offices")["of"].items():
        if any(re.search(rf"\b{re.escape(phrase)}\b", role) for phrase in phrases if " " in phrase):
            return str(party)
    return None


def everyone(members: Iterable[Member]) -> list[str]:
    """Their names, in order."""
    return [member.name for member in members]
