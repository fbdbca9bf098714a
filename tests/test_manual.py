"""The manual is true: each command it shows is run on the example archive, and prints what the manual says.

`MEMCON_MANUAL=write pytest tests/test_manual.py` writes what is printed now into the pages; read the difference.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ran

PAGES = sorted([*ROOT.glob("docs/*.md"), ROOT / "README.md"])
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def printed(block: str, run: Callable[..., Ran]) -> str:
    """A block again, each command followed by what it prints now."""
    out: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ memcon "):
            told = run(*shlex.split(line.removeprefix("$ memcon ")))
            shown = "\n".join(row.rstrip() for row in (told.out + told.err).splitlines())
            out += [line, shown.strip("\n")]
    return "\n".join(out) + "\n"


@pytest.fixture
def place(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the manual's reader has it: the example archive and the example papers."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "example").mkdir()
    for file in example.parent.iterdir():
        (tmp_path / "example" / file.name).symlink_to(file)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.setenv("COLUMNS", "110")
    return tmp_path


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_manual_shows(page: Path, run: Callable[..., Ran]) -> None:
    """Every console block, to the letter."""
    text = page.read_text("utf8")
    now = BLOCK.sub(lambda block: printed(block[1], run), text)
    if os.environ.get("MEMCON_MANUAL") == "write":
        page.write_text(now, "utf8")
    assert now == text


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that is there."""
    for target in LINK.findall(page.read_text("utf8")):
        assert (page.parent / target).exists(), target


def test_some_commands_are_shown() -> None:
    """The test above has something to run."""
    shown = [
        line
        for page in PAGES
        for block in BLOCK.findall(page.read_text("utf8"))
        for line in block.splitlines()
    ]
    assert sum(line.startswith("$ memcon ") for line in shown) >= 12
