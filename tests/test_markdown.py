"""Markdown with front matter: what the description tells, and passages that are the file's own characters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.importers import File, markdown
from memcon.importers.dateline import split
from memcon.importers.fields import participants
from memcon.importers.kinds import kind_of
from memcon.importers.paragraphs import Labels, paragraphs
from memcon.model import KINDS, Collection, MarkKind, PassageKind, Problem, Record, Severity

EDITION = """---
doc_date: '1962-11-28'
doc_num: 7
doc_order: 7
naa_refs:
- naa_barcode: 0140860
  naa_control_symbol: 12/3 PART 3
  naa_series: A99
  reference: '[NAA: Al99, 12/3, iii]'
title: RECORD OF CONVERSATION BETWEEN ALPHA [1] AND BETA
vol_full_title: 'Volume 90: Papers of
  Nowhere'
vol_id: 90
vol_title: 'Volume 90: Nowhere'
---

Canberra, 28 November 1962

4856\\. Top Secret Guard

 **The Harbour**

[ _matter omitted_ ]

4\\. Mr. Alpha said[3](#f3) that the harbour [sic] would be closed on two grounds:

(a) the _weather_ was bad;

(b) nobody came.

5\\. Mr. Beta agreed.

[NAA: A199, 12/3, iii]

1 Alpha was a clerk.

3 Document 6.

which see."""


def read(text: str, name: str = "volume/7-record.md") -> list[object]:
    file = File(name, text.encode())
    assert markdown.claims(file)
    return list(markdown.records(file))


@pytest.fixture
def paper() -> Record:
    """The one record of EDITION."""
    [record] = [item for item in read(EDITION) if isinstance(item, Record)]
    return record


def test_a_paper_of_the_edition_is_found_again_by_volume_and_number(paper: Record) -> None:
    """Id, number and collection come from the edition; the volume itself comes first."""
    volume = read(EDITION)[0]
    assert isinstance(volume, Collection)
    assert (volume.id, volume.title) == (
        "dfat90",
        "Documents on Australian Foreign Policy, Volume 90: Papers of Nowhere",
    )
    assert (paper.id, paper.own_id, paper.number, paper.collection) == ("dfat90/7", True, "7", "dfat90")


def test_the_description_keeps_printed_words_beside_what_is_understood(paper: Record) -> None:
    """Date with its words, place, marks, kind, and the title without the anchor that the heading keeps."""
    assert paper.date is not None
    assert (paper.date.edtf, paper.date.printed) == ("1962-11-28", "28 November 1962")
    assert (paper.place, paper.kind) == ("Canberra", "memorandum-of-conversation")
    assert (paper.classification, paper.handling, paper.document_number) == ("Top Secret", "Guard", "4856")
    assert paper.title == "RECORD OF CONVERSATION BETWEEN ALPHA AND BETA"
    assert paper.heading == "RECORD OF CONVERSATION BETWEEN ALPHA [1] AND BETA"


def test_a_signature_is_verbatim_with_the_editions_own_parts(paper: Record) -> None:
    """A misprinted series stays in the verbatim form; the barcode keeps its leading zero."""
    [reference] = paper.references
    assert reference.verbatim == "[NAA: Al99, 12/3, iii]"
    assert reference.parts == (("series", "A99"), ("control symbol", "12/3 PART 3"))
    assert ("naa_refs.1.naa_barcode", "0140860") in paper.extras


def test_passages_have_their_kinds_and_labels(paper: Record) -> None:
    """Dateline, heading, omission, nested points, notes and the archive's line are told apart."""
    told = [(p.id, p.kind.value, p.label) for p in paper.text.passages]
    assert told == [
        ("p1", "dateline", None), ("p2", "heading", None), ("p3", "heading", None), ("p4", "editorial", None),
        ("p5", "paragraph", "4"), ("p6", "paragraph", "4(a)"), ("p7", "paragraph", "4(b)"), ("p8", "paragraph", "5"),
        ("p9", "source-note", None), ("n1", "note", "1"), ("n3", "note", "3"), ("n3+", "note", None),
    ]  # fmt: skip


def test_anchors_editors_words_and_signs_are_marked(paper: Record) -> None:
    """Every mark covers exactly the characters it is about."""
    point = paper.text.passages[4]
    marks = [(mark.kind, mark.span.of(point.text), mark.target) for mark in point.marks]
    assert marks == [
        (MarkKind.MARKUP, "\\", None),
        (MarkKind.ANCHOR, "[3](#f3)", "n3"),
        (MarkKind.EDITOR, "[sic]", None),
    ]
    omitted = paper.text.passages[3]
    assert (MarkKind.EXCISION, "[ _matter omitted_ ]") in [
        (m.kind, m.span.of(omitted.text)) for m in omitted.marks
    ]


def test_a_passage_is_the_files_own_characters(paper: Record) -> None:
    """The place of each passage gives its text again."""
    for passage in paper.text.passages:
        assert passage.place is not None
        assert EDITION[passage.place.start : passage.place.end] == passage.text


PLAIN_KEYS = """---
id: edition-d7
title: 61. Memorandum of Conversation
date: '1973-08-03T12:30:00'
place: Springfield, August 3, 1973, 12:30–1:10 p.m.
participants:
- PARTICIPANTS
- U.S.
- The Secretary
- Mr. Gamma, Assistant Secretary
- 'Second Embassy:'
- Ambassador Delta
subject:
- Fishing
source: 'Source: National Archives, RG 59, Central Files 1970-73, POL 1 A-B. Secret; Nodis. Drafted by Gamma.'
colour: green
---

The Ambassador spoke.
"""


def test_plain_keys_become_fields_and_unknown_ones_extras() -> None:
    """Place, date and hours of a dateline are kept apart; parties are the list's own headings."""
    [record] = read(PLAIN_KEYS, "d7.md")
    assert isinstance(record, Record)
    assert (record.id, record.own_id, record.kind) == ("edition-d7", True, "memorandum-of-conversation")
    assert record.date is not None
    assert (record.date.edtf, record.date.printed) == ("1973-08-03", "August 3, 1973")
    assert (record.place, record.time) == ("Springfield", "12:30–1:10 p.m.")
    assert [(p.printed, p.party) for p in record.participants] == [
        ("The Secretary", "U.S."),
        ("Mr. Gamma, Assistant Secretary", "U.S."),
        ("Ambassador Delta", "Second Embassy"),
    ]
    assert record.subjects == ("Fishing",)
    assert (record.classification, record.handling) == ("Secret", "Nodis")
    assert record.credits[0].role == "drafted by"
    assert ("colour", "green") in record.extras


def test_a_date_may_be_missing_where_the_place_prints_it() -> None:
    """`date: null` leaves the date to the printed dateline; nothing else is made of the null."""
    text = PLAIN_KEYS.replace("'1973-08-03T12:30:00'", "null")
    [record] = read(text, "d7.md")
    assert isinstance(record, Record)
    assert record.date is not None
    assert record.date.edtf == "1973-08-03"


def test_a_contradiction_of_dates_is_said() -> None:
    """The given date stays, and a warning names both."""
    text = PLAIN_KEYS.replace("'1973-08-03T12:30:00'", "'1974-08-03'")
    [record] = read(text, "d7.md")
    assert isinstance(record, Record)
    assert record.date is not None
    assert record.date.edtf == "1974-08-03"
    assert [p.severity for p in record.problems] == [Severity.WARNING]


def test_a_day_that_the_paper_does_not_print_is_not_kept() -> None:
    """An edition that puts a month down as its first day is corrected to the month, and it is said."""
    text = EDITION.replace("'1962-11-28'", "'1962-11-01'").replace(
        "Canberra, 28 November", "Canberra, November"
    )
    [record] = [item for item in read(text) if isinstance(item, Record)]
    assert record.date is not None
    assert record.date.edtf == "1962-11"
    assert [p.severity for p in record.problems] == [Severity.NOTE]


def test_an_attachment_after_the_notes_is_text_again() -> None:
    """Notes end where an attachment begins."""
    text = EDITION.replace("which see.", "Attachment\n\nThe text of the attachment is long.")
    [record] = [item for item in read(text) if isinstance(item, Record)]
    assert [p.kind.value for p in record.text.passages[-2:]] == ["enclosure", "paragraph"]


def test_markdown_without_front_matter_has_its_first_heading_as_title() -> None:
    """The id then is of the file's name and not the paper's own."""
    [record] = read("# Record of a *talk*\n\nA. spoke.\n\n- one\n- two\n", "folder/A Talk.md")
    assert isinstance(record, Record)
    assert (record.id, record.own_id, record.title) == ("a-talk", False, "Record of a talk")
    assert [p.kind for p in record.text.passages] == [
        PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.ITEM,
    ]  # fmt: skip


@pytest.mark.parametrize("front", ["a: [1", "- just\n- a list", "a: &x [1]\nb: *x"])
def test_front_matter_that_cannot_be_read_is_a_problem_and_the_text_stays(front: str) -> None:
    """The text is read all the same."""
    items = read(f"---\n{front}\n---\n\nThe text.\n", "x.md")
    assert isinstance(items[0], Problem)
    assert isinstance(items[-1], Record)
    assert items[-1].text.passages[-1].text == "The text."


@pytest.mark.parametrize(
    ("printed", "place", "edtf", "time"),
    [
        ("Cablegram AD37, PARIS, 3 October 1948, 9.55 p.m.", "PARIS", "1948-10-03", "9.55 p.m."),
        ("Letter CANBERRA, 29 June 1949", "CANBERRA", "1949-06-29", None),
        ("18th June, 1953", None, "1953-06-18", None),
        ("[Springfield,] October 23, 1954.", "[Springfield]", "1954-10-23", None),
        ("Minute PARIS, [20 October 1948], 3.30 p.m.", "PARIS", "1948-10-20", "3.30 p.m."),
        ("Springfield, Nowhere, November 3, 1961, 1 p.m.", "Springfield, Nowhere", "1961-11-03", "1 p.m."),
    ],
)
def test_a_dateline_is_taken_apart(printed: str, place: str | None, edtf: str, time: str | None) -> None:
    """Place, date and hours, each as printed."""
    found = split(printed)
    assert found is not None
    assert found.date is not None
    assert (found.place, found.date.edtf, found.time) == (place, edtf, time)


def test_words_without_a_date_are_no_dateline() -> None:
    """Nor are words that go on after it."""
    assert split("The harbour was closed") is None
    assert split("On 3 May 1950 he came and spoke about the harbour") is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("RECORD OF CONVERSATION BETWEEN A AND B", "memorandum-of-conversation"),
        ("No. 12Memorandum of Conversation, by the Counselor", "memorandum-of-conversation"),
        ("Memorandum of Telephone Conversation", "telephone-conversation"),
        ("CABLEGRAM TO CANBERRA", "telegram"),
        ("Letter From A To B", "letter"),
        ("Note verbale from the Embassy", "note"),
        ("Alpha to Beta", None),
    ],
)
def test_the_kind_is_what_the_title_says(title: str, kind: str | None) -> None:
    """A title that names none has none."""
    assert kind_of(title) == kind
    assert kind is None or kind in KINDS


