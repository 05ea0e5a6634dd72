"""The short way of a file that is as the template asks gives what the careful way gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelcheck.reading.fast.template import read_template
from peelcheck.reading.table import TextTable, read_table
from peelcheck.reading.text import keys
from tests.support.rounds import SAMPLE

NAMES = ("force", "force_code", "period_end", "cases", "repeat_cases", "note")


def seen(table: TextTable) -> object:
    rows = [(number, *cells) for number, *cells in table.frame.itertuples()]
    return list(table.frame.columns), rows, table.recognised, table.problems, table.header_row, table.sha256


@pytest.mark.parametrize(
    "path", sorted(SAMPLE.rglob("*.csv")), ids=lambda path: str(path.relative_to(SAMPLE))
)
def test_files_of_the_sample_round(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = seen(read_table(path, columns=NAMES))
    monkeypatch.setattr("peelcheck.reading.table.read_template", lambda *_: None)
    assert seen(read_table(path, columns=NAMES)) == short


def test_most_files_of_the_sample_round_go_the_short_way() -> None:
    known = keys(tuple({name for path in SAMPLE.rglob("*.csv") for name in _headings(path)}))
    files = sorted((SAMPLE / "returns").rglob("*.csv"))
    short = [path for path in files if read_template(path.read_bytes(), known)]
    assert len(short) > 0.9 * len(files)


def _headings(path: Path) -> list[str]:
    return path.read_bytes().split(b"\r\n")[0].decode("utf-8", "replace").split(",")


cell = st.sampled_from(
    ["", "1", "2017-06-30", "Kent", "Total", "x", " 3", "a b", "Source: us", "12%", "-4", "£", "²"]
)


@given(
    st.lists(st.lists(cell, min_size=3, max_size=4), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"])
)
@settings(max_examples=300, deadline=None)
def test_any_rows(rows: list[list[str]], end: str) -> None:
    data = end.join(",".join(row) for row in [["force", "cases", "note"], *rows]).encode() + end.encode()
    if read_template(data, keys(NAMES)) is None:
        return
    short = seen(read_table(data, columns=NAMES))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("peelcheck.reading.table.read_template", lambda *_: None)
        assert seen(read_table(data, columns=NAMES)) == short
