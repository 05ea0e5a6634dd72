"""A return's file: one change to a real one, and the exact refusal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from peelcheck.rules.registry import built_in
from peelcheck.schema import load_collection
from peelcheck.schema.entries import BUILT_IN_CODES
from tests.support.collections import altered, copied, refused

FILE = "domestic_abuse.yaml"
CODE_FIELD = 'constraints: {pattern: "[A-Za-z][0-9]{8}"}'
ARRESTS = "    x-peelcheck: {unit: arrests, period: year_to_june, years: [2017, 2016]}"
ARRESTS_TYPE = "  - name: arrests\n    type: integer"
NO_SUCH_NAME = "is not a name (small letters, digits and underscores, beginning with a letter)"
NO_SUCH_CODE = "is not a code (two capital letters and three digits, such as DA101)"
PERIODS = "year_to_june, year_to_march, first_of_july, thirtieth_of_june, date_of_return, surveys"


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("title: Domestic abuse", "titel: Domestic abuse", "titel", "unknown key; did you mean 'title'?"),
        ("primaryKey:", "primaryKeys:", "primaryKeys", "unknown key; did you mean 'primaryKey'?"),
        ("x-peelcheck:\n  kind", "x-peelchek:\n  kind", "x-peelchek", "unknown key; did you mean 'x-peelcheck'?"),
        ("name: domestic_abuse", "", "", "the key 'name' is missing"),
        ("name: domestic_abuse", "name: domestic", "name",
         "'domestic' does not match the name of the file, domestic_abuse.yaml"),
        ("name: domestic_abuse", "name: Domestic abuse", "name", f"'Domestic abuse' {NO_SUCH_NAME}"),
        ("primaryKey: [force,", "primaryKey: [forse,", "primaryKey[0]", "there is no field 'forse'; did you mean 'force'?"),
        ("primaryKey: [force,", "primaryKey: [force, force,", "primaryKey[1]", "'force' appears twice"),
        ("primaryKey: [force, period_start, period_end]", "primaryKey: []", "primaryKey", "expected at least one field"),
        ("primaryKey: [force, period_start, period_end]", "primaryKey: force", "primaryKey", "expected a list, not 'force'"),
        ("fields:", "missingValues: [n/a, n/a]\nfields:", "missingValues[1]", "'n/a' appears twice"),
        ("fields:", "missingValues: [99]\nfields:", "missingValues[0]", "expected a text, not 99; please put it in quotes"),
        ("  - name: force\n", "  - nmae: force\n", "fields[0].nmae", "unknown key; did you mean 'name'?"),
        ("  - name: force_code\n", "  - name: force\n", "fields[1].name", "the field 'force' appears twice"),
        ("  - name: force_code\n", "  - name: Force code\n", "fields[1].name", f"'Force code' {NO_SUCH_NAME}"),
        ("  - name: force_code\n", f"  - name: {'a' * 62}\n", "fields[1].name", f"'{'a' * 60}…' {NO_SUCH_NAME}"),
        ("    title: Force\n", "", "fields[0]", "the key 'title' is missing"),
        (ARRESTS_TYPE, "  - name: arrests\n    type: integr", "fields[4].type",
         "'integr' is not one of the values allowed; did you mean 'integer'?"),
        (ARRESTS_TYPE, "  - name: arrests\n    type: year", "fields[4].type",
         "'year' is not one of the values allowed; known: integer, number, date, string, boolean"),
        ("x-peelcheck: {type: force}", "x-peelcheck: {type: frce}", "fields[0].x-peelcheck.type",
         "'frce' is not one of the values allowed; did you mean 'force'?"),
        ("x-peelcheck: {type: force}", "x-peelcheck: {type: money}", "fields[0].x-peelcheck.type",
         "money is a number; the field's type is string"),
        ("    x-peelcheck: {type: force}", "", "fields", "a return needs a field 'force' of the type force"),
        ("  - name: period_end\n", "  - name: period_ends\n", "fields",
         "a return needs a field 'period_end' of the type date"),
        ("  - name: period_end\n    type: date", "  - name: period_end\n    type: string", "fields",
         "a return needs a field 'period_end' of the type date"),
    ],
)  # fmt: skip
def test_return_and_field(old: str, new: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(altered(tmp_path, FILE, old, new)) == (FILE, key, problem)


@pytest.mark.parametrize(
    ("constraints", "key", "problem"),
    [
        ("{patern: x}", ".patern", "unknown key; did you mean 'pattern'?"),
        ("{minLength: 9}", ".minLength", "unknown key; known: required, unique, minimum, maximum, pattern, enum"),
        ("{required: yess}", ".required", "expected true or false, not 'yess'"),
        ("{unique: 1}", ".unique", "expected true or false, not 1"),
        ("{minimum: 0}", ".minimum", "0 is not a valid limit for the type string"),
        ("{pattern: '[A-Z'}", ".pattern", "'[A-Z' is not a pattern: unterminated character set at position 0"),
        ("{pattern: 'a)|(b'}", ".pattern", "'a)|(b' is not a pattern: unbalanced parenthesis at position 1"),
        ("{pattern: '[[:alpha:]]'}", ".pattern", "'[[:alpha:]]' is not a pattern: Possible nested set at position 1"),
        ("{pattern: ''}", ".pattern", "expected a text, not ''"),
        ("{pattern: [a]}", ".pattern", "expected a text, not a list"),
        (f"{{pattern: '{'a' * 201}'}}", ".pattern", "is longer than 200 characters"),
        ("{enum: []}", ".enum", "expected at least one value"),
        ("{enum: [a, b, a]}", ".enum[2]", "'a' appears twice"),
        ("{enum: [Theft, theft]}", ".enum",
         "two of the values differ only in upper and lower case, which are treated as the same"),
        ("{enum: [a, 1]}", ".enum[1]", "expected a text, not 1; please put it in quotes"),
        ("[]", "", "expected a table with the keys required, unique, minimum, maximum, pattern, enum, not a list"),
    ],
)  # fmt: skip
def test_constraints_of_a_text(constraints: str, key: str, problem: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, FILE, CODE_FIELD, f"constraints: {constraints}")
    assert refused(collection) == (FILE, f"fields[1].constraints{key}", problem)


@pytest.mark.parametrize(
    ("constraints", "key", "problem"),
    [
        ("{minimum: none}", ".minimum", "expected a number, not 'none'"),
        ("{minimum: 2017-01-01}", ".minimum", "2017-01-01 is not a valid limit for the type integer"),
        ("{minimum: 2, maximum: 1}", "", "the minimum is above the maximum"),
        ("{pattern: '[0-9]'}", ".pattern",
         "only a string can have the constraint 'pattern'; this field has the type integer"),
        ("{enum: ['1']}", ".enum", "only a string can have the constraint 'enum'; this field has the type integer"),
    ],
)  # fmt: skip
def test_constraints_of_a_number(constraints: str, key: str, problem: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, FILE, "constraints: {minimum: 0}", f"constraints: {constraints}")
    assert refused(collection) == (FILE, f"fields[4].constraints{key}", problem)


def test_constraints_of_a_date(tmp_path: Path) -> None:
    collection = altered(tmp_path, FILE, "constraints: {required: true}", "constraints: {minimum: 2017}")
    assert refused(collection) == (
        FILE,
        "fields[2].constraints.minimum",
        "2017 is not a valid limit for the type date",
    )


@pytest.mark.parametrize(
    ("own", "key", "problem"),
    [
        ("{unt: arrests}", ".unt", "unknown key; did you mean 'unit'?"),
        ("{period: year_to_june}", "", "an item needs both a period and the years for which it is due"),
        ("{years: [2017]}", "", "an item needs both a period and the years for which it is due"),
        ("{period: year_to_jun, years: [2017]}", ".period",
         "'year_to_jun' is not one of the values allowed; did you mean 'year_to_june'?"),
        ("{period: whenever, years: [2017]}", ".period", f"'whenever' is not one of the values allowed; known: {PERIODS}"),
        ("{period: year_to_june, years: []}", ".years", "expected the years, the most recent first, each once"),
        ("{period: year_to_june, years: [2016, 2017]}", ".years", "expected the years, the most recent first, each once"),
        ("{period: year_to_june, years: [2017, 2017]}", ".years", "expected the years, the most recent first, each once"),
        ("{period: year_to_june, years: 2017}", ".years", "expected a list, not 2017"),
        ("{period: year_to_june, years: [17]}", ".years[0]", "expected at least 1900, not 17"),
        ("{period: year_to_june, years: [2018, 2017]}", ".years", "2018 is after the year of the collection, 2017"),
        ("{period: year_to_june, years: [2016, 2015]}", ".years",
         "expected the year of the collection, 2017, first: forces send this year's figures"),
        ("{break: counted anew}", ".break", "only an item (a field with a period) can have this"),
        ("{area_total: [1, 2]}", ".area_total", "only an item (a field with a period) can have this"),
        ("{optional: true}", ".optional", "only an item (a field with a period) can have this"),
        ("{formats: ['%d/%m/%Y']}", ".formats[0]", "only a date can have a format; this field has the type integer"),
        ("{type: force}", ".type", "force is a string; the field's type is integer"),
        ("arrests", "", "expected a table with the keys type, unit, period, years, break, optional, formats, "
         "area_total, not 'arrests'"),
    ],
)  # fmt: skip
def test_own_part_of_a_field(own: str, key: str, problem: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, FILE, ARRESTS, f"    x-peelcheck: {own}")
    assert refused(collection) == (FILE, f"fields[4].x-peelcheck{key}", problem)


def test_the_key_of_records_stands_in_one_record_only(tmp_path: Path) -> None:
    key = "primaryKey: [crime_reference]"
    other = load_collection(altered(tmp_path / "a", "crime_records.yaml", key, "primaryKey: [note]"))
    assert other.returns["crime_records"]["note"].unique
    several = altered(tmp_path / "b", "crime_records.yaml", key, "primaryKey: [force, crime_reference]")
    assert refused(several) == (
        "crime_records.yaml",
        "primaryKey",
        "expected a check of the kind 'one_per_group' with the group [force, crime_reference]",
    )


def test_the_key_of_records_beside_a_group_of_nothing(tmp_path: Path) -> None:
    file = "crime_records.yaml"
    collection = altered(
        tmp_path, file, "primaryKey: [crime_reference]", "primaryKey: [force, crime_reference]"
    )
    path = collection / file
    text = path.read_text(encoding="utf-8")
    check = "  checks:\n    - {code: CR900, kind: one_per_group, group: [null, 1], severity: error, title: t, ask: a, why: w,"
    assert text.count("  checks:\n") == 1
    path.write_text(text.replace("  checks:\n", f"{check} source: s}}\n"), encoding="utf-8")
    assert refused(collection) == (
        file,
        "primaryKey",
        "expected a check of the kind 'one_per_group' with the group [force, crime_reference]",
    )


def test_only_a_number_is_an_item(tmp_path: Path) -> None:
    own = "    x-peelcheck: {period: year_to_june, years: [2017]}\nx-peelcheck:\n  kind"
    assert refused(altered(tmp_path, FILE, "x-peelcheck:\n  kind", own)) == (
        FILE, "fields[15].x-peelcheck.period", "only a number can have a period; this field has the type string",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ("'%d/%m'", "'%d/%m'"),
        ("'%d/%m/%Y %H:%M'", "'%d/%m/%Y %H:%M'"),
        ("'%Y%Y%m%d'", "'%Y%Y%m%d'"),
        ("'%d/%m/%Y%'", "'%d/%m/%Y%'"),
        ("dd/mm/yyyy", "'dd/mm/yyyy'"),
    ],
)
def test_formats_of_dates(form: str, problem: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, FILE, "type: date", f"type: date\n    format: {form}")
    words = f"expected a year (%Y or %y), a month (%m, %b or %B) and a day (%d), not {problem}"
    assert refused(collection) == (FILE, "fields[2].format", words)


@pytest.mark.parametrize(
    ("written", "read"),
    [("'%d.%m.%y'", ("%d.%m.%y",)), ("default", ()), ("any", ()), ("'%d %B %Y'", ("%d %B %Y",))],
)
def test_a_format_that_is_one(written: str, read: tuple[str, ...], tmp_path: Path) -> None:
    collection = load_collection(altered(tmp_path, FILE, "type: date", f"type: date\n    format: {written}"))
    assert collection.returns["domestic_abuse"]["period_start"].formats == read


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("owed_by: forces", "owd_by: forces", ".owd_by", "unknown key; did you mean 'owed_by'?"),
        ("  owed_by: forces\n", "", "", "the key 'owed_by' is missing"),
        ("  kind: return\n", "  kind: returns\n", ".kind",
         "'returns' is not one of the values allowed; did you mean 'return'?"),
        ("  kind: return\n", "  kind: [return]\n", ".kind", "expected a text, not a list"),
        ("owed_by: forces", "owed_by: force", ".owed_by", "expected 'forces': it is of the kind 'return'"),
        ("  kind: return\n", "  kind: reference\n", ".owed_by",
         "expected who publishes the table, not 'forces': it is of the kind 'reference'"),
        ("owed_by: forces", "owed_by: forces\n  records: 1", ".records", "expected true or false, not 1"),
        ("owed_by: forces", "owed_by: forces\n  optional: maybe", ".optional", "expected true or false, not 'maybe'"),
        ("owed_by: forces", "owed_by: forces\n  counts: {x: {title: X}}", ".counts",
         "only a return of records can have counts"),
    ],
)  # fmt: skip
def test_own_part_of_a_return(old: str, new: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(altered(tmp_path, FILE, old, new)) == (FILE, f"x-peelcheck{key}", problem)


def test_what_others_publish_may_be_older_than_the_collection_but_not_newer(tmp_path: Path) -> None:
    asked = altered(tmp_path, "population.yaml", "years: [2016, 2015]", "years: [2018, 2016]")
    assert refused(asked) == (
        "population.yaml", "fields[4].x-peelcheck.years", "2018 is after the year of the collection, 2017",
    )  # fmt: skip


def test_figures_and_records_are_told_apart(tmp_path: Path) -> None:
    assert refused(altered(tmp_path / "a", FILE, "owed_by: forces", "owed_by: forces\n  records: true")) == (
        FILE, "fields", "a return of records cannot have items with a period; use counts",
    )  # fmt: skip
    collection = copied(tmp_path / "b")
    text = (collection / "population.yaml").read_text(encoding="utf-8")
    text = re.sub("x-peelcheck: .*unit: people.*", "", text)
    (collection / "population.yaml").write_text(text, encoding="utf-8")
    assert refused(collection) == (
        "population.yaml", "fields", "a return of figures needs at least one item with a period",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("    records: {title", "    Records: {title", "Records", f"'Records' {NO_SUCH_NAME}"),
        ("    records: {title", "    crime_reference: {title", "crime_reference", "a field has this name already"),
        ("    records: {title: Crimes recorded}", "    records: {titel: Crimes}", "records.titel",
         "unknown key; did you mean 'title'?"),
        ("    records: {title: Crimes recorded}", "    records: {}", "records", "the key 'title' is missing"),
        ("where: {outcome_type:", "where: {outcome_tipe:", "charged.where.outcome_tipe",
         "there is no field 'outcome_tipe'; did you mean 'outcome_type'?"),
        ("[Charged or summonsed]", "[Charged or sumonsed]", "charged.where.outcome_type[0]",
         "there is no value of outcome_type 'Charged or sumonsed'; did you mean 'Charged or summonsed'?"),
        ("[Charged or summonsed]", "[]", "charged.where.outcome_type", "expected at least one value"),
        ("[Charged or summonsed]", "Charged", "charged.where.outcome_type", "expected a list, not 'Charged'"),
    ],
)  # fmt: skip
def test_counts(old: str, new: str, key: str, problem: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, "crime_records.yaml", old, new)
    assert refused(collection) == ("crime_records.yaml", f"x-peelcheck.counts.{key}", problem)


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("code: DA101", "code: da101", ".code", f"'da101' {NO_SUCH_CODE}"),
        ("code: DA101", "code: DA1O1", ".code", f"'DA1O1' {NO_SUCH_CODE}"),
        ("code: DA101", "code: 101", ".code", "expected a text, not 101; please put it in quotes"),
        ("code: DA101", "code: RO101", ".code", "codes that begin with RO are reserved for built-in rules"),
        ("severity: error", "severity: eror", ".severity", "'eror' is not one of the values allowed; did you mean 'error'?"),
        ("severity: error", "severty: error", ".severty", "unknown key; did you mean 'severity'?"),
        ("      severity: error\n", "", "", "the key 'severity' is missing"),
        ("      title: Outcomes add up to the total\n", "", "", "the key 'title' is missing"),
        ("kind: sums_to", "return: incidents\n      kind: sums_to", ".return",
         "unknown key; known: code, kind, severity, title, ask, why, source"),
        ("kind: sums_to", "kind: sums_to\n      1: 2", ".1", "expected a name as the key; please put it in quotes"),
        ("kind: sums_to", "kind:", ".kind", "expected a text, not a blank"),
        ('why: "Every crime has one outcome."', "why: [because]", ".why", "expected a text, not a list"),
    ],
)  # fmt: skip
def test_what_every_check_has(old: str, new: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(altered(tmp_path, FILE, old, new)) == (FILE, f"x-peelcheck.checks[0]{key}", problem)


def test_the_codes_of_built_in_rules_are_kept_for_them() -> None:
    assert {code[:2] for code in built_in()} == set(BUILT_IN_CODES)


def test_a_list_of_checks_is_a_list_of_tables(tmp_path: Path) -> None:
    collection = altered(tmp_path, FILE, "  checks:\n", "  checks: all\n  checks2:\n")
    assert refused(collection) == (FILE, "x-peelcheck.checks2", "unknown key; did you mean 'checks'?")
    collection = altered(tmp_path / "b", FILE, "  checks:\n", "  checks:\n    - DA100\n")
    assert refused(collection) == (FILE, "x-peelcheck.checks[0]", "expected a table, not 'DA100'")