def test_a_point_within_a_point_takes_its_label() -> None:
    """A number starts again under a point that ends in a colon, and the outer run goes on after it."""
    labels = Labels()
    lines = [
        "1. a",
        "b",
        "2. c:",
        "1. d",
        "2. e",
        "f",
        "3. g",
        "(a) h",
        "(b) i:",
        "(i) j",
        "(ii) k",
        "(c) l",
        "1. m",
    ]
    assert [labels.of(line) for line in lines] == [
        "1", None, "2", "2.1", "2.2", None, "3", "3(a)", "3(b)", "3(b)(i)", "3(b)(ii)", "3(c)", "1",
    ]  # fmt: skip


def test_letters_go_past_h() -> None:
    """(i) after (h) is the letter."""
    labels = Labels()
    assert [labels.of(f"({c}) x") for c in "abcdefghij"][-3:] == ["(h)", "(i)", "(j)"]


def test_a_list_of_persons_without_parties_gives_none() -> None:
    """A heading that only says that persons follow is no party."""
    assert [p.party for p in participants(["PRESENT", "The President", "Mr. Alpha"])] == [None, None]


@given(st.text(alphabet="ab \n\r\t_*[]#1.\\()", max_size=200))
def test_whatever_is_written_comes_back_character_by_character(text: str) -> None:
    """Paragraphs are the file's characters, in order, and nothing but white space is between them."""
    rest = text
    for paragraph in paragraphs(text):
        assert text[paragraph.start : paragraph.end] == paragraph.text
        before, _, rest = rest.partition(paragraph.text)
        assert not before.strip()
    assert not rest.strip()


