"""The few exceptions that a caller can act on: each has an exit code and a sentence of advice.

A paper that is imperfect is no exception: it gives a `Problem` (see `model.py`) and the work goes on.
These are raised where the work must stop. `docs/errors.md` lists them; a test compares the two.
"""

from __future__ import annotations


class MemconError(Exception):
    """Work must stop. `str(error)` is one line; `advice` says what to do about it."""

    exit_code = 2
    advice = "Run the command again with --help."

    def __init__(self, message: str, advice: str | None = None) -> None:
        super().__init__(message)
        if advice is not None:
            self.advice = advice


class BadQuery(MemconError):
    """A search or a filter that cannot be understood; the message names the words."""

    exit_code = 3
    advice = 'See "memcon search --help" for the language of queries.'


class NotFound(MemconError):
    """A record, passage, matter or person that the archive does not hold."""

    exit_code = 4
    advice = 'Look for it with "memcon search".'


class ArchiveMissing(MemconError):
    """There is no archive at the place named."""

    exit_code = 5
    advice = 'Make one with "memcon add PATH" or "memcon demo DIR".'


class ArchiveBusy(MemconError):
    """Another process is writing and did not finish while we waited."""

    exit_code = 6
    advice = "Wait until the other command has ended, then run this one again: nothing is lost."


class ArchiveTooNew(MemconError):
    """The archive was written by a newer memcon."""

    exit_code = 7
    advice = "Install the newest memcon; this one would not understand the archive and leaves it alone."


class ArchiveDamaged(MemconError):
    """The archive breaks one of its own invariants, or is no archive at all."""

    exit_code = 8
    advice = 'Run "memcon check"; restore a backup if it confirms the damage.'


class NoSpace(MemconError):
    """The disk is full; what was committed before is intact."""

    exit_code = 9
    advice = "Free some space and run the same command again: it goes on where it stopped."


class BadInput(MemconError):
    """What was named cannot be used at all: no such file, no such style, an impossible date."""

    exit_code = 10
    advice = "Check the name and try again."


class MissingExtra(MemconError):
    """An optional library is wanted and not installed."""

    exit_code = 11
    advice = "Install the extra that the message names."
