"""Readings compared with records annotated by hand: figures, gains and losses case by case, errors of a kind.

A folder of annotated records holds, for each, `ID.json` (its sentences) and `ID.gold.json` (the labels). Everything is
counted by sentence of the annotation: an item of a reading counts for each sentence of which it covers half, or that
covers half of it. Figures are micro-averaged over the records.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

KINDS = (
    "detection", "statements", "acts", "party", "speaker", "undertakings", "due", "quantities", "dates", "matters",
    "outcome",
)  # fmt: skip

Item = dict[str, Any]
"""One finding, as a reading's JSON or an annotation has it."""


# --- the annotated record -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gold:
    """One annotated record: its sentences in order and its labels. `text` has a line for each paragraph."""

    id: str
    sentences: tuple[Item, ...]
    labels: Item
    text: str
    spans: Mapping[str, tuple[int, int]]
    date: str | None = None
    title: str = ""

    @classmethod
    def load(cls, folder: Path, record: str) -> Gold:
        """The record of that id in a folder."""
        document = json.loads((folder / f"{record}.json").read_text("utf-8"))
        labels = json.loads((folder / f"{record}.gold.json").read_text("utf-8"))
        sentences = tuple(document["sentences"])
        text, spans = _laid_out(sentences)
        return cls(record, sentences, labels, text, spans, document.get("date"), document.get("title", ""))

    def covered(self, quote: str | None, passage: str | None) -> list[str]:
        """The sentences that a quoted stretch counts for; the text of its passage settles which of several places."""
        wanted = _squeeze(quote)
        if not wanted:
            return []
        start = self._place(wanted, passage)
        return [] if start < 0 else list(self._half_covered(start, start + len(wanted)))

    def _place(self, wanted: str, passage: str | None) -> int:
        flat = self.text.replace("\n", " ")
        near = max(flat.find(_squeeze(passage)[:60]), 0) if passage else 0
        places = (flat.find(wanted, near), flat.find(wanted), flat.find(wanted[:40]))
        return next((place for place in places if place >= 0), -1)

    def _half_covered(self, start: int, end: int) -> Iterator[str]:
        for name, (first, last) in self.spans.items():
            shared = min(last, end) - max(first, start)
            if shared > 0 and (shared >= 0.5 * (last - first) or shared >= 0.5 * (end - start)):
                yield name


def load(folder: Path) -> list[Gold]:
    """Every annotated record of a folder, by id."""
    return [
        Gold.load(folder, path.name.removesuffix(".gold.json")) for path in sorted(folder.glob("*.gold.json"))
    ]


def _laid_out(sentences: Iterable[Item]) -> tuple[str, dict[str, tuple[int, int]]]:
    text, spans, last = "", {}, None
    for sentence in sentences:
        if text:
            text += " " if sentence["p"] == last else "\n"
        last = sentence["p"]
        spans[sentence["s"]] = (len(text), len(text) + len(sentence["text"]))
        text += sentence["text"]
    return text, spans


