"""Signatures: understood in their parts, kept verbatim, written back; source notes taken apart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon import references
from memcon.references import file_key, find, parse, source_note, status

RUSSIAN = [
    "AVP RF, f. 0100, op. 43, d. 43, papka 302, ll. 1-5",
    "AVPRF, f. 0100, op. 43, d. 43, pap.302, Il. 1-5",
    "AVP RF, f. 0100, op. 43, d. 43, p. 302, 11. 1-5",
    "AVP RF, fond 0100, opis 43, papka 302, delo 43, listy 1-5.",
    "AVP RF, f.0100, op.43, p.302, d.43, ll.1-5",
]


@pytest.mark.parametrize("printed", RUSSIAN)
def test_russian_variants_have_the_same_parts(printed):
    """Abbreviated or written out, in any order, with the usual misreadings of "ll.": the parts are the same."""
    found = parse(printed)
    assert found.verbatim == printed
    assert found.archive == "AVP RF"
    assert dict(found.parts) == {"fond": "0100", "opis": "43", "delo": "43", "papka": "302", "listy": "1-5"}
    assert status(found) == "full"
    assert references.format(found) == RUSSIAN[0]


@pytest.mark.parametrize(
    ("printed", "archive", "parts"),
    [
        ("RGANI, f. 5, op. 49, d. 131, ll. 193-194", "RGANI",
         [("fond", "5"), ("opis", "49"), ("delo", "131"), ("listy", "193-194")]),
        ("AVPRF, f. 0100, op. 42, por. 19, pap.288, ll. 32-33", "AVP RF",
         [("fond", "0100"), ("opis", "42"), ("por", "19"), ("papka", "288"), ("listy", "32-33")]),
        ("RGASPI, f. 558, op. 11, d. 97, l. 67 ob.", "RGASPI",
         [("fond", "558"), ("opis", "11"), ("delo", "97"), ("listy", "67 ob.")]),
        ("TsDA, f. 1-B, op. 64, a.e. 278", "TsDA", [("fond", "1-B"), ("opis", "64"), ("a.e.", "278")]),
        ("dodis.ch/31369", "dodis.ch", [("dodis", "31369")]),
        ("[AA : A1838/283, 403/3/1/1, xii]", "AA",
         [("series", "A1838/283"), ("control symbol", "403/3/1/1"), ("part", "xii")]),
        ("[NAA: A5954, 78/3]", "NAA", [("series", "A5954"), ("control symbol", "78/3")]),
        ("[AA:A10847, 1]", "AA", [("series", "A10847"), ("control symbol", "1")]),
        ("[NAA: A4910, iv]", "NAA", [("series", "A4910"), ("part", "iv")]),
        ("Department of State, Central Files, 793.00/2-361", "Department of State",
         [("series", "Central Files"), ("decimal", "793.00/2-361")]),
        ("National Archives, RG 59, Central Files 1964–66, POL 27 VIET S", "National Archives",
         [("record group", "59"), ("series", "Central Files 1964–66"), ("subject-numeric", "POL 27 VIET S")]),
        ("POL 27 VIET S", None, [("subject-numeric", "POL 27 VIET S")]),
        ("501.BC Atomic/9–148: Telegram", None, [("decimal", "501.BC Atomic/9–148"), ("form", "Telegram")]),
        ("Department of State, Conference Files: Lot 60 D 627, CF 584", "Department of State",
         [("series", "Conference Files"), ("lot", "60 D 627"), ("folder", "CF 584")]),
        ("Ford Library, National Security Adviser, Staff Files, 1974–77, Box 7, Treaty Talks (7), 1976", "Ford Library",
         [("series", "National Security Adviser"), ("series", "Staff Files, 1974–77"), ("box", "7"),
          ("folder", "Treaty Talks (7), 1976")]),
        ("Washington National Records Center, RG 330, OSD Files: FRC 330–80–17, Box 8", "Washington National Records Center",
         [("record group", "330"), ("series", "OSD Files"), ("accession", "FRC 330–80–17"), ("box", "8")]),
        ("National Archives, RG 59, Central Foreign Policy File, D780506–0222", "National Archives",
         [("record group", "59"), ("series", "Central Foreign Policy File"), ("film", "D780506–0222")]),
        ("Ibid., Central Files, 762.00/6–559", "ibid.", [("series", "Central Files"), ("decimal", "762.00/6–559")]),
    ],
)  # fmt: skip
def test_forms(printed, archive, parts):
    """Each form gives its archive and its parts as printed, in the order printed, with nothing left over."""
    found = parse(printed)
    assert (found.archive, list(found.parts), found.unparsed) == (archive, parts, "")


@pytest.mark.parametrize(
    "printed",
    [
        "Public Papers of the Presidents of the United States, 1961, p. 3",
        "Department of State Bulletin, May 6, 1974, pp. 477–483",
        "FO 371/83313",
        "[FA : A9420, OUT E 1948]",
        "I told him so in June",
        "",
    ],
)
def test_what_is_not_known_is_left_alone(printed):
    """Books and unknown forms have no parts and no archive; the words stay, and say that they are unparsed."""
    found = parse(printed)
    assert (found.archive, found.parts) == (None, ())
    assert found.unparsed == printed
    assert status(found) == "none"
    assert references.format(found) == printed


def test_what_is_half_understood_says_so():
    """The parts understood are there, and the rest is named."""
    found = parse("AVP RF, f. 07, op. 23a, d. 18, see also the other copy")
    assert found.part("delo") == "18"
    assert found.unparsed == "see also the other copy"
    assert status(found) == "part"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lot 60 D 627, CF 1", "Department of State, Conference Files: Lot 60D627, CF 584"),
        ("AVP RF, f. 0100, op. 43, d. 43, papka 302, ll. 1-5", "AVPRF, f. 0100, op. 43, d. 43, ll. 7-9"),
        ("Department of State, Central Files, 793.00/2–361", "793.00/11-1558: Telegram"),
        ("[AA : A1838/283, 3107/38, xi]", "[NAA: Al838, 3107/38, XI]"),
        ("Carter Library, NSA, Cables, Box 5, A", "Carter Library, NSA, Cables, Box 5, B"),
    ],
)
def test_neighbours_in_a_file(one, other):
    """Papers of one delo, lot, decimal file, control symbol or box have the same key, however it is spelled."""
    assert file_key(parse(one)) is not None
    assert file_key(parse(one)) == file_key(parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AVP RF, f. 0100, op. 43, d. 43", "AVP RF, f. 100, op. 43, d. 43"),
        ("[NAA: A1838, 3107/38, xi]", "[NAA: A1838, 3107/38, x]"),
        ("Lot 60 D 627, CF 1", "Lot 60 D 62, CF 1"),
        ("RGANI, f. 5, op. 49, d. 131", "RGASPI, f. 5, op. 49, d. 131"),
    ],
)
def test_strangers(one, other):
    """A leading zero, a part, a number or an archive makes another file."""
    assert file_key(parse(one)) != file_key(parse(other))


def test_ibid_is_not_guessed():
    """What "ibid." points back to is not decided, so it has no neighbours."""
    assert parse("Ibid., Box 5").archive == "ibid."
    assert file_key(parse("Ibid., Box 5")) is None


def test_signatures_in_prose():
    """Found where they stand, in the order of the text."""
    text = (
        "A copy is in AVP RF, f. 0100, op. 43, d. 43; see dodis.ch/31369 and [AA : A1838, 191/1/4, i]. "
        "(Department of State, Central Files, 611.93/8–2555; ibid., Lot 60 D 627) He said (and we agree) no."
    )
    found = find(text)
    assert [span.of(text) for span, _ in found] == [
        "AVP RF, f. 0100, op. 43, d. 43",
        "dodis.ch/31369",
        "[AA : A1838, 191/1/4, i]",
        "Department of State, Central Files, 611.93/8–2555",
        "ibid., Lot 60 D 627",
    ]
    assert all(span.of(text) == reference.verbatim for span, reference in found)


NOTE = (
    "Source: Department of State, Central Files, 762.0221/1–2258. Confidential; Priority. Drafted by A. B. Able; "
    "cleared in draft by Baker, Cook, and Dr. Dee; and approved by Elm. Also sent to London. No meeting was held."
)


def test_a_source_note_taken_apart():
    """Reference, classification, handling, credits and what is left over, each in its own words."""
    found = source_note(NOTE)
    assert found.references[0].verbatim == "Department of State, Central Files, 762.0221/1–2258"
    assert (found.classification, found.handling) == ("Confidential", "Priority")
    assert found.credits == (
        ("drafted by", "A. B. Able"),
        ("cleared in draft by", "Baker, Cook, and Dr. Dee"),
        ("approved by", "Elm"),
    )
    assert found.rest == "Also sent to London. No meeting was held."


@pytest.mark.parametrize(
    ("printed", "classification", "handling"),
    [
        ("Source: Ford Library, Box 1. Secret; Nodis; [handling restriction not declassified].", "Secret",
         "Nodis; [handling restriction not declassified]"),
        ("Source: Ford Library, Box 1. No classification marking. A copy.", "No classification marking", None),
        ("Source: Department of State, Personal Files. Top Secret; Eyes Only.", "Top Secret", "Eyes Only"),
        ("Source: Ford Library, Jan. 1974–Apr. 1975. The meeting was secret.", None, None),
        ("[Source: Ford Library, Box 1. Secret. 2 pages not declassified.]", "Secret", None),
    ],
)  # fmt: skip
def test_markings_as_printed(printed, classification, handling):
    """The grade is what stands first after the reference; the rest of that sentence is handling."""
    found = source_note(printed)
    assert (found.classification, found.handling) == (classification, handling)


def test_a_summary_before_the_source():
    """Some volumes print a summary in the same note."""
    found = source_note("Summary: They talked. Source: Ford Library, Box 1. Secret.")
    assert found.summary == "They talked."
    assert found.references[0].part("box") == "1"


@given(st.text(alphabet=st.sampled_from("aAfdlp.,;:/ 019–()[]“”ILNAobRG"), max_size=80))
def test_any_words_are_kept(words):
    """Nothing raises; the verbatim words are the words given; a form not understood has no parts."""
    found = parse(words)
    assert found.verbatim == words
    assert status(found) != "full" or not found.unparsed
    for span, reference in find(words):
        assert span.of(words) == reference.verbatim
    source_note(words)


DIGITS = st.from_regex(r"0?[1-9][0-9]{0,3}", fullmatch=True)


@given(st.sampled_from(["AVP RF", "RGANI", "GA RF"]), DIGITS, DIGITS, DIGITS, DIGITS)
def test_writing_back_is_stable(archive, fond, opis, delo, listy):
    """What is formatted is parsed into the same parts, leading zeros and all."""
    printed = f"{archive}, f. {fond}, op. {opis}, d. {delo}, l. {listy}"
    found = parse(printed)
    assert references.format(found) == printed
    assert dict(found.parts) == {"fond": fond, "opis": opis, "delo": delo, "listy": listy}


@pytest.mark.parametrize(
    "hostile", ["(, " * 300_000, "f. op. " * 150_000, "A " * 500_000, "Source: " + "A. B " * 200_000]
)
def test_long_nonsense_is_quick(hostile):
    """A megabyte that is no signature takes no more than a moment."""
    started = time.monotonic()
    parse(hostile)
    find(hostile)
    source_note(hostile)
    assert time.monotonic() - started < 3
