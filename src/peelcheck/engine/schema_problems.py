"""What is wrong in a collection as a result, so that it can be written in every format in which queries can."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from peelcheck.engine.nothing import nothing_to_check
from peelcheck.errors import SchemaError
from peelcheck.model import CheckSpec, Collection, Location, Query, Result, Severity, Thresholds, Tier

WRONG = CheckSpec(
    "SC001",
    "schema",
    Severity.ERROR,
    "Something in the schemas is wrong",
    "Please correct the schema.",
    "A wrong schema would let wrong figures pass, or refuse correct ones.",
    "peelcheck",
)


def as_result(folder: Path, errors: Sequence[SchemaError]) -> Result:
    """A result with a query for each error; without errors, one without queries.

    Args:
        folder: the collection's.
        errors: what is wrong in it.
    """
    nothing = Collection(
        name=folder.resolve().name,
        title="",
        year=1,
        returns={},
        across=(WRONG,),
        measures=(),
        forces=(),
        out_of_scope=(),
        thresholds=Thresholds(),
        groups={},
        folder=folder,
        sha256="",
    )
    result = nothing_to_check(nothing, f"Schemas of {nothing.name}")
    return replace(result, queries=tuple(_query(error) for error in errors))


def _query(error: SchemaError) -> Query:
    about = hashlib.sha256(f"{Path(error.file).name}\x1f{error.key}".encode()).hexdigest()[:12]
    said = hashlib.sha256(error.problem.encode()).hexdigest()[:12]
    return Query(
        id=about,
        fingerprint=said,
        code=WRONG.code,
        severity=Severity.ERROR,
        tier=Tier.HARD,
        force=None,
        return_name=None,
        item=None,
        measure=None,
        period_end=None,
        message=": ".join(part for part in (error.key, error.problem) if part),
        ask=WRONG.ask,
        locations=(Location(Path(error.file).as_posix(), None, None, None, line=error.line),),
        locations_total=1,
    )
