"""Full text behind one contract: tantivy in a folder of its own, or FTS5 within an SQLite file."""

from memcon.store.index.contract import FACETS, Entry, Hit, Hits, Index, IndexTorn, Sort
from memcon.store.index.fts5 import Fts5Index
from memcon.store.index.tantivy import TantivyIndex

__all__ = ["FACETS", "Entry", "Fts5Index", "Hit", "Hits", "Index", "IndexTorn", "Sort", "TantivyIndex"]
