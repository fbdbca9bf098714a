"""Who bound himself to what: promises, and requests or proposals that were accepted, joined over sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from memcon.model import Act, DateFound, Quantity, Speaker, Statement, Undertaking
from memcon.reading import bonds, deeds
from memcon.reading.deeds import Deed
from memcon.reading.page import Page, Sentence
from memcon.text import fold
from memcon.when import When

# How many sentences back an acceptance may look for what it accepts.
_REACH = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with the sentence in which it begins and its place in it."""

    statement: Statement
    sentence: Sentence
    low: int
    high: int

    @property
    def text(self) -> str:
        """The plain words of the statement within its first sentence."""
        return self.sentence.plain[self.low : self.high]


@dataclass(frozen=True)
class Talk:
    """What the steps before have found on a page, in the order of the text."""

    page: Page
    statements: tuple[Statement, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateFound, ...]
    cast: tuple[Speaker, ...]
    learned: bool = True

    @property
    def month(self) -> str | None:
        """Year and month of the talk, as far as known."""
        date = self.page.record.date
        return (date.edtf or "")[:7] or None if date else None

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The statements that begin in a sentence of the page, in the order of the text."""
        placed = (place(self.page, statement) for statement in self.statements)
        return tuple(sorted((s for s in placed if s), key=lambda s: (s.sentence.number, s.low)))


def place(page: Page, statement: Statement) -> Said | None:
    """The statement in its sentence: the first that it covers."""
    span = statement.words.span
    for sentence in page.by_passage.get(statement.words.passage, ()):
        if sentence.span.overlaps(span):
            low = max(span.start - sentence.span.start, 0)
            return Said(statement, sentence, low, min(span.end, sentence.span.end) - sentence.span.start)
    return None


def find(
    page: Page,
    statements: Sequence[Statement],
    quantities: Sequence[Quantity],
    dates: Sequence[DateFound],
    cast: Sequence[Speaker] | None = None,
    *,
    learned: bool = True,
) -> tuple[Undertaking, ...]:
    """Every undertaking of the page in the order of the text; each stands on statements that are given.

    With `learned` False the acts of the statements alone say where somebody binds himself; otherwise they are
    weighed together with the wording of the deed.
    """
    talk = Talk(page, tuple(statements), tuple(quantities), tuple(dates), tuple(cast or ()), learned)
    drafts = _merged(sorted(_drafts(talk), key=lambda d: (d.deed.sentence.number, d.deed.start)))
    return tuple(_finished(talk, number, draft) for number, draft in enumerate(drafts, 1))


@dataclass(frozen=True, slots=True)
class _Draft:
    deed: Deed
    by: str
    to: str | None
    basis: tuple[Said, ...]
    rule: str


def _drafts(talk: Talk) -> Iterator[_Draft]:
    for at, said in enumerate(talk.said):
        if _binds(talk, said):
            yield from _promises(talk, at)
        elif said.statement.act is Act.AGREE:
            yield from _assents(talk, at)


# How much the act of a statement adds to the chance that its words bind, and how sure it must be then.
_ACT_ADDS = {Act.UNDERTAKE: 0.35, Act.AGREE: -0.1, Act.INFORM: -0.1}
_OWN_PLAN = 0.2
"""What it takes away that an intention is only told: a plan of one's own is owed to nobody."""
_LEAST = 0.5


def _binds(talk: Talk, said: Said) -> bool:
    """True when a statement undertakes something: by its act, weighed with its wording where that is wanted."""
    act = said.statement.act
    if not talk.learned:
        return act is Act.UNDERTAKE
    deed = deeds.promised(said.sentence, said.low, said.high)[0]
    adds = _ACT_ADDS.get(act, 0.0) - _OWN_PLAN * (act is Act.INFORM and deed.rule == "bound by intention")
    return bonds.chance(deed, said.statement.party, talk.month) + adds > _LEAST


# --- promises -----------------------------------------------------------------------------------------------


def _promises(talk: Talk, at: int) -> Iterator[_Draft]:
    said = talk.said[at]
    party = said.statement.party or _party_named(talk, said.text)
    if party is None:
        return
    for deed in deeds.promised(said.sentence, said.low, said.high):
        asked = _wanted(talk, at, (Act.REQUEST, Act.PROPOSE)) if deed.empty else None
        if asked is not None:
            yield _accepted(asked, said, party, "promised what was asked")
        else:
            yield _Draft(deed, party, _other(said.statement, party), (said,), f"promised: {deed.rule}")


