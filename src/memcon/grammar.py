r"""Tokens with spans, and named rules over them.

A rule is a name and a pattern. A pattern is read from left to right, its parts parted by spaces:

    pattern  ::= sequence ("|" sequence)*
    sequence ::= part+
    part     ::= atom "?"?
    atom     ::= word                 that word, folded: `objection`
               | word "*"             any word that begins so: `object*`
               | "<" class ">"        any entry of a class; an entry may be several words, some of them `_`, or end in `*`
               | "@" role             one or more words of that role, with the article before them: `@own`
               | "(" pattern ")"      a group
               | "!" atom             the atom must not come next
               | "_"                  any one word
               | ".." | "..."         up to three, up to eight words, as few as will do, none of them `. ; : ? !`
               | "^" | "$"            the beginning, the end of the line
               | "\" sign            a sign that would mean something else here: `\?`

Matching runs on one string of the folded words, each followed by a sign for its role, so that a pattern is one
regular expression. A rule is only tried on a line that holds a word without which it cannot match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from memcon.text import Span

ROLES: Mapping[str, str] = {"": " ", "own": "\x01", "other": "\x02"}
"""Roles a word may have, with the sign that follows it."""

_SIGNS = "".join(ROLES.values())
_AFTER = f"[{_SIGNS}]"
_ANY = f"[^{_SIGNS}]+{_AFTER}"
_OPEN = rf"[^{_SIGNS}.;:?!]+{_AFTER}"
_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Messrs|Gen|Col|Adm|Lt|Amb|Sen|Gov|St|Prof|Capt|Maj|Brig|Rev|Hon|Mme|[A-Z])\.(?=\s)"
    r"|[A-Za-z]\.(?:[A-Za-z]\.)+|\d+(?:[.,]\d+)*|[^\W_]+(?:['’\-‑–][^\W_]+)*|[^\w\s]"
)
"""A title or an initial keeps its full stop, so that it ends no clause."""
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "."})


class Token(NamedTuple):
    """A word, number or sign; `word` is folded, `span` is its place in the text that was cut."""

    word: str
    span: Span


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of a text, in order.

    >>> [token.word for token in tokens("The U.S. won’t object.")]
    ['the', 'u.s.', "won't", 'object', '.']
    """
    return tuple(
        Token(found.group().translate(_SAME).lower(), Span(*found.span())) for found in _TOKEN.finditer(text)
    )


@dataclass(frozen=True)
class Line:
    """A run of tokens made ready for matching. `roles` has one of `ROLES` for each token."""

    tokens: Sequence[Token]
    roles: Sequence[str]

    @cached_property
    def string(self) -> str:
        """The words, each followed by the sign of its role."""
        return "".join(t.word + ROLES[r] for t, r in zip(self.tokens, self.roles, strict=True))

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each token begins in `string`, and its number; the end counts as one more."""
        out, at = {}, 0
        for number, token in enumerate(self.tokens):
            out[at] = number
            at += len(token.word) + 1
        out[at] = len(self.tokens)
        return out

    def span(self, first: int, last: int) -> Span:
        """From the token `first` up to, without, the token `last`."""
        return Span(self.tokens[first].span.start, self.tokens[max(first, last - 1)].span.end)


def line(text: str, roles: Sequence[str] | None = None) -> Line:
    """A text as a line; without `roles` no word has one."""
    cut = tokens(text)
    return Line(cut, roles if roles is not None else ("",) * len(cut))


# --- patterns, as frozen nodes ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Node:
    """A compiled part: its regular expression, and words one of which it needs (None: it needs none)."""

    regex: str
    needs: frozenset[str] | None = None


_LEX = re.compile(r"\s*(\\[^\s]|\.\.\.|\.\.|<[\w-]+>|@\w+|[()|?!^$]|[^\s()|?!<>]+)")
_GAPS = {"..": f"(?:{_OPEN}){{0,3}}?", "...": f"(?:{_OPEN}){{0,8}}?", "_": _ANY}


def _word(word: str) -> _Node:
    if word.endswith("*"):
        return _Node(f"{re.escape(word[:-1])}[^{_SIGNS}]*{_AFTER}", frozenset({word}))
    return _Node(re.escape(word) + _AFTER, frozenset({word}))


def _cost(needs: frozenset[str]) -> int:
    """How often a rule would be tried for nothing: words of three letters and less are on every line."""
    return sum(1 if len(word) > 3 else 20 for word in needs)


def _sequence(parts: Iterable[_Node]) -> _Node:
    """The narrowest of the needs of its parts is the need of the whole."""
    parts = tuple(parts)
    needs = min((p.needs for p in parts if p.needs is not None), key=_cost, default=None)
    return _Node("".join(p.regex for p in parts), needs)


def _choice(options: Sequence[_Node]) -> _Node:
    if len(options) == 1:
        return options[0]
    needs: frozenset[str] | None = frozenset()
    for option in options:
        needs = None if needs is None or option.needs is None else needs | option.needs
    return _Node("(?:" + "|".join(o.regex for o in options) + ")", needs)


class _Parser:
    """Recursive descent over the grammar in the module's docstring."""

    def __init__(self, pattern: str, classes: Mapping[str, Sequence[str]]) -> None:
        self.left = _LEX.findall(pattern)[::-1]
        self.classes = classes

    def peek(self) -> str:
        return self.left[-1] if self.left else ""

    def pattern(self) -> _Node:
        options = [self.sequence()]
        while self.peek() == "|":
            self.left.pop()
            options.append(self.sequence())
        return _choice(options)

    def sequence(self) -> _Node:
        parts = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.part())
        return _sequence(parts)

    def part(self) -> _Node:
        atom = self.atom()
        if self.peek() != "?":
            return atom
        self.left.pop()
        return _Node(f"(?:{atom.regex})?")

    def atom(self) -> _Node:
        sign = self.left.pop()
        if sign == "(":
            inner = self.pattern()
            self.left.pop()
            return _Node(f"(?:{inner.regex})", inner.needs)
        if sign == "!":
            return _Node(f"(?!{self.atom().regex})")
        if sign in _GAPS:
            return _Node(_GAPS[sign])
        return self.leaf(sign)

    def leaf(self, sign: str) -> _Node:
        if sign == "^":
            return _Node(r"\A")
        if sign == "$":
            return _Node(r"\Z")
        if sign[0] == "\\":
            return _word(sign[1:])
        if sign[0] == "@":
            return _Node(f"(?:(?:the|an?|his|its|their) )?(?:[^{_SIGNS}]+{ROLES[sign[1:]]})+")
        if sign[0] == "<":
            return _choice([self.entry(entry) for entry in self.classes[sign[1:-1]]])
        return _word(sign)

    def entry(self, entry: str) -> _Node:
        return _sequence(_Node(_ANY) if word == "_" else _word(word) for word in entry.split())


