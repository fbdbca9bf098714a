"""The subjects that a record deals with, and how each of them stood at the end.

Where one subject ends and the next begins, and how it stood, is decided by two small linear models over features
that are told in words here (`matters.json`, made by `eval/train_talk.py`); without them, by rules.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from memcon.model import Act, Matter, Outcome, PassageKind, Statement, Undertaking
from memcon.reading.knowledge import table
from memcon.reading.page import Page, Sentence
from memcon.reading.subjects import label, rarity, terms

Features = Mapping[str, float]

# The chance above which a sentence is taken to open a matter; chosen by cross-validation over volumes.
_LEAST = 0.45
# The same where the paper numbers its points itself, which are then taken as they are.
_LEAST_WITHIN = 0.55


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence in which something is said, with the statements that begin in it."""

    sentence: Sentence
    statements: tuple[Statement, ...]

    @property
    def acts(self) -> frozenset[Act]:
        """What is done in it."""
        return frozenset(statement.act for statement in self.statements)


def find(
    page: Page,
    statements: Sequence[Statement],
    undertakings: Sequence[Undertaking] = (),
    *,
    learned: bool = True,
) -> tuple[Matter, ...]:
    """The matters of a page in the order in which each is taken up; every statement belongs to one."""
    spoken = units(page, statements)
    if not spoken:
        return ()
    groups = _asides(_cut(spoken, _opens(page, spoken, learned)))
    talk = _Talk(
        page,
        rarity([terms(unit.sentence.plain) for unit in spoken]),
        {key for undertaking in undertakings for key in undertaking.statements},
        _learned_outcome if learned else _ruled_outcome,
    )
    return tuple(talk.matter(number, group) for number, group in enumerate(groups, 1))


def units(page: Page, statements: Iterable[Statement]) -> tuple[Unit, ...]:
    """The sentences with statements, in the order of the text."""
    said: dict[int, list[Statement]] = {}
    for statement in statements:
        for sentence in page.by_passage.get(statement.words.passage, ()):
            if sentence.span.overlaps(statement.words.span):
                said.setdefault(sentence.number, []).append(statement)
                break
    return tuple(Unit(page.sentences[number], tuple(said[number])) for number in sorted(said))


def _cut(spoken: Sequence[Unit], opens: Sequence[bool]) -> list[list[Unit]]:
    groups = [[spoken[0]]]
    for unit, new in zip(spoken[1:], opens, strict=True):
        if new:
            groups.append([])
        groups[-1].append(unit)
    return groups


def _asides(groups: list[list[Unit]]) -> list[list[Unit]]:
    """A point put off within a subject that goes on after it is a matter of its own."""
    out: list[list[Unit]] = []
    for group in groups:
        apart = [u for u in group[1:-1] if Act.RESERVE in u.acts and _turn("aside").search(u.sentence.plain)]
        out.append([u for u in group if u not in apart])
        out.extend([u] for u in apart)
    return out


@dataclass(frozen=True)
class _Talk:
    """What is known of the whole talk: how rare its words are, which statements bind somebody."""

    page: Page
    rare: Mapping[str, float]
    bound: set[str]
    outcome: Callable[[Sequence[Statement], set[str]], tuple[Outcome, str]]

    def matter(self, number: int, group: Sequence[Unit]) -> Matter:
        said = tuple(statement for unit in group for statement in unit.statements)
        stood, rule = self.outcome(said, self.bound)
        passages = tuple(dict.fromkeys(unit.sentence.passage.id for unit in group))
        called = label(self.page, [unit.sentence for unit in group], self.rare)
        return Matter(f"m{number}", called, passages, tuple(s.id for s in said), stood, rule)


# --- where a matter begins ------------------------------------------------------------------------------------


def _opens(page: Page, spoken: Sequence[Unit], learned: bool) -> list[bool]:
    found = boundary_features(page, spoken)
    points = _points(spoken)
    if learned:
        least = _LEAST if points is None else _LEAST_WITHIN
        opens = [_chance(f, model()["boundary"]) > least for f in found]
    else:
        opens = _ruled(found)
    whole = [not unit.sentence.plain[:1].islower() for unit in spoken[1:]]
    return [
        (point or new) and is_whole
        for point, new, is_whole in zip(points or opens, opens, whole, strict=True)
    ]


def _ruled(found: Iterable[Features]) -> list[bool]:
    return [
        bool(
            f["heading"]
            or f["numbered"]
            or f["names"]
            or (f["paragraph"] and not f["answers"] and f["like2"] < 0.1)
        )
        for f in found
    ]


# So many points in a row, from 1 up, and the paper itself says where its matters begin.
_POINTS = 4


def _points(spoken: Sequence[Unit]) -> list[bool] | None:
    """Where the next number of the paper's own numbering stands, or None when it does not number its points."""
    expected, opens = 1, []
    for before, unit in zip((None, *spoken), spoken, strict=False):
        first = before is None or before.sentence.passage.id != unit.sentence.passage.id
        is_next = first and _number_of(unit.sentence) == expected
        expected += is_next
        opens.append(is_next)
    return opens[1:] if expected > _POINTS else None


