"""Archival signatures: parsed into parts, kept verbatim, and written back.

The forms are those of the Russian, United States and Australian archives and of Dodis; what the parser does not
understand it leaves in `unparsed`, and a form it does not know at all has `archive` None and no parts.
`docs/references.md` lists the forms with the shares measured on real volumes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from memcon.text import Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A signature. `parts` are strings in the order printed (`0100` is not a number); `unparsed` is the rest.

    `archive` is the repository that the words name, None where they name none (a bare "793.00/2-361");
    "ibid." stays "ibid.": to what it points back is not decided here.
    """

    verbatim: str
    archive: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    unparsed: str = ""

    def part(self, name: str) -> str | None:
        """The first part of this name, as printed."""
        return next((value for key, value in self.parts if key == name), None)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """An editors' source note taken apart; `credits` are (role, names) as printed, `rest` is what is left over."""

    references: tuple[Reference, ...] = ()
    classification: str | None = None
    handling: str | None = None
    credits: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    summary: str | None = None


_LONGEST = 2000  # characters: more is no signature


def parse(verbatim: str) -> Reference:
    """Any signature, with or without its square brackets; never raises.

    >>> parse("AVP RF, f. 0100, op. 43, d. 43, papka 302, ll. 1-5").part("fond")
    '0100'
    >>> parse("[NAA: A1838, 3107/38, xi]").parts
    (('series', 'A1838'), ('control symbol', '3107/38'), ('part', 'xi'))
    """
    text = verbatim.strip()
    if len(text) > _LONGEST:
        return Reference(verbatim, unparsed=text)
    for form in (_dodis, _russian, _australian, _american):
        found = form(verbatim, text)
        if found is not None:
            return found
    return Reference(verbatim, unparsed=text)


def format(reference: Reference) -> str:  # noqa: A001 - the field's word for it
    """The signature in the canonical form of its archive; verbatim where it was not parsed in full."""
    if status(reference) != "full":
        return reference.verbatim
    names = {name for name, _ in reference.parts}
    if "dodis" in names:
        return f"dodis.ch/{reference.part('dodis')}"
    if "fond" in names:
        return _format_russian(reference)
    if "series" in names and reference.archive in ("AA", "NAA"):
        return f"[{reference.archive}: {', '.join(value for _, value in reference.parts)}]"
    return _format_american(reference)


def status(reference: Reference) -> Literal["full", "part", "none"]:
    """How much of the signature was understood."""
    if not reference.parts:
        return "none"
    return "part" if reference.unparsed else "full"


def file_key(reference: Reference) -> tuple[str, ...] | None:
    """Equal for papers of the same file: delo, lot (with its box), box of a collection, decimal file, control symbol.

    None where the signature does not reach down to a file, and for "ibid.".

    >>> file_key(parse("Lot 60 D 627, CF 1")) == file_key(parse("Conference Files: Lot 60D627, CF 2"))
    True
    """
    parts = dict(reversed(reference.parts))
    if "fond" in parts:
        return _russian_key(reference.archive, parts)
    if reference.archive in ("AA", "NAA"):
        return _australian_key(parts)
    if reference.archive == "ibid.":
        return None
    return _american_key(reference)


def find(text: str) -> list[tuple[Span, Reference]]:
    """Signatures inside prose, in order, not overlapping; only those of which at least a part is understood."""
    found: list[tuple[Span, Reference]] = []
    for match in _IN_PROSE.finditer(text):
        for start, end in _pieces(text, match):
            reference = parse(text[start:end])
            if reference.parts:
                found.append((Span(start, end), reference))
    return found


def source_note(text: str) -> SourceNote:
    """Splits "Source: repository, file. Classification; handling. Drafted by ...; approved by ...".

    A note without the word "Source", as older volumes print it, is a signature from end to end.
    """
    begin = _SOURCE.search(text)
    if begin is None:
        return SourceNote((parse(text),) if text.strip() else ())
    summary = _SUMMARY.match(text[: begin.start()])
    start = begin.end()
    end = _end_of_reference(text, start)
    classification, handling, after = _classification(text, end)
    credits_, rest = _credits(text[after:])
    lead = "" if summary else text[: begin.start()].strip(" [")
    verbatim = text[start:end].strip()
    return SourceNote(
        (parse(verbatim),) if verbatim else (),
        classification,
        handling,
        credits_,
        f"{lead} {rest}".strip(),
        summary.group(1).strip() if summary else None,
    )


