"""A collection's folder: `collection.yaml`, `forces.csv`, `measures.yaml`, `across.yaml`, and one file a return."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from peelcheck.errors import SchemaError, SchemaErrors, UsageError
from peelcheck.model import CheckSpec, Collection, Force, Measure, ReturnSchema, Thresholds
from peelcheck.schema.entries import Entry, did_you_mean, shown
from peelcheck.schema.forces import load_forces
from peelcheck.schema.measures import load_measures
from peelcheck.schema.nouns import NOUNS, load_code_form, load_nouns, load_rule_words
from peelcheck.schema.periods import load_periods
from peelcheck.schema.problems import Problems, each
from peelcheck.schema.returns import load_checks, load_return
from peelcheck.schema.textfile import Digests, DigestsOfLines
from peelcheck.schema.yamlfile import line_of, load_yaml

COLLECTION_FILE = "collection.yaml"
_DATES: Mapping[str, Literal["day", "month"]] = {"day_first": "day", "month_first": "month"}
REQUIRED = ("title", "year", "periods", "returns")
OPTIONAL = ("cuts", "groups", "dates", "time_zone", "suffixes", *NOUNS)
"""The keys of `collection.yaml`."""
DATES = tuple(_DATES)
_OTHER_FILES = ("collection", "measures", "across")


def schemas_folder() -> Path:
    """Where the collections are that come with the program: in the installed package, or beside its sources."""
    package = Path(__file__).parent.parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent.parent / "schemas"


def collections_in(schemas: Path | None = None) -> Mapping[str, Path]:
    """The folders of all collections by name.

    Args:
        schemas: where to look, instead of among those that come with the program.

    Raises:
        UsageError: there is no such folder.
    """
    folder = schemas or schemas_folder()
    try:
        there = folder.is_dir()
        inside = (
            sorted(path for path in folder.iterdir() if os.path.lexists(path / COLLECTION_FILE))
            if there
            else []
        )
    except OSError as error:
        raise UsageError(f"{folder}: cannot be opened ({error.strerror or error})") from None
    if not there:
        raise UsageError(f"{folder}: there is no such folder")
    return {path.name: path for path in inside}


def find_collection(name: str, schemas: Path | None = None) -> Path:
    """The folder of a collection, by its name, which is its folder's and never a path.

    Raises:
        UsageError: there is no such collection; those that there are, are named.
    """
    known = collections_in(schemas)
    if name not in known:
        where = schemas or schemas_folder()
        raise UsageError(
            f"there is no collection {shown(name)} in {where}{nearest_collection(name, known, schemas)}"
        )
    return known[name]


def nearest_collection(name: str, known: Iterable[str], schemas: Path | None) -> str:
    """What may be meant by the name of a collection that there is not, or where to look for it."""
    own = "" if schemas else " (for your own collections, give their folder with --schemas)"
    return did_you_mean(name, known) + own


@contextmanager
def within(folder: Path) -> Iterator[None]:
    """Add the collection's folder to the file that an error in this block names."""
    try:
        yield
    except SchemaError as error:
        placed = [_placed(folder, one) for one in error.every]
        raise (placed[0] if len(placed) == 1 else SchemaErrors(placed)) from None


def _placed(folder: Path, error: SchemaError) -> SchemaError:
    path = folder / error.file
    return SchemaError(str(path), error.key, error.problem, line_of(path, error.key))


def load_collection(folder: Path) -> Collection:
    """Load and check everything in a collection's folder.

    Raises:
        SchemaError: a file is missing or holds something that is not known, with the file and the key.
    """
    with within(folder):
        return _load(folder)


def _load(folder: Path) -> Collection:
    digests = DigestsOfLines()
    table = _file(folder / COLLECTION_FILE, digests).table(REQUIRED, OPTIONAL)
    periods = load_periods(table["periods"])
    year = table["year"].year()
    names = _return_names(folder, table["returns"])
    problems = Problems()
    with problems.gathered():
        loaded = each(lambda name: load_return(folder / f"{name}.yaml", periods, year, digests), names)
        returns = {schema.name: schema for schema in loaded}
    with problems.gathered():
        code_form = load_code_form(table)
        forces, bodies = load_forces(folder / "forces.csv", digests, code_form)
        nouns = load_nouns(table, len(forces))
        groups = _groups(table["groups"], forces) if "groups" in table else {}
    with problems.gathered():
        thresholds = _thresholds(table["cuts"]) if "cuts" in table else Thresholds()
        time_zone = _time_zone(table["time_zone"]) if "time_zone" in table else None
        dates = table["dates"].one_of(_DATES) if "dates" in table else None
    problems.refuse()  # what follows speaks of the returns, and would be wrong with each of them
    with problems.gathered():
        across = _across(_list(folder / "across.yaml", digests), returns)
    with problems.gathered():
        measures = load_measures(_list(folder / "measures.yaml", digests), returns, periods, year)
    problems.refuse()
    _codes_once(returns, across, measures)
    return Collection(
        name=folder.resolve().name,
        title=table["title"].text(),
        year=year,
        returns=returns,
        across=across,
        measures=measures,
        forces=forces,
        out_of_scope=bodies,
        thresholds=thresholds,
        groups=groups,
        folder=folder,
        sha256=_digest(digests),
        dates=dates,
        time_zone=time_zone,
        nouns=nouns,
        code_form=code_form,
        suffixes=table["suffixes"].texts() if "suffixes" in table else (),
        rule_words=load_rule_words(table, nouns),
    )


