"""Pages of the Wilson Center Digital Archive: one record from each of their layouts, in text, Markdown and HTML."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from memcon.importers import File, identify, records, wilson
from memcon.importers.fields import Sheet, credits_apart, run_together
from memcon.importers.passages import pieces
from memcon.importers.wilsonbody import read as read_body
from memcon.model import Collection, MarkKind, Problem, Record, Severity

BODY = """FROM THE JOURNAL OF SECRET
B.C. ALPHA

MEMORANDUM OF CONVERSATION WITH THE CHAIRMAN OF THE COUNCIL OF THE REPUBLIC OF NOWHERE, BETA GAMMA
3 May 1951, Copy 2, No. 17

On 3 May of the current year I called on Beta Gamma. After greetings the following conversation took place.

1. I said that with regard to the harbour /old part/ the government [of Nowhere] would decide soon.

2. Beta Gamma said that he agrees with this in full, that it is much needed, and thinks that

letters of this kind can be sent to both sides at once. He asked about the following:

1. In general, when the harbour opens.

2. However, who would pay.

I did not reply.

3. Beta Gamma thanked me.

Persons present during the conversation: comrades Delta E.F., and also Wang One and Zeta /Eta/.

The conversation lasted about 30 minutes.

B. Alpha"""

LABELLED = f"""
## **May 3, 1951**

### **Conversation between B. Alpha and Beta Gamma, Springfield**

#### **Citation:**

"Conversation between B. Alpha and Beta Gamma, Springfield", May 3, 1951, Wilson Center Digital Archive, AVP RF, f. 0999, op. 1, d. 2, papka 3, ll. 4-5. Obtained by Ann Bea Cee Dan Eve.

<https://staging.wilson-archive.example/document/999001>

#### **Summary:**

They talk about a harbour.

#### **Original Language:**

Russian

#### **Contents:**

Translation - English

{BODY}
"""

NEWER = """June 1, 1951

From the Diary of B.C. Alpha, Memorandum of Conversation with Beta Gamma on 3 May 1951

Top Secret

Here is the text that Beta is to send (not to the others).[1] Please send it soon.

Beta Gamma

11:00 p.m., 3 May [1951]

[1]The full text was as follows:

"To all: we agree."

Beta Gamma sends a letter about the harbour.

Author(s):

Document Information

Source

Somebody, ed., Papers of Nowhere, vol. 1 (Springfield: Press, 1987), 221; translation from Others, eds., More Papers (Springfield: Press, 1996), 135.

Rights

The History and Public Policy Program welcomes reuse of Digital Archive materials.

Record ID

