"""Labelled values made into the fields of a record, whatever the labels are called; the names are in `fields.toml`."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from memcon import references
from memcon.importers import dateline
from memcon.importers.kinds import kind_of
from memcon.model import KINDS, Collection, Credit, Participant, Passage, Problem, Record, Severity, Text
from memcon.references import Reference
from memcon.text import fold, squeeze
from memcon.when import When

Value = str | Sequence[str]
_DATES = {"date", "recorded", "published"}
_LISTS = {"subjects", "addresses", "held", "links"}
_WILSON = re.compile(r"https?://[^\s<>\")]*?/document/([\w-]+)")


@dataclass(slots=True)
class Sheet:
    """A record's description as it is gathered. `where` is the place that its problems name."""

    where: str
    values: dict[str, Any] = field(default_factory=dict)
    credits: list[Credit] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    body: str | None = None

    def put(self, label: str, value: Value) -> None:
        """One labelled value; empty ones say nothing, unknown labels become extras."""
        printed = "; ".join(_many(value)) if not isinstance(value, str) else value.strip()
        if not printed or printed in {"null", "~"}:
            return
        name, role = _field(label)
        if role:
            self.credits += [Credit(role, one) for one in _many(value)]
        elif name is None or (name in self.values and name != "references"):
            self.extras.append((label, printed))
        else:
            self._set(name, label, value, printed)

    def _set(self, name: str, label: str, value: Value, printed: str) -> None:
        if name == "text":
            self.body = value if isinstance(value, str) else printed
        elif name in _DATES:
            self._date(name, label, printed)
        elif name in _LISTS:
            self.values[name] = tuple(_many(value))
        elif name == "participants":
            self.values[name] = participants(_many(value))
        elif name in {"language", "original_language"}:
            self.values[name] = language(printed)
        elif name == "references":
            self._source(label, printed)
        elif name == "place":
            self._place(printed)
        elif name == "kind":
            self._kind(label, printed)
        else:
            self.values[name] = squeeze(printed) if name != "citation" else printed

    def _kind(self, label: str, printed: str) -> None:
        name = fold(printed).replace(" ", "-")
        found = name if name in KINDS else kind_of(printed)
        if found:
            self.values["kind"] = found
        if found != printed:
            self.extras.append((label, printed))

    def _date(self, name: str, label: str, printed: str) -> None:
        date = dateline.read(printed)
        if date is None or date.edtf is None:
            self.note(f'the {label} "{printed}" is not understood; it is kept as printed', Severity.WARNING)
        self.values[name] = date
        if hours := dateline.hours(printed):
            self.values.setdefault("time", hours)

    def _place(self, printed: str) -> None:
        """A dateline under the name of a place: place, date and hours are kept apart, each as printed."""
        found = dateline.split(printed)
        if found is None:
            self.values["place"] = squeeze(printed)
            return
        if found.place:
            self.values["place"] = found.place
        if found.time:
            self.values["time"] = found.time
        self.extras.append(("dateline", printed))
        if found.date:
            self.agree(found.date)

    def agree(self, printed: When) -> None:
        """A date that the paper itself prints: its words stand beside the date given, a contradiction is said."""
        given: When | None = self.values.get("date")
        if given is None or given.edtf is None:
            self.values["date"] = printed
        elif printed.edtf in {None, given.edtf}:
            self.values["date"] = replace(given, printed=printed.printed)
        elif not given.may_be_within(printed):
            message = f'the date is given as {given.edtf}, the paper prints "{printed.printed}"; look which is right'
            self.note(message, Severity.WARNING)
        elif given.is_day and not printed.is_day and given.edtf.endswith("-01"):
            self.note(f'the date is given as {given.edtf}, but the paper prints no day: "{printed.printed}"')
            self.values["date"] = printed
        elif given.printed is None or given.printed == given.edtf:
            self.values["date"] = replace(given, printed=printed.printed)

    def _source(self, label: str, printed: str) -> None:
        if re.search(r"\bSource: ", printed):
            self._source_note(printed)
            self.extras.append((label, printed))
        else:
            verbatim, found = credits_apart(printed)
            self.credits += found
            self._signature(label, verbatim)

    def _signature(self, label: str, printed: str) -> None:
        """A signature; where it is prose about the paper, the signatures in it."""
        parsed = references.parse(printed)
        known = self.values.get("references", ())
        if parsed.parts or len(printed) < 200:
            self.values["references"] = (*known, parsed)
        else:
            self.extras.append((label, printed))
            self.values["references"] = (*known, *(reference for _, reference in references.find(printed)))

    def _source_note(self, printed: str) -> None:
        found = references.source_note(printed)
        self.values["references"] = (*self.values.get("references", ()), *found.references)
        self.credits += [Credit(role, names) for role, names in found.credits]
        for name, value in (
            ("classification", found.classification),
            ("handling", found.handling),
            ("summary", found.summary),
        ):
            if value:
                self.values.setdefault(name, value)

    def note(self, message: str, severity: Severity = Severity.NOTE) -> None:
        """Adds a problem of this record."""
        self.problems.append(Problem(self.where, message, severity))

    def collection(self) -> Collection | None:
        """The set that the description names, under its title where it gives one."""
        name = self.values.get("collection")
        return Collection(name, self.values.get("collection_title", name), kind="set") if name else None

    def record(self, passages: Sequence[Passage], **more: Any) -> Record:
        """The record; what `more` gives has the last word, except None."""
        values = {**self.values, **{name: value for name, value in more.items() if value is not None}}
        values.setdefault("title", "")
        if not values["title"]:
            self.note("has no title")
        values.setdefault("kind", kind_of(values["title"]))
        role = values.pop("role", "original")
        values.pop("collection_title", None)
        record_id = values["id"]
        return Record(
            texts=(Text(tuple(passages), values.get("language"), role),),
            credits=tuple(self.credits),
            extras=tuple(self.extras),
            problems=tuple(replace(problem, record=record_id) for problem in self.problems),
            **values,
        )


