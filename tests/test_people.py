"""Who is named, for which party, and whether they took part: on papers written for it."""

from __future__ import annotations

from datetime import date

import pytest

from memcon.model import Lexicon, Participant, Passage, Person, Record, Text
from memcon.reading import people, sentences
from memcon.reading.allegiance import incumbent
from memcon.reading.headings import heading_names, list_entries
from memcon.reading.parties import parties
from memcon.reading.sounds import likelier
from memcon.reading.tokens import tokens
from memcon.when import When


def paper(
    *paragraphs, title="Memorandum of Conversation", who=(), day="1957-03-01", keeper="frus-x", place=None
):
    when = When(day, day, date.fromisoformat(day), date.fromisoformat(day))
    passages = tuple(Passage(f"p{n}", text) for n, text in enumerate(paragraphs, start=1))
    listed = tuple(Participant(entry) for entry in who)
    return Record(keeper, title, (Text(passages, "en"),), date=when, participants=listed, place=place)


def cast(*paragraphs, **more):
    record = paper(*paragraphs, **more)
    return people.find(sentences.page(record, record.text))


def sides(found):
    return {member.name: member.party for member in found.members if member.present}


def test_list_with_headings():
    """A heading of the list gives its people their party."""
    found = cast(
        "The Secretary said no.",
        who=["PARTICIPANTS", "U.S.", "The Secretary", "Chad", "Foreign Minister Idriss"],
    )
    assert sides(found) == {"The Secretary": "United States", "Idriss": "Chad"}


def test_party_in_entry():
    """Office and embassy give the party, and a desk for another country does not."""
    found = cast(
        "Mr. Moss spoke.",
        who=[
            "Otto Vogel, Ambassador, Austrian Embassy",
            "Paul Moss, Director, Office of Chinese Affairs",
            "Lars Berg, Denmark",
        ],
    )
    assert sides(found) == {"Otto Vogel": "Austria", "Paul Moss": "United States", "Lars Berg": "Denmark"}


def test_ambassador_to_is_not_of():
    """An ambassador in or to a country is not that country's."""
    found = cast("Mr. Moss spoke.", who=["Paul Moss, Ambassador to Burma"])
    assert sides(found) == {"Paul Moss": "United States"}


def test_author_from_heading():
    """The heading names who writes "I"."""
    found = cast(
        "I told Mr. Vogel that we agreed.",
        title="Memorandum of Conversation, by the Ambassador in Austria (Moss)",
    )
    assert found.author is not None
    assert (found.author.name, found.author.party) == ("Moss", "United States")


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Memorandum of Conversation, by the Ambassador in Austria (Moss)", [("Moss, Ambassador in Austria", True)]),
        ("Record of Conversation between Carver, Price and Vogel", [("Carver", False), ("Price", False), ("Vogel", False)]),
        ("FROM THE DIARY OF A. B. PETROV", [("A. B. PETROV", True)]),
        ("Record Of Conversation By Carver", [("Carver", True)]),
        ("Memorandum of Conversation", []),
    ],
)  # fmt: skip
def test_heading(title, names):
    """A heading's people, and whether it names the writer."""
    assert list(heading_names(title)) == names


def test_run_on_entry():
    """People run together in one line of a list are parted; a single title is left whole."""
    assert list_entries("The Secretary Mr. Hall Mr. Price") == ["The Secretary", "Mr. Hall", "Mr. Price"]
    assert list_entries("American Ambassador to Austria, Mr. Paul Moss") == [
        "American Ambassador to Austria, Mr. Paul Moss"
    ]


@pytest.mark.parametrize(
    ("words", "writer", "month", "party"),
    [
        ("Chinese Embassy", "United States", "1957-03", "Republic of China"),
        ("Chinese Embassy", "Soviet Union", "1950-01", "People's Republic of China"),
        ("Peiping", "United States", "1957-03", "People's Republic of China"),
        ("GRC", "United States", "1957-03", "Republic of China"),
        ("Bonn", "United States", "1957-03", "West Germany"),
        ("Egyptian Government", "United States", "1960-03", "United Arab Republic"),
        ("Egyptian Government", "United States", "1975-03", "Egypt"),
        ("Viet-Namese", "United States", "1965-03", "South Vietnam"),
        ("DRV", "United States", "1965-03", "North Vietnam"),
        ("U.S.S.R.", "United States", "1957-03", "Soviet Union"),
        ("Quai d’Orsay", "United States", "1957-03", "France"),
        ("Ceylonese", "United Kingdom", "1957-03", "Ceylon"),
        ("Filipino", "United States", "1957-03", "Philippines"),
        ("Bolivian Ambassador", "United States", "1957-03", "Bolivia"),
    ],
)  # fmt: skip
def test_party_words(words, writer, month, party):
    """Nationalities, capitals and abbreviations stand for the state as it then was, to the writer."""
    found = parties(writer, month).at(tokens(words), 0)
    assert found is not None
    assert found.party == party


