"""Which of two parties a family name sounds like: a small table of letter groups, for names a paper leaves untold.

The model is naive Bayes over groups of two to four letters of the folded name, one class for each group of parties
whose people are named alike. It is made by `python -m memcon.reading.sounds MODEL FRUS.xml...` from the names of
`words/statesmen.toml` and the lists of persons of those volumes; its card is `words/name_sounds.md`.
"""

from __future__ import annotations

import io
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from memcon.names import Entry
from memcon.names import key as name_key
from memcon.reading.allegiance import party_of
from memcon.reading.knowledge import table
from memcon.reading.parties import parties


@cache
def _families() -> dict[str, str]:
    """The class of each party: parties whose people are named alike are one."""
    return {party: family for family, members in table("sounds")["families"].items() for party in members}


def likelier(words: Sequence[str], one: str, other: str) -> float:
    """How much likelier a name is of `one` than of `other`: log odds, 0 where nothing can be told."""
    families = _families()
    a, b = families.get(one), families.get(other)
    grams, names, scores = _model()
    if a is None or b is None or a == b or a not in names or b not in names:
        return 0.0
    rows = [grams[gram] for gram in _groups(words) if gram in grams]
    if not rows:
        return 0.0
    found = scores[rows].astype(float) / _SCALE
    weight = 1.0 if {a, b} <= set(table("sounds")["sure"]) else 0.3
    return weight * float((found[:, names[a]] - found[:, names[b]]).sum())


def alike(one: str, other: str) -> bool:
    """True when the names of two parties cannot be told apart."""
    return _families().get(one) == _families().get(other)


_SCALE = 16.0


@cache
def _model() -> tuple[dict[str, int], dict[str, int], np.ndarray]:
    path = files("memcon.reading") / "words" / "name_sounds.npz"
    with np.load(io.BytesIO(path.read_bytes())) as held:
        grams = {gram: at for at, gram in enumerate(str(held["grams"]).split("\n"))}
        names = {name: at for at, name in enumerate(str(held["names"]).split("\n"))}
        return grams, names, held["scores"]


def _groups(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        marked = f"^{word}$"
        for size in (2, 3, 4):
            for at in range(len(marked) - size + 1):
                yield marked[at : at + size]


# --- making the model --------------------------------------------------------------------------------------


def examples(volumes: Iterable[Path]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(source, folded words of a name, party): of the table of statesmen, then of each volume's list of persons."""
    for party, names in table("statesmen")["of"].items():
        for printed in names.split(";"):
            yield "statesmen", _plain(printed), party
    for volume in volumes:
        yield from ((volume.stem, words, party) for words, party in _listed(volume))


def _listed(volume: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    year = re.search(r"frus(\d{4})", volume.stem)
    known = parties("United States", f"{year[1]}-06" if year else None)
    for item in re.findall(r"<item>.*?</item>", volume.read_text("utf-8"), re.DOTALL):
        found = re.search(r"<persName[^>]*xml:id=[^>]*>(.*?)</persName>(.*)", item, re.DOTALL)
        if found:
            name, role = (" ".join(re.sub(r"<[^>]*>", "", part).split()) for part in found.groups())
            party = party_of(Entry(role.strip(" ,"), "", "", role), known) or _home(role)
            if party:
                yield _plain(name), party


def _home(role: str) -> str | None:
    return "United States" if re.search(table("offices")["home"]["United States"], role) else None


def _plain(printed: str) -> tuple[str, ...]:
    words = (name_key(word) for word in re.split(r"[\s,]+", printed) if not word.endswith("."))
    return tuple(
        part
        for word in words
        for part in word.split("-")
        if len(part) > 1 and part.isascii() and part.isalpha()
    )


def train(named: Iterable[tuple[tuple[str, ...], str]], least: int = 2, smooth: float = 0.5) -> bytes:
    """The model as the bytes of an .npz file: the same names give the same bytes."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for words, party in named:
        family = _families().get(party)
        if family:
            counts[family].update(set(_groups(words)))
    totals: Counter[str] = Counter()
    for heard in counts.values():
        totals.update(heard)
    grams = sorted(gram for gram, times in totals.items() if times >= least)
    names = sorted(counts)
    scores = np.zeros((len(grams), len(names)), dtype=np.int8)
    for column, family in enumerate(names):
        size = sum(counts[family].values()) + smooth * len(grams)
        for row, gram in enumerate(grams):
            score = math.log((counts[family][gram] + smooth) / size) + 6.0
            scores[row, column] = int(np.clip(round(score * _SCALE), -127, 127))
    out = io.BytesIO()
    np.savez_compressed(
        out, grams=np.array("\n".join(grams)), names=np.array("\n".join(names)), scores=scores
    )
    return out.getvalue()


def main(arguments: Sequence[str]) -> int:
    """Make the model: the path to write, then the volumes."""
    target, *volumes = (Path(argument) for argument in arguments)
    target.write_bytes(train((words, party) for _, words, party in examples(sorted(volumes))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