# --- rules ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pattern:
    """One pattern; `needs` are the words one of which a line must hold for it, None when any line will do."""

    source: str
    needs: frozenset[str] | None

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when first wanted: most papers wake few of many hundred patterns."""
        return re.compile(rf"(?:(?<={_AFTER})|\A){self.source}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Named patterns."""

    name: str
    patterns: tuple[Pattern, ...]


class Match(NamedTuple):
    """Where a rule was found: from the token `first` up to, without, the token `last`, by its pattern of that number."""

    rule: str
    first: int
    last: int
    pattern: int = 0


def rule(name: str, patterns: Iterable[str], classes: Mapping[str, Sequence[str]]) -> Rule:
    """One rule of one or more patterns; each class named in them must be in `classes`."""
    nodes = (_Parser(pattern, classes).pattern() for pattern in patterns)
    return Rule(name, tuple(Pattern(n.regex, n.needs) for n in nodes))


class Grammar:
    """Rules that are looked for together; finding costs little where no word of a pattern is there."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._patterns = [(r.name, n, pattern) for r in rules for n, pattern in enumerate(r.patterns)]
        needs = [pattern.needs for r in rules for pattern in r.patterns]
        self._always = tuple(n for n, need in enumerate(needs) if need is None)
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        for number, need in enumerate(needs):
            for word in need or ():
                table, key = (self._stems, word[:-1]) if word.endswith("*") else (self._exact, word)
                table.setdefault(key, []).append(number)
        self._longest = max(map(len, self._stems), default=0)
        self._kept: dict[str, tuple[int, ...]] = {}

    def _awake(self, word: str) -> tuple[int, ...]:
        """The patterns for which this word may be the one they need."""
        if word not in self._kept:
            found = set(self._exact.get(word, ()))
            for end in range(1, min(len(word), self._longest) + 1):
                found.update(self._stems.get(word[:end], ()))
            self._kept[word] = tuple(sorted(found))
        return self._kept[word]

    def find(self, on: Line) -> Iterator[Match]:
        """Every place of every pattern, in the order of the rules; places of one pattern don't overlap."""
        numbers = set(self._always)
        for token in on.tokens:
            numbers.update(self._awake(token.word))
        for number in sorted(numbers):
            name, which, pattern = self._patterns[number]
            for found in pattern.regex.finditer(on.string):
                yield Match(name, on.places[found.start()], on.places[found.end()], which)
