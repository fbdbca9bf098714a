"""Times of known precision: what is valid, what words mean, what is printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.errors import BadInput
from memcon.when import When, display, parse

TALK = date(1950, 1, 6)  # a Friday


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1950", date(1950, 1, 1), date(1950, 12, 31)),
        ("195X", date(1950, 1, 1), date(1959, 12, 31)),
        ("13XX/14XX", date(1300, 1, 1), date(1499, 12, 31)),
        ("1952-02", date(1952, 2, 1), date(1952, 2, 29)),
        ("1950-01-XX", date(1950, 1, 1), date(1950, 1, 31)),
        ("1950-01-06~", date(1950, 1, 6), date(1950, 1, 6)),
        ("1973-05-18T08:30:00", date(1973, 5, 18), date(1973, 5, 18)),
        ("1950-22", date(1950, 6, 1), date(1950, 8, 31)),
        ("1950-24", date(1950, 12, 1), date(1951, 2, 28)),
        ("1950-34", date(1950, 4, 1), date(1950, 6, 30)),
        ("1950-41", date(1950, 7, 1), date(1950, 12, 31)),
        ("1950-01/1950-06", date(1950, 1, 1), date(1950, 6, 30)),
        ("../1950-01-11", None, date(1950, 1, 11)),
        ("1950/..", date(1950, 1, 1), None),
    ],
)
def test_edtf_tells_the_first_and_the_last_day(edtf: str, earliest: date | None, latest: date | None) -> None:
    """An expression lies between the first and the last day that it can mean."""
    when = When.of(edtf)
    assert (when.edtf, when.earliest, when.latest) == (edtf, earliest, latest)


@pytest.mark.parametrize(
    "edtf",
    ["", "soon", "1950-13", "1950-02-30", "50", "0000", "1950-1-6", "1951/1950", "../..", "1950/1951/1952", "1950-24-01",
     "1950-01-06T25:00:00", "195X-01-06", "1950-XX-06", "1950-01T10:00", "6 January 1950"],
)  # fmt: skip
def test_what_is_no_edtf_is_refused_with_advice(edtf: str) -> None:
    """A bad expression stops the work, names itself and says how a date is written."""
    with pytest.raises(BadInput) as caught:
        When.of(edtf)
    assert edtf in str(caught.value)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("6 January 1950", "1950-01-06"),
        ("January 6, 1950", "1950-01-06"),
        ("JANUARY 6, 1950", "1950-01-06"),
        ("Friday, January 6th, 1950, 3 p.m.", "1950-01-06"),
        ("5th April, 1954", "1954-04-05"),
        ("the sixth of January, 1950", "1950-01-06"),
        ("Sept. 4, 1958", "1958-09-04"),
        ("6-11 January 1950", "1950-01-06/1950-01-11"),
        ("January 6–11, 1950", "1950-01-06/1950-01-11"),
        ("1st October, 1952, to 31st December, 1953", "1952-10-01/1953-12-31"),
        ("December 28 to January 3, 1950", "1949-12-28/1950-01-03"),
        ("between March and May 1951", "1951-03/1951-05"),
        ("January 1950", "1950-01"),
        ("1950", "1950"),
        ("1951–52", "1951/1952"),
        ("the 1950s", "195X"),
        ("the early 1970s", "1970/1973"),
        ("the first half of 1951", "1951-01/1951-06"),
        ("the fourth quarter of 1953", "1953-10/1953-12"),
        ("early 1951", "1951-01/1951-03"),
        ("late 1951", "1951-10/1951-12"),
        ("mid-December 1951", "1951-12-15~"),
        ("the first week of March 1951", "1951-03-01/1951-03-07"),
        ("summer of 1950", "1950-22"),
        ("fiscal year 1952", "1951-07/1952-06"),
        ("FY 1979", "1978-10/1979-09"),
        ("the six months ended 31st March, 1954", "1953-10-01/1954-03-31"),
        ("the year ending June 30, 1954", "1953-07-01/1954-06-30"),
        ("about March 3, 1951", "1951-03-03~"),
        ("not later than March 31, 1950", "../1950-03-31"),
        ("since April 1948", "1948-04/.."),
        ("the fourteenth and fifteenth centuries", "13XX/14XX"),
        ("1950-01-06", "1950-01-06"),
        ("6 января 1950 г.", "1950-01-06"),
        ("январь 1950", "1950-01"),
        ("6. Januar 1950", "1950-01-06"),
        ("le 1er août 1950", "1950-08-01"),
        ("1950年1月6日", "1950-01-06"),
        ("6.1.1950", "1950-01-06"),
    ],
)
def test_words_that_need_no_day_to_reckon_from(printed: str, edtf: str) -> None:
    """Words of a date mean the same with and without a day to reckon from, and are kept as printed."""
    assert parse(printed) == parse(printed, TALK) == When(edtf, printed, *_bounds(edtf))


def _bounds(edtf: str) -> tuple[date | None, date | None]:
    when = When.of(edtf)
    return when.earliest, when.latest


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("yesterday", "1950-01-05"),
        ("the day before yesterday", "1950-01-04"),
        ("tomorrow morning", "1950-01-07"),
        ("last Friday", "1949-12-30"),
        ("next Friday", "1950-01-13"),
        ("Monday of next week", "1950-01-09"),
        ("next January", "1951-01"),
        ("last January", "1949-01"),
        ("last autumn", "1949-23"),
        ("this week", "1950-01-02/1950-01-08"),
        ("last month", "1949-12"),
        ("the coming year", "1951"),
        ("this quarter", "1950-01/1950-03"),
        ("two years ago", "1948"),
        ("a year ago", "1949-01"),
        ("some six weeks ago", "1949-11-25~"),
        ("the past six months", "1949-07/1950-01"),
        ("within a period of five days", "../1950-01-11"),
        ("within the next week or two", "../1950-01-20"),
        ("by the end of the year", "../1950-12-31"),
        ("until the second half of 1950", "../1950-07"),
        ("by January of 1950", "../1950-01"),
        ("in the course of the first half of the year, starting with January", "1950-01/1950-06"),
        ("the rest of the year", "1950-01-06/1950-12-31"),
        ("Wednesday, January 11", "1950-01-11"),
        ("the first or second half of 1951", "1951"),
        ("6 January of the current year", "1950-01-06"),
    ],
)
def test_words_reckoned_from_the_day_of_the_talk(printed: str, edtf: str) -> None:
    """Relative words are reckoned from the day given, and understood only then."""
    assert parse(printed, TALK).edtf == edtf


@pytest.mark.parametrize("printed", ["yesterday", "last Friday", "two weeks ago", "October 16", "the day before", "this spring"])  # fmt: skip
def test_relative_words_without_a_day_stay_untold(printed: str) -> None:
    """What needs a day to be reckoned from is not guessed where there is none."""
    assert parse(printed) == When(None, printed)


@pytest.mark.parametrize("printed", ["", "soon", "31 February 1950", "6/1/50", "May God help us", "room 1950", "the letter of January 6, 1950", "the year before the war"])  # fmt: skip
def test_what_is_no_date_stays_untold(printed: str) -> None:
    """Words that are not a date, or are more than one, have no expression."""
    assert parse(printed, TALK).edtf is None


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1950", "1950"),
        ("1950-01", "January 1950"),
        ("1950-01-06", "6 January 1950"),
        ("1950-01-06T08:30:00", "6 January 1950, 08:30"),
        ("1951-05-09~", "about 9 May 1951"),
        ("1950?", "perhaps 1950"),
        ("195X", "1950s"),
        ("19XX", "1900s"),
        ("1950-01-XX", "January 1950"),
        ("1977-22", "summer 1977"),
        ("1953-33", "first quarter 1953"),
        ("1950-01/1950-06", "January–June 1950"),
        ("1964-07-26/1964-07-31", "26–31 July 1964"),
        ("1958-12-28/1959-01-03", "28 December 1958 – 3 January 1959"),
        ("1951/1952", "1951–1952"),
        ("../1950-01", "until January 1950"),
        ("1973-08-15/..", "from 15 August 1973"),
    ],
)
def test_a_time_is_printed_at_its_own_precision(edtf: str, words: str) -> None:
    """Nothing prints a month or a day that the expression does not have."""
    assert display(When.of(edtf)) == str(When.of(edtf)) == words


def test_what_is_not_understood_is_printed_as_it_stands() -> None:
    """Words without an expression are shown themselves; nothing at all is undated."""
    assert display(When(None, "on a fine day")) == "on a fine day"
    assert display(When(None)) == "undated"


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_day_printed_is_read_as_the_same_day(day: date) -> None:
    """Printing a day and reading it again gives the day."""
    assert parse(display(When.of(day.isoformat()))).edtf == day.isoformat()


@given(st.text(max_size=40))
def test_reading_never_fails(printed: str) -> None:
    """Any words give a time with them as printed; an expression, if there is one, is valid."""
    when = parse(printed, TALK)
    assert when.printed == printed
    assert when.edtf is None or When.of(when.edtf).earliest == when.earliest


WORDS = [
    "the", "past", "last", "next", "this", "coming", "within", "in", "ago", "or", "to", "and", "of", "by", "until",
    "since", "about", "early", "late", "mid-", "end", "first", "second", "half", "quarter", "week", "weekend",
    "month", "year", "years", "decade", "days", "99", "999", "two", "31st", "30", "February", "March", "December",
    "1950", "’76", "FY", "fiscal", "Friday", "Monday,", "spring", "fall", ",", "-", "–", "night", "day", "before",
    "after", "later", "hence", "0", "period", "so", "far", "rest", "middle", "1950s", "century", "twentieth",
    "starting", "with", "between", "now", "ended", "ending",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=9), st.dates())
def test_words_of_dates_in_any_order_never_fail(words: list[str], day: date) -> None:
    """However the words of a date are put together, what is understood is valid EDTF."""
    when = parse(" ".join(words), day)
    assert when.edtf is None or When.of(when.edtf).latest == when.latest


def test_partial_times_sort_by_the_first_day_they_can_mean() -> None:
    """The narrower comes first where both begin alike, a mere limit goes by its end, the unknown come last."""
    order = ["../1949-12", "1950-01-01", "1950-01", "1950", "1950-01-06", "1950-02"]
    times = [When(None, "some day"), *map(When.of, reversed(order))]
    assert [when.edtf for when in sorted(times, key=lambda when: when.key)] == [*order, None]


def test_before_is_said_only_where_it_is_sure() -> None:
    """A time is before another when none of its days is not."""
    january, year, end = When.of("1950-01"), When.of("1950"), When.of("1950-12-31")
    assert january.surely_before(end)
    assert not january.surely_before(year)
    assert not year.surely_before(end)
    assert not When.of("1949/..").surely_before(end)
    assert not When(None, "once").surely_before(end)


def test_within_is_said_where_one_day_may_be() -> None:
    """Two times may be the same when they share a day; the unknown never."""
    assert When.of("1950-01").may_be_within(When.of("1950"))
    assert When.of("../1950-01").may_be_within(When.of("1949"))
    assert not When.of("1951/..").may_be_within(When.of("1950"))
    assert not When(None, "once").may_be_within(When.of("1950"))
