"""A round's folder: what was received, what was accepted before, what was declared. All input of a round is here.

round.yaml  returns/<force>/<return>.csv  reference/  inspection/  history/  declarations.csv
"""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peelcheck.errors import SchemaError, UsageError
from peelcheck.model import Collection, Declaration, ReturnKind, Status
from peelcheck.schema import find_collection, load_collection
from peelcheck.schema.yamlfile import load_yaml

ROUND_FILE = "round.yaml"
DECLARATIONS = "declarations.csv"
HISTORY = "history"
TABLE_ENDINGS = (".csv", ".txt", ".tsv", ".xls", ".xlsx")
DEFAULT_COLLECTION = "peel-2017"
DECLARATION_COLUMNS = (
    "force",
    "with",
    "return",
    "item",
    "measure",
    "period_end",
    "status",
    "reason",
    "source",
)


@dataclass(frozen=True)
class Received:
    """A file as it lies there. `name` is its path as shown; `force` is the one whose folder it is in, if any."""

    path: Path
    name: str
    kind: ReturnKind | None
    force: str | None
    refused: str | None = None

    @property
    def stem(self) -> str:
        """The name of the file, a hint at the return that it holds."""
        return self.path.stem


@dataclass(frozen=True)
class Round:
    """A round as it lies on disk; `whole` is False for single files, of which nothing can be missing."""

    title: str
    collection: Collection
    received: tuple[Received, ...]
    history: tuple[Received, ...]
    declarations: tuple[Declaration, ...]
    whole: bool


def open_round(paths: Sequence[Path], collection: str | None = None, schemas: Path | None = None) -> Round:
    """Look at what is there; no table is read yet.

    Args:
        paths: a round's folder, or any folders and files.
        collection: the collection to hold them against; by default the one that `round.yaml` names, else peel-2017.
        schemas: a folder of collections other than those that come with the program.

    Raises:
        UsageError: a path is not there, or holds no table.
        SchemaError: `round.yaml`, `declarations.csv` or a schema is wrong.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder")
    if len(paths) == 1 and (paths[0] / ROUND_FILE).is_file():
        return _whole_round(paths[0], collection, schemas)
    loaded = load_collection(find_collection(collection or DEFAULT_COLLECTION, schemas))
    received = tuple(file for path in paths for file in _loose(path, loaded))
    if not received:
        raise UsageError(f"{', '.join(map(str, paths))}: no round ({ROUND_FILE}) and no tables (.csv) here")
    return Round("Files checked on their own", loaded, received, (), (), whole=False)


def _whole_round(folder: Path, collection: str | None, schemas: Path | None) -> Round:
    settings = _round_file(folder / ROUND_FILE)
    loaded = load_collection(find_collection(collection or settings["collection"], schemas))
    received = [file for kind in ReturnKind for file in _tables(folder / kind.value, folder, loaded, kind)]
    history = tuple(_tables(folder / HISTORY, folder, loaded, None))
    if not received:
        raise UsageError(f"{folder}: the round holds no tables (looked in returns, reference and inspection)")
    declared = read_declarations(folder / DECLARATIONS, loaded)
    return Round(settings["title"], loaded, tuple(received), history, declared, whole=True)


def _round_file(path: Path) -> dict[str, str]:
    """`round.yaml`, closed to unknown keys."""
    content = load_yaml(path)
    known = ("collection", "title", "date")
    if not isinstance(content, dict):
        raise SchemaError(str(path), "", f"expected the keys {', '.join(known)}")
    for key in content:
        if key not in known:
            raise SchemaError(str(path), str(key), f"unknown key; known: {', '.join(known)}")
    for key in ("collection", "title"):
        if not isinstance(content.get(key), str):
            raise SchemaError(str(path), key, "expected a text")
    return content


def _loose(path: Path, collection: Collection) -> Iterator[Received]:
    if path.is_dir():
        yield from _tables(path, path, collection, None)
    else:
        yield Received(
            path, path.as_posix(), None, _force_of(path.parent.name, collection), _refusal(path, path.parent)
        )


def _tables(folder: Path, root: Path, collection: Collection, kind: ReturnKind | None) -> Iterator[Received]:
    """Every table below a folder in a stable order; links are not followed out of the round."""
    if not folder.is_dir():
        return
    for here, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here) / name
            if name.startswith((".", "~$")) or path.suffix.lower() not in TABLE_ENDINGS:
                continue
            force = _force_of(path.parent.name, collection) if path.parent != folder or kind is None else None
            yield Received(path, path.relative_to(root).as_posix(), kind, force, _refusal(path, root))


def _refusal(path: Path, root: Path) -> str | None:
    """Why a path is not opened at all; None where it may be."""
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (OSError, RuntimeError) as error:
        return f"cannot be opened ({error.strerror if isinstance(error, OSError) else error})"
    if not stat.S_ISREG(mode):
        return "is not a file (a device, a pipe or a folder)"
    if path.is_symlink() and not real.is_relative_to(root.resolve()):
        return "is a link that leads out of the round's folder"
    return None


def _force_of(folder_name: str, collection: Collection) -> str | None:
    slug = folder_name.lower().replace("_", "-").replace(" ", "-")
    return next((force.name for force in collection.forces if force.slug == slug), None)


def read_declarations(path: Path, collection: Collection) -> tuple[Declaration, ...]:
    """The declarations of a round; none where the file is not there.

    Raises:
        SchemaError: a row names a force, return, item, measure, status or date that is not known.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != DECLARATION_COLUMNS:
            raise SchemaError(str(path), "row 1", f"expected the columns {', '.join(DECLARATION_COLUMNS)}")
        return tuple(
            _declaration(row, number, str(path), collection)
            for number, row in enumerate(reader, start=2)
            if any(row.values())
        )


def _declaration(row: dict[str, str], number: int, file: str, collection: Collection) -> Declaration:
    cells = {name: (row[name] or "").strip() or None for name in DECLARATION_COLUMNS}
    forces = {force.name for force in collection.forces}
    measures = {measure.id for measure in collection.measures}

    def expect(ok: bool, column: str, what: str) -> None:
        if not ok:
            raise SchemaError(file, f"row {number}, {column}", f"{cells[column]!r} is not {what}")

    expect(cells["force"] in forces, "force", "one of the forces")
    expect(cells["with"] is None or cells["with"] in forces, "with", "one of the forces")
    expect(
        cells["return"] is not None or cells["measure"] is not None, "return", "a return (or name a measure)"
    )
    expect(
        cells["return"] is None or cells["return"] in collection.returns,
        "return",
        "a return of the collection",
    )
    if cells["item"] is not None:
        items = collection.returns[cells["return"]] if cells["return"] else ()
        expect(cells["item"] in items, "item", f"an item of {cells['return']}")
    expect(cells["measure"] is None or cells["measure"] in measures, "measure", "a measure of the collection")
    expect(cells["status"] in set(Status), "status", f"one of {', '.join(Status)}")
    expect(
        cells["status"] != Status.COMBINED or cells["with"] is not None,
        "with",
        "the other force of the figure",
    )
    try:
        period_end = date.fromisoformat(cells["period_end"]) if cells["period_end"] else None
    except ValueError:
        raise SchemaError(
            file, f"row {number}, period_end", f"{cells['period_end']!r} is not a date"
        ) from None
    return Declaration(
        force=str(cells["force"]),
        partner=cells["with"],
        return_name=cells["return"],
        item=cells["item"],
        measure=cells["measure"],
        period_end=period_end,
        status=Status(str(cells["status"])),
        reason=cells["reason"] or "",
        source=cells["source"] or "",
        row=number,
    )
