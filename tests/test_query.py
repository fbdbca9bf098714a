"""The reader's search language: what is understood, how it is shown back, what is refused."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import memcon.query.matching
import memcon.query.words
from memcon.errors import BadQuery
from memcon.query import And, Date, Field, In, Name, Near, Not, Or, Words, parse, spans
from memcon.query.words import LONGEST, joined, spaced, words, words_with_places
from memcon.text import fold

UNDERSTOOD = {
    "treaty": "treaty",
    "new treaty": "new treaty",
    "new AND treaty": "new treaty",
    "treaty OR alliance": "treaty OR alliance",
    "a b OR c d": "a b OR c d",
    "a (b OR c)": "a (b OR c)",
    "((a))": "a",
    "(a b) c": "a b c",
    "a OR (b OR c)": "a OR b OR c",
    "treaty -alliance": "treaty -alliance",
    "treaty NOT alliance": "treaty -alliance",
    "NOT NOT a": "a",
    "-(a b)": "-(a b)",
    "-(a OR b) c": "-(a OR b) c",
    '-"new treaty"': '-"new treaty"',
    "“New Treaty”": '"new treaty"',
    "«Новый договор»": '"новыи договор"',
    "Sino–Soviet": '"sino soviet"',
    "d’Estaing": '"d estaing"',
    "793.00/2-361": '"793 00 2 361"',
    "13,400": '"13 400"',
    "毛泽东": "毛泽东",
    '"毛泽东 1950"': '"毛泽东 1950"',
    "Вышинский": "вышинскии",
    "rehabilit*": "rehabilit*",
    '"new trea*"': '"new trea*"',
    "Sino-Sov*": '"sino sov*"',
    '"mao treaty"~5': '"mao treaty"~5',
    "mao NEAR treaty": '"mao treaty"~10',
    "mao NEAR/5 treaty": '"mao treaty"~5',
    '"a b c"~2': '"a b"~2 "a c"~2 "b c"~2',
    '"a a"~2': "a",
    "Sino-Soviet NEAR/3 treaty": '"sino soviet" "sino soviet"~3 "sino treaty"~3 "soviet treaty"~3',
    "or and near not": "or and near not",
    '"NOT" treaty': "not treaty",
    'title:"New China"': 'title:"new china"',
    "PARTY:Soviet Union": "party:soviet union",
    "person:Vyshinsky": "person:vyshinsky",
    "kind:memcon": 'kind:"memorandum of conversation"',
    "kind:(letter OR telcon)": 'kind:letter OR kind:"telephone conversation"',
    "kind:(letter note) treaty": "kind:letter kind:note treaty",
    "collection:frus1961*": "collection:frus1961*",
    "name:Mao": "name:mao",
    'name:="Mao Zedong"': 'name:="mao zedong"',
    "in:NOTES treaty": "in:notes treaty",
    "date:1950": "date:1950",
    "date:1950-01..1950-03": "date:1950-01..1950-03",
    "date:1950-01/1950-03": "date:1950-01..1950-03",
    "date:..1950": "date:..1950",
    "date:../1950": "date:..1950",
    "date:1950..": "date:1950..",
    'date:"6 January 1950"': "date:1950-01-06",
    "treaty – alliance": "treaty alliance",
    "treaty, alliance!": "treaty alliance",
    "10:30 Berlin:": '"10 30" berlin',
    "party:-": None,
    "": None,
    " … ": None,
    "*": None,
    "OR treaty": None,
    "treaty OR": None,
    "AND treaty": None,
    "treaty AND OR x": None,
    "NOT": None,
    "NEAR treaty": None,
    "treaty NEAR": None,
    "a NEAR/2 b NEAR/3 c": None,
    "a NEAR b*": None,
    "a NEAR (b OR c)": None,
    '"new treaty': None,
    "(treaty": None,
    "treaty)": None,
    "()": None,
    "subject:china": None,
    "party:": None,
    "party: OR x": None,
    "party:(person:x)": None,
    "party:=x": None,
    "*ty": None,
    "tr*ty": None,
    '"new* treaty"': None,
    '"new trea*"~3': None,
    'title:"a b"~3': None,
    "name:Vysh*": None,
    '"a b c d e f g"~3': None,
    "in:footnotes treaty": None,
    "date:yesteryear": None,
    "date:1950-13": None,
    "date:1951..1950": None,
    "(" * 60 + "a" + ")" * 60: None,
    "a " * 20_000: None,
}


@pytest.mark.parametrize("text", [text for text, shown in UNDERSTOOD.items() if shown])
def test_a_query_is_shown_as_understood(text):
    """What `str` prints is what was meant, and parses to the same."""
    query = parse(text)
    assert str(query) == UNDERSTOOD[text]
    assert parse(str(query)) == query


@pytest.mark.parametrize("text", [text for text, shown in UNDERSTOOD.items() if shown is None])
def test_what_is_not_understood_is_refused_with_advice(text):
    """`BadQuery` has a sentence, on one line, and says what to do."""
    with pytest.raises(BadQuery) as caught:
        parse(text)
    assert str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.advice != BadQuery.advice


def test_an_error_names_the_words():
    """The field that is not known and those that are stand in message and advice."""
    with pytest.raises(BadQuery, match="subject") as caught:
        parse("treaty subject:china")
    assert "title" in caught.value.advice


def test_the_tree_of_each_kind():
    """One query with every kind of node."""
    query = parse('(a OR "b c*") -"d e"~2 name:=f title:g date:1950-02 in:all')
    assert query == And((
        Or((Words(("a",)), Words(("b", "c"), prefix=True))),
        Not(Near(("d", "e"), 2)),
        Name(("f",), exact=True),
        Field("title", Words(("g",))),
        Date(19500201, 19500228, "1950-02"),
        In("all"),
    ))  # fmt: skip


def test_an_approximate_year_covers_its_decade():
    """Digits left open widen the range of days."""
    assert parse("date:195X") == Date(19500101, 19591231, "195X")


_word = st.text("abcé毛泽Ж한ß½²'-.1", min_size=1, max_size=5) | st.sampled_from(
    ["and", "OR", "title", "near"]
)
_number = st.integers(0, 12)
_leaf = (
    _word
    | _word.map(lambda w: f"{w}*")
    | st.lists(_word, max_size=3).map(lambda ws: f'"{" ".join(ws)}"')
    | st.tuples(_word, _word, _number).map(lambda t: f'"{t[0]} {t[1]}"~{t[2]}')
    | st.tuples(st.sampled_from(["title:", "kind:", "name:", "name:=", "act:", "in:", "date:"]), _word).map(
        "".join
    )
    | st.sampled_from(["date:1950", "date:..1950-02", "in:all", "in:notes", "kind:memcon"])
)
_typed = st.recursive(
    _leaf,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(" ".join)
        | st.lists(inner, min_size=2, max_size=3).map(" OR ".join)
        | inner.map(lambda q: f"({q})")
        | inner.map(lambda q: f"-{q}")
        | st.tuples(inner, inner, _number).map(lambda t: f"{t[0]} NEAR/{t[2]} {t[1]}")
    ),
    max_leaves=8,
)


@given(_typed | st.text(max_size=40))
def test_a_query_shown_is_the_same_query(text):
    """parse(str(parse(q))) == parse(q), and nothing but `BadQuery` is ever raised."""
    try:
        query = parse(text)
    except BadQuery:
        return
    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


WORDS = {
    "Sino-Soviet": ["sino", "soviet"],
    "D’Estaing": ["d", "estaing"],
    "China's": ["china", "s"],
    "793.00/2-361": ["793", "00", "2", "361"],
    "Łódź, naïve Straße": ["lodz", "naive", "strasse"],
    "Viet\u00adnam zero\u200bwidth": ["vietnam", "zerowidth"],
    "treaty¹²": ["treaty", "1", "2"],
    "cafe\u0301": ["cafe"],
    "和毛泽东谈": ["和", "毛", "泽", "东", "谈"],
    "Ковалёв": ["ковалев"],
    "ΟΔΟΣ οδός": ["οδοσ", "οδοσ"],
    "snake_case": ["snake", "case"],
    "１９５０": ["1950"],
    "x" * (LONGEST + 3): ["x" * LONGEST, "xxx"],
}  # fmt: skip


@pytest.mark.parametrize("text", WORDS)
def test_what_a_word_is(text):
    """Letters and digits, folded; a character a word where a script has no spaces."""
    assert list(words(text)) == WORDS[text]


@given(st.text(max_size=60) | st.text("aé'’-毛\u0301\u00ad½² \n\u3000", max_size=40))
def test_words_have_one_division(text):
    """The fast way gives the words of the careful way, and each span folds to its word again."""
    placed = words_with_places(text)
    assert tuple(word.text for word in placed) == words(text)
    for word in placed:
        assert word.text in spaced(word.span.of(text)).split()
    assert placed == sorted(placed, key=lambda word: word.span)


@given(st.text("abcXYZéÀôß–’ ЖЁй,.", max_size=40))
def test_words_are_folded_as_everything_is(text):
    """A text and its folded form have the same words."""
    assert words(fold(text)) == words(text)


@given(st.integers(190, 420), st.integers(0, 220))
def test_no_word_is_longer_than_engines_take(length, before):
    """A run without spaces is cut wherever in the text it begins."""
    assert max(map(len, words("a " * before + "b" * length))) <= LONGEST


def test_joined_words_read_as_written():
    """Chinese without spaces, Korean in whole syllables."""
    assert joined(words("毛泽东 한국 treaty")) == "毛泽东 한국 treaty"


TEXT = "The new treaty, a “Treaty of Alliance”: Mao’s new trea-\nty with the U.S.S.R."
SPANS = {
    "treaty": ["treaty", "Treaty"],
    '"new treaty"': ["new treaty"],
    '"new trea*"': ["new treaty", "new trea"],
    '"mao alliance"~0': ["Alliance", "Mao"],
    '"mao treaty"~3': ["Treaty", "Mao"],
    "name:Mao": ["Mao"],
    "U.S.S.R.": ["U.S.S.R"],
    "treaty OR mao": ["treaty", "Treaty", "Mao"],
    "-treaty mao": ["Mao"],
    "title:treaty kind:treaty date:1950 in:all": [],
    'new "new treaty"': ["new treaty", "new"],
}


@pytest.mark.parametrize("query", SPANS)
def test_spans_are_the_words_asked_for(query):
    """Exact places in the true text: phrases whole, nothing denied, nothing of the description."""
    assert [span.of(TEXT) for span in spans(parse(query), TEXT)] == SPANS[query]


def test_a_name_is_marked_in_all_its_forms():
    """Forms that the archive adds are looked for, but not for a name given as exact."""
    forms = (("mao", "tse", "tung"), ("毛", "泽", "东"))
    text = "Mao Tse-tung (毛泽东), Mao Zedong"
    marked = [span.of(text) for span in spans(Name(("mao", "zedong"), forms=forms), text)]
    assert marked == ["Mao Tse-tung", "毛泽东", "Mao Zedong"]
    assert [s.of(text) for s in spans(Name(("mao", "zedong"), exact=True, forms=forms), text)] == [
        "Mao Zedong"
    ]


@pytest.mark.parametrize("module", [memcon.query.words, memcon.query.matching])
def test_examples_hold(module):
    """What the docstrings show is what happens."""
    assert doctest.testmod(module).failed == 0


def test_the_manual_shows_only_queries_that_parse():
    """Every query of the docstring's left column is understood."""
    shown = [
        line[4:31].strip() for line in (memcon.query.__doc__ or "").splitlines() if line.startswith("    ")
    ]
    examples = [
        text for text in shown if text and "=" not in text and not text.startswith(("(", "NEAR", "mao NEAR"))
    ]
    assert len(examples) > 15
    for text in examples:
        for query in text.split("  "):
            if query.strip() and not query.strip().isupper():
                parse(query.strip())


def test_the_page_on_searching_shows_only_queries_that_parse():
    """Every query of its first table is understood, and means the same when it is shown."""
    page = (Path(__file__).parents[1] / "docs" / "searching.md").read_text(encoding="utf-8")
    table = page.split("## The language")[1].split("\n\n")[1]
    shown = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(shown) > 20
    for text in shown:
        assert parse(str(parse(text))) == parse(text)
