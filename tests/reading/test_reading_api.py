"""What the package shows, and that asking for the rules loads nothing heavy."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import peelcheck.reading
from peelcheck.rules.file_rules import FILE_RULES
from tests.support.running import python


def test_read_table_is_reached_through_the_package(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"force,arrests\nKent,1\n")
    table = peelcheck.reading.read_table(path)
    assert table.frame.to_dict("list") == {"force": ["Kent"], "arrests": ["1"]}
    assert table.header_row == 1
    assert table.sha256 == "78e397336ec91d5b4b3c5df8f5b7ebab6d77170f6cc9a5e63cc040babba08861"


def test_a_path_may_be_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"force,arrests\nKent,1\n")
    table = peelcheck.reading.read_table(str(path))
    assert table.frame.to_dict("list") == {"force": ["Kent"], "arrests": ["1"]}
    pieces = list(peelcheck.reading.read_chunks(str(path), rows=1))
    assert [len(piece.frame) for piece in pieces] == [1]


def test_what_is_neither_a_path_nor_bytes_is_refused() -> None:
    with pytest.raises(TypeError, match=r"^a table is read from a path or from bytes, not from StringIO$"):
        peelcheck.reading.read_table(io.StringIO("force,arrests\nKent,1\n"))  # type: ignore[arg-type]


@pytest.mark.parametrize("rows", [0, -1])
def test_a_piece_has_rows(rows: int) -> None:
    with pytest.raises(ValueError, match=f"^a piece has at least one row, not {rows}$"):
        next(peelcheck.reading.read_chunks(b"force,arrests\nKent,1\n", rows=rows))


def test_nothing_else_is() -> None:
    with pytest.raises(AttributeError, match="no attribute 'read_workbook'"):
        peelcheck.reading.read_workbook  # noqa: B018


@pytest.mark.slow
def test_the_rules_load_no_pandas() -> None:
    code = "import sys, peelcheck.rules.file_rules; print([m for m in ('pandas', 'numpy', 'pyarrow') if m in sys.modules])"
    out = python(code)
    assert out.returncode == 0, out.stderr
    assert out.stdout.strip() == "[]"


def test_codes_are_in_order_and_say_how_bad_it_is() -> None:
    codes = [rule.code for rule in FILE_RULES]
    assert codes == sorted(set(codes))
    assert all((rule.severity == "error") == rule.code.startswith("FI0") for rule in FILE_RULES)
    assert all(text.endswith(".") for rule in FILE_RULES for text in (rule.ask, rule.why))
