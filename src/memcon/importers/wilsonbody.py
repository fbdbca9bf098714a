"""The words of a translated diary entry, talk or telegram: its head, the persons present, notes, broken sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from memcon.importers import dateline
from memcon.importers.fields import Sheet
from memcon.importers.passages import Piece, breaks_off, joined, marking
from memcon.model import Credit, Participant, PassageKind
from memcon.names import without_title
from memcon.text import fold, squeeze

_CLASS = re.compile(
    r"\b(STRICTLY SECRET|TOP SECRET|MOST SECRET|SECRET|CONFIDENTIAL|Strictly Secret|Top Secret|Most Secret|Secret|Confidential)\b"
)
_COPY = re.compile(r"\bCopy (?:No\.? ?|# ?)?(\d+)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\bNo\.? ?(\d[\w/-]*)")
_NOTE = re.compile(r"\[(\d{1,3})\]")
_PRESENT = re.compile(
    r"(?:(?:the )?(?:persons?|those|also|others|officials)\s+)?(?:also )?present\b[^:.]{0,60}(?::|\bwere\b)\s*(?P<names>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LASTED = re.compile(
    r"\b(?:conversation|meeting|talk|discussion|interview|reception|dinner)s? (?:lasted|continued|took)(?: for)? (?P<long>[^.;,]*\b(?:minutes?|hours?)\b[^.;,]*)",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*[,;]\s*(?:and\s+)?(?:also\s+)?|\s+and\s+(?:also\s+)?")


def read(sheet: Sheet, rows: Sequence[Piece]) -> list[Piece]:
    """The pieces with their kinds, sentences made whole; the sheet has gained what they tell."""
    out = _ends(sheet, _notes(_head(sheet, _whole(sheet, rows))))
    _persons(sheet, out)
    return out


def _whole(sheet: Sheet, rows: Sequence[Piece]) -> list[Piece]:
    """Sentences that a page break has cut are joined, on clear evidence only, and it is said where."""
    out: list[Piece] = []
    for row in rows:
        if out and breaks_off(out[-1].text, row.text):
            sheet.note(
                f'a sentence cut by a page break is made whole at "...{out[-1].text[-25:]} | {row.text[:25]}..."'
            )
            out[-1] = joined(out[-1], row)
        else:
            out.append(row)
    return out


# --- the head -----------------------------------------------------------------------------------------------


def _head(sheet: Sheet, rows: list[Piece]) -> list[Piece]:
    """The lines before the first full sentence: heading, marks of secrecy, copy, number."""
    end = next(
        (at for at, row in enumerate(rows[:8]) if _is_prose(row.text)),
        min(len(rows), 8) if len(rows) > 8 else 0,
    )
    head = [replace(row, kind=PassageKind.HEADING) for row in rows[:end]]
    for row in head:
        _marks(sheet, row.text)
    if head:
        sheet.values["heading"] = "\n".join(row.text for row in head)
    return [*head, *rows[end:]]


def _is_prose(text: str) -> bool:
    """A sentence with its full stop, a salutation, a numbered point."""
    last = text.rstrip("\"'”’)]")[-1:]
    return (
        (last in ".!?" and len(text) > 40 and not text.isupper())
        or last == ":"
        or bool(re.match(r"\(?\d+[.)]\s", text))
    )


def _marks(sheet: Sheet, text: str) -> None:
    for line in text.splitlines():
        found = _CLASS.search(line)
        if found and "classification" not in sheet.values:
            sheet.values["classification"] = found[1]
            around = (line[: found.start()] + line[found.end() :]).strip(" ,.;:*")
            if around and not (marking(line.strip()) or re.match(r"\s*[,;.]|\s*$", line[found.end() :])):
                sheet.note(
                    f'the mark "{found[1]}" stands among other words of the heading: "{squeeze(line)}"'
                )
            elif around and not re.search(r"[,;]", line):
                sheet.note(
                    f'the mark "{found[1]}" has slid into another line of the heading: "{squeeze(line)}"'
                )
        for name, pattern in (("copy", _COPY), ("document_number", _NUMBER)):
            if number := pattern.search(line):
                sheet.values.setdefault(name, number[1])


# --- notes and the end --------------------------------------------------------------------------------------


def _notes(rows: list[Piece]) -> list[Piece]:
    """Footnotes below the text: from the first paragraph that begins with [1] and has its anchor before it, to the end."""
    for at, row in enumerate(rows):
        if row.text.startswith("[1]") and any("[1]" in other.text for other in rows[:at]):
            return [*rows[:at], *(_note(other) for other in rows[at:])]
    return rows


def _note(row: Piece) -> Piece:
    found = _NOTE.match(row.text)
    return replace(row, kind=PassageKind.NOTE, note=found[1] if found else None)


def _ends(sheet: Sheet, rows: list[Piece]) -> list[Piece]:
    """Signature, dateline and duration among the last paragraphs."""
    out = list(rows)
    last = next((at for at in range(len(out) - 1, -1, -1) if out[at].kind is not PassageKind.NOTE), -1)
    for at in range(last, max(last - 2, 0), -1):
        row = out[at]
        if row.kind is not PassageKind.PARAGRAPH or len(row.text) > 80:
            break
        if found := dateline.split(row.text):
            out[at] = replace(row, kind=PassageKind.DATELINE)
            if found.time:
                sheet.values.setdefault("time", found.time)
        elif re.fullmatch(r"(?:[A-Z\[/(][\w.’'\]/)-]*,? ?){1,6}", row.text):
            out[at] = replace(row, kind=PassageKind.SIGNATURE)
    for row in out[-8:]:
        if found_long := _LASTED.search(row.text):
            sheet.values.setdefault("duration", squeeze(found_long["long"]))
    return out


# --- persons ------------------------------------------------------------------------------------------------


def _persons(sheet: Sheet, rows: Sequence[Piece]) -> None:
    """Who talked, by the title, and who was present, by the record's own list; of a letter, who wrote to whom."""
    title = squeeze(sheet.values.get("title", ""))
    title = re.sub(rf",? (?:on )?{dateline.DATE}$", "", title, flags=re.IGNORECASE)
    if letter := re.match(
        r"(?:[A-Z]\w+ )?(?:Telegram|Cable|Letter|Message|Cablegram|Note)s?,? (?:from )?(?P<a>.+?) to (?P<b>.+)$",
        title,
    ):
        sheet.credits += [Credit("author", letter["a"]), Credit("addressee", letter["b"])]
        return
    heading = sheet.values.get("heading", "")
    names = [*_of_title(sheet, title), *_of_list(rows)]
    found: dict[str, Participant] = {}
    for name in names:
        found.setdefault(fold(name), Participant(name, _party(name, heading)))
    if found:
        sheet.values["participants"] = tuple(found.values())


