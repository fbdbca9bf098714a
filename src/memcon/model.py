"""The nouns of the house: frozen values with which every other part speaks.

Positions count Unicode code points in the text of one passage, half-open. Whatever was found in a text
carries `Words`, and `words.span.of(passage.text) == words.quote` always holds.
Unknown is None, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from memcon.references import Reference
from memcon.text import Span
from memcon.when import When

Number = int | float


# --- what comes in -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came in. `name` is its path as given, `archive.zip!/inner.md` for one inside another."""

    sha256: str
    name: str
    media_type: str
    size: int
    added: datetime | None = None


class Severity(StrEnum):
    """How bad a problem is: `note` (worth knowing), `warning` (something is missing), `error` (not read at all)."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read. `where` is a place in the source or record, `message` says what and what to do."""

    where: str
    message: str
    severity: Severity = Severity.WARNING
    source: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in its source: `unit` is "character", "line", "page" or "row"; `end` is exclusive."""

    unit: str
    start: int
    end: int


class MarkKind(StrEnum):
    """What a stretch of a passage's text is, besides words."""

    ANCHOR = "anchor"  # of a footnote; target = the id of the note's passage
    FOLIO = "folio"  # a page begins here (an empty span); target = its number as printed
    EDITOR = "editor"  # [ ] words of an editor or translator
    BRACKETS = "brackets"  # / / round brackets of a typescript
    PERSON = "person"  # tied by the edition to its list of persons; target = that list's identifier
    TERM = "term"  # the same for its list of terms
    DATE = "date"  # encoded by the edition; target = EDTF
    LINK = "link"  # target = an address or the id of another record
    EMPHASIS = "emphasis"  # italics, bold, underlining; target says which
    MARKUP = "markup"  # signs of the file's format that are no words: `\\`, `_`, `**`
    EXCISION = "excision"  # [2 lines not declassified]


@dataclass(frozen=True, slots=True)
class Mark:
    """A second layer over the text of a passage, which it never changes."""

    kind: MarkKind
    span: Span
    target: str | None = None


class PassageKind(StrEnum):
    """What a passage is. Everything but `BODY` kinds is apparatus and stays out of a search of the body."""

    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    HEADING = "heading"  # within the text
    ROW = "row"  # of a table, cells parted by tabs
    DATELINE = "dateline"
    SIGNATURE = "signature"
    ENCLOSURE = "enclosure"  # heading of a paper enclosed
    NOTE = "note"  # footnote; `label` is its number
    SOURCE_NOTE = "source-note"
    EDITORIAL = "editorial"  # words of the edition, not of the paper


BODY = frozenset({PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.HEADING, PassageKind.ROW,
                  PassageKind.DATELINE, PassageKind.SIGNATURE, PassageKind.ENCLOSURE})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or numbered point.

    `id` is unique within the text ("p4"); `label` is what people cite ("4.2"), None when the paper numbers nothing;
    `folio` is the page or leaf on which it begins.
    """

    id: str
    text: str
    kind: PassageKind = PassageKind.PARAGRAPH
    label: str | None = None
    folio: str | None = None
    language: str | None = None
    place: Place | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One version of a record's words. `role` is "original", "translation", "edition" or "regest"."""

    passages: tuple[Passage, ...]
    language: str | None = None
    role: str = "original"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person as a paper's own list or heading prints them; `party` is the list's own sub-heading, as printed."""

    printed: str
    party: str | None = None
    authority: str | None = None  # identifier in the edition's list of persons


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of a list of persons: `key` is the list's own identifier."""

    name: str
    key: str | None = None
    description: str | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """`role` is "obtained by", "translated by", "donated by", "drafted by", "approved by", "author", ..."""

    role: str
    printed: str


