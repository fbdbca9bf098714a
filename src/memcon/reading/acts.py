"""What kind of act each turn is, with what standing: by named rules, and by a learned model that weighs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from memcon.grammar import Grammar, Line, Match, rule
from memcon.model import Act, Standing, Statement, Words
from memcon.reading.cast import Cast
from memcon.reading.knowledge import table
from memcon.reading.model import weights
from memcon.reading.page import Page, Turn
from memcon.reading.sides import Sides
from memcon.reading.signs import signs
from memcon.text import Span


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a rule says: for an act where `weight` is above 0, against it where below.

    A `sure` rule settles the act, also against the model; one with `after` counts only after a statement of that
    kind of speaker ("same", "side", "other").
    """

    act: Act
    weight: float
    sure: bool = False
    after: str | None = None


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
    acts, standing = table("acts"), table("standing")
    classes = acts["classes"]
    return _Rules(
        Grammar([rule(r["name"], r["patterns"], classes) for r in acts["rule"]]),
        {
            r["name"]: Weighed(Act(r["act"]), r["weight"], r.get("sure", False), r.get("after"))
            for r in acts["rule"]
        },
        Grammar([rule(r["standing"], r["patterns"], classes) for r in standing["rule"]]),
    )


@dataclass(frozen=True)
class Heard:
    """A turn made ready to be judged: its words with their roles, the rules found, and who spoke before."""

    turn: Turn
    line: Line
    matches: tuple[Match, ...]
    before: str  # "first", "same" speaker, same "side", or "other"

    def signs(self) -> set[str]:
        """What the learned model weighs."""
        return signs(self.line, self.matches, self.before)


def find(
    _page: Page, turns: Sequence[Turn], cast: Cast | None = None, *, learned: bool = True
) -> tuple[Statement, ...]:
    """One or more statements for each turn, in the order of the turns; with `learned` False the rules alone decide."""
    judge = by_model if learned else by_rules
    people = [(person.name, person.party) for person in cast.people] if cast else []
    out: list[Statement] = []
    for heard in listen(turns, people):
        standing = _standing(heard.line)
        for found in judge(heard):
            out.append(_statement(len(out) + 1, heard.turn, found, standing))
    return tuple(out)


def listen(turns: Sequence[Turn], people: Iterable[tuple[str, str | None]] = ()) -> Iterator[Heard]:
    """Every turn that has words, ready to be judged; `people` are names with their parties."""
    sides = Sides.of(turns, people)
    last: Turn | None = None
    for turn in turns:
        line = sides.line(turn)
        if line.tokens:
            before = _before(turn, last)
            yield Heard(turn, line, matches(line, before), before)
            last = turn


def matches(line: Line, before: str = "first") -> tuple[Match, ...]:
    """Every rule found on a line that may count after what was said `before`."""
    known = rules()
    return tuple(m for m in known.acts.find(line) if known.weights[m.rule].after in (None, before))


def _before(turn: Turn, last: Turn | None) -> str:
    if last is None:
        return "first"
    if last.speaker == turn.speaker:
        return "same"
    return "side" if last.party == turn.party else "other"


def _statement(number: int, turn: Turn, found: Finding, standing: Standing | None) -> Statement:
    span = Span(turn.span.start + found.span.start, turn.span.start + found.span.end)
    words = Words(turn.sentence.passage.id, span, span.of(turn.sentence.passage.text))
    score = round(found.score, 3) if found.rule.startswith("model") else None
    return Statement(
        f"t{number}", words, found.act, turn.speaker, turn.party, turn.to, standing, found.rule, score
    )


# --- the learned model -----------------------------------------------------------------------------------------


def by_model(heard: Heard) -> list[Finding]:
    """The acts that the model finds likely enough; `rule` names the rule of that act that speaks loudest, if any."""
    chosen = _settled(heard, weights().chosen(heard.signs()))
    best = evidence(heard.matches)
    places = {act: best[act][1] for act in chosen if act in best}
    spans = clauses(heard.line, places) if len(chosen) == len(places) == 2 else {}
    whole = heard.line.span(0, len(heard.line.tokens))
    return sorted(
        (
            Finding(
                act, spans.get(act, whole), score, f"model/{places[act].rule}" if act in places else "model"
            )
            for act, score in chosen.items()
        ),
        key=lambda found: (found.span, _ORDER[found.act]),
    )


_BESIDE = 0.5
"""How likely a further act must be: `inform` beside another, any beside one that is sure."""


def _settled(heard: Heard, likely: dict[Act, float]) -> dict[Act, float]:
    """What the model finds likely, put right by the rules that are sure: in their words nothing else is said."""
    sure = settled(heard.matches)
    if not sure:
        return {
            act: p for act, p in likely.items() if act is not Act.INFORM or len(likely) == 1 or p >= _BESIDE
        }
    best = evidence(heard.matches)
    beside = {
        act: p
        for act, p in likely.items()
        if act is not Act.INFORM
        and p >= _BESIDE
        and act in best
        and not _overlap(best[act][1], sure.values())
    }
    return beside | dict.fromkeys(sure, 1.0)


def settled(found: Iterable[Match]) -> dict[Act, Match]:
    """The acts of the rules that are sure, at most two, the heaviest first; of two in the same words the longer holds."""
    sure = [m for m in found if rules().weights[m.rule].sure]
    sure.sort(key=lambda m: (-_weight(m), m.first))
    out: dict[Act, Match] = {}
    for match in sure:
        longer = (m for m in sure if m.last - m.first > match.last - match.first)
        if not _overlap(match, longer):
            out.setdefault(rules().weights[match.rule].act, match)
    return dict(list(out.items())[:2])


def _weight(match: Match) -> float:
    return rules().weights[match.rule].weight


def _overlap(match: Match, others: Iterable[Match]) -> bool:
    return any(match.first < other.last and other.first < match.last for other in others)


# --- rules alone ---------------------------------------------------------------------------------------------

_ENOUGH = 0.95
_ORDER = {act: number for number, act in enumerate(Act)}


def by_rules(heard: Heard) -> list[Finding]:
    """The acts that the rules alone give: at most two, or `inform`."""
    line, best, sure = heard.line, evidence(heard.matches), settled(heard.matches)
    scores = {act: best[act][0] for act in sure} | {
        act: score
        for act, (score, match) in best.items()
        if act not in (Act.INFORM, *sure) and score >= _ENOUGH and not _overlap(match, sure.values())
    }
    chosen = sorted(scores, key=lambda act: (act not in sure, -scores[act], _ORDER[act]))[:2]
    if not chosen:
        return [Finding(Act.INFORM, line.span(0, len(line.tokens)), 0.0, "inform-rest")]
    spans = clauses(line, {act: sure.get(act, best[act][1]) for act in chosen})
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
