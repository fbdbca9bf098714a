"""A record in, a reading out: who said what to whom, and what was undertaken.

Each step is a module of this folder with one function; nothing is found without its words and its rule.
`docs/how-it-reads.md` says what the steps see and what they miss.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from memcon.model import Lexicon, Reading, Record
from memcon.reading import acts, dates, leads, matters, people, quantities, sentences, speakers, undertakings

_KNOWLEDGE = {".py", ".toml", ".json", ".npz"}


def read(record: Record, lexicon: Lexicon | None = None, *, learned: bool = True) -> Reading:
    """The reading of a record's first text; `lexicon` is what its collection knows of persons and parties.

    With `learned` False the rules alone decide. The same record gives the same reading, everywhere.
    """
    page = sentences.page(record, record.text)
    cast = people.find(page, lexicon, learned=learned)
    amounts = quantities.find(page)
    times = dates.find(page)
    turns = speakers.find(page, cast)
    said = acts.find(page, turns, cast, learned=learned)
    undertaken = undertakings.find(page, said, amounts, times, cast.people, learned=learned)
    return Reading(
        version(),
        people=cast.people,
        statements=said,
        undertakings=undertaken,
        quantities=amounts,
        dates=times,
        leads=leads.find(page, cast),
        matters=matters.find(page, said, undertaken, learned=learned),
    )


@cache
def version() -> str:
    """A name for exactly these rules, this knowledge and this model: readings by others are out of date."""
    told = sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in _KNOWLEDGE:
            told.update(path.relative_to(Path(__file__).parent).as_posix().encode())
            told.update(path.read_bytes())
    return f"rules-{told.hexdigest()[:12]}"
