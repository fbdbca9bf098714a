"""Citations name what the record says and nothing that it does not."""

from __future__ import annotations

import json

import pytest

from memcon.errors import BadInput, NotFound
from memcon.exporters.citations import STYLES, american, cite
from memcon.model import Collection, Credit, Passage, Record, Text
from memcon.references import Reference
from memcon.when import When

VOLUME = Collection(
    id="frus1961-63v40",
    title="Foreign Relations of the United States, 1961–1963, Volume XL, Islands",
    editors=("Ann One", "Bert Two", "Cy Three"),
    publisher="Government Printing Office",
    place="Washington",
    year="1999",
)
PRINTED = Record(
    id="frus1961-63v40/d7",
    title="7. Memorandum of Conversation",
    number="7",
    collection="frus1961-63v40",
    date=When("1962-03-04", "March 4, 1962"),
    place="Port Vila",
    texts=(Text((Passage("p1", "The Consul called.", folio="12"), Passage("p2", "He left.", label="2"))),),
)
MANUSCRIPT = Record(
    id="wilson/999999",
    title="Conversation between A. and B.",
    date=When("1950-02", "February 1950"),
    texts=PRINTED.texts,
    references=(Reference("AVP RF, f. 01, op. 2, d. 3, l. 4", "AVP RF"),),
    credits=(Credit("obtained by", "C. D."),),
    addresses=("http://staging.example/999999",),
    proposed_address="https://digitalarchive.wilsoncenter.org/document/999999",
)


def test_chicago_cites_a_document_of_an_edition_with_its_volume() -> None:
    """Title, place, day, volume, editors, imprint, number of the document."""
    assert cite(PRINTED, VOLUME, "chicago") == (
        "“Memorandum of Conversation,” Port Vila, March 4, 1962, Foreign Relations of the United States, "
        "1961–1963, Volume XL, Islands, eds. Ann One, Bert Two, and Cy Three "
        "(Washington: Government Printing Office, 1999), Document 7."
    )


def test_frus_cites_the_volume_and_the_passage() -> None:
    """A passage is cited by its number where it has one."""
    assert cite(PRINTED, VOLUME, "frus", "2").endswith("1999), Document 7, point 2.")


def test_older_volumes_are_cited_by_page() -> None:
    """Before 1955-57 the numbers of documents are not printed."""
    older = Record(
        id="frus1949v99/d7", title="Note", number="7", collection="frus1949v99", texts=PRINTED.texts
    )
    assert cite(older, VOLUME, "frus").endswith("1999), p. 12.")


def test_wilson_gives_signature_credits_and_the_canonical_address() -> None:
    """A month without a day is cited without a day."""
    assert cite(MANUSCRIPT, None, "wilson") == (
        "“Conversation between A. and B.,” February 1950, Wilson Center Digital Archive, "
        "AVP RF, f. 01, op. 2, d. 3, l. 4. Obtained by C. D. digitalarchive.wilsoncenter.org/document/999999."
    )


def test_csl_json_is_a_manuscript_with_its_signature() -> None:
    """Date parts stop at the precision of the paper."""
    item = json.loads(cite(MANUSCRIPT, None, "csl-json"))
    assert item["type"] == "manuscript"
    assert item["issued"] == {"date-parts": [[1950, 2]]}
    assert item["archive_location"] == "AVP RF, f. 01, op. 2, d. 3, l. 4"


def test_bibtex_and_ris_carry_the_same_facts() -> None:
    """An entry of each names title, year and volume, and is closed."""
    bibtex, ris = cite(PRINTED, VOLUME, "bibtex"), cite(PRINTED, VOLUME, "ris")
    assert bibtex.startswith("@incollection{frus1961-63v40-d7,")
    assert bibtex.count("{") == bibtex.count("}")
    assert "DA  - 1962/03/04/" in ris
    assert ris.splitlines()[0] == "TY  - CHAP"
    assert ris.endswith("ER  - ")
    for part in ("Memorandum of Conversation", "1962", "Volume XL"):
        assert part in bibtex
        assert part in ris


@pytest.mark.parametrize(
    ("edtf", "printed", "shown"),
    [
        ("1950-01-06", None, "January 6, 1950"),
        ("1950-01", None, "January 1950"),
        ("1950", None, "1950"),
        ("1951-01/1951-06", "the first half of 1951", "the first half of 1951"),
        ("1951-21", "spring 1951", "spring 1951"),
        (None, "undated", "undated"),
    ],
)
def test_no_day_is_shown_that_the_paper_does_not_have(edtf: str | None, printed: str, shown: str) -> None:
    """Each precision is shown as it is."""
    assert american(When(edtf, printed)) == shown


@pytest.mark.parametrize("style", list(STYLES))
def test_a_record_with_nothing_but_a_title_can_be_cited(style: str) -> None:
    """No style invents a part, and none prints the word None."""
    bare = Record(id="x/1", title="A paper", texts=PRINTED.texts)
    assert "None" not in cite(bare, None, style)
    assert "A paper" in cite(bare, None, style)


def test_what_is_not_there_is_refused_with_advice() -> None:
    """An unknown style and an unknown passage say what there is."""
    with pytest.raises(BadInput) as style:
        cite(PRINTED, VOLUME, "mla")
    assert "csl-json" in style.value.advice
    with pytest.raises(NotFound) as passage:
        cite(PRINTED, VOLUME, "frus", "9")
    assert "frus1961-63v40/d7" in str(passage.value)


@pytest.mark.parametrize("told", ["4 March 1962", "March 4, 1962"])
def test_a_day_that_the_title_tells_is_not_told_twice(told: str) -> None:
    """In either order of its parts."""
    titled = Record(id="x/2", title=f"Talk of {told}", date=When("1962-03-04"), texts=PRINTED.texts)
    assert cite(titled, None, "chicago") == f"“Talk of {told}.”"
