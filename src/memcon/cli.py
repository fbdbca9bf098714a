"""What a person types: a command's words parsed, one call of the archive, a table or JSON printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from memcon import archive as house
from memcon.archive import FACETS, STATUSES, Addition, Archive, Entry, Found, Sort, plain, split_address
from memcon.errors import BadInput, MemconError, NotFound
from memcon.exporters.citations import STYLES, find_passage
from memcon.exporters.reading_json import reading_json
from memcon.model import Outcome, Passage, PassageKind, Problem, Quantity, Record, Severity
from memcon.store import Hit
from memcon.when import When

SNIPPET = 240  # characters of a passage shown around the words found


def _example(command: str) -> str:
    return f"Example: memcon {command}"


app = typer.Typer(
    name="memcon",
    help="An archive and a ledger for the written record of diplomacy.",
    epilog=_example("demo example, then: memcon --archive example/moscow.db ledger"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Paths = Annotated[list[Path], typer.Argument(help="Files, folders, archives of files.", show_default=False)]
Limit = Annotated[int, typer.Option(min=1, help="How many to print.")]


class _Session:
    """Which archive a command speaks of, and where it prints."""

    def __init__(self) -> None:
        self.address = "memcon.db"
        self.console = Console(highlight=False, emoji=False, markup=False)

    def open(self, *, create: bool = False, index: str | None = None) -> Archive:
        return Archive.open(self.address, create=create, index=index)

    def print(self, *things: Any) -> None:
        """Tables are fitted to the terminal; running words are left to it to wrap."""
        self.console.print(*things, soft_wrap=not any(isinstance(thing, Table) for thing in things))

    def json(self, value: Any) -> None:
        print(json.dumps(plain(value), ensure_ascii=False, indent=2))


session = _Session()


def main() -> None:
    """The program. An error is one line with advice, and the exit code that `errors.py` gives it."""
    try:
        app()
    except MemconError as error:
        print(f"memcon: {str(error).rstrip('.')}. {error.advice}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe has seen enough


@app.callback()
def start(
    archive: Annotated[
        str,
        typer.Option(
            envvar="MEMCON_ARCHIVE", help="A file, or the postgresql:// address of an archive on a server."
        ),
    ] = "memcon.db",
) -> None:
    """An archive and a ledger for the written record of diplomacy."""
    session.address = archive
    session.console = Console(highlight=False, emoji=False, markup=False)


# --- in ------------------------------------------------------------------------------------------------------


@app.command(epilog=_example("demo example"))
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write moscow.db.")],
    as_json: AsJson = False,
) -> None:
    """Make the example archive: fourteen papers on the Moscow talks of 1949-50."""
    file, addition = house.demo(folder)
    _tell_addition(addition, as_json)
    if not as_json:
        session.print(f"The example archive is {file}.")


@app.command(epilog=_example("--archive cold-war.db add volumes/ letters.zip --jobs 2"))
def add(
    paths: Paths,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that import and read.")] = 1,
    no_read: Annotated[
        bool, typer.Option("--no-read", help="Import only; a later add reads what is unread.")
    ] = False,
    columns: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=COLUMN", help="Columns of a table: title=Titel, text=Text."),
    ] = None,
    index: Annotated[str | None, typer.Option(help="Full-text index: tantivy or fts5.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add records; what the archive has already changes nothing."""
    with session.open(create=True, index=index) as archive, _progress() as report:
        addition = archive.add(paths, jobs=jobs, read=not no_read, columns=_columns(columns), report=report)
    _tell_addition(addition, as_json)
    if addition.failed:
        raise typer.Exit(1)


@app.command(epilog=_example("read minutes/1950-01-06.md --json"))
def read(paths: Paths, as_json: AsJson = False) -> None:
    """Read files without an archive: who said what to whom, and what was undertaken."""
    failed = False
    for found in house.read_files(paths):
        failed |= any(problem["severity"] == Severity.ERROR for problem in found["problems"])
        if as_json:
            print(json.dumps(found, ensure_ascii=False))
        else:
            _show_found(found)
    if failed:
        raise typer.Exit(1)


