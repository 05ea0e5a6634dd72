"""Anything put anywhere into a collection's files is used, or refused by file and key in plain words."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peelcheck.engine import compile_checks
from peelcheck.errors import SchemaError
from peelcheck.schema import load_collection
from tests.support.collections import REAL, copied

FILES = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(REAL.glob("*.yaml"))}
Place = tuple[str | int, ...]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates(date(1, 1, 1), date(9999, 12, 31))
    | st.text(max_size=20)
    | st.sampled_from(
        ["force", "arrests", "note", "population.population", ".x", "a.b.c", "integer", "date", "Kent"]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
NOT_PLAIN = re.compile(r"None|True|False|datetime|<class|dict|Traceback|object at")


def places(value: Any, above: Place = ()) -> Iterator[Place]:
    """Every place in a file at which something stands."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*above, key)
        yield from places(each, (*above, key))


PLACES = [(file, place) for file, held in FILES.items() for place in places(held)]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("spoiled"))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.sampled_from(PLACES), value=VALUES, gone=st.booleans())
def test_anything_anywhere(collection: Path, place: tuple[str, Place], value: Any, gone: bool) -> None:
    file, (*above, last) = place
    spoiled = copy.deepcopy(FILES[file])
    inner = spoiled
    for key in above:
        inner = inner[key]
    inner[last] = value
    if gone:
        del inner[last]
    (collection / file).write_text(yaml.safe_dump(spoiled, allow_unicode=True), encoding="utf-8")
    error = refusal(collection)
    (collection / file).write_bytes((REAL / file).read_bytes())
    if error is not None:
        assert Path(error.file).parent == collection
        assert not NOT_PLAIN.search(error.problem.replace(str(value), ""))
        assert len(error.problem) < 1500


def refusal(collection: Path) -> SchemaError | None:
    try:
        compile_checks(load_collection(collection))
    except SchemaError as error:
        return error
    return None
