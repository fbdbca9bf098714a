"""What stands on the page beside the talk: notes of the edition, brackets, headings."""

from __future__ import annotations

import re

from memcon.reading.clauses import clauses
from memcon.reading.knowledge import word_set
from memcon.reading.tokens import tokens

_APPARATUS = re.compile(
    r"[\W_]*(?:\[?\d{1,2}\]?\s+[A-Z]|\[(?:NAA|AA|matter|Here|Omitted)|(?:NAA|AA) ?:)|[\W_\d]*$"
)
_FINITE = word_set("speech", "finite")


def is_apparatus(text: str) -> bool:
    """True for a passage that is a note, a signature of an archive, or no words at all."""
    return bool(_APPARATUS.match(text)) and not re.match(r"\W*\d{1,2}\.", text)


def is_bracketed(text: str) -> bool:
    """True for a sentence that stands in brackets as a whole, or opens with an editor's."""
    bare = text.strip()
    whole = re.match(r"[\[(].*[\])][.\d\W]*$", bare, re.DOTALL)
    return bool(whole) or bare.startswith(("[Here", "[Omitted", "(Note", "[Note"))


def is_heading(text: str) -> bool:
    """True for a line that is no sentence: no stop at its end, few words, no verb of speech."""
    bare = text.strip(" _*")
    if re.search(r"[.?!:;,”\"')]$", bare) and not re.fullmatch(r"(?:[\dIVX]+\.|\([a-z0-9]\))\s.*\.", bare):
        return False
    words = tokens(bare)
    return len(words) < 16 and not clauses(words) and not any(word.key in _FINITE for word in words)