# --- Dodis (Switzerland) ------------------------------------------------------------------------------------

_DODIS = re.compile(r"(?:https?://)?(?:www\.)?dodis\.ch/(\d+)", re.IGNORECASE)


def _dodis(verbatim: str, text: str) -> Reference | None:
    match = _DODIS.match(text)
    if match is None:
        return None
    rest = text[match.end() :].strip(" .")
    return Reference(verbatim, "dodis.ch", (("dodis", match.group(1)),), rest)


# --- Russia, and others that count by fond and opis ----------------------------------------------------------

# The last of a signature's parts is often misread: "ll." stands as "Il.", "11." or "II.".
_LABELS = {
    "fond": r"fond|f\.",
    "opis": r"opis['’]?|op\.",
    "delo": r"delo|d\.",
    "por": r"por\.?",
    "papka": r"papka|pap\.|p\.",
    "a.e.": r"a\.\s?e\.",
    "listy": r"list(?:y|ov|s)?|ll?\.|Il\.|II\.|11\.(?=\s?\d)|lI\.",
}
_LABELLED = re.compile(
    "|".join(f"(?P<g{n}>{label})" for n, label in enumerate(_LABELS.values())), re.IGNORECASE
)
_VALUE = re.compile(
    r"\s?[\w/–-]+(?:[ \t]?\(?(?:ob|reverse|verso)\.?\)?)?(?:[ \t]?[-–,][ \t]?\d+(?!\d|\.\s?\d)(?:[ \t]?ob\.?)?)*"
)
_FOND = re.compile(r"(?:^|[\s,;(])(?:fond|f\.)\s?\w", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s,;.]*")
_RUSSIAN_ORDER = ("fond", "opis", "delo", "por", "a.e.", "papka", "listy")
_PRINTED = {
    "fond": "f.", "opis": "op.", "delo": "d.", "por": "por.", "a.e.": "a.e.", "papka": "papka", "listy": "ll.",
}  # fmt: skip


def _russian(verbatim: str, text: str) -> Reference | None:
    first = _FOND.search(text)
    if first is None or ("op" not in text.lower() and not _CYRILLIC_HOUSE.match(text)):
        return None
    at = first.end() - 1
    at = next(m.start() for m in _LABELLED.finditer(text, first.start()) if m.start() <= at)
    archive = _russian_house(text[:at].strip(" ,;:.(["))
    parts, rest = _labelled(text, at)
    return Reference(verbatim, archive, tuple(parts), rest.strip(" .,;)]"))


_CYRILLIC_HOUSE = re.compile(r"\W*(?:AVP|RGANI|RGASPI|GA\s?RF|TsAMO|AP\s?RF|TsDA|RGAE)\b")
_HOUSES = {"AVPRF": "AVP RF", "APRF": "AP RF", "GARF": "GA RF", "TSAMORF": "TsAMO RF"}


def _russian_house(printed: str) -> str | None:
    return _HOUSES.get(re.sub(r"[\s.]", "", printed).upper(), printed) or None


def _labelled(text: str, at: int) -> tuple[list[tuple[str, str]], str]:
    parts: list[tuple[str, str]] = []
    names = list(_LABELS)
    while at < len(text):
        label = _LABELLED.match(text, at)
        value = _VALUE.match(text, label.end()) if label else None
        if label is None or value is None:
            break
        parts.append((names[int(str(label.lastgroup)[1:])], value.group().strip()))
        at = _separator(text, value.end())
    return parts, text[at:]


def _separator(text: str, at: int) -> int:
    match = _SEPARATOR.match(text, at)
    return match.end() if match else at


def _format_russian(reference: Reference) -> str:
    parts = sorted(reference.parts, key=lambda part: _RUSSIAN_ORDER.index(part[0]))
    printed = [f"{_printed_label(name, value)} {value}" for name, value in parts]
    return ", ".join([reference.archive, *printed] if reference.archive else printed)


