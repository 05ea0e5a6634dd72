"""What a reader sees in a file, as values. They are put into words once, when it is known which return the file is.

Whatever reads a file makes observations: of its text, its headings, its rows, or of a file that holds no table. Others may
make kinds of their own. Whoever knows more replaces an observation by others, and never changes its words.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

from peelcheck.wording import listed

_SHOWN = 5
_LONGEST_SHOWN = 60


class Observation(Struct, frozen=True, kw_only=True):
    """One thing that was seen in a file. Each kind says by `code` which of the file rules it is about.

    Attributes:
        rows: the spreadsheet rows that it is about; none where it is about the file as a whole.
    """

    code: ClassVar[str]
    rows: tuple[int, ...] = ()

    @property
    def column(self) -> str | None:
        """The heading, where it is about one column."""
        return None

    @property
    def value(self) -> str | None:
        """What stands there as written, where it is about one cell or row."""
        return None

    @abstractmethod
    def words(self) -> str:
        """What was seen and what was made of it, in plain English; what to do is in the rule."""


class UnreadableError(Exception):
    """There is no table in the file; `observation` says why."""

    def __init__(self, why: Observation) -> None:
        super().__init__(why.code)
        self.observation = why


def named(rows: Sequence[int]) -> str:
    """`Row 5`, `Rows 5 and 9`, `Rows 2, 3, 4, 5, 6 and 12 more`."""
    numbers = [f"{row:,}" for row in rows[:_SHOWN]]
    return f"Row{'s' * (len(rows) > 1)} {some(numbers, len(rows))}"


def these(rows: Sequence[int]) -> str:
    """`the row` or `these rows`."""
    return "the row" if len(rows) == 1 else "these rows"


def some(words: Sequence[str], of: int | None = None) -> str:
    """`a, b and c`; of very many the first, and how many more there are: `a, b, c, d, e and 12 more`."""
    of = len(words) if of is None else of
    shown = list(words[:_SHOWN])
    return listed([*shown, f"{of - len(shown):,} more"] if of > len(shown) else shown)


def short(text: str) -> str:
    """A text as it is shown in a sentence: at most its first 60 characters."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
