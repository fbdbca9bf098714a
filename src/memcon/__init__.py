"""An archive and a ledger for the written record of diplomacy.

    import memcon
    archive = memcon.open("cold-war.db")

Everything else is reached from the `Archive` that `open` returns.
"""

from __future__ import annotations

from typing import Any

__all__ = ["open"]
__version__ = "0.1.0"


def open(address: str, **options: Any) -> Any:
    """The archive at a file's path or a `postgresql://` address; see `memcon.archive.Archive.open`.

    The parts are loaded here and not before: importing one of them must not load them all.
    """
    from memcon.archive import Archive

    return Archive.open(address, **options)
