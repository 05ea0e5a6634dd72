"""A round's folder: what was received, what was accepted before, what was declared. All input of a round is here.

round.yaml  returns/<force>/<return>.csv  reference/  inspection/  history/  declarations.csv
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.errors import UsageError
from peelcheck.model import Acceptance, Collection, Declaration, ReadFile, ReturnKind
from peelcheck.rounds.accepted_file import read_accepted
from peelcheck.rounds.declarations_file import read_declarations
from peelcheck.rounds.files import loose, stay_inside, tables
from peelcheck.rounds.given import (
    ACCEPTED,
    DECLARATIONS,
    HISTORY,
    OWN_FILES,
    RECEIVED,
    ROUND_FILE,
    is_given,
    names_within,
    one_round_of,
)
from peelcheck.rounds.received import Received
from peelcheck.schema import collections_in, find_collection, load_collection, nearest_collection
from peelcheck.schema.entries import Entry, Table, shown
from peelcheck.schema.textfile import Digests
from peelcheck.schema.yamlfile import load_yaml
from peelcheck.wording import listed

_DAYS = ("date", "due")
DEFAULT_COLLECTION = "peel-2017"
_OTHER_NAMES = (ROUND_FILE, f"{ROUND_FILE}.txt", "round.yml", "round.yml.txt")
LARGEST_FILE = 2 * 10**9
"""Bytes of a file that is read, unless another limit is set."""
_SHOWN = 5
"""Rounds in a folder that are named."""


class Round(Struct, frozen=True):
    """A round as it lies on disk. `folder` is where; None for single files, which are no round.

    `own` holds the files that say what the round is: `round.yaml` and, where there are any, the declarations. A file of more
    bytes than `largest` is not read. `day` is the round's date, `due` the last day on which returns are on time.
    `given` names the files and folders within the round that queries are about; None for the whole round. `retired` are the
    rows of `declarations.csv` about something that the collection does not have, each with its name in words.
    `accepted` are queries that were accepted.
    `given` names the files and folders within the round that queries are about; None for the whole round.
    `force` is the one that checks its own files with its context, which are no round; `beside` then names the tables that
    are only there to compare with.
    """

    folder: Path | None
    title: str
    collection: Collection
    received: tuple[Received, ...]
    history: tuple[Received, ...]
    declarations: tuple[Declaration, ...]
    own: tuple[ReadFile, ...] = ()
    largest: int = LARGEST_FILE
    day: date | None = None
    due: date | None = None
    given: tuple[str, ...] | None = None
    retired: tuple[tuple[int, str], ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    force: str | None = None
    beside: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether returns can be missing; they cannot if single files were given."""
        return self.folder is not None


def is_given_of(round_: Round) -> Callable[[str], bool] | None:
    """Whether queries are about a file, by its name in the round ("" for what is in no file); None if they are about all."""
    given = round_.given
    if round_.beside or round_.force is not None:
        return lambda name: name not in round_.beside
    return None if given is None else lambda name: is_given(name, given)


def none_own(path: Path) -> bool:
    """No file is one of the program's own results."""
    return False


def open_round(
    paths: Sequence[Path],
    collection: str | None = None,
    schemas: Path | None = None,
    is_own: Callable[[Path], bool] = none_own,
    *,
    alone: bool = True,
) -> Round:
    """Look at what is there; no table is read yet.

    Args:
        paths: a round's folder, or any folders and files.
        collection: the collection to hold them against; by default the one that `round.yaml` names, else peel-2017,
            or the only one in `schemas`.
        schemas: a folder of collections other than those that come with the program.
        is_own: whether a file is one of the program's own results, which are not taken for returns.
        alone: check paths within a round by themselves; otherwise they are a part of their round, which is opened. With its
            `round.yaml`, declarations or accepted queries all files of the round are meant.

    Raises:
        UsageError: a path is not there, is no file, holds no table, or is no round but the folder of one.
        SchemaError: `round.yaml`, `declarations.csv` or a schema is wrong.
    """
    for path in paths:
        _refuse_what_is_none(path)
    rounds = [path for path in paths if os.path.lexists(path / ROUND_FILE)]
    if rounds and len(paths) > 1:
        raise UsageError(
            f"{rounds[0]}: is a round; please check it on its own, without other files or folders"
        )
    if rounds:
        return _whole_round(rounds[0], collection, schemas)
    root = None if alone else one_round_of(paths)
    if root is not None:
        return _part_of_round(root, paths, collection, schemas)
    for path in paths:
        _refuse_folder_of_rounds(path)
        _refuse_other_name(path)
    loaded = load_collection(usual_collection(collection, schemas))
    several = len(paths) > 1
    received = {
        file.path.absolute(): file for path in paths for file in _named(path, loaded, several, is_own)
    }
    if not received:
        raise UsageError(
            f"{', '.join(map(str, paths))}: contains no round ({ROUND_FILE}) and no tables (.csv, .xlsx, …)"
        )
    in_order = sorted(received.values(), key=lambda file: file.name)  # whatever the order of the arguments
    return Round(None, "Files checked on their own", loaded, tuple(in_order), (), ())


