"""The JSON Schema of the schemas knows the keys that the program knows, and no others."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from peelcheck.checks.json_schema import FILES, json_schema
from peelcheck.engine import compile_checks
from peelcheck.errors import SchemaError
from peelcheck.schema import load_collection
from peelcheck.schema.yamlfile import load_yaml
from tests.support.collections import copied
from tests.support.running import peelcheck

KINDS_OF_FILE = {"collection.yaml": "collection", "measures.yaml": "measures", "across.yaml": "across"}


def as_json(value: Any) -> Any:
    """YAML as an editor hands it to JSON Schema: a date is a text."""
    return json.loads(json.dumps(value, default=str))


def is_valid(content: Any, kind: str) -> bool:
    return bool(jsonschema.Draft202012Validator(json_schema(kind)).is_valid(as_json(content)))


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("schemas"))


def files(collection: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(collection.glob("*.yaml")):
        yield path, KINDS_OF_FILE.get(path.name, "return")


def test_the_collection_that_comes_with_the_program_is_valid(collection: Path) -> None:
    for path, kind in files(collection):
        jsonschema.validate(as_json(load_yaml(path)), json_schema(kind))


def tables(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all tables in a value."""
    if isinstance(value, dict):
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from tables(each, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def refuses(collection: Path, path: Path, content: Any) -> bool:
    """Whether the program refuses the collection with this in a file; JSON is YAML, but for dates."""
    before = path.read_text(encoding="utf-8")
    text = json.dumps(content, default=lambda day: f"@{day}@").replace('"@', "").replace('@"', "")
    path.write_text(text, encoding="utf-8")
    try:
        compile_checks(load_collection(collection))
    except SchemaError:
        return True
    finally:
        path.write_text(before, encoding="utf-8")
    return False


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["collection.yaml", "measures.yaml", "across.yaml", "domestic_abuse.yaml", "crime_records.yaml"]
)
def test_an_unknown_or_missing_key_is_refused_by_both_or_by_neither(name: str, collection: Path) -> None:
    path = collection / name
    kind, content = KINDS_OF_FILE.get(name, "return"), load_yaml(path)
    names = {
        "periods",
        "groups",
        "rules",
        "counts",
        "where",
        "when",
        "expected",
    }  # tables whose keys are names
    seen = set()
    for place in tables(content):
        shape = tuple("[]" if isinstance(key, int) else key for key in place)
        keys = tuple(at(content, place))
        if (shape, keys) in seen or (place and place[-1] in names):
            continue
        seen.add((shape, keys))
        more = copy.deepcopy(content)
        at(more, place)["zzz"] = "x"
        assert not is_valid(more, kind), f"{place}: an unknown key"
        assert refuses(collection, path, more), f"{place}: an unknown key"
        for key in keys:
            less = copy.deepcopy(content)
            del at(less, place)[key]
            if not is_valid(less, kind):
                assert refuses(collection, path, less), f"{place}: {key} is left out"


def test_the_command_writes_it() -> None:
    for file in FILES:
        ran = peelcheck("schema", "json-schema", file)
        assert (ran.exit_code, json.loads(ran.stdout)) == (0, json_schema(file))
        jsonschema.Draft202012Validator.check_schema(json_schema(file))