def test_called():
    """A heading that is a party and its body is one; a person's entry is none."""
    table = parties("United States", "1957-03")
    assert table.called("Japanese Foreign Office:") == "Japan"
    assert table.called("For the United Kingdom") == "United Kingdom"
    assert table.called("Foreign Minister Sato of Japan") is None


def test_office_alone():
    """Somebody whom the paper never names is known by the office."""
    found = cast("The Burmese Ambassador said that rice was short.", "I replied that we knew.",
                 title="Memorandum of Conversation, by Mr. Paul Moss")  # fmt: skip
    assert sides(found) == {"Paul Moss": "United States", "The Burmese Ambassador": "Burma"}


def test_only_mentioned():
    """Who is talked about is named without having taken part."""
    found = cast(
        "Mr. Hall said that Mr. Weber had written to him.",
        who=["Mr. Hall", "Otto Vogel, Austrian Ambassador"],
    )
    weber = next(member for member in found.members if member.name == "Weber")
    assert not weber.present


def test_refer():
    """Title, party and name words mean one person; his wife is another."""
    found = cast(
        "Mr. Hall spoke.",
        who=["President Aung Min", "Madame Aung Min", "Otto Vogel, Austrian Ambassador", "Mr. Hall"],
    )
    for text, name in [
        ("the Austrian Ambassador", "Otto Vogel"),
        ("Ambassador Vogel", "Otto Vogel"),
        ("the Ambassador", "Otto Vogel"),
    ]:
        words = tokens(text)
        assert [member.name for member in found.refer(words, len(words)).members] == [name]


def test_mentions_are_exact():
    """Every mention is the words of its passage."""
    record = paper("Mr. Vogel called. Dr. Weber and General Pike were with him.")
    page = sentences.page(record, record.text)
    for person in people.find(page).people:
        for words in person.mentions:
            assert words.span.of(page.passages[words.passage].text) == words.quote


def test_incumbent():
    """The holder of an office is the one of the paper's month."""
    assert incumbent("secretary", "1957-03") == "dulles"
    assert incumbent("president", "1963-12") == "johnson"
    assert incumbent("president", None) is None


def test_sound_of_names():
    """A Japanese name sounds Japanese, an English one does not, and cousins are not told apart."""
    assert likelier(("nakamura",), "Japan", "United States") > 2
    assert likelier(("harrison",), "Japan", "United States") < -2
    assert likelier(("harrison",), "Australia", "United States") == 0


def test_list_in_one_line():
    """A list that stands in the text as one line is taken apart, an office without a name among its people."""
    found = cast(
        "Participants: Mr. Colin Fell, First Secretary, British Embassy Mr. Otis Park, of EUR The Secretary",
        "Mr. Fell said that wheat was short.",
    )
    assert sides(found) == {
        "Colin Fell": "United Kingdom",
        "Otis Park": "United States",
        "The Secretary": "United States",
    }


def test_collection_tells_the_party():
    """The collection's list of persons gives role and party, but not where two of its entries can be meant."""
    record = paper("Mr. Brodt said no to Mr. Acker.")
    told = Person("Brodt, Karl", None, "Danish Ambassador to the United States")
    page = sentences.page(record, record.text)
    brodt = people.find(page, Lexicon((told,))).by_surname["brodt"][0]
    assert (brodt.party, brodt.role) == ("Denmark", told.description)
    twice = people.find(page, Lexicon((told, Person("Brodt, Emil", None, "Peruvian Minister"))))
    assert twice.by_surname["brodt"][0].role is None


def test_sounds_can_be_left_out():
    """Without what is learned no party is told by the sound of a name."""
    record = paper(
        "Mr. Nakamura and the Secretary met.", who=("The Secretary", "Mr. Nakamura", "Japanese Ambassador")
    )
    page = sentences.page(record, record.text)
    assert "sound" in "".join(m.rule for m in people.find(page).members)
    assert "sound" not in "".join(m.rule for m in people.find(page, learned=False).members)
