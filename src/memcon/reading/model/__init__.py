"""The learned weights of acts: a file made by `python -m memcon.reading.model.train`, described in CARD.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from memcon.model import Act

ACTS = tuple(Act)
FILE = "acts.npz"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """For each sign a weight for each act of `ACTS`, and for each act the probability from which it is given."""

    places: dict[str, int]
    weights: Floats  # signs by acts
    bias: Floats
    enough: Floats

    def probabilities(self, signs: Iterable[str]) -> Floats:
        """How likely each act is; signs that were never learned count nothing. The order of signs does not matter."""
        known = sorted(self.places[sign] for sign in signs if sign in self.places)
        logits = self.weights[known].sum(axis=0, dtype=np.float32) + self.bias
        out: Floats = 1 / (1 + np.exp(-logits))
        return out

    def chosen(self, signs: Iterable[str]) -> dict[Act, float]:
        """The acts that are likely enough; `inform` when no other is, or when it is likely enough beside them."""
        found = self.probabilities(signs)
        out = {act: float(p) for act, p, enough in zip(ACTS, found, self.enough, strict=True) if p >= enough}
        if not out:
            out[Act.INFORM] = float(found[ACTS.index(Act.INFORM)])
        return out

    def save(self, path: Path) -> None:
        """Write the file; the same weights give the same bytes."""
        names = "\n".join(sorted(self.places, key=self.places.__getitem__)).encode()
        held = {
            "signs": np.frombuffer(names, dtype=np.uint8),
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
            "enough": self.enough,
        }
        buffer = BytesIO()
        np.savez_compressed(buffer, **held)  # type: ignore[arg-type]
        path.write_bytes(buffer.getvalue())


@cache
def weights() -> Weights:
    """Those of the package, read once."""
    with np.load(BytesIO((files("memcon.reading.model") / FILE).read_bytes()), allow_pickle=False) as held:
        names = held["signs"].tobytes().decode().split("\n")
        return Weights(
            {name: n for n, name in enumerate(names)},
            held["weights"].astype(np.float32),
            held["bias"].astype(np.float32),
            held["enough"].astype(np.float32),
        )