def _other(statement: Statement, by: str) -> str | None:
    return statement.to if statement.to != by else None


def _accepted(wanted: tuple[Said, Deed], said: Said, party: str, rule: str) -> _Draft:
    asked, deed = wanted
    to = asked.statement.party if asked.statement.party != party else None
    return _Draft(deed, party, to, (asked, said), rule)


def _wanted(talk: Talk, at: int, acts: tuple[Act, ...]) -> tuple[Said, Deed] | None:
    """The nearest request or proposal by somebody else that the statement at `at` can answer, and its deed."""
    said = talk.said[at]
    for before in reversed(talk.said[:at]):
        if said.sentence.number - before.sentence.number > _REACH:
            return None
        if before.statement.act in acts and _another(before.statement, said.statement):
            deed = deeds.asked(before.sentence, before.low, before.high)
            return (before, deed) if deed is not None and not deed.empty else None
    return None


def _another(one: Statement, other: Statement) -> bool:
    if one.speaker and other.speaker:
        return one.speaker != other.speaker
    return one.party != other.party or one.party is None


# --- assents ------------------------------------------------------------------------------------------------

_JOINT = re.compile(
    r"\b(?:it (?:was|is|has been|had been) (?:also |further |then |finally |generally )*(?:agreed|decided)|"
    r"(?:we|all|both|sides|they|ministers|representatives)(?: all| both| also)? (?:agreed|decided)|"
    r"(?:was|with|reached|general) (?:general )?agreement)\b",
    re.IGNORECASE,
)
_POINT = re.compile(r"\s*\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})[.)]\s+")
_SUGGESTED_HERE = re.compile(
    r"\b(?:suggestions?|proposals?|requests?|recommendations?) (?:that|to)\b|\b(?:suggested|proposed|asked)\b.{0,20}\bagreed\b",
    re.IGNORECASE,
)


def _assents(talk: Talk, at: int) -> tuple[_Draft, ...]:
    """What an `agree` binds somebody to: the first of the constructions that fits."""
    for construction in (_formula, _agreed_to_do, _suggested_here, _answered):
        drafts = tuple(construction(talk, at))
        if drafts:
            return drafts
    return ()


def _formula(talk: Talk, at: int) -> Iterator[_Draft]:
    """The joint form, "it was agreed that X should", and the points of a list under it."""
    said = talk.said[at]
    joint = _JOINT.search(said.text)
    if not joint and not _goes_on(talk, at):
        return
    for deed in deeds.promised(said.sentence, said.low + (joint.end() if joint else 0), said.high):
        if deed.strength >= 0 and not deed.vague:
            party = _doer(talk, deed) or said.statement.party or _only_party(talk)
            if party:
                yield _Draft(deed, party, None, (said,), "it was agreed that")


def _goes_on(talk: Talk, at: int) -> bool:
    """True for a point of a list, "(b) that ...", or a further sentence, whose beginning was a joint agreement."""
    said = talk.said[at]
    before = talk.page.sentences[max(said.sentence.number - 12, 0) : said.sentence.number]
    if _POINT.match(said.text):
        return any(
            _JOINT.search(s.plain) or re.search(r"\b(?:agreed|decided)\b.*:\s*$", s.plain) for s in before
        )
    last = talk.said[at - 1] if at else None
    return (
        last is not None
        and last.statement.act is Act.AGREE
        and last.sentence.passage is said.sentence.passage
        and last.statement.speaker == said.statement.speaker
        and bool(_JOINT.search(" ".join(s.plain for s in before if s.passage is said.sentence.passage)))
    )


def _doer(talk: Talk, deed: Deed) -> str | None:
    """The party that is to do it: that of the subject, or of "by X" in a passive."""
    head = re.split(r"\s(?:in|with|to|by|for|at|on|just)\s", deed.subject)[0]
    by = re.search(r"\bby (?:the )?((?:[A-Z][\w.’']*\s?)+)", deed.words.quote)
    return _party_named(talk, head) or (_party_named(talk, by.group(1)) if by else None)


