"""A reading as one JSON object: the schema `memcon.reading/1`, which `docs/reading-json.md` describes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from memcon.model import (
    DateFound,
    Lead,
    Matter,
    Passage,
    Problem,
    Quantity,
    Reading,
    Record,
    Speaker,
    Statement,
    Undertaking,
    Words,
)
from memcon.references import Reference
from memcon.when import When

SCHEMA = "memcon.reading/1"


def reading_json(record: Record, reading: Reading, source_path: str | None = None) -> dict[str, Any]:
    """Everything found in a record's first text, each thing with its words; unknown is null."""
    return {
        "schema": SCHEMA,
        "version": reading.version,
        "record": _record(record, source_path),
        "passages": [_passage(passage) for passage in record.text.passages],
        "people": [_person(person) for person in reading.people],
        "statements": [_statement(statement) for statement in reading.statements],
        "undertakings": [_undertaking(undertaking) for undertaking in reading.undertakings],
        "quantities": [{**_words(found.words), **_quantity(found)} for found in reading.quantities],
        "dates": [_date(found) for found in reading.dates],
        "leads": [_lead(lead) for lead in reading.leads],
        "matters": [_matter(matter) for matter in reading.matters],
        "problems": [_problem(problem) for problem in (*record.problems, *reading.problems)],
    }


def _record(record: Record, source_path: str | None) -> dict[str, Any]:
    return {
        "id": record.id,
        "source_path": source_path,
        "title": record.title,
        "kind": record.kind,
        "date": _edtf(record.date),
        "date_printed": record.date.printed if record.date else None,
        "recorded": _edtf(record.recorded),
        "published": _edtf(record.published),
        "place": record.place,
        "language": record.text.language or record.language,
        "original_language": record.original_language,
        "classification": record.classification,
        "reference": _reference(record.references),
    }


def _edtf(when: When | None) -> str | None:
    return when.edtf if when else None


def _reference(references: Iterable[Reference]) -> dict[str, Any] | None:
    for reference in references:
        return {
            "verbatim": reference.verbatim,
            "archive": reference.archive,
            "parts": dict(reference.parts),
            "unparsed": reference.unparsed or None,
        }
    return None


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "kind": passage.kind.value,
        "label": passage.label,
        "folio": passage.folio,
        "text": passage.text,
    }


def _words(words: Words) -> dict[str, Any]:
    return {
        "passage": words.passage,
        "start": words.span.start,
        "end": words.span.end,
        "quote": words.quote,
    }


def _person(person: Speaker) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "party": person.party,
        "role": person.role,
        "present": person.present,
        "mentions": [_words(words) for words in person.mentions],
        "rule": person.rule,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        **_words(statement.words),
        "speaker": statement.speaker,
        "party": statement.party,
        "to": statement.to,
        "act": statement.act.value,
        "standing": statement.standing.value if statement.standing else None,
        "rule": statement.rule,
        "score": statement.score,
    }


def _quantity(found: Quantity) -> dict[str, Any]:
    value = list(found.value) if isinstance(found.value, tuple) else found.value
    return {"value": value, "unit": found.unit, "of": found.of, "approx": found.approx}


def _undertaking(undertaking: Undertaking) -> dict[str, Any]:
    return {
        "id": undertaking.id,
        "statements": list(undertaking.statements),
        **_words(undertaking.words),
        "by": undertaking.by,
        "for": undertaking.to,
        "quantities": [_quantity(found) for found in undertaking.quantities],
        "due": _edtf(undertaking.due),
        "due_quote": undertaking.due.printed if undertaking.due else None,
        "condition_quote": undertaking.condition.quote if undertaking.condition else None,
        "rule": undertaking.rule,
    }


def _date(found: DateFound) -> dict[str, Any]:
    return {**_words(found.words), "edtf": found.when.edtf, "rule": found.rule}


def _lead(lead: Lead) -> dict[str, Any]:
    return {
        **_words(lead.words),
        "kind": lead.kind,
        "from": lead.author,
        "date": _edtf(lead.date),
        "number": lead.number,
        "rule": lead.rule,
    }


def _matter(matter: Matter) -> dict[str, Any]:
    return {
        "id": matter.id,
        "label": matter.label,
        "passages": list(matter.passages),
        "statements": list(matter.statements),
        "outcome": matter.outcome.value,
        "rule": matter.rule,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"where": problem.where, "severity": problem.severity.value, "message": problem.message}
