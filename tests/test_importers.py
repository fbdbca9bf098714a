"""Who claims a file, what is in folders and archives, and text, HTML, Word, PDF and tables as records."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import os
import pickle
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import docx
import pytest

from memcon import importers
from memcon.errors import BadInput
from memcon.importers import File, containers, identify, records
from memcon.importers.containers import Unit, files, open_unit, units
from memcon.importers.webpage import see
from memcon.model import Collection, MarkKind, PassageKind, Problem, Record, Severity

TALK = (
    "Memorandum of Conversation\n\nSecret\n\nSpringfield, 3 May 1950\n\nMr. Alpha said that he would come.\n"
)


def record_of(name: str, data: bytes, columns: tuple[tuple[str, str], ...] = ()) -> Record:
    """The one record of a file without problems."""
    [record] = [item for item in records(File(name, data, columns)) if not isinstance(item, Collection)]
    assert isinstance(record, Record), record
    return record


def named(items: Iterable[File | Problem]) -> list[str]:
    """Names of the files, problems as "! message"."""
    return [item.name if isinstance(item, File) else f"! {item.message}" for item in items]


# --- claims -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", TALK.encode(), "plain"),
        ("no-suffix", TALK.encode(), "plain"),
        ("a.md", TALK.encode(), "markdown"),
        ("a.txt", b"---\ntitle: x\n---\n\ntext\n", "markdown"),
        ("a.txt", b"<!doctype html><p>x</p>", "webpage"),
        ("a.htm", b"<p>x</p>", "webpage"),
        (
            "a.xhtml",
            b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
            "webpage",
        ),
        ("a.csv", b"title,text\nx,y\n", "tabular"),
        ("a.jsonl", b'{"title": "x"}\n', "tabular"),
        ("a.dat", b'{"title": "x"}\n', "tabular"),
        ("a.pdf", b"%PDF-1.4\n", "pdf"),
        ("a.xml", b"<?xml version='1.0'?><TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>", "tei"),
    ],
)
def test_exactly_one_importer_claims_a_file(name: str, data: bytes, kind: str) -> None:
    """By its content first, by its name where the content tells nothing."""
    chosen = identify(File(name, data))
    assert getattr(chosen, "__name__", chosen) == f"memcon.importers.{kind}"


def test_a_file_that_nobody_claims_is_a_problem_with_its_name() -> None:
    """And the advice names what can be read."""
    found = identify(File("folder/picture.bin", bytes(range(256)) * 9))
    assert isinstance(found, Problem)
    assert (found.where, found.severity) == ("folder/picture.bin", Severity.ERROR)


def test_two_claimants_are_a_problem_that_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read on a guess between them."""
    monkeypatch.setattr(importers, "_ROWS", (("markdown", "plain"),))
    found = identify(File("x.md", TALK.encode()))
    assert isinstance(found, Problem)
    assert "markdown and plain" in found.message


def test_a_fault_of_a_library_is_a_problem_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The batch goes on."""

    def broken(_file: File) -> None:
        raise RuntimeError("the library gave up")

    monkeypatch.setattr("memcon.importers.plain.records", broken)
    [found] = records(File("x.txt", TALK.encode()))
    assert isinstance(found, Problem)
    assert "the library gave up" in found.message
    assert found.severity is Severity.ERROR


# --- folders and archives -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files, litter, a nested folder, links in and out, a pipe."""
    root = tmp_path / "papers"
    (root / "b").mkdir(parents=True)
    for name in ("c.txt", "a.txt", "b/d.txt", ".hidden", "Thumbs.db", "~$a.docx"):
        (root / name).write_text(TALK)
    (root / ".git").mkdir()
    (root / ".git/x.txt").write_text(TALK)
    (tmp_path / "outside.txt").write_text(TALK)
    (root / "link-out.txt").symlink_to(tmp_path / "outside.txt")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe")
    return root


def test_a_folder_is_walked_in_the_order_of_its_names(folder: Path) -> None:
    """Litter is passed over in silence; links to other places and pipes are told and not opened."""
    found = [name.replace(f"{folder}/", "") for name in named(files(folder))]
    told = [name for name in found if name.startswith("!")]
    assert [name for name in found if name not in told] == ["a.txt", "b/d.txt", "c.txt"]
    assert len(told) == 3
    assert sum("not followed" in name for name in told) == 2


