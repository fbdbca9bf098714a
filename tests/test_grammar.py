"""Tokens keep their places; patterns match what their grammar says, where it says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.grammar import Grammar, Line, line, rule, tokens

CLASSES = {"will": ["will", "would"], "glad": ["glad", "only too glad"], "title": ["mr. _", "the _ of state"], "bad": ["danger*"]}  # fmt: skip


def matched(pattern: str, text: str, roles: list[str] | None = None) -> list[str]:
    """The words of every match of a pattern."""
    on = line(text, roles)
    grammar = Grammar([rule("r", [pattern], CLASSES)])
    return [" ".join(t.word for t in on.tokens[m.first : m.last]) for m in grammar.find(on)]


@given(st.text(max_size=200))
def test_tokens_are_where_they_say(text: str) -> None:
    """Spans are in order, do not overlap, and every one holds the token's words, before folding."""
    cut = tokens(text)
    assert all(one.span.end <= two.span.start for one, two in pairwise(cut))
    assert all(token.span.start < token.span.end <= len(text) for token in cut)
    assert all(not text[token.span.start : token.span.end].isspace() for token in cut)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Lund won’t.", ["mr.", "lund", "won't", "."]),
        ("The U.S. side", ["the", "u.s.", "side"]),
        ("1,200 tons", ["1,200", "tons"]),
        ("a so-called “plan”", ["a", "so-called", '"', "plan", '"']),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    """Titles and initials keep their stop, numbers their commas, words their apostrophes and hyphens."""
    assert [token.word for token in tokens(text)] == words


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("<will> go", "He would go and they will go", ["would go", "will go"]),
        ("<glad> to", "He was only too glad to", ["only too glad to"]),
        ("too glad | <glad>", "too glad", ["too glad"]),
        ("object*", "he objected", ["objected"]),
        ("no objection?", "no objection, no", ["no objection", "no"]),
        ("<will> (not)? go", "will not go", ["will not go"]),
        ("<will> !not _", "will not; will go", ["will go"]),
        ("he .. went", "he and she then went", ["he and she then went"]),
        ("he .. went", "he and she and they then went", []),
        ("he ... went", "he and she and they then went", ["he and she and they then went"]),
        ("he ... went", "he sat. They went", []),
        ("^ he", "he saw he", ["he"]),
        ("he $", "he saw he", ["he"]),
        ("what \\? $", "so what?", ["what ?"]),
        ("<title> said", "Mr. Lund said", ["mr. lund said"]),
        ("<title> said", "the secretary of state said", ["the secretary of state said"]),
        ("<bad>", "a dangerous sea", ["dangerous"]),
        ("go", "gone", []),
    ],
)
def test_patterns(pattern: str, text: str, found: list[str]) -> None:
    """Each part of the language of patterns."""
    assert matched(pattern, text) == found


def test_roles() -> None:
    """A role matches the words that have it, with the article before them, and no others."""
    text, roles = "the Swedish side said that Norway would", ["", "own", "own", "", "", "other", ""]
    assert matched("@own", text, roles) == ["the swedish side"]
    assert matched("@other would", text, roles) == ["norway would"]
    assert matched("@own would", text, roles) == []


def test_spans_of_matches() -> None:
    """A match of a line is told in tokens, which lead back to the exact words of the text."""
    text = "Then, Mr. Lund — smiling — said no."
    on = line(text)
    (match,) = Grammar([rule("no", ["said no"], {})]).find(on)
    assert text[slice(*on.span(match.first, match.last))] == "said no"
    assert text[slice(*on.span(0, len(on.tokens)))] == text


def test_rules_in_their_order_with_their_patterns() -> None:
    """Matches come by rule, then by pattern, then by place, and name both."""
    grammar = Grammar([rule("b", ["two", "one"], {}), rule("a", ["one"], {})])
    assert [(m.rule, m.pattern) for m in grammar.find(line("one two"))] == [("b", 0), ("b", 1), ("a", 0)]


@given(st.lists(st.sampled_from(["he", "will", "would", "not", "go", "glad", "to", ".", "only", "too"]), max_size=12))  # fmt: skip
def test_what_wakes_a_rule_never_hides_a_match(words: list[str]) -> None:
    """Looking at a rule only where a word it needs stands finds what looking everywhere finds."""
    patterns = ["<will> .. go", "<glad> to?", "he | not go", "_ too"]
    made = rule("r", patterns, CLASSES)
    on = Line(tokens(" ".join(words)), [""] * len(tokens(" ".join(words))))
    everywhere = sum(1 for pattern in made.patterns for _ in pattern.regex.finditer(on.string))
    assert len(list(Grammar([made]).find(on))) == everywhere
