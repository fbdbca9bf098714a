"""No figure of the reading falls below its floor, on annotated records, on the starting record, on written sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from memcon import reading
from memcon.exporters.reading_json import reading_json
from memcon.importers import File, markdown
from memcon.model import Act, Passage, Record, Text
from memcon.reading import acts, evaluation
from memcon.reading.page import Page, Sentence, Turn
from memcon.text import Span

EVAL = Path(__file__).parents[1] / "eval"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((EVAL / "floors.toml").read_text("utf-8"))
SENTENCES: list[dict[str, str]] = tomllib.loads((EVAL / "sentences.toml").read_text("utf-8"))["sentence"]
STARTING = "wilson-112676"


def read(path: Path) -> dict[str, Any]:
    """The reading of the one record of a file, as JSON."""
    found = markdown.records(File(path.name, path.read_bytes()))
    record = next(item for item in found if isinstance(item, Record))
    return reading_json(record, reading.read(record), path.name)


@pytest.fixture(scope="module")
def golds(shared: Path) -> list[evaluation.Gold]:
    return evaluation.load(shared / "gold" / "dev")


@pytest.fixture(scope="module")
def readings(shared: Path) -> dict[str, dict[str, Any]]:
    """Those of the annotated records, by name."""
    return {path.stem: read(path) for path in sorted((shared / "gold" / "dev").glob("*.md"))}


@pytest.fixture(scope="module")
def whole(golds: list[evaluation.Gold], readings: dict[str, dict[str, Any]]) -> evaluation.Score:
    return evaluation.score(golds, readings.values())


@pytest.mark.parametrize("kind", FLOORS["dev"])
def test_no_figure_falls(kind: str, whole: evaluation.Score) -> None:
    """On the annotated records kept for checking, the F1 of each kind is at its floor or above."""
    assert whole.figure(kind).f1 >= FLOORS["dev"][kind]


def test_every_kind_has_a_floor() -> None:
    """Nothing is measured that may fall unseen."""
    assert set(FLOORS["dev"]) == set(evaluation.KINDS)


# --- the starting record ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def starting(golds: list[evaluation.Gold], readings: dict[str, dict[str, Any]]) -> evaluation.Score:
    return evaluation.score([g for g in golds if g.id == STARTING], [readings[STARTING]])


def test_starting_record_statements(starting: evaluation.Score) -> None:
    """At least 31 of its 33 acts are given, and few that it does not have."""
    figure = starting.figure("statements")
    assert figure.right >= 31
    assert figure.given <= figure.wanted + 3


@pytest.mark.parametrize(("kind", "number"), [("undertakings", 6), ("due", 6), ("quantities", 7), ("dates", 7), ("matters", 6), ("outcome", 6)])  # fmt: skip
def test_starting_record_has_all(kind: str, number: int, starting: evaluation.Score) -> None:
    """Its undertakings, due dates, quantities, dates, matters and outcomes are all found, and no other."""
    figure = starting.figure(kind)
    assert (figure.right, figure.given, figure.wanted) == (number, number, number)


def test_starting_record_amounts(golds: list[evaluation.Gold], readings: dict[str, dict[str, Any]]) -> None:
    """Each undertaking has the amounts that the annotator gave it, those named before it among them."""
    gold = next(g for g in golds if g.id == STARTING)
    given, wanted = (
        sorted(sorted(q["value"] for q in undertaking["quantities"]) for undertaking in items)
        for items in (readings[STARTING]["undertakings"], gold.labels["undertakings"])
    )
    assert given == wanted


# --- sentences written for the project ---------------------------------------------------------------------------


def judged(text: str, *, learned: bool) -> set[str]:
    """The acts of a sentence said by one side to the other."""
    passage = Passage("p1", text)
    sentence = Sentence(0, passage, Span(0, len(text)), text)
    page = Page(Record("r", "", (Text((passage,)),)), Text((passage,)), (sentence,))
    turn = Turn(sentence, sentence.span, "Mr. Lund", "Norway", "Portugal", "written")
    return {statement.act.value for statement in acts.find(page, [turn], learned=learned)}


def share_right(learned: bool) -> float:
    right = [judged(s["text"], learned=learned) == {s["act"]} for s in SENTENCES]
    return sum(right) / len(right)


@pytest.mark.parametrize(("name", "learned"), [("with the model", True), ("by rules alone", False)])
def test_written_sentences(name: str, learned: bool) -> None:
    """Of the sentences written by act and construction, the share given exactly its act is at its floor or above."""
    assert share_right(learned) >= FLOORS["sentences"][name]


def test_written_sentences_cover_every_act() -> None:
    """Every act has at least six sentences, no two alike."""
    texts = [s["text"] for s in SENTENCES]
    assert len(texts) == len(set(texts)) >= 120
    assert all(sum(s["act"] == act.value for s in SENTENCES) >= 6 for act in Act)