def test_units_can_be_sent_to_another_process(folder: Path) -> None:
    """One opens by itself what was named elsewhere."""
    sent = pickle.loads(pickle.dumps(units([folder])))
    assert [name for unit in sent for name in named(open_unit(unit))] == named(files(folder))


def test_a_path_that_does_not_exist_stops_the_work(tmp_path: Path) -> None:
    """A name mistyped is no paper that could not be read."""
    with pytest.raises(BadInput):
        units([tmp_path / "nothing"])


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """It vanished, or belongs to somebody else."""
    [found] = open_unit(Unit(str(tmp_path / "gone.txt")))
    assert isinstance(found, Problem)
    assert "cannot be read" in found.message


def pack(kind: str, members: dict[str, bytes]) -> bytes:
    """An archive of the kind."""
    out = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in members.items():
                packed.writestr(name, data)
        return out.getvalue()
    with tarfile.open(fileobj=out, mode=f"w:{kind.partition('.')[2]}") as tar:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.xz", "tar.bz2"])
def test_files_in_an_archive_have_its_name_before_theirs(tmp_path: Path, kind: str) -> None:
    """In the archive's order, litter left out, an archive within opened too."""
    inner = pack("zip", {"deep.txt": b"deep"})
    data = pack(
        kind,
        {"z.md": b"one", "__MACOSX/z.md": b"", "f/.DS_Store": b"", "f/a.txt": b"two", "inner.zip": inner},
    )
    path = tmp_path / f"box.{kind}"
    path.write_bytes(data)
    found = [item for item in files(path) if isinstance(item, File)]
    assert [item.name.replace(str(tmp_path), "") for item in found] == [
        f"/box.{kind}!/z.md",
        f"/box.{kind}!/f/a.txt",
        f"/box.{kind}!/inner.zip!/deep.txt",
    ]
    assert [item.data for item in found] == [b"one", b"two", b"deep"]


@pytest.mark.parametrize(("suffix", "squeeze"), [("gz", gzip.compress), ("xz", lzma.compress)])
def test_a_squeezed_file_is_opened(tmp_path: Path, suffix: str, squeeze: object) -> None:
    """Its inner name is its own without the last suffix."""
    path = tmp_path / f"talk.txt.{suffix}"
    path.write_bytes(squeeze(TALK.encode()))  # type: ignore[operator]
    [found] = files(path)
    assert isinstance(found, File)
    assert (found.name, found.data) == (f"{path}!/talk.txt", TALK.encode())


def test_a_word_document_is_no_archive(tmp_path: Path) -> None:
    """Though it is a zip."""
    path = tmp_path / "x.docx"
    docx.Document().save(str(path))
    assert named(files(path)) == [str(path)]


def test_a_locked_member_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    """With its name."""
    data = bytearray(pack("zip", {"a.txt": b"one", "b.txt": b"two"}))
    first = data.index(b"PK\x01\x02")
    data[first + 8] |= 1
    path = tmp_path / "x.zip"
    path.write_bytes(bytes(data))
    assert named(files(path)) == ["! is locked with a password; unpack it to add it", f"{path}!/b.txt"]


# --- plain text ---------------------------------------------------------------------------------------------


def test_plain_text_tells_what_its_head_tells() -> None:
    """Title, kind, marks, place and date; its first line stays in the text."""
    record = record_of("talks/first talk.txt", TALK.encode())
    assert (record.id, record.own_id, record.kind) == ("first-talk", False, "memorandum-of-conversation")
    assert (record.title, record.classification, record.place) == (
        "Memorandum of Conversation",
        "Secret",
        "Springfield",
    )
    assert record.date is not None
    assert record.date.edtf == "1950-05-03"
    assert [p.kind.value for p in record.text.passages] == ["heading", "heading", "dateline", "paragraph"]


