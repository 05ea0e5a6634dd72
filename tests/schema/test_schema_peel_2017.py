"""The collection that comes with the program: whole, used, described, and a Table Schema that other tools can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import yaml

from peelcheck.checks import KINDS
from peelcheck.engine import compile_checks
from peelcheck.model import Collection, ReturnKind, ReturnSchema
from peelcheck.schema import load_collection
from peelcheck.schema.yamlfile import load_yaml
from tests.support.collections import REAL

COLLECTION = load_collection(REAL)
RETURNS = list(COLLECTION.returns.values())
NOT_USED = {
    "survey_responses.staff_survey": "held to no limit but 0, and compared with nothing",
    "survey_responses.public_survey": "held to no limit but 0, and compared with nothing",
}

MAY_BE_NEGATIVE = {"not_yet_assigned": "the published figure falls below zero where outcomes are reassigned"}

TYPES = {"string", "number", "integer", "boolean", "date"}
"""Of the types of Table Schema, those that a collection may use."""

CONSTRAINTS = {
    "string": {"required", "unique", "pattern", "enum"},
    "number": {"required", "unique", "minimum", "maximum"},
    "integer": {"required", "unique", "minimum", "maximum"},
    "boolean": {"required", "unique"},
    "date": {"required", "unique", "minimum", "maximum"},
}
"""Of the constraints that Table Schema has for a type, those that a collection may use."""

VALUES: dict[str, type | tuple[type, ...]] = {
    "string": str, "number": (int, float), "integer": int, "date": date,
}  # fmt: skip


def test_every_check_compiles_and_every_kind_is_used() -> None:
    checks = compile_checks(COLLECTION)
    assert len(checks) == 73
    assert {spec.kind for spec, _ in checks} == set(KINDS)


def columns_named(collection: Collection) -> Iterator[str]:
    """Every `return.column` that a check or a comparison names."""
    for spec, _ in compile_checks(collection):
        for value in spec.parameters.values():
            for name in value if isinstance(value, list) else [value]:
                if isinstance(name, str):
                    yield name if "." in name else f"{spec.return_name}.{name}"
    for measure in collection.measures:
        for side in (measure.numerator, measure.denominator):
            yield from (f"{side.return_name}.{item}" for item in side.items)


def test_every_item_is_used_or_is_deliberately_not() -> None:
    used = set(columns_named(COLLECTION))
    items = {f"{schema.name}.{item.name}" for schema in RETURNS for item in schema.items}
    assert sorted(items - used) == sorted(NOT_USED)


def test_every_item_is_held_against_its_past() -> None:
    """Zeros, restatements and copies are looked for in every item, except a total whose parts are all looked at."""
    items = {f"{schema.name}.{item.name}": item for schema in RETURNS for item in schema.items}
    named: dict[str, set[str]] = {}
    for schema in RETURNS:
        for check in schema.checks:
            own = [*check.parameters.get("items", []), *check.parameters.get("totals", [])]
            named.setdefault(check.kind, set()).update(f"{schema.name}.{item}" for item in own)
    earlier = {name for name, item in items.items() if len(item.years) > 1}
    survey = {"survey_responses.staff_survey", "survey_responses.public_survey"}
    assert items.keys() - named["unexpected_zero"] == {"population.population", *survey}
    assert earlier - named["same_as_last_year"] == set()
    assert earlier - named["restated"] == {
        "population.population", "crime_outcomes.total", "domestic_abuse.outcomes_total",
    }  # fmt: skip


def test_every_check_is_explained() -> None:
    for spec, _ in compile_checks(COLLECTION):
        assert spec.ask.endswith((".", "?")), spec.code
        assert spec.why.endswith("."), spec.code
        assert not spec.title.endswith("."), spec.code


@pytest.mark.parametrize("schema", RETURNS, ids=lambda schema: schema.name)
def test_every_field_is_described(schema: ReturnSchema) -> None:
    assert schema.title
    assert schema.description.endswith(".")
    for field in schema.fields:
        assert field.title
        assert field.description
        if field.pattern is None:
            assert re.fullmatch(r"[A-Z].*\.", field.description), "a sentence"
        else:
            assert re.fullmatch(r"(a|an|the) .*[^.]", field.description), "fits behind “it should be”"
    for item in schema.items:
        assert item.unit, f"{item.name} has no unit"
        assert (item.minimum is None) == (item.name in MAY_BE_NEGATIVE), item.name
    assert len({field.title for field in schema.fields}) == len(schema.fields)


def test_every_return_of_a_force_is_compared_or_checked() -> None:
    checked = {spec.return_name for spec, _ in compile_checks(COLLECTION)}
    assert [s.name for s in RETURNS if s.kind is ReturnKind.RETURN and s.name not in checked] == []


@pytest.mark.parametrize("schema", RETURNS, ids=lambda schema: schema.name)
def test_a_return_is_a_table_schema(schema: ReturnSchema) -> None:
    """By the rules of Frictionless Table Schema; what is not of its vocabulary stands under `x-peelcheck`."""
    about: dict[str, Any] = yaml.safe_load((REAL / schema.file).read_text(encoding="utf-8"))
    assert set(about) <= {
        "name",
        "title",
        "description",
        "fields",
        "primaryKey",
        "missingValues",
        "x-peelcheck",
    }
    names = [field["name"] for field in about["fields"]]
    assert len(set(names)) == len(names)
    assert set(about["primaryKey"]) <= set(names)
    assert all(isinstance(each, str) for each in about.get("missingValues", []))
    for field in about["fields"]:
        hold_field(field)


def hold_field(field: Mapping[str, Any]) -> None:
    """One field descriptor."""
    known = {"name", "type", "format", "title", "description", "constraints", "missingValues", "x-peelcheck"}
    assert set(field) <= known
    assert field["type"] in TYPES
    assert all(isinstance(field[key], str) for key in ("name", "type", "title", "description"))
    constraints = field.get("constraints", {})
    assert set(constraints) <= CONSTRAINTS[field["type"]]
    for key in ("required", "unique"):
        assert isinstance(constraints.get(key, False), bool)
    for key in ("minimum", "maximum"):
        assert key not in constraints or isinstance(constraints[key], VALUES[field["type"]])
    if "pattern" in constraints:
        re.compile(constraints["pattern"])
    assert all(isinstance(value, str) for value in constraints.get("enum", []))


def test_the_files_are_plain_to_every_reader_of_yaml() -> None:
    """Read by another loader the files hold the same, so that no word or number in them depends on the reader."""
    files = sorted(REAL.glob("*.yaml"))
    assert len(files) == len(RETURNS) + 3
    for path in files:
        assert load_yaml(path) == yaml.safe_load(path.read_text(encoding="utf-8")), path.name


def test_forces() -> None:
    assert len(COLLECTION.forces) == 43
    assert sorted({force.country for force in COLLECTION.forces}) == ["England", "Wales"]
    assert all(re.fullmatch(r"[EW][0-9]{8}", force.code) for force in COLLECTION.forces)
    assert {"British Transport Police", "Action Fraud", "Cifas", "UK Finance"} <= {
        body.name for body in COLLECTION.out_of_scope
    }


def test_the_items_that_comparisons_hold_against_their_past_are_named_so() -> None:
    """A figure that a comparison judges by its past is not judged by it a second time."""
    numerators = {(m.numerator.return_name, item) for m in COLLECTION.measures for item in m.numerator.items}
    for schema in COLLECTION.returns.values():
        for check in schema.checks:
            if check.kind == "own_past":
                items = set(check.parameters["items"])
                assert set(check.parameters.get("compared", ())) == {
                    i for i in items if (schema.name, i) in numerators
                }
