"""TEI in, records out: what the markup says is in the record, and the words are the file's own."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from memcon.importers import File, tei
from memcon.model import BODY, Collection, MarkKind, Passage, PassageKind, Problem, Record, Severity

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
VOLUMES = (
    "frus1914-20v02", "frus1943China", "frus1948v01p1", "frus1949v07p1", "frus1951v07p2", "frus1952-54v14p2",
    "frus1955-57v03", "frus1955-57v20", "frus1958-60v08", "frus1958-60v19", "frus1961-63v06", "frus1961-63v22",
    "frus1964-68v14", "frus1964-68v29p1", "frus1964-68v30", "frus1969-76v01", "frus1969-76v22",
    "frus1969-76v38p1", "frus1969-76ve09p1", "frus1977-80v21",
)  # fmt: skip

HEADER = """<teiHeader><fileDesc><titleStmt><title type="complete">Papers of a
 Fair, 1901</title><editor role="primary">Ann Editor</editor><editor role="general">Guy Chief</editor></titleStmt>
<publicationStmt><publisher>Office</publisher><pubPlace>Harbour</pubPlace><date>1950</date><idno type="frus">fair1</idno>
</publicationStmt><sourceDesc><p>Printed book</p></sourceDesc></fileDesc></teiHeader>"""
PERSONS = """<div type="section" xml:id="persons"><list><item><hi><persName xml:id="p_BA1">Baker, Ada</persName>,</hi>
 Minister of Fairs</item></list></div><div type="section" xml:id="terms"><list><item><hi><term xml:id="t_F1">F</term>,</hi>
 fair</item></list></div>"""


def volume(*documents: str, front: str = PERSONS, doctype: str = "") -> File:
    """A small volume of these documents."""
    body = "".join(documents)
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<TEI xmlns="http://www.tei-c.org/ns/1.0" '
        f'xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="fair1">{HEADER}<text><front>{front}</front>'
        f'<body><div type="compilation" xml:id="comp1"><head>The Fair</head>{body}</div></body></text></TEI>'
    )
    return File("fair1.xml", text.encode())


def document(inside: str, number: int = 1) -> str:
    """One document division."""
    return f'<div type="document" xml:id="d{number}" n="{number}">{inside}</div>'


def read(file: File) -> tuple[list[Record], list[Problem]]:
    """Records and problems of a file."""
    items = list(tei.records(file))
    records = [item for item in items if isinstance(item, Record)]
    return records, [item for item in items if isinstance(item, Problem)] + [
        p for r in records for p in r.problems
    ]


def only(inside: str) -> Record:
    """The record of a volume with this one document."""
    records, problems = read(volume(document(inside)))
    assert problems == []
    return records[0]


def body(record: Record) -> list[Passage]:
    """The paper's own passages."""
    return [passage for passage in record.text.passages if passage.kind in BODY]


TALK = """<pb n="7" xml:id="pg_7"/><head>1. Memorandum  of
 Conversation<note n="1" xml:id="d1fn1">Source: Department of State, Central Files, 123.45/6–750. Secret; Nodis.
 Drafted by Baker; approved by Cole. Copies went out.</note></head>
<dateline><placeName>Harbour</placeName>, <date from="1950-06-07T14:00:00" to="1950-06-07T15:30:00">June 7,
 1950, 2–3:30 p.m.</date></dateline>
<list type="subject"><head>SUBJECT</head><item>Tents<note n="2" xml:id="d1fn2">Of canvas.</note></item></list>
<list type="participants"><head>PARTICIPANTS</head><item>The Chair</item><item><list><head><hi rend="italic">Guests</hi></head>
<item>Minister <persName corresp="#p_BA1">Baker</persName></item></list></item></list>
<p><persName corresp="#p_BA1">Baker</persName> asked for <gloss target="#t_F1">F</gloss> tents<note n="3" xml:id="d1fn3">See <ref
 target="#d2">Document 2</ref>.</note> and <pb n="8" xml:id="pg_8"/>ten [<hi rend="italic">2 lines not declassified</hi>] flags.</p>
<p>1. First:</p><p>1. Within.</p><p>2. Also within.</p><p>2. Second.</p>
<closer><signed><hi rend="strong">Ada Baker</hi></signed></closer>"""