@given(st.text(alphabet="ab \n_*[]#1.\\()/>-:^", max_size=120))
def test_no_text_breaks_the_reading_of_it(text: str) -> None:
    """Passages stand at their place, marks lie within, anchors lead to a note that is there."""
    for item in markdown.records(File("x.md", b"x\n\n" + text.encode())):
        assert isinstance(item, Record)
        whole = "x\n\n" + text
        ids = [passage.id for passage in item.text.passages]
        assert len(ids) == len(set(ids))
        for passage in item.text.passages:
            assert passage.place is not None
            assert whole[passage.place.start : passage.place.end] == passage.text
            for mark in passage.marks:
                assert 0 <= mark.span.start < mark.span.end <= len(passage.text)
                assert mark.kind is not MarkKind.ANCHOR or mark.target in ids


def papers(folder: Path, pattern: str) -> list[Record]:
    items = [
        item
        for path in sorted(folder.glob(pattern))
        for item in markdown.records(File(str(path), path.read_bytes()))
    ]
    assert not [item for item in items if isinstance(item, Problem)]
    return [item for item in items if isinstance(item, Record)]


@pytest.mark.shared
def test_the_four_volumes_come_in_whole(corpora: Path) -> None:
    """1,428 papers, each with its date; the only warning is of one whose date the edition has wrong."""
    found = papers(corpora, "volume-*/*.md")
    assert len({record.id for record in found}) == len(found) == 1428
    assert all(record.date for record in found)
    worse = [
        problem for record in found for problem in record.problems if problem.severity is not Severity.NOTE
    ]
    assert len(worse) == 1
    assert sum(record.kind is not None for record in found) > 1250
    assert sum(bool(record.place) for record in found) > 1300


@pytest.mark.shared
def test_the_annotated_records_come_in_whole(shared: Path) -> None:
    """Every one has an own id and a text, none a fault."""
    found = papers(shared / "gold", "*/*.md")
    assert len(found) == len({record.id for record in found}) > 150
    assert all(record.text.passages and record.own_id for record in found)
    assert not [p for record in found for p in record.problems if p.severity is not Severity.NOTE]