def _squeeze(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


# --- names compared -----------------------------------------------------------------------------------------

_ALIASES = {
    "soviet union": ("ussr", "russia", "soviet government"),
    "people's republic of china": ("prc", "communist china", "china (prc)"),
    "republic of china": ("roc", "nationalist china", "taiwan"),
    "united states": ("us", "usa", "united states of america"),
    "united kingdom": ("uk", "great britain", "britain"),
    "south korea": ("republic of korea", "rok"),
    "north vietnam": ("drv", "democratic republic of vietnam"),
    "south vietnam": ("republic of vietnam",),
    "west germany": ("federal republic of germany", "frg"),
    "east germany": ("gdr",),
    "united arab republic": ("uar",),
    "united nations": ("un",),
}
_PARTY = {alias: party for party, aliases in _ALIASES.items() for alias in aliases}
_TITLES = frozenset(
    {
        "the",
        "mr",
        "mrs",
        "miss",
        "ms",
        "dr",
        "sir",
        "lord",
        "comrade",
        "com",
        "m",
        "gen",
        "general",
        "adm",
        "admiral",
        "capt",
        "captain",
        "col",
        "colonel",
        "ambassador",
        "minister",
        "secretary",
        "president",
        "premier",
        "prime",
        "chairman",
        "foreign",
        "amb",
        "senator",
        "governor",
        "king",
        "prince",
    }
)


def _folded(text: str | None) -> str:
    plain = unicodedata.normalize("NFKD", text or "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("’", "'")
    return _squeeze(plain)


def _party(name: str | None) -> str:
    plain = _folded(name).removeprefix("the ")
    return _PARTY.get(plain, plain)


def _same_person(one: str | None, two: str | None) -> bool:
    """Their distinctive words overlap; of two bare offices, they are equal."""
    first, second = _name_words(one), _name_words(two)
    surnames, others = _distinct(first), _distinct(second)
    if surnames and others:
        return bool(surnames & others)
    return first == second or [w for w in first if w != "the"] == [w for w in second if w != "the"]


@cache
def _name_words(name: str | None) -> list[str]:
    words = (word.strip(".,()") for word in _folded(name).replace("-", " ").split())
    return [word for word in words if word]


def _distinct(words: Iterable[str]) -> set[str]:
    return {word for word in words if word not in _TITLES and len(word) > 2}


# --- counting -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was right, missed or spurious: `what` is "right", "missed", "spurious" or "wrong"."""

    kind: str
    what: str
    record: str
    item: str


@dataclass(frozen=True, slots=True)
class Figure:
    """How many were found of how many, and given how many."""

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        """Of those given, the share that was right; three decimals."""
        return round(self._share(self.given), 3)

    @property
    def recall(self) -> float:
        """Of those wanted, the share that was found; three decimals."""
        return round(self._share(self.wanted), 3)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two, unrounded shares; three decimals."""
        p, r = self._share(self.given), self._share(self.wanted)
        return round(2 * p * r / (p + r), 3) if p + r else 0.0

    def _share(self, of: int) -> float:
        return self.right / of if of else 0.0


@dataclass
class Score:
    """The figures of each kind, and every case; `acts` are those of single acts."""

    records: int = 0
    missing: list[str] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: list[Case] = field(default_factory=list)

    def figure(self, kind: str) -> Figure:
        """The figure of one of `KINDS`, or of an act, "act:agree"."""
        return Figure(*(self.counts[kind, what] for what in ("right", "given", "wanted")))

    def of_kind(self, kind: str) -> list[Case]:
        """What was missed, spurious or wrong of a kind."""
        return [case for case in self.cases if case.kind == kind and case.what != "right"]

    def add(self, kind: str, right: int, given: int, wanted: int) -> None:
        """Count some more."""
        self.counts[kind, "right"] += right
        self.counts[kind, "given"] += given
        self.counts[kind, "wanted"] += wanted


def score(golds: Iterable[Gold], readings: Iterable[Item]) -> Score:
    """Readings, as `memcon read --json` gives them, held against the annotated records of the same names."""
    known: dict[str, Item] = {}
    for reading in readings:
        record = reading["record"]
        known.update(
            {key: reading for key in (Path(record.get("source_path") or "").stem, record.get("id")) if key}
        )
    out = Score()
    for gold in golds:
        out.records += 1
        if gold.id not in known:
            out.missing.append(gold.id)
        _Comparison(gold, known.get(gold.id, {"record": {}}), out).run()
    return out


class _Comparison:
    """One reading held against one annotated record."""

    def __init__(self, gold: Gold, reading: Item, out: Score) -> None:
        self.gold, self.reading, self.out = gold, reading, out
        self.passages = {passage["id"]: passage["text"] for passage in reading.get("passages", [])}

    def run(self) -> None:
        self._statements()
        self._speakers()
        self._undertakings()
        self._amounts()
        self._matters()

    def _quote(self, item: Item) -> str:
        whole: str = self.passages.get(item.get("passage", ""), "")
        return str(item.get("quote") or whole[item.get("start", 0) : item.get("end", 0)])

    def _sentences(self, item: Item) -> list[str]:
        return self.gold.covered(self._quote(item), self.passages.get(item.get("passage", "")))

    @property
    def _given(self) -> list[tuple[str, Item]]:
        return [(s, item) for item in self.reading.get("statements", []) for s in self._sentences(item)]

    def _sets(self, kind: str, wanted: set[Any], given: set[Any]) -> None:
        self.out.add(kind, len(wanted & given), len(given), len(wanted))
        for what, items in (
            ("right", wanted & given),
            ("missed", wanted - given),
            ("spurious", given - wanted),
        ):
            self.out.cases.extend(self._case(kind, what, item) for item in sorted(items, key=str))

    def _case(self, kind: str, what: str, item: object) -> Case:
        return Case(kind, what, self.gold.id, str(item))

    def _statements(self) -> None:
        labels = self.gold.labels["statements"]
        given = self._given
        wanted_acts = {(x["s"], x["act"]) for x in labels}
        given_acts = {(s, x["act"]) for s, x in given}
        self._sets("detection", {x["s"] for x in labels}, {s for s, _ in given})
        self._sets("statements", wanted_acts, given_acts)
        self._sets(
            "acts", {x for x in wanted_acts if x[1] != "inform"}, {x for x in given_acts if x[1] != "inform"}
        )
        for act in sorted({x[1] for x in wanted_acts | given_acts}):
            self._sets(
                f"act:{act}", {x for x in wanted_acts if x[1] == act}, {x for x in given_acts if x[1] == act}
            )
        self._sets(
            "party",
            {(x["s"], _party(x["party"])) for x in labels if x["party"]},
            {(s, _party(x.get("party"))) for s, x in given if x.get("party")},
        )

    def _speakers(self) -> None:
        wanted = {(x["s"], x["speaker"]) for x in self.gold.labels["statements"] if x["speaker"]}
        given = {(s, x.get("speaker")) for s, x in self._given if x.get("speaker")}
        found = {(s, name) for s, name in wanted if any(s == t and _same_person(name, n) for t, n in given)}
        self.out.add("speaker", len(found), len(given), len(wanted))
        for item in sorted(wanted, key=str):
            self.out.cases.append(self._case("speaker", "right" if item in found else "missed", item))

    def _undertakings(self) -> None:
        wanted = self.gold.labels["undertakings"]
        given = [(set(self._sentences(x)), x) for x in self.reading.get("undertakings", [])]
        self.out.add("undertakings", 0, len(given), len(wanted))
        used: set[int] = set()
        for label in wanted:
            hit = self._same_undertaking(label, given, used)
            what = "missed" if hit is None else "right"
            self.out.cases.append(self._case("undertakings", what, (label["s"], label["by"], label["quote"])))
            if hit is not None:
                used.add(hit)
                self.out.add("undertakings", 1, 0, 0)
                self._due(label, given[hit][1])
        for number, (sentences, item) in enumerate(given):
            if number not in used:
                told = (sorted(sentences), item.get("by"), self._quote(item))
                self.out.cases.append(self._case("undertakings", "spurious", told))

    @staticmethod
    def _same_undertaking(label: Item, given: list[tuple[set[str], Item]], used: set[int]) -> int | None:
        for number, (sentences, item) in enumerate(given):
            if (
                number not in used
                and sentences & set(label["s"])
                and _party(item.get("by")) == _party(label["by"])
            ):
                return number
        return None

    def _due(self, label: Item, item: Item) -> None:
        right = (item.get("due") or None) == (label["due"] or None)
        self.out.add("due", int(right), 1, 1)
        told = (label["quote"], label["due"], item.get("due"))
        self.out.cases.append(self._case("due", "right" if right else "wrong", told))

    def _amounts(self) -> None:
        labels, reading = self.gold.labels, self.reading
        self._sets(
            "quantities",
            {(x["s"], _value(x["value"])) for x in labels["quantities"] if x["value"] is not None},
            {
                (s, _value(x["value"]))
                for x in reading.get("quantities", [])
                if x.get("value") is not None
                for s in self._sentences(x)
            },
        )
        self._sets(
            "dates",
            {(x["s"], x["edtf"]) for x in labels["dates"]},
            {(s, x["edtf"]) for x in reading.get("dates", []) for s in self._sentences(x)},
        )

    def _matters(self) -> None:
        wanted = [(set(x["s"]), x) for x in self.gold.labels["matters"]]
        given = [(self._covered_by(x), x) for x in self.reading.get("matters", [])]
        self.out.add("matters", 0, len(given), len(wanted))
        taken: set[int] = set()
        for sentences, label in wanted:
            overlap, best = self._nearest(sentences, given, taken)
            right = overlap >= 0.5
            self.out.cases.append(self._case("matters", "right" if right else "missed", label["label"]))
            if right:
                taken.add(best)
                self.out.add("matters", 1, 0, 0)
                self._outcome(label, given[best][1])

    def _covered_by(self, matter: Item) -> set[str]:
        """The sentences of its statements, else those of its passages and quotes."""
        by_id = {x.get("id"): x for x in self.reading.get("statements", [])}
        told = [by_id[key] for key in matter.get("statements") or () if key in by_id]
        inside = {s for item in told for s in self._sentences(item)}
        if inside:
            return inside
        texts = [(self.passages.get(key, ""), self.passages.get(key)) for key in matter.get("passages", [])]
        texts += [(quote, None) for quote in matter.get("quotes", [])]
        return {s for quote, passage in texts for s in self.gold.covered(quote, passage)}

    @staticmethod
    def _nearest(wanted: set[str], given: list[tuple[set[str], Item]], taken: set[int]) -> tuple[float, int]:
        return max(
            (
                (len(wanted & have) / len(wanted | have), number)
                for number, (have, _) in enumerate(given)
                if number not in taken and wanted | have
            ),
            default=(0.0, -1),
        )

    def _outcome(self, label: Item, item: Item) -> None:
        right = item.get("outcome") == label["outcome"]
        self.out.add("outcome", int(right), 1, 1)
        told = (label["label"], label["outcome"], item.get("outcome"))
        self.out.cases.append(self._case("outcome", "right" if right else "wrong", told))


def _value(value: float | list[float]) -> tuple[float, ...]:
    return tuple(map(float, value)) if isinstance(value, list) else (float(value),)


# --- two runs compared, and the table ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """What one run has right and the other has not, or spurious and the other has not."""

    gained: tuple[Case, ...]
    lost: tuple[Case, ...]


def compare(now: Score, then: Score, kind: str) -> Change:
    """Case by case: gained is what is right now and was not, or was spurious and is no more; lost the reverse."""
    right, wrong = _cases(now, kind, "right"), _cases(now, kind, "spurious")
    was_right, was_wrong = _cases(then, kind, "right"), _cases(then, kind, "spurious")
    return Change(
        tuple(sorted((right - was_right) | (was_wrong - wrong), key=str)),
        tuple(sorted((was_right - right) | (wrong - was_wrong), key=str)),
    )


def _cases(of: Score, kind: str, what: str) -> set[Case]:
    return {case for case in of.cases if case.kind == kind and case.what == what}


def save(run: Score, path: Path) -> None:
    """Keep a run, for `compare` with a later one."""
    held = {
        "records": run.records,
        "missing": run.missing,
        "counts": [[*key, count] for key, count in sorted(run.counts.items())],
        "cases": [[c.kind, c.what, c.record, c.item] for c in run.cases],
    }
    path.write_text(json.dumps(held, ensure_ascii=False, indent=0), "utf-8")


def saved(path: Path) -> Score:
    """A run that `save` kept."""
    held = json.loads(path.read_text("utf-8"))
    counts = Counter({(kind, what): count for kind, what, count in held["counts"]})
    return Score(held["records"], held["missing"], counts, [Case(*case) for case in held["cases"]])


def table(run: Score) -> str:
    """One line a kind, then one an act: precision, recall, F1, and of how many."""
    told = f"{run.records} records"
    if run.missing:
        told += f"; no reading for {len(run.missing)}: {', '.join(run.missing)}"
    acts = sorted(kind for kind, what in run.counts if kind.startswith("act:") and what == "right")
    return "\n".join([told, *(_row(kind, run.figure(kind)) for kind in (*KINDS, *acts))])


def _row(kind: str, f: Figure) -> str:
    name = kind.replace("act:", "  ")
    counts = f"({f.right} of {f.wanted} annotated, {f.given} given)"
    return f"{name:13s} P {f.precision:.3f}  R {f.recall:.3f}  F1 {f.f1:.3f}   {counts}"
