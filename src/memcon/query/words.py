"""What a word is: the one division of text that queries, both full-text engines and highlights share.

A word is a run of letters and digits, folded as `memcon.text.fold` folds (case, accents, ligatures, typographic
signs). Everything else parts words and is never searched:

    Sino-Soviet     sino soviet        D’Estaing       d estaing
    793.00/2-361    793 00 2 361       U.S.S.R.        u s s r
    China's         china s            13,400          13 400

so that in a query `Sino-Soviet` is the phrase "sino soviet" and finds "Sino–Soviet" and "Sino Soviet" as well.
Scripts that put no spaces between words (Chinese, Japanese kana) give one word a character: several together are a
phrase, found inside any sentence. Cyrillic, Greek, Korean and other spaced scripts are words like the Latin.
A soft hyphen or a zero-width sign is nothing at all; a raised figure, as notes are numbered with, is a word of its own.
What runs on for more than 200 letters is cut there, so that no engine meets a word that it would drop.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from memcon.text import Span, fold

LONGEST = 200
_WORD = re.compile(rf"\S{{1,{LONGEST}}}")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_ALONE = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]"
)


class Word(NamedTuple):
    """A folded word with its place in the text that was given."""

    text: str
    span: Span


def spaced(text: str) -> str:
    """The folded words of `text`, in order, with white space between them (and perhaps around).

    >>> spaced("Sino–Soviet Treaty, №5").split()
    ['sino', 'soviet', 'treaty', 'no5']
    """
    if not text.isascii():
        text = _FOREIGN.sub(_fold_run, text)
    out = text.translate(_ASCII) if text.isascii() else text.lower().translate(_ASCII)
    return out if _is_airy(out) else " ".join(_WORD.findall(out))


def words(text: str) -> tuple[str, ...]:
    """The folded words alone.

    >>> words("Giscard d’Estaing")
    ('giscard', 'd', 'estaing')
    """
    return tuple(spaced(text).split())


class Folded(NamedTuple):
    """A text as its words, spaces for all else; `origin` has the place in the original of each of its characters."""

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int, original: str) -> Span:
        """The place of these letters in the original, with the signs upon the last that fold to nothing."""
        last = self.origin[end - 1] + 1
        while last < len(original) and not _fold_char(original[last]):
            last += 1
        return Span(self.origin[start], last)


def folded(text: str) -> Folded:
    """The words of a text where they stand: `spaced`, traceable to the original."""
    if all(len(_fold_char(char)) == 1 for char in set(text) if char > "\x7f"):
        out = spaced(text)
        if len(out) == len(text):  # nothing was cut
            return Folded(out, range(len(text)))
    return _folded_slowly(text)


def _folded_slowly(text: str) -> Folded:
    letters: list[str] = []
    origin: list[int] = []
    run = 0
    for at, char in enumerate(text):
        for letter in _fold_char(char):
            run = 0 if letter == " " else run + 1
            if run > LONGEST:
                letters.append(" ")
                origin.append(at)
                run = 1
            letters.append(letter)
            origin.append(at)
    return Folded("".join(letters), origin)


def words_with_places(text: str) -> list[Word]:
    """The same words, each with the span it was made from."""
    made = folded(text)
    return [Word(m[0], made.span(m.start(), m.end(), text)) for m in _WORD.finditer(made.text)]


def _is_airy(text: str) -> bool:
    """True when no word is too long: there is always a space within reach."""
    at = 0
    while len(text) - at > LONGEST:
        space = text.rfind(" ", at, at + LONGEST + 1)
        if space < 0:
            return False
        at = space + 1
    return True


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    """One character as it stands in words: letters, a space where it parts them, or nothing."""
    if char.isascii():
        return _ASCII[ord(char)]
    if unicodedata.category(char) == "Cf" or unicodedata.combining(char):
        return ""
    plain = fold(char).replace("ς", "σ")
    if _ALONE.search(plain) or (plain.isdigit() and unicodedata.decomposition(char).startswith("<super>")):
        return f" {plain} "
    return "".join(c if c.isalnum() else " " for c in plain) or " "


def _fold_run(match: re.Match[str]) -> str:
    return _fold_short(match[0]) if len(match[0]) < 16 else "".join(map(_fold_char, match[0]))


@lru_cache(maxsize=8192)
def _fold_short(run: str) -> str:
    return "".join(map(_fold_char, run))


def joined(parts: Iterable[str]) -> str:
    """Words as one would write them in a query: Chinese characters without the space between.

    >>> joined(("毛", "泽", "东", "1950"))
    '毛泽东 1950'
    """
    listed = list(parts)
    glue = [" " if not (_ALONE.fullmatch(a) and _ALONE.fullmatch(b)) else "" for a, b in pairwise(listed)]
    written = "".join(word + space for word, space in zip(listed, [*glue, ""], strict=False))
    return unicodedata.normalize("NFC", written)
