"""What kind of act each turn is, with what standing: by named rules, and by a learned model that weighs them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from memcon.grammar import Grammar, Line, Match, rule
from memcon.model import Act, Standing, Statement, Words
from memcon.reading.page import Page, Turn
from memcon.reading.sides import Sides
from memcon.text import Span


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a rule says: for an act where `weight` is above 0, against it where below."""

    act: Act
    weight: float


@dataclass(frozen=True, slots=True)
class Finding:
    """An act of a turn: where, how surely, and what decided."""

    act: Act
    span: Span  # in the text of the turn
    score: float
    rule: str


@dataclass(frozen=True)
class _Rules:
    acts: Grammar
    weights: Mapping[str, Weighed]
    standing: Grammar


@cache
def rules() -> _Rules:
    """The rules of `words/acts.toml` and `words/standing.toml`, compiled once."""
    acts, standing = _table("acts"), _table("standing")
    classes = acts["classes"]
    return _Rules(
        Grammar([rule(r["name"], r["patterns"], classes) for r in acts["rule"]]),
        {r["name"]: Weighed(Act(r["act"]), r["weight"]) for r in acts["rule"]},
        Grammar([rule(r["standing"], r["patterns"], classes) for r in standing["rule"]]),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("memcon.reading").joinpath(f"words/{name}.toml").read_text("utf-8"))


def find(page: Page, turns: Sequence[Turn], cast: object = None) -> tuple[Statement, ...]:  # noqa: ARG001
    """One or more statements for each turn, in the order of the turns."""
    sides = Sides.of(turns)
    out: list[Statement] = []
    for turn in turns:
        line = sides.line(turn)
        if not line.tokens:
            continue
        matches = tuple(rules().acts.find(line))
        standing = _standing(line)
        out.extend(
            _statement(len(out) + n, turn, found, standing)
            for n, found in enumerate(by_rules(line, matches), 1)
        )
    return tuple(out)


def _statement(number: int, turn: Turn, found: Finding, standing: Standing | None) -> Statement:
    span = Span(turn.span.start + found.span.start, turn.span.start + found.span.end)
    words = Words(turn.sentence.passage.id, span, span.of(turn.sentence.passage.text))
    if standing is None and found.act == Act.RESERVE:
        standing = Standing.AD_REFERENDUM if found.rule == "reserve-refer" else None
    return Statement(f"t{number}", words, found.act, turn.speaker, turn.party, turn.to, standing, found.rule)


# --- rules alone ---------------------------------------------------------------------------------------------

_ENOUGH = 0.95
_ORDER = {act: number for number, act in enumerate(Act)}


def by_rules(line: Line, matches: Iterable[Match]) -> list[Finding]:
    """The acts that the rules alone give: at most two, or `inform`."""
    best = evidence(matches)
    scores = {act: score for act, (score, _) in best.items() if act != Act.INFORM and score >= _ENOUGH}
    chosen = sorted(scores, key=lambda act: (-scores[act], _ORDER[act]))[:2]
    if not chosen:
        return [Finding(Act.INFORM, line.span(0, len(line.tokens)), 0.0, "inform-rest")]
    spans = clauses(line, {act: best[act][1] for act in chosen})
    return sorted(
        (Finding(act, spans[act], scores[act], best[act][1].rule) for act in chosen), key=lambda f: f.span
    )


def evidence(matches: Iterable[Match]) -> dict[Act, tuple[float, Match]]:
    """For each act what its rules weigh together, and the strongest of them: each rule counts once, the rest a third."""
    per: dict[Act, dict[str, Match]] = {}
    for match in matches:
        per.setdefault(rules().weights[match.rule].act, {}).setdefault(match.rule, match)
    out: dict[Act, tuple[float, Match]] = {}
    for act, found in per.items():
        weights = sorted((rules().weights[name].weight for name in found), reverse=True)
        score = weights[0] + sum(w if w < 0 else w / 3 for w in weights[1:])
        out[act] = score, max(found.values(), key=lambda m: rules().weights[m.rule].weight)
    return out


# --- where in the turn ------------------------------------------------------------------------------------------

_CUTS = frozenset({"and", "but", ";", "while", "although", "though", "adding", "saying", ",", "-"})


def clauses(line: Line, matches: Mapping[Act, Match]) -> dict[Act, Span]:
    """The stretch of each act: the turn cut between two matches, before the joint; the whole turn where there is none."""
    whole = line.span(0, len(line.tokens))
    ordered = sorted(matches, key=lambda act: matches[act].first)
    if len(ordered) < 2:
        return dict.fromkeys(ordered, whole)
    early, late = ordered
    cut = _joint(line, matches[early].first + 1, matches[late].first)
    if cut is None:
        return dict.fromkeys(ordered, whole)
    return {early: line.span(0, cut), late: line.span(cut, len(line.tokens))}


def _joint(line: Line, first: int, last: int) -> int | None:
    """The last token between two matches at which a new clause may begin."""
    return next((n for n in range(last, first - 1, -1) if line.tokens[n].word in _CUTS), None)


# --- with what authority ------------------------------------------------------------------------------------------


def _standing(line: Line) -> Standing | None:
    found = {match.rule for match in rules().standing.find(line)}
    return next((s for s in _RANK if s in found), None)


_RANK = (Standing.AD_REFERENDUM, Standing.PERSONAL, Standing.HYPOTHETICAL, Standing.CONDITIONAL, Standing.REPORTED, Standing.GOVERNMENT)  # fmt: skip
