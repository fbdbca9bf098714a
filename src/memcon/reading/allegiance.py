"""For whom somebody speaks: the party of a printed entry, of a title, of a well-known name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from memcon.model import Record
from memcon.names import Entry, name_of
from memcon.names import key as name_key
from memcon.reading.cast import Member
from memcon.reading.knowledge import table as knowledge
from memcon.reading.knowledge import word_set
from memcon.reading.parties import Found, Parties
from memcon.reading.tokens import Token, tokens

_HEADS = word_set("offices", "heads")
_BEFORE = word_set("offices", "before")
_BODIES = word_set("offices", "bodies")
_SENT = word_set("offices", "sent")
_NOT_OFFICES = frozenset(
    {"affairs", "desk", "division", "section", "branch", "specialist", "relations", "language"}
)
_KEEPERS = (
    (r"(?i)\bfrus|Foreign Relations of the United States|Department of State, |National Archives, RG|NARA\b", "United States"),
    (r"(?i)\bdfat\b|\[?(?:NAA|AA) ?:|Documents on Australian", "Australia"),
    (r"АВП|AVP ?RF|AVPRF|RGANI|RGASPI|APRF|TsKhSD|GARF", "Soviet Union"),
    (r"\bTNA\b|\bFO 3\d\d|\bFCO \d|\bPREM \d|\bCAB \d", "United Kingdom"),
    (r"Archives diplomatiques|\bDDF\b|\bMAE\b", "France"),
    (r"PRC ?FMA|CFMA|Chinese Foreign Ministry Archive", "People's Republic of China"),
    (r"SAPMO|MfAA", "East Germany"),
    (r"PA AA|Politisches Archiv", "West Germany"),
)  # fmt: skip


@cache
def _keepers() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), party) for pattern, party in _KEEPERS)


def writer_of(record: Record) -> str | None:
    """The party that kept the record, from its own signs: edition, archive, heading."""
    own = " ".join(
        [
            record.id,
            record.collection or "",
            record.citation or "",
            record.title,
            *(reference.verbatim for reference in record.references),
            *(value for _, value in record.extras),
        ]
    )
    return next((party for sign, party in _keepers() if sign.search(own)), None)


def party_of(entry: Entry, table: Parties) -> str | None:
    """The party that the words of an entry give: "Japanese Ambassador", "Embassy of Japan", "Dobrynin, USSR"."""
    for piece in re.split(r"\s*(?:,|;|—|:|\()\s*", entry.printed.replace(")", "")):
        words = tokens(piece)
        for found in table.all(words):
            if _gives_party(words, found):
                return found.party
    return None


def _gives_party(words: Sequence[Token], found: Found) -> bool:
    after = [word.key for word in words[found.end : found.end + 2] if word.key != "'s"]
    follows = after[0] if after else ""
    if follows in _NOT_OFFICES or found.kind == "seat":
        return False
    if found.start == 0 and found.end == len(words):
        return True
    if follows in _HEADS | _BEFORE | _BODIES:
        return True
    before = words[found.start - 1].key if found.start else ""
    if before == "the" and found.start > 1:
        before = words[found.start - 2].key
    return before == "of" and any(word.key in _SENT for word in words[: found.start])


def party_of_title(member: Member, writer: str | None) -> str | None:
    """The party of somebody whose title belongs to one state, or to the writer's own when it stands alone."""
    titles = {word.strip(".").lower() for word in member.title.split()}
    if titles & {"sir", "lord", "lady", "dame"} and writer not in {"Australia", "United Kingdom"}:
        return "United Kingdom"
    own = knowledge("offices")["own"].get(writer or "", ())
    if member.surname is None and any(" ".join(phrase) in own for phrase in member.offices):
        return writer
    home = knowledge("offices")["home"].get(writer or "")
    if home and re.search(home, member.role or ""):
        return writer
    role = (member.role or "").lower()
    for party, phrases in knowledge("offices")["of"].items():
        if any(" " in phrase and phrase in role for phrase in phrases):
            return str(party)
    return None


