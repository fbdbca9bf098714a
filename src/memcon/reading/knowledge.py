"""The reading's knowledge as data: the tables of `words/*.toml`, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `words/NAME.toml`."""
    return tomllib.loads((files("memcon.reading") / "words" / f"{name}.toml").read_text("utf-8"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The set of words `key` of the table `name`."""
    return frozenset(table(name)["sets"][key].split())
