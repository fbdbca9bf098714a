"""Amounts in a talk, and numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.model import Passage, PassageKind, Quantity, Record, Text
from memcon.reading import numbers, quantities, sentences


def read(*paragraphs: str, kind: PassageKind = PassageKind.PARAGRAPH) -> tuple[Quantity, ...]:
    """The amounts of a record of these paragraphs."""
    text = Text(tuple(Passage(f"p{at}", words, kind) for at, words in enumerate(paragraphs, 1)))
    return quantities.find(sentences.page(Record("r", "A talk", (text,)), text))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("13,400 tons", 13400),
        ("12 1/2 percent", 12.5),
        ("33⅓%", 33.33),
        ("8½ percent", 8.5),
        ("forty-seven men", 47),
        ("two hundred and fifty men", 250),
        ("a half dozen planes", 6),
        ("half a million men", 500_000),
        ("one and one-half million people", 1_500_000),
        ("four hundred million yen", 400_000_000),
        ("one and ½ billion guilders", 1_500_000_000),
        ("$30/40 billion", (30_000_000_000, 40_000_000_000)),
        ("$1 1/2 million", 1_500_000),
        ("50 thousand", 50_000),
        ("between $12 and $15 billion", (12_000_000_000, 15_000_000_000)),
        ("40 to 50,000 persons", (40_000, 50_000)),
        ("1.5–2 million bales", (1_500_000, 2_000_000)),
        ("twenty-five to fifty years", (25, 50)),
        ("two or three votes", (2, 3)),
        ("30%–31% of it", (30, 31)),
        ("two-thirds of it", 0.6667),
        ("one-fourth or one-fifth", (0.2, 0.25)),
        ("three-quarters", 0.75),
    ],
)
def test_a_number_has_its_value(words: str, value: float | tuple[float, float]) -> None:
    """Figures, words, fractions and ranges are read as numbers; the scale of the second holds for both."""
    (number,) = numbers.find(words)
    assert number.value == value


@given(st.integers(0, 10**12))
def test_a_figure_is_read_as_itself(value: int) -> None:
    """A whole number printed with commas is read as that number."""
    (number,) = numbers.find(f"some {value:,} of them")
    assert number.value == value


@given(st.text(max_size=60))
def test_numbers_stand_where_they_say(text: str) -> None:
    """Whatever the text, numbers lie within it, in order, without overlap."""
    at = 0
    for number in numbers.find(text):
        assert at <= number.start < number.end <= len(text)
        at = number.end


FOUND = [
    ("They would ship 5,270 tons of low-octane petrol.", "5,270 tons of low-octane petrol", 5270, "ton", "low-octane petrol"),
    ("He asked for 26 long tons of copper.", "26 long tons of copper", 26, "long ton", "copper"),
    ("The mill will buy 700 million bushels of wheat.", "700 million bushels of wheat", 700_000_000, "bushel", "wheat"),
    ("There were 300 bales of silk in the shed.", "300 bales of silk", 300, "bale", "silk"),
    ("He commanded five divisions there.", "five divisions", 5, "division", None),
    ("The list had 971 persons on it.", "971 persons", 971, "person", None),
    ("It would need 23 affirmative votes.", "23 affirmative votes", 23, None, "affirmative votes"),
    ("The loan was for $40 million.", "$40 million", 40_000_000, "US dollar", None),
    ("Japan had paid 430 billion yen.", "430 billion yen", 430_000_000_000, "yen", None),
    ("He offered £20,000 at once.", "£20,000", 20_000, "pound", None),
    ("Imports run at $3 billion annually.", "$3 billion annually", 3_000_000_000, "US dollar per year", None),
    ("Duties would rise by approximately 15% soon.", "approximately 15%", 15, "percent", None),
    ("Local taxes bring ten per cent of revenue.", "ten per cent of revenue", 10, "percent", "revenue"),
    ("They sent four foreign experts to help.", "four foreign experts", 4, None, "foreign experts"),
    ("Two important components of the plan failed; so they said.", "Two important components of the plan", 2, None, "important components of plan"),
    ("He saw a three-mile limit as law.", "three-mile", 3, "mile", None),
    ("They want a four-power group.", "four-power", 4, None, "power"),
    ("The embargo has lasted three years now.", "three years", 3, "year", None),
    ("Negotiations may last ten more years.", "ten more years", 10, "year", None),
    ("It can wait a week or two.", "a week or two", (1, 2), "week", None),
    ("He offered a year and a half of grace.", "a year and a half of grace", 1.5, "year", "grace"),
    ("About one third of total imports were covered.", "About one third of total imports", 0.3333, None, "total imports"),
    ("Production totalled 13,000 that season.", "13,000", 13_000, None, None),
    ("The garrison lost 500-odd men.", "500-odd men", 500, None, "men"),
    ("The Council would vote 53 in favor of it.", "53 in favor", 53, "vote", "in favor"),
    ("They keep 12 F–4s there.", "12 F–4s", 12, None, "F–4s"),
    ("The official rate was twenty to one.", "twenty to one", 20, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "quote", "value", "unit", "of"), FOUND)
def test_an_amount_is_found_with_unit_and_thing(
    sentence: str, quote: str, value: float | tuple[float, float], unit: str | None, of: str | None
) -> None:
    """Each kind of amount is found once, with its exact words, its unit and what it is of."""
    (found,) = read(sentence)
    assert found.words.quote == quote
    assert (found.value, found.unit) == (value, unit)
    assert of is None or found.of == of


@pytest.mark.parametrize(
    "sentence",
    [
        "See Document 52 and paragraph 3 of Article 12.",
        "Telegram No. 1672 of March 3, 1951 was read.",
        "They met at 4:30 p.m. and again at 11 o’clock.",
        "He came on January 6, 1950.",
        "The Seventh Fleet was near the 38th parallel.",
        "He made two points and gave three reasons.",
        "The two governments and our two countries agreed.",
        "The Big Four and the Four-Power talks were named.",
        "No one of them said one word.",
        "He agrees a hundred percent with it.",
        "It happened two years ago.",
        "The conversation lasted forty-five minutes.",
        "1. First he asked about trade.",
        "The C-123 and the M60 were shown.",
        "A two-way street, he called it.",
        "The 1962 Geneva Agreements were signed by a five year old child.",
        "The guns were of 120 mm calibre.",
        "Several hundred people and many thousands more came.",
        "[2 lines of source text not declassified]",
        "They filed it as A1838/278, 3103/10/2.",
    ],
)
def test_what_is_no_amount_is_left_out(sentence: str) -> None:
    """Names, references, dates, times of day, enumerators and idioms are not amounts."""
    assert [found.words.quote for found in read(sentence)] == []


def test_several_amounts_keep_their_places() -> None:
    """A list of amounts is as many amounts, each exactly where it stands."""
    words = "The needs are: 1,315 tons of oil, 26 tons of grease, and about 600 trucks."
    found = read(words)
    assert [(x.value, x.unit, x.approx) for x in found] == [
        (1315, "ton", False),
        (26, "ton", False),
        (600, None, True),
    ]
    assert all(x.words.span.of(words) == x.words.quote for x in found)


@pytest.mark.parametrize(
    ("words", "approx"),
    [("about 30 men", True), ("some 30 men", True), ("over 30 men", True), ("30 men or so", True), ("only 30 men", False), ("at least 30 men", False)],
)  # fmt: skip
def test_about_right_is_told_from_exact(words: str, approx: bool) -> None:
    """An amount is approximate when the words before it say so; a bound is not."""
    (found,) = read(f"He saw {words}.")
    assert found.approx is approx


def test_notes_have_no_amounts() -> None:
    """Apparatus is not the substance of the talk."""
    assert read("Drafted by 5 men on 3 tons of paper.", kind=PassageKind.NOTE) == ()