def is_foreign(member: Member, writer: str | None) -> bool:
    """True when the title cannot be one of the writer's own people: "Foreign Minister" in a record of Washington."""
    titles = knowledge("offices")["foreign"].get(writer or "", ())
    role = f"{member.title} {member.role or ''}".lower()
    if any(" ".join(phrase) in titles for phrase in member.offices):
        return True
    return bool(
        writer == "United States" and re.search(r"to the u\.?s\.?\b|to the united states|\bthe us\b", role)
    )


@cache
def _statesmen() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """By any folded word of the name: the folded names and their parties."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for party, names in knowledge("statesmen")["of"].items():
        for printed in names.split(";"):
            words = tuple(name_key(word) for word in printed.split())
            for word in {words[-1], words[0]}:
                if len(word) > 2:
                    out.setdefault(word, []).append((words, party))
    return {word: tuple(found) for word, found in out.items()}


_COMMON = frozenset(
    [
        "smith",
        "brown",
        "wilson",
        "johnson",
        "baker",
        "bush",
        "king",
        "stewart",
        "green",
        "martin",
        "young",
        "taylor",
        "clark",
        "butler",
        "dean",
        "brook",
        "frank",
        "roberts",
        "owen",
        "rogers",
        "marshall",
        "webb",
        "holland",
        "george",
        "rey",
        "hu",
        "han",
        "chang",
        "li",
        "wu",
        "kim",
        "park",
        "pak",
        "lee",
        "yang",
        "chen",
        "wang",
        "huang",
        "shen",
        "tang",
        "hull",
        "gates",
        "lord",
        "knox",
        "day",
        "nixon",
        "walker",
        "mann",
        "miller",
        "ball",
        "lyon",
        "jones",
        "fraser",
        "shaw",
        "crawford",
        "casey",
        "watt",
        "bowen",
        "holt",
        "dulles",
        "nash",
        "laking",
        "corner",
        "franks",
        "grey",
        "home",
        "hurd",
        "reid",
        "ritchie",
        "wright",
        "sole",
        "porter",
        "thompson",
        "robertson",
        "murphy",
    ]
)


def well_known(member: Member) -> str | None:
    """The party of a name that general knowledge gives to one party, else None.

    A family name alone decides only when it is rare, or when the title said with it is one that its bearer had.
    """
    if member.surname is None:
        return None
    words = (*member.given, member.surname)
    known = _statesmen().get(member.surname, ()) or (_statesmen().get(words[0], ()) if len(words) > 1 else ())
    agreeing = {party for name, party in known if _same(words, name, party)}
    if len(words) == 1 and (agreeing & _ENGLISH or (agreeing & _FAMILY_FIRST and words[0] not in _ALONE)):
        return None
    if len(agreeing) != 1 or (len(words) == 1 and words[0] in _COMMON and not _high(member)):
        return None
    return next(iter(agreeing))


def _high(member: Member) -> bool:
    return any(phrase[-1] in {"president", "secretary", "premier", "chancellor"} for phrase in member.offices)


_ALONE = frozenset({"mao", "zhou", "chiang", "rhee", "diem", "thieu"})
_ENGLISH = frozenset({"Canada", "Australia", "New Zealand", "Ireland"})
_FAMILY_FIRST = frozenset(
    [
        "People's Republic of China",
        "Republic of China",
        "South Korea",
        "North Korea",
        "South Vietnam",
        "North Vietnam",
    ]
)


def _same(words: tuple[str, ...], known: tuple[str, ...], party: str) -> bool:
    if set(words) == set(known):
        return True
    if len(words) == 1:
        return words[0] == (known[0] if party in _FAMILY_FIRST else known[-1])
    return words[-1] == known[-1] and _begins_alike(words[0], known[0])


def _begins_alike(one: str, other: str) -> bool:
    return one == other or (one[:1] == other[:1] and (len(one) < 3 or len(other) < 3))


def incumbent(office: str, month: str | None) -> str | None:
    """The folded family name of the American President or Secretary of State of a month."""
    held = [
        name for since, name in knowledge("offices")["incumbent"].get(office, ()) if month and since <= month
    ]
    return held[-1] if held else None


def surname_of(printed: str) -> str:
    """The folded family name of a printed name, "" where there is none."""
    return name_key(name_of(printed).surname or "")
