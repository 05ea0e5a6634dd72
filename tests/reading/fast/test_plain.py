"""What is counted in the bytes of a file, however it is cut into blocks, against a walk over its characters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from peelcheck.reading.fast.plain_bytes import Bytes, NotPlainError

_CELLS = st.sampled_from(
    ['"a"', '""', '"a ""quoted"" word"', '"two\nlines"', '","', "plain", "", "x" * 70, '"' + "y" * 130 + '"']
)
_ROWS = st.lists(_CELLS, min_size=1, max_size=4).map(",".join)
_TABLES = st.builds(
    lambda rows, end: "".join(row + end for row in rows),
    st.lists(_ROWS, max_size=40),
    st.sampled_from(["\n", "\r\n"]),
)
_SCRAPS = st.lists(st.sampled_from(["a", ",", '"', "\n", "\r\n", "\r", '","', '"\n"']), max_size=40).map(
    "".join
)


def walked(text: str) -> tuple[int, bool, bool, int] | None:
    """Ends of lines, whether there are quotation marks, whether a line ends inside of them, and the longest line.

    None for a text with a mark that does not fit, or with line ends of several kinds.
    """
    inside = broken = False
    for n, character in enumerate(text):
        if character == '"':
            beside = text[n + 1 : n + 2] if inside else text[:n][-1:]
            if beside not in ("", ",", "\n", "\r", '"'):
                return None
            inside = not inside
        broken |= inside and character == "\n"
    pairs = text.count("\r\n")
    mixed = "\r" in text and not text.count("\r") == pairs == text.count("\n")
    if inside or mixed:
        return None
    return text.count("\n"), '"' in text, broken, max(len(line) for line in text.split("\n"))


def counted(blocks: Sequence[bytes]) -> Bytes | None:
    """What is counted in blocks; None where they are not plain."""
    seen = Bytes(",")
    try:
        for block, after in zip(blocks, [*blocks[1:], b""], strict=False):
            seen.add(block, after[:1])
        seen.end()
    except NotPlainError:
        return None
    return seen


@given(_TABLES | _SCRAPS, st.lists(st.integers(1, 300), max_size=4))
def test_the_same_is_counted_wherever_the_blocks_end(text: str, cuts: list[int]) -> None:
    bounds = [0, *sorted({cut for cut in cuts if cut < len(text)}), len(text)]
    blocks = [text[start:end].encode() for start, end in pairwise(bounds)]
    expected, seen = walked(text), counted([block for block in blocks if block])
    if expected is None or seen is None:
        assert expected is None
        assert seen is None
        return
    assert (seen.ends, seen.quoted, seen.broken) == expected[:3]
    assert expected[3] <= seen.longest + 1
    assert seen.longest <= expected[3] + 200
