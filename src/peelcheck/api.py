"""peelcheck from Python: `peelcheck.validate("sample_returns")`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from peelcheck import engine
from peelcheck.errors import UsageError
from peelcheck.model import FigureSet, Query, Result
from peelcheck.render import RENDERERS
from peelcheck.render.csv.queries import COLUMNS, query_row
from peelcheck.render.look import Look
from peelcheck.render.own_results import is_result
from peelcheck.rounds.folder import LARGEST_FILE
from peelcheck.rounds.self_check import Material

if TYPE_CHECKING:
    import pandas as pd

Paths = str | Path | Sequence[str | Path]


class Checked(Struct, frozen=True):
    """The outcome of a run. `result` has everything: files, what became of each check, and the queries."""

    result: Result

    @property
    def queries(self) -> tuple[Query, ...]:
        """The queries, in the order in which they are worth asking."""
        return self.result.queries

    def to_frame(self) -> pd.DataFrame:
        """One row a query, with the columns of `--format csv`; what does not apply is missing."""
        import pandas as pd

        return pd.DataFrame([query_row(query) for query in self.queries], columns=list(COLUMNS))

    def to_json(self) -> str:
        """The whole result, as `--format json` writes it."""
        return RENDERERS["json"](self.result, Look())


def validate(
    paths: Paths,
    *,
    collection: str | None = None,
    schemas: str | Path | None = None,
    max_file_size: int = LARGEST_FILE,
    as_of: date | None = None,
    alone: bool = False,
    context: str | Path | None = None,
) -> Checked:
    """Check a round, folders or files, and word the queries.

    Args:
        paths: a round's folder, or any folders and files of returns; one, or several.
        collection: hold them against this collection instead of the one that the round names.
        schemas: a folder of collections other than those that come with the program.
        max_file_size: in bytes; a larger file is not read, which is a query.
        as_of: the day for which it is decided whether returns are late; by default that of the round, else today.
        alone: check files and folders of a round by themselves, instead of with their round.
        context: a force's context file, or a folder of them: check the files by themselves, as that force's.

    Raises:
        PeelcheckError: a path, schema or round file is wrong. Bad data never raises; it is a query.
        BrokenCheck: a check broke, which is a bug.
    """
    result = engine.validate(
        _several(paths),
        collection=collection,
        schemas=_folder(schemas),
        is_own=is_result,
        max_file_size=max_file_size,
        as_of=as_of,
        alone=alone,
        material=None if context is None else Material(context=Path(context)),
    )
    return Checked(result)


def figure_set(
    paths: Paths,
    *,
    force: str | None = None,
    collection: str | None = None,
    schemas: str | Path | None = None,
    max_file_size: int = LARGEST_FILE,
) -> FigureSet:
    """Every measure as the report would state it, for all forces or for the one that is named. Raises as `validate`."""
    return engine.figures(
        _several(paths),
        collection=collection,
        schemas=_folder(schemas),
        force=force,
        is_own=is_result,
        max_file_size=max_file_size,
    )


def _several(paths: Paths) -> Sequence[str | Path]:
    several = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if not several or not all(str(path).strip() for path in several):
        raise UsageError("give at least one file or folder")
    return several


def _folder(schemas: str | Path | None) -> Path | None:
    return None if schemas is None else Path(schemas)