def _file(path: Path, digests: Digests) -> Entry:
    return Entry(path.name, "", load_yaml(path, path.name, digests=digests))


def _list(path: Path, digests: Digests) -> Entry:
    """A file that lists what a collection may have none of."""
    when_empty = "is empty; if there is nothing to list, write []"
    return Entry(path.name, "", load_yaml(path, path.name, when_empty, digests))


def _return_names(folder: Path, entry: Entry) -> tuple[str, ...]:
    """The returns that are listed: each has its file, and every file of the folder is spoken of."""
    names = []
    for one in entry.entries():
        name = one.name()
        if name in names:
            one.refuse(f"{name!r} appears twice")
        if name in _OTHER_FILES:
            one.refuse(f"{name!r} cannot be the name of a return; {name}.yaml has another use")
        if not (folder / f"{name}.yaml").is_file():
            there = [path.stem for path in sorted(folder.glob("*.yaml")) if path.stem != name]
            near = get_close_matches(name, there, n=1)
            one.refuse(f"there is no file {name}.yaml" + (f"; did you mean {near[0]!r}?" if near else ""))
        names.append(name)
    if not names:
        entry.refuse("expected at least one return")
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        if path.name not in {f"{name}.yaml" for name in (*names, *_OTHER_FILES)}:
            entry.refuse(f"{path.name} is in the folder but not in this list")
    return tuple(names)


def _across(entry: Entry, returns: Mapping[str, ReturnSchema]) -> tuple[CheckSpec, ...]:
    """The checks between returns; each is of a return that there is."""
    checks = load_checks(entry, None)
    each(lambda one: one.at("return", one.value["return"]).known(returns, "return"), entry.entries())
    return checks


def _thresholds(entry: Entry) -> Thresholds:
    table = entry.table(optional=Thresholds.__struct_fields__)
    thresholds = Thresholds(**{name: _positive(table[name]) for name in table.given})
    for kind in ("change", "peer", "alone"):
        if getattr(thresholds, f"{kind}_severe") < getattr(thresholds, f"{kind}_query"):
            entry.refuse(f"{kind}_severe is below {kind}_query")
    return thresholds


def _time_zone(entry: Entry) -> str:
    """A time zone by its name in the time zone database, such as Europe/London."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    name = entry.text()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        entry.refuse(
            f"there is no time zone {shown(name)}{did_you_mean(name, sorted(available_timezones()), 0)}"
        )
    return name


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
        Entry(others.file, others.key, force).known(names, "force")
        groups[force] = others.all_known(names, "force")
        if force in groups[force]:
            others.refuse("a force cannot be in its own group")
    return groups


def _codes_once(
    returns: Mapping[str, ReturnSchema], across: Iterable[CheckSpec], measures: tuple[Measure, ...]
) -> None:
    """No two rules have the same code, and no two measures the same name."""
    seen: dict[str, str] = {}
    for word, entry in _codes(returns, across, measures):
        if word in seen:
            entry.refuse(f"{word} appears twice; the other is in {seen[word]}")
        seen[word] = f"{entry.file}, {entry.key}"


def _codes(
    returns: Mapping[str, ReturnSchema], across: Iterable[CheckSpec], measures: tuple[Measure, ...]
) -> Iterator[tuple[str, Entry]]:
    for spec in (*(check for schema in returns.values() for check in schema.checks), *across):
        yield spec.code, Entry(spec.file, f"{spec.key}.code", spec.code)
    for i, measure in enumerate(measures):
        yield measure.code, Entry(measure.file, f"[{i}].code", measure.code)
        yield measure.id, Entry(measure.file, f"[{i}].id", measure.id)


def _digest(digests: Digests) -> str:
    """One checksum over all files of a collection, whatever their line ends."""
    files = "".join(f"{name}\0{digest}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(files.encode()).hexdigest()
