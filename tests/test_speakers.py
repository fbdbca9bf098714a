"""Who speaks, sentence by sentence: each construction on sentences written for it."""

from __future__ import annotations

import pytest

from memcon.model import Participant, Passage, PassageKind, Record, Text
from memcon.reading import people, sentences, speakers

TWO = ("Mr. Paul Moss, Assistant Secretary", "Otto Vogel, Austrian Ambassador")
BY = "Memorandum of Conversation, by the Ambassador in Austria (Moss)"


def turns(*paragraphs, who=TWO, title="Memorandum of Conversation"):
    passages = tuple(p if isinstance(p, Passage) else Passage(f"p{n}", p) for n, p in enumerate(paragraphs))
    record = Record(
        "frus-x", title, (Text(passages, "en"),), participants=tuple(Participant(entry) for entry in who)
    )
    page = sentences.page(record, record.text)
    return page, speakers.find(page, people.find(page))


def heard(*paragraphs, **more):
    """For each sentence the surnames of who speaks in it, "?" for a party without a name."""
    page, found = turns(*paragraphs, **more)
    out = []
    for sentence in page.sentences:
        here = [turn for turn in found if turn.sentence is sentence]
        out.append(" ".join((turn.speaker or "?").split()[-1] for turn in here))
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Moss said that wheat was short. The price would rise.", ["Moss", "Moss"]),
        ("The Ambassador asked about wheat. Mr. Moss replied that it was short.", ["Vogel", "Moss"]),
        ("Mr. Moss asked about wheat. He thought it short.", ["Moss", "Moss"]),
        ("Mr. Moss asked the Ambassador about wheat. He replied that it was short.", ["Moss", "Vogel"]),
        ("Mr. Moss read the note and commented that it was clear.", ["Moss"]),
        ("Mr. Moss opened the meeting, saying that time was short.", ["Moss"]),
        ("According to Ambassador Vogel, wheat was short.", ["Vogel"]),
        ("In the Ambassador's opinion wheat was short.", ["Vogel"]),
        ("Mr. Moss said yes and the Ambassador agreed.", ["Moss Vogel"]),
        ("Mr. Moss and Ambassador Vogel agreed that wheat was short.", ["Moss Vogel"]),
        ("When the Ambassador asked whether wheat was short, Mr. Moss said that it was.", ["Vogel Moss"]),
        ("The Ambassador was informed that wheat was short.", ["?"]),
        ("Mr. Moss was asked by the Ambassador when wheat would come.", ["Vogel"]),
        ("Mr. Moss said that the Ambassador had promised wheat.", ["Moss"]),
        ("The Austrian side emphasized that wheat was short.", ["?"]),
    ],
)
def test_reported(text, expected):
    """The subject of the main verb of speech speaks, and goes on until another does."""
    assert heard(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "There was some discussion of wheat.",
        "The meeting ended at noon.",
        "[Here follows a discussion of wheat.]",
        "(Note: the wheat came later.)",
        "Comment: Mr. Moss was tired.",
        "Wheat and Rye",
        "2 Document 48.",
    ],
)
def test_nobody(text):
    """Narrative, procedure, the writer's comment, notes and headings are nobody's, even amid a talk."""
    assert heard("Mr. Moss said that wheat was short.", text)[1:] == [""]


def test_notes_are_silent():
    """A footnote is not read as part of the talk."""
    note = Passage("n1", "Mr. Moss said so again in June.", PassageKind.NOTE, label="1")
    assert heard("Mr. Moss said that wheat was short.", note) == ["Moss", ""]


def test_first_person():
    """ "I" is the author of the heading, "he" the other."""
    said = heard(
        "I told Mr. Vogel that wheat was short.", "He was glad to hear it. I asked why.", who=(), title=BY
    )
    assert said == ["Moss", "Vogel", "Moss"]


def test_transcript():
    """A label speaks until the next label, whatever verbs stand in what it says."""
    said = heard(
        "Mr. Moss: Wheat is short. The Ambassador said so yesterday.",
        "Ambassador Vogel: I agree.",
        "We told you in May.",
        "Mr. Moss: Yes.",
    )
    assert said == ["Moss", "Moss", "Vogel", "Vogel", "Moss"]


def test_quotation_goes_on():
    """Words read aloud belong to who reads them, over sentences and subjects."""
    said = heard(
        "Ambassador Vogel read the following statement:",
        "“The Austrian Government states that wheat is short.",
        "“We regret it.”",
    )
    assert said[1:] == ["Vogel", "Vogel"]


def test_addressee():
    """What one of two sides says is said to the other."""
    _, found = turns("Mr. Moss said that wheat was short. The Ambassador agreed.")
    assert [(turn.party, turn.to) for turn in found] == [
        ("United States", "Austria"),
        ("Austria", "United States"),
    ]


def test_spans_are_exact():
    """Each turn lies within its sentence, has words, names its rule, and turns of one voice do not overlap."""
    page, found = turns("Mr. Moss said yes and the Ambassador agreed. [1]", "I. The talk ended.")
    for turn in found:
        assert turn.sentence.span.holds(turn.span)
        assert turn.span.of(page.passages[turn.sentence.passage.id].text).strip()
        assert turn.rule
    first, second = found[:2]
    assert not first.span.overlaps(second.span)


def test_nobody_without_people():
    """A text that names nobody has no turns."""
    assert heard("Wheat was short. Rye was dear.", who=()) == ["", ""]


def test_list_of_what_was_agreed():
    """What was agreed on is nobody's alone, item by item, and what announces it is no statement."""
    agreed = ("It was agreed that:", "(a) wheat should be sold;", "(b) rye should be kept.")
    assert heard("Mr. Moss said no.", *agreed) == ["Moss", "", "?", "?"]
