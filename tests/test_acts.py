"""Each rule of acts finds its example and leaves its counter-example; sure rules, joints and standings do as they say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from memcon.grammar import Line, line, tokens
from memcon.model import Act, Passage, Standing, Statement
from memcon.reading import acts
from memcon.reading.knowledge import table
from memcon.reading.page import Page, Sentence, Turn
from memcon.text import Span

RULES: list[dict[str, Any]] = table("acts")["rule"]
STANDINGS: list[dict[str, Any]] = table("standing")["rule"]
_MARKED = re.compile(r"\{(own|other) (.+?)\}")


def marked(text: str) -> Line:
    """A line of a text in which "{own we}" gives the words their role."""
    roles: list[str] = []
    at = 0
    for found in _MARKED.finditer(text):
        roles += [""] * len(tokens(text[at : found.start()]))
        roles += [found[1]] * len(tokens(found[2]))
        at = found.end()
    roles += [""] * len(tokens(text[at:]))
    return line(_MARKED.sub(r"\2", text), roles)


def found(text: str) -> set[str]:
    return {match.rule for match in acts.rules().acts.find(marked(text))}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["name"])
def test_rule_by_its_sentences(rule: dict[str, Any]) -> None:
    """The rule is found in the sentence it was written for, and not in the one beside it."""
    assert rule["name"] in found(rule["finds"])
    assert rule["name"] not in found(rule["misses"])


def test_rules_are_told_apart() -> None:
    """Names are unique, acts are known, and a rule that is sure speaks for its act."""
    assert len({rule["name"] for rule in RULES}) == len(RULES)
    assert {rule["act"] for rule in RULES} <= {act.value for act in Act}
    assert all(rule["weight"] >= 1.0 for rule in RULES if rule.get("sure"))


@pytest.mark.parametrize("rule", STANDINGS, ids=lambda rule: rule["standing"])
def test_standing_by_its_sentences(rule: dict[str, Any]) -> None:
    """The sign of a standing is found in its sentence, and not in the one beside it."""
    grammar = acts.rules().standing
    assert rule["standing"] in {m.rule for m in grammar.find(line(rule["finds"]))}
    assert rule["standing"] not in {m.rule for m in grammar.find(line(rule["misses"]))}


# --- whole turns ---------------------------------------------------------------------------------------------------

SPEAKERS = {"Lund": ("Mr. Lund", "Norway", "Portugal"), "Sá": ("Mr. Sá", "Portugal", "Norway")}


def said(*turns: tuple[str, str], learned: bool = False) -> tuple[Statement, ...]:
    """The statements of a talk of two sides: who speaks, and a sentence each."""
    spoken = []
    for number, (who, text) in enumerate(turns):
        sentence = Sentence(number, Passage(f"p{number}", text), Span(0, len(text)), text)
        spoken.append(Turn(sentence, sentence.span, *SPEAKERS[who], "written"))
    page: Page = None  # type: ignore[assignment]  # acts are told from the turns alone
    return acts.find(page, spoken, learned=learned)


def of(*turns: tuple[str, str], learned: bool = False) -> list[Act]:
    return [statement.act for statement in said(*turns, learned=learned)]


@pytest.mark.parametrize("learned", [False, True])
def test_sure_rules_hold_with_and_without_the_model(learned: bool) -> None:
    """A construction that settles an act gives that act and no other."""
    assert of(("Lund", "He said that he fully agreed with this course."), learned=learned) == [Act.AGREE]
    assert of(("Lund", "It would be desirable for the Portuguese Government to wait."), learned=learned) == [Act.REQUEST]  # fmt: skip


@pytest.mark.parametrize("learned", [False, True])
def test_proposal_put_as_question(learned: bool) -> None:
    """To ask whether it would not be better to do a thing is to propose it."""
    text = "I asked whether he did not think it would be more useful to meet in Lisbon."
    assert of(("Lund", text), learned=learned) == [Act.PROPOSE]


def test_own_commitment_is_no_refusal() -> None:
    """What one's own side will not do, announced unasked for a case, is undertaken."""
    text = "In the event that the motion is carried, the Norwegian delegate will declare that he cannot accept it."
    assert of(("Lund", text)) == [Act.UNDERTAKE]


def test_answer_counts_after_the_other_side_only() -> None:
    """That a thing must be taken into account assents to what the other side said, not to one's own words."""
    objection = "The passage is used by too many ships."
    answer = "This circumstance must be taken into account."
    assert of(("Sá", objection), ("Lund", answer))[-1] is Act.AGREE
    assert of(("Lund", objection), ("Lund", answer))[-1] is not Act.AGREE


def test_negation_turns_the_act() -> None:
    """ "Could not agree" refuses; it does not agree."""
    assert of(("Lund", "He said that Norway could not agree to a second inspection.")) == [Act.REFUSE]


def test_two_acts_share_a_sentence_at_its_joint() -> None:
    """Two acts of one sentence have each its clause, in the order of the text and without overlap."""
    text = "He expressed his agreement with the draft, and asked us to send a copy to Lisbon."
    first, second = said(("Lund", text))
    assert (first.act, second.act) == (Act.AGREE, Act.REQUEST)
    assert first.words.span.end <= second.words.span.start
    assert all(x.words.quote == x.words.span.of(text) for x in (first, second))


def test_nothing_known_is_inform() -> None:
    """A plain sentence is told, by the rule of the rest, over all its words."""
    (only,) = said(("Lund", "The ships lay in the harbour."))
    assert (only.act, only.rule, only.words.quote) == (Act.INFORM, "inform-rest", "The ships lay in the harbour.")  # fmt: skip


def test_standing_of_a_statement() -> None:
    """A statement has the authority that its words tell, the most reserved first; none where they tell none."""
    personal, referred, plain = said(
        ("Lund", "Speaking personally, he liked the plan."),
        ("Lund", "Speaking personally, he would have to refer this to his Government."),
        ("Lund", "The plan was old."),
    )
    assert (personal.standing, referred.standing, plain.standing) == (Standing.PERSONAL, Standing.AD_REFERENDUM, None)  # fmt: skip


def test_score_is_the_models_alone() -> None:
    """A statement by rule has no probability; one that the model gives has one between 0 and 1."""
    text = "He thought of the long road and the weather, and of what the autumn had been like."
    assert [s.score for s in said(("Lund", text))] == [None]
    assert all(s.score is None or 0 < s.score <= 1 for s in said(("Lund", text), learned=True))


def test_every_statement_has_its_own_id() -> None:
    """Statements are numbered in the order of the text, also where a sentence has two."""
    both = "He expressed his agreement with the draft, and asked us to send a copy to Lisbon."
    assert [s.id for s in said(("Lund", both), ("Sá", "Yes."), ("Lund", both))] == [
        "t1",
        "t2",
        "t3",
        "t4",
        "t5",
    ]


def test_without_words_nothing_is_said() -> None:
    """A turn without a word or a sign gives no statement."""
    assert said(("Lund", "   ")) == ()
