"""From the words that a reader typed to a tree; the grammar is in the package's docstring."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from memcon import when
from memcon.edtf import bounds
from memcon.errors import BadInput, BadQuery
from memcon.query.nodes import BY_WORDS, PLACES, WHOLE, And, Date, Field, In, Name, Near, Node, Not, Or, Words
from memcon.query.words import words

FIELDS = (*BY_WORDS, "date", *WHOLE, "name", "in")
KINDS_SHORT: dict[tuple[str, ...], tuple[str, ...]] = {
    ("memcon",): ("memorandum", "of", "conversation"),
    ("telcon",): ("telephone", "conversation"),
}
NEAR = 10  # the distance that NEAR alone allows
MOST_NEAR = 6  # words in one proximity: every two of them are tried
MOST_BRACKETS = 50  # within one another
MOST_LETTERS = 20_000

_QUOTES = str.maketrans(dict.fromkeys("“”„«»″‟", '"'))
_TOKENS = re.compile(
    rf"""(?P<space> \s+)
       | (?P<open> \( )
       | (?P<close> \) )
       | (?P<field> (?i:{"|".join(FIELDS)}) :=? )
       | (?P<phrase> "(?P<quoted>[^"]*)" (?:~(?P<distance> \d+))? )
       | (?P<near> NEAR (?:/(?P<apart> \d+))? (?=[\s()"]|$) )
       | (?P<operator> (?:AND|OR) (?=[\s()"]|$) )
       | (?P<not> NOT (?=[\s()"]|$) | [-−–] (?=[\w("]) )
       | (?P<word> [^\s()"]+ )
       | (?P<quote> " )""",
    re.VERBOSE,
)
_KINDS = ("open", "close", "field", "phrase", "near", "operator", "not", "word", "quote")
_LIKE_A_FIELD = re.compile(r"([A-Za-z]+):=?[^\W\d]")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is a group of the table; `content` is what a phrase quotes; `number` stands after `~` or `NEAR/`."""

    kind: str
    text: str
    content: str
    number: int | None


def parse(text: str) -> Node:
    """The query as a tree; raises `BadQuery`, naming the words, for what cannot be understood."""
    if len(text) > MOST_LETTERS:
        raise BadQuery(f"the query is {len(text)} letters long", f"At most {MOST_LETTERS} are taken.")
    parser = _Parser([_token(m) for m in _TOKENS.finditer(text.translate(_QUOTES)) if not m["space"]])
    node = parser.query(None)
    if parser.peek():
        raise BadQuery("a bracket is closed that was never opened", "Take the ) away, or open one before it.")
    if node is None:
        raise BadQuery("the query holds no word", 'Give words to look for, as in: treaty "new alliance"')
    return node


def _token(match: re.Match[str]) -> Token:
    kind = next(name for name in _KINDS if match[name] is not None)
    text = match[0]
    if kind == "quote":
        raise BadQuery(
            f"a quotation mark is never closed: {match.string[match.start() :]}", 'Close it with ".'
        )
    if kind == "word" and (like := _LIKE_A_FIELD.match(text)):
        advice = f'Fields are {", ".join(FIELDS)}; in quotation marks a colon has no meaning: "{text}"'
        raise BadQuery(f'there is no field "{like[1]}" (in {text})', advice)
    number = match["distance"] or match["apart"]
    content = match["quoted"] if kind == "phrase" else text
    return Token(kind, text, content, None if number is None else int(number[:5]))


class _Parser:
    """Walks the tokens once. Each method is a line of the grammar and gives None where no word stood."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, kind: str, text: str | None = None) -> Token | None:
        token = self.peek()
        if token is None or token.kind != kind or (text is not None and token.text != text):
            return None
        self.at += 1
        return token

    def query(self, field: str | None) -> Node | None:
        parts = [self.every(field)]
        while self.take("operator", "OR"):
            _needed("OR", parts[-1])
            parts.append(_needed("OR", self.every(field)))
        return _together(Or, parts)

    def every(self, field: str | None) -> Node | None:
        parts = [self.denied(field)]
        while (token := self.peek()) and token.kind != "close" and token.text != "OR":
            if self.take("operator", "AND"):
                _needed("AND", parts[-1])
                parts.append(_needed("AND", self.denied(field)))
            else:
                parts.append(self.denied(field))
        return _together(And, parts)

    def denied(self, field: str | None) -> Node | None:
        last, denied = None, False
        while token := self.take("not"):
            last, denied = token, not denied
        node = self.near(field)
        if last is not None:
            _needed(last.text, node)
        if node is None or not denied:
            return node
        return node.part if isinstance(node, Not) else Not(node)

    def near(self, field: str | None) -> Node | None:
        items, distances = [self.item(field)], set()
        while token := self.take("near"):
            distances.add(NEAR if token.number is None else token.number)
            items.append(self.item(field))
        return items[0] if not distances else _all_near([_needed("NEAR", item) for item in items], distances)

    def item(self, field: str | None) -> Node | None:
        if token := self.take("field"):
            return self.field(token, field)
        if self.take("open"):
            return self.bracket(field)
        token = self.take("phrase") or self.take("word")
        return None if token is None else _atom(token, field)

    def bracket(self, field: str | None) -> Node | None:
        self.depth += 1
        if self.depth > MOST_BRACKETS:
            raise BadQuery("too many brackets stand within one another", "Write the query in fewer levels.")
        node = self.query(field)
        if not self.take("close"):
            raise BadQuery("a bracket is never closed", "Close it with ).")
        self.depth -= 1
        return node

    def field(self, token: Token, outer: str | None) -> Node:
        name = token.text.lower()
        if outer is not None:
            raise BadQuery(f'"{outer}" and "{name}" stand before the same words', "Take one of them away.")
        if name.endswith("=") and name != "name:=":
            raise BadQuery(f'"{token.text}" is not known', "Only name: can be followed by =.")
        node = self.item(name)
        if node is None:
            raise BadQuery(f'no word stands after "{token.text}"', f'Write {name}word or {name}"two words".')
        return node


def _needed(operator: str, node: Node | None) -> Node:
    if node is None:
        advice = f'Put words there, or search the word itself as "{operator.lower()}".'
        raise BadQuery(f'"{operator}" lacks the words it works on', advice)
    return node


def _together(kind: type[And | Or], parts: list[Node | None]) -> Node | None:
    """Brackets that change nothing are forgotten."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            flat += part.parts
        elif part is not None:
            flat.append(part)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def _all_near(items: list[Node], distances: set[int]) -> Node | None:
    if len(distances) > 1:
        raise BadQuery(f"two distances are asked for near {items[0]}", "Give every NEAR the same number.")
    phrases = [item for item in items if isinstance(item, Words) and not item.prefix]
    if len(phrases) < len(items):
        raise BadQuery(
            "NEAR cannot work on a field, a star or brackets", "Put whole words or phrases on both sides."
        )
    named = [word for phrase in phrases for word in phrase.words]
    kept = [phrase for phrase in phrases if len(phrase.words) > 1]
    return _together(And, [*kept, _near(named, distances.pop())])


def _near(named: Iterable[str], distance: int) -> Node:
    """Every two of the different words near each other; one word alone is itself."""
    different = tuple(dict.fromkeys(named))
    if len(different) > MOST_NEAR:
        message = f"{len(different)} words are to be near each other: {' '.join(different)}"
        raise BadQuery(message, f"At most {MOST_NEAR} can be.")
    if len(different) == 1:
        return Words(different)
    pairs = tuple(Near(pair, distance) for pair in combinations(different, 2))
    return pairs[0] if len(pairs) == 1 else And(pairs)


def _atom(token: Token, field: str | None) -> Node | None:
    if field in ("date:", "in:"):
        content = token.content.strip()
        return _date(content) if field == "date:" else _in(content)
    value = _value(token)
    if value is None:
        return None
    if token.kind == "phrase" and token.number is not None:
        return _close_together(value, token, field)
    return value if field is None else _of_field(field, value)


def _of_field(field: str, value: Words) -> Node:
    if not field.startswith("name:"):
        return _described(field.rstrip(":"), value)
    _refuse_star(value, field)
    return Name(value.words, exact=field.endswith("="))


def _described(field: str, value: Words) -> Field:
    if field == "kind" and not value.prefix:
        value = Words(KINDS_SHORT.get(value.words, value.words))
    return Field(field, value)


def _value(token: Token) -> Words | None:
    content = token.content.strip()
    prefix = content.endswith("*") and len(content) > 1
    found = words(content)
    if not found:
        return None
    if "*" in content[: len(content) - prefix] or (prefix and not content[-2].isalnum()):
        raise BadQuery(
            f"the star in {token.text} stands in the wrong place", "Put it at the end of a word: treat*"
        )
    return Words(found, prefix)


def _close_together(value: Words, token: Token, field: str | None) -> Node:
    if field is not None:
        raise BadQuery(
            f"{field}{token.text} cannot be searched", "Nearness is only for the words of the text."
        )
    _refuse_star(value, "near ")
    return _near(value.words, token.number or 0)


def _refuse_star(value: Words, where: str) -> None:
    if value.prefix:
        raise BadQuery(f"{where}{value} ends in a star", "Write the whole word here.")


def _in(place: str) -> In:
    if place.lower() not in PLACES:
        raise BadQuery(f'"in:{place}" is not known', f"It can be {', '.join('in:' + p for p in PLACES)}.")
    return In(place.lower())


def _date(expression: str) -> Date:
    edtf = expression if "/" in expression else expression.replace("..", "/")
    try:
        first, last = bounds(edtf)
    except BadInput as error:
        understood = when.parse(expression)
        if understood.edtf is None:
            raise BadQuery(f'"date:{expression}" is not understood: {error}', error.advice) from error
        edtf, first, last = understood.edtf, understood.earliest, understood.latest
    return Date(_number(first), _number(last), edtf.replace("..", "").replace("/", ".."))


def _number(day: date | None) -> int | None:
    return None if day is None else day.year * 10_000 + day.month * 100 + day.day