def _printed_label(name: str, value: str) -> str:
    single = name == "listy" and not re.search(r"\d\D*[-–,]\D*\d", value)
    return "l." if single else _PRINTED[name]


def _russian_key(archive: str | None, parts: dict[str, str]) -> tuple[str, ...] | None:
    file = parts.get("delo") or parts.get("por") or parts.get("a.e.")
    if file is None:
        return None
    return (archive or "", parts["fond"], parts.get("opis", ""), file)


# --- Australia ---------------------------------------------------------------------------------------------

_AUSTRALIAN = re.compile(r"\[?\s*(AA|NAA)\s*:\s*(.*?)\s*\]?\.?$", re.DOTALL)
_SERIES = re.compile(r"(?:[A-Z]{1,3}[lI]?\s?)?\d+(?:/[0-9A-Z]+)*$")
_MISREAD = re.compile(r"(?<=[A-Z])[lI](?=\d)")  # "Al838" stands for A1838 in many a scan
_PART = re.compile(r"(?:[Pp](?:AR)?T\.?\s*\d+|[ivxlIVXL]{1,7}a?|\d{1,2})$")


def _australian(verbatim: str, text: str) -> Reference | None:
    match = _AUSTRALIAN.match(text)
    if match is None:
        return None
    fields = [field.strip() for field in re.split(r",\s*", match.group(2))]
    if not _SERIES.match(fields[0]):
        return Reference(verbatim, match.group(1), (), match.group(2))
    parts = [("series", fields[0])]
    last = fields[-1] if len(fields) > 1 and _PART.match(fields[-1]) else None
    if (
        last and last.isdigit() and len(fields) == 2
    ):  # a number alone is the control symbol, a Roman one the part
        last = None
    symbol = ", ".join(fields[1 : -1 if last else None])
    if symbol:
        parts.append(("control symbol", symbol))
    if last:
        parts.append(("part", last))
    return Reference(verbatim, match.group(1), tuple(parts))


def _australian_key(parts: dict[str, str]) -> tuple[str, ...] | None:
    if not {"control symbol", "part"} & parts.keys():
        return None
    series = _MISREAD.sub("1", parts.get("series", "").replace(" ", "").partition("/")[0])
    part = parts.get("part", "")
    return ("NAA", series, parts.get("control symbol", ""), str(_roman(part) or part))


def part_number(reference: Reference) -> int | None:
    """The part of an Australian file as a number: `xi` is 11.

    >>> part_number(parse("[NAA: A1838, 3107/38, xi]"))
    11
    """
    printed = reference.part("part")
    return _roman(printed) if printed else None


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def _roman(printed: str) -> int | None:
    digits = re.search(r"\d+", printed)
    if digits:
        return int(digits.group())
    values = [_ROMAN.get(letter, 0) for letter in printed.lower()]
    if not values or 0 in values:
        return None
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


# --- United States -----------------------------------------------------------------------------------------

