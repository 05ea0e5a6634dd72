"""A collection's folder: `collection.yaml`, `forces.csv`, `measures.yaml`, `across.yaml`, and one file a return."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from peelcheck.errors import UsageError
from peelcheck.model import CheckSpec, Collection, Cuts, Force, Measure, ReturnSchema
from peelcheck.schema.entries import Entry, did_you_mean
from peelcheck.schema.forces import load_forces
from peelcheck.schema.measures import load_measures
from peelcheck.schema.periods import load_periods
from peelcheck.schema.returns import load_checks, load_return
from peelcheck.schema.yamlfile import load_yaml

COLLECTION_FILE = "collection.yaml"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def schemas_folder() -> Path:
    """Where the collections are that come with the program: in the installed package, or beside its sources."""
    package = Path(__file__).parent.parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent.parent / "schemas"


def find_collection(name: str, schemas: Path | None = None) -> Path:
    """The folder of a collection.

    Args:
        name: the collection's name, which is its folder's; never a path, as it may come from a round's own file.
        schemas: where to look, instead of among those that come with the program.

    Raises:
        UsageError: there is no such collection; those that there are, are named.
    """
    folder = schemas or schemas_folder()
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of schemas")
    known = sorted(path.parent.name for path in folder.glob(f"*/{COLLECTION_FILE}"))
    if not _NAME.fullmatch(name) or name not in known:
        raise UsageError(
            f"there is no collection {name!r} in {folder}{did_you_mean(name, known) if known else ''}"
        )
    return folder / name


def load_collection(folder: Path) -> Collection:
    """Load and check everything in a collection's folder.

    Raises:
        SchemaError: a file is missing or holds something that is not known, with the file and the key.
    """
    entry = Entry(COLLECTION_FILE, "", load_yaml(folder / COLLECTION_FILE))
    table = entry.table(("title", "year", "periods", "returns"), ("cuts", "groups"))
    periods = load_periods(table["periods"])
    names = table["returns"].texts()
    _all_listed(folder, names, table["returns"])
    returns = {name: load_return(folder / f"{name}.yaml", periods) for name in names}
    forces, bodies = load_forces(folder / "forces.csv")
    across_file, measures_file = folder / "across.yaml", folder / "measures.yaml"
    across = load_checks(Entry(across_file.name, "", load_yaml(across_file)), None)
    for i, spec in enumerate(across):
        if spec.return_name not in returns:
            where = Entry(across_file.name, f"[{i}].return", spec.return_name)
            where.refuse(
                f"there is no return {spec.return_name!r}{did_you_mean(str(spec.return_name), returns)}"
            )
    measures = load_measures(Entry(measures_file.name, "", load_yaml(measures_file)), returns, periods)
    _codes_once(returns, across, measures)
    return Collection(
        name=folder.name,
        title=table["title"].text(),
        year=table["year"].whole(least=1900),
        returns=returns,
        across=across,
        measures=measures,
        forces=forces,
        out_of_scope=bodies,
        cuts=_cuts(table["cuts"]) if "cuts" in table else Cuts(),
        groups=_groups(table["groups"], forces) if "groups" in table else {},
        folder=folder,
        sha256=_digest(folder, names),
    )


def _all_listed(folder: Path, names: tuple[str, ...], entry: Entry) -> None:
    """Every file of the folder is spoken of, and every return has its file."""
    known = {*names, "collection", "measures", "across"}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in known:
            entry.refuse(f"{path.name} stands in the folder but not in this list")
    for i, name in enumerate(names):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in names[:i]:
            entry.at(str(i), name).refuse(f"{name!r} is not a name, or stands twice")
        if not (folder / f"{name}.yaml").is_file():
            entry.refuse(f"there is no file {name}.yaml for the return {name!r}")


def _cuts(entry: Entry) -> Cuts:
    names = [f.name for f in fields(Cuts)]
    table = entry.table(optional=names)
    cuts = Cuts(**{name: _positive(table[name]) for name in table.held})
    for kind in ("change", "peer", "alone"):
        if getattr(cuts, f"{kind}_severe") < getattr(cuts, f"{kind}_query"):
            entry.refuse(f"{kind}_severe is below {kind}_query")
    return cuts


def _positive(entry: Entry) -> float:
    number = float(entry.number())
    if not 0 < number <= 100:
        entry.refuse(f"expected a number above 0 and up to 100, not {entry.value}")
    return number


def _groups(entry: Entry, forces: Iterable[Force]) -> Mapping[str, tuple[str, ...]]:
    """For each force, the forces that it is most like; not every force has a group."""
    names = [force.name for force in forces]
    groups = {}
    for force, others in entry.pairs():
        if force not in names:
            others.refuse(f"{force!r} is not one of the forces{did_you_mean(force, names)}")
        for other in others.entries():
            if other.text() not in names:
                other.refuse(f"{other.value!r} is not one of the forces{did_you_mean(other.text(), names)}")
            if other.value == force:
                other.refuse("a force is not in its own group")
        groups[force] = others.texts()
    return groups


def _codes_once(
    returns: Mapping[str, ReturnSchema], across: Iterable[CheckSpec], measures: tuple[Measure, ...]
) -> None:
    """No two rules have the same code, and no two measures the same name."""
    seen: dict[str, str] = {}
    for word, entry in _codes(returns, across, measures):
        if word in seen:
            entry.refuse(f"{word} stands twice; the other is in {seen[word]}")
        seen[word] = f"{entry.file}, {entry.key}"


def _codes(
    returns: Mapping[str, ReturnSchema], across: Iterable[CheckSpec], measures: tuple[Measure, ...]
) -> Iterator[tuple[str, Entry]]:
    for spec in (*(check for schema in returns.values() for check in schema.checks), *across):
        yield spec.code, Entry(spec.file, f"{spec.key}.code", spec.code)
    for i, measure in enumerate(measures):
        yield measure.code, Entry(measure.file, f"[{i}].code", measure.code)
        yield measure.id, Entry(measure.file, f"[{i}].id", measure.id)


def _digest(folder: Path, returns: tuple[str, ...]) -> str:
    """One checksum over all files of a collection."""
    names = (
        "collection.yaml",
        "forces.csv",
        "measures.yaml",
        "across.yaml",
        *(f"{name}.yaml" for name in returns),
    )
    digest = hashlib.sha256()
    for name in names:
        content = (folder / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