def test_the_labels_of_a_typescript_are_understood() -> None:
    """Subject, date, place and persons, each on its line."""
    text = (
        "MEMORANDUM OF CONVERSATION\n\nSUBJECT: The harbour\nDATE: May 3, 1950\nPLACE: The Secretary's office\n\n"
        "PARTICIPANTS:\n\nU.S.\nThe Secretary\nMr. Alpha\n\nNowhere:\nAmbassador Beta\n\nThe Ambassador called at his request.\n"
    )
    record = record_of("x.txt", text.encode())
    assert record.subjects == ("The harbour",)
    assert record.date is not None
    assert (record.date.edtf, record.place) == ("1950-05-03", "The Secretary's office")
    assert [(p.printed, p.party) for p in record.participants] == [
        ("The Secretary", "U.S."), ("Mr. Alpha", "U.S."), ("Ambassador Beta", "Nowhere"),
    ]  # fmt: skip
    assert record.text.passages[-1].text == "The Ambassador called at his request."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_unicode_needs_no_guess(encoding: str) -> None:
    """With a byte order mark or without."""
    record = record_of("x.txt", "Un café à Genève: «здравствуйте».".encode(encoding))
    assert record.title == "Un café à Genève: «здравствуйте»."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The naïve attaché spoke of a “café” – and left."),
        ("cp1251", "Товарищ посол сообщил, что беседа продолжалась сорок пять минут и прошла дружески."),
        (
            "cp1250",
            "Rozmowa między ministrem a ambasadorem trwała około godziny i dotyczyła również przyszłości żeglugi śródlądowej.",
        ),
        ("koi8_r", "Товарищ посол сообщил, что беседа продолжалась сорок пять минут и прошла дружески."),
    ],
)
def test_an_encoding_that_had_to_be_guessed_is_told(encoding: str, text: str) -> None:
    """Western text is not mistaken for Central European."""
    problem, record = records(File("x.txt", text.encode(encoding)))
    assert isinstance(problem, Problem)
    assert problem.severity is Severity.WARNING
    assert isinstance(record, Record)
    assert record.text.passages[0].text == text


def test_a_few_broken_bytes_are_shown_and_counted() -> None:
    """The rest of the text is not taken for another encoding."""
    data = ("é" * 40).encode() + b"\xff end"
    problem, record = records(File("x.txt", data))
    assert isinstance(problem, Problem)
    assert "1 broken" in problem.message
    assert isinstance(record, Record)
    assert record.text.passages[0].text == "é" * 40 + "\ufffd end"


# --- web pages ----------------------------------------------------------------------------------------------


def test_a_page_is_read_as_it_is_seen() -> None:
    """Blocks, line breaks, rows of a table; nothing of what runs, and how much of that there was."""
    page = see(
        "<!doctype html><head><title>A  talk</title><script>1</script></head><body><nav>menu</nav><h1>Head</h1>"
        "<p>One <b>bold</b>\n word<br>two</p><div>loose <p>inner</p> tail</div><ul><li>a<li>b</ul>"
        "<table><tr><th>x</th><td>y</td></tr><tr><td><p>long</p><p>cell</p></td></tr></table><script>2</script></body>"
    )
    assert page.title == "A talk"
    assert [(p.kind.value, p.text) for p in page.pieces] == [
        ("heading", "Head"), ("paragraph", "One bold word\ntwo"), ("paragraph", "loose"), ("paragraph", "inner"),
        ("paragraph", "tail"), ("item", "a"), ("item", "b"), ("row", "x\ty"), ("paragraph", "long"), ("paragraph", "cell"),
    ]  # fmt: skip
    assert page.dropped == (("nav", 1), ("script", 2))


def test_a_page_in_the_encoding_that_it_names() -> None:
    """No guess is made, none is told."""
    data = "<html><head><meta charset='windows-1251'></head><body><p>Беседа</p></body></html>".encode(
        "cp1251"
    )
    assert record_of("x.html", data).text.passages[0].text == "Беседа"


# --- Word ---------------------------------------------------------------------------------------------------

