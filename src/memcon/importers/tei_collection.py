"""A TEI volume as a collection: title, editors, imprint, its lists of persons and terms, its other sections."""

from __future__ import annotations

from collections.abc import Iterator

from memcon.importers.tei_markup import XML_ID, Element, name_of, text_of
from memcon.model import Collection, Person
from memcon.text import squeeze

_TAKEN = frozenset({"publisher", "pubPlace"})
_POINTING = frozenset({"toc", "index", "contents", "persons", "terms"})


def collection(root: Element, key: str) -> Collection:
    """The volume whose identifier is `key`."""
    head = root.find("./{*}teiHeader")
    titles = [] if head is None else head.findall(".//{*}titleStmt/{*}title")
    best = [title for title in titles if title.get("type") in ("complete", "main", None)] or titles
    persons = {person.key: person for person in (*_entries(root, "persName"), *_described(root))}
    terms = {term.key: term for term in _entries(root, "term")}
    return Collection(
        key,
        next((text for title in best if (text := text_of(title))), key),
        editors=tuple(header(root, "titleStmt/{*}editor[@role='primary']")),
        publisher=next(header(root, "publicationStmt/{*}publisher"), None),
        place=next(header(root, "publicationStmt/{*}pubPlace"), None),
        year=next(header(root, "publicationStmt/{*}date"), None),
        persons=tuple(persons.values()),
        terms=tuple(terms.values()),
        extras=(*header_extras(root, best[:1]), *_sections(root)),
    )


def header(root: Element, path: str) -> Iterator[str]:
    """The words at a path of the header."""
    head = root.find("./{*}teiHeader")
    found = [] if head is None else head.findall(".//{*}" + path)
    return (text for element in found if (text := text_of(element)))


def header_extras(root: Element, taken: list[Element]) -> Iterator[tuple[str, str]]:
    """All other words of the header, labelled as it labels them."""
    head = root.find("./{*}teiHeader")
    for leaf in () if head is None else head.iter("{*}*"):
        name, kind = name_of(leaf), leaf.get("type") or leaf.get("role")
        if leaf in taken or name in _TAKEN or (name == "editor" and kind == "primary") or len(leaf):
            continue
        if text := text_of(leaf):
            yield (f"{name} {kind}" if kind else name, text)


def _entries(root: Element, name: str) -> Iterator[Person]:
    """Entries of a list whose names carry an identifier, with the words that follow the name."""
    for element in root.iter(f"{{*}}{name}"):
        key = element.get(XML_ID)
        entry = next(element.iterancestors("{*}item"), None) if key else None
        if entry is not None:
            printed = text_of(element)
            told = text_of(entry).partition(printed)[2].lstrip(" ,")
            yield Person(printed.rstrip(","), key, told or None)


def _described(root: Element) -> Iterator[Person]:
    """Entries of TEI's own list of persons, where a person may have several forms of name."""
    for person in root.iter("{*}person"):
        names = person.findall("{*}persName")
        if person.get(XML_ID) and names:
            told = squeeze(" ".join(text_of(child) for child in person if child not in names))
            forms = tuple(text_of(other) for other in names[1:])
            yield Person(text_of(names[0]), person.get(XML_ID), told or None, forms)


def _sections(root: Element) -> Iterator[tuple[str, str]]:
    """What the volume prints besides its documents; contents, lists and index only point to what is there."""
    for section in root.iter("{*}div"):
        kind, key = section.get("type"), section.get(XML_ID) or section.get("type") or "section"
        if kind in ("document", "toc") or key in _POINTING:
            continue
        if section.find(".//{*}div[@type='document']") is not None:
            loose = (text_of(child) for child in section if name_of(child) not in ("div", "pb"))
            text, label = squeeze(" ".join(loose)), f"{kind or 'division'} {key}"
        else:
            whole = name_of(section.getparent()) in ("front", "back", "body")
            text, label = text_of(section) if whole else "", f"section {key}"
        if text:
            yield (label, text)
