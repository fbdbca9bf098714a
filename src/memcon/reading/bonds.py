"""Whether a deed binds the party that speaks of it: a small linear model over features that are told in words.

`bonds.json` holds the weights; `eval/train_talk.py` makes it from annotated records.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from memcon.reading.deeds import Deed
from memcon.reading.knowledge import table
from memcon.reading.parties import parties
from memcon.reading.tokens import tokens
from memcon.text import fold

Features = Mapping[str, float]


def chance(deed: Deed, party: str | None, month: str | None) -> float:
    """How likely it is, from 0 to 1, that these words bind the party that says them."""
    weights = model()["bond"]
    total: float = weights["*"]
    total += sum(value * weights.get(name, 0.0) for name, value in features(deed, party, month).items())
    return 1 / (1 + math.exp(-total))


def features(deed: Deed, party: str | None, month: str | None) -> dict[str, float]:
    """What speaks for and against; only what holds is given."""
    told = {**_verb(deed), **_doer(deed, party, month), **_speech(deed), **_form(deed)}
    for one in _DEEDS:
        for other in _FRAMES:
            if told.get(one) and told.get(other):
                told[f"{one} and {other}"] = 1.0
    return {name: float(value) for name, value in told.items() if value}


_DEEDS = ("does", "state", "first person", "third person", "own party", "body", "other party", "somebody")
_FRAMES = ("right after telling", "after thinking", "opens", "present", "promising", "transcript")


def _verb(deed: Deed) -> dict[str, float]:
    words = re.findall(r"[a-z'’]+", fold(deed.words.quote))
    rest = [word for word in words if word not in _words("before")]
    verb = rest[0] if rest else ""
    if verb in {"be", "is"} and len(rest) > 1 and rest[1] in _words("ready"):
        verb = "ready"
    known = {
        "does": verb in _words("does"),
        "state": verb in _words("state"),
        "do": verb == "do",
        "make": verb in {"make", "take", "see"},
    }
    return {
        **{name: float(holds) for name, holds in known.items()},
        "verb not known": float(not any(known.values())),
        "for the other": float(verb in _words("for_other")),
        "denied": float(words[:1] == ["not"] or words[:1] == ["no"]),
    }


def _doer(deed: Deed, party: str | None, month: str | None) -> dict[str, float]:
    subject = fold(deed.subject)
    last = subject.split()[-1] if subject else ""
    named = {found.party for found in parties(None, month).all(tokens(deed.subject))} if subject else set()
    kinds = {
        "first person": last in {"i", "we"},
        "third person": last in {"he", "she", "they"},
        "impersonal": last in {"it", "this", "that", "there"},
        "no subject": not subject,
        "the other addressed": last == "you",
        "own party": party in named,
        "other party": bool(named - {party}),
        "body": bool(re.search(_pattern("bodies"), subject)),
    }
    return {
        **{name: float(holds) for name, holds in kinds.items()},
        "somebody": float(not any(kinds.values())),
    }


def _speech(deed: Deed) -> dict[str, float]:
    """The verbs of speech and thought before the clause."""
    text = deed.sentence.plain
    before = text[: deed.opened].rstrip()
    telling, thinking = (_last(_pattern(name), before) for name in ("telling", "thinking"))
    near = max(telling, thinking)
    right_after = near > 0 and len(before) - near < 22
    return {
        "after telling": float(telling > thinking),
        "after thinking": float(thinking > telling),
        "after no verb of speech": float(near == 0),
        "right after telling": float(right_after and telling > thinking),
        "right after thinking": float(right_after and thinking > telling),
        "opens": float(len(before) < 3),
        "nobody thinks": float(
            not re.search(rf"\b(?:{_pattern('thinking')})\b", text[: deed.start], re.IGNORECASE)
        ),
        "promising": float(bool(re.search(_pattern("promising"), text[: deed.start], re.IGNORECASE))),
        "transcript": float(bool(re.match(r"[A-Z][\w.’' ]{2,40}:", deed.sentence.passage.text))),
    }


def _last(pattern: str, text: str) -> int:
    return max((match.end() for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)), default=0)


def _form(deed: Deed) -> dict[str, float]:
    text = deed.sentence.plain
    middle = fold(text[deed.opened : deed.start])
    modal = re.search(r"\b(will|would|shall|should|'ll|'d|must|is to|are to)\b", middle)
    return {
        f"head {deed.rule}": 1.0,
        f"modal {modal.group(1) if modal else 'none'}": 1.0,
        "present": float(bool(modal and modal.group(1) in {"will", "'ll", "shall"})),
        "past": float(bool(re.search(r"\b(?:had|has|have|was|were|been)\b", middle))),
        "had": float(bool(re.search(r"\bhad\b", middle))),
        "condition": float(deed.condition is not None),
        "unreal": float(bool(re.search(r"\bif\b.*\b(?:were|had|did)\b", text))),
        "question": float("?" in text),
        "length": min(len(text.split()), 60) / 60,
        "vague": float(deed.vague),
        "empty": float(deed.empty),
        "strength": deed.strength / 4,
        "weak": float(deed.strength < 2),
        "might": float(bool(re.search(r"\b(?:could|might|may)\b", middle))),
        "perhaps": float(bool(re.search(r"\b(?:probably|perhaps|possibly|might|likely)\b", text))),
    }


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("undertakings")["verbs"][name].split())


def _pattern(name: str) -> str:
    pattern: str = table("undertakings")["verbs"][name]
    return pattern


@cache
def model() -> dict[str, Any]:
    """`bonds.json`: the weights, and how they came about."""
    loaded: dict[str, Any] = json.loads((files("memcon.reading") / "bonds.json").read_text("utf-8"))
    return loaded
