"""What the subject of a stretch of talk is called, in the words of the paper itself."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from memcon.model import PassageKind
from memcon.reading.knowledge import table
from memcon.reading.page import Page, Sentence
from memcon.text import fold


def label(page: Page, group: Sequence[Sentence], weights: Mapping[str, float]) -> str:
    """Two to eight words of the paper itself that name the subject: a heading over it, or its weightiest words."""
    heading = _heading_over(page, group[0])
    if heading:
        return heading
    counts = Counter(word for sentence in group for word in terms(sentence.plain))
    found = [
        (_weight(phrase, counts, weights) * (1.6 if named else 1.0) / (1 + 0.15 * min(at, 6)), phrase)
        for at, sentence in enumerate(group)
        for phrase, named in _phrases(sentence.plain)
    ]
    return max(found)[1] if found else " ".join(group[0].plain.split()[:8])


def _heading_over(page: Page, sentence: Sentence) -> str | None:
    if sentence.number == 0:
        return None
    before = page.sentences[sentence.number - 1]
    if before.passage.kind is not PassageKind.HEADING or before.passage.id == sentence.passage.id:
        return None
    words = (
        re.sub(r"^\W*(?:(?:\d{1,2}|[IVX]{1,4}|[A-Za-z])[.)]\s+)?", "", before.plain).strip(" .:*_#").split()
    )
    return " ".join(words) if 1 < len(words) <= 8 else None


def _weight(phrase: str, counts: Mapping[str, int], weights: Mapping[str, float]) -> float:
    kept = set(terms(phrase))
    return sum((1 + math.log(counts[w])) * weights.get(w, 0.0) for w in kept if counts.get(w)) / math.sqrt(
        1 + len(kept)
    )


def _phrases(text: str) -> Iterable[tuple[str, bool]]:
    """Runs of words that can name a subject, exactly as printed; True for those that a turn of subject names."""
    named = {match.end() for match in re.finditer(_of_label("after"), text, re.IGNORECASE)}
    for run in re.finditer(
        r"(?:[^,;:.!?()\[\]\"“”—/]|(?<=\w)[.,](?=\w)|(?<=\b[A-Z])\.|(?<=\b[MD]r)\.)+", text
    ):
        yield from _pieces(text, run.start(), run.end(), named)


def _pieces(text: str, start: int, end: int, named: set[int]) -> Iterable[tuple[str, bool]]:
    held: list[tuple[int, int]] = []
    after_to = False  # an infinitive is no part of a name
    for word in [*re.finditer(r"\S+", text[start:end]), None]:
        if word is not None and not after_to and not _breaks(text, word.group(), start + word.end()):
            held.append((start + word.start(), start + word.end()))
            continue
        after_to = word is not None and word.group() == "to"
        yield from _named_piece(text, held, named)
        held = []


def _breaks(text: str, word: str, end: int) -> bool:
    """True for a word that no name of a subject goes across."""
    if word == "to":
        return not re.match(r"\s+(?:[A-Z]|the\b|an?\b)", text[end:])
    return word.lower() in _broken() or bool(re.fullmatch(r"[a-z]{3,}(?:ed|ly)|[A-Za-z]+['’]s?", word))


def _named_piece(text: str, held: list[tuple[int, int]], named: set[int]) -> Iterable[tuple[str, bool]]:
    first = held[0][0] if held else 0
    turn = max((at for at in named if held and first <= at <= held[-1][0]), default=None)
    held = [at for at in held if turn is None or at[0] >= turn]
    words = [text[slice(*at)] for at in held]
    if words and re.fullmatch(r"\W*\d[\d,.]*", words[0]):
        return  # an amount is no name of a subject
    while words and (words[0].lower() in _inner() or re.fullmatch(r"\W*\d[\d,.]*|[a-z]+ing", words[0])):
        words, held = words[1:], held[1:]
    if len(words) > 8:
        cut = max((i for i in range(3, 8) if words[i].lower() in _inner()), default=8)
        words, held = words[:cut], held[:cut]
    while words and (words[-1].lower() in _inner() or re.fullmatch(r"[a-z]+ing", words[-1])):
        words, held = words[:-1], held[:-1]
    if len(words) >= 2:
        yield text[held[0][0] : held[-1][1]], turn is not None


@cache
def _inner() -> frozenset[str]:
    return frozenset(_of_label("inner").split())


@cache
def _broken() -> frozenset[str]:
    return frozenset(_of_label("breaks").split())


_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "'s")


def terms(text: str) -> list[str]:
    """The words of a sentence that can tell its subject, without their endings."""
    small = _small()
    return [_stem(word) for word in re.findall(r"[a-z][a-z'-]{2,}", fold(text)) if word not in small]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@cache
def _small() -> frozenset[str]:
    words = table("matters")["label"]
    return frozenset(f"{words['breaks']} {words['inner']} {words['dull']}".split())


def rarity(words: Sequence[Sequence[str]]) -> dict[str, float]:
    """How rare each word is among sentences: the logarithm of one over the share that has it."""
    held = Counter(word for some in words for word in set(some))
    return {word: math.log((len(words) + 1) / n) for word, n in held.items()}


def _of_label(name: str) -> str:
    words: str = table("matters")["label"][name]
    return words
