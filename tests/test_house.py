"""The house keeps its shape: who may know whom, and where each outside library lives.

The table is `ARCHITECTURE.md`'s. Imports under TYPE_CHECKING and inside functions count.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "memcon"

# From the ground up. A part may import itself and every floor below its own, never a neighbour on its floor.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("text",),
    ("edtf",),
    ("datewords",),
    ("when", "names", "references"),
    ("model", "grammar"),
    ("query",),
    ("importers", "reading", "store", "exporters"),
    ("archive",),
    ("cli",),
)

# `jobs` stands beside `archive` and belongs to it.
PART_OF = {"jobs": "archive"}

HOMES: dict[str, frozenset[str]] = {
    "importers": frozenset({"lxml", "selectolax", "pypdfium2", "docx", "yaml", "charset_normalizer"}),
    "reading": frozenset({"sentencex", "numpy", "scipy", "sklearn"}),
    "store": frozenset({"sqlalchemy", "tantivy", "msgspec"}),
    "archive": frozenset({"pandas"}),
    "cli": frozenset({"typer", "rich"}),
}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def part(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0].removesuffix(".py")
    return PART_OF.get(first, first)


def floor(name: str) -> int:
    return next(level for level, names in enumerate(FLOORS) if name in names)


def imported(source: str) -> list[str]:
    """Every module that a source text imports, wherever in it the import stands."""
    out: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            out += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            out += [f"{node.module}.{alias.name}" for alias in node.names]
    return out


def faults(path: Path, source: str) -> list[str]:
    """What a module imports and may not."""
    here = part(path)
    return [name for name in imported(source) if not allowed(here, name)]


def allowed(here: str, name: str) -> bool:
    top, _, rest = name.partition(".")
    if top == "memcon":
        there = PART_OF.get(rest.split(".")[0], rest.split(".")[0])
        if there in {"", "__version__"}:
            return False
        return there == here or floor(there) < floor(here)
    return top in sys.stdlib_module_names or top in HOMES.get(here, frozenset())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    """No module imports upward, sideways, the package's root, or a library that lives elsewhere."""
    if path == ROOT / "__init__.py":
        assert imported(path.read_text("utf8")) == [
            "__future__.annotations", "typing.Any", "memcon.archive.Archive",
        ]  # fmt: skip
        return
    floor(part(path))  # a module without a place in the house fails here
    assert faults(path, path.read_text("utf8")) == []


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("text.py", "from memcon.model import Record"),
        ("reading/acts.py", "from memcon.store import open_store"),
        ("reading/acts.py", "import memcon"),
        (
            "model.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from memcon.query import Node",
        ),
        ("query.py", "def f():\n    import memcon.archive"),
        ("cli.py", "import sqlalchemy"),
        ("importers/tei.py", "from memcon.reading.page import Page"),
    ],
)
def test_the_test_sees_what_is_forbidden(where: str, source: str) -> None:
    """Each kind of forbidden import is noticed."""
    assert faults(ROOT / where, source)


def test_every_library_at_home_is_used_and_declared() -> None:
    """A library that a part may use is used there, and the project declares it."""
    used: dict[str, set[str]] = {name: set() for name in HOMES}
    for path in modules():
        tops = {name.split(".")[0] for name in imported(path.read_text("utf8"))}
        used.setdefault(part(path), set()).update(tops)
    unused = {(home, lib) for home, libs in HOMES.items() for lib in libs if lib not in used[home]}
    assert unused == set()
