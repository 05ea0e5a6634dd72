"""The collection that comes with the program, copied and changed in one place, and what is said of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from peelcheck.engine import compile_checks
from peelcheck.errors import SchemaError
from peelcheck.schema import find_collection, load_collection

REAL = find_collection("peel-2017")


def copied(folder: Path) -> Path:
    """A copy of the collection that may be spoilt."""
    return Path(shutil.copytree(REAL, folder / "peel-2017"))


def altered(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy in which one file says `new` where it first said `old`; an empty `old` stands for the whole file."""
    collection = copied(folder)
    text = (collection / file).read_text(encoding="utf-8")
    assert old in text, f"{file} does not say {old!r}"
    changed = text.replace(old, new, 1) if old else new
    (collection / file).write_text(changed, encoding="utf-8")
    return collection


def refused(collection: Path) -> tuple[str, str, str]:
    """File, key and problem of the refusal to load the collection or to make its checks ready."""
    with pytest.raises(SchemaError) as caught:
        compile_checks(load_collection(collection))
    error = caught.value
    place = error.file if error.line is None else f"{error.file}:{error.line}"
    assert str(error) == f"{place}: {error.key + ': ' if error.key else ''}{error.problem}"
    if error.line is not None:
        lines = Path(error.file).read_text(encoding="utf-8-sig").splitlines()
        assert 0 < error.line <= len(lines)
    assert Path(error.file).parent == collection, "the file can be opened as it is named"
    return Path(error.file).name, error.key, error.problem


def without_line(said: str) -> str:
    """A message without the number of the line in a YAML file."""
    return re.sub(r"(\.yaml):[0-9]+: ", r"\1: ", said)
