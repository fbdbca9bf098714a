"""Words of a sentence with their places, folded once for every step that looks at them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from memcon.text import fold

_TOKEN = re.compile(
    r"(?P<dotted>(?:[^\W\d_]\.){2,})|(?P<genitive>['’]s(?!\w))"
    r"|(?P<word>[^\W\d_]+(?:(?:['’](?!s(?!\w))|[-‐‑–])[^\W\d_]+)*)|\d+(?:[.,]\d+)*|[^\w\s]"
)


class Token(NamedTuple):
    """`key` is the word folded and without stops; `start` and `end` are positions in the text given."""

    text: str
    key: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    return fold(word).replace(".", "") or word


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Words, numbers and signs of a text, in order; "’s" is a token of its own, "U.S." is one."""
    return tuple(Token(m.group(), _key(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text))