def _number_of(sentence: Sentence) -> int | None:
    """The number that opens a passage: in its text, or as its label."""
    found = re.match(r"\W{0,3}(\d{1,2})[.)]\s", sentence.passage.text) or re.fullmatch(
        r"(\d{1,2})\.?", sentence.passage.label or ""
    )
    return int(found.group(1)) if found else None


def boundary_features(page: Page, spoken: Sequence[Unit]) -> list[Features]:
    """For each unit but the first, what speaks for and against a new matter there."""
    if not spoken:
        return []
    words = [terms(unit.sentence.plain) for unit in spoken]
    cohesion = _Cohesion(words)
    sizes = Counter(unit.sentence.passage.id for unit in spoken)
    seen = set(words[0])
    out: list[Features] = []
    for at in range(1, len(spoken)):
        out.append({
            **_signs(page, spoken[at - 1], spoken[at]),
            **_acts(spoken[at - 1], spoken[at]),
            **cohesion.at(at),
            "new": len([w for w in words[at] if w not in seen]) / max(1, len(words[at])),
            "short": float(len(words[at]) < 4),
            "length": min(len(words[at]), 30) / 30,
            "second": float(at == 1),
            "place": at / len(spoken),
            "alone": float(sizes[spoken[at].sentence.passage.id] == 1),
            "broken": len(sizes) / len(spoken),
            "size": math.log(len(spoken)),
        })  # fmt: skip
        seen.update(words[at])
    return [_joined(features) for features in out]


def _signs(page: Page, before: Unit, unit: Unit) -> dict[str, float]:
    """What the print and the first words tell."""
    text, passage = unit.sentence.plain, unit.sentence.passage
    paragraph = before.sentence.passage.id != passage.id
    between = page.sentences[before.sentence.number + 1 : unit.sentence.number]
    return {
        "paragraph": float(paragraph),
        "numbered": float(paragraph and bool(_turn("numbered").search(passage.text))),
        "point": float(bool(_turn("numbered").search(text))),
        "heading": float(
            any(
                _is_heading(s) and s.passage.id not in {passage.id, before.sentence.passage.id}
                for s in between
            )
        ),
        "gap": float(min(len(between), 3)),
        "names": float(bool(_turn("names").search(text))),
        "raises": float(bool(_turn("raises").search(text))),
        "goes_on": float(bool(_turn("goes_on").search(text))),
        "answers": float(bool(_turn("answers").search(text[:140]))),
    }


def _is_heading(sentence: Sentence) -> bool:
    return sentence.passage.kind is PassageKind.HEADING or len(sentence.plain.split()) < 14


_WANTS = frozenset({Act.ASK, Act.REQUEST, Act.PROPOSE})


def _acts(before: Unit, unit: Unit) -> dict[str, float]:
    """Who speaks, and whether it can be an answer."""
    other_party = before.statements[-1].party != unit.statements[0].party
    return {
        "other_speaker": float(before.statements[-1].speaker != unit.statements[0].speaker),
        "other_party": float(other_party),
        "reply": float(other_party and bool(before.acts & _WANTS)),
        "wants": float(bool(unit.acts & _WANTS)),
        "settles": float(bool(unit.acts & {Act.AGREE, Act.REFUSE, Act.NOTE, Act.RESERVE})),
        "after_thanks": float(Act.THANK in before.acts),
        "after_settled": float(bool(before.acts & {Act.AGREE, Act.UNDERTAKE})),
    }


def _joined(features: Features) -> Features:
    """The features with those that tell more together."""
    paragraph = features["paragraph"]
    pairs = ("like2", "other_speaker", "goes_on", "reply", "raises", "alone", "broken")
    return {**features, **{f"paragraph and {name}": paragraph * features[name] for name in pairs}}


