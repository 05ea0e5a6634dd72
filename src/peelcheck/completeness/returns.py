"""Which returns, tables and files of a round were received, are missing, or were received twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import PurePath

from peelcheck.matching.returns import return_named
from peelcheck.model import (
    Collection,
    Findings,
    ReadFile,
    ReturnKind,
    ReturnSchema,
    Source,
)
from peelcheck.model.file_findings import Place, at_files, at_places
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.received import Received
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import FOLDER_OF_NO_FORCE, MISSING_RETURN, MISSING_TABLE
from peelcheck.tables.table import Return
from peelcheck.wording import listed


def returns_expected(collection: Collection) -> list[tuple[str, str]]:
    """(force, return) for every return that each force owes."""
    owed = [s for s in collection.returns.values() if s.kind is ReturnKind.RETURN and not s.optional]
    return [(force.name, schema.name) for force in collection.forces for schema in owed]


def missing_returns(
    collection: Collection,
    files: Sequence[ReadFile],
    placed: Mapping[str, Return],
    declarations: Declarations,
) -> list[tuple[str, str]]:
    """(force, return) for every return that is owed and of which neither a file came, nor a row, nor word that it will not.

    A file that could not be read or recognised came all the same, if it bears the return's name: it was asked about.
    """
    came = _came(collection, files, placed)
    return [
        (force, name)
        for force, name in returns_expected(collection)
        if (force, name) not in came and not _withheld(declarations, force, collection.returns[name])
    ]


def returns_received(
    collection: Collection, files: Sequence[ReadFile], placed: Mapping[str, Return]
) -> list[tuple[str | None, str]]:
    """(force, return) for every return that is owed and came, be it as a file that could not be read."""
    came = _came(collection, files, placed)
    return [pair for pair in returns_expected(collection) if pair in came]


def _came(
    collection: Collection, files: Sequence[ReadFile], placed: Mapping[str, Return]
) -> set[tuple[str | None, str]]:
    came = {(file.force, name) for file in files for name in (_return_of(file, collection), file.beside)}
    return {(force, name) for force, name in came if name} | {
        (force, name) for name, table in placed.items() for force in set(table.forces)
    }


def _return_of(file: ReadFile, collection: Collection) -> str | None:
    """The return that a file was recognised as, or that it is named after."""
    by_sheet = return_named(file.sheet, collection.returns) if file.sheet else None
    return file.return_name or by_sheet or return_named(PurePath(file.path).name, collection.returns)


def _withheld(declarations: Declarations, force: str, schema: ReturnSchema) -> bool:
    """Whether a force declared of every item, in every year, that it does not supply it, or that another force does."""
    owed = [item for item in schema.items if item.years and not item.optional]
    return bool(owed) and all(
        declarations.withhold(force, schema.name, item.name, item.years) for item in owed
    )


def sent_nothing(
    missing: Sequence[tuple[str, str]],
    received: Sequence[tuple[str | None, str]],
    files: Sequence[ReadFile],
) -> list[str]:
    """The forces that owe a return and of which nothing came: no return, no row, and no other file either."""
    came = {force for force, _ in received} | {file.force for file in files}
    return [force for force in dict.fromkeys(force for force, _ in missing) if force not in came]


def missing_findings(
    collection: Collection, missing: Sequence[tuple[str, str]], nothing: Sequence[str] = ()
) -> Iterator[Findings]:
    """RO101 for every missing return; one in all for each force that sent `nothing`."""
    owed: dict[str, list[str]] = {}
    for force, name in missing:
        owed.setdefault(force, []).append(f"“{collection.returns[name].title}” ({name}.csv)")
    for force in nothing:
        if len(owed.get(force, ())) > 1:
            returns = f"{len(owed[force])} returns are missing: {listed(owed.pop(force))}"
            message = f"{force} has not submitted anything; {returns}."
            yield at_places(built_in()[MISSING_RETURN], None, None, [Place(force, message)])
    for force, name in missing:
        if force in owed:
            title = collection.returns[name].title
            message = f"{force} has not submitted the return “{title}” ({name}.csv)."
            yield at_places(built_in()[MISSING_RETURN], name, None, [Place(force, message)])


def missing_tables(collection: Collection, files: Sequence[ReadFile]) -> Iterator[Findings]:
    """RO118 for every reference or inspection table that is missing: checks that need it cannot be run."""
    came = {name for file in files for name in (_return_of(file, collection), file.beside)}
    for name, schema in collection.returns.items():
        if schema.kind is not ReturnKind.RETURN and not schema.optional and name not in came:
            table = f"“{schema.title}” ({name}.csv; {schema.owed_by})"
            message = f"The table {table} is not in the round, so the checks that use it were not run."
            yield at_places(built_in()[MISSING_TABLE], name, None, [Place(None, message)])


def nobodys_folders(received: Sequence[Received], collection: Collection) -> Iterator[Findings]:
    """RO122 for every folder in `returns/` whose name does not match a force, at each of its files."""
    slugs = {force.slug: force.name for force in collection.forces}
    folders: dict[PurePath, list[Source]] = {}
    for file in received:
        path = PurePath(file.name)
        if file.kind is ReturnKind.RETURN and file.force is None and len(path.parts) > 2:
            folders.setdefault(path.parent, []).append(file.source)
    for folder, files in folders.items():
        near = get_close_matches(folder.parts[1].lower(), slugs, n=1)
        meant = f" Did you mean {near[0]}, the folder of {slugs[near[0]]}?" if near else ""
        nouns = collection.nouns
        none = f"The folder name {folder.as_posix()} does not match {nouns.words['a_force']}"
        message = f"{none}, so every row must name its {nouns.one}.{meant}"
        yield at_files(built_in()[FOLDER_OF_NO_FORCE], message, files)
