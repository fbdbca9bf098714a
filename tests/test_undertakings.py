"""Who bound himself to what: each construction on sentences written for it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from memcon.model import Act, DateFound, Passage, Quantity, Record, Speaker, Statement, Text, Words
from memcon.reading import deeds, undertakings
from memcon.reading.knowledge import table
from memcon.reading.page import Page, Sentence
from memcon.text import Span
from memcon.when import When

HELD = When("1955-03-01", "1 March 1955", date(1955, 3, 1), date(1955, 3, 1))


class Talk:
    """A page of sentences, one a passage unless told otherwise, with what is said in them."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.sentences: list[Sentence] = []
        self.statements: list[Statement] = []
        self.quantities: list[Quantity] = []
        self.dates: list[DateFound] = []

    def say(
        self, party: str | None, act: Act, text: str, to: str | None = None, speaker: str | None = None
    ) -> Words:
        passage = Passage(f"p{len(self.passages) + 1}", text)
        sentence = Sentence(len(self.sentences), passage, Span(0, len(text)), text)
        self.passages.append(passage)
        self.sentences.append(sentence)
        name = f"t{len(self.statements) + 1}"
        self.statements.append(
            Statement(name, sentence.whole, act, speaker or party, party, to, None, "written")
        )
        return sentence.whole

    def _words(self, quote: str) -> Words:
        sentence = next(s for s in reversed(self.sentences) if quote in s.plain)
        at = sentence.plain.index(quote)
        return sentence.words(at, at + len(quote))

    def amount(self, quote: str, value: float, of: str | None = None) -> None:
        self.quantities.append(Quantity(self._words(quote), value, None, of))

    def time(self, quote: str, edtf: str, day: date) -> None:
        self.dates.append(DateFound(self._words(quote), When(edtf, quote, day, day)))

    def read(self, *cast: Speaker):
        text = Text(tuple(self.passages), "en")
        page = Page(Record("r", "A talk", (text,), date=HELD), text, tuple(self.sentences))
        found = undertakings.find(page, self.statements, self.quantities, self.dates, cast, learned=False)
        for undertaking in found:
            words = undertaking.words
            assert words.span.of(page.passages[words.passage].text) == words.quote
        return found


def one(talk: Talk, *cast: Speaker):
    found = talk.read(*cast)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "row", [*table("undertakings")["head"], *table("undertakings")["asked"]], ids=lambda r: r["name"]
)
def test_each_pattern_finds_its_sentence_and_leaves_the_other(row):
    """Every rule over words comes with a sentence that it finds and one that it must not."""
    flags = re.IGNORECASE if row in table("undertakings")["head"] else 0
    assert re.search(row["pattern"], row["finds"], flags)
    assert not re.search(row["pattern"], row["leaves"], flags)


@pytest.mark.parametrize("name", ["empty", "named_before"])
def test_single_patterns_find_and_leave(name):
    """The patterns for "do so" and "the said amount" keep to their examples."""
    row = table("undertakings")[name]
    assert re.search(row["pattern"], row["finds"], re.IGNORECASE)
    assert not re.search(row["pattern"], row["leaves"], re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Mr. Lund promised to look into the supply of coal.", "look into the supply of coal"),
        ("He said that they would send two nurses to the camp because the need was great.", "send two nurses to the camp"),
        ("The Minister said his Government was willing to sell the ships, but doubted their use.", "sell the ships"),
        ("We are not prepared to close the port.", "not prepared to close the port"),
        ("He said they had no intention of closing the port.", "no intention of closing the port"),
        ("I said that the wells would be repaired.", "the wells would be repaired"),
        ("He stated that I would receive a copy of the list.", "I would receive a copy of the list"),
        ("They won't change the tariff.", "won't change the tariff"),
        ("He wished to assure him the full support of the Ministry.", "the full support of the Ministry"),
    ],
)  # fmt: skip
def test_a_promise_is_quoted_as_the_thing_to_be_done(text, quote):
    """The words of the deed begin after the words that bind, with the subject where somebody else undergoes it."""
    talk = Talk()
    talk.say("Norway", Act.UNDERTAKE, text, "Chile")
    found = one(talk)
    assert (found.by, found.to, found.words.quote) == ("Norway", "Chile", quote)


def test_two_things_promised_in_one_sentence_are_two():
    """A second subject of its own makes a second undertaking."""
    talk = Talk()
    talk.say("Norway", Act.UNDERTAKE, "He would tell the Embassy at once and he would let us see the cables.")
    assert [u.words.quote for u in talk.read()] == ["tell the Embassy at once", "let us see the cables"]


def test_a_second_verb_of_one_promise_is_no_second_undertaking():
    """ "Consult and then speak" is one thing to be done."""
    talk = Talk()
    talk.say("Norway", Act.UNDERTAKE, "He would consult the Minister and then speak to the Consul.")
    assert one(talk).words.quote == "consult the Minister and then speak to the Consul"


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("He promised to send the wheat if the harvest was good.", "if the harvest was good"),
        ("He said that, unless the road was closed, they would send the wheat.", "unless the road was closed"),
        ("In the event that the road is closed, the Government will send the wheat by sea.", "In the event that the road is closed"),
        ("He promised to ask whether the road was closed.", None),
        ("He promised to see if the road was closed.", None),
    ],
)  # fmt: skip
def test_a_condition_is_kept_in_its_words(text, condition):
    """Before or after the deed; a question is no condition."""
    talk = Talk()
    talk.say("Norway", Act.UNDERTAKE, text)
    found = one(talk)
    assert (found.condition.quote if found.condition else None) == condition


