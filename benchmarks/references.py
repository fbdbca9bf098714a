"""How many archival signatures of real volumes are understood: `python benchmarks/references.py FOLDER`.

FOLDER holds TEI volumes of *Foreign Relations* (`*.xml`) and folders of the Australian edition (`*/*.md`), whose front
matter gives series and control symbol beside the printed reference. Prints the tables of `docs/references.md`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from memcon.importers import File, tei
from memcon.model import Record
from memcon.references import Reference, parse, part_number, status


def volume(path: Path) -> list[Record]:
    """The records of a TEI volume."""
    return [item for item in tei.records(File(path.name, path.read_bytes())) if isinstance(item, Record)]


def row(name: str, found: Counter[str]) -> str:
    """A line of the first table."""
    counts = [found[kind] for kind in ("full", "part", "none", "without")]
    return f"| {name} | {' | '.join(str(count) for count in counts)} |"


def source_notes(folder: Path) -> Iterator[str]:
    """Per volume: signatures of source notes understood in full, in part, not, and records without a source note."""
    total: Counter[str] = Counter()
    yield "| volume | in full | in part | not | no source note |"
    yield "| --- | --- | --- | --- | --- |"
    for path in sorted(folder.glob("*.xml")):
        found: Counter[str] = Counter()
        for record in volume(path):
            found[status(record.references[0]) if record.references else "without"] += 1
        total += found
        yield row(path.stem, found)
    yield row("all", total)


Given = tuple[
    Reference, str, str, int | None
]  # parsed; series, control symbol, part as the front matter gives them


def australian(folder: Path) -> Iterator[Given]:
    """Every reference of the front matter, with what is given beside it."""
    for path in sorted(folder.glob("*/*.md")):
        front = yaml.safe_load(path.read_text("utf-8").split("---", 2)[1])
        for given in front.get("naa_refs") or []:
            symbol, _, part = str(given.get("naa_control_symbol") or "").partition(" PART ")
            printed = str(given.get("reference") or "")
            yield (
                parse(printed),
                str(given.get("naa_series") or ""),
                symbol,
                int(part) if part.isdigit() else None,
            )


def agreement(rows: list[Given]) -> Iterator[str]:
    """What was parsed beside what is given: letter for letter, then with the edition's own expansions undone."""
    series = [(found.part("series") or "", given) for found, given, _, _ in rows if given]
    symbols = [(found.part("control symbol") or "", given) for found, _, given, _ in rows if given]
    parts = [(part_number(found), part) for found, _, _, part in rows if part is not None]
    statuses = Counter(status(found) for found, *_ in rows)
    yield f"in full {statuses['full']}, in part {statuses['part']}, not {statuses['none']}, of {len(rows)}"
    yield f"series: {sum(a.partition('/')[0] == b for a, b in series)} of {len(series)} to the letter, "
    yield f"  {sum(clean(a) == clean(b) for a, b in series)} with l and 1, spaces and a missing A set right"
    yield f"control symbol: {sum(a == b for a, b in symbols)} of {len(symbols)} to the letter, "
    yield f"  {sum(plain(a) == plain(b) for a, b in symbols)} with years in two figures, l and 1, spaces set right"
    yield f"part: {sum(a == b for a, b in parts)} of {len(parts)}"


def clean(series: str) -> str:
    """A series without what scans and sub-series add."""
    bare = re.sub(r"(?<=[A-Z])[lI](?=\d)", "1", series.replace(" ", "")).partition("/")[0]
    return bare if not bare[:1].isdigit() else "A" + bare


def plain(symbol: str) -> str:
    """A control symbol without what scans change and the edition writes out."""
    bare = re.sub(r"\s", "", symbol).replace("l", "1").replace("VOL.", "VOLUME")
    return re.sub(r"^([A-Z]*)19(\d\d/)", r"\1\2", bare)


def main() -> None:
    """Both tables."""
    folder = Path(sys.argv[1])
    print("\n".join(source_notes(folder)), end="\n\n")
    print("\n".join(agreement(list(australian(folder)))))


if __name__ == "__main__":
    main()
