"""People as headings and lists print them: "by the Ambassador in Japan (Allison)", "between Tange and Peterson"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from memcon.reading.cast import office_phrases
from memcon.text import squeeze

_BY = re.compile(r",?\s+(?:[Pp]repared )?[Bb]y\s+(?P<who>[^\[]+)")
_BETWEEN = re.compile(r"(?i)\b(?:between|among)\s+(?P<who>.+)")
_WITH = re.compile(r"(?i)conversation with\s+(?P<who>.+)")
_DIARY = re.compile(r"(?i)\b(?:diary|journal) of\s+(?P<who>.+)")
_PAREN = re.compile(r"(?P<office>[^()]*?)\s*\(\s*(?P<name>[^()]+?)\s*\)")
_AND = re.compile(r"(?:\s+|,\s*)(?:and|AND)\s+(?:the\s+)?(?=[A-Z])|,\s+the\s+(?=[A-Z])")
_OFFICE_OF = re.compile(
    r"\s+of the\s+(?=(?:[A-Z][\w-]+ ){0,4}?(?:Division|Staff|Office|Bureau|United|Department|Delegation))"
)
_RUN_ON = re.compile(
    r"(?<![,—–:;])(?<!Deputy)(?<!Assistant)(?<!Under)(?<!Lieutenant)(?<!Major)(?<!Brigadier)(?<!Acting)(?<!Vice)\s+"
    r"(?=(?:Mr|Mrs|Dr|Gen|Adm|Col|Capt)\.\s|(?:Messrs\.|Miss)\s|(?:Deputy |Assistant |Under |Acting )?(?:General|Admiral|Ambassador|Secretary)"
    r"\s[A-Z][a-z]+(?:\s|$|,)|The (?:Secretary|President|Acting|Under|Vice|Deputy)\b)"
)
_IN_LINE = re.compile(
    r"(?<![,—–:;-])(?<!\bto)(?<!\bof)(?<!\band)(?<!\bfor)\s+(?=(?:Mr|Mrs|Dr|Gen|Adm|Col|Capt|Messrs)\.\s|Miss\s|The\s[A-Z]|[A-Z]{1,4}—"
    r"|(?:Ambassador|Senator|Admiral|Sir)\s(?!The\b)[A-Z][a-z]+(?:\s|$|,|—))|\s*;\s*"
)
_HEADLESS = re.compile(r"(?:[A-Z]\w+ )+of [A-Z]\w+$|The [A-Z]\w+$")
_TITLED = re.compile(r"(?:Mr|Mrs|Dr|Messrs)\.")
_GLUED = re.compile(r"(?<=[a-z]{2})(?<!Mac)(?<!Fitz)(?=[A-Z][a-z])|(?<=[A-Z]{3})(?=[A-Z][a-z]{3})")

_OFFICE_FIRST = re.compile(r"(?<=The Secretary)\s+(?=[A-Z](?!eneral))|(?<=The President)\s+(?=[A-Z])")


def heading_names(title: str) -> Iterator[tuple[str, bool]]:
    """Entries of a heading, each with whether it names the writer.

    >>> list(heading_names("Memorandum of Conversation, by the Ambassador in Japan (Allison)"))
    [('Allison, Ambassador in Japan', True)]
    """
    diary, between = _DIARY.search(title), _BETWEEN.search(title) or _WITH.search(title)
    by = None if between else _BY.search(title)
    found = diary or by or between
    if found:
        writes = found is not between
        yield from ((entry, writes) for entry in _several(found["who"]))


def _several(printed: str) -> Iterator[str]:
    """People of a heading: at "and", and at commas where each piece is a name."""
    for piece in _AND.split(re.sub(r"^(?:the|The)\s+", "", printed.strip())):
        found = _PAREN.match(piece)
        if found and "," in found["office"] and not office_phrases(found["office"].split(",")[0]):
            yield re.sub(r"\s*\([^)]*\)", "", piece)
        elif found:
            yield f"{found['name']}, {found['office'].strip(' ,')}"
        else:
            yield from _bits([bit.strip() for bit in piece.split(",") if bit.strip()])


def _bits(bits: Sequence[str]) -> Iterator[str]:
    if len(bits) > 1 and office_phrases(bits[1]):
        yield ", ".join(bits)
        return
    for bit in bits:
        short = _OFFICE_OF.split(bit)[0]
        if short and not re.search(r"\d", short) and len(short.split()) <= 6 and not _is_place(short):
            yield short


def _is_place(bit: str) -> bool:
    return bool(
        re.match(r"(?:Department|White House|Embassy|Council|Washington|New York|London|Paris|Moscow)\b", bit)
    )


def list_entries(printed: str) -> list[str]:
    """A printed entry, cut where several people were run together in one line.

    >>> list_entries("The Secretary Mr. Reinhardt Mr. Smith")
    ['The Secretary', 'Mr. Reinhardt', 'Mr. Smith']
    """
    out: list[str] = []
    for whole in (bit for piece in _GLUED.split(squeeze(printed)) for bit in _OFFICE_FIRST.split(piece)):
        pieces = [piece for piece in _RUN_ON.split(whole) if piece]
        out += (
            pieces
            if len(pieces) > 2 or _HEADLESS.match(pieces[0]) or all(_TITLED.match(piece) for piece in pieces)
            else [whole]
        )
    return out


def line_entries(printed: str) -> list[str]:
    """The people of a list that stands in one line of the text, without signs between them.

    >>> line_entries("The Greek Ambassador The Secretary of State Mr. Smith, NEA")
    ['The Greek Ambassador', 'The Secretary of State', 'Mr. Smith, NEA']
    """
    return [entry for piece in _IN_LINE.split(squeeze(printed)) if (entry := piece.strip(" ;"))]
