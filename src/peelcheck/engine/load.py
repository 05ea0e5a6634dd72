"""Files → figures: read and convert every table of a round, match its rows to forces and periods, and load the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from peelcheck.arrays import distinct_rows
from peelcheck.checks import Scope, View, columns_of, is_of_counts, run_check
from peelcheck.comparison.column_faults import column_faults, without_faulty_columns
from peelcheck.completeness.blanks import check_rows
from peelcheck.completeness.duplicate_rows import repeated_rows
from peelcheck.completeness.files import rows_above_headings, sent_twice
from peelcheck.completeness.proposals import proposals_in, words_by_cell
from peelcheck.completeness.returns import nobodys_folders
from peelcheck.engine.retired import Retired, is_retired, retired, retired_columns
from peelcheck.engine.state import Check, RunState
from peelcheck.errors import SchemaError
from peelcheck.matching.files import Progress, quietly, read_files
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Findings, ReadFile, Reason, ReturnKind, ReturnSchema, Severity, Source
from peelcheck.model.file_findings import addressed
from peelcheck.model.proposals import Proposal
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.folder import Round
from peelcheck.rounds.given import DECLARATIONS
from peelcheck.rules.round_rules import RETIRED, WRONG_PERIOD
from peelcheck.tables.constraints import conform
from peelcheck.tables.figures import NO_ROW, NOT_PLACED, Figures
from peelcheck.tables.loaded import Loaded
from peelcheck.tables.prepare import prepare
from peelcheck.tables.record_level import Tally, take_in
from peelcheck.tables.row_period import covers
from peelcheck.tables.table import NO_YEAR, Return


def load(round_: Round, checks: Sequence[Check], state: RunState, progress: Progress) -> Loaded:
    """Read, type and place every table, and lay out the figures; what is found on the way goes into `state`.

    Checks that see a row at a time are run on record-level returns here, as their rows are read.
    """
    collection, declarations = round_.collection, Declarations.of(round_.declarations)
    sheets, files, of_files = read_files(
        round_.received, collection, progress, declarations=declarations, largest=round_.largest
    )
    sheets, twice, unused = sent_twice(sheets, collection)
    unread = rows_above_headings(sheets) + unused
    state.add(nobodys_folders(round_.received, collection) if round_.whole else ())
    accepted, past_files = _history(round_, state)
    past = {table.schema.name: table for table in accepted}
    tables: list[Return] = []
    tallies: list[Tally] = []
    of_others: list[Findings] = []
    proposals: list[Proposal] = []
    senders: dict[str, dict[str, Reason]] = {}
    for name, schema in collection.returns.items():
        own = [sheet for sheet in sheets if sheet.match.name == name]
        senders[name] = {sheet.received.force: NO_ROW for sheet in own if sheet.received.force}
        if own and schema.records:
            tally, table = _records(schema, own, collection, checks, state, progress)
            tallies.append(tally)
            tables += [table] if table is not None else []
        elif own:
            table, found = prepare(schema, own, collection)
            of_force = {force: rows for (force, of), rows in unread.items() if of == name}
            proposed, of_proposals = (
                proposals_in(table, own) if schema.kind is ReturnKind.RETURN else ([], [])
            )
            proposals += proposed
            found += of_proposals
            parts = {item for _, kind in _of_return(checks, name) for item in kind.blank_if_incomplete}
            found += check_rows(
                table, collection, declarations, of_force, past.get(name), parts, words_by_cell(proposed)
            )
            if schema.kind is ReturnKind.RETURN:
                state.add(found)
            else:  # what is said of its cells depends on whether a whole column is wrong
                of_others += found
            senders[name] |= dict.fromkeys(_in_doubt(table, own), NOT_PLACED)
            tables.append(table)
    figures, of_others = _figures(round_, accepted, senders, tallies, tables, of_others)
    state.add(of_others)
    read, whose = _with_forces(files, [*figures.tables.values()], tallies)
    state.add(addressed([*of_files, *twice], whose))
    return Loaded(read, (*round_.own, *past_files), figures, tuple(proposals))


def _with_forces(
    files: Sequence[ReadFile], tables: Sequence[Return], tallies: Sequence[Tally]
) -> tuple[tuple[ReadFile, ...], dict[Source, str]]:
    """The files, each with the number of its records and the forces of its rows; and the force of sources with only one."""
    rows = {name: n for tally in tallies for name, n in tally.read.items()}
    named = _forces_named(tables, tallies)
    whose = {file: next(iter(forces)) for file, forces in named.items() if len(forces) == 1 and all(forces)}
    read = tuple(
        replace(
            file,
            rows=rows.get(file.source, file.rows),
            force=file.force or whose.get(file.source),
            forces=tuple(sorted(filter(None, named.get(file.source, ())))),
        )
        for file in files
    )
    return read, whose


def _figures(
    round_: Round,
    accepted: Sequence[Return],
    senders: Mapping[str, Mapping[str, Reason]],
    tallies: Sequence[Tally],
    tables: Sequence[Return],
    of_others: Sequence[Findings],
) -> tuple[Figures, list[Findings]]:
    """The figures but for columns of others' tables that are wrong as a whole; what was found in these tables, and RO130.

    What was found in single cells of such a column is left out.
    """
    declarations = Declarations.of(round_.declarations)
    figures = _gather(round_, accepted, declarations, senders, tallies, tables)
    faults = column_faults(round_.collection, figures, declarations)
    if not faults:
        return figures, list(of_others)
    tables, found = without_faulty_columns(tables, faults, of_others)
    return _gather(round_, accepted, declarations, senders, tallies, tables), found


def _gather(
    round_: Round,
    accepted: Sequence[Return],
    declarations: Declarations,
    senders: Mapping[str, Mapping[str, Reason]],
    tallies: Sequence[Tally],
    tables: Sequence[Return],
) -> Figures:
    """The figures of the tables, those accepted earlier, and those that were counted from records."""
    collection = round_.collection
    figures = Figures.gather(
        collection.force_names, tables, accepted, declarations, senders, collection.nouns
    )
    for tally in tallies:
        figures.add_counts(tally.counted_as(collection.year), collection.year, declarations)
    return figures


def _of_return(checks: Sequence[Check], name: str) -> list[Check]:
    return [(spec, kind) for spec, kind in checks if spec.return_name == name]


def _in_doubt(table: Return, sheets: Sequence[Sheet]) -> set[str]:
    """The forces in whose files some row's force or period is in doubt."""
    sources = set(table.sources[(table.forces == "") | (table.years == NO_YEAR)])
    return {s.received.force for s in sheets if s.received.force and s.source in sources}


