"""Hashes of values: equal where value and force are, and nowhere else."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelcheck.tables.key_hashes import Keys, hashed

FORCES = ["Kent", "Surrey", ""]
VALUES = (
    st.none()
    | st.text("ab\0 \t£𝄞", max_size=20)
    | st.sampled_from(["CR/000000001", "CR/000000010", "x" * 40])
)


@given(st.lists(st.tuples(VALUES, st.integers(0, 2)), max_size=30), st.integers(0, 5), st.booleans())
def test_hashes_are_equal_where_values_and_forces_are(
    rows: list[tuple[str | None, int]], skipped: int, in_pieces: bool
) -> None:
    texts = pa.array([value for value, _ in rows], pa.large_string()).slice(skipped)
    rows = rows[skipped:]
    which = np.array([force for _, force in rows], dtype=np.int64)
    column = pa.chunked_array([texts[:2], texts[2:]], pa.large_string()) if in_pieces else texts
    of_key = defaultdict(set)
    for (value, force), one in zip(rows, hashed(column, (which, FORCES)).tolist(), strict=True):
        trimmed = (value or "").strip()
        of_key[(trimmed, force) if trimmed else None].add(one)
    assert all(len(hashes) == 1 for hashes in of_key.values())
    assert len(set.union(set(), *of_key.values())) == len(of_key)
    assert of_key.pop(None, {0}) == {0}


@pytest.mark.slow
def test_the_hashes_of_a_million_references_are_all_different_and_use_every_bit() -> None:
    texts = pa.array([f"CR/{n:09}" for n in range(1_000_000)], pa.large_string())
    hashes = hashed(texts, (np.zeros(len(texts), np.int64), FORCES))
    assert len(np.unique(hashes)) == 1_000_000
    for bit in range(64):
        share = float(np.mean((hashes >> np.uint64(bit)) & np.uint64(1)))
        assert abs(share - 0.5) < 0.0025  # five standard deviations


def test_what_came_in_another_piece_is_remembered() -> None:
    keys, one = Keys(), np.zeros(1, np.int64)
    for text, which in (("A1", one), ("A2", one), ("A1", one + 1), (" A2 ", one), ("", one), ("", one)):
        keys.add(pa.array([text], pa.large_string()), (which, FORCES))
    again = hashed(pa.array(["A2"], pa.large_string()), (one, FORCES))
    assert keys.repeated().tolist() == again.tolist()