def _of_title(sheet: Sheet, title: str) -> list[str]:
    out: list[str] = []
    if diary := re.search(r"\bfrom the (?:diary|journal) of ([^,;:]+)", title, re.IGNORECASE):
        out.append(diary[1].strip(" .") if not re.search(r"\b[A-Z]\.$", diary[1]) else diary[1])
    talk = re.search(r"\bbetween (?P<a>.+?) and (?P<b>.+)$", title, re.IGNORECASE)
    talk = talk or re.search(
        r"\b(?:conversation|meeting|talk|discussion|interview)s? (?:of (?P<a>.+?) )?with (?P<b>.+)$",
        title,
        re.IGNORECASE,
    )
    if not talk:
        return out
    other, comma, place = talk["b"].rpartition(", ")
    if comma and re.fullmatch(r"[A-Z][\w-]+(?: [A-Z][\w-]+)?", place) and " between " in title.lower():
        sheet.values.setdefault("place", place)
        sheet.note(f'the place "{place}" is read from the end of the title')
    else:
        other = talk["b"]
    sides = [side for side in (talk["a"], other) if side]
    return out + [name for side in sides for name in _names(side)]


def _of_list(rows: Sequence[Piece]) -> list[str]:
    for row in rows:
        found = (
            _PRESENT.match(row.text) if row.kind is PassageKind.PARAGRAPH and len(row.text) < 900 else None
        )
        if found:
            return _names(found["names"])
    return []


def _names(printed: str) -> list[str]:
    """Names of a list in running words, "comrades" and the like left off; a surname's initials stay with it."""
    text = squeeze(printed)
    text = (
        text
        if re.search(r"\b[A-Z]\.$", text) and text.count(".") > 1 and "," not in text
        else text.removesuffix(".")
    )
    out = [
        re.sub(r"^(?:also |the )?(?:comrades?|messrs\.?|from [\w ]+?:)\s+", "", part).strip()
        for part in _PARTED.split(text)
    ]
    return [name for name in out if re.match(r"[A-Z\[А-ЯЁ]", name)]


def _party(name: str, heading: str) -> str | None:
    """For whom somebody speaks, where the heading names his office before his name: "chairman of the ... of X, NAME"."""
    bare = without_title(name)[1]
    at = fold(heading).find(fold(bare))
    words = squeeze(heading)
    if at < 0 or len(fold(heading)) != len(words):
        return None
    office = re.search(
        r"\b(?:chairman|president|premier|minister|ambassador|secretary)\b(.*)$", words[:at], re.IGNORECASE
    )
    parts = re.split(r"\bof the\b", office[1], flags=re.IGNORECASE) if office else []
    return parts[-1].strip(" ,") or None if len(parts) > 1 else None