def test_the_description_of_a_talk():
    """Heading, source note, dateline, lists and pages each reach their field."""
    records, problems = read(volume(document(TALK), document("<head>2. Letter</head><p>Sir.</p>", 2)))
    record = records[0]
    assert problems == []
    assert (record.id, record.own_id, record.number, record.collection) == ("fair1/d1", True, "1", "fair1")
    assert record.heading == "1. Memorandum of Conversation"
    assert (record.title, record.kind) == ("Memorandum of Conversation", "memorandum-of-conversation")
    assert (record.classification, record.handling) == ("Secret", "Nodis")
    assert [(c.role, c.printed) for c in record.credits] == [("drafted by", "Baker"), ("approved by", "Cole")]
    assert record.references[0].parts == (("series", "Central Files"), ("decimal", "123.45/6–750"))
    assert record.date is not None
    assert (record.date.edtf, record.date.printed) == ("1950-06-07", "June 7, 1950, 2–3:30 p.m.")
    assert (record.time, record.place) == ("14:00:00/15:30:00", "Harbour")
    assert record.subjects == ("Tents",)
    assert [(p.printed, p.party, p.authority) for p in record.participants] == [
        ("The Chair", None, None),
        ("Minister Baker", "Guests", "p_BA1"),
    ]
    assert record.links == ("fair1/d2",)
    assert ("compilation", "The Fair") in record.extras
    assert ("source note", "Copies went out.") in record.extras


def test_marks_lie_on_their_words():
    """Persons, terms, pages, anchors and excisions are marked at their exact places in the squeezed text."""
    record = read(volume(document(TALK), document("<p>Sir.</p>", 2)))[0][0]
    passage = next(p for p in record.text.passages if p.text.startswith("Baker asked"))
    assert passage.text == "Baker asked for F tents and ten [2 lines not declassified] flags."
    marked = {(m.kind, m.span.of(passage.text), m.target) for m in passage.marks}
    assert (MarkKind.PERSON, "Baker", "p_BA1") in marked
    assert (MarkKind.TERM, "F", "t_F1") in marked
    assert (MarkKind.EXCISION, "[2 lines not declassified]", None) in marked
    places = {m.kind: passage.text[: m.span.start] for m in passage.marks}
    assert places[MarkKind.ANCHOR] == "Baker asked for F tents"
    assert places[MarkKind.FOLIO] == "Baker asked for F tents and "


def test_apparatus_stands_apart_and_is_reached():
    """Notes come after the body, each with the label printed, and every anchor leads to one."""
    record = read(volume(document(TALK), document("<p>Sir.</p>", 2)))[0][0]
    notes = [p for p in record.text.passages if p.kind in (PassageKind.NOTE, PassageKind.SOURCE_NOTE)]
    assert [(p.id, p.kind, p.label) for p in notes] == [
        ("d1fn1", PassageKind.SOURCE_NOTE, "1"),
        ("d1fn2", PassageKind.NOTE, "2"),
        ("d1fn3", PassageKind.NOTE, "3"),
    ]
    anchors = [m.target for p in record.text.passages for m in p.marks if m.kind is MarkKind.ANCHOR]
    assert anchors == ["d1fn1", "d1fn2", "d1fn3"]
    assert not any("Of canvas" in p.text for p in body(record))


def test_points_nest_by_their_order():
    """After "1. First:" a new "1." is a point within it, and the next in the outer order goes on outside."""
    record = read(volume(document(TALK), document("<p>Sir.</p>", 2)))[0][0]
    labels = [(p.label, p.text) for p in body(record) if p.label]
    assert labels == [
        ("1", "1. First:"),
        ("1.1", "1. Within."),
        ("1.2", "2. Also within."),
        ("2", "2. Second."),
    ]


