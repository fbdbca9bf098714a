"""The project's own figures: against the judge's, against themselves, and against their floors."""

from __future__ import annotations

import importlib.util
import json
import random
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from memcon.reading import evaluation


@pytest.fixture(scope="module")
def judge(shared: Path) -> ModuleType:
    """The scorer that decides, as a module."""
    spec = importlib.util.spec_from_file_location("judge", shared / "gold" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def noisy_reading(gold: evaluation.Gold, seed: int) -> dict:
    """A reading made from the labels, with things left out, changed and added at random."""
    rng = random.Random(seed)
    texts = {s["s"]: s["text"] for s in gold.sentences}
    passages: dict[str, str] = {}
    place: dict[str, tuple[str, int]] = {}
    for s in gold.sentences:
        before = passages.get(s["p"], "")
        passages[s["p"]] = f"{before} {s['text']}".strip()
        place[s["s"]] = s["p"], len(passages[s["p"]]) - len(s["text"])

    def words(s: str) -> dict:
        passage, start = place[s]
        return {"passage": passage, "start": start, "end": start + len(texts[s]), "quote": texts[s]}

    keep = lambda: rng.random() < 0.8  # noqa: E731
    statements = [
        {**x, **words(x["s"]), "id": f"t{n}", "act": x["act"] if keep() else "warn",
         "speaker": x["speaker"] if keep() else "The Minister", "party": x["party"] if keep() else "USSR"}
        for n, x in enumerate(gold.labels["statements"]) if keep()
    ]  # fmt: skip
    return {
        "record": {"id": gold.id, "source_path": f"some/folder/{gold.id}.md"},
        "passages": [{"id": key, "text": text} for key, text in passages.items()],
        "statements": statements,
        "undertakings": [
            {**x, "quote": x["quote"] if keep() else texts[x["s"][0]], "passage": place[x["s"][0]][0],
             "by": x["by"] if keep() else "US", "due": x["due"] if keep() else "1950"}
            for x in gold.labels["undertakings"] if keep()
        ],
        "quantities": [{**x, "passage": place[x["s"]][0], "value": x["value"] if keep() else 7} for x in gold.labels["quantities"] if keep()],
        "dates": [{**x, "passage": place[x["s"]][0], "edtf": x["edtf"] if keep() else "1950"} for x in gold.labels["dates"] if keep()],
        "matters": [
            {"label": x["label"], "outcome": x["outcome"] if keep() else "open",
             "passages": sorted({place[s][0] for s in x["s"]}),
             "statements": [y["id"] for y in statements if y["s"] in x["s"]] if keep() else []}
            for x in gold.labels["matters"]
        ],
    }  # fmt: skip


def judged(judge: ModuleType, folder: Path, readings: list[dict]) -> dict[str, dict]:
    """What the judge says of these readings."""
    total: Counter = Counter()
    by_id = {r["record"]["id"]: r for r in readings}
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        total += judge.score_record(judge.Gold(folder, name), by_id.get(name, {"record": {}}), [])
    return {
        kind: judge.prf(total[kind, "tp"], total[kind, "sys"], total[kind, "gold"])
        for kind in evaluation.KINDS
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_are_those_of_the_judge(judge, shared, seed):
    """Of noisy readings of real records the own scorer gives every figure as the judge does, to the last digit."""
    folder = shared / "gold" / "dev"
    golds = evaluation.load(folder)
    readings = [noisy_reading(gold, seed * 100 + n) for n, gold in enumerate(golds) if n != 3]
    run = evaluation.score(golds, readings)
    theirs = judged(judge, folder, readings)
    for kind in evaluation.KINDS:
        figure = run.figure(kind)
        ours = {"p": figure.precision, "r": figure.recall, "f1": figure.f1, "tp": figure.right,
                "system": figure.given, "gold": figure.wanted}  # fmt: skip
        assert ours == theirs[kind], kind
    assert run.missing == [golds[3].id]


@pytest.fixture
def gold(tmp_path: Path) -> evaluation.Gold:
    """A record of two sentences written for this test, in a folder."""
    sentences = [
        {"p": "p1", "s": "s1", "text": "The Consul asked for coal."},
        {"p": "p1", "s": "s2", "text": "The Minister promised ten tons."},
    ]
    labels = {
        "statements": [
            {"s": "s1", "speaker": "The Consul", "party": "Norway", "to": "Sweden", "act": "request"},
            {"s": "s2", "speaker": "The Minister", "party": "Sweden", "to": "Norway", "act": "undertake"},
        ],
        "undertakings": [], "quantities": [], "dates": [], "matters": [],
    }  # fmt: skip
    (tmp_path / "r.json").write_text(json.dumps({"date": "1950-01-06", "sentences": sentences}))
    (tmp_path / "r.gold.json").write_text(json.dumps(labels))
    return evaluation.load(tmp_path)[0]


def reading(*acts: tuple[str, str]) -> dict:
    """A reading whose statements quote what is given, each with its act."""
    statements = [{"id": f"t{n}", "quote": quote, "act": act} for n, (quote, act) in enumerate(acts)]
    return {"record": {"id": "r"}, "statements": statements}


def test_half_of_a_sentence_counts_for_it(gold):
    """An item within a sentence counts for it; one that covers two counts for both."""
    assert gold.covered("ten tons", None) == ["s2"]
    assert gold.covered("The Consul asked for coal. The Minister promised ten tons.", None) == ["s1", "s2"]
    assert gold.covered("nothing like it", None) == []


def test_gains_and_losses_are_case_by_case(gold):
    """What a later run has right is gained, what it has lost or added wrongly is lost."""
    then = evaluation.score([gold], [reading(("The Consul asked for coal.", "request"))])
    now = evaluation.score(
        [gold], [reading(("The Minister promised ten tons.", "undertake"), ("The Consul asked", "warn"))]
    )
    change = evaluation.compare(now, then, "acts")
    assert [case.item for case in change.gained] == ["('s2', 'undertake')"]
    assert {case.item for case in change.lost} == {"('s1', 'request')", "('s1', 'warn')"}


def test_a_saved_run_compares_as_the_run_itself(gold, tmp_path):
    """A run that was saved and read again has the same figures and cases."""
    run = evaluation.score([gold], [reading(("The Consul asked for coal.", "request"))])
    evaluation.save(run, tmp_path / "run.json")
    again = evaluation.saved(tmp_path / "run.json")
    assert again == run
    assert evaluation.compare(run, again, "acts") == evaluation.Change((), ())


def test_errors_of_a_kind_are_told(gold):
    """What was missed and what was spurious is listed, what was right is not."""
    run = evaluation.score([gold], [reading(("The Consul asked for coal.", "ask"))])
    assert {(case.what, case.item) for case in run.of_kind("acts")} == {
        ("missed", "('s1', 'request')"), ("missed", "('s2', 'undertake')"), ("spurious", "('s1', 'ask')"),
    }  # fmt: skip


def test_the_table_names_records_without_a_reading(gold):
    """The table says of how many records, and which have no reading."""
    told = evaluation.table(evaluation.score([gold], []))
    assert told.startswith("1 records; no reading for 1: r\n")
    assert "acts          P 0.000  R 0.000  F1 0.000   (0 of 2 annotated, 0 given)" in told