def test_a_request_and_its_acceptance_bind_him_who_accepts():
    """The deed is quoted from the request, and both sentences are its ground."""
    talk = Talk()
    talk.say("Norway", Act.REQUEST, "Mr. Lund asked the Ambassador to return the papers.", "Chile")
    talk.say("Chile", Act.AGREE, "The Ambassador said he would do so.", "Norway")
    found = one(talk)
    assert (found.by, found.to, found.words.quote) == ("Chile", "Norway", "return the papers")
    assert found.statements == ("t1", "t2")


def test_leave_to_do_something_binds_nobody():
    """He who asks whether he may is allowed, and the other side owes nothing."""
    talk = Talk()
    talk.say("Norway", Act.REQUEST, "Mr. Lund asked if he might quote the letter.", "Chile")
    talk.say("Chile", Act.AGREE, "The Ambassador agreed.", "Norway")
    assert talk.read() == ()


def test_a_proposal_that_names_the_other_side_binds_it_when_accepted():
    """ "Expedient for X to do it", and X agrees."""
    talk = Talk()
    talk.say(
        "Norway",
        Act.PROPOSE,
        "He thought it expedient for Chile to lay the matter before the Court.",
        "Chile",
    )
    talk.say("Chile", Act.AGREE, "The Ambassador fully agreed with this course.", "Norway")
    assert one(talk).by == "Chile"


def test_a_counter_proposal_binds_him_who_made_it():
    """Asked to do one thing, he offers how to do it, and the asker agrees: it is his to do."""
    talk = Talk()
    talk.say("Chile", Act.REQUEST, "It would be desirable for Norway to keep the ships until May.", "Norway")
    talk.say(
        "Norway",
        Act.PROPOSE,
        "He said it would be better to call the ships Chilean, but in fact to leave them in the harbour.",
        "Chile",
    )
    talk.say("Chile", Act.AGREE, "The Ambassador said that this was the best solution.", "Norway")
    found = one(talk)
    assert (found.by, found.to, found.words.quote) == ("Norway", "Chile", "leave them in the harbour")


def test_sharing_a_view_binds_nobody():
    """Agreement with an opinion is no undertaking."""
    talk = Talk()
    talk.say("Norway", Act.INFORM, "Mr. Lund said the winter had been hard.", "Chile")
    talk.say("Chile", Act.AGREE, "The Ambassador agreed that it was hard.", "Norway")
    assert talk.read() == ()


def test_it_was_agreed_that_somebody_should():
    """The party of him who is to do it is bound."""
    talk = Talk()
    talk.say(None, Act.AGREE, "It was agreed that Mr. Lund should draft the reply.")
    talk.say("Chile", Act.INFORM, "The Ambassador said the ship had sailed.", "Norway")
    found = one(talk, Speaker("x1", "Per Lund", "Norway"))
    assert (found.by, found.words.quote) == ("Norway", "Mr. Lund should draft the reply")


def test_the_said_amount_brings_the_amounts_named_before():
    """Quantities of the sentence before belong to a deed that points at them."""
    talk = Talk()
    talk.say(
        "Norway", Act.INFORM, "Mr. Lund said that 300 tons of wheat and 20 tons of salt were needed.", "Chile"
    )
    talk.amount("300 tons of wheat", 300)
    talk.amount("20 tons of salt", 20)
    talk.say(
        "Norway", Act.UNDERTAKE, "The Government will ship the aforementioned quantity to Chile.", "Chile"
    )
    found = one(talk)
    assert [q.value for q in found.quantities] == [300, 20]
    assert found.statements == ("t1", "t2")


def test_the_due_date_is_that_of_the_deed_and_lies_ahead():
    """A date of the past, or of a condition, is none."""
    talk = Talk()
    talk.say("Norway", Act.UNDERTAKE, "He would answer the note of 3 February by 9 April.", "Chile")
    talk.time("3 February", "1955-02-03", date(1955, 2, 3))
    talk.time("by 9 April", "../1955-04-09", date(1955, 4, 9))
    due = one(talk).due
    assert due is not None
    assert due.edtf == "../1955-04-09"


def test_the_same_promise_twice_is_one_undertaking():
    """It stands on both statements."""
    talk = Talk()
    talk.say("Norway", Act.UNDERTAKE, "He promised to consult the Minister.", "Chile")
    talk.say("Norway", Act.INFORM, "He said the winter had been hard.", "Chile")
    talk.say("Norway", Act.UNDERTAKE, "It was left that Mr. Lund would consult the Minister.", "Chile")
    assert one(talk).statements == ("t1", "t3")


def test_nobody_known_to_be_bound_means_no_undertaking():
    """A promise without a party is not given to anyone."""
    talk = Talk()
    talk.say(None, Act.UNDERTAKE, "It would be done.")
    assert talk.read() == ()


def test_an_empty_deed_is_known_as_such():
    """ "Do so" only points at what was asked."""
    text = "He would do so."
    sentence = Sentence(0, Passage("p1", text), Span(0, len(text)), text)
    assert deeds.promised(sentence)[0].empty


def test_wording_is_weighed_with_the_act():
    """With the model, a plain promise counts and a guess about the weather does not, though both are called undertakings."""
    for text, count in (
        ("The Minister promised to inform the Ambassador.", 1),
        ("He thought it would rain.", 0),
    ):
        talk = Talk()
        talk.say("Norway", Act.UNDERTAKE, text, "Chile")
        page_text = Text(tuple(talk.passages), "en")
        page = Page(Record("r", "A talk", (page_text,), date=HELD), page_text, tuple(talk.sentences))
        assert len(undertakings.find(page, talk.statements, (), ())) == count