FOOTNOTES = """<?xml version="1.0"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def word(footnote: bool = False) -> bytes:
    """A document with a heading, a paragraph, a list, a table and perhaps a footnote."""
    document = docx.Document()
    document.add_heading("Record of Conversation", 1)
    paragraph = document.add_paragraph("Mr. Alpha said this")
    document.add_paragraph("an item", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 1).text = "a", "b", "c"
    if footnote:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        part = Part(
            PackURI("/word/footnotes.xml"), "application/xml", FOOTNOTES.encode(), document.part.package
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), "2")
        paragraph.add_run()._r.append(reference)
        paragraph.add_run(" and that.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_in_its_order() -> None:
    """Headings, paragraphs, lists, rows of tables."""
    record = record_of("x.docx", word())
    assert (record.title, record.kind) == ("Record of Conversation", "memorandum-of-conversation")
    assert [(p.kind.value, p.text) for p in record.text.passages] == [
        ("heading", "Record of Conversation"), ("paragraph", "Mr. Alpha said this"), ("item", "an item"),
        ("row", "a\tb"), ("row", "\tc"),
    ]  # fmt: skip


def test_a_footnote_of_word_is_tied_to_its_place() -> None:
    """The anchor is an empty span: the file has no sign there."""
    record = record_of("x.docx", word(footnote=True))
    said = record.text.passages[1]
    assert said.text == "Mr. Alpha said this and that."
    [mark] = said.marks
    assert (mark.kind, mark.span, mark.target) == (MarkKind.ANCHOR, (19, 19), "n1")
    note = record.text.passages[-1]
    assert (note.id, note.text, note.kind) == ("n1", "A note.", PassageKind.NOTE)


# --- PDF ----------------------------------------------------------------------------------------------------


def pdf(pages: list[list[str]]) -> bytes:
    """A small PDF with a text layer: one line of type after another."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 50 750 Td {shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


PAGES = [
    [
        "Memorandum of Conversation",
        "1. Mr. Alpha said that the harbour would be closed for the winter months.",
        "He left it at that.",
        "2. Mr. Beta answered that nobody had asked for the harbour to be open and",
    ],
    ["went on to say that the boats were gone.", "3. They parted."],
]


def test_a_passage_of_a_pdf_knows_its_page() -> None:
    """A sentence over two pages is one passage, with a mark where the second begins."""
    record = record_of("x.pdf", pdf(PAGES))
    told = [(p.label, p.folio, p.place and astuple(p.place)) for p in record.text.passages if p.label]
    assert told == [("1", "1", ("page", 1, 2)), ("2", "1", ("page", 1, 3)), ("3", "2", ("page", 2, 3))]
    over = record.text.passages[-2]
    [mark] = over.marks
    assert (mark.kind, mark.target) == (MarkKind.FOLIO, "2")
    assert over.text[mark.span.start :].startswith("went on")
    assert record.title == "Memorandum of Conversation"


def test_a_pdf_of_pictures_is_a_problem_with_advice() -> None:
    """And one page without words among others is told."""
    [problem] = records(File("x.pdf", pdf([[], []])))
    assert isinstance(problem, Problem)
    assert "OCR" in problem.message
    record = record_of("x.pdf", pdf([["Some words."], []]))
    assert ["page 2" in p.message for p in record.problems] == [True]


# --- tables -------------------------------------------------------------------------------------------------

SCRAPE = [
    "document_url", "original_publication_date", "title", "text_body", "summary", "authors", "associated_places",
    "subjects_discussed", "associated_people_orgs", "document_contributors", "source", "original_archive_title", "language",
    "rights", "record_id", "original_classification", "donors",
]  # fmt: skip


def table(*rows: list[str], head: list[str] = SCRAPE) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


ROW = [
    "https://digitalarchive.wilsoncenter.org/document/999001", "May 3, 1951", "Conversation between A. One and B. Two",
    "1. First,\nthey met.\n\n2. Then they parted.", "A talk.", "['One, A.', 'Two, B.']", "Springfield", "Harbours; Boats",
    "Council", "", "AVP RF, f. 0999, op. 1, d. 2, l. 3. Obtained by A. Three.", "Foreign Policy Archive", "Russian",
    "Free to use", "999001", "Top Secret", "A Fund",
]  # fmt: skip


