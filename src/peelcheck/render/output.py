"""An output: what a result can be written as, and how a file that was written so is known again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

from peelcheck.render.forms import Form
from peelcheck.render.look import Look

T = TypeVar("T")


class Output(Struct, frozen=True):
    """One way to write a result. A value of it loads neither tables nor layout, so that `--help` can list them all.

    `name` is what `--format` calls it; `endings` are those of the files that it is chosen for (`.csv`); `form` knows a file
    of it again.
    """

    name: str
    endings: tuple[str, ...]
    form: Form


class Rendered(Output, Generic[T], frozen=True):
    """An output that is made of a whole result at once: `render` gives its text or, of a workbook, its bytes.

    `hides_values` is True of one that is public by its nature: cells of record-level returns are left out of it.
    `shows_lines` is True of one that names lines of files, for which these are read once more.
    """

    render: Callable[[T, Look], str | bytes]
    hides_values: bool = False
    shows_lines: bool = False

    def __call__(self, what: T, look: Look) -> str:
        """The text of an output that is one.

        Raises:
            TypeError: it is not text.
        """
        written = self.render(what, look)
        if isinstance(written, bytes):
            raise TypeError(f"the output {self.name} is not text")
        return written