def _forces_named(tables: Sequence[Return], tallies: Sequence[Tally]) -> dict[Source, set[str]]:
    """The forces of the rows of each source; "" for rows whose force is not known."""
    forces: defaultdict[Source, set[str]] = defaultdict(set)
    for table in tables:
        for source, force in distinct_rows(table.sources, table.forces)[1]:
            forces[source].add(force)
    for tally in tallies:  # of whose records a table is kept only where some check needs one
        forces.update(tally.whose)
    return forces


def _history(round_: Round, state: RunState) -> tuple[list[Return], list[ReadFile]]:
    """The accepted figures of earlier rounds, and the files that they stand in. What is retired is said and left out.

    Raises:
        SchemaError: a file of them is wrong. No force can put that right, so it is nobody's query.
    """
    kept = [file for file in round_.history if file.refused or not is_retired(file, round_.collection)]
    sheets, files, found = read_files(kept, round_.collection, quietly, past=True, largest=round_.largest)
    found += retired(
        [
            *(
                Retired(file.source, 0, f"a return {file.stem!r}")
                for file in round_.history
                if file not in kept
            ),
            *retired_columns(sheets),
            *(Retired(Source(DECLARATIONS), row, what) for row, what in round_.retired),
        ],
        round_.collection,
    )
    tables = []
    for name, schema in round_.collection.returns.items():
        own = [sheet for sheet in sheets if sheet.match.name == name]
        if own:
            table, more = prepare(schema, own, round_.collection, past=True)
            tables.append(table)
            found += [*more, *_out_of_bounds(table), *repeated_rows(table)]
    state.add([one for one in found if one.spec.code == RETIRED])
    wrong = next((f for f in found if f.spec.severity is Severity.ERROR and len(f)), None)
    if wrong is not None:
        where = f"row {wrong.rows[0]}" + (f", {wrong.column}" if wrong.column else "")
        said = wrong.say(wrong.fact(0))
        if wrong.spec.code == WRONG_PERIOD:
            year = round_.collection.year
            said = f"{covers(wrong.fact(0))} History must be for the years {year - 5} to {year - 1}."
        raise SchemaError(str(wrong.sources[0]), where if wrong.rows[0] else "", said)
    return tables, files


def _out_of_bounds(table: Return) -> list[Findings]:
    """Figures that the return does not allow. What else it asks of a cell may have been another in that year."""
    items = {item.name for item in table.schema.items}
    return [found for found in conform(table, items=True)[1] if found.column in items]


def _records(
    schema: ReturnSchema,
    sheets: Sequence[Sheet],
    collection: Collection,
    checks: Sequence[Check],
    state: RunState,
    progress: Progress,
) -> tuple[Tally, Return | None]:
    """Read a record-level return in pieces; only the columns that some check needs are kept for all rows."""
    of_return = _of_return(checks, schema.name)
    checks_of_counts = [(spec, kind) for spec, kind in of_return if is_of_counts(spec, schema, kind)]
    own = [check for check in of_return if check not in checks_of_counts]
    nothing = Figures(collection.force_names)

    def each(piece: Return) -> None:
        for spec, kind in own:
            if kind.scope is Scope.ROW:
                state.add(run_check(spec, kind, View(piece, nothing), state.of(spec.code)))

    whole = [spec for spec, kind in own if kind.scope is not Scope.ROW]
    by_month = dict.fromkeys(
        (column, kind.where) for _, kind in checks_of_counts for column in kind.counted_by_month
    )
    kept = sorted({column for spec in whole for column in columns_of(spec, schema)})
    return take_in(
        schema,
        sheets,
        collection,
        state.add,
        each,
        kept,
        [*by_month],
        lambda rows: progress("loading records", rows, 0),
    )