def _agreed_to_do(talk: Talk, at: int) -> Iterator[_Draft]:
    """An agreement that names the deed itself: "agreed to report", "would be glad to mention"."""
    said = talk.said[at]
    party = said.statement.party
    if party is None:
        return
    least = 3 if deeds.assents_to_do(said.text) else 4
    for deed in deeds.promised(said.sentence, said.low, said.high):
        if deed.strength >= least and not deed.empty:
            yield _Draft(deed, party, _other(said.statement, party), (said,), "agreed to do")


def _suggested_here(talk: Talk, at: int) -> Iterator[_Draft]:
    """A suggestion told in the same sentence as its acceptance: "agreed with his suggestion that X do"."""
    said = talk.said[at]
    if not _SUGGESTED_HERE.search(said.text):
        return
    deed = deeds.asked(said.sentence, said.low, said.high)
    party = said.statement.party
    if deed is not None and deed.strength >= 2 and party is not None:
        yield _Draft(deed, party, _other(said.statement, party), (said,), "a suggestion accepted")


def _answered(talk: Talk, at: int) -> Iterator[_Draft]:
    """A request or proposal of the other side, and its acceptance here."""
    said = talk.said[at]
    if said.statement.party is None:
        return
    request = _wanted(talk, at, (Act.REQUEST,))
    if request is not None and not deeds.assents_to_view(said.text):
        if not _permission(request[1]):
            yield _accepted(request, said, said.statement.party, "a request accepted")
        return
    proposal = _wanted(talk, at, (Act.PROPOSE,))
    if proposal is not None:
        yield from _proposal_accepted(talk, at, proposal)


def _permission(deed: Deed) -> bool:
    """True when the asker wants leave to do it himself: "asked if he might quote this"."""
    return bool(re.fullmatch(r"I|we|he|she|they", deed.subject)) and bool(
        re.search(r"\b(?:might|could|may|can)\b", deed.sentence.plain[deed.opened : deed.start])
    )


def _proposal_accepted(talk: Talk, at: int, proposal: tuple[Said, Deed]) -> Iterator[_Draft]:
    said = talk.said[at]
    proposed, deed = proposal
    party = _doer(talk, deed)
    if party is not None and party == said.statement.party:
        yield _accepted(proposal, said, party, "a proposal accepted")
    elif _countered(talk, proposed, said):
        counter = deeds.countered(proposed.sentence, proposed.low, proposed.high)
        if counter is not None and proposed.statement.party:
            rule = "a counter-proposal accepted"
            yield _Draft(counter, proposed.statement.party, said.statement.party, (proposed, said), rule)
    elif deed.subject.lower() == "we" and _plainly(said) and said.statement.party == proposed.statement.party:
        yield _accepted(proposal, said, said.statement.party or "", "a common course accepted")


def _plainly(said: Said) -> bool:
    """True when the sentence says little more than that somebody agreed."""
    return bool(
        re.match(r"[^,;]{0,40}\b(?:agreed|approved|concurred|assented)\s*(?:[,.;]|and said|$)", said.text)
    )


def _countered(talk: Talk, proposed: Said, said: Said) -> bool:
    """True when the proposal answers a request of him who now agrees: what is done then is the proposer's to do."""
    if _POINT.match(proposed.sentence.plain):
        return False
    return any(
        0 < proposed.sentence.number - before.sentence.number <= 2
        and before.statement.act is Act.REQUEST
        and before.statement.party == said.statement.party != proposed.statement.party
        for before in talk.said
    )


# --- parties named in the words ---------------------------------------------------------------------------------


def _party_named(talk: Talk, words: str) -> str | None:
    """The one party that these words name, by its own name or that of one of its people."""
    folded = f" {fold(words)} "
    named = {party for party in _parties(talk) if f" {fold(party)} " in folded}
    if not named:
        named = {
            p.party for p in talk.cast if p.party and _surname(p.name) and f" {_surname(p.name)} " in folded
        }
    return named.pop() if len(named) == 1 else None


def _surname(name: str) -> str:
    words = [w for w in re.findall(r"[\w’'-]+", fold(name)) if len(w) > 2]
    return words[-1] if words else ""


def _parties(talk: Talk) -> set[str]:
    return {p for s in talk.statements for p in (s.party, s.to) if p} | {
        p.party for p in talk.cast if p.party
    }


