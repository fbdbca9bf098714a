"""Where the real parts are: the folder of records beside the checkout, the PostgreSQL server."""

from __future__ import annotations

import json
import os
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from memcon import cli
from memcon.archive import demo

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MEMCON_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real records; tests that need it are skipped, saying so, where it is not there."""
    if not (SHARED / "corpora").is_dir():
        pytest.skip(f"no real records: {SHARED} is not there (set MEMCON_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def corpora(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The volumes of `shared/corpora`, unpacked once for all tests of a machine's run."""
    kept = os.environ.get("MEMCON_CORPORA")
    folder = Path(kept) if kept else tmp_path_factory.getbasetemp().parent / "memcon-corpora"
    done = folder / ".unpacked"
    if not done.exists():
        folder.mkdir(exist_ok=True, parents=True)
        for packed in sorted((shared / "corpora").glob("*.tar.xz")):
            with tarfile.open(packed) as tar:
                tar.extractall(folder, filter="data")
        done.touch()
    return folder


@pytest.fixture(scope="session")
def postgres() -> str:
    """The address of a PostgreSQL server on which tests may create databases."""
    address = os.environ.get("MEMCON_TEST_POSTGRES")
    if not address:
        pytest.skip("no PostgreSQL server: MEMCON_TEST_POSTGRES is not set")
    return address


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The command line, called as a person calls it; the terminal is 110 columns wide."""
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.delenv("MEMCON_ARCHIVE", raising=False)

    def call(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["memcon", *map(str, words)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return call


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive, made once; tests must not write to it."""
    file, addition = demo(tmp_path_factory.mktemp("example"))
    assert not addition.problems
    return file