@dataclass(frozen=True, slots=True)
class Collection:
    """An edition or an archive's set of records, with the lists that belong to it."""

    id: str
    title: str
    kind: str = "edition"
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    place: str | None = None
    year: str | None = None
    persons: tuple[Person, ...] = ()
    terms: tuple[Person, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One document: its description and its texts.

    `id` is the address people use ("frus1961-63v22/d3"); `own_id` says that the paper's edition gave it, so that the
    same id from another file is the same record. `kind` is one of `KINDS` or None. The three dates are kept apart:
    of the talk or event (`date`), of the writing (`recorded`), of publication (`published`).
    What the file said and no field here holds is in `extras`, labelled as the file labels it.
    """

    id: str
    title: str
    texts: tuple[Text, ...]
    own_id: bool = False
    kind: str | None = None
    heading: str | None = None  # as printed, never normalised
    number: str | None = None  # its number in the edition
    collection: str | None = None
    date: When | None = None
    recorded: When | None = None
    published: When | None = None
    time: str | None = None  # hours as encoded or printed
    duration: str | None = None
    place: str | None = None
    participants: tuple[Participant, ...] = ()
    subjects: tuple[str, ...] = ()
    language: str | None = None  # of the words held
    original_language: str | None = None
    classification: str | None = None
    handling: str | None = None
    copy: str | None = None
    document_number: str | None = None
    references: tuple[Reference, ...] = ()
    credits: tuple[Credit, ...] = ()
    summary: str | None = None
    citation: str | None = None  # verbatim, as the source prints it
    held: tuple[str, ...] = ()  # "translation", "scan"
    rights: str | None = None
    addresses: tuple[str, ...] = ()  # as given
    proposed_address: str | None = None
    links: tuple[str, ...] = ()  # other records it points to
    extras: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> Text:
        """The text that is read: the first."""
        return self.texts[0]


KINDS = (
    "memorandum-of-conversation", "diary", "telephone-conversation", "memorandum", "telegram", "letter", "despatch",
    "instruction", "circular", "note", "aide-memoire", "minutes", "report", "treaty", "communique", "statement",
    "editorial-note", "paper", "regest",
)  # fmt: skip


# --- what a reading finds ---------------------------------------------------------------------------------


class Act(StrEnum):
    """What kind of act a statement is; the order decides in doubt."""

    UNDERTAKE = "undertake"
    REFUSE = "refuse"
    AGREE = "agree"
    REQUEST = "request"
    PROPOSE = "propose"
    WARN = "warn"
    OBJECT = "object"
    RESERVE = "reserve"
    ASK = "ask"
    THANK = "thank"
    NOTE = "note"
    INFORM = "inform"


class Standing(StrEnum):
    """With what authority a statement is made."""

    GOVERNMENT = "government"
    PERSONAL = "personal"
    AD_REFERENDUM = "ad-referendum"
    CONDITIONAL = "conditional"
    REPORTED = "reported"
    HYPOTHETICAL = "hypothetical"


class Outcome(StrEnum):
    """How a matter stood at the end of the talk."""

    AGREED = "agreed"
    UNDERTAKEN = "undertaken"
    DECLINED = "declined"
    DEFERRED = "deferred"
    OPEN = "open"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True)
class Words:
    """The exact words: `span.of(text of the passage) == quote`."""

    passage: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone named in a record: present or only mentioned. `mentions` are all the places of the name."""

    id: str
    name: str
    party: str | None = None
    role: str | None = None
    present: bool | None = None
    mentions: tuple[Words, ...] = ()
    authority: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what kind of thing to whom. `speaker` is the name of a `Speaker`."""

    id: str
    words: Words
    act: Act
    speaker: str | None
    party: str | None
    to: str | None
    standing: Standing | None
    rule: str
    score: float | None = None  # of the learned model, where it decided


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: `value` is a number or a (low, high) pair."""

    words: Words
    value: Number | tuple[Number, Number]
    unit: str | None = None
    of: str | None = None
    approx: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DateFound:
    """A time named in the text; `when.printed` is the quote."""

    words: Words
    when: When
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """Another paper named in the talk."""

    words: Words
    kind: str
    author: str | None = None
    date: When | None = None
    number: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What a party has bound itself to do, in the words that bind it."""

    id: str
    statements: tuple[str, ...]
    words: Words
    by: str
    to: str | None = None
    quantities: tuple[Quantity, ...] = ()
    due: When | None = None
    condition: Words | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A subject dealt with in one record, and how it stood at the end."""

    id: str
    label: str
    passages: tuple[str, ...]
    statements: tuple[str, ...]
    outcome: Outcome
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one run of the rules found in one text; `version` names rules and model."""

    version: str
    people: tuple[Speaker, ...] = ()
    statements: tuple[Statement, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateFound, ...] = ()
    leads: tuple[Lead, ...] = ()
    matters: tuple[Matter, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What an archive already knows and a reading may use: persons of the collection, forms of parties."""

    persons: tuple[Person, ...] = ()
    parties: tuple[tuple[str, str], ...] = field(default=())  # (form, party)
