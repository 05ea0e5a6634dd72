"""The part of a round's result that is about the files that were given."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from peelcheck.model import Result
from peelcheck.rounds.given import is_given
from peelcheck.wording import listed

_SHOWN = 3
"""Paths that the title names."""


def only_given(result: Result, given: Sequence[str]) -> Result:
    """The files that were given, the returns that they are and their forces; the queries are only theirs already.

    What has not come is no part of it: the rest of a round is there to compare with. How often checks passed and failed is
    still of the whole round.
    """
    files = tuple(file for file in result.files if is_given(file.path, given))
    left_out = tuple(file for file in result.files if not is_given(file.path, given))
    names = [*given[:_SHOWN], *([f"{len(given) - _SHOWN:,} more"] if len(given) > _SHOWN else [])]
    forces = {force for file in files for force in (file.force, *file.forces) if force}
    returns = {(file.force, file.return_name) for file in files}
    named = {(force, file.return_name) for file in files for force in file.forces}
    measures = result.collection.measures
    own = sum(measure.numerator.return_name in {file.return_name for file in files} for measure in measures)
    share = own / max(len(measures), 1) * min(len(forces) / len(result.collection.forces), 1)
    return replace(
        result,
        title=f"{result.title}; queries about {listed(names) if left_out else 'all files'}, compared with the whole round",
        files=files,
        files_left_out=left_out,
        returns_expected=0,
        returns_received=tuple(pair for pair in result.returns_received if pair in returns | named),
        returns_missing=(),
        forces=tuple(sorted(forces)),
        expected_false_queries=result.expected_false_queries * share,
        expected_false_range=(result.expected_false_range[0] * share, result.expected_false_range[1] * share),
        awaited=(),
        given=tuple(given),
    )
