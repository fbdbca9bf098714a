"""Names as printed: titles off, entries of lists apart, one form known by another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.names import is_initials, key, name_of, same, split_entry, without_title


def place(words):
    return 2 if list(words[:2]) == ["the", "UN"] else 1 if words[0] in {"Ruritania", "UN", "Freedonia"} else 0


@pytest.mark.parametrize(
    ("printed", "name", "office"),
    [
        ("Dr. Anton B. Vogel, Ambassador, Ruritanian Embassy", "Anton B. Vogel", "Ambassador, Ruritanian Embassy"),
        ("American Ambassador to Ruritania, Mr. Paul T. Moss", "Paul T. Moss", "American Ambassador to Ruritania"),
        ("Prime Minister of Ruritania, Otto Vogel", "Otto Vogel", "Prime Minister of Ruritania"),
        ("Mr. Paul T. Moss—Assistant Secretary for European Affairs", "Paul T. Moss", "Assistant Secretary for European Affairs"),
        ("EUR—Paul T. Moss", "Paul T. Moss", "EUR"),
        ("Secretary of State Harlow", "Harlow", "Secretary of State"),
        ("Foreign Minister Vogel of Ruritania", "Vogel", "Foreign Minister of Ruritania"),
        ("Ambassador to the UN Vogel", "Vogel", "Ambassador to the UN"),
        ("Mr. Petrov (interpreter)", "Petrov", "interpreter"),
        ("General Walter Amos Pike, Acting Secretary", "Walter Amos Pike", "Acting Secretary"),
        ("The Secretary", "", "The Secretary"),
        ("The President of Freedonia", "", "The President of Freedonia"),
        ("Petrov I.V.", "Petrov I.V.", ""),
    ],
)  # fmt: skip
def test_entry(printed, name, office):
    """A printed entry gives the name without titles and the office as printed."""
    entry = split_entry(printed, place)
    assert (entry.name, entry.office) == (name, office)


@pytest.mark.parametrize(
    ("printed", "surname"),
    [("Mr. Paul T. Moss", "Moss"), ("Petrov I.V.", "Petrov"), ("Wang Kuo-shu", "Wang"), ("John A. Smith, Jr.", "Smith"),
     ("MR. CARVER", "CARVER"), ("His Excellency Dr. Otto Vogel", "Vogel")],
)  # fmt: skip
def test_surname(printed, surname):
    """The family name is told from its place, initials and hyphens."""
    assert name_of(printed).surname == surname


def test_same_person():
    """Given names may be missing or initials, and must not contradict."""
    assert same("Mr. Moss", "Paul T. Moss")
    assert same("P. Moss", "Paul Moss")
    assert not same("R. Tanabe", "H. Tanabe")
    assert not same("Paul Moss", "Paul Harlow")


def test_title_apart():
    """Courtesy and rank come off, the letters of the name stay."""
    assert without_title("His Excellency Dr. Otto Vogel") == ("His Excellency Dr.", "Otto Vogel")
    assert without_title("Kim") == ("", "Kim")


def test_key_and_initials():
    """Words are compared without stops and genitive; initials are told from short names."""
    assert key("Vogel’s") == "vogel"
    assert key("K.C.") == "kc"
    assert is_initials("K.C.")
    assert not is_initials("Kim")


@given(st.text(max_size=60))
def test_nothing_invented(printed):
    """Every word of name and office was printed, whatever was printed."""
    entry = split_entry(printed)
    for word in f"{entry.name} {entry.office} {entry.title}".split():
        assert word.strip(",") in printed
