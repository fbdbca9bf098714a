"""What kind of paper a title or a heading names, in the field's own words; the words are in `kinds.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from memcon.text import squeeze

_NUMBER = re.compile(r"^(?:No\.? ?\d+|\d+\.)\.?\s*(?=\D)")


def kind_of(title: str) -> str | None:
    """One of `KINDS`, or None where the title does not say: "Chifley to Attlee" may be a letter or a cable.

    >>> kind_of("61. Memorandum of Conversation")
    'memorandum-of-conversation'
    """
    words = _NUMBER.sub("", squeeze(title))
    return next((name for name, pattern in _patterns() if pattern.search(words)), None)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text("utf-8"))
    return tuple((row["name"], _pattern(row)) for row in table["kind"])


def _pattern(row: dict[str, list[str]]) -> re.Pattern[str]:
    choices = [*row.get("anywhere", []), *("^(?:" + words + ")" for words in row.get("begins", []))]
    return re.compile("|".join(choices), re.IGNORECASE)