999002
"""


def one(text: str, name: str) -> Record:
    """The one record of a page, read through the door that the archive uses."""
    items = list(records(File(name, text.encode())))
    assert not [item for item in items if isinstance(item, Problem)]
    assert isinstance(items[0], Collection)
    assert items[0].kind == "archive"
    [record] = [item for item in items if isinstance(item, Record)]
    return record


def page(text: str) -> str:
    """The same page as HTML, its labels as headings, with the furniture and the scripts of a site."""
    rows = []
    for block in text.strip().split("\n\n"):
        plain = block.lstrip("#").strip().strip("*").strip("<>")
        tag = "h4" if block.startswith("#") else "p"
        rows.append(f"<{tag}>{html.escape(plain).replace(chr(10), '<br>')}</{tag}>")
    return (
        "<!doctype html><html><head><title>Digital Archive</title><script>steal()</script></head><body>"
        "<nav><a href='/'>Browse</a></nav><p>Wilson Center Digital Archive</p>"
        + "".join(rows)
        + "</body></html>"
    )


@pytest.fixture(params=["md", "txt", "html"])
def labelled(request: pytest.FixtureRequest) -> Record:
    """LABELLED as Markdown, as text without its signs, and as a web page."""
    text = LABELLED
    if request.param == "txt":
        text = text.replace("#", "").replace("*", "").replace("<", "").replace(">", "")
    return one(page(text) if request.param == "html" else text, f"999001.{request.param}")


def test_the_description_is_the_same_from_every_form_of_the_page(labelled: Record) -> None:
    """Title, date, place, languages, summary, citation and what is held."""
    assert (labelled.id, labelled.own_id, labelled.collection) == ("wilson/999001", True, "wilson")
    assert labelled.title == "Conversation between B. Alpha and Beta Gamma, Springfield"
    assert labelled.kind == "memorandum-of-conversation"
    assert labelled.date is not None
    assert (labelled.date.edtf, labelled.recorded, labelled.published) == ("1951-05-03", None, None)
    assert (labelled.place, labelled.language, labelled.original_language) == ("Springfield", "en", "ru")
    assert (labelled.held, labelled.text.role) == (("translation",), "translation")
    assert labelled.summary == "They talk about a harbour."
    assert labelled.citation is not None
    assert labelled.citation.endswith("ll. 4-5. Obtained by Ann Bea Cee Dan Eve.")


def test_signature_and_credits_are_parted(labelled: Record) -> None:
    """The credit is no part of the signature; names run together are kept as printed, with an offer."""
    [reference] = labelled.references
    assert reference.verbatim == "AVP RF, f. 0999, op. 1, d. 2, papka 3, ll. 4-5"
    assert reference.part("fond") == "0999"
    assert [(c.role, c.printed) for c in labelled.credits] == [("obtained by", "Ann Bea Cee Dan Eve")]
    offers = [p.message for p in labelled.problems if "separator" in p.message]
    assert len(offers) == 1
    assert '"Ann Bea Cee" and "Dan Eve"' in offers[0]


def test_the_address_is_kept_and_the_canonical_one_proposed(labelled: Record) -> None:
    """Whatever host served the page."""
    assert labelled.addresses == ("https://staging.wilson-archive.example/document/999001",)
    assert labelled.proposed_address == "https://digitalarchive.wilsoncenter.org/document/999001"


def test_marks_of_the_heading_are_found_wherever_they_slid_to(labelled: Record) -> None:
    """The mark is told with the line in which it stands; copy and number too."""
    assert (labelled.classification, labelled.copy, labelled.document_number) == ("SECRET", "2", "17")
    assert any("FROM THE JOURNAL OF SECRET" in p.message for p in labelled.problems)


def test_persons_and_their_parties_are_as_printed(labelled: Record) -> None:
    """Those of the title, then those present; a party only where the heading tells it."""
    assert [(p.printed, p.party) for p in labelled.participants] == [
        ("B. Alpha", None), ("Beta Gamma", "REPUBLIC OF NOWHERE"), ("Delta E.F.", None), ("Wang One", None),
        ("Zeta /Eta/", None),
    ]  # fmt: skip
    assert labelled.duration == "about 30 minutes"


def test_points_nest_and_a_sentence_over_a_page_break_is_whole(labelled: Record) -> None:
    """Nothing of the page's furniture is in the text; brackets are marked."""
    assert [p.label for p in labelled.text.passages if p.label] == ["1", "2", "2.1", "2.2", "3"]
    whole = next(p for p in labelled.text.passages if "thinks that" in p.text)
    assert "thinks that letters of this kind" in whole.text
    assert any("page break" in p.message for p in labelled.problems)
    first = next(p for p in labelled.text.passages if p.label == "1")
    assert [(m.kind, m.span.of(first.text)) for m in first.marks] == [
        (MarkKind.BRACKETS, "/old part/"),
        (MarkKind.EDITOR, "[of Nowhere]"),
    ]
    assert labelled.text.passages[0].text.startswith("FROM THE JOURNAL")
    assert labelled.text.passages[-1].kind == "signature"
    assert all(p.severity is Severity.NOTE for p in labelled.problems)


def test_what_a_web_page_runs_and_navigates_by_is_left_out_and_counted() -> None:
    """Scripts and menus are in no passage."""
    record = one(page(LABELLED), "x.html")
    assert not [p for p in record.text.passages if "steal" in p.text or "Browse" in p.text]
    assert dict(record.extras)["left out of the page"] == "1 nav, 1 script"
    assert dict(record.extras)["page furniture"] == "Wilson Center Digital Archive"


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_newer_layout_has_its_description_below(form: str) -> None:
    """The date in the title is the talk's, the page's own that of the record; the summary stands before the data."""
    record = one(NEWER if form == "md" else page(NEWER), f"x.{form}")
    assert record.date is not None
    assert record.recorded is not None
    assert (record.id, record.date.edtf, record.recorded.edtf) == (
        "wilson/999002",
        "1951-05-03",
        "1951-06-01",
    )
    assert record.summary == "Beta Gamma sends a letter about the harbour."
    assert record.rights is not None
    assert record.references[0].verbatim.endswith("(Springfield: Press, 1987), 221")
    assert record.credits[0].role == "translation from"
    assert (record.classification, record.time) == ("Top Secret", "11:00 p.m.")
    assert [p.printed for p in record.participants] == ["B.C. Alpha", "Beta Gamma"]