def test_brackets_are_no_points():
    """Words in brackets at the beginning of a paragraph are no enumerator."""
    record = only("<head>1. Note</head><p>(four) Words.</p><p>(ABC) Letters.</p>")
    assert [p.label for p in body(record)] == [None, None]


def test_initials_are_no_labels():
    """ "Q." and "M." label nothing; "A." and "B." after it do."""
    record = only("<head>1. Note</head><p>Q. Why?</p><p>M. Dupont spoke.</p><p>A. Tents</p><p>B. Flags</p>")
    assert [p.label for p in body(record)] == [None, None, "A", "B"]


def test_folios_and_lines():
    """A passage knows the page on which it begins and the lines of the file where it stands."""
    record = read(volume(document(TALK), document("<p>Sir.</p>", 2)))[0][0]
    by_text = {p.text[:9]: p for p in record.text.passages}
    assert (by_text["Baker ask"].folio, by_text["1. First:"].folio) == ("7", "8")
    place = by_text["Baker ask"].place
    assert place is not None
    lines = volume(document(TALK)).data.decode().split("\n")[place.start - 1 : place.end - 1]
    assert "asked for" in lines[0]
    assert lines[-1].endswith("flags.</p>")


def test_a_nested_document_is_a_record_of_its_own():
    """Its words are not in the outer one, which links to it."""
    inner = document("<head>2. Letter From Baker</head><p>Inner words.</p>", 2)
    outer = document(f"<head>1. Note</head><p>Before.</p>{inner}<p>After.</p>")
    records, problems = read(volume(outer))
    assert problems == []
    assert [(r.id, [p.text for p in body(r)], r.links) for r in records] == [
        ("fair1/d1", ["Before.", "After."], ("fair1/d2",)),
        ("fair1/d2", ["Inner words."], ()),
    ]


def test_tables_lists_and_enclosures():
    """A row is a passage of cells parted by tabs; an item goes on from its label; an enclosure's heading is marked."""
    record = only(
        "<head>1. Report</head><p>As<list><label>(a)</label><item>one <lb/>thing</item><label/><item>two</item></list>said</p>"
        "<table><row><cell>Tents</cell><cell> 4 <note n='1'>Few.</note></cell></row><row><cell/><cell/></row></table>"
        "<frus:attachment><head>Enclosure</head><opener><seg>[Copy]</seg></opener><p>Dear.</p></frus:attachment>"
    )
    assert [(p.kind.value, p.text, p.label) for p in body(record)] == [
        ("paragraph", "As", None), ("item", "(a) one thing", "(a)"), ("item", "two", None), ("paragraph", "said", None),
        ("row", "Tents\t4", None), ("enclosure", "Enclosure", None), ("enclosure", "[Copy]", None),
        ("paragraph", "Dear.", None),
    ]  # fmt: skip


def test_unknown_elements_keep_their_words():
    """What the importer has never heard of still gives its text, in its place."""
    record = only(
        "<head>1. Note</head><p>Some <wobble>odd <deep>words</deep></wobble>, kept.</p><strange>And these.</strange>"
    )
    assert [p.text for p in body(record)] == ["Some odd words, kept.", "And these."]


def test_older_volumes_print_the_file_number_above():
    """A note before the heading is a signature with the form of the paper; secrecy stands beside the dateline."""
    record = only(
        "<note rend='inline' type='source'>793.00/2–361: Telegram</note><head>The Consul to the Secretary</head>"
        "<opener><dateline><placeName>Harbour</placeName>, <date when='1951-02-03T15:00:00'>February 3, 1951—3 p.m.</date>"
        "</dateline><seg>secret us urgent</seg></opener><p>98. 1. All is well.</p>"
    )
    assert record.kind == "telegram"
    assert record.references[0].parts == (("decimal", "793.00/2–361"), ("form", "Telegram"))
    assert (record.classification, record.handling, record.document_number) == ("secret", "us urgent", "98")
    assert body(record)[-1].label == "1"
    assert (record.date and record.date.edtf, record.time) == ("1951-02-03", "15:00:00")


