"""Other papers that a talk names."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from memcon.model import Lead, Passage, PassageKind, Record, Speaker, Text
from memcon.reading import leads, sentences
from memcon.when import When


@dataclass(frozen=True)
class Cast:
    """Nobody but these."""

    people: tuple[Speaker, ...]


def read(*paragraphs: str, cast: Cast | None = None, kind: PassageKind = PassageKind.PARAGRAPH) -> tuple[Lead, ...]:  # fmt: skip
    """The papers named in a record of 20 September 1954."""
    text = Text(tuple(Passage(f"p{at}", words, kind) for at, words in enumerate(paragraphs, 1)))
    record = Record("r", "A talk", (text,), date=When.of("1954-09-20"))
    return leads.find(sentences.page(record, text), cast)


@pytest.mark.parametrize(
    ("sentence", "quote", "kind", "author", "date", "number"),
    [
        ("I received your note of March 3 with thanks.", "your note of March 3", "note", None, "1954-03-03", None),
        ("He read Marlow's telegram concerning coal supplies.", "Marlow's telegram concerning coal supplies", "telegram", "Marlow", None, None),
        ("The Embassy’s telegram 1190 of May 26 told it.", "The Embassy’s telegram 1190 of May 26", "telegram", "Embassy", "1954-05-26", "1190"),
        ("It is in the Department’s telegram No. 1672 of June 2 to Manila.", "the Department’s telegram No. 1672 of June 2 to Manila", "telegram", "Department", "1954-06-02", "1672"),
        ("See airgram A–247 for more.", "airgram A–247", "airgram", None, None, "A–247"),
        ("He cited despatch 731 from Tokyo, February 28.", "despatch 731 from Tokyo, February 28", "despatch", "Tokyo", "1954-02-28", "731"),
        ("He had a letter from President Marlow in hand.", "a letter from President Marlow", "letter", "President Marlow", None, None),
        ("This answers the message of the Norwegian Government.", "the message of the Norwegian Government", "message", "Norwegian Government", None, None),
        ("They kept to the January 28 resolution.", "the January 28 resolution", "resolution", None, "1954-01-28", None),
        ("Recall President Marlow’s statement of March 26, 1953.", "President Marlow’s statement of March 26, 1953", "statement", "President Marlow", "1953-03-26", None),
        ("The Norwegian note of 14th January was vague.", "The Norwegian note of 14th January", "note", "Norwegian", "1954-01-14", None),
        ("See Document 52.", "Document 52", "document", None, None, "52"),
        ("He had a telegram dated May 15 from our Mission.", "a telegram dated May 15 from our Mission", "telegram", "Mission", "1954-05-15", None),
    ],
)  # fmt: skip
def test_a_paper_is_found_with_what_is_known_of_it(
    sentence: str, quote: str, kind: str, author: str | None, date: str | None, number: str | None
) -> None:
    """Kind, author, date and number are those the words give, and the quote is exact."""
    (found,) = read(sentence)
    assert found.words.quote == quote
    assert found.words.span.of(sentence) == quote
    assert (found.kind, found.author, found.number) == (kind, author, number)
    assert (found.date.edtf if found.date else None) == date


@pytest.mark.parametrize(
    "sentence",
    [
        "He sent a letter.",
        "His note was brief.",
        "He took note of 3 points.",
        "I had instructions from Washington.",
        "They will make a statement today.",
        "They agreed on the letter of the Council’s resolution.",
        "He will report to the Council on March 1.",
        "Letters from Norway are slow.",
        "A letter from Mr. Marlow’s uncle came.",
    ],
)
def test_a_paper_with_nothing_to_know_it_by_is_no_lead(sentence: str) -> None:
    """A kind of paper alone leads nowhere; nor do verbs, plans and idioms."""
    assert read(sentence) == ()


def test_the_author_has_the_name_of_the_cast() -> None:
    """Where one person of the cast has the author's surname, the lead names him in full."""
    one = Cast((Speaker("x1", "John Marlow"),))
    two = Cast((Speaker("x1", "John Marlow"), Speaker("x2", "Ann Marlow")))
    words = "He read Mr. Marlow’s letter."
    assert [lead.author for lead in read(words, cast=one)] == ["John Marlow"]
    assert [lead.author for lead in read(words, cast=two)] == ["Mr. Marlow"]


def test_a_paper_does_not_lead_to_itself() -> None:
    """Headings and datelines name the paper in hand."""
    assert read("Memorandum by the Secretary of State", kind=PassageKind.HEADING) == ()


def test_a_day_named_in_full_dates_the_paper_named_short() -> None:
    """The year of a day given once holds for the same day later."""
    found = read("He read Marlow's letter of March 4, 1951.", "The March 4 letter was long.")
    assert [lead.date.edtf for lead in found if lead.date] == ["1951-03-04", "1951-03-04"]
