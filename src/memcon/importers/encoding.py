"""Bytes to text: what was declared is believed, what had to be guessed is said."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

import charset_normalizer

from memcon.importers import File
from memcon.model import Problem, Severity

# The longest stretch without an empty line that is taken for prose: the longest paragraph of a hundred
# printed volumes has 60,000 characters.
LONGEST = 2_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Languages whose own code page is believed where the text is full of their letters; a short Western text is easily
# mistaken for one in any Latin code page, since their letters without accents are the same.
_CENTRAL = {"Polish", "Czech", "Slovak", "Hungarian", "Croatian", "Romanian", "Slovene"}
_PRINTED = re.compile(rb"[\t\n\r\x20-\x7e]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` is None where the bytes are no text at all; `problems` say what was guessed or is damaged."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def is_text(head: bytes) -> bool:
    """True for bytes that may be text: a byte order mark, or hardly any control characters."""
    if any(head.startswith(bom) for bom, _ in _BOMS):
        return True
    return len(_CONTROL.findall(head)) * 200 <= len(head) or _wide(head) is not None


def opening(file: File) -> str:
    """The beginning of a text file, well enough decoded to judge its form by; "" for one that is no text."""
    head = file.head
    if not is_text(head):
        return ""
    name = _declared(head) or _wide(head) or "utf-8"
    return head.decode(name, errors="replace")


def decode(file: File, declared: str | None = None) -> Decoded:
    """The text of a file, its line ends as they are, a byte order mark taken off.

    Tried in order: the byte order mark, `declared` (what the file's own format says), UTF-8, a guess by letters.
    """
    found = _decode(file, declared)
    if found.text is not None and "\x00" in found.text:
        return Decoded(
            None,
            (_refused(file, "holds NUL characters and is no plain text; look at it with its own program"),),
        )
    if found.text is not None and _endless(found.text):
        return Decoded(
            None, (_refused(file, f"has a line of more than {LONGEST:,} characters; break it in lines"),)
        )
    return found


def _endless(text: str) -> bool:
    """True where a stretch of more than LONGEST characters has no line end."""
    at = 0
    while len(text) - at > LONGEST:
        cut = max(text.rfind(end, at, at + LONGEST + 1) for end in "\n\r")
        if cut < 0:
            return True
        at = cut + 1
    return False


def _decode(file: File, declared: str | None) -> Decoded:
    data = file.data
    for name in filter(None, (_declared(data), declared, _wide(data[:4096]), "utf-8")):
        try:
            return Decoded(data.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    if not is_text(file.head):
        return Decoded(None, (_refused(file, "holds bytes that are no text; its name may be wrong"),))
    return _damaged(file) or _guessed(file)


def _declared(data: bytes) -> str | None:
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of Latin text is NUL."""
    half = len(head) // 2
    if half < 4:
        return None
    if len(_PRINTED.findall(head)) < half * 0.7:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.05 else None


def _damaged(file: File) -> Decoded | None:
    """UTF-8 with a few broken bytes: read as such, the broken places shown as U+FFFD and counted."""
    text = file.data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    good = sum(1 for c in text[:1_000_000] if ord(c) > 127) - lost
    if good < 10 * lost:
        return None
    at = text.index("\ufffd")
    line = text.count("\n", 0, at) + 1
    message = f"is UTF-8 with {lost} broken characters, the first in line {line}; they are shown as \ufffd"
    return Decoded(text, (Problem(f"{file.name}:{line}", message),))


def _guessed(file: File) -> Decoded:
    best = charset_normalizer.from_bytes(file.data[:200_000]).best()
    name = "cp1252" if best is None or _is_western(best) else best.encoding
    try:
        text = file.data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return Decoded(None, (_refused(file, "is in no encoding known here; save it as UTF-8"),))
    message = f"is not UTF-8 and names no encoding; read as {name}, judged by its letters: look at the accented ones"
    return Decoded(text, (Problem(file.name, message),))


def _is_western(best: charset_normalizer.CharsetMatch) -> bool:
    """True where the guess is a Latin code page and little speaks for one in particular."""
    text = str(best)
    letters = [c for c in text if ord(c) > 127 and c.isalpha()]
    if any(not unicodedata.name(c, "").startswith("LATIN") for c in letters):
        return False
    central = (
        best.encoding in {"cp1250", "iso8859_2"} and best.languages[:1] and best.languages[0] in _CENTRAL
    )
    return not (central and len(letters) * 33 > len(text))


def _refused(file: File, message: str) -> Problem:
    return Problem(file.name, message, Severity.ERROR)