def test_editorial_notes_are_apparatus():
    """The record has its kind, and none of its passages is taken for a paper's own words."""
    record = only("<head>1. Editorial Note</head><p>On that day they met.</p>")
    assert record.kind == "editorial-note"
    assert body(record) == []
    assert record.text.passages[-1].text == "On that day they met."


def test_the_volume_is_a_collection():
    """Title, primary editors, imprint and the lists of persons and terms."""
    found = next(tei.records(volume(document("<p>Sir.</p>"))))
    assert isinstance(found, Collection)
    assert (found.id, found.title, found.editors) == ("fair1", "Papers of a Fair, 1901", ("Ann Editor",))
    assert (found.publisher, found.place, found.year) == ("Office", "Harbour", "1950")
    assert [(p.key, p.name, p.description) for p in found.persons] == [
        ("p_BA1", "Baker, Ada", "Minister of Fairs")
    ]
    assert [(t.key, t.name, t.description) for t in found.terms] == [("t_F1", "F", "fair")]
    assert ("editor general", "Guy Chief") in found.extras


def test_plain_tei_is_one_record():
    """A file without document divisions is a record for the whole text, its author a credit."""
    text = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Letter of a Clerk</title>'
        '<author>A. Clerk</author></titleStmt><sourceDesc><p><date when="1899-01">January 1899</date></p></sourceDesc>'
        "</fileDesc></teiHeader><text><body><head>To the Mayor</head><p>I <choice><sic>recieve</sic><corr>receive</corr>"
        "</choice> him.</p></body></text></TEI>"
    )
    [record], problems = read(File("clerk.xml", text.encode()))
    assert problems == []
    assert (record.id, record.own_id, record.title, record.kind) == (
        "clerk",
        False,
        "Letter of a Clerk",
        "letter",
    )
    assert [p.text for p in body(record)] == ["To the Mayor", "I recieve him."]
    assert record.date is not None
    assert record.date.edtf == "1899-01"
    assert record.credits[0].printed == "A. Clerk"
    assert ("corr", "receive") in record.extras


@pytest.mark.parametrize(
    ("head", "mine"),
    [
        (b'<?xml version="1.0"?>\n<!-- x -->\n<TEI xmlns="http://www.tei-c.org/ns/1.0">', True),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0">'.encode("utf-16"), True),
        (b'<!DOCTYPE TEI [<!ENTITY a "b">]><tei:TEI xmlns:tei="http://www.tei-c.org/ns/1.0">', True),
        (b"<html><body>&lt;TEI&gt;</body></html>", False),
        (b"How to write <TEI> by hand", False),
        (b"", False),
    ],
)
def test_claims_by_content(head, mine):
    """The first element decides."""
    assert tei.claims(File("x.bin", head)) is mine


# --- hostile and broken files -------------------------------------------------------------------------------


def test_a_wrong_date_is_a_problem_and_not_a_date():
    """An impossible day keeps its printed words, has no EDTF, and is reported with its line."""
    wrong = (
        "<head>1. Note</head><dateline><date when='1950-02-31'>February 31, 1950</date></dateline><p>Sir.</p>"
    )
    [record], [problem] = read(volume(document(wrong)))
    assert record.date is not None
    assert (record.date.edtf, record.date.printed) == (None, "February 31, 1950")
    assert "line 1" in problem.where or "line" in problem.where
    assert problem.record == "fair1/d1"


