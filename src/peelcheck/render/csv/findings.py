"""Every finding, one a line, as CSV for spreadsheets and programs: what the queries name only the first places of."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from peelcheck.queries.values import HIDDEN
from peelcheck.render.forms import Csv
from peelcheck.render.output import Output
from peelcheck.render.safe import defused, visible
from peelcheck.wording import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Set

    import pyarrow as pa

    from peelcheck.model import Findings
    from peelcheck.model.results import IntArray

_COLUMNS = ("code", "severity", "force", "return", "item", "period_end", "file", "row", "column", "value")
_FORM = Csv(_COLUMNS, quote="", ends="\n")
FINDINGS = Output("csv", (".csv",), _FORM)
_PIECE = 100_000
_STARTS_A_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"


class FindingsWriter:
    """Writes findings as they come, a piece at a time, so that ten million need no more memory than a few."""

    def __init__(
        self,
        file: BinaryIO,
        forces: Set[str | None] | None = None,
        is_given: Callable[[str], bool] | None = None,
        hidden: Set[str] = frozenset(),
    ) -> None:
        """Write those about `forces`, and in the files that `is_given` accepts; by default all.

        The cells of the returns in `hidden` are not shown.
        """
        self._hidden = hidden
        self._file, self._forces, self._is_given = file, forces, is_given
        file.write(_FORM.heading)

    def add(self, found: Findings) -> None:
        """Write the findings of one check, all or those of the forces asked for."""
        import numpy as np
        from pyarrow import csv

        options = csv.WriteOptions(include_header=False)
        every = np.arange(len(found), dtype=np.int64)
        if self._forces is not None:
            every = every[[(force or None) in self._forces for force in found.forces]]
        if self._is_given is not None:
            every = every[found.in_files(self._is_given)[every]]
        for start in range(0, len(every), _PIECE):
            at = every[start : start + _PIECE]
            csv.write_csv(_lines(found, at, found.return_name in self._hidden), self._file, options)


def _lines(found: Findings, at: IntArray, hidden: bool) -> pa.Table:
    """Some findings as a table with the columns of the file."""
    import numpy as np
    import pyarrow as pa

    def same(text: str | None) -> pa.Array:
        return pa.repeat(pa.scalar(defused(visible(text or "")), pa.string()), len(rows))

    rows = found.rows[at]
    ends = found.period_ends[at]
    written = found.written(at)
    columns = (
        same(found.spec.code),
        same(found.spec.severity.value),
        _defused(_texts(found.forces[at])),
        same(found.return_name),
        same(found.column),
        pa.array(np.where(np.isnat(ends), "", ends.astype("datetime64[D]").astype(str)), pa.string()),
        _defused(_texts(found.sources[at])),
        pa.array([number or None for number in rows.tolist()], pa.int64()),
        _headings(found, at) if found.headings else same(found.column),
        same(HIDDEN)
        if hidden
        else _defused(_texts(None if value is None else bounded(str(value)) for value in written)),
    )
    return pa.table(dict(zip(_COLUMNS, columns, strict=True)))


def _headings(found: Findings, at: IntArray) -> pa.Array:
    """What the findings' column is called in the file of each."""
    return _defused(_texts([found.heading(i) for i in at.tolist()]))


def _texts(values: Iterable[str | None]) -> pa.Array:
    """Texts as they are, and as in every output what a terminal would obey written out."""
    import pyarrow as pa

    return pa.array(["" if value is None else visible(str(value)) for value in values], pa.string())


def _defused(texts: pa.Array) -> pa.Array:
    """Cells that would start a formula get an apostrophe in front, as in every file for spreadsheets."""
    import pyarrow as pa
    import pyarrow.compute as pc

    dangerous = pc.match_substring_regex(texts, _STARTS_A_FORMULA)
    with_mark = pc.binary_join_element_wise(pa.scalar("'"), texts, "")
    return pc.if_else(dangerous, with_mark, texts)