def _columns(pairs: Sequence[str] | None) -> list[tuple[str, str]]:
    split = [pair.partition("=") for pair in pairs or ()]
    for field, sign, column in split:
        if not (field and sign and column):
            raise BadInput(
                f'"{field}{sign}{column}" maps no column', "Write FIELD=COLUMN, as in title=Titel."
            )
    return [(field, column) for field, _, column in split]


@contextmanager
def _progress() -> Iterator[Callable[[house.Progress], None] | None]:
    """A bar with rate and time left where a person is watching."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("adding", total=None)

        def report(at: house.Progress) -> None:
            bar.update(task, completed=at.done, total=at.total, description=f"{at.records} records")

        yield report


def _tell_addition(addition: Addition, as_json: bool) -> None:
    if as_json:
        session.json(addition)
        return
    session.print(
        f"{_many(addition.files, 'file')} ({addition.known} known before): "
        f"{_many(addition.records, 'record')} added, {_many(addition.versions, 'new version')}, "
        f"{addition.unchanged} unchanged; {addition.read} read again; {_many(len(addition.problems), 'problem')}."
    )
    if addition.problems:
        session.print("See them with: memcon problems")


# --- out -----------------------------------------------------------------------------------------------------


@app.command(epilog=_example("search 'fuel party:\"Soviet Union\" date:1950' --facet year"))
def search(
    words: Annotated[
        str, typer.Argument(metavar="QUERY", help="Words and fields; see the manual on searching.")
    ],
    limit: Limit = 10,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    sort: Annotated[Sort, typer.Option(help="By rank, by date, or newest first.")] = "rank",
    facet: Annotated[list[str] | None, typer.Option(help=f"Counts by {', '.join(FACETS)}.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find passages. Apparatus is searched only when asked for (in:notes, in:all)."""
    for name in facet or ():
        _known("facet", name, FACETS)
    with session.open() as archive:
        found = archive.search(words, limit=limit, offset=offset, sort=sort, facets=facet or ())
    if as_json:
        session.json(_found_json(found))
    else:
        _show_hits(found)


