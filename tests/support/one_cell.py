"""What became of single cells, in a form that a table of cases can state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pyarrow as pa

from peelcheck.arrays import Texts
from peelcheck.cells.parsed import CellState, Parsed

Parse = Callable[..., Parsed]


class Became(NamedTuple):
    """What became of one cell; `value` is None where there is none, `words` the hint or the reason."""

    state: CellState
    value: Any
    code: str
    words: str


def ok(value: Any) -> Became:
    return Became(CellState.OK, value, "", "")


def noted(value: Any, code: str, words: str) -> Became:
    return Became(CellState.OK, value, code, words)


def bad(code: str, words: str = "") -> Became:
    return Became(CellState.BAD, None, code, words)


def missing(reason: str) -> Became:
    return Became(CellState.MISSING, None, "", reason)


BLANK = Became(CellState.BLANK, None, "", "")


def column(*texts: str) -> Texts:
    return pa.array(texts, pa.large_string())


def became(parsed: Parsed) -> list[Became]:
    """What became of every cell; each may be named by one issue at most."""
    said: dict[int, tuple[str, str]] = {}
    for issue in (*parsed.bad, *parsed.notes):
        assert len(issue.positions) == len(issue.hints) > 0
        assert (issue.positions[1:] > issue.positions[:-1]).all()
        for position, hint in zip(issue.positions.tolist(), issue.hints, strict=True):
            assert position not in said
            said[position] = (issue.code, hint)
    cells = []
    for i, (value, state) in enumerate(zip(parsed.values.tolist(), parsed.state.tolist(), strict=True)):
        code, words = said.get(i, ("", parsed.reasons.get(i, "")))
        assert (state == CellState.OK) == (value is not None and value == value)
        cells.append(Became(CellState(state), value if state == CellState.OK else None, code, words))
    return cells


def read(parse: Parse, text: str, **options: Any) -> Became:
    """What a parser makes of one cell."""
    return became(parse(column(text), **options))[0]
