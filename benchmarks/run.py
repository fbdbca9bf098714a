"""Everything that is timed, side by side in one run: `make bench`.

    python benchmarks/run.py [FOLDER_OF_VOLUMES] [--rounds 5]

Without a folder the volumes of `shared/corpora` beside the checkout are unpacked into a scratch folder. Each figure is the
median of the rounds, beside the limit that the project set itself; ratios are of two things measured in turn.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from memcon import reading
from memcon.importers import File, tei
from memcon.model import Record

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "shared" / "corpora" / "frus-dev.tar.xz"


def main() -> None:
    """Measure all, print a table in Markdown."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folder", type=Path, nargs="?")
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = alone(given.folder, Path(scratch)) if given.folder else unpacked(Path(scratch))
        print("| what | measured | limit |\n| --- | --- | --- |")
        adding(folder, Path(scratch), given.rounds)
        remembering(folder, Path(scratch))
        reading_speed(folder, given.rounds)
        starting(Path(scratch) / "peak0.db", given.rounds)
        sys.stdout.flush()
        subprocess.run([sys.executable, HERE / "search.py", folder], check=True)


def alone(folder: Path, scratch: Path) -> Path:
    """The volumes of a folder and nothing else of it."""
    (scratch / "volumes").mkdir()
    for path in sorted(folder.rglob("*.xml")):
        shutil.copy(path, scratch / "volumes" / path.name)
    return scratch / "volumes"


def unpacked(scratch: Path) -> Path:
    """The volumes, unpacked."""
    if not CORPUS.exists():
        sys.exit(f"no volumes: {CORPUS} is not there; name a folder of TEI volumes")
    with tarfile.open(CORPUS) as tar:
        tar.extractall(scratch / "volumes", filter="data")
    return scratch / "volumes"


def row(what: str, measured: str, limit: str) -> None:
    """A line of the table."""
    print(f"| {what} | {measured} | {limit} |", flush=True)


def adding(folder: Path, scratch: Path, rounds: int) -> None:
    """`add --no-read` beside lxml with a bare index, and with two jobs beside one."""
    bare, one, two = [], [], []
    for _ in range(rounds):
        bare.append(
            timed(
                lambda: run(
                    [sys.executable, str(HERE / "bare.py"), str(folder), str(fresh(scratch / "bare"))]
                )
            )
        )
        one.append(timed(lambda: add(folder, scratch, 1)))
        two.append(timed(lambda: add(folder, scratch, 2)))
    row("lxml and a bare index, twenty volumes", f"{median(bare):.2f} s", "")
    row(
        "`add --no-read`, one job",
        f"{median(one):.2f} s, {median(one) / median(bare):.1f} times the bare",
        "3 times",
    )
    row(
        "`add --no-read --jobs 2`",
        f"{median(two):.2f} s, {median(one) / median(two):.2f} times faster",
        "1.6 times",
    )


def add(folder: Path, scratch: Path, jobs: int) -> None:
    """The command, as a person runs it, into a new archive."""
    archive = scratch / "bench.db"
    for old in scratch.glob("bench.db*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    run([sys.executable, "-c", "from memcon.cli import main; main()", "--archive", str(archive), "add", "--no-read",
         "--jobs", str(jobs), str(folder)])  # fmt: skip


def remembering(folder: Path, scratch: Path) -> None:
    """Peak memory for all volumes beside that for the largest."""
    largest = max(folder.rglob("*.xml"), key=lambda path: path.stat().st_size)
    peaks = [peak(path, scratch / f"peak{number}.db") for number, path in enumerate((folder, largest))]
    measured = f"{peaks[0] / 1024:.0f} MB, {peaks[0] / peaks[1]:.2f} times that for the largest volume alone"
    row("peak memory while adding twenty volumes", measured, "1.3 times")


def peak(path: Path, archive: Path) -> int:
    """In kB, of a process that adds the path."""
    code = (
        "import resource, sys; from memcon.archive import Archive\n"
        "a = Archive.open(sys.argv[1], create=True); a.add([sys.argv[2]], read=False)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, archive, path], check=True, capture_output=True, text=True
    )
    return int(told.stdout)


def reading_speed(folder: Path, rounds: int) -> None:
    """Words a second on one core, every fortieth document of the volumes."""
    records: list[Record] = []
    for path in sorted(folder.rglob("*.xml")):
        found = [item for item in tei.records(File(path.name, path.read_bytes())) if isinstance(item, Record)]
        records += found[::40]
    words = sum(len(passage.text.split()) for record in records for passage in record.text.passages)
    for learned, limit in ((True, "30,000 words a second"), (False, "20,000 words a second")):
        reading.read(records[0], learned=learned)
        seconds = median(timed(partial(read_all, records, learned)) for _ in range(rounds))
        name = "with the learned part" if learned else "by the rules alone"
        row(f"reading {name}, {words:,} words", f"{words / seconds:,.0f} words a second", limit)


def read_all(records: list[Record], learned: bool) -> None:
    """Each of them."""
    for record in records:
        reading.read(record, learned=learned)


def starting(archive: Path, rounds: int) -> None:
    """Opening an archive of all volumes, and the first hit."""
    code = (
        "import sys, time; from memcon.archive import Archive\n"
        "begun = time.perf_counter(); Archive.open(sys.argv[1]).search('treaty', limit=10)\n"
        "print(1000 * (time.perf_counter() - begun))"
    )
    told = [
        float(
            subprocess.run(
                [sys.executable, "-c", code, archive], check=True, capture_output=True, text=True
            ).stdout
        )
        for _ in range(rounds)
    ]
    row("opening and first hit", f"{median(told):.0f} ms", "200 ms")


def fresh(folder: Path) -> Path:
    """Emptied, if it was there."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def run(command: list[str]) -> None:
    """To its end, its output kept away from the table."""
    subprocess.run(command, check=True, capture_output=True)


def timed(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