def known(label: str) -> bool:
    """True for a label that has a field, or names a credit."""
    return any(_field(label))


def participants(entries: Iterable[str]) -> tuple[Participant, ...]:
    """The persons of a printed list; a sub-heading is the party of those that follow it, and no person.

    >>> participants(["PARTICIPANTS", "U.S.", "Mr. Herter", "Tunisia", "President Bourguiba"])[1]
    Participant(printed='President Bourguiba', party='Tunisia', authority=None)
    """
    out: list[Participant] = []
    party: str | None = None
    rows = [squeeze(entry) for entry in entries]
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        bare = row.rstrip(" :—–-")
        if fold(bare) in _words("lists", "plain"):
            party = None
        elif after is not None and _heads(row, bare):
            party = bare
        else:
            out.append(Participant(row, party))
    return tuple(out)


def _heads(row: str, bare: str) -> bool:
    """True for a sub-heading of a list of persons, by its form: a colon, an abbreviation, a delegation, a state."""
    if row.endswith(":") or re.fullmatch(r"(?:[A-Z]\.? ?){2,}", bare):
        return True
    words = fold(bare).split()
    plain = [word for word in words if word not in {"the", "for"}]
    if "," in bare or not plain or len(words) > 5:
        return False
    return plain[-1] in _words("lists", "sides") or " ".join(plain) in _states()


def language(printed: str) -> str:
    """The ISO 639 code of a language, or what is printed."""
    table = _table()["languages"]
    return str(next((code for name, code in table.items() if fold(name) == fold(printed)), printed.strip()))


_CREDIT_WORD = r"(?:Obtained|Translated|Donated|Contributed|Provided|Transcribed|Edited|Selected)"
_CREDIT = re.compile(
    rf"\s*\b(?P<verb>{_CREDIT_WORD})\b(?P<for>[^.;:]{{0,60}}?) by (?P<who>.+?)(?=\.?\s+{_CREDIT_WORD}\b|\.?\s*(?:<?https?://|$)|;\s)",
    re.DOTALL,
)


def credits_apart(printed: str) -> tuple[str, list[Credit]]:
    """A signature and the credits printed in one string with it, apart.

    >>> credits_apart("RGANI, f. 5, op. 49. Translated for an edition by A. Person.")
    ('RGANI, f. 5, op. 49', [Credit(role='translated by', printed='A. Person')])
    """
    found = list(_CREDIT.finditer(printed))
    if not found:
        return printed.strip(), []
    rest = printed[: found[0].start()].rstrip(" .,;")
    return rest, [Credit(f"{one['verb'].lower()} by", squeeze(one["who"])) for one in found]


def run_together(printed: str) -> list[tuple[str, str]]:
    """Where two names may have lost the sign between them: the pairs they could be, none where one is likely.

    >>> run_together("Anna Berta Maria Karl Otto")
    [('Anna Berta Maria', 'Karl Otto'), ('Anna Berta', 'Maria Karl Otto')]
    """
    words = printed.split()
    whole = re.search(r"[,;&/]|\b(?:and|of|the|for)\b", printed) or not all(
        word[:1].isupper() for word in words
    )
    if whole or not 4 <= len(words) <= 6 or any("." in word for word in words):
        return []
    return [
        (" ".join(words[:at]), " ".join(words[at:]))
        for at in range(len(words) - 2, 1, -1)
        if at <= 3 and len(words) - at <= 3
    ]


def wilson_number(address: str) -> str | None:
    """The number of a record of the Wilson Center Digital Archive in its address, whatever host served it."""
    found = _WILSON.search(address)
    return found[1] if found and "wilson" in address.lower() else None


def slug(words: str) -> str:
    """Words made fit for an address; "" becomes "record"."""
    return re.sub(r"[^\w]+", "-", fold(words)).strip("-_")[:80] or "record"


def edition_reference(printed: str, given: Iterable[tuple[str, str]]) -> Reference:
    """A printed signature with the parts that the edition's own data give, or, without them, with what the parser finds."""
    parsed = references.parse(printed)
    sure = tuple(given)
    return replace(parsed, parts=sure, unparsed="") if sure else parsed


def _many(value: Value) -> list[str]:
    """The members of a list, however it is written: a list, JSON, Python, or parted by semicolons or lines."""
    if not isinstance(value, str):
        return [one.strip() for one in value if one.strip()]
    text = value.strip()
    if text.startswith("[") and text.endswith("]"):
        for read in (json.loads, ast.literal_eval):
            try:
                return [str(one).strip() for one in read(text) if str(one).strip()]
            except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
                continue
    return [one.strip() for one in re.split(r"[;|\n]", text) if one.strip()]


def _field(label: str) -> tuple[str | None, str | None]:
    """Field name, or role of a credit, or neither."""
    name = fold(re.sub(r"[_\-]+", " ", label)).rstrip(": ").strip()
    return _names("fields").get(name), _names("credits").get(name)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))


@cache
def _names(part: str) -> dict[str, str]:
    return {label: name for name, labels in _table()[part].items() for label in labels}


@cache
def _words(part: str, name: str) -> frozenset[str]:
    return frozenset(_table()[part][name])


@cache
def _states() -> frozenset[str]:
    return frozenset(fold(name) for name in _table()["states"]["names"].split(","))
