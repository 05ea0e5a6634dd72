"""What must hold of the result of any round: the promises of docs/output.md."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.fuzz_round.base import Files, parsed

Json = Mapping[str, Any]
SHOWN = 20
"""Locations of a query that are listed."""
LONGEST = 1_000
"""Characters of a cell that are shown."""


def hold(said: str, files: Files, plain: set[str]) -> int:
    """Raise AssertionError where a result breaks a promise; how many values of cells were read again.

    Args:
        said: the JSON of a run.
        files: what stood in the folder.
        plain: the files that the csv module reads as a person would, so that a location can be looked up in them.
    """
    result = json.loads(said, parse_constant=_no_number)
    _totals(result)
    for file in (*result["files"], *result["round"]["files"]):
        data = files.get(f"round/{file['path']}")
        assert data is not None, f"a file that is not there: {file['path']}"
        assert file["sha256"] in (None, hashlib.sha256(data).hexdigest()), f"checksum of {file['path']}"
    read: dict[str, list[list[str]]] = {}
    found = 0
    for query in result["queries"]:
        for location in query["locations"]:
            path = f"round/{location['file']}"
            assert path in files, f"a location in no file: {location}"
            if path in plain and location["row"] is not None:
                rows = read.setdefault(path, parsed(files[path]))
                _same(location, rows, query["code"])
                found += location["value"] is not None
    return found


def _no_number(constant: str) -> None:
    raise AssertionError(f"{constant} in the JSON")


def _totals(result: Json) -> None:
    """Ids are unique, and numbers add up."""
    queries, summary = result["queries"], result["summary"]
    ids = Counter(query["id"] for query in queries)
    assert max(ids.values(), default=1) == 1, f"ids used twice: {ids.most_common(2)}"
    severities = Counter(query["severity"] for query in queries)
    assert {**dict.fromkeys(("error", "query", "note"), 0), **severities} == summary["queries"], "queries"
    for part in ("held", "failed"):
        assert sum(check[part] for check in result["checks"]) == summary["checks"][part], part
    assert summary["checks"]["broke"] == 0, "a check that broke"
    returns, awaited = summary["returns"], result["round"]["awaited"]
    assert min(returns.values()) >= 0, "returns"
    if returns["expected"] and not awaited:  # of files on their own nothing is expected
        assert returns["received"] + returns["missing"] == returns["expected"], f"returns: {returns}"
    for query in queries:
        total, shown = query["locations_total"], len(query["locations"])
        assert shown == min(total, SHOWN), f"{query['code']}: {shown} locations of {total}"
        assert query["message"].strip(), f"{query['code']}: no message"


def _same(location: Json, rows: Sequence[Sequence[str]], code: str) -> None:
    """The cell that a location names has the value that it gives."""
    row = location["row"]
    assert 1 <= row <= len(rows), f"{code}: row {row} of {len(rows)}: {location}"
    value, column = location["value"], location["column"]
    if value is None:
        return
    cells = rows[row - 1]
    if (
        column is None
        and value == ", ".join(cell for cell in map(_shown, cells) if cell.strip())[-len(value) :]
    ):
        return  # all cells beyond the last heading
    headings = (place for above in rows[: row - 1] for place in enumerate(above))
    places = {at for at, text in headings if column is not None and _plain(text) == _plain(column)}
    there = [cells[at] if at < len(cells) else "" for at in sorted(places)]
    assert value in map(_shown, there or [*cells, ""]), f"{code}: {location} is not in {there or cells}"


def _plain(heading: str) -> str:
    return " ".join(heading.replace("\x00", "␀").split()).casefold()


def _shown(cell: str) -> str:
    """A cell as a location gives it."""
    cell = cell.replace("\x91", "‘").replace(
        "\x92", "’"
    )  # characters of Windows-1252 are read as what they are
    bare = cell.replace("\x00", "")
    cell = cell.replace("\x00", "␀") if bare.strip() else bare  # of null characters alone: blank
    if len(cell) > LONGEST:
        return f"{cell[:LONGEST]}… (shortened: the cell has {len(cell):,} characters)"
    return cell


def untouched(folder: Path, files: Files) -> None:
    """Raise AssertionError where a file of the folder is not as it was."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert there.keys() == files.keys(), f"other files: {there.keys() ^ files.keys()}"
    for name, path in there.items():
        assert path.read_bytes() == files[name], f"{name} was changed"


def is_plain(data: bytes) -> bool:
    """Whether the csv module writes the rows of a file as they stand, and no separator but the comma is in doubt."""
    if 3 * data.count(0) > len(data):  # UTF-16, with or without its mark
        return False
    try:
        text = data.decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except (UnicodeDecodeError, csv.Error):
        return False
    if (
        any(mark in text for mark in ";|\t\ufeff")
        or not any(len(row) > 1 for row in rows[:1])
        or rows[0][0] == "sep="
    ):
        return False
    again = io.StringIO(newline="")
    csv.writer(again).writerows(rows)
    return again.getvalue() == text
