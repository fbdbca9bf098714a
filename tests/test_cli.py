"""The command line: every command answers for people and in JSON, and every error is one line with advice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from memcon import cli
from memcon.errors import MemconError
from memcon.model import Record
from tests.conftest import Ran

Run = Callable[..., Ran]
COMMANDS = [command.name or command.callback.__name__ for command in cli.app.registered_commands]  # type: ignore[union-attr]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_ends_in_an_example(run: Run, command: str) -> None:
    """The last line of --help can be typed."""
    told = run(command, "--help")
    assert told.code == 0
    last = told.out.strip().splitlines()[-1].strip()
    assert last.startswith("Example: memcon ")
    assert command in last


@pytest.mark.parametrize(
    "words",
    [
        ("search", "fuel"),
        ("show", "moscow/6"),
        ("show", "moscow/6", "--reading"),
        ("cite", "moscow/6#4"),
        ("ledger",),
        ("matters",),
        ("people",),
        ("problems",),
        ("collections",),
        ("stats",),
        ("check",),
    ],
    ids=" ".join,
)
def test_every_command_prints_for_people_and_as_json(run: Run, example: Path, words: tuple[str, ...]) -> None:
    """The same question in both forms; the JSON is an object."""
    plain = run("--archive", example, *words)
    assert plain.code == 0
    assert plain.out.strip()
    if words[0] in {"ledger", "matters", "people", "problems", "collections", "stats"}:
        assert max(map(len, plain.out.splitlines())) <= 110
    assert isinstance(run("--archive", example, *words, "--json").json, dict)


def test_the_ledger_of_the_example_points_at_words(run: Run, example: Path) -> None:
    """Every row's quote is what stands at its place in the record, and counts say of how many."""
    told = run("--archive", example, "ledger", "--record", "moscow/6", "--json").json
    shown = run("--archive", example, "show", "moscow/6", "--reading", "--json").json
    text = {passage["id"]: passage["text"] for passage in shown["passages"]}
    assert told["count"] == len(told["undertakings"]) >= 4
    assert told["of"] >= told["count"]
    for row in told["undertakings"]:
        assert text[row["passage"]][row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("search", "party:"), 3, "party"),
        (("show", "nowhere/1"), 4, "nowhere/1"),
        (("cite", "moscow/6", "--style", "mla"), 10, "csl-json"),
        (("cite", "moscow/6#99"), 4, "99"),
        (("ledger", "--due-before", "someday"), 10, "someday"),
        (("ledger", "--status", "done"), 10, "conditional"),
        (("matters", "--outcome", "won"), 10, "declined"),
        (("search", "fuel", "--facet", "colour"), 10, "kind"),
        (("problems", "--severity", "dire"), 10, "warning"),
    ],
)
def test_an_error_is_one_line_with_advice(
    run: Run, example: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """It names what was wrong, says what to do, and has the exit code of its class."""
    ran = run("--archive", example, *words)
    assert ran.code == code
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("memcon: ")
    assert told in ran.err


def test_no_archive_is_an_error_that_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    """Asking never makes an archive."""
    ran = run("--archive", tmp_path / "none.db", "stats")
    assert ran.code == 5
    assert "memcon add" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_a_broken_file_stops_nothing_and_is_listed(run: Run, tmp_path: Path) -> None:
    """The good file is in, the bad one is a problem, the exit code is 1; a second time nothing changes."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "good.md").write_text(
        "---\nid: good\ntitle: A talk\n---\n\nThe Envoy said that he would write.\n"
    )
    (folder / "bad.xml").write_bytes(
        b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p>cut'
    )
    archive = tmp_path / "a.db"
    first = run("--archive", archive, "add", folder)
    assert first.code == 1
    listed = run("--archive", archive, "problems", "--severity", "error", "--json").json
    assert listed["count"] >= 1
    assert "bad.xml" in str(listed["problems"])
    assert run("--archive", archive, "show", "good").code == 0
    again = run("--archive", archive, "add", folder, "--json")
    assert again.json["known"] == 2
    assert again.json["records"] == 0


def test_the_archive_can_be_named_by_the_environment(
    run: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MEMCON_ARCHIVE stands for --archive."""
    monkeypatch.setenv("MEMCON_ARCHIVE", str(example))
    assert "14" in run("stats").out


def test_demo_makes_an_archive_and_says_where(run: Run, tmp_path: Path) -> None:
    """DIR/moscow.db, fourteen records, no problem."""
    ran = run("demo", tmp_path / "new" / "place")
    assert ran.code == 0
    assert (tmp_path / "new" / "place" / "moscow.db").exists()
    assert "14 records" in ran.out


def test_a_backup_opens_as_an_archive_and_never_overwrites(run: Run, example: Path, tmp_path: Path) -> None:
    """The copy answers like the original."""
    copy = tmp_path / "copy.db"
    assert run("--archive", example, "backup", copy).code == 0
    assert run("--archive", copy, "stats").out == run("--archive", example, "stats").out
    assert run("--archive", example, "backup", copy).code == 10


def test_check_finds_a_word_that_was_changed(run: Run, example: Path, tmp_path: Path) -> None:
    """A letter altered behind the archive's back is found, and the exit code is 1."""
    import sqlite3

    copy = tmp_path / "altered.db"
    run("--archive", example, "backup", copy)
    with sqlite3.connect(copy) as database:
        changed = database.execute("UPDATE passages SET words = replace(words, 'four Soviet', 'five Soviet')")
        assert changed.rowcount
    database.close()
    ran = run("--archive", copy, "check")
    assert ran.code == 1
    assert "error" in ran.out


def test_read_gives_one_json_object_a_line(run: Run, tmp_path: Path) -> None:
    """In the order of the files, each with the name of its file."""
    for name in ("b", "a"):
        (tmp_path / f"{name}.md").write_text(f"---\nid: {name}\ntitle: T\n---\n\nThe Envoy said he agreed.\n")
    ran = run("read", tmp_path / "b.md", tmp_path / "a.md", "--json")
    lines = [__import__("json").loads(line) for line in ran.out.splitlines()]
    assert [line["record"]["id"] for line in lines] == ["b", "a"]
    assert lines[0]["record"]["source_path"].endswith("b.md")


def test_a_snippet_never_changes_a_letter(example: Path) -> None:
    """What is shown between the signs of a cut is in the passage."""
    from memcon.archive import Archive

    with Archive.open(example) as archive:
        hits = archive.search("Guomindang OR treaty OR fuel", limit=50).hits
    assert hits
    for hit in hits:
        shown = cli.snippet(hit).plain.removeprefix("… ").removesuffix(" …")
        assert shown in hit.text


def test_errors_in_the_manual_are_those_of_the_code() -> None:
    """`docs/errors.md` lists each class with its exit code, and no other."""
    page = (Path(__file__).parents[1] / "docs" / "errors.md").read_text("utf8")
    listed = {
        line.split("|")[2].strip().strip("`"): int(line.split("|")[1])
        for line in page.splitlines()
        if line.startswith("| ") and line.split("|")[1].strip().isdigit() and "`" in line.split("|")[2]
    }
    real = {error.__name__: error.exit_code for error in (MemconError, *MemconError.__subclasses__())}
    assert listed == real


def test_data_frames_have_a_row_for_each_result(example: Path) -> None:
    """Nested fields become columns."""
    from memcon.archive import Archive

    with Archive.open(example) as archive:
        rows = archive.ledger()
        table = rows.frame()
        assert isinstance(archive.record("moscow/6"), Record)
    assert len(table) == len(rows)
    assert "found.undertaking.words.quote" in table.columns


@pytest.fixture(autouse=True)
def _no_stray_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that name no archive must not write into the checkout."""
    monkeypatch.chdir(tmp_path)
    assert shutil.which("python3")


def test_eval_prints_the_figures_of_annotated_records(run: Run, shared: Path, tmp_path: Path) -> None:
    """A line for each kind; against the same run nothing is gained or lost."""
    gold = tmp_path / "gold"
    gold.mkdir()
    for file in (shared / "gold" / "dev").glob("wilson-112676*"):
        shutil.copy(file, gold)
    kept = tmp_path / "run.json"
    told = run("eval", gold, "--save", kept)
    assert told.code == 0
    assert "undertakings" in told.out
    again = run("eval", gold, "--against", kept, "--errors", "acts")
    assert "acts: 0 gained, 0 lost" in again.out
    assert run("eval", gold, "--json").json["records"] == 1
    assert run("eval", tmp_path).code == 10