_REPOSITORY = re.compile(
    r"(?:The )?(?:Department of States?|National Archives(?: and Records Administration)?"
    r"|Washington National Records Center|Library of Congress(?: Manuscript Division)?"
    r"|(?:[A-Z][\w.’-]* ){1,3}(?:Presidential )?Library|Central Intelligence Agency(?: Files)?"
    r"|National Security (?:Council|Agency)|Department of (?:Defense|the [A-Z]\w+|[A-Z]\w+)"
    r"|(?:[A-Z][\w.]* ){1,4}University(?: [A-Z]\w+)*|[A-Z][\w. ]* (?:Historical (?:Center|Society)|Institute)"
    r"|Center of Military History|JCS Records|Agency for International Development"
    r"|U\.S\. (?:Mission|Delegation) to [\w ]+|[A-Z]\w+ Ministry of [\w ]+"
    r"|Johns? F\. Kennedy Library|(?:[A-Z][\w.]* ){1,3}Archives?)",
    re.IGNORECASE,
)
_IBID = re.compile(r"ibid\b\.?", re.IGNORECASE)
_SPLIT = re.compile(r"[,;:]\s+|(?<=[A-Za-z])\s+(?=RG \d)|:(?=[A-Z])")
_DECIMAL = re.compile(
    r"\d{2,3}[A-Za-z]{0,3}\.[^/,;]*/\s?\S.*|\d{2,4}[A-Za-z]? ?[A-Z] ?\d*/.*\d.*|\d{3}[A-Za-z]?\.[\dA-Z]\S*(?: .*)?"
    r"|\d{3}(?: [A-Z][a-z]+)+|\d{3}(?: [A-Z]{1,2}(?: [A-Z]\w+)?)?/\d+[–-]\d+"
)
_SUBJECT = re.compile(
    r"[A-Z]{1,5}(?:\s?\([A-Z]+\))?(?:[ –-]?\d+(?:[–-][\dA-Z]+)*)?(?:[ /–-][A-Z.]+)*(?:/\d+[–-]\d+)?"
)
_PUBLISHED = re.compile(
    r"^Public Papers\b|^Department of State (?:Bulletin|Press)\b|\bCurrent Documents\b|\bpp?\. \d+",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?!.*\b(?:is|was|were|are|has|had|been|reads|indicates|reprinted)\b)[\w“‘\"'(\[].{0,140}$", re.DOTALL
)
_LONE_SUBJECT = re.compile(r"[A-Z]{2,5}(?:\s?\([A-Z]+\))? \d+(?:[–-][\dA-Z]+)*(?:[ /–-][A-Z.]+)*")
_FILM = re.compile(r"[PDN]?\d{6,7}[–-]\d{4}|no film number", re.IGNORECASE)
_LOT = re.compile(r"lots?(?: file)?s?:? (\d+ ?[A-Z]+-? ?\d+\w?.*|\d+\s?D\s?\w.*)", re.IGNORECASE)
_GROUP = re.compile(r"(?:RG|Record Group) ?(\d+\w*)")
_BOX = re.compile(r"Box(?:es)?\.? ?(.+)", re.IGNORECASE)
_ACCESSION = re.compile(
    r"(?:FRC|Acc(?:ession|\.)|Job|JOB|Hdqrs Job)(?: No\.?)? .*|\d{2}[ –-]?[A-Z][ –-]?\d{3,}.*"
)
_NAID = re.compile(r"(?:NAID|National Archives Identifier)[:#]? ?(\d+)")
_YEARS = re.compile(r"\d{4}(?:[–/-]\d{2,4})*(?:/\d\d)*$|Jr\.?$|Sr\.?$|\d{1,2}[–-]\d{1,2}$")
_FIRST = re.compile(r"[A-Z]\S*(?: \S+){0,5}$")
_FORM = re.compile(
    r"((?:circular |ciphered )?(?:telegram|airgram|despatch|instruction|letter))\.?$", re.IGNORECASE
)
_FILES = re.compile(
    r"\b(?:files?|flies|memoranda|records|papers|correspondence|series|diary|diaries|meetings)\b",
    re.IGNORECASE,
)
_COPIED = re.compile(r"also (.+)")


def _american(verbatim: str, text: str) -> Reference | None:
    if _PUBLISHED.search(text):
        return None
    if _LONE_SUBJECT.fullmatch(text):
        return Reference(verbatim, None, (("subject-numeric", text),))
    archive, parts, unparsed = _segments(text.rstrip(". "))
    if not parts and archive is None:
        return None
    return Reference(verbatim, archive, tuple(parts), unparsed)


def _segments(text: str) -> tuple[str | None, list[tuple[str, str]], str]:
    archive: str | None = None
    parts: list[tuple[str, str]] = []
    for at, (start, end) in enumerate(_split(text)):
        segment = text[start:end].strip()
        if at == 0 and (house := _house(segment)):
            archive = house
        elif _reached_box(parts):
            return archive, [*parts, ("folder", text[start:].strip())], ""
        elif parts and _YEARS.match(segment):
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}, {segment}")
        else:
            found = _segment(segment, archive, parts)
            if not found:
                return archive, parts, text[start:].strip()
            parts.extend(found)
    return archive, parts, ""


def _house(segment: str) -> str | None:
    if _IBID.fullmatch(segment):
        return "ibid."
    return segment if _REPOSITORY.fullmatch(segment) else None


