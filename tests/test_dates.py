"""Times named in a talk: found in running text, and reckoned from its day."""

from __future__ import annotations

import pytest

from memcon.model import DateFound, Passage, PassageKind, Record, Text
from memcon.reading import dates, sentences
from memcon.when import When

TALK = "1954-09-20"  # a Monday


def read(*paragraphs: str, day: str | None = TALK, kind: PassageKind = PassageKind.PARAGRAPH, place: str | None = None) -> tuple[DateFound, ...]:  # fmt: skip
    """The times of a record of these paragraphs."""
    text = Text(tuple(Passage(f"p{at}", words, kind) for at, words in enumerate(paragraphs, 1)))
    record = Record("r", "A talk", (text,), date=When.of(day) if day else None, place=place)
    return dates.find(sentences.page(record, text))


def told(*paragraphs: str, day: str | None = TALK) -> list[tuple[str, str | None]]:
    """Quote and expression of each time found."""
    return [(found.words.quote, found.when.edtf) for found in read(*paragraphs, day=day)]


FOUND = [
    ("The note of June 10 was unclear.", "June 10", "1954-06-10"),
    ("He had seen the draft on November 12.", "on November 12", "1953-11-12"),
    ("The conference will meet on November 12.", "on November 12", "1954-11-12"),
    ("The treaty would be signed in January.", "in January", "1955-01"),
    ("In April our position was excellent.", "In April", "1954-04"),
    ("The elections of 1946 were mentioned.", "1946", "1946"),
    ("Nothing good came of the year 1931.", "the year 1931", "1931"),
    ("In ’53 there had been riots.", "’53", "1953"),
    ("He called this morning.", "this morning", "1954-09-20"),
    ("Last night the Cabinet met.", "Last night", "1954-09-19"),
    ("They would come back tomorrow.", "tomorrow", "1954-09-21"),
    ("He had left on Sunday.", "on Sunday", "1954-09-19"),
    ("The Minister will leave Thursday.", "Thursday", "1954-09-23"),
    ("The sale was agreed last Friday.", "last Friday", "1954-09-17"),
    ("He returned last Friday’s (September 17) papers.", "last Friday’s (September 17", "1954-09-17"),
    ("An answer is wanted by Wednesday or Thursday.", "by Wednesday or Thursday", "../1954-09-23"),
    ("Shipments in fiscal 1955 will be larger.", "in fiscal 1955", "1954-07/1955-06"),
    ("Deliveries for Fiscal Years 1955 and 56 are safe.", "for Fiscal Years 1955 and 56", "1954-07/1956-06"),
    ("It would be done in two or three weeks.", "in two or three weeks", "1954-10-04/1954-10-11"),
    ("Cabinet will not decide until November.", "November", "1954-11"),
    ("The truce would hold until November.", "until November", "../1954-11"),
    ("Exports have grown since April.", "since April", "1954-04/.."),
    ("From 1st April, 1954, the list is shorter.", "From 1st April, 1954", "1954-04-01/.."),
    ("It rained between now and October 13.", "between now and October 13", "1954-09-20/1954-10-13"),
    ("The budget for the October-March period is ready.", "for the October-March period", "1954-10/1955-03"),
    ("Growth was steady over the past decade.", "over the past decade", "1944/1954"),
    ("It may be necessary in a day or two.", "in a day or two", "1954-09-21/1954-09-22"),
    ("He read the message of the 10th.", "of the 10th", "1954-09-10"),
    ("It takes effect on the 24th or 25th of September.", "24th or 25th of September", "1954-09-24/1954-09-25"),
    ("They will talk on Monday, the 27th.", "Monday, the 27th", "1954-09-27"),
    ("He planned to leave about the 25th of this month.", "about the 25th of this month", "1954-09-25~"),
    ("There would be plans for 1955, 1956, and 1957.", "for 1955, 1956, and 1957", "1955/1957"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "quote", "edtf"), FOUND)
def test_a_time_is_found_with_its_words(sentence: str, quote: str, edtf: str) -> None:
    """Each kind of time is found once, with its exact words, reckoned from the day of the talk."""
    found = told(sentence)
    assert len(found) == 1
    assert quote in found[0][0]
    assert found[0][1] == edtf


@pytest.mark.parametrize(
    "sentence",
    [
        "May I ask why?",
        "The President may march on regardless.",
        "He spoke in an august and august manner.",
        "They met at 1900 hours and again at 3 o’clock.",
        "He had read telegram 1948 and document No. 1954.",
        "It cost $1950 and weighed 1945 tons.",
        "The talks went on for two years.",
        "In former years this was known; now it is recently forgotten.",
        "We live in the world today.",
        "Two weeks before the harvest nobody bargains.",
        "In the next few days more may be heard.",
        "The file is 501.BC/5–1848.",
    ],
)
def test_what_is_no_calendar_time_is_left_out(sentence: str) -> None:
    """Times of day, durations, numbers of papers, amounts and vague words are not dates."""
    assert told(sentence) == []


def test_every_time_is_exactly_where_it_says() -> None:
    """The quote of a time is the text at its place, through footnote signs and line ends."""
    words = "On 3\nMarch he came; by 9th April, 1954,\nhe had gone."
    (first, second) = read(words)
    for found in (first, second):
        assert found.words.span.of(words) == found.words.quote
        assert found.when.printed == found.words.quote
    assert (first.when.edtf, second.when.edtf) == ("1954-03-03", "../1954-04-09")


def test_a_day_named_in_full_gives_its_year_to_the_same_day_later() -> None:
    """`the March 4 letter` after `his letter of March 4, 1951` is of 1951."""
    assert told("He read his letter of March 4, 1951.", "The March 4 letter was long.")[1][1] == "1951-03-04"


def test_a_quarter_takes_the_year_named_last() -> None:
    """`the 4th quarter` after `the 1st quarter of 1953` is of 1953."""
    found = told("Licences rose from the 1st quarter of 1953 to a peak in the 4th quarter.")
    assert [edtf for _, edtf in found] == ["1953-01/1953-03", "1953-10/1953-12"]


def test_that_day_is_the_day_named_last() -> None:
    """`that evening` belongs to the day before it in the sentence, not to the talk."""
    assert (
        told("He leaves on Saturday, September 25, and will dine there that evening.")[1][1] == "1954-09-25"
    )


def test_without_a_day_only_what_is_whole_is_found() -> None:
    """Where no day of the talk is known, relative times are left out rather than guessed."""
    assert told("Yesterday he signed; last May he would not; on May 3, 1951 he did.", day=None) == [
        ("on May 3, 1951", "1951-05-03")
    ]


def test_the_place_line_gives_the_day() -> None:
    """A record whose date is only in its place line is reckoned from that."""
    (found,) = read("He came yesterday.", day=None, place="Geneva, May 12, 1959, 3 p.m.")
    assert found.when.edtf == "1959-05-11"


def test_a_dateline_gives_the_day() -> None:
    """A dateline at the head of the text does too, and is itself a time."""
    found = told("Canberra, 5 May 1955", "He came yesterday.", day=None)
    assert [edtf for _, edtf in found] == ["1955-05-05", "1955-05-04"]


def test_a_span_of_days_is_no_day_to_reckon_from() -> None:
    """A talk of which only the month is known has no yesterday."""
    assert told("He came yesterday.", day="1954-09") == []


def test_notes_name_days_but_not_files() -> None:
    """In a note a day counts, the years of a file do not."""
    (found,) = read("Central Files 1964–66. Approved on September 12.", kind=PassageKind.NOTE)
    assert found.when.edtf == "1954-09-12"
