"""HTML: what a reader of the page sees, block by block; nothing is run and nothing is fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser

from memcon.importers import File, Item, encoding, plain
from memcon.importers.passages import Piece
from memcon.model import PassageKind, Problem, Severity
from memcon.text import squeeze

media_type = "text/html"

_SUFFIXES = {".html", ".htm", ".xhtml"}
_TAG = re.compile(r"<(?:!doctype html|html|head|body|title)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DROPPED = {
    "script", "style", "nav", "noscript", "iframe", "object", "embed", "svg", "canvas", "template", "button", "select",
    "input", "textarea", "head", "audio", "video",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
    "section", "table", "tbody", "td", "th", "thead", "tr", "ul", "caption", "details", "summary",
}  # fmt: skip
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), PassageKind.HEADING),
    "li": PassageKind.ITEM,
    "tr": PassageKind.ROW,
}
_DEEPEST = 2_000
# Elements that must be closed by hand; the others close one another and pile up nothing.
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|blockquote|center|table|ul|ol|dl|b|i|em|strong|font|a|u|sup|sub|small|big|form|fieldset|details)\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A page: its blocks, the title that its head gives, and how many elements of each kind were passed over."""

    pieces: tuple[Piece, ...]
    title: str | None
    dropped: tuple[tuple[str, int], ...]


def claims(file: File) -> bool:
    """A page by its first tags, or the name of one with tags in it."""
    opening = encoding.opening(file)
    if re.match(
        r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html\b)",
        opening,
        re.IGNORECASE | re.DOTALL,
    ):
        return True
    return file.suffix in _SUFFIXES and bool(
        _TAG.search(opening) or re.search(r"<(?:p|div|h\d|br)\b", opening, re.IGNORECASE)
    )


def records(file: File) -> Iterator[Item]:
    """One record a page; how much was passed over is an extra."""
    decoded = encoding.decode(file, charset(file.head))
    yield from decoded.problems
    if decoded.text is None:
        return
    if too_deep(decoded.text):
        yield Problem(
            file.name,
            f"nests its elements more than {_DEEPEST} deep and is no page for reading",
            Severity.ERROR,
        )
        return
    page = see(decoded.text)
    record = plain.record(file.name, list(page.pieces), page.title)
    yield replace(record, extras=(*record.extras, *passed_over(page)))


def too_deep(html: str) -> bool:
    """True for pages built to exhaust: a parser's time grows with the square of the depth."""
    depth = deepest = 0
    for found in _NESTING.finditer(html):
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def charset(head: bytes) -> str | None:
    """The encoding that the page names."""
    found = _CHARSET.search(head)
    return found[1].decode("ascii") if found else None


def passed_over(page: Seen) -> tuple[tuple[str, str], ...]:
    """The extra that says which elements of a page are no words of it."""
    told = ", ".join(f"{count} {tag}" for tag, count in page.dropped)
    return (("left out of the page", told),) if told else ()


def see(html: str) -> Seen:
    """The blocks of a page in order."""
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    watch = _Watch()
    if tree.body is not None:
        _walk(tree.body, watch)
    watch.flush("body")
    for tag in ("script", "style"):  # those of the head too
        watch.dropped[tag] = len(tree.css(tag))
    dropped = tuple((tag, count) for tag, count in sorted(watch.dropped.items()) if count)
    return Seen(tuple(watch.pieces), squeeze(title.text()) if title else None, dropped)


@dataclass(slots=True)
class _Watch:
    """What has been seen of the page so far; `words` is the block at hand."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    row: int = 0  # depth of a table row whose cells stand in one line

    def flush(self, tag: str) -> None:
        if text := _settled("".join(self.words)):
            self.pieces.append(Piece(text, _KINDS.get(tag, PassageKind.PARAGRAPH)))
        self.words.clear()

    def enter(self, tag: str, above: str) -> None:
        if tag == "br":
            self.words.append("\ue000")
        elif self.row and tag in {"td", "th"}:
            self.words.append("\ue001" if "".join(self.words).strip() else "")
        elif tag in _BLOCKS and not self.row:
            self.flush(above)


def _walk(root: object, watch: _Watch) -> None:
    """Depth first without recursion: a page may nest as deep as it likes."""
    node: object | None = root
    stack: list[str] = []
    nodes: list[object] = []
    while node is not None:
        tag = node.tag or ""  # type: ignore[attr-defined]
        child = _enter(node, tag, stack, watch)
        if child is not None:
            stack.append(tag)
            nodes.append(node)
            node = child
            continue
        node = _leave(node, tag, stack, nodes, watch)


def _enter(node: object, tag: str, stack: list[str], watch: _Watch) -> object | None:
    """Notes the node; its first child, or None where there is nothing to go down for."""
    if tag == "-text":
        watch.words.append(_visible(node.text_content or ""))  # type: ignore[attr-defined]
        return None
    if tag in _DROPPED:
        watch.dropped[tag] += 1
        return None
    if tag.startswith(("-", "_", "!")):
        return None
    watch.enter(tag, _block(stack))
    if tag == "tr" and not watch.row and node.css_first("p, div, table, h1, h2, h3, ul, ol") is None:  # type: ignore[attr-defined]
        watch.row = len(stack) + 1
    return node.child  # type: ignore[attr-defined,no-any-return]


def _leave(node: object, tag: str, stack: list[str], nodes: list[object], watch: _Watch) -> object | None:
    """The next node in order; blocks that end on the way are closed."""
    while True:
        if tag == "tr" and watch.row == len(stack) + 1:
            watch.row = 0
        if tag in _BLOCKS and not watch.row:
            watch.flush(tag if tag not in {"td", "th"} else "p")
        following = node.next if stack else None  # type: ignore[attr-defined]
        if following is not None or not stack:
            return following
        node, tag = nodes.pop(), stack.pop()


def _block(stack: list[str]) -> str:
    return next((tag for tag in reversed(stack[-40:]) if tag in _BLOCKS), "body")


def _visible(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\ue000", "").replace("\ue001", ""))


def _settled(words: str) -> str:
    """White space as the browser shows it; line breaks of the page are kept."""
    text = _SPACES.sub(" ", words)
    text = re.sub(r" ?\ue000 ?", "\n", text)
    return re.sub(r" ?\ue001 ?", "\t", text).strip(" \n")
