"""Other papers that a talk names: a letter, a telegram, a note, with author, date and number where they are given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from memcon import datewords
from memcon.datewords.frame import Found, Frame, remember
from memcon.model import Lead, PassageKind, Speaker
from memcon.reading import dates
from memcon.reading.knowledge import table
from memcon.reading.page import Page, Sentence
from memcon.text import fold
from memcon.when import When


class Cast(Protocol):
    """Who takes part, as the step before this one found them."""

    @property
    def people(self) -> tuple[Speaker, ...]:
        """Everyone named on the page."""


def find(page: Page, cast: Cast | None = None) -> tuple[Lead, ...]:
    """In the order of the text. A paper with nothing to know it by ("a letter", "his note") is no lead."""
    frame = Frame(dates.anchor(page), days={})
    names = _surnames(cast.people) if cast else {}
    return tuple(_known(lead, names) for sentence in page.sentences for lead in _in(sentence, frame))


def _surnames(people: Iterable[Speaker]) -> dict[str, str]:
    """Surname to full name, where only one of the cast has it."""
    out: dict[str, str] = {}
    for person in people:
        key = fold(person.name).split()[-1] if person.name.split() else ""
        out[key] = "" if key in out else person.name
    return {key: name for key, name in out.items() if name}


def _known(lead: Lead, names: Mapping[str, str]) -> Lead:
    """The author under the name that the cast has for him."""
    name = names.get(fold(lead.author).split()[-1]) if lead.author else None
    return replace(lead, author=name) if name else lead


# --- the words --------------------------------------------------------------------------------------------


def _kinds() -> tuple[Mapping[str, str], frozenset[str], str]:
    parts: Mapping[str, Mapping[str, list[str]]] = table("papers")
    kinds = {
        form: kind for part in ("sent", "published") for kind, forms in parts[part].items() for form in forms
    }
    forms = sorted(
        {*kinds, "aide-mémoire", "aide mémoire", "communiqué", "joint communiqué"}, key=len, reverse=True
    )
    either = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return kinds, frozenset(parts["published"]), either


_KINDS, _PUBLISHED, _FORMS = _kinds()
_BODIES = "|".join(word.title().replace(" ", r"\s+") for word in table("papers")["bodies"]["words"])
_PAPER = re.compile(rf"\b(?P<kind>{_FORMS})\b(?!['’])", re.IGNORECASE)
_CODED = re.compile(
    r"\b(?P<kind>Documents?|NSC|NIE|SNIE|NSSM|NSDM|NSAM|CINCPAC|(?:Deptel|Embtel|Tosec|Secto|Todel|Topol|Polto|Delga|Gadel|Cirtel))\s+"
    r"(?:No\.?\s*)?(?P<number>\d+(?:[/–-]\d+)*)"
)
_FIRST = (
    r"(?!(?:See|Recall|In|On|At|By|Of|From|For|With|After|Before|Following|Regarding|Concerning|Reference|To|And|But|That|As|Since|"
    r"When|While|Although|If|Because|Both|The|This|Like|Under|Attached|Enclosed)\b)"
)
_TITLED = _FIRST + r"(?:[A-Z][\w.-]*\s+){0,5}[A-Z][\w.-]*\w"
_HINT = re.compile(
    r"telegram|cable|wire|tel\b|gram\b|spatch|[Ll]etter|[Nn]otes?\b|m[ée]mo|[Mm]emor|[Mm]emo|[Mm]essage|[Cc]ircular|[Ii]nstruction|[Mm]inute\b|[Ss]tatement|[Dd]eclar|[Pp]rocl|release|[Ss]peech|[Aa]ddress|[Rr]esolution|[Cc]ommuniqu|[Rr]eport|[Aa]greement|[Ee]xchange|[Pp]rotocol|[Tt]reaty|[Cc]onvention|Document|NSC|NIE|NSSM|NSDM|NSAM|Tosec|Secto"
)

_OWNER = re.compile(
    rf"(?:\b(?:the|The)\s+)?(?P<owner>{_TITLED})(?:['’]s|(?<=s)['’])\s+(?:(?:own|recent|latest|last|first|second|third|earlier|previous|secret|personal|reply|formal|oral|"
    r"draft|private|joint|[A-Z][a-z]+)\s+){0,2}$"
)
_POSSESSIVE = re.compile(
    r"\b(?P<owner>[Oo]ur|[Yy]our|[Hh]is|[Tt]heir|[Mm]y|[Hh]er)\s+(?:(?:recent|last|first|earlier|previous|personal|reply|own)\s+)?$"
)
_NATION = re.compile(
    r"\b(?:[Tt]he\s+|[Aa]\s+)?(?P<owner>[A-Z][a-z]+(?:ish|ese|an|ch|et|li|qi|ic|ch)|U\.?S\.?|U\.?K\.?|GRC|FRG|GDR|UAR)\s+(?:Government\s+|Embassy\s+|reply\s+)?$"
)
_PLAIN = re.compile(
    r"\b(?:the|a|an|this|that|The|A|An)\s+(?:(?:following|first|second|same|said|attached|recent|Embassy|Department|circular|secret)\s+)?$"
)
_NUMBER = re.compile(
    r",?\s+(?:(?:No|Nos|Number|number)\.?\s*|#\s?)?(?P<number>(?:[A-Z]{1,6}[-–])?\d+(?:[/–-]\d+)*(?:\([IVX]+\))?)(?![\w%]|[,.]\d)(?!\s+(?:of\s+the\s+)?(?:men|years|days|pages|points|hours))"
)
_FROM = re.compile(
    rf"\s+(?P<word>from|by)\s+(?:(?:the|our|your)\s+)?(?P<owner>(?>{_TITLED}(?:\s+of\s+(?:the\s+)?[A-Z][\w-]*)?))(?!['’]s)"
)
_OF_BODY = re.compile(
    rf"\s+of\s+(?:the\s+)?(?P<owner>(?:[A-Z][\w.-]*\s+){{0,4}}(?:{_BODIES})(?:\s+[A-Z][\w.-]*)?)(?!['’]s)\b"
)
_TO = re.compile(
    rf"\s+(?:to|addressed\s+to)\s+(?:(?:the|our|his|your)\s+)?{_TITLED}(?:['’]s(?:\s+[A-Z][\w.-]*)+)?(?:\s+of\s+[A-Z]\w+)?"
)
_ABOUT = re.compile(
    r"\s+(?:concerning|regarding|respecting|relating\s+to|on\s+the\s+subject\s+of)\s+(?:[^\s,.;:()/]+(?:\s+(?!and\b|which\b|that\b|was\b|is\b|had\b|has\b|from\b|for\b|to\b|in\b|he\b|were\b)|(?=[,.;:)/]|\s))){1,6}"
)
_NUMBER_SAID = re.compile(r",?\s+(?:No|Number)\.?\s*(?P<number>(?:[A-Z]{1,6}[-–])?\d+(?:[/–-]\d+)*)(?!\w)")
_NUMBERED = frozenset(("telegram", "airgram", "despatch", "circular", "resolution"))
_PAPER_NEXT = re.compile(rf"\s+(?:{_FORMS})\b", re.IGNORECASE)
_GAP_OF = re.compile(r"\s*(?:of|dated)\s+(?:the\s+)?")
_GAP = re.compile(r"\s*(?:,\s*|\(\s*)?(?:of|dated|on|under\s+date\s+of)?\s*(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class _Named:
    """A paper while its words are gathered."""

    kind: str
    start: int
    end: int
    author: str | None = None
    edtf: str | None = None
    number: str | None = None
    to: bool = False
    many: bool = False


def _in(sentence: Sentence, frame: Frame) -> Iterator[Lead]:
    text = sentence.plain
    if not _HINT.search(text) or sentence.passage.kind in _OWN:
        return
    times = datewords.scan(text, frame, lambda _start, _end: -2)
    remember(frame, text, times)
    floor = 0
    for paper in _papers(text, times):
        if paper.start < floor or not _is_known(paper):
            continue
        floor = paper.end
        words = sentence.words(paper.start, paper.end)
        when = When.of(paper.edtf) if paper.edtf else None
        yield Lead(words, paper.kind, paper.author, when, paper.number, f"lead:{_how(paper)}")


# Here a paper names itself.
_OWN = frozenset((PassageKind.HEADING, PassageKind.DATELINE, PassageKind.ENCLOSURE))


def _how(paper: _Named) -> str:
    return "number" if paper.number else "date" if paper.edtf else "author"


def _is_known(paper: _Named) -> bool:
    """By number or date; by author alone only one paper of a kind that is sent."""
    if paper.number or paper.edtf:
        return True
    return bool(paper.author) and paper.kind not in _PUBLISHED and not paper.many


def _papers(text: str, times: list[Found]) -> Iterator[_Named]:
    found = [_coded(match) for match in _CODED.finditer(text)]
    found += [_gathered(text, match, times) for match in _PAPER.finditer(text)]
    yield from sorted(found, key=lambda paper: (paper.start, -paper.end))


def _coded(match: re.Match[str]) -> _Named:
    word = match["kind"]
    kind = "document" if word.startswith("Document") else "telegram" if word[1:].islower() else "paper"
    number = match["number"] if kind == "document" else match.group()
    return _Named(kind, match.start(), match.end(), number=number)


def _gathered(text: str, match: re.Match[str], times: list[Found]) -> _Named:
    kind = _KINDS.get(re.sub(r"\s+", " ", fold(match["kind"])), fold(match["kind"]))
    word = fold(match["kind"])
    many = word.endswith("s") or word == "memoranda"
    paper = _before(text, _Named(kind, match.start(), match.end(), many=many), times)
    for _ in range(5):
        wider = _after(text, paper, times)
        if wider == paper:
            break
        paper = wider
    return paper


def _before(text: str, paper: _Named, times: list[Found]) -> _Named:
    """The owner, or the date that stands before the paper ("the January 28 resolution")."""
    date = next((t for t in times if t.end <= paper.start and not text[t.end : paper.start].strip()), None)
    if date and ".." not in date.edtf and date.rule in _DAYS:
        at = _IN.match(text, date.start)
        paper = replace(paper, start=at.end() if at else date.start, edtf=date.edtf)
    for pattern in (_OWNER, _POSSESSIVE, _NATION):
        owner = pattern.search(text, max(0, paper.start - 70), paper.start)
        if owner:
            author = None if pattern is _POSSESSIVE else owner["owner"]
            return replace(paper, start=owner.start(), author=author)
    plain = _PLAIN.search(text, max(0, paper.start - 25), paper.start)
    return replace(paper, start=plain.start()) if plain else paper


_IN = re.compile(r"(?:in|on|during|for|at|over|throughout)\s+")
_DAYS = frozenset(("day-month", "month-day", "iso-day", "day-word", "month-year"))


def _after(text: str, paper: _Named, times: list[Found]) -> _Named:
    """One more of number, date, author, addressee, subject, if it follows at once."""
    if paper.edtf is None:
        gap = (_GAP_OF if paper.kind in _PUBLISHED else _GAP).match(text, paper.end)
        reach = gap.end() if gap else -1
        date = next((t for t in times if t.start <= reach < t.end and t.end > paper.end), None)
        if date and ".." not in date.edtf and date.rule in _DAYS and not _PAPER_NEXT.match(text, date.end):
            return replace(paper, end=date.end, edtf=date.edtf)
    numbered = _NUMBER if paper.kind in _NUMBERED else _NUMBER_SAID
    number = numbered.match(text, paper.end) if paper.number is None else None
    if number and not any(t.start < number.end() and number.start("number") < t.end for t in times):
        return replace(paper, end=number.end(), number=number["number"])
    return _with_people(text, paper)


def _with_people(text: str, paper: _Named) -> _Named:
    for pattern in (_FROM, _OF_BODY) if paper.author is None else ():
        owner = pattern.match(text, paper.end)
        if owner:
            return replace(paper, end=owner.end(), author=owner["owner"])
    to = None if paper.to else _TO.match(text, paper.end)
    if to:
        return replace(paper, end=to.end(), to=True)
    about = _ABOUT.match(text, paper.end) if paper.author else None
    return replace(paper, end=about.end()) if about and text[paper.end : about.end()].strip() else paper