def _known(what: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise BadInput(f'no {what} is called "{name}"', f"Choose one of {', '.join(names)}.")


def _found_json(found: Found) -> dict[str, Any]:
    return {
        **plain(found),
        "hits": [{**plain(hit), "snippet": snippet(hit).plain} for hit in found.hits],
    }


def _show_hits(found: Found) -> None:
    session.print(
        f"{found.total:,} of {found.of:,} passages in {found.records:,} of {found.of_records:,} records "
        f"for: {found.query}"
    )
    if found.empty_because:
        session.print(f"Nothing was found: {found.empty_because}")
    if found.behind:
        session.print(f"{_many(found.behind, 'record')} just added by another process were not searched.")
    for hit in found.hits:
        session.print()
        session.print(
            Text(
                f"{address(hit.record, hit.label, hit.passage)}  {_day(hit.date)}  {hit.title}", style="bold"
            )
        )
        session.print(snippet(hit))
    for name, values in found.facets.items():
        session.print()
        session.print(
            _table((name, "records"), [(value, f"{count:,}") for value, count in values], right=(1,))
        )


def snippet(hit: Hit) -> Text:
    """The words around the first that was found, unchanged but for cuts, which are shown."""
    first = hit.spans[0].start if hit.spans else 0
    start = max(0, hit.text.rfind(" ", 0, max(0, first - SNIPPET // 3)) + 1) if first > SNIPPET // 3 else 0
    end = len(hit.text) if len(hit.text) - start <= SNIPPET else hit.text.rfind(" ", start, start + SNIPPET)
    end = max(end, first + 1)
    shown = Text(("… " if start else "") + hit.text[start:end] + (" …" if end < len(hit.text) else ""))
    shift = (2 if start else 0) - start
    for span in hit.spans:
        if start <= span.start and span.end <= end:
            shown.stylize("bold underline", span.start + shift, span.end + shift)
    return shown


def address(record: str, label: str | None, passage: str) -> str:
    """How a passage is cited and found again: by its label where the paper numbers it."""
    return f"{record}#{label or passage}"


@app.command(epilog=_example("show frus1961-63v22/d3 --reading"))
def show(
    record: Annotated[
        str, typer.Argument(metavar="RECORD[#PASSAGE]", help="A record, or one passage of it.")
    ],
    version: Annotated[int | None, typer.Option(help="An earlier version.")] = None,
    with_reading: Annotated[bool, typer.Option("--reading", help="What was read in it, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a record: its description, its passages, what was read in it."""
    name, passage = split_address(record)
    with session.open() as archive:
        held = archive.record(name, version)
        found = archive.reading(name) if with_reading else None
        if with_reading and found is None:
            raise NotFound(
                f"record {name} has not been read", "Read it by adding its file again without --no-read."
            )
        near = archive.same_file(name)
    if as_json:
        session.json(reading_json(held, found) if found else held)
        return
    if passage:
        _show_passage(find_passage(held, passage))
        return
    _show_record(held)
    if near:
        session.print(f"\nFrom the same file: {', '.join(line.id for line in near)}")
    if found:
        _show_found(reading_json(held, found), text=False)


@app.command(epilog=_example("cite moscow/6#4.2 --style chicago"))
def cite(
    record: Annotated[
        str, typer.Argument(metavar="RECORD[#PASSAGE]", help="A record, or one passage of it.")
    ],
    style: Annotated[str, typer.Option(help=", ".join(STYLES))] = "chicago",
    as_json: AsJson = False,
) -> None:
    """Cite a record or a passage."""
    with session.open() as archive:
        citation = archive.cite(record, style)
    if as_json:
        session.json({"record": record, "style": style, "citation": citation})
    else:
        print(citation)


@app.command(epilog=_example('ledger --by "Soviet Union" --due-before 1950-03'))
def ledger(
    by: Annotated[str | None, typer.Option(help="The party bound.")] = None,
    to: Annotated[str | None, typer.Option("--for", help="The party to whom.")] = None,
    due_before: Annotated[
        str | None, typer.Option(metavar="DATE", help="Due before that day, month or year.")
    ] = None,
    matter: Annotated[str, typer.Option(help="Words of the undertaking or its matter.")] = "",
    status: Annotated[str | None, typer.Option(help=", ".join(STATUSES))] = None,
    record: Annotated[str | None, typer.Option(help="Of one record only.")] = None,
    as_json: AsJson = False,
) -> None:
    """Who is bound to whom, to do what, how much, by when, on what condition: in the words that bind."""
    with session.open() as archive:
        rows = archive.ledger(
            by=by, to=to, due_before=due_before, matter=matter, status=status, record=record
        )
    if as_json:
        session.json(
            {"undertakings": [_entry_json(entry) for entry in rows], "count": len(rows), "of": rows.of}
        )
        return
    heads = ("by → for", "undertaking", "due", "status", "where")
    lines = [_entry_row(entry) for entry in rows]
    session.print(_table(heads, lines, ratios={0: 3, 1: 7, 2: 3}, whole=(3, 4)))
    session.print(f"{len(rows):,} of {rows.of:,} undertakings, as read by the machine.")


def _entry_json(entry: Entry) -> dict[str, Any]:
    row, found = entry.found, entry.found.undertaking
    return {
        "record": row.record, "title": row.title, "date": plain(row.date), "version": row.version,
        "passage": found.words.passage, "label": row.label, "folio": row.folio,
        "start": found.words.span.start, "end": found.words.span.end, "quote": found.words.quote,
        "by": found.by, "for": found.to, "quantities": [_quantity_json(q) for q in found.quantities],
        "due": found.due.edtf if found.due else None, "due_quote": found.due.printed if found.due else None,
        "condition_quote": found.condition.quote if found.condition else None,
        "status": entry.status, "standing": "machine", "rule": found.rule,
    }  # fmt: skip


def _quantity_json(found: Quantity) -> dict[str, Any]:
    return {**plain(found), "words": found.words.quote}


def _entry_row(entry: Entry) -> tuple[str, ...]:
    found = entry.found.undertaking
    lines = [f"“{found.words.quote}”", *(amount(quantity) for quantity in found.quantities)]
    if found.condition:
        lines.append(f"on condition: “{found.condition.quote}”")
    return (
        f"{found.by} → {found.to}" if found.to else found.by,
        "\n".join(lines),
        _due(found.due),
        entry.status,
        address(entry.found.record, entry.found.label, found.words.passage),
    )


def amount(found: Quantity) -> str:
    """ "13,400 tons of gasoline" from its parts; the words as printed stand in the JSON."""
    value = found.value
    number = f"{value[0]:,}-{value[1]:,}" if isinstance(value, tuple) else f"{value:,}"
    parts = [("about " if found.approx else "") + number, found.unit or "", found.of or ""]
    return " ".join(part for part in parts if part)


def _due(when: When | None) -> str:
    return "" if when is None else f"{when.edtf or ''}\n“{when.printed}”" if when.printed else when.edtf or ""


@app.command(epilog=_example("matters treaty --outcome open"))
def matters(
    words: Annotated[str, typer.Argument(help="Words of the matter.")] = "",
    outcome: Annotated[str | None, typer.Option(help=", ".join(Outcome))] = None,
    as_json: AsJson = False,
) -> None:
    """The subjects dealt with, record by record, and how each stood at the end of the talk."""
    with session.open() as archive:
        rows = archive.matters(words, outcome)
    if as_json:
        session.json({"matters": list(rows), "count": len(rows), "of": rows.of})
        return
    lines = [
        (
            _day(row.date),
            row.matter.label,
            row.matter.outcome.value,
            str(len(row.matter.statements)),
            row.record,
        )
        for row in rows
    ]
    session.print(
        _table(
            ("date", "matter", "outcome", "statements", "record"),
            lines,
            ratios={1: 1},
            right=(3,),
            whole=(0, 2, 4),
        )
    )
    session.print(f"{len(rows):,} of {rows.of:,} matters, as read by the machine.")


@app.command(epilog=_example('people vyshin --party "Soviet Union"'))
def people(
    form: Annotated[str | None, typer.Argument(help="Part of a name.")] = None,
    party: Annotated[str | None, typer.Option(help="Only those of a party.")] = None,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """Forms of names as printed, their parties, and where they stand. Nobody is merged."""
    with session.open() as archive:
        rows = archive.people(form, party)
    if as_json:
        session.json({"people": list(rows)[:limit], "count": len(rows), "of": rows.of})
        return
    lines = [
        (
            row.printed,
            ", ".join(row.parties),
            str(row.records),
            ", ".join(where.record for where in row.where[:3]),
        )
        for row in rows.rows[:limit]
    ]
    session.print(_table(("name as printed", "party", "records", "first in"), lines, right=(2,)))
    session.print(f"{min(len(rows), limit):,} of {len(rows):,} shown, of {rows.of:,} forms of names.")


@app.command(epilog=_example("problems --severity error"))
def problems(
    severity: Annotated[str | None, typer.Option(help=", ".join(Severity))] = None,
    limit: Limit = 200,
    as_json: AsJson = False,
) -> None:
    """What could not be read, where, and how bad it is."""
    with session.open() as archive:
        rows = archive.problems(severity)
    if as_json:
        session.json({"problems": list(rows)[:limit], "count": len(rows), "of": rows.of})
        return
    lines = [(p.severity.value, p.record or p.source or "", p.where, p.message) for p in rows.rows[:limit]]
    session.print(_table(("", "in", "where", "problem"), lines, ratios={1: 1, 2: 2, 3: 3}))
    session.print(f"{min(len(rows), limit):,} of {rows.of:,} problems.")


@app.command(epilog=_example("collections --json"))
def collections(as_json: AsJson = False) -> None:
    """The editions and sets that the records belong to."""
    with session.open() as archive:
        held = archive.collections()
    if as_json:
        session.json({"collections": held, "count": len(held)})
        return
    lines = [(c.id, c.title, ", ".join(c.editors), c.year or "", str(len(c.persons))) for c in held]
    session.print(
        _table(
            ("id", "title", "editors", "year", "persons"),
            lines,
            ratios={1: 3, 2: 2},
            right=(4,),
            whole=(0, 3),
        )
    )


@app.command(epilog=_example("stats"))
def stats(as_json: AsJson = False) -> None:
    """The figures of the archive, each with of how many."""
    with session.open() as archive:
        figures = archive.stats()
    if as_json:
        session.json(figures)
        return
    session.print(
        _table(("", ""), [(name.replace("_", " "), _figure(value)) for name, value in plain(figures).items()])
    )


def _figure(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"count", "of"}:
        return f"{value['count']:,} of {value['of']:,}"
    if isinstance(value, dict):
        return ", ".join(f"{count:,} {name}" for name, count in value.items())
    return f"{value:,}"


@app.command("eval", epilog=_example("eval gold/dev --errors undertakings"))
def evaluate(
    folder: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="ID.md, ID.json and ID.gold.json of each record.")
    ],
    errors: Annotated[
        str | None, typer.Option(metavar="KIND", help="List what was missed or spurious.")
    ] = None,
    against: Annotated[Path | None, typer.Option(help="An earlier run: what was gained and lost.")] = None,
    save: Annotated[Path | None, typer.Option(help="Keep this run.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hold the reading against records annotated by hand: precision, recall and F1 of each kind and act."""
    from memcon.reading import evaluation

    run = house.evaluate(folder)
    if save:
        evaluation.save(run, save)
    if as_json:
        figures = {kind: {**plain(run.figure(kind)), "f1": run.figure(kind).f1} for kind in evaluation.KINDS}
        session.json({"records": run.records, "missing": run.missing, "figures": figures})
        return
    print(evaluation.table(run))
    if errors:
        _known("kind", errors, evaluation.KINDS)
        print(*(f"{case.what} {case.record} {case.item}" for case in run.of_kind(errors)), sep="\n")
    if against:
        _tell_change(run, evaluation.saved(against))


def _tell_change(run: Any, then: Any) -> None:
    from memcon.reading import evaluation

    for kind in evaluation.KINDS:
        change = evaluation.compare(run, then, kind)
        print(f"{kind}: {len(change.gained)} gained, {len(change.lost)} lost")
        for sign, cases in (("+", change.gained), ("-", change.lost)):
            print(*(f"  {sign} {case.what} {case.record} {case.item}" for case in cases), sep="\n")


# --- care ----------------------------------------------------------------------------------------------------


@app.command(epilog=_example("check"))
def check(as_json: AsJson = False) -> None:
    """Verify every invariant of the archive: hashes, spans, counts, index against text."""
    with session.open() as archive:
        broken = archive.check()
        records = archive.stats().records
    if as_json:
        session.json({"problems": broken, "records": records})
    else:
        _show_problems(broken)
        session.print(f"{_many(records, 'record')} checked: {_many(len(broken), 'problem')}.")
    if broken:
        raise typer.Exit(1)


@app.command(epilog=_example("backup /mnt/safe/cold-war-2026-11.db"))
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; must not exist.")],
    as_json: AsJson = False,
) -> None:
    """Make a consistent copy while others write; the copy opens as an archive."""
    with session.open() as archive:
        archive.backup(file)
    if as_json:
        session.json({"backup": str(file), "bytes": file.stat().st_size})
    else:
        session.print(f"The archive is copied to {file} ({file.stat().st_size:,} bytes).")


# --- how things look -----------------------------------------------------------------------------------------


def _table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    ratios: dict[int, int] | None = None,
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> Table:
    """Fitted to the terminal: columns with a ratio share what the others leave; numbers (`right`) and those named
    in `whole` are never broken."""
    table = Table(
        box=None,
        pad_edge=False,
        header_style="bold",
        padding=(0, 2, 0, 0),
        show_header=any(heads),
        expand=ratios is not None,
    )
    for number, head in enumerate(heads):
        table.add_column(
            head,
            justify="right" if number in right else "left",
            ratio=(ratios or {}).get(number),
            overflow="fold",
            no_wrap=number in right or number in whole,
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _day(when: When | None) -> str:
    """The EDTF expression: short, sortable, and of the paper's own precision."""
    return "undated" if when is None else when.edtf or when.printed or "undated"


def _show_record(record: Record) -> None:
    session.print(Text(record.title, style="bold"))
    session.print(_table(("", ""), list(_description(record)), ratios={1: 1}))
    for text in record.texts:
        session.print()
        for passage in text.passages:
            _show_passage(passage)


def _description(record: Record) -> Iterator[tuple[str, str]]:
    """What is known of a record, a line each; what is not known has no line."""
    for name, value in (
        ("record", record.id), ("kind", record.kind), ("heading", record.heading), ("place", record.place),
        ("time", record.time), ("duration", record.duration), ("classification", record.classification),
        ("handling", record.handling), ("copy", record.copy), ("document number", record.document_number),
        ("original language", record.original_language), ("summary", record.summary),
        ("citation", record.citation), ("rights", record.rights), ("collection", record.collection),
    ):  # fmt: skip
        if value:
            yield name, value
    for name, when in (("date", record.date), ("recorded", record.recorded), ("published", record.published)):
        if when:
            yield name, _day(when) + (f" (“{when.printed}”)" if when.printed else "")
    for person in record.participants:
        yield "participant", person.printed + (f" ({person.party})" if person.party else "")
    for subject in record.subjects:
        yield "subject", subject
    for reference in record.references:
        parts = ", ".join(f"{name} {value}" for name, value in reference.parts)
        yield "reference", reference.verbatim + (f"\n[{parts}]" if parts else "\n[unparsed]")
    for credit in record.credits:
        yield credit.role, credit.printed
    for link in record.addresses:
        yield "address as given", link
    if record.proposed_address:
        yield "address proposed", record.proposed_address
    for name, value in record.extras:
        yield name, value
    for problem in record.problems:
        yield problem.severity.value, f"{problem.where}: {problem.message}"


def _show_passage(passage: Passage) -> None:
    mark = passage.label or passage.id
    style = (
        "dim" if passage.kind in (PassageKind.NOTE, PassageKind.SOURCE_NOTE, PassageKind.EDITORIAL) else ""
    )
    session.print(
        _table(("", ""), [(mark, passage.text)], ratios={1: 1})
        if not style
        else Text(f"{mark}  {passage.text}", style=style)
    )


def _show_found(found: dict[str, Any], *, text: bool = True) -> None:
    """A reading for the eye: each thing found, and under it the words."""
    if found["record"] is None:
        _show_problems(Problem(p["where"], p["message"], Severity(p["severity"])) for p in found["problems"])
        return
    if text:
        session.print(Text(f"{found['record']['id']}  {found['record']['title']}", style="bold"))
    for head, name, line in _FOUND:
        session.print(Text(f"\n{head}: {len(found[name])}", style="bold"))
        for item in found[name]:
            session.print(" · ".join(part for part in line(item) if part))
            if "quote" in item:
                session.print(f"    {item['passage']} “{item['quote']}”")
    _show_problems(Problem(p["where"], p["message"], Severity(p["severity"])) for p in found["problems"])
    session.print()


def _arrow(by: str | None, to: str | None) -> str:
    return f"{by or '?'} → {to}" if to else by or "?"


_FOUND: tuple[tuple[str, str, Callable[[dict[str, Any]], Sequence[str | None]]], ...] = (
    ("People", "people", lambda p: (p["name"], p["party"] or "?", p["role"], _presence(p["present"]))),
    ("Statements", "statements", lambda s: (_arrow(s["speaker"], s["to"]), s["act"], s["standing"])),
    ("Undertakings", "undertakings", lambda u: (
        _arrow(u["by"], u["for"]), u["due"] and f"due {u['due']}",
        u["condition_quote"] and f"on condition: “{u['condition_quote']}”")),
    ("Quantities", "quantities", lambda q: (str(q["value"]), q["unit"], q["of"])),
    ("Dates", "dates", lambda d: (d["edtf"] or "?",)),
    ("Other papers named", "leads", lambda w: (w["kind"], w["from"], w["date"], w["number"])),
    ("Matters", "matters", lambda m: (m["label"], m["outcome"], f"{len(m['statements'])} statements")),
)  # fmt: skip


def _presence(present: bool | None) -> str:
    return {True: "present", False: "mentioned", None: ""}[present]


def _show_problems(found: Iterable[Problem]) -> None:
    for problem in found:
        session.print(f"{problem.severity.value}: {problem.where}: {problem.message}")
