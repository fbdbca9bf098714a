"""States and organisations by the words that stand for them, at the time and for the writer of a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from memcon.reading.knowledge import table, word_set
from memcon.reading.tokens import Token, tokens


class Form(NamedTuple):
    """A word that stands for a party: `kind` is "name", "nation" or "seat"."""

    party: str
    kind: str


class Found(NamedTuple):
    """Tokens `start` to `end` (half-open) that stand for a party."""

    start: int
    end: int
    party: str
    kind: str


@dataclass(frozen=True, slots=True)
class Parties:
    """The table as it holds for one record. `forms` is keyed by the folded words."""

    forms: dict[tuple[str, ...], Form]
    firsts: dict[str, int]

    def at(self, words: Sequence[Token], start: int) -> Found | None:
        """The longest form that begins at a token, if any; it must be printed with a capital."""
        reach = self.firsts.get(words[start].key)
        if reach is None or not words[start].text[:1].isupper():
            return None
        for length in range(min(reach, len(words) - start), 0, -1):
            form = self.forms.get(tuple(word.key for word in words[start : start + length]))
            if form:
                return Found(start, start + length, form.party, form.kind)
        return None

    def all(self, words: Sequence[Token]) -> Iterator[Found]:
        """Every form in a run of tokens, from left to right, none within another."""
        at = 0
        while at < len(words):
            found = self.at(words, at)
            if found:
                yield found
            at = found.end if found else at + 1

    def called(self, printed: str | None) -> str | None:
        """The party that a whole heading names: "U.S.", "Japanese Foreign Office:", "American Embassy"."""
        words = [word for word in tokens(printed or "") if word.text[0].isalnum()]
        while words and words[0].key in {"the", "for", "from", "on", "part", "of"}:
            words = words[1:]
        if not words:
            return None
        found = self.at(words, 0)
        if found and all(word.key in _BODIES for word in words[found.end :]):
            return found.party
        tail = next(
            (self.at(words, at + 1) for at in range(len(words) - 1) if words[at].key in {"of", "for"}), None
        )
        before = words[: tail.start - 1] if tail else ()
        alone = tail is not None and tail.end == len(words) and all(w.key in _BODIES for w in before)
        return tail.party if tail and alone else None

    def seat(self, printed: str) -> str | None:
        """The state whose capital, or own name, a place begins with: "Taipei, May 27, 1957"."""
        words = [word for word in tokens(printed) if word.text[0].isalnum()]
        found = self.at(words, 0) if words else None
        return found.party if found and found.kind != "nation" else None

    def place(self, words: Sequence[str]) -> int:
        """How many of the words, from the first, name a party: for `names.split_entry`."""
        run = tokens(" ".join(words[:6]))
        skip = 1 if run and run[0].key == "the" else 0
        found = self.at(run, skip) if len(run) > skip else None
        return found.end if found else 0


# A heading of a list may add one of these to the party.
_BODIES = word_set("offices", "heading_bodies")


@cache
def parties(writer: str | None, month: str | None) -> Parties:
    """The table for a record kept by `writer` and of a month, "1950-01"; None where it is not known."""
    forms: dict[tuple[str, ...], Form] = {}
    for name, entry in [*table("parties")["state"].items(), *table("parties")["organisation"].items()]:
        if not _lives(entry, month):
            continue
        for kind, words in (("name", [name, *entry.get("forms", [])]), ("nation", entry.get("nation", [])),
                            ("seat", entry.get("seat", []))):  # fmt: skip
            for word in words:
                forms.setdefault(_split(word), Form(name, kind))
    _shift(forms, writer, month)
    firsts: dict[str, int] = {}
    for form in forms:
        firsts[form[0]] = max(firsts.get(form[0], 0), len(form))
    return Parties(forms, firsts)


@cache
def _split(word: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens(word))


def _lives(entry: dict[str, Any], month: str | None) -> bool:
    if month is None:
        return True
    year = int(month[:4])
    return bool(entry.get("since", 0) <= year <= entry.get("until", 9999))


def _shift(forms: dict[tuple[str, ...], Form], writer: str | None, month: str | None) -> None:
    for word in table("parties")["shifting"]:
        party = _meaning(word["meanings"], writer, month)
        for printed in word["forms"]:
            if party:
                known = forms.get(_split(printed))
                forms[_split(printed)] = Form(party, known.kind if known else _kind(printed, word["forms"]))


def _kind(printed: str, all_forms: list[str]) -> str:
    return "name" if printed == all_forms[0] else "nation"


def _meaning(meanings: list[dict[str, str]], writer: str | None, month: str | None) -> str | None:
    for meaning in meanings:
        if meaning.get("writer", writer) == writer and (month or "1960-01") <= meaning.get("until", "9999"):
            return meaning["party"]
    return None
