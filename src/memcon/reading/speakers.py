"""Which sentences are statements, and whose: reported speech followed from its verb through the sentences after it.

A sentence is somebody's turn when a verb of speech in its main clause has him as its subject, when a transcript
labels it, or when it goes on with what was being reported. Narrative, procedure, comment and apparatus are nobody's.
Each `Turn` names the rule that decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from memcon.model import Passage, PassageKind
from memcon.reading.apparatus import is_apparatus, is_bracketed, is_heading
from memcon.reading.cast import Cast, Member, Reference
from memcon.reading.clauses import Clause, clauses
from memcon.reading.knowledge import table, word_set
from memcon.reading.page import Page, Sentence, Turn
from memcon.reading.tokens import Token, tokens
from memcon.text import Span

_SPOKEN = frozenset({PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.ROW})


class Voice(NamedTuple):
    """Who speaks: a member, or a party of whose members the paper does not say which."""

    member: Member | None
    party: str | None

    @property
    def name(self) -> str | None:
        """The member's name."""
        return self.member.name if self.member else None


class Said(NamedTuple):
    """A voice that begins at a token of a sentence, by a rule; `voice` is None where the paper does not tell."""

    start: int
    voice: Voice | None
    rule: str
    clause: Clause | None = None
    others: tuple[Voice, ...] = ()


def find(page: Page, cast: Cast) -> tuple[Turn, ...]:
    """Every stretch that reports what a participant says, in the order of the page."""
    return tuple(_Listening(page, cast).turns())


