"""The signs by which the learned model weighs a turn: rules and where they stand, frame, complement, words with roles.

A sign is a short string whose first letters name its kind:

    r:agree-verb      a rule was found; r:agree-verb@head: at or before the verb of speech; &other: after the other side
    h:said            the verb of speech; hc:said>@own: with the word after it
    c: k: b: w:       what follows that verb, classes in order, the first words, words and pairs of words
    m:own:would       a modal verb with the role of its subject, and the word after it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from memcon.grammar import Line, Match
from memcon.reading.knowledge import table
from memcon.reading.sides import voice

SCALES = {"r": 1.0, "w": 0.2}
"""How much a sign of a kind counts before it is learned: rules generalise, words do less."""
OTHER_SCALE = 0.3

_HEAD = 14
_CLASSED = ("say", "think", "ask", "will", "can", "willnot", "cannot", "must", "not", "useful", "glad", "bad", "harm", "opinion", "wh")  # fmt: skip
_MODALS = frozenset(
    {"would", "could", "will", "might", "may", "should", "can", "shall", "'ll", "must", "ought"}
)
_KEPT_PRONOUNS = frozenset({"he", "she", "they", "you"})
_STOPS = frozenset({"that", "if", "and", ","})
_PAIR, _TRIPLE = 2, 3


@cache
def _speech() -> frozenset[str]:
    """Verbs that may report what somebody says."""
    classes = table("acts")["classes"]
    return frozenset(w for name in ("say", "think", "ask", "frame") for w in classes[name] if " " not in w)


@cache
def _class_of() -> dict[str, str]:
    """The class of a single word; the first that has it."""
    classes = table("acts")["classes"]
    out: dict[str, str] = {}
    for name in _CLASSED:
        for word in classes[name]:
            if " " not in word:
                out.setdefault(word, name)
    return out


def scale(sign: str) -> float:
    """What the sign counts."""
    return SCALES.get(sign.partition(":")[0], OTHER_SCALE)


def signs(line: Line, matches: Iterable[Match], before: str) -> set[str]:
    """Every sign of a turn; `before` tells who spoke last: "first", "same", "side" or "other"."""
    words = [token.word for token in line.tokens]
    head = next((n for n, word in enumerate(words[:_HEAD]) if word in _speech()), None)
    out = set(_rules(matches, head, before))
    out.update(_frame(words, head, before))
    classed = [_classed(word, role) for word, role in zip(words, line.roles, strict=True)]
    if head is not None:
        out.update(_complement(words, classed, head))
    out.update(_order(words, line.roles))
    out.update(_words(words, line.roles))
    out.update(_modals(words, line.roles))
    out.add(f"v:{voice(line.tokens)}")
    return out


def _classed(word: str, role: str) -> str:
    return "@" + role if role else _class_of().get(word, word)


def _rules(matches: Iterable[Match], head: int | None, before: str) -> Iterator[str]:
    for match in matches:
        if head is None:
            zone = "early" if match.first < 6 else "late"
        else:
            zone = "head" if match.first <= head else "next" if match.first <= head + 6 else "far"
        yield f"r:{match.rule}"
        yield f"r:{match.rule}@{zone}"
        yield f"r:{match.rule}&{before}"


def _frame(words: Sequence[str], head: int | None, before: str) -> Iterator[str]:
    yield f"p:{before}"
    yield f"l:{min(len(words) // 8, 6)}"
    if "?" in words:
        yield "q:?"
    if head is None:
        yield "h:none"
    else:
        yield f"h:{words[head]}"
        yield f"hp:{min(head, 6)}"


def _complement(words: Sequence[str], classed: Sequence[str], head: int) -> Iterator[str]:
    rest = classed[head + 1 : head + 9]
    yield f"hc:{_class_of().get(words[head], words[head])}>{rest[0] if rest else ''}"
    for size in (1, _PAIR, _TRIPLE):
        for n in range(min(5, len(rest) - size + 1)):
            yield "c:" + " ".join(rest[n : n + size])


def _order(words: Sequence[str], roles: Sequence[str]) -> Iterator[str]:
    """Classes and roles in their order, other words left out."""
    found = [("@" + role) if role else _class_of().get(word) for word, role in zip(words, roles, strict=True)]
    kept = [name for n, name in enumerate(found) if name and (n == 0 or found[n - 1] != name)]
    for size in (1, _PAIR, _TRIPLE):
        for n in range(len(kept) - size + 1):
            yield "k:" + " ".join(str(name) for name in kept[n : n + size])


def _words(words: Sequence[str], roles: Sequence[str]) -> Iterator[str]:
    """Words and pairs of words, sides and numbers by their kind."""
    plain = ["^"]
    for word, role in zip(words, roles, strict=True):
        if role and word not in _KEPT_PRONOUNS:
            if plain[-1] != "@" + role:
                plain.append("@" + role)
        else:
            plain.append("#" if word[0].isdigit() else word)
    plain.append("$")
    for word in plain[1:4]:
        yield f"b:{word}"
    for first, second in pairwise(plain):
        yield f"w:{first}"
        yield f"w:{first} {second}"


def _modals(words: Sequence[str], roles: Sequence[str]) -> Iterator[str]:
    for n, word in enumerate(words):
        if n and word in _MODALS:
            subject = _subject(words, roles, n)
            after = words[n + 1 : n + 3]
            yield f"m:{subject}:{word}"
            if after:
                yield f"m:{subject}:{word}:{after[0]}"
            if "not" in after:
                yield f"m:{subject}:{word}:not"


def _subject(words: Sequence[str], roles: Sequence[str], at: int) -> str:
    """The role of the nearest word of a side before a modal verb, in its clause."""
    for n in range(at - 1, max(-1, at - 7), -1):
        if roles[n] or words[n] in _STOPS:
            return roles[n]
    return ""