class _Cohesion:
    """How much the words around a sentence are the same before it and from it on."""

    def __init__(self, words: Sequence[Sequence[str]]) -> None:
        self.words = words
        self.rare = rarity(words)

    def at(self, at: int) -> dict[str, float]:
        """Cosine of the words of 1, 2 and 4 sentences on either side, and of those around the one before."""
        out = {
            f"like{k}": self._like(self.words[max(0, at - k) : at], self.words[at : at + k])
            for k in (1, 2, 4)
        }
        out["like_before"] = self._like(self.words[max(0, at - 4) : at - 1], self.words[at : at + 3])
        return out

    def _like(self, one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> float:
        return _cosine(self._vector(one), self._vector(other))

    def _vector(self, many: Sequence[Sequence[str]]) -> dict[str, float]:
        counts = Counter(word for words in many for word in words)
        return {word: (1 + math.log(n)) * self.rare[word] for word, n in counts.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    dot = sum(weight * other.get(word, 0.0) for word, weight in one.items())
    size = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return dot / size if size else 0.0


# --- how it stood -----------------------------------------------------------------------------------------------


def outcome_features(said: Sequence[Statement], bound: set[str]) -> Features:
    """What the acts of a matter tell about its end; `bound` has the statements on which an undertaking stands."""
    acts = [statement.act for statement in said]
    moving = [s for s in said if s.act not in {Act.INFORM, Act.THANK, Act.NOTE}]
    out = {
        "bound": float(any(s.id in bound for s in said)),
        "bound by agreement": float(any(s.id in bound and s.act is Act.AGREE for s in said)),
        "nothing moves": float(not moving),
        "both sides": float(len({s.party for s in said}) > 1),
        "somebody unknown": float(any(s.party is None for s in said)),
        "size": math.log(1 + len(said)),
        "only asks": float(bool(moving) and all(s.act is Act.ASK for s in moving)),
        "both object": float(len({s.party for s in said if s.act is Act.OBJECT}) > 1),
        **_answer(said, moving),
    }
    for act in Act:
        out[f"has {act}"] = float(act in acts)
        out[f"share {act}"] = acts.count(act) / max(1, len(acts))
        out[f"count {act}"] = float(min(acts.count(act), 3))
        out[f"last {act}"] = float(bool(acts) and acts[-1] is act)
        out[f"last moving {act}"] = float(bool(moving) and moving[-1].act is act)
    return out


def _answer(said: Sequence[Statement], moving: Sequence[Statement]) -> dict[str, float]:
    """What somebody else said after the first and after the last request or proposal."""
    wanted = [s for s in moving if s.act in {Act.REQUEST, Act.PROPOSE}]
    if not wanted:
        return {}
    after = _others_after(said, wanted[-1])
    first = _others_after(said, wanted[0])
    return {
        "wanted": 1.0,
        "unanswered": float(not after),
        "first agreed": float(Act.AGREE in first),
        "first agreed by deed": float(Act.AGREE in first and Act.UNDERTAKE in {s.act for s in said}),
        **{f"answered {act}": 1.0 for act in after},
    }


def _others_after(said: Sequence[Statement], wanted: Statement) -> set[Act]:
    after = said[said.index(wanted) + 1 :]
    return {s.act for s in after if s.party != wanted.party or s.speaker != wanted.speaker}


def _learned_outcome(said: Sequence[Statement], bound: set[str]) -> tuple[Outcome, str]:
    features = outcome_features(said, bound)
    if _agreed_and_rest_put_off(features):
        return Outcome.AGREED, "agreed and somebody bound; only the rest was put off"
    scores = {name: _score(features, weights) for name, weights in model()["outcome"].items()}
    return Outcome(max(scores, key=lambda name: scores[name])), "the acts in it, weighed"


def _agreed_and_rest_put_off(features: Features) -> bool:
    """True when what was put forward was accepted, binds somebody, and a reservation came only after that."""
    return bool(
        features["bound"] and features.get("first agreed by deed") and features["last moving reserve"]
    )


def _ruled_outcome(said: Sequence[Statement], bound: set[str]) -> tuple[Outcome, str]:
    features = outcome_features(said, bound)
    for outcome, rule, holds in _RULES:
        if holds(features):
            return outcome, rule
    return Outcome.OPEN, "something was wanted or objected to, and nothing came of it"


_RULES: tuple[tuple[Outcome, str, Callable[[Features], bool]], ...] = (
    (Outcome.INFORMED, "nobody wanted anything", lambda f: bool(f["nothing moves"] or f["only asks"])),
    (Outcome.DECLINED, "a refusal and no agreement", lambda f: bool(f["has refuse"] and not f["has agree"])),
    (Outcome.UNDERTAKEN, "somebody bound himself", lambda f: bool(f["bound"] and f["has undertake"])),
    (
        Outcome.AGREED,
        "the last that moved was an agreement",
        lambda f: bool(f["last moving agree"] or f.get("answered agree")),
    ),
    (Outcome.UNDERTAKEN, "a request was accepted", lambda f: bool(f["bound"])),
    (Outcome.DEFERRED, "an answer was put off", lambda f: bool(f["has reserve"])),
)


# --- knowledge and weights ------------------------------------------------------------------------------------------


@cache
def model() -> dict[str, Any]:
    """`matters.json`: the weights, and how they came about."""
    loaded: dict[str, Any] = json.loads((files("memcon.reading") / "matters.json").read_text("utf-8"))
    return loaded


@cache
def _turn(name: str) -> re.Pattern[str]:
    flags = 0 if name in {"names", "goes_on", "numbered"} else re.IGNORECASE
    return re.compile(table("matters")["turn"][name], flags)


def _score(features: Features, weights: Mapping[str, float]) -> float:
    return weights["*"] + sum(value * weights.get(name, 0.0) for name, value in features.items() if value)


def _chance(features: Features, weights: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-_score(features, weights)))
