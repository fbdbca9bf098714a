"""Learn the weights of acts from records annotated by hand.

    python -m memcon.reading.model.train GOLD_DIR [GOLD_DIR ...] [--check GOLD_DIR]

Each folder holds annotated records as `memcon.reading.evaluation` reads them. Prints the figures of cross-validation
by volume, and those of `--check`, whose records are not learned from. Needs the extra `train` (scikit-learn).
The same folders and the same versions of the libraries give the same weights.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from memcon.model import Act, Passage, Record, Text
from memcon.reading.acts import Heard, listen
from memcon.reading.evaluation import Gold, load
from memcon.reading.model import ACTS, FILE, Floats, Weights
from memcon.reading.page import Page, Sentence, Turn
from memcon.reading.signs import scale
from memcon.text import Span

SEED = 1950
SEEN = 3
"""A sign is learned when so many sentences have it."""
FOLDS = 8
STRENGTH = 0.3
"""The inverse of the regularisation."""
GRID = np.arange(0.04, 0.92, 0.02)

Labels = npt.NDArray[np.bool_]


# --- annotated records as pages and turns -----------------------------------------------------------------------


def page(gold: Gold) -> tuple[Page, dict[str, Sentence]]:
    """The page of an annotated record, cut as the annotation cuts it, and its sentences by their ids."""
    texts: dict[str, list[str]] = defaultdict(list)
    for item in gold.sentences:
        texts[item["p"]].append(item["text"])
    passages = {key: Passage(key, " ".join(parts)) for key, parts in texts.items()}
    ends: dict[str, int] = defaultdict(int)
    sentences: dict[str, Sentence] = {}
    for item in gold.sentences:
        start = ends[item["p"]]
        end = start + len(item["text"])
        ends[item["p"]] = end + 1
        sentences[item["s"]] = Sentence(len(sentences), passages[item["p"]], Span(start, end), item["text"])
    text = Text(tuple(passages.values()))
    return Page(Record(gold.id, gold.title, (text,)), text, tuple(sentences.values())), sentences


def turns(gold: Gold, sentences: dict[str, Sentence]) -> list[tuple[Turn, set[Act]]]:
    """One turn a sentence that has a statement, with the acts of all its statements."""
    found: dict[str, tuple[Turn, set[Act]]] = {}
    for item in gold.labels["statements"]:
        sentence = sentences[item["s"]]
        turn = Turn(sentence, sentence.span, item["speaker"], item["party"], item["to"], "annotated")
        found.setdefault(item["s"], (turn, set()))[1].add(Act(item["act"]))
    return sorted(found.values(), key=lambda pair: pair[0].sentence.number)


@dataclass(frozen=True)
class Lessons:
    """What is learned from: the signs of each turn, its acts, its volume, and the folder it came from."""

    signs: list[set[str]]
    acts: Labels
    volumes: list[str]
    folders: list[Path]

    def of(self, folder: Path) -> Labels:
        """Which turns came from it."""
        return np.array([one == folder for one in self.folders], dtype=bool)


def lessons(folders: Sequence[Path]) -> Lessons:
    """All turns of all records of the folders; of a record in two of them the first counts."""
    signs, acts, volumes, sources = [], [], [], []
    seen: set[str] = set()
    for source, gold in ((folder, gold) for folder in folders for gold in load(folder)):
        if gold.id in seen:
            continue
        seen.add(gold.id)
        for heard, labels in _heard(gold):
            signs.append(heard.signs())
            acts.append([act in labels for act in ACTS])
            volumes.append(gold.id.rpartition("-")[0])
            sources.append(source)
    return Lessons(signs, np.array(acts, dtype=bool), volumes, sources)


def _heard(gold: Gold) -> Iterator[tuple[Heard, set[Act]]]:
    _, sentences = page(gold)
    pairs = turns(gold, sentences)
    labels = {turn.sentence.number: acts for turn, acts in pairs}
    for heard in listen(
        [turn for turn, _ in pairs], [(x["name"], x["party"]) for x in gold.labels["people"]]
    ):
        yield heard, labels[heard.turn.sentence.number]


# --- learning -----------------------------------------------------------------------------------------------


def _places(signs: Sequence[set[str]]) -> dict[str, int]:
    seen = Counter(sign for found in signs for sign in found)
    return {sign: n for n, sign in enumerate(sorted(sign for sign, times in seen.items() if times >= SEEN))}


def fit(signs: Sequence[set[str]], acts: Labels) -> Weights:
    """One logistic regression an act; acts that never occur get no chance."""
    from scipy.sparse import csr_array
    from sklearn.linear_model import LogisticRegression

    places = _places(signs)
    scales = np.array([scale(sign) for sign in places], dtype=np.float64)
    rows = [sorted(places[sign] for sign in found if sign in places) for found in signs]
    ends = np.cumsum([0, *map(len, rows)]).astype(np.int32)
    columns = np.array([n for row in rows for n in row], dtype=np.int32)
    matrix = csr_array((scales[columns], columns, ends), shape=(len(rows), len(places)))
    weights = np.zeros((len(places), len(ACTS)), dtype=np.float32)
    bias = np.full(len(ACTS), -9.0, dtype=np.float32)
    for number in range(len(ACTS)):
        if acts[:, number].any():
            learned = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=SEED)
            learned.fit(matrix, acts[:, number])
            weights[:, number] = learned.coef_[0] * scales
            bias[number] = learned.intercept_[0]
    return Weights(places, weights, bias, np.full(len(ACTS), 0.5, dtype=np.float32))


def probabilities(model: Weights, signs: Sequence[set[str]]) -> Floats:
    """Those of many turns, a row a turn."""
    return np.array([model.probabilities(found) for found in signs], dtype=np.float32)


def cross_validated(given: Lessons) -> Floats:
    """What models say of each volume that did not learn from it."""
    from sklearn.model_selection import GroupKFold

    out = np.zeros(given.acts.shape, dtype=np.float32)
    for learn, test in GroupKFold(FOLDS).split(given.acts, groups=given.volumes):
        model = fit([given.signs[n] for n in learn], given.acts[learn])
        out[test] = probabilities(model, [given.signs[n] for n in test])
    return out


# --- how likely is likely enough -----------------------------------------------------------------------------------


def f1(given: Labels, wanted: Labels) -> float:
    """Micro-averaged."""
    return float(2 * (given & wanted).sum() / max(1, given.sum() + wanted.sum()))


def decided(likely: Floats, enough: Floats) -> Labels:
    """The acts given at these thresholds, `inform` (the last) where no other is."""
    out: Labels = likely >= enough
    out[:, -1] |= ~out[:, :-1].any(axis=1)
    return out


def thresholds(likely: Floats, wanted: Labels) -> Floats:
    """Those that give the best F1 of all acts but `inform` together, each act in turn, then `inform` by its own."""
    enough = np.full(len(ACTS), 0.3, dtype=np.float32)
    for _ in range(3):
        for number in range(len(ACTS)):
            last = number == len(ACTS) - 1
            columns = slice(None) if last else slice(0, -1)

            def worth(value: float, number: int = number, columns: slice = columns) -> float:
                enough[number] = value
                return f1(decided(likely, enough)[:, columns], wanted[:, columns])

            enough[number] = max(GRID, key=worth)
    return enough


def _print(told: str) -> None:
    sys.stdout.write(told + "\n")
    sys.stdout.flush()


def _tell(name: str, given: Labels, wanted: Labels) -> None:
    _print(f"{name}: acts {f1(given[:, :-1], wanted[:, :-1]):.3f}, statements {f1(given, wanted):.3f}")
    for number, act in enumerate(ACTS):
        one, two = given[:, number], wanted[:, number]
        _print(
            f"    {act:10s} F1 {f1(one, two):.2f}  ({(one & two).sum()} of {two.sum()}, {one.sum()} given)"
        )


def main() -> None:
    """Learn, tell the figures, write the file beside this one."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gold", type=Path, nargs="+")
    asked.add_argument("--check", type=Path)
    words = asked.parse_args()
    given = lessons(words.gold)
    likely = cross_validated(given)
    enough = thresholds(likely, given.acts)
    _print(f"{len(given.signs)} turns of {len(set(given.volumes))} volumes")
    for folder in words.gold:
        own = given.of(folder)
        _tell(f"{folder.name}, cross-validated by volume", decided(likely[own], enough), given.acts[own])
    learned = fit(given.signs, given.acts)
    model = Weights(learned.places, learned.weights, learned.bias, enough)
    if words.check:
        test = lessons([words.check])
        _tell(f"on {words.check.name}", decided(probabilities(model, test.signs), enough), test.acts)
    model.save(Path(__file__).with_name(FILE))


if __name__ == "__main__":
    main()
