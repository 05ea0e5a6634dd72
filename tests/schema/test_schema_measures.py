"""`measures.yaml` and `across.yaml`: one change to the real ones, and the exact refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.collections import altered, refused

NUMERATOR = "numerator: {return: incidents, items: [total]}"
DENOMINATOR = "denominator: {return: population, items: [population], years_before: 1}"


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("  unit: per 1,000 population", "  untis: per 1,000 population", ".untis", "unknown key; did you mean 'unit'?"),
        ("  decimals: 0\n", "", "", "the key 'decimals' is missing"),
        ("  decimals: 0", "  decimals: 400", ".decimals", "expected at most 6, not 400"),
        ("  decimals: 0", "  decimals: -1", ".decimals", "expected at least 0, not -1"),
        ("  kind: rate", "  kind: rat", ".kind", "'rat' is not one of the values allowed; did you mean 'rate'?"),
        ("  kind: rate", "  kind: proportion", ".per", "a proportion is shown as a percentage, so per must be 100"),
        ("  per: 1000\n", "  per: 0\n", ".per", "expected at least 1, not 0"),
        ("  per: 1000\n", "  per: 1000.5\n", ".per", "expected a whole number, not 1000.5"),
        ("  id: incident_rate", "  id: incident rate", ".id",
         "'incident rate' is not a name (small letters, digits and underscores, beginning with a letter)"),
        ("years: [2017, 2016]", "years: []", ".years", "expected the years, the most recent first, each once"),
        ("years: [2017, 2016]", "years: [2016, 2017]", ".years", "expected the years, the most recent first, each once"),
        ("years: [2017, 2016]", "years: [2018]", ".years", "expected the year of the collection, 2017, first, not 2018"),
        ("years: [2017, 2016]", "years: [2016, 2015]", ".years",
         "expected the year of the collection, 2017, first, not 2016"),
        (NUMERATOR, "numerator: {return: incidents, items: [total], years_before: 2}", ".numerator.items",
         "total is not asked for in 2015, so nothing could be compared; it is in 2017 and 2016"),
        ("period: year_to_june", "period: year_to_july", ".period",
         "'year_to_july' is not one of the values allowed; did you mean 'year_to_june'?"),
        ("period: year_to_june", "period: year_to_march", ".period",
         "incidents.total has another period: 12 months to 30 June"),
        ("in_report: true", "in_report: 1", ".in_report", "expected true or false, not 1"),
        (NUMERATOR, "numerator: total", ".numerator",
         "expected a table with the keys return, items, years_before, not 'total'"),
        (NUMERATOR, "numerator: {retrun: incidents, items: [total]}", ".numerator.retrun",
         "unknown key; did you mean 'return'?"),
        (NUMERATOR, "numerator: {return: incident, items: [total]}", ".numerator.return",
         "there is no return 'incident'; did you mean 'incidents'?"),
        (NUMERATOR, "numerator: {return: incidents, items: [totl]}", ".numerator.items[0]",
         "there is no item 'totl'; did you mean 'total'?"),
        (NUMERATOR, "numerator: {return: incidents, items: [total, force]}", ".numerator.items[1]",
         "there is no item 'force'; known: immediate, priority, scheduled, resolved_without_deployment, total, "
         "domestic_abuse"),
        (NUMERATOR, "numerator: {return: incidents, items: [total, total]}", ".numerator.items[1]", "'total' appears twice"),
        (NUMERATOR, "numerator: {return: incidents, items: []}", ".numerator.items", "expected at least one item"),
        (NUMERATOR, "numerator: {return: incidents, items: total}", ".numerator.items", "expected a list, not 'total'"),
        (DENOMINATOR, "denominator: {return: population, items: [population], years_before: -1}",
         ".denominator.years_before", "expected at least 0, not -1"),
        (DENOMINATOR, "denominator: {return: population, items: [population]}", ".denominator.items",
         "population is not asked for in 2017, so nothing could be compared; it is in 2016 and 2015"),
        (DENOMINATOR, "denominator: {return: population, items: [population], years_before: 3}", ".denominator.items",
         "population is not asked for in 2014, so nothing could be compared; it is in 2016 and 2015"),
        (NUMERATOR, "numerator: {return: crime_records, items: [charged], years_before: 1}", ".numerator.items",
         "charged is not asked for in 2016, so nothing could be compared; it is in 2017"),
        (DENOMINATOR, "denominator: {return: population, items: [population], year_before: 1}",
         ".denominator.year_before", "unknown key; did you mean 'years_before'?"),
    ],
)  # fmt: skip
def test_measure(old: str, new: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(altered(tmp_path, "measures.yaml", old, new)) == ("measures.yaml", f"[0]{key}", problem)


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "problem"),
    [
        ("measures.yaml", "  maximum: 1000\n", "  maximum: 0\n", "[0].maximum", "expected more than 0, not 0"),
        ("measures.yaml", "  maximum: 1000\n", "  maximum: all\n", "[0].maximum", "expected a number, not 'all'"),
        ("measures.yaml", "  kind: proportion\n", "  kind: proportion\n  maximum: 50\n", "[3].maximum",
         "a proportion is at most 100 in any case; please leave it out"),
        ("population.yaml", "area_total: [45000000, 75000000]", "area_total: [75000000, 45000000]",
         "fields[4].x-peelcheck.area_total", "expected two numbers above 0, the smaller one first"),
        ("population.yaml", "area_total: [45000000, 75000000]", "area_total: [45000000]",
         "fields[4].x-peelcheck.area_total", "expected two numbers above 0, the smaller one first"),
        ("population.yaml", "area_total: [45000000, 75000000]", "area_total: 45000000",
         "fields[4].x-peelcheck.area_total", "expected a list, not 45000000"),
        ("marac.yaml", "years: [2017, 2016]}", "years: [2017, 2016], area_total: [1, 2]}",
         "fields[4].x-peelcheck.area_total",
         "only a table that others supply can have this; each force sends its own return"),
    ],
)  # fmt: skip
def test_what_bounds_figures(file: str, old: str, new: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(altered(tmp_path, file, old, new)) == (file, key, problem)


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "problem"),
    [
        ("across.yaml", "return: crime_outcomes", "return: crime_outcome", "[0].return",
         "there is no return 'crime_outcome'; did you mean 'crime_outcomes'?"),
        ("across.yaml", "  return: crime_outcomes\n", "", "[0]", "the key 'return' is missing"),
        ("across.yaml", "  return: crime_outcomes", "  retrun: crime_outcomes", "[0].retrun",
         "unknown key; did you mean 'return'?"),
        ("across.yaml", "  return: crime_outcomes", "  return: [crime_outcomes]", "[0].return",
         "expected a text, not a list"),
        ("across.yaml", "code: XR102", "code: XR101", "[1].code",
         "XR101 appears twice; the other is in across.yaml, [0].code"),
        ("across.yaml", "code: XR101", "code: DA101", "[0].code",
         "DA101 appears twice; the other is in domestic_abuse.yaml, x-peelcheck.checks[0].code"),
        ("domestic_abuse.yaml", "code: DA103", "code: DA102", "x-peelcheck.checks[2].code",
         "DA102 appears twice; the other is in domestic_abuse.yaml, x-peelcheck.checks[1].code"),
        ("measures.yaml", "code: IN201", "code: DA101", "[0].code",
         "DA101 appears twice; the other is in domestic_abuse.yaml, x-peelcheck.checks[0].code"),
        ("measures.yaml", "id: crime_rate", "id: incident_rate", "[2].id",
         "incident_rate appears twice; the other is in measures.yaml, [0].id"),
        ("across.yaml", "", "code: XR101", "", "expected a list, not a table"),
        ("measures.yaml", "", "{}", "", "expected a list, not a table"),
    ],
)  # fmt: skip
def test_across_and_what_stands_twice(
    file: str, old: str, new: str, key: str, problem: str, tmp_path: Path
) -> None:
    assert refused(altered(tmp_path, file, old, new)) == (file, key, problem)
