"""The result of a run that read no files."""

from __future__ import annotations

from peelcheck.model import Collection, Result


def nothing_to_check(collection: Collection, title: str) -> Result:
    """A result without files and queries, so that it can be written in every format.

    Args:
        collection: what would have been checked against it.
        title: why there is nothing to check.
    """
    return Result(
        collection=collection,
        title=title,
        files=(),
        checks=(),
        queries=(),
        returns_expected=0,
        returns_received=(),
        returns_missing=(),
        forces=(),
        expected_false_queries=0.0,
        alone=True,
    )
