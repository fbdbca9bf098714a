"""Where the real parts are: the folder of records beside the checkout, the PostgreSQL server."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

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