class _Listening:
    """What a reader keeps in mind from sentence to sentence: who speaks, and whom he was last told of."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self.page, self.cast = page, cast
        self.current: Voice | None = None
        self.before: Voice | None = None
        self.other: Member | None = None
        self.asked = False
        self.commenting = False
        labels = sum(1 for p in page.text.passages if self._labelled(p))
        self.transcript = labels >= 3 or (labels > 0 and cast.author is None)
        self.quoting = False
        self.bearer: Voice | None = None
        self.past = self._told_in_past()
        self.says_i = cast.author is not None and any(
            w.text == "I" for s in page.sentences for w in tokens(s.plain)
        )

    def _told_in_past(self) -> bool:
        """True when the paper reports in the past tense, so that a present tense belongs to what is said."""
        found = [
            c.now for s in self.page.sentences for c in clauses(tokens(s.plain))[:1] if c.kind == "saying"
        ]
        return found.count(True) * 3 < len(found)

    def turns(self) -> Iterator[Turn]:
        for passage in self.page.text.passages:
            if passage.kind in _SPOKEN and passage.id in self.page.by_passage:
                yield from self._passage(passage, self.page.by_passage[passage.id])

    def _passage(self, passage: Passage, sentences: Sequence[Sentence]) -> Iterator[Turn]:
        if is_apparatus(passage.text) or (len(sentences) == 1 and is_heading(sentences[0].plain)):
            return
        label = self._labelled(passage)
        if not passage.text.lstrip().startswith(("“", '"')):
            self.quoting = False
        if label:
            self._turn_to(label[0])
        self._comment(passage.text)
        if self.commenting:
            return
        for sentence in sentences:
            for said, end in self._spans(sentence, bool(label)):
                yield self._turn(sentence, said, end)

    def _comment(self, text: str) -> None:
        opening = _comment_opening().match(text)
        if opening:
            self.commenting = True
        elif self.commenting and not self._resumes(text):
            return
        else:
            self.commenting = False

    def _resumes(self, text: str) -> bool:
        """True when a passage after a comment is about the talk again."""
        words = tokens(text[:300])
        found = next((c for c in clauses(words) if not c.joined and not c.perfect), None)
        return found is not None and self.cast.refer(words, found.end).kind in {"name", "office"}

    # transcripts

    def _labelled(self, passage: Passage) -> tuple[Voice, int] | None:
        found = _LABEL.match(passage.text)
        if not found or passage.kind not in _SPOKEN:
            return None
        words = tokens(found["who"])
        if not words or words[0].key in _NO_LABELS:
            return None
        reference = self.cast.refer(words, len(words))
        member = self._holder(reference)
        if member is None or not member.present or reference.start > 1:
            return None
        return Voice(member, member.party), found.end()

    # sentences

    def _spans(self, sentence: Sentence, labelled: bool) -> Iterator[tuple[Said, int]]:
        words = tokens(sentence.plain)
        said = list(self._said(sentence, words, labelled))
        for at, one in enumerate(said):
            end = words[said[at + 1].start].start if at + 1 < len(said) else len(sentence.plain)
            if one.voice is not None:
                yield from ((one._replace(voice=voice), end) for voice in (*one.others, one.voice))
            if one.voice is not None:
                self._turn_to(one.voice)

    def _turn(self, sentence: Sentence, said: Said, end: int) -> Turn:
        start = tokens(sentence.plain)[said.start].start if said.start else 0
        text = _ANCHORS_AFTER.sub("", sentence.plain[start:end])
        bare = _ANCHORS_BEFORE.sub("", text)
        start += len(text) - len(bare)
        end = start + len(bare)
        span = Span(sentence.span.start + start, sentence.span.start + end)
        voice = said.voice or Voice(None, None)
        return Turn(sentence, span, voice.name, voice.party, self._addressee(voice), said.rule)

    def _addressee(self, voice: Voice) -> str | None:
        one = self.cast.other_side(voice.party)
        if one or self.before is None or self.before.party == voice.party:
            return one
        return self.before.party

    def _turn_to(self, voice: Voice) -> None:
        if self.current != voice:
            self.before, self.current = self.current, voice

    def _remember(self, words: Sequence[Token], said: Said) -> None:
        voice = said.voice
        if voice and voice.member and voice.member is not self.cast.author:
            self.other = voice.member
        if said.clause is None:
            return
        self.asked = said.clause.base in _asking()
        told = self._object(words, said.clause.verb)
        if told and told is not self.cast.author and told.present and voice and told is not voice.member:
            self.other = told if voice.member is self.cast.author or self.asked else self.other
            self.before = Voice(told, told.party)

    def _object(self, words: Sequence[Token], verb: int) -> Member | None:
        for end in range(verb + 2, min(verb + 7, len(words)) + 1):
            if words[end - 1].key in {"that", "whether", "if", "to", "about", "what"}:
                return None
            reference = self.cast.refer(words, end)
            if reference.kind in {"name", "office"} and reference.start <= verb + 2:
                return self._holder(reference)
        return None

    def _said(self, sentence: Sentence, words: Sequence[Token], labelled: bool) -> Iterator[Said]:
        if not any(word.text[0].isalpha() for word in words) or is_bracketed(sentence.plain):
            return
        if labelled or (self.transcript and self.current):
            yield Said(0, self.current, "transcript")
            return
        if self._quoted(sentence.plain) and (self.bearer or self.current):
            yield Said(0, self.bearer or self.current, "quotation")
            return
        if _AGREED.search(sentence.plain):
            sides = self.cast.sides
            self._turn_to(Voice(None, sides[0] if len(sides) == 1 else None))
            return
        found = list(self._attributions(words)) or list(self._viewpoint(words))
        asker = self._asker(words, found[0]) if found else None
        if asker:
            found[0] = found[0]._replace(others=(asker, *found[0].others))
        if found and _INTRODUCES.search(sentence.plain) and not _tells(words, found[0].clause):
            self._turn_to(found[0].voice or Voice(None, None))
        elif found:
            yield from found
        elif is_narrative(sentence.plain, words):
            self._narrated(words)
        elif self.current is not None:
            yield Said(0, self.current, "continuation")

    def _narrated(self, words: Sequence[Token]) -> None:
        """Who hands over or reads a paper is the voice of its words."""
        if any(word.key in _PAPERS for word in words):
            for end in range(1, min(8, len(words))):
                reference = self.cast.refer(words, end)
                if reference.kind in {"name", "office"} and words[end].text.islower():
                    member = self._holder(reference)
                    if member and member.present:
                        self.bearer = Voice(member, member.party)
                    return

    def _quoted(self, text: str) -> bool:
        """True for a sentence that stands within quotation marks from its first word on."""
        inside = self.quoting or text.lstrip()[:1] in "“‘" or text.lstrip().startswith(('"', "''"))
        opened, closed = text.count("“"), text.count("”")
        if opened != closed:
            self.quoting = opened > closed
        return inside and not (closed and not text.rstrip(" .0123456789[]*_").endswith(("”", ".”", "’")))

    def _attributions(self, words: Sequence[Token]) -> Iterator[Said]:
        """The voices that the sentence itself names, the first of them from its beginning."""
        last: Said | None = None
        for clause in clauses(words):
            said = self._attribution(words, clause, last)
            if said is None or (last is not None and said.voice == last.voice):
                continue
            yield said if last else said._replace(start=0)
            if said.voice is not None:
                self._turn_to(said.voice)
            self._remember(words, said)
            last = said

    def _attribution(self, words: Sequence[Token], clause: Clause, last: Said | None) -> Said | None:
        if clause.joined:
            return None if last else self._joined(words, clause)
        reference = self.cast.refer(words, clause.end)
        joint = self.cast.coordinate(words, reference)
        if clause.modal or (clause.now and self.past) or not _is_main(words, joint[0], last):
            return None
        if reference.word == "it" and reference.kind == "pronoun":
            return self._impersonal(words, clause, reference)
        if clause.passive:
            return self._passive(words, clause, reference)
        voice, rule = self._voice(reference, clause)
        if voice is None or (last is not None and not self._may_follow(voice, clause)):
            return None
        others = tuple(v for one in joint[:-1] if (v := self._voice(one, clause)[0]))
        return Said(joint[0].start, voice, rule, clause, others)

    def _asker(self, words: Sequence[Token], said: Said) -> Voice | None:
        """Who put the question that is answered: "When Mr. A asked if ..., B said", "In reply to A's question"."""
        end = said.clause.end if said.clause else 0
        opening = words[: max(0, end - 1)]
        asked = words[0].key in {"when", "after", "as"} and any(w.key in _ASKED for w in opening)
        answer = {w.key for w in opening[:3]} & _ANSWERS and any(w.key in _QUESTIONS for w in opening)
        if not asked and not answer:
            return None
        for at in range(2, len(opening)):
            reference = self.cast.refer(words, at)
            if reference.kind in {"name", "office"} or reference.word == "i":
                voice = self._voice(reference, said.clause)[0] if said.clause else None
                return voice if voice and voice.member and voice != said.voice else None
        return None

    def _viewpoint(self, words: Sequence[Token]) -> Iterator[Said]:
        """ "According to Mr. Smith, ..." and "In the Ambassador's opinion ..."."""
        for end in range(1, min(14, len(words))):
            opinion = words[end].key == "'s" and any(w.key in _OPINIONS for w in words[end + 1 : end + 4])
            reference = self.cast.refer(words, end)
            at = reference.start - (1 if words[reference.start - 1].key == "the" else 0)
            before = words[at - 1].key if at > 0 else ""
            told = at > 1 and before == "to" and words[at - 2].key == "according"
            if (told or (opinion and before in {"in", "was", "", "it"})) and reference.kind in {
                "name",
                "office",
            }:
                member = self._holder(reference)
                if member and member.present:
                    yield Said(0, Voice(member, member.party), "viewpoint")
                    return

    def _joined(self, words: Sequence[Token], clause: Clause) -> Said | None:
        """The subject of the sentence, for a second verb: "perused the paper and commented that ..."."""
        for end in range(1, min(clause.verb, 16)):
            verb = words[end].text
            if (
                verb[0].isalpha()
                and verb.islower()
                and words[end].key not in _LINKS
                and not (self.past and clause.now)
            ):
                reference = self.cast.refer(words, end)
                joint = self.cast.coordinate(words, reference)
                linked = joint[0].start and words[joint[0].start - 1].key in _LINKS
                if reference.kind in {"name", "office", "pronoun"} and not linked and reference.word != "it":
                    voice, _ = self._voice(reference, clause)
                    others = tuple(v for one in joint[:-1] if (v := self._voice(one, clause)[0]))
                    return Said(joint[0].start, voice, "second verb", clause, others) if voice else None
        return None

    def _may_follow(self, voice: Voice, clause: Clause) -> bool:
        """True when a second subject in one sentence can be a second speaker, not a part of what the first says."""
        if voice.member is None:
            return False
        return voice.member is self.cast.author or (not clause.perfect and clause.kind != "thinking")

    def _voice(self, reference: Reference, clause: Clause) -> tuple[Voice | None, str]:
        if reference.kind == "pronoun":
            return self._pronoun(reference.word, clause)
        member = self._holder(reference)
        if member is not None:
            return (Voice(member, member.party), "subject") if member.present else (None, "")
        if (
            reference.party
            and reference.party in self.cast.sides
            and reference.kind in {"party", "side", "office"}
        ):
            return self._collective(reference.party, clause)
        return None, ""

    def _collective(self, party: str, clause: Clause) -> tuple[Voice | None, str]:
        """A party as subject: a new voice when it says something, else part of what is being said."""
        if self.current and (self.current.party == party or clause.kind == "thinking" or clause.perfect):
            return None, ""
        return Voice(None, party), "party as subject"

    def _holder(self, reference: Reference) -> Member | None:
        """The one member that a reference means: of several holders of an office the one last heard of."""
        found = reference.members
        if len(found) < 2:
            return found[0] if found else None
        if reference.word in {"president", "secretary"} and not reference.party:
            found = tuple(m for m in found if m.party == self.cast.writer) or found
            found = tuple(m for m in found if m.surname is None) or found
        for known in (self.other, self.current and self.current.member):
            if known in found:
                return known
        strangers = [member for member in found if member is not self.cast.author]
        return strangers[0] if strangers else found[0]

    def _pronoun(self, word: str, clause: Clause) -> tuple[Voice | None, str]:
        if word == "i":
            author = self.cast.author
            return Voice(author, author.party if author else self.cast.writer), "I"
        if word in {"he", "she"}:
            return self._he(clause)
        if word == "we":
            reported = self.current and self.current.party == self.cast.writer and not self.says_i
            if self.current and (clause.kind != "saying" or clause.perfect or reported):
                return None, ""
            return Voice(None, self.cast.writer), "we"
        if word == "they" and self.current and self.current.member is None:
            return self.current, "they"
        return None, ""

    def _he(self, clause: Clause) -> tuple[Voice | None, str]:
        author, current = self.cast.author, self.current and self.current.member
        answering = self.asked and clause.base in _answering()
        if current is not None and current is not author and not answering:
            return self.current, "he"
        if answering and self.before and self.before.member and self.before.member is not author:
            return self.before, "he who was asked"
        other = self.other or self._only_other()
        return (Voice(other, other.party), "he") if other else (self.current, "he")

    def _only_other(self) -> Member | None:
        others = [m for m in self.cast.present if m is not self.cast.author and m.party != self.cast.writer]
        others = others or [m for m in self.cast.present if m is not self.cast.author]
        return others[0] if others else None

    def _passive(self, words: Sequence[Token], clause: Clause, reference: Reference) -> Said | None:
        told = self._voice(reference, clause)[0]
        if told is None or clause.perfect:
            return None
        by = self._by(words, clause.verb)
        if by:
            return Said(reference.start, Voice(by, by.party), "passive with by", clause)
        if told.party != self.cast.writer:
            return Said(reference.start, Voice(None, self.cast.writer), "passive", clause)
        party = self.cast.other_side(told.party)
        hosts = [m for m in self.cast.present if m.party == party]
        member = hosts[0] if len(hosts) == 1 else None
        return Said(reference.start, Voice(member, party), "passive", clause)

    def _by(self, words: Sequence[Token], verb: int) -> Member | None:
        for at in range(verb + 1, min(verb + 10, len(words))):
            if words[at].key == "by":
                for end in range(at + 2, min(at + 7, len(words)) + 1):
                    reference = self.cast.refer(words, end)
                    if reference.kind in {"name", "office"} and reference.start <= at + 2:
                        return self._holder(reference)
        return None

    def _impersonal(self, words: Sequence[Token], clause: Clause, reference: Reference) -> Said | None:
        passive = any(words[at].key in {"was", "were"} for at in range(clause.end, clause.verb))
        if not passive or words[clause.verb].key not in _impersonal():
            return None
        by = self._by(words, clause.verb)
        if by:
            return Said(reference.start, Voice(by, by.party), "it was said by", clause)
        told = self._told(words, clause.verb)
        if told:
            side = self.cast.writer if told.party != self.cast.writer else self.cast.other_side(told.party)
            return Said(reference.start, Voice(None, side), "it was said to", clause)
        if self.current and self.current.member is None:
            return Said(reference.start, self.current, "it was said", clause)
        return Said(reference.start, Voice(None, None), "it was said", clause)

    def _told(self, words: Sequence[Token], verb: int) -> Member | None:
        for at in range(verb + 1, min(verb + 4, len(words))):
            if words[at].key == "to":
                for end in range(at + 2, min(at + 7, len(words)) + 1):
                    reference = self.cast.refer(words, end)
                    if reference.kind in {"name", "office"} and reference.start <= at + 2:
                        return self._holder(reference)
                if words[at + 1].key in {"him", "her"} and self.current:
                    return self.other or self.current.member
        return None


_OPINIONS = frozenset(
    ["opinion", "view", "views", "judgment", "belief", "feeling", "impression", "understanding", "position"]
)
_ASKED = frozenset(["asked", "inquired", "enquired", "questioned"])
_ANSWERS = frozenset(["reply", "response", "answer", "replying", "responding", "answering"])
_QUESTIONS = frozenset(
    ["question", "questions", "query", "inquiry", "enquiry", "queries", "inquiries", "request"]
)
_PAPERS = frozenset(
    [
        "statement",
        "note",
        "message",
        "text",
        "letter",
        "memorandum",
        "telegram",
        "aide-memoire",
        "paper",
        "document",
        "draft",
    ]
)
_LINKS = frozenset(
    [
        "of",
        "to",
        "with",
        "by",
        "from",
        "for",
        "in",
        "on",
        "between",
        "at",
        "and",
        "or",
        "as",
        "about",
        "against",
        "like",
        "than",
        "'s",
    ]
)
_SUBORDINATE = word_set("speech", "subordinate")


def _tells(words: Sequence[Token], clause: Clause | None) -> bool:
    """True when what announces a list is itself part of what is said: "said that, as to X, he would report the following"."""
    return clause is not None and any(w.key == "that" for w in words[clause.verb + 1 : clause.verb + 4])


_BREAKS = frozenset({";", "and", "but", ",", ":", "—", "–", "whereupon", "."})


def _is_main(words: Sequence[Token], reference: Reference, last: Said | None) -> bool:
    at = reference.start
    while at > 0 and (words[at - 1].key in {"the", "a", "an", "his", "both", "then", "however", "also"}):
        at -= 1
    before = words[at - 1].key if at else ""
    if last is None:
        return before not in _SUBORDINATE and not (words[0].key in _SUBORDINATE and _in_opening(words, at))
    if before in {"and", "but", "whereupon", ";", "."}:
        return True
    return before == "," and reference.word == "i"


def _in_opening(words: Sequence[Token], at: int) -> bool:
    """True while the clause that opens the sentence ("After he had left, ...") has not ended."""
    return not any(word.text == "," for word in words[:at])


@cache
def _asking() -> frozenset[str]:
    return frozenset(table("speech")["asking"])


@cache
def _impersonal() -> frozenset[str]:
    return frozenset(table("speech")["impersonal"])


@cache
def _answering() -> frozenset[str]:
    return frozenset(table("speech")["answering"]) | {"say"}


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(
        r"\W*(?:\d+[.)]\s*)?(?:" + "|".join(table("speech")["narrative"]["openings"]) + r")\b", re.IGNORECASE
    )


@cache
def _narrative() -> frozenset[str]:
    return frozenset(table("speech")["narrative"]["verbs"])


@cache
def _comment_opening() -> re.Pattern[str]:
    return re.compile(
        r"[\W_]*(?:" + "|".join(table("speech")["narrative"]["comments"]) + r")\b\W{0,3}[:.—]", re.IGNORECASE
    )


_ANCHORS_AFTER = re.compile(r"(?:\s*\[\d{1,2}\](?:\(#\w+\))?)*\s*$")
_ANCHORS_BEFORE = re.compile(r"^\s*(?:\[\d{1,2}\](?:\(#\w+\))?\s*)*")
_INTRODUCES = re.compile(
    r"(?:as follows|\bthe following\b[^.]{0,60}|\bthese (?:main )?points|\bkey points[^.]{0,40}|\bfollows?)\s*:[\W_]*$"
)
# What both sides agreed on, in the list that follows.
_AGREED = re.compile(
    r"(?:^|[^\w,])(?:[Ii]t was|(?:points|matters|conclusions) were)\b[^.:]{0,30}\bagreed\b[^.:]{0,30}:[\W_]*$"
)
_LABEL = re.compile(r"[\W_]*(?P<who>(?:[A-Z][a-z]{0,3}\.\s?)*[A-Z][^:.\n]{0,45}?)[\W_]*:(?!\d)\s*")
_NO_LABELS = frozenset(
    [
        "subject",
        "participants",
        "date",
        "place",
        "time",
        "comment",
        "note",
        "summary",
        "copies",
        "ref",
        "re",
        "present",
        "source",
    ]
)

_FINITE = word_set("speech", "finite")
_ACTORS = frozenset({"name", "office", "party", "side", "pronoun"})


def is_narrative(text: str, words: Sequence[Token]) -> bool:
    """True when the sentence tells what was done, by its opening or by its first verb."""
    if _openings().match(text):
        return True
    for at, word in enumerate(words[1:14], start=1):
        if word.key in _FINITE:
            return False
        if word.key in _narrative() and word.text.islower():
            before = words[at - 1]
            return before.text[:1].isupper() or before.key in {
                "he",
                "we",
                "she",
                "they",
                "then",
                "also",
                "meeting",
            }
    return False
