"""JSON that programs can rely on: version 1. What does not apply is null; numbers are finite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peelcheck.model import Collection, ReadFile
from peelcheck.render.safe import visible

VERSION = 1


def written(content: Mapping[str, Any]) -> str:
    """JSON as text; characters that a terminal would obey or hide are written as escapes, which mean the same."""
    import json  # not loaded for --help

    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    return "".join(f"{visible(line, _escaped)}\n" for line in text.split("\n"))


def _escaped(character: str) -> str:
    import json

    return json.dumps(character)[1:-1]


def checksum(collection: Collection) -> str:
    """One checksum over all files of a collection's schemas."""
    return f"sha256:{collection.sha256}"


def file_row(file: ReadFile) -> dict[str, Any]:
    """A file that was read, with the checksum of its bytes."""
    return {
        "path": file.path,
        "sha256": file.sha256,
        "force": file.force,
        "return": file.return_name,
        "rows": file.rows,
        "sheet": file.sheet,
    }
