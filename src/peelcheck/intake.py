"""Files → text tables that are recognised as returns; what cannot be read is a finding, and the next file is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from peelcheck.collection import Received
from peelcheck.findings import Place, at_places
from peelcheck.model import Collection, Findings, ReadFile, ReturnSchema
from peelcheck.reading.problem import Problem
from peelcheck.reading.table import TextTable, read_table
from peelcheck.recognise import Match, Sheet, match, recognise
from peelcheck.rules import built_in
from peelcheck.wording import count, listed

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def quietly(what: str, done: int, total: int) -> None:
    """Report no progress."""


def read_files(
    received: Sequence[Received], collection: Collection, progress: Progress, past: bool = False
) -> tuple[list[Sheet], list[ReadFile], list[Findings]]:
    """Read every file and recognise its return.

    Args:
        received: the files.
        collection: its returns.
        progress: told before each file.
        past: the files are accepted history: each is the return that it is named after, and may lack items.

    Returns:
        The files that hold a return; every file with its checksum; and findings about files that could not be opened or read,
        fit no return, lack a column or have one more.
    """
    sheets, files, found = [], [], []
    for done, file in enumerate(received):
        progress("reading", done, len(received))
        table, problems = _read(file, collection)
        found += problems
        sheet = None
        if table is not None and len(table.frame.columns):
            sheet, problems = (_as_named if past else _recognise)(file, table, collection)
            found += problems
        name = sheet.match.schema.name if sheet and sheet.match.schema else None
        rows = len(table.frame) if table is not None else 0
        files.append(ReadFile(file.name, table.sha256 if table else None, file.force, name, rows))
        if sheet is not None:
            sheets.append(sheet)
    progress("reading", len(received), len(received))
    return sheets, files, found


def _read(file: Received, collection: Collection) -> tuple[TextTable | None, list[Findings]]:
    if file.refused:
        return None, [_unopened(file, file.refused)]
    known = [name for schema in collection.returns.values() for name in schema.columns]
    try:
        table = read_table(file.path, columns=known)
    except OSError as error:
        return None, [_unopened(file, f"cannot be opened ({error.strerror or error})")]
    return table, [_problem(file, problem) for problem in table.problems]


def _unopened(file: Received, why: str) -> Findings:
    place = Place(file.force, f"{file.name} {why}.", file.name)
    return at_places(built_in()["FI001"], _named(file), None, [place])


def _named(file: Received) -> str:
    return file.stem


def _problem(file: Received, problem: Problem) -> Findings:
    rows = problem.rows or ((problem.row,) if problem.row else (0,))
    places = [Place(file.force, problem.message, file.name, row, problem.value) for row in rows]
    return at_places(built_in()[problem.code], _named(file), problem.column, places)


def _as_named(
    file: Received, table: TextTable, collection: Collection
) -> tuple[Sheet | None, list[Findings]]:
    schema = collection.returns.get(file.stem)
    fit = match(list(table.frame.columns), schema) if schema else Match(None, {}, (), ())
    if schema is None or not {item.name for item in schema.items} & fit.columns.keys():
        return None, [_unrecognised(file, table, Match(None, {}, fit.missing, fit.extra, schema))]
    return Sheet(file, table, fit), []


def _recognise(
    file: Received, table: TextTable, collection: Collection
) -> tuple[Sheet | None, list[Findings]]:
    schemas = _candidates(file, collection)
    fit = recognise(list(table.frame.columns), file.stem, schemas)
    if fit.schema is None:
        return None, [_unrecognised(file, table, fit)]
    found = []
    missing = [
        name for name in fit.missing if not fit.schema[name].optional and name not in ("note", "force_code")
    ]
    if file.force is not None and "force" in missing:
        missing.remove("force")
    for name in missing:
        message = f"{file.name} has no column {name} (“{fit.schema[name].title}”)."
        place = Place(file.force, message, file.name, table.header_row)
        found.append(at_places(built_in()["RO104"], fit.schema.name, name, [place]))
    if fit.extra:
        message = (
            f"{file.name} has {count(len(fit.extra), 'column')} that “{fit.schema.title}” does not ask for: "
        )
        place = Place(file.force, message + f"{listed(fit.extra)}.", file.name, table.header_row)
        found.append(at_places(built_in()["RO105"], fit.schema.name, None, [place]))
    return Sheet(file, table, fit), found


def _candidates(file: Received, collection: Collection) -> Mapping[str, ReturnSchema]:
    """The returns that can stand in the file's folder."""
    if file.kind is None:
        return collection.returns
    return {name: schema for name, schema in collection.returns.items() if schema.kind is file.kind}


def _unrecognised(file: Received, table: TextTable, fit: Match) -> Findings:
    nearest = fit.nearest
    message = f"{file.name} fits none of the returns."
    if nearest is not None:
        message += f" The nearest is “{nearest.title}” ({nearest.name})"
        message += f"; it lacks {listed(fit.missing)}" if fit.missing else ""
        message += f", and has {listed(fit.extra)} besides" if fit.extra else ""
        message += "."
    place = Place(file.force, message, file.name, table.header_row)
    return at_places(built_in()["RO103"], _named(file), None, [place])
