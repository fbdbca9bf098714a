"""The page as the steps of a reading see it: passages cut in sentences, and whose turn each one is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from memcon.model import Passage, Record, Text, Words
from memcon.text import Span


@dataclass(frozen=True)
class Sentence:
    """One sentence; `number` counts through the whole page from 0, `span` is in the passage's text.

    `plain` is the text of the sentence with every sign of the file's format and every footnote anchor replaced by
    spaces, a space for a character, so that a position in it is a position in the sentence.
    """

    number: int
    passage: Passage
    span: Span
    plain: str

    @property
    def text(self) -> str:
        """The exact words."""
        return self.span.of(self.passage.text)

    def words(self, start: int, end: int) -> Words:
        """Positions counted from the sentence's beginning, as words of the passage."""
        span = Span(self.span.start + start, self.span.start + end)
        return Words(self.passage.id, span, span.of(self.passage.text))

    @property
    def whole(self) -> Words:
        """The sentence as words of its passage."""
        return Words(self.passage.id, self.span, self.text)


@dataclass(frozen=True)
class Page:
    """A record's text ready to be read. `body` leaves the apparatus out; `sentences` has all in order."""

    record: Record
    text: Text
    sentences: tuple[Sentence, ...]

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """By id."""
        return {passage.id: passage for passage in self.text.passages}

    @cached_property
    def by_passage(self) -> dict[str, tuple[Sentence, ...]]:
        """The sentences of each passage, in order."""
        out: dict[str, list[Sentence]] = {}
        for sentence in self.sentences:
            out.setdefault(sentence.passage.id, []).append(sentence)
        return {key: tuple(value) for key, value in out.items()}


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of a sentence that reports what somebody says; `span` is in the passage's text.

    `speaker` is the name of a person of the cast, or None when the paper does not tell; `to` is the party addressed.
    Sentences without a turn are narrative, procedure, comment or apparatus.
    """

    sentence: Sentence
    span: Span
    speaker: str | None
    party: str | None
    to: str | None
    rule: str