def _only_party(talk: Talk) -> str | None:
    parties = _parties(talk)
    return parties.pop() if len(parties) == 1 else None


# --- what belongs to it -------------------------------------------------------------------------------------------


def _merged(drafts: Iterable[_Draft]) -> tuple[_Draft, ...]:
    """The same thing promised twice by one party is one undertaking, in its fuller words."""
    out: list[_Draft] = []
    for draft in drafts:
        at = next(
            (i for i, first in enumerate(out) if first.by == draft.by and _same(first.deed, draft.deed)), None
        )
        if at is None:
            out.append(draft)
        else:
            basis = tuple(dict.fromkeys(out[at].basis + draft.basis))
            out[at] = replace(max(out[at], draft, key=lambda d: d.deed.end - d.deed.start), basis=basis)
    return tuple(out)


def _same(one: Deed, other: Deed) -> bool:
    """True when the shorter says little that the longer does not, and neither denies what the other says."""
    if one.sentence is other.sentence:
        return one.words.span.overlaps(other.words.span)
    first, second = (set(re.findall(r"\w{2,}", fold(d.words.quote))) for d in (one, other))
    if ("not" in first) != ("not" in second):
        return False
    first, second = first - deeds.small(), second - deeds.small()
    least = min(len(first), len(second))
    return first == second or (least >= 2 and len(first & second) >= 0.65 * least)


def _finished(talk: Talk, number: int, draft: _Draft) -> Undertaking:
    amounts, sources = _amounts(talk, draft)
    basis = sorted({*draft.basis, *sources}, key=lambda s: (s.sentence.number, s.low))
    return Undertaking(
        f"u{number}", tuple(dict.fromkeys(s.statement.id for s in basis)), draft.deed.words, draft.by, draft.to,
        amounts, _due(talk, draft.deed), draft.deed.condition_words, draft.rule,
    )  # fmt: skip


def _amounts(talk: Talk, draft: _Draft) -> tuple[tuple[Quantity, ...], tuple[Said, ...]]:
    deed = draft.deed
    inside = tuple(
        q
        for q in talk.quantities
        if q.words.passage == deed.sentence.passage.id and deed.words.span.holds(q.words.span)
    )
    if deeds.named_before(deed.words.quote):
        return _amounts_before(talk, deed, inside)
    return inside + _counted_before(talk, deed, inside), ()


def _amounts_before(
    talk: Talk, deed: Deed, inside: tuple[Quantity, ...]
) -> tuple[tuple[Quantity, ...], tuple[Said, ...]]:
    """ "The said amount": all amounts of the nearest sentence before that has any."""
    for sentence in reversed(
        talk.page.sentences[max(deed.sentence.number - _REACH, 0) : deed.sentence.number]
    ):
        amounts = tuple(q for q in talk.quantities if _within(q, sentence))
        if amounts:
            return amounts + inside, tuple(s for s in talk.said if s.sentence is sentence)
    return inside, ()


def _within(quantity: Quantity, sentence: Sentence) -> bool:
    return quantity.words.passage == sentence.passage.id and sentence.span.overlaps(quantity.words.span)


def _counted_before(talk: Talk, deed: Deed, inside: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Things counted a little before and named again, in full, in the sentence of the deed."""
    if inside:
        return ()
    earlier = talk.page.sentences[max(deed.sentence.number - 8, 0) : deed.sentence.number]
    plain = fold(deed.sentence.plain)
    return tuple(
        q for s in earlier for q in talk.quantities
        if _within(q, s) and q.of and len(q.of.split()) > 1 and fold(q.of) in plain
    )  # fmt: skip


def _due(talk: Talk, deed: Deed) -> When | None:
    """The time in the deed's clause that is not over when the talk is held."""
    held = talk.page.record.date.earliest if talk.page.record.date else None
    for found in talk.dates:
        if found.words.passage != deed.sentence.passage.id or not found.when.edtf:
            continue
        start, end = (x - deed.sentence.span.start for x in found.words.span)
        if not (deed.opened <= start and end <= deed.closed):
            continue
        if deed.condition and deed.condition[0] <= start < deed.condition[1]:
            continue
        if held and found.when.latest and found.when.latest < held:
            continue
        return found.when
    return None