def test_footnotes_stand_apart_with_their_anchors() -> None:
    """A note of more than one paragraph is a note to its end."""
    passages = one(NEWER, "x.md").text.passages
    assert [(p.id, p.kind.value) for p in passages if p.kind == "note"] == [("n1", "note"), ("n1+", "note")]
    anchored = next(p for p in passages if "not to the others" in p.text)
    assert [(m.kind, m.target) for m in anchored.marks] == [(MarkKind.ANCHOR, "n1")]


def test_a_page_without_a_number_takes_that_of_its_file_and_says_so() -> None:
    """Without either, the title makes an address that is not the record's own."""
    text = NEWER.replace("Record ID\n\n999002\n", "Record ID\n")
    named = one(text, "folder/123456.md")
    assert (named.id, named.own_id) == ("wilson/123456", True)
    assert any("name of the file" in p.message for p in named.problems)
    assert not one(text, "saved page.md").own_id


def test_a_sentence_is_joined_on_clear_evidence_only() -> None:
    """Not after a full stop, not before a capital, not at a heading, not before a number."""
    long = "This is a sentence of some length that comes to the foot of the page and"
    for before, after in (
        (long + ".", "goes on."),
        (long, "Goes on."),
        ("Short head", "goes on."),
        (long, "a) goes on."),
    ):
        rows = read_body(Sheet("x"), pieces(f"{before}\n\n{after}"))
        assert [row.text for row in rows] == [before, after]
    assert len(read_body(Sheet("x"), pieces(f"{long}\n\ngoes on."))) == 1


def test_credits_are_found_wherever_they_stand() -> None:
    """More than one in a string, with what they were made for."""
    rest, found = credits_apart(
        "RGANI, f. 5, op. 1, d. 2. Obtained by A. One and translated text. Translated for Us by B. C. Two."
    )
    assert rest == "RGANI, f. 5, op. 1, d. 2"
    assert ("translated by", "B. C. Two") in [(c.role, c.printed) for c in found]


@pytest.mark.parametrize(
    "printed",
    ["Ann Bea", "A. Bea and C. Dee", "Ann Bea, Cee Dan", "Institute of Many Good Things", "Ann von Bea Cee"],
)
def test_names_that_may_well_be_one_or_are_parted_are_left_alone(printed: str) -> None:
    """No offer where there is no sign of a loss."""
    assert run_together(printed) == []


def test_a_page_is_claimed_by_its_content() -> None:
    """A table of the archive's records and a paper that only cites it are no pages of it."""
    assert identify(File("page.txt", LABELLED.encode())) is not None
    assert not wilson.claims(File("t.csv", LABELLED.encode()))
    assert not wilson.claims(File("x.md", b"---\ntitle: x\n---\n\nSee the Wilson Center Digital Archive.\n"))


@pytest.mark.shared
def test_the_four_real_pages(shared: Path) -> None:
    """Each layout gives its dates, signature and number, and nothing worse than a note."""
    folder = shared / "corpora" / "moscow"
    found = {}
    for name in ("112676.md", "112667.txt", "112681.md", "117881.md"):
        record = one((folder / name).read_text("utf-8"), name)
        assert record.id == f"wilson/{name[:6]}"
        assert all(problem.severity is Severity.NOTE for problem in record.problems)
        assert record.kind is not None
        assert record.references
        found[name[:6]] = record
    assert [p.label for p in found["112676"].text.passages if p.label] == [
        "1",
        "2",
        "3",
        "4",
        "4.1",
        "4.2",
        "5",
    ]
    assert len(found["112676"].participants) == 6
    dates = found["117881"].date, found["117881"].recorded
    assert [date and date.edtf for date in dates] == ["1949-10-20", "1949-12-01"]
    assert (found["117881"].copy, found["117881"].document_number) == ("4", "110")
    assert found["112667"].held == ("translation", "scan")
    assert found["112681"].time == "12:00 p.m."