def _reached_box(parts: list[tuple[str, str]]) -> bool:
    return any(name == "box" for name, _ in parts)


def _segment(segment: str, archive: str | None, parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    exact = _exact(segment, parts)
    if exact:
        return [exact]
    lot = _LOT.search(segment)
    if lot and lot.start():
        return [("series", segment[: lot.start()].strip(" (")), ("lot", lot.group(1))]
    name = _free(segment, archive, parts) if _TITLE.match(segment) else None
    return [(name, segment)] if name else []


def _free(segment: str, archive: str | None, parts: list[tuple[str, str]]) -> str | None:
    """What a title stands for: a folder within a file, a series of an archive, a file of an office's series."""
    if _reached_file(parts):
        return "folder"
    if archive:
        return "series"
    if parts:
        return "file"
    return "series" if _FILES.search(segment) and _FIRST.match(segment) else None


_EXACT = (("record group", _GROUP), ("naid", _NAID), ("lot", _LOT), ("box", _BOX), ("also", _COPIED))
_WHOLE = (("accession", _ACCESSION), ("film", _FILM), ("decimal", _DECIMAL))


def _exact(segment: str, parts: list[tuple[str, str]]) -> tuple[str, str] | None:
    for name, pattern in _EXACT:
        match = pattern.fullmatch(segment)
        if match:
            return (name, match.group(1))
    form = _FORM.match(segment)
    if form and parts:
        return ("form", form.group(1))
    for name, pattern in _WHOLE:
        if pattern.fullmatch(segment):
            return (name, segment)
    if _SUBJECT.fullmatch(segment) and any("Central" in value for _, value in parts):
        return ("subject-numeric", segment)
    return None


def _reached_file(parts: list[tuple[str, str]]) -> bool:
    return any(name in ("lot", "decimal", "accession", "subject-numeric", "film") for name, _ in parts)


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Cuts at commas, semicolons and colons, but not within brackets or quotation marks."""
    start = 0
    for match in _SPLIT.finditer(text):
        if match.start() > start and _balanced(text[start : match.start()]):
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _balanced(text: str) -> bool:
    return all(text.count(left) <= text.count(right) for left, right in ("()", "[]", "“”"))


_PREFIX = {"record group": "RG ", "naid": "NAID ", "lot": "Lot ", "box": "Box ", "also": "also "}


def _format_american(reference: Reference) -> str:
    words = [reference.archive] if reference.archive else []
    for name, value in reference.parts:
        if name == "form":
            words[-1] = f"{words[-1]}: {value}"
        else:
            words.append(_PREFIX.get(name, "") + (_spaced_lot(value) if name == "lot" else value))
    return ", ".join(word for word in words if word)


def _spaced_lot(value: str) -> str:
    return re.sub(r"^(\d+)\s?([A-Z])\s?(\d+)", r"\1 \2 \3", value)


def _same(value: str) -> str:
    return re.sub(r"\s+", " ", value.replace("–", "-")).strip().upper()


def _american_key(reference: Reference) -> tuple[str, ...] | None:
    lot, box = reference.part("lot"), reference.part("box")
    if lot is not None:
        key = ("lot", re.sub(r"\s", "", _same(lot)))
        return (*key, _same(box)) if box else key
    if box is not None:
        names = ("record group", "series", "accession")
        return (
            _same(reference.archive or ""),
            *(_same(v) for n, v in reference.parts if n in names),
            _same(box),
        )
    decimal = reference.part("decimal")
    if decimal is not None:
        return ("decimal", _same(decimal.rpartition("/")[0] or decimal))
    subject = reference.part("subject-numeric")
    return ("subject-numeric", _same(subject)) if subject else None


# --- in prose ----------------------------------------------------------------------------------------------

_IN_PROSE = re.compile(
    r"dodis\.ch/\d+"
    r"|\[(?:AA|NAA)\s*:[^\]]+\]"
    r"|(?:[A-Z][A-Za-z]*(?: RF)?,? )?(?:f\.|fond) ?\w+, ?op\.? ?\w+(?:, ?(?:d|p|pap|por|ll?|papka|delo|listy)\.? ?[\w–/-]+)*"
    r"|\((?P<inner>[^()]{4,300})\)"
    r"|\bLot \d\d ?[A-Z] ?\d+"
)


def _pieces(text: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    inner = match.span("inner")
    if inner[0] < 0:
        yield match.span()
        return
    start = inner[0]
    for piece in text[slice(*inner)].split("; "):
        first = next(_split(piece), (0, 0))
        if _house(piece[first[0] : first[1]].strip()) or _DECIMAL.fullmatch(piece):
            yield start, start + len(piece)
        start += len(piece) + 2


# --- source notes ------------------------------------------------------------------------------------------

_SOURCE = re.compile(r"\bSources?\s?[:;]\s*", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*Summary:\s*(.*)", re.DOTALL)
_GRADE = (
    r"(?:Cosmic |NATO |US |Strictly |Most )?(?:Top Secret|Secret|Confidential|Restricted|Unclassified)"
    r"|(?:Limited |For )?Official Use(?: Only)?|Personal(?: and \w+)?|Private(?: and \w+)?|Eyes Only|Sensitive"
    r"|No classifications? markings?|Classification not (?:indicated|known)|No classification"
)
_GRADED = re.compile(rf"(?:[.;,]|\.[”’\])]+)\s+(?=(?:{_GRADE})(?:[.;,:]| and |$| \())")
_SENTENCE = re.compile(r"[.?!][”’\])]*(?=\s+[A-Z“\[(‘])")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Jr|Sr|Dr|Mr|Mrs|Messrs|Gen|Lt|Col|Maj|Adm|Capt|Cdr|St|No|Nos|Vol|vol|Inaug|Dept|Sec|Asst|Amb|Gov"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Rev|Memos|Mtg|Misc|Corr|Conf|Ibid|ibid|[A-Z]\.[A-Z]))$"
)
_VERB = re.compile(r"\b(?:is|was|were|are|has|had|the|The|this|This|by)\b")


def _ends(text: str, start: int) -> Iterator[int]:
    """The places just after each sentence from `start` on."""
    for match in _SENTENCE.finditer(text, start):
        if not _ABBREVIATED.search(text, max(start, match.start() - 12), match.start()):
            yield match.end()
    yield len(text)


def _end_of_reference(text: str, start: int) -> int:
    sentence = next(_ends(text, start))
    graded = _GRADED.search(text, start)
    if graded is None or (graded.start() > sentence and _VERB.search(text, sentence, graded.start())):
        return sentence
    return graded.start()


_STOP = re.compile(r"\.[”’)]*(?=\s|$)")
_MARKING = re.compile(rf"[.;,”’\])\s]*({_GRADE})(?=[.;,:]| and |$| \()")


def _classification(text: str, at: int) -> tuple[str | None, str | None, int]:
    marking = _MARKING.match(text, at)
    if marking is None:
        return None, None, at
    stop = _STOP.search(text, marking.end())
    end = stop.end() if stop else len(text)
    handling = text[marking.end() : end].strip(" ;,.")
    return marking.group(1), handling or None, end


_ROLE = re.compile(
    r"(?:,? and |[;,] )?\b((?:drafted|approved|cleared|concurred in|initialed|prepared|authorized|dictated|signed"
    r"|transcribed|sent through)(?: (?:in (?:draft|substance|final|principle)|for transmission|and (?:approved|initialed"
    r"|cleared)|personally|jointly|only))*(?: (?:by|with|through))?) ",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:Drafted|Approved|Cleared|Concurred in|Initialed|Prepared|Authorized|Dictated|Transcribed|Sent through)\b"
)


def _credits(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    found: list[tuple[str, str]] = []
    rest: list[str] = []
    start = 0
    for end in _ends(text, 0):
        sentence = text[start:end].strip()
        start = end
        if _OPENS.match(sentence):
            found.extend(_roles(sentence))
        elif sentence.strip(". "):
            rest.append(sentence)
    return tuple(found), " ".join(rest)


def _roles(sentence: str) -> Iterator[tuple[str, str]]:
    marks = list(_ROLE.finditer(sentence))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start() if after else len(sentence)
        names = sentence[mark.end() : end].strip(" ;,")
        yield mark.group(1).lower(), names.removesuffix(".") if not names.endswith("Jr.") else names
