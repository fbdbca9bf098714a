"""What nothing could be faster than: volumes parsed by lxml into text, their paragraphs in a bare tantivy index.

    python benchmarks/bare.py FOLDER_OF_VOLUMES INDEX_FOLDER

Prints the number of documents and paragraphs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import tantivy
from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def volumes(folder: Path) -> list[Path]:
    """The XML files of a folder, in order of name."""
    return sorted(folder.rglob("*.xml"))


def documents(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each document division's address and the text of its paragraphs."""
    for division in etree.parse(path).iter(f"{TEI}div"):
        if division.get("type") == "document":
            paragraphs = [" ".join("".join(p.itertext()).split()) for p in division.iter(f"{TEI}p")]
            yield f"{path.stem}/{division.get(ID)}", paragraphs


def schema() -> tantivy.Schema:
    """An address and a text, no more."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=True)
    return builder.build()


def build(folder: Path, index_folder: Path) -> tuple[int, int]:
    """Index every paragraph; the numbers of documents and of paragraphs."""
    index_folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema(), path=str(index_folder))
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    found = paragraphs = 0
    for path in volumes(folder):
        for address, texts in documents(path):
            found += 1
            for text in texts:
                writer.add_document(tantivy.Document(id=address, text=text))
                paragraphs += 1
    writer.commit()
    writer.wait_merging_threads()
    return found, paragraphs


if __name__ == "__main__":
    print(*build(Path(sys.argv[1]), Path(sys.argv[2])))