def test_a_scrape_of_the_wilson_archive_needs_no_mapping() -> None:
    """Its rows are the same records as the archive's pages; what has no field is an extra under its own name."""
    record = record_of("scrape.csv", table(ROW))
    assert (record.id, record.own_id, record.collection) == ("wilson/999001", True, "wilson")
    assert record.date is not None
    assert (record.date.edtf, record.original_language, record.language) == ("1951-05-03", "ru", None)
    assert [p.label for p in record.text.passages] == ["1", "2"]
    assert all(
        p.place is not None and (p.place.unit, p.place.start) == ("row", 2) for p in record.text.passages
    )
    assert record.references[0].verbatim == "AVP RF, f. 0999, op. 1, d. 2, l. 3"
    assert [(c.role, c.printed) for c in record.credits] == [
        ("author", "One, A."), ("author", "Two, B."), ("obtained by", "A. Three"), ("donated by", "A Fund"),
    ]  # fmt: skip
    assert record.subjects == ("Harbours", "Boats")
    assert dict(record.extras) == {
        "associated_places": "Springfield",
        "associated_people_orgs": "Council",
        "original_archive_title": "Foreign Policy Archive",
    }


def test_a_bad_row_is_a_problem_with_its_number() -> None:
    """The rows around it are read."""
    items = list(
        records(File("x.csv", table(["t", "one"], ["only one cell"], ["u", "two"], head=["title", "text"])))
    )
    assert [getattr(item, "where", getattr(item, "title", None)) for item in items] == [
        "t",
        "x.csv:row 3",
        "u",
    ]


def test_columns_can_be_mapped() -> None:
    """The user's word for a column goes before its name."""
    data = b"nom;texte\nUn entretien;Ils parlent.\n"
    record = record_of("x.csv", data, columns=(("nom", "title"), ("texte", "text")))
    assert (record.title, record.text.passages[0].text) == ("Un entretien", "Ils parlent.")


def test_a_table_without_a_known_column_says_which_it_has() -> None:
    """So that they can be mapped."""
    [problem] = records(File("x.csv", b"nom,texte\na,b\n"))
    assert isinstance(problem, Problem)
    assert "nom, texte" in problem.message


def test_lines_of_json() -> None:
    """A line that is no JSON is a problem with its number; lists and HTML in a value are understood."""
    lines = [
        json.dumps({"title": "T", "text": "<p>a</p><p>b</p>", "subjects": ["x", "y"], "weight": 3}),
        "{oops",
        "[1]",
    ]
    record, *problems = records(File("x.jsonl", "\n".join(lines).encode()))
    assert isinstance(record, Record)
    assert ([p.text for p in record.text.passages], record.subjects) == (["a", "b"], ("x", "y"))
    assert record.extras == (("weight", "3"),)
    assert [p.where for p in problems if isinstance(p, Problem)] == ["x.jsonl:row 2", "x.jsonl:row 3"]


def test_a_json_array_is_a_table_too() -> None:
    """One record an object."""
    found = list(records(File("x.json", b'[{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]')))
    assert [item.id for item in found if isinstance(item, Record)] == ["a", "b"]


def test_json_over_many_lines_is_one_record_or_one_problem() -> None:
    """Its lines are no rows."""
    assert record_of("x.json", b'{\n "title": "A",\n "text": "B."\n}\n').title == "A"
    [problem] = records(File("x.json", b'{\n "title": \n oops\n}\n'))
    assert isinstance(problem, Problem)
    [problem] = records(File("x.json", b'{\n "people": [1],\n "weight": 2\n}\n'))
    assert isinstance(problem, Problem)
    assert "people, weight" in problem.message


def test_the_default_limits_hold_the_largest_volume() -> None:
    """A file of a quarter of a gigabyte may come in, an archive may unpack to two hundred times its size."""
    assert containers.LIMITS.file >= 100 << 20
    assert containers.LIMITS.ratio >= 100


def test_a_claim_that_breaks_is_a_problem_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where only the media type is wanted: nothing is raised, and nothing else is stopped."""

    def claims(_file: File) -> bool:
        raise RecursionError("too deep")

    monkeypatch.setattr("memcon.importers.tei.claims", claims)
    media_type, items = importers.opened(File("bad.xml", b"<TEI/>"))
    assert media_type == "application/octet-stream"
    (problem,) = items
    assert isinstance(problem, Problem)
    assert "too deep" in problem.message
