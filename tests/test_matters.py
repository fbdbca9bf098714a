"""Matters: where they begin, how they stood, what they are called."""

from __future__ import annotations

from memcon.model import Act, Outcome, Passage, PassageKind, Record, Statement, Text, Undertaking
from memcon.reading import matters
from memcon.reading.page import Page, Sentence
from memcon.text import Span


def page_of(*paragraphs: str | tuple[str, PassageKind]) -> Page:
    """A sentence ends at a full stop and a space."""
    passages, sentences = [], []
    for paragraph in paragraphs:
        text, kind = paragraph if isinstance(paragraph, tuple) else (paragraph, PassageKind.PARAGRAPH)
        passage = Passage(f"p{len(passages) + 1}", text, kind)
        passages.append(passage)
        at = 0
        for piece in text.split("| "):
            start = text.index(piece, at)
            at = start + len(piece)
            sentences.append(Sentence(len(sentences), passage, Span(start, at), piece))
    text = Text(tuple(passages), "en")
    return Page(Record("r", "A talk", (text,)), text, tuple(sentences))


def said(page: Page, *acts: tuple[str, Act] | None) -> tuple[Statement, ...]:
    """One (party, act) for each sentence of the page, or None."""
    return tuple(
        Statement(f"t{n}", sentence.whole, act[1], act[0], act[0], None, None, "written")
        for n, (sentence, act) in enumerate(zip(page.sentences, acts, strict=True), 1)
        if act is not None
    )


NUMBERED = page_of(
    "1. Mr. Lund spoke of the repair of the harbour.| The harbour was silted.",
    "2. He asked for a loan of wheat.",
    "The Ambassador said that the wheat was sold.",
    "3. He spoke of the whaling convention.",
    "4. He asked when the fair would open.",
)
ACTS = (
    ("Norway", Act.INFORM), ("Norway", Act.INFORM), ("Norway", Act.REQUEST), ("Chile", Act.REFUSE),
    ("Norway", Act.INFORM), ("Norway", Act.ASK),
)  # fmt: skip


def test_numbered_points_are_matters():
    """Where the paper counts its points, each is a matter, with the answer that stands under it."""
    found = matters.find(NUMBERED, said(NUMBERED, *ACTS), learned=False)
    assert [m.statements for m in found] == [("t1", "t2"), ("t3", "t4"), ("t5",), ("t6",)]


def test_every_statement_belongs_to_one_matter():
    """With the model and without it, nothing that was said is left out or told twice."""
    statements = said(NUMBERED, *ACTS)
    for learned in (True, False):
        held = [key for m in matters.find(NUMBERED, statements, learned=learned) for key in m.statements]
        assert sorted(held) == sorted(s.id for s in statements)


def test_no_statements_no_matters():
    """A paper in which nobody speaks deals with no matter."""
    assert matters.find(NUMBERED, ()) == ()


def test_the_end_of_a_matter_follows_from_its_acts():
    """Refused, put off, promised, agreed, left open, only told."""
    page = page_of("Mr. Lund asked for wheat.| The Ambassador answered.")
    ends = {
        Act.REFUSE: Outcome.DECLINED, Act.RESERVE: Outcome.DEFERRED, Act.AGREE: Outcome.AGREED, Act.INFORM: Outcome.OPEN,
    }  # fmt: skip
    for answer, end in ends.items():
        statements = said(page, ("Norway", Act.PROPOSE), ("Chile", answer))
        assert matters.find(page, statements, learned=False)[0].outcome is end
    told = said(page, ("Norway", Act.INFORM), ("Chile", Act.INFORM))
    assert matters.find(page, told, learned=False)[0].outcome is Outcome.INFORMED
    promise = said(page, ("Norway", Act.REQUEST), ("Chile", Act.UNDERTAKE))
    bound = Undertaking("u1", ("t2",), promise[1].words, "Chile")
    assert matters.find(page, promise, (bound,), learned=False)[0].outcome is Outcome.UNDERTAKEN


def test_the_model_knows_plain_ends():
    """The weights tell a talk that only informs from one in which somebody binds himself."""
    page = page_of("Mr. Lund asked for wheat.| The Ambassador answered.")
    assert (
        matters.find(page, said(page, ("Norway", Act.INFORM), ("Chile", Act.INFORM)))[0].outcome
        is Outcome.INFORMED
    )
    promise = said(page, ("Norway", Act.REQUEST), ("Chile", Act.UNDERTAKE))
    bound = Undertaking("u1", ("t2",), promise[1].words, "Chile")
    assert matters.find(page, promise, (bound,))[0].outcome is Outcome.UNDERTAKEN


def test_a_point_put_off_is_a_matter_of_its_own():
    """The subject around it goes on after it."""
    page = page_of(
        "1. Mr. Lund spoke of the wheat for the camps.| As far as the price of the wheat is concerned, it can be fixed later.| The wheat would help the camps.",
        "2. He spoke of the harbour.", "3. He spoke of whales.", "4. He spoke of the fair.",
    )  # fmt: skip
    acts = [("Norway", Act.INFORM), ("Norway", Act.RESERVE), *[("Norway", Act.INFORM)] * 4]
    found = matters.find(page, said(page, *acts), learned=False)
    assert [m.statements for m in found][:2] == [("t1", "t3"), ("t2",)]
    assert found[1].outcome is Outcome.DEFERRED


def test_a_label_is_made_of_words_of_the_paper():
    """Two to eight of them, as printed; a heading over the matter is taken first."""
    page = page_of(
        "Mr. Lund spoke about the question of the harbour customs at Bergen.",
        ("2. Whaling Convention", PassageKind.HEADING),
        "He spoke of the catch.",
    )
    statements = said(page, ("Norway", Act.INFORM), None, ("Norway", Act.INFORM))
    labels = [m.label for m in matters.find(page, statements, learned=False)]
    assert labels == ["harbour customs", "Whaling Convention"]


def test_the_model_names_only_features_that_exist():
    """A weight that no feature can meet would be a trap."""
    page = page_of("Mr. Lund spoke.| He spoke again.")
    statements = said(page, ("Norway", Act.PROPOSE), ("Chile", Act.AGREE))
    known = {name for f in matters.boundary_features(page, matters.units(page, statements)) for name in f}
    assert set(matters.model()["boundary"]) - {"*"} <= known
    of_outcome = set(matters.outcome_features(statements, set())) | {f"answered {act}" for act in Act}
    for weights in matters.model()["outcome"].values():
        assert set(weights) - {"*"} <= of_outcome
