"""Archival signatures: parsed into parts, kept verbatim, and written back.

The forms are those of the Russian, United States and Australian archives; what the parser does not
understand it leaves in `unparsed`, and a form it does not know at all has `archive` None and no parts.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A signature. `parts` are strings in the order printed (`0100` is not a number); `unparsed` is the rest."""

    verbatim: str
    archive: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    unparsed: str = ""