@pytest.mark.parametrize(
    ("inside", "edtf", "time"),
    [
        ("<date when='1951-01-06'>January 6</date> and <date when='1951-01-07'>7, 1951</date>", "1951-01-06/1951-01-07", None),
        ("<date when='1917-01-29'>January 29</date>/<date when='1917-02-11'>February 11, 1917</date>", "1917-02-11", None),
        ("<date notBefore='1951-01' notAfter='1951-03'>early 1951</date>", "1951-01/1951-03", None),
        ("<date when='1965-05-12T13:05:00Z'>May 12, 1965, 1305Z</date>", "1965-05-12", "13:05:00Z"),
        ("<date when='1958-08-08'>August 8, 1958</date>, <time from='18:03:00' to='18:20:00'>6:03–6:20 p.m.</time>",
         "1958-08-08", "18:03:00/18:20:00"),
        ("undated", None, None),
    ],
)  # fmt: skip
def test_dates_in_every_encoded_form(inside, edtf, time):
    """Days, stretches, several days, two calendars, hours: as encoded, with the words printed beside."""
    record = only(f"<head>1. Note</head><dateline>Harbour, {inside}.</dateline><p>Sir.</p>")
    assert record.date is not None
    assert (record.date.edtf, record.time) == (edtf, time)
    assert record.date.printed


def test_an_encoding_that_contradicts_the_words_is_reported():
    """The encoded day is used, the printed words stay beside it, and the contradiction is a problem."""
    wrong = (
        "<head>1. Note</head><dateline><date when='1950-03-23'>March 25, 1950</date></dateline><p>Sir.</p>"
    )
    [record], [problem] = read(volume(document(wrong)))
    assert record.date is not None
    assert (record.date.edtf, record.date.printed) == ("1950-03-23", "March 25, 1950")
    assert "1950-03-25" in problem.message


def test_a_broken_document_does_not_stop_the_volume():
    """The documents that the fault does not touch come in; the damaged one is named with its line."""
    good = [document(f"<head>{n}. Letter</head>\n<p>Words of {n}.</p>\n", n) + "\n" for n in (1, 2, 3)]
    bad = good[1].replace("Words of 2.", "Fish & chips <b")
    records, problems = read(volume(good[0], bad, good[2]))
    assert [r.id for r in records if r.id != "fair1/d2"] == ["fair1/d1", "fair1/d3"] or [
        r.id for r in records
    ] == ["fair1/d1"]
    assert "fair1/d2" not in [r.id for r in records]
    assert any(p.record == "fair1/d2" and p.severity is Severity.ERROR for p in problems)


def test_a_lone_ampersand_costs_one_document():
    """Those before and after it are read whole."""
    good = [document(f"<head>{n}. Letter</head>\n<p>Words of {n}.</p>\n", n) + "\n" for n in (1, 2, 3)]
    records, problems = read(volume(good[0], good[1].replace("Words", "Fish & chips"), good[2]))
    assert [r.id for r in records] == ["fair1/d1", "fair1/d3"]
    assert {p.record for p in problems} == {None, "fair1/d2"}


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_a_problem(share):
    """Whatever is cut off, the records that come are whole and a problem says where the file broke off."""
    whole = volume(
        *(document(f"<head>{n}. Letter</head>\n<p>Words of {n}.</p>\n", n) + "\n" for n in range(1, 30))
    )
    records, problems = read(File(whole.name, whole.data[: int(len(whole.data) * share)]))
    assert any(p.severity is Severity.ERROR for p in problems)
    assert all(body(r)[-1].text == f"Words of {r.number}." for r in records)


BOMB = '<!DOCTYPE TEI [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    "hostile",
    [
        volume(document("<p>&a11;</p>"), doctype=BOMB),
        volume(document("<p rend='&a11;'>x</p>"), doctype=BOMB),
        volume(document("<p>&x;</p>"), doctype='<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        volume(document("<p>" + "<hi>" * 5000 + "x" + "</hi>" * 5000 + "</p>")),
        volume(document("<p>" + "a" * 12_000_000 + "</p>")),
        File("nul.xml", volume(document("<p>Words</p>")).data.replace(b"Words", b"Wo\0rds")),
        File("latin.xml", volume(document("<p>Caf\u00e9 here</p>")).data.decode().encode("latin-1")),
        File("empty.xml", b"<TEI"),
    ],
    ids=["bomb", "attribute bomb", "external entity", "depth", "huge line", "NUL", "wrong encoding", "stump"],
)
def test_hostile_files_are_quick_and_harmless(hostile):
    """Nothing is expanded or fetched, nothing raises, and within seconds a record or a problem is there."""
    started = time.monotonic()
    records, problems = read(hostile)
    assert time.monotonic() - started < 5
    assert records or any(p.severity is Severity.ERROR for p in problems)
    words = "".join(p.text for r in records for p in r.text.passages)
    assert "hahaha" not in words
    assert "root:" not in words
    assert "Caf " not in words


