"""Forms of personal names: titles stripped, printed entries of lists taken apart, one name known by another.

Nothing here invents a form: every string returned is a stretch of what was printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from memcon.text import fold

# Courtesy and rank: said before a name, no part of it.
_TITLES_WORDS = """mr mrs miss ms messrs dr sir lord lady dame madame madam mme mlle monsieur m herr frau signor senor senhor don
    comrade tovarishch professor prof rev reverend father hon honorable honourable excellency his her its the
    general gen lt lieutenant maj major brig brigadier col colonel capt captain cmdr commander adm admiral vice-admiral
    rear marshal sergeant ensign judge justice king queen prince princess emir sheikh shaikh u tun tunku dato
    ambassador amb minister secretary president premier chancellor governor senator congressman chairman
    generalissimo archbishop cardinal"""
TITLES = frozenset(_TITLES_WORDS.split())
# A piece of a printed entry that has one of these says what somebody is.
_OFFICES_WORDS = """ambassador ambassadors minister ministers secretary undersecretary under-secretary president premier chancellor
    chairman charge consul counselor counsellor attache commissioner delegate representative director chief adviser
    advisor assistant deputy officer generalissimo governor senator congressman mayor speaker archbishop aide
    interpreter translator notetaker head member administrator coordinator spokesman commander envoy emissary vice
    acting foreign prime special cabinet dcm pm fonmin king queen prince shah emperor sultan emir amir regent asst
    counsel economist editor professor observer manager correspondent rapporteur leader permanent first second third
    national defense legal political economic press military naval high parliamentary principal department embassy
    delegation office bureau division mission ministry staff committee commission council legation consulate board
    agency desk affairs secretariat institute bank corporation company nsc usun directorate section headquarters
    state treasury party senior under"""
OFFICES = frozenset(_OFFICES_WORDS.split())
# After one of these a title may go on: "Secretary of State", "Minister for Foreign Affairs".
_TAIL_WORDS = """of for to in at on and the a an de state affairs foreign external war navy army air defense defence treasury
    commerce interior agriculture labor trade far eastern near european african asian inter-american american western
    northern southern central northeast southeast southeastern political economic international organization security
    council staff united nations designate large policy planning national general assembly home office relations
    finance education health public information industry planning cabinet"""
_TAIL = frozenset(_TAIL_WORDS.split())
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV|Esq|Bart)\b\.?", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:,|;|—|–(?=\s)|\s[–-]\s|:)\s*")
_NOTE = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_NOTED = re.compile(r"[(\[]([^)\]]*)[)\]]")
_WORD = re.compile(r"[^\s,;]+")
_INITIALS = re.compile(r"(?:[A-Z]\.?[-–]?){1,4}$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed entry of a list: `name` without titles ("" when it names an office alone), the rest as printed."""

    printed: str
    name: str
    title: str
    office: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it is known by: `surname` is None where the order of the parts cannot be told."""

    printed: str
    words: tuple[str, ...]
    surname: str | None
    given: tuple[str, ...]


def key(word: str) -> str:
    """One word for comparing: folded, without stops and possessive.

    >>> key("Couve’s"), key("K.C.")
    ('couve', 'kc')
    """
    plain = fold(word).strip('.,;:()[]"')
    plain = plain.removesuffix("'s").removesuffix("'")
    return plain.replace(".", "")


def is_initials(word: str) -> bool:
    """True for "K.", "G.L." and the like.

    >>> is_initials("K.C."), is_initials("Kim")
    (True, False)
    """
    return bool(_INITIALS.match(word)) and (len(word) == 1 or "." in word)


def without_title(printed: str) -> tuple[str, str]:
    """Title and name apart.

    >>> without_title("His Excellency Dr. Sadao Iguchi")
    ('His Excellency Dr.', 'Sadao Iguchi')
    """
    words = list(_WORD.finditer(printed))
    at = 0
    while at < len(words) - 1 and key(words[at].group()) in TITLES and words[at].group() != "M.":
        at += 1
    if not words:
        return "", ""
    start = words[at].start()
    return printed[:start].strip(), printed[start:].strip(" ,.;:") if not _dotted(printed) else printed[
        start:
    ].strip(" ,;:")


def _dotted(printed: str) -> bool:
    last = printed.rstrip().rsplit(None, 1)[-1] if printed.strip() else ""
    return bool(re.search(r"(?:\b[A-Z]|\b[JS]r)\.$", last))


def name_of(printed: str) -> Name:
    """The parts of a name, its titles left out.

    A family name that stands last is taken for it, unless initials stand last ("Kovalev I.V.") or a hyphenated
    given name does ("Chiang Kai-shek").
    """
    _, bare = without_title(_SUFFIX.sub("", _NOTE.sub("", printed)))
    words = tuple(word for word in (w.strip(",") for w in bare.split()) if word)
    if not words:
        return Name(printed, (), None, ())
    at = _family(words)
    return Name(printed, words, words[at], words[:at] + words[at + 1 :])


def _family(words: Sequence[str]) -> int:
    if len(words) > 1 and (is_initials(words[-1]) or _joined(words[-1])) and not is_initials(words[0]):
        return 0
    return len(words) - 1


def _joined(word: str) -> bool:
    """True for a given name written as "Kai-shek": the second half in lower case."""
    return bool(re.match(r"[A-Z][a-z']+[-‐‑–][a-z']+$", word))


def same(one: str, other: str) -> bool:
    """True when two printed forms can be one person: same family name, given names that do not contradict.

    >>> same("Mr. Allison", "John M. Allison"), same("R. Takeuchi", "H. Takeuchi")
    (True, False)
    """
    a, b = name_of(one), name_of(other)
    if a.surname is None or b.surname is None or key(a.surname) != key(b.surname):
        return False
    return all(_agree(x, y) for x, y in zip(a.given, b.given, strict=False))


def _agree(one: str, other: str) -> bool:
    x, y = key(one), key(other)
    short = is_initials(one) or is_initials(other)
    return x[:1] == y[:1] if short else x == y


def split_entry(printed: str, place: Callable[[Sequence[str]], int] | None = None) -> Entry:
    """A printed entry of a list of participants as name, title and office.

    `place(words)` says how many of the words, from the first, are the name of a state or organisation, so that
    "Ambassador to the UN Driss" ends with a name.

    >>> split_entry("Dr. George K. C. Yeh, Ambassador, Chinese Embassy").name
    'George K. C. Yeh'
    >>> split_entry("Secretary of State Dulles").office
    'Secretary of State'
    """
    bare = (
        _SUFFIX.sub("", _NOTE.sub("", printed)).strip(" .:")
        if not _dotted(printed)
        else _NOTE.sub("", printed)
    )
    pieces = [piece for piece in _PARTS.split(bare) if piece.strip()]
    named = [piece for piece in pieces if not _is_office(piece) and not _is_code(piece)]
    offices = [piece for piece in pieces if piece not in named]
    if not pieces:
        return Entry(printed, "", "", "")
    offices += [note for note in _NOTED.findall(printed) if _is_office(note)]
    if named and (pieces[0] == named[0] or _is_code(pieces[0]) or not _ends_in_name(pieces[0], place)):
        title, name = without_title(named[0])
        return Entry(printed, name, title, ", ".join([*offices, *named[1:]]))
    office, name, rest = _cut(pieces[0], place)
    title, name = without_title(name) if name else ("", "")
    return Entry(
        printed,
        name,
        title,
        ", ".join(piece for piece in [(office + " " + rest).strip(), *pieces[1:]] if piece),
    )


def _is_code(piece: str) -> bool:
    """True for the sign of a bureau: "FE", "S/AE", "EUR"."""
    return bool(re.fullmatch(r"[A-Z]{1,4}(?:[/–-][A-Z]{1,5})*|[A-Z]{2,5}", piece))


def _is_office(piece: str) -> bool:
    return any(key(word) in OFFICES for word in piece.split()) or piece.split(maxsplit=1)[0] in {"The", "the"}


def _ends_in_name(piece: str, place: Callable[[Sequence[str]], int] | None) -> bool:
    return bool(_cut(piece, place)[1])


def _cut(piece: str, place: Callable[[Sequence[str]], int] | None) -> tuple[str, str, str]:
    """Office, name and what follows the name ("of Japan"), of a piece that begins with an office."""
    words = piece.split()
    last = max((at for at, word in enumerate(words) if key(word) in OFFICES), default=-1)
    at = last + 1
    while at < len(words):
        here = place(words[at:]) if place and at and key(words[at - 1]) in _TAIL else 0
        if here:
            at += here
        elif key(words[at]) in _TAIL and not is_initials(words[at]):
            at += 1
        else:
            break
    end = at
    while end < len(words) and key(words[end]) not in {"of", "at", "from", "to", "in", "and"}:
        end += 1
    return " ".join(words[:at]), " ".join(words[at:end]), " ".join(words[end:])
