"""Make src/memcon/reading/matters.json and bonds.json from annotated records of talks.

The first says where matters begin and how they stood, the second whether the words of a deed bind him who says them.

    python eval/train_talk.py GOLD_DIR

GOLD_DIR holds ID.json and ID.gold.json. The statements of the annotation are the input, so that the weights do not
lean on the errors of one version of the rules. The same folder gives the same files; it prints what a cross-validation
by volume says of it. Needs scikit-learn (the extra `train`).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from memcon.model import Act, Passage, Record, Statement, Text
from memcon.reading import bonds, deeds, matters, undertakings
from memcon.reading.evaluation import Gold, load
from memcon.reading.page import Page, Sentence
from memcon.text import Span

OUT = Path(matters.__file__).parent
Example = tuple[matters.Features, Any]
Made = dict[str, tuple[list[Example], ...]]
BOUNDARY, OUTCOME, BOND = 1.0, 0.3, 0.3  # the inverse strength of regularisation of each


def page_of(gold: Gold) -> tuple[Page, dict[str, Sentence]]:
    """The annotation's own sentences as a page, and each by its name."""
    paragraphs = defaultdict(list)
    for sentence in gold.sentences:
        paragraphs[sentence["p"]].append(sentence)
    passages, sentences, named = [], [], {}
    for key, held in paragraphs.items():
        passage = Passage(key, " ".join(s["text"] for s in held))
        at = 0
        for s in held:
            named[s["s"]] = Sentence(len(sentences), passage, Span(at, at + len(s["text"])), s["text"])
            sentences.append(named[s["s"]])
            at += len(s["text"]) + 1
        passages.append(passage)
    text = Text(tuple(passages), "en")
    return Page(Record(gold.id, gold.title, (text,)), text, tuple(sentences)), named


def statements_of(gold: Gold, named: dict[str, Sentence]) -> tuple[Statement, ...]:
    """The annotated statements, each on its whole sentence."""
    return tuple(
        Statement(
            f"t{n}", named[x["s"]].whole, Act(x["act"]), x["speaker"], x["party"], x["to"], None, "annotated"
        )
        for n, x in enumerate(gold.labels["statements"], 1)
    )


def examples(gold: Gold) -> tuple[list[Example], ...]:
    """Features and truth of every possible boundary, of every annotated matter's outcome, and of every deed spoken of."""
    page, named = page_of(gold)
    said = statements_of(gold, named)
    spoken = matters.units(page, said)
    held = defaultdict(set)
    for n, matter in enumerate(gold.labels["matters"]):
        for s in matter["s"]:
            held[named[s].number].add(n)
    apart = [not held[a.sentence.number] & held[b.sentence.number] for a, b in pairwise(spoken)]
    bound = {key for u in undertakings.find(page, said, (), (), learned=False) for key in u.statements}
    outcomes = []
    for matter in gold.labels["matters"]:
        inside = {named[s].number for s in matter["s"]}
        part = [s for unit in spoken if unit.sentence.number in inside for s in unit.statements]
        outcomes.append((matters.outcome_features(part, bound), matter["outcome"]))
    boundaries = list(zip(matters.boundary_features(page, spoken), apart, strict=True))
    return boundaries, outcomes, bonds_of(spoken, (gold.date or "")[:7] or None)


def bonds_of(spoken: Iterable[matters.Unit], month: str | None) -> list[Example]:
    """For each sentence and each party that speaks in it: the features of its deed, and whether it undertakes."""
    out = []
    for unit in spoken:
        deed = deeds.promised(unit.sentence)[0]
        for party in sorted({s.party or "" for s in unit.statements}):
            binds = any(s.act is Act.UNDERTAKE and (s.party or "") == party for s in unit.statements)
            out.append((bonds.features(deed, party or None, month), binds))
    return out


def fitted(pairs: list[Example], strength: float) -> tuple[DictVectorizer, LogisticRegression]:
    """A logistic regression over named features."""
    names = DictVectorizer(sparse=False)
    model = LogisticRegression(C=strength, max_iter=5000)
    return names, model.fit(names.fit_transform([f for f, _ in pairs]), [y for _, y in pairs])


def weights(names: DictVectorizer, model: LogisticRegression, row: int) -> dict[str, float]:
    """One row of a model as a table of names; `*` is the constant."""
    found = {
        name: round(float(w), 3)
        for name, w in zip(names.get_feature_names_out(), model.coef_[row], strict=True)
    }
    return {"*": round(float(model.intercept_[row]), 3), **{name: w for name, w in found.items() if w}}


def volume(gold: Gold) -> str:
    """Records of one volume share people and style."""
    return gold.id.rsplit("-", 1)[0]


def validated(golds: list[Gold], made: Made, which: int, strength: float) -> float:
    """The share of right answers on volumes left out."""
    right = []
    for left in sorted({volume(g) for g in golds}):
        names, model = fitted([e for g in golds if volume(g) != left for e in made[g.id][which]], strength)
        asked = [e for g in golds if volume(g) == left for e in made[g.id][which]]
        if asked:
            right += list(
                model.predict(names.transform([f for f, _ in asked])) == np.array([y for _, y in asked])
            )
    return round(float(np.mean(right)), 3)


def main() -> int:
    """Train, validate, write the weights with their card."""
    folder = Path(sys.argv[1])
    golds = load(folder)
    made = {gold.id: examples(gold) for gold in golds}
    strengths = {"boundaries": BOUNDARY, "outcomes": OUTCOME, "bonds": BOND}
    models = [fitted([e for g in golds for e in made[g.id][n]], c) for n, c in enumerate(strengths.values())]
    shares = {
        f"{what} right, volumes left out": validated(golds, made, n, c)
        for n, (what, c) in enumerate(strengths.items())
    }
    card = {
        "data": f"{len(golds)} records of conversations annotated sentence by sentence, English, 1943 to 1980.",
        "limits": "Learned from annotated statements: with the reading's own, which err, the figures are lower.",
        **shares,
    }
    boundary, outcome, bond = models
    of_outcome = {name: weights(*outcome, row) for row, name in enumerate(outcome[1].classes_)}
    write("matters", {"card": card, "boundary": weights(*boundary, 0), "outcome": of_outcome})
    write("bonds", {"card": card, "bond": weights(*bond, 0)})
    print(json.dumps(shares))
    return 0


def write(name: str, learned: dict[str, Any]) -> None:
    """A logistic regression over the features that the module of that name gives, as JSON beside it."""
    learned["card"] = {
        "about": f"Logistic regression over the features of {name}.py; made by eval/train_talk.py.",
        **learned["card"],
    }
    (OUT / f"{name}.json").write_text(json.dumps(learned, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
