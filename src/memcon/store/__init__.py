"""The archive's memory: one contract, SQLite or PostgreSQL behind it, and a full-text index beside it."""

from memcon.store.findings import (
    LedgerRow,
    LedgerWanted,
    MatterRow,
    NameForm,
    PartyCount,
    Share,
    Stats,
    Where,
)
from memcon.store.following import ENGINES, Report
from memcon.store.hits import Hit, Results
from memcon.store.prepare import Prepared, PreparedReading, prepare, prepare_reading
from memcon.store.records import Listed, Version, Wanted
from memcon.store.store import Store, open_store
from memcon.store.write import Added

__all__ = [
    "ENGINES", "Added", "Hit", "LedgerRow", "LedgerWanted", "Listed", "MatterRow", "NameForm", "PartyCount",
    "Prepared", "PreparedReading", "Report", "Results", "Share", "Stats", "Store", "Version", "Wanted", "Where",
    "open_store", "prepare", "prepare_reading",
]  # fmt: skip
