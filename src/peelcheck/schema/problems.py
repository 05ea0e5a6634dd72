"""Gather what is wrong in a collection, so that one run names all of it and not only the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from peelcheck.errors import SchemaError, SchemaErrors

S = TypeVar("S")
T = TypeVar("T")


class Problems:
    """The errors that were found so far."""

    def __init__(self) -> None:
        self._found: list[SchemaError] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep an error of this block and go on behind it."""
        try:
            yield
        except SchemaError as error:
            self._found += error.every

    def refuse(self) -> None:
        """Stop if anything was found.

        Raises:
            SchemaError: what was found.
        """
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            raise SchemaErrors(self._found)


def each(load: Callable[[S], T], entries: Iterable[S]) -> list[T]:
    """Load every entry of a list, and only then stop if some were wrong.

    Raises:
        SchemaError: what is wrong in all of them.
    """
    problems, out = Problems(), []
    for entry in entries:
        with problems.gathered():
            out.append(load(entry))
    problems.refuse()
    return out