# --- real volumes -----------------------------------------------------------------------------------------


class Volume:
    """A real volume beside what came of it."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        self.root = etree.fromstring(data)
        self.documents = self.root.xpath("//t:div[@type='document']", namespaces=NS)
        self.items = list(tei.records(File(path.name, data)))
        self.records = [item for item in self.items if isinstance(item, Record)]

    def pairs(self) -> Iterator[tuple[etree._Element, Record]]:
        return zip(self.documents, self.records, strict=True)


@pytest.fixture(scope="module", params=VOLUMES)
def real(request: pytest.FixtureRequest, corpora: Path) -> Volume:
    return Volume(corpora / f"{request.param}.xml")


def slow(element: etree._Element, *, outermost: bool = True) -> str:
    """All text of a division but notes, the plain way."""
    out = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            name = etree.QName(child).localname
            if name != "note" and child.get("type") != "document":
                out.append(slow(child, outermost=False))
        out.append(child.tail or "")
    return "".join(out)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.shared
def test_every_document_is_a_record(real):
    """As many records as document divisions, in order, found by their own ids."""
    name = real.root.get(ID)
    assert [r.id for r in real.records] == [f"{name}/{d.get(ID)}" for d in real.documents]


@pytest.mark.shared
def test_no_word_is_lost_or_added(real):
    """Heading and body, white space aside, are letter for letter the text of the division without its notes."""
    for element, record in real.pairs():
        apart = (PassageKind.NOTE, PassageKind.SOURCE_NOTE)
        text = "".join(p.text for p in record.text.passages if p.kind not in apart)
        assert bare(text) == bare(slow(element)), record.id


@pytest.mark.shared
def test_no_two_words_are_glued(real):
    """Each paragraph without blocks inside is a passage whose text is the paragraph's, white space squeezed."""
    plain = "descendant::t:p[not(.//t:list or .//t:table or .//t:quote or .//t:p or .//t:lb or ancestor::t:note or ancestor::t:cell or ancestor::t:item)]"
    for element, record in real.pairs():
        texts = {p.text for p in record.text.passages}
        for paragraph in element.xpath(plain, namespaces=NS):
            words = re.sub(r"[ \t\r\n]+", " ", slow(paragraph)).strip(" ")
            assert not words or words in texts, (record.id, words)


@pytest.mark.shared
def test_notes_are_whole_and_anchored(real):
    """Every note is there with all its words, and is pointed to exactly once."""
    for element, record in real.pairs():
        notes = element.xpath("descendant::t:note", namespaces=NS)
        text = "".join(
            p.text for p in record.text.passages if p.kind in (PassageKind.NOTE, PassageKind.SOURCE_NOTE)
        )
        assert sorted(bare(text)) == sorted(bare("".join(slow(note) for note in notes))), record.id
        anchors = [m.target for p in record.text.passages for m in p.marks if m.kind is MarkKind.ANCHOR]
        assert len(anchors) == len(notes) == len(set(anchors)), record.id