def _named(
    path: Path, collection: Collection, several: bool, is_own: Callable[[Path], bool]
) -> Iterator[Received]:
    """The tables of a path; of several paths each is called by its path, since two folders may hold files of one name."""
    for file in loose(path, collection, is_own):
        yield replace(file, name=f"{path.as_posix()}/{file.name}") if several and path.is_dir() else file


def usual_collection(named: str | None, schemas: Path | None) -> Path:
    """The folder of the collection that was asked for, else of the default one, else of the only one that there is.

    Raises:
        UsageError: there is no such collection, or several of which none is the default.
    """
    known = collections_in(schemas)
    if named is None and DEFAULT_COLLECTION not in known:
        if len(known) == 1:
            return next(iter(known.values()))
        if known:
            raise UsageError(
                f"{schemas}: contains the collections {listed(list(known))}; please choose one with --collection"
            )
    return find_collection(DEFAULT_COLLECTION if named is None else named, schemas)


def _refuse_what_is_none(path: Path) -> None:
    """Refuse a path that is neither a file nor a folder; inside a folder it would be a finding."""
    try:
        mode = path.stat().st_mode
    except (
        FileNotFoundError,
        NotADirectoryError,
        ValueError,
    ):  # no name of a file has a null character in it
        raise UsageError(f"{path}: there is no such file or folder") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be opened ({error.strerror})") from None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise UsageError(
            f"{path}: is a pipe or a device, not a file; please save its contents as a file (.csv)"
        )


def _refuse_other_name(folder: Path) -> None:
    """A round's own file under a name that an editor gave it: without it every file would be one on its own."""
    with suppress(OSError):  # what cannot be looked into is said later
        for path in sorted(folder.iterdir()):
            if path.name.lower() in _OTHER_NAMES:
                raise UsageError(
                    f"{path}: please rename it to {ROUND_FILE}, so that the folder is recognised as a round"
                )


def _refuse_folder_of_rounds(folder: Path) -> None:
    """Refuse a folder that contains rounds: the round itself is probably meant, not all its files one by one."""
    inside = []
    with suppress(OSError):  # what cannot be looked into is said later
        inside = sorted(path for path in folder.iterdir() if os.path.lexists(path / ROUND_FILE))
    if not inside:
        return
    names = [path.name for path in inside[:_SHOWN]]
    names += [f"{len(inside) - _SHOWN:,} more"] if len(inside) > _SHOWN else []
    are = "is a round; please name it" if len(inside) == 1 else "are rounds; please name one"
    command = (
        f'peelcheck validate "{inside[0]}"' if " " in str(inside[0]) else f"peelcheck validate {inside[0]}"
    )
    raise UsageError(
        f"{folder}: is not a round (it has no {ROUND_FILE}), but {listed(names)} in it {are}: {command}"
    )


def _part_of_round(root: Path, paths: Sequence[Path], collection: str | None, schemas: Path | None) -> Round:
    whole = _whole_round(root, collection, schemas)
    given = names_within(root, paths)
    if not set(OWN_FILES).isdisjoint(given):  # they concern every file of the round
        given = tuple(sorted(RECEIVED))
    known = [file.name for file in (*whole.received, *whole.history)]
    if not any(is_given(name, given) for name in known):
        raise UsageError(f"{', '.join(map(str, paths))}: contains no tables of the round (.csv, .xlsx, …)")
    return replace(whole, given=given)


def _whole_round(folder: Path, collection: str | None, schemas: Path | None) -> Round:
    digests: dict[str, str] = {}
    table = _round_file(folder / ROUND_FILE, digests)
    title, named = table["title"].text(), table["collection"].text()
    if collection is None and named not in (known := collections_in(schemas)):
        near = nearest_collection(named, known, schemas)
        table["collection"].refuse(f"there is no collection {shown(named)}{near}")
    loaded = load_collection(find_collection(named if collection is None else collection, schemas))
    received = [file for kind in ReturnKind for file in tables(folder / kind.value, folder, loaded, kind)]
    history = tuple(tables(folder / HISTORY, folder, loaded, None))
    if not received:
        raise UsageError(
            f"{folder}: the round contains no tables (looked in returns, reference and inspection)"
        )
    declared, retired = read_declarations(folder / DECLARATIONS, loaded, digests)
    accepted = read_accepted(folder / ACCEPTED, loaded, digests)
    rows = {DECLARATIONS: len(declared) + len(retired), ACCEPTED: len(accepted)}
    own = tuple(ReadFile(name, digest, None, None, rows.get(name, 0)) for name, digest in digests.items())
    day, due = (table[name].value if name in table else None for name in _DAYS)
    return Round(
        folder,
        title,
        loaded,
        tuple(received),
        history,
        declared,
        own,
        day=day,
        due=due,
        retired=retired,
        accepted=accepted,
    )


def _round_file(path: Path, digests: Digests) -> Table:
    """`round.yaml`, closed to unknown keys."""
    stay_inside(path)
    table = Entry(str(path), "", load_yaml(path, digests=digests)).table(("collection", "title"), _DAYS)
    for name in _DAYS:
        if name in table and type(table[name].value) is not date:  # with a time of day it is another type
            table[name].refuse(f"expected a date such as 2017-10-31, not {shown(table[name].value)}")
    return table