@pytest.mark.shared
def test_participants_are_those_of_the_markup(real):
    """One for each item of the lists of participants that is no sub-heading, with the person the markup names."""
    leaves = "descendant::t:list[@type='participants']/descendant-or-self::t:list/t:item[not(t:list)]"
    for element, record in real.pairs():
        items = element.xpath(leaves, namespaces=NS)
        words = [re.sub(r"[ \t\r\n]+", " ", slow(item)).strip() for item in items]
        italics = [item.xpath("normalize-space(t:hi[@rend='italic'])", namespaces=NS) for item in items]
        heads = {w for w, i in zip(words, italics, strict=True) if w == i or w.endswith(":")}
        parties = {p.party for p in record.participants} | (heads if len(heads) > 1 else set())
        listed = [w for w in words if w and w not in parties]
        if not items:
            continue
        assert [p.printed for p in record.participants] == listed, record.id
        for participant, item in zip(
            record.participants,
            [i for i, w in zip(items, words, strict=True) if w and w not in parties],
            strict=True,
        ):
            names = item.xpath(".//t:persName", namespaces=NS)
            if len(names) == 1 and names[0].get("corresp"):
                assert participant.authority == names[0].get("corresp").lstrip("#")


@pytest.mark.shared
def test_dates_are_those_of_the_markup(real):
    """The record's date is the first encoded one of its dateline, and every encoded date is marked on its words."""
    for element, record in real.pairs():
        own = "(t:dateline|t:opener/t:dateline)//t:date[@when or @from]"
        dates = element.xpath(own, namespaces=NS)
        if len({d.get("when") for d in dates}) > 1:
            days = sorted(d.get("when")[:10] for d in dates)
            assert record.date is not None
            assert record.date.edtf in ("/".join(dict.fromkeys((days[0], days[-1]))), days[-1]), record.id
        elif dates:
            ends = [dates[0].get("when") or dates[0].get("from"), dates[0].get("when") or dates[0].get("to")]
            assert record.date is not None, record.id
            assert record.date.edtf == "/".join(dict.fromkeys(end[:10] for end in ends)), record.id
        marked = sorted(
            m.target for p in record.text.passages for m in p.marks if m.kind is MarkKind.DATE and m.target
        )
        encoded = element.xpath("descendant::t:date/@when", namespaces=NS)
        ranges = element.xpath("descendant::t:date[@from]", namespaces=NS)
        spans = ["/".join(dict.fromkeys([d.get("from")[:10], d.get("to")[:10]])) for d in ranges]
        assert marked == sorted([*encoded, *spans]), record.id


@pytest.mark.shared
def test_pages_persons_and_links_are_those_of_the_markup(real):
    """Each page break, each name tied to the list and each cross-reference is marked."""
    for element, record in real.pairs():
        marks = [m for p in record.text.passages for m in p.marks]
        persons = element.xpath("descendant::t:persName[normalize-space()]/@corresp", namespaces=NS)
        assert sorted(m.target for m in marks if m.kind is MarkKind.PERSON and m.target) == sorted(
            p[1:] for p in persons
        ), record.id
        pages = element.xpath("descendant::t:pb/@n", namespaces=NS)
        folios = [m.target for m in marks if m.kind is MarkKind.FOLIO]
        assert set(folios) <= set(pages)
        assert len(pages) - len(folios) <= 1, (
            record.id
        )  # a break after the last word begins the next document's page


@pytest.mark.shared
def test_every_mark_lies_within_its_text(real):
    """Spans are inside the text, and those of words neither begin nor end with a space."""
    for record in real.records:
        ids = [p.id for p in record.text.passages]
        assert len(ids) == len(set(ids)), record.id
        for passage in record.text.passages:
            for mark in passage.marks:
                words = mark.span.of(passage.text)
                assert 0 <= mark.span.start <= mark.span.end <= len(passage.text)
                assert words == words.strip(" ") or "\t" in words, (record.id, mark, words)


@pytest.mark.shared
def test_problems_are_real_faults(real):
    """What is reported is what docs/faults.md lists."""
    listed = (Path(__file__).parents[1] / "docs" / "faults.md").read_text("utf-8")
    found = [item for item in real.items if isinstance(item, Problem)] + [
        p for r in real.records for p in r.problems
    ]
    for problem in found:
        assert f"`{problem.record}`" in listed, problem
