"""A column of a published table that is wrong as a whole: one query to who publishes it, and no rate is made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Query, Result
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import Files, write_round

pytestmark = pytest.mark.slow

ONS = "Office for National Statistics"
POPULATION, CRIME, ASB = (
    f"reference/{name}.csv" for name in ("population", "recorded_crime", "antisocial_behaviour")
)
OF_POPULATION = {"IN201", "AS201", "RC201", "IN202", "AP201", "OC201", "MA202", "MH201", "SO201"}
"""The comparisons that divide by the population."""
Change = Callable[[float], str]


def without_history(files: Files) -> Files:
    return {path: file for path, file in files.items() if not path.startswith("history/")}


def changed(files: Files, path: str, item: str, to: Change, years: str = "", force: str = "") -> Files:
    """Every figure of a column turned into another, or those of some years, or of one force."""
    for row in files[path].rows:
        if row["period_end"].startswith(years) and force in ("", row["force"]):
            row[item] = to(float(row[item]))
    return files


def a_year_earlier(files: Files) -> Files:
    """The population of the year before in every row."""
    accepted = {
        (row["force"], row["period_end"]): row["population"] for row in files["history/population.csv"].rows
    }
    for row in files[POPULATION].rows:
        year = int(row["period_end"][:4])
        row["population"] = accepted[row["force"], f"{year - 1}-06-30"]
    return files


def result_of(files: Files, folder: Path) -> Result:
    write_round(files, folder)
    return engine.validate([folder])


def about(result: Result, table: str) -> list[Query]:
    return [query for query in result.queries if query.return_name == table]


@pytest.mark.parametrize(
    ("to", "with_history", "shown"),
    [
        (lambda n: f"{n / 1000:.1f}", True, "{some} {total} {times}"),
        (lambda n: f"{n / 1000:.1f}", False, "{some} {total}"),
        (lambda n: f"{n / 1000:.0f}", True, "{total} {times}"),
        (lambda n: f"{n / 1000:.0f}", False, "{total}"),
        (lambda n: f"{n * 10:.0f}", True, "{total} {times}"),
        (lambda n: f"{n * 10:.0f}", False, "{total}"),
        (lambda n: f"{n / 1e6:.3f}", False, "{some} {total}"),
        (lambda n: f"{n / 1e6:.0f}", False, "{total}"),
    ],
    ids=[
        "thousands with a decimal", "the same without history", "whole thousands", "the same without history ",
        "ten times", "the same without history  ", "millions with decimals", "whole millions",
    ],
)  # fmt: skip
def test_a_population_in_another_unit_is_one_query(
    to: Change, with_history: bool, shown: str, tmp_path: Path
) -> None:
    files = changed(
        clean_round() if with_history else without_history(clean_round()), POPULATION, "population", to
    )
    result = result_of(files, tmp_path)
    (query,) = about(result, "population")
    assert (query.code, query.severity, query.force, query.asked_of) == ("RO130", "error", None, ONS)
    assert (query.locations_total, [place.row for place in query.locations]) == (86, [*range(2, 22)])
    assert query.message.startswith("“Population” cannot be right in the rows for 2016 and 2015. ")
    assert query.message.endswith(" None of these figures was used.")
    assert ("cannot be used" in query.message or "can be used" in query.message) is ("{some}" in shown)
    assert ("add up to" in query.message) is ("{total}" in shown)
    assert ("than those accepted for 2015" in query.message) is ("{times}" in shown)
    assert not OF_POPULATION & {query.code for query in result.queries}
    runs = {check.code: check for check in result.checks}
    assert all(runs[code].passed == runs[code].failed == 0 for code in OF_POPULATION)


def test_what_the_query_says(tmp_path: Path) -> None:
    thousands = result_of(
        changed(clean_round(), POPULATION, "population", lambda n: f"{n / 1000:.1f}"), tmp_path
    )
    (query,) = about(thousands, "population")
    assert query.message == (
        "“Population” cannot be right in the rows for 2016 and 2015. 38 of 43 figures cannot be used, such as “1682.8” "
        "(Avon and Somerset). The 43 figures for 2016 add up to 58,477.3; England and Wales has between 45,000,000 and "
        "75,000,000. The figures for 2016 are about a thousand times smaller than those accepted for 2015: 1,181 instead of "
        "1,172,400 for Surrey. None of these figures was used."
    )


def test_without_a_stated_total_the_rates_give_it_away(tmp_path: Path) -> None:
    files = changed(without_history(clean_round()), ASB, "asb_incidents", lambda n: f"{n * 100:.0f}")
    (query,) = about(result_of(files, tmp_path), "antisocial_behaviour")
    assert (query.code, query.force, query.asked_of, query.locations_total) == ("RO130", None, ONS, 86)
    assert query.message == (
        "“Antisocial behaviour incidents” cannot be right in the rows for 2017 and 2016. With them, “Antisocial behaviour "
        "incidents” would be 2,015 per 1,000 population in Avon and Somerset; at most 1,000 is possible. None of these "
        "figures was used."
    )


def test_of_two_columns_the_one_that_the_high_rates_share_is_wrong(tmp_path: Path) -> None:
    files = changed(without_history(clean_round()), CRIME, "recorded_crime", lambda n: f"{n / 10:.0f}")
    result = result_of(files, tmp_path)
    assert [(q.code, q.item) for q in result.queries if q.code == "RO130"] == [("RO130", "recorded_crime")]


@pytest.mark.parametrize("factor", [10, 0.1])
def test_a_factor_is_seen_by_what_was_accepted(factor: float, tmp_path: Path) -> None:
    files = changed(clean_round(), CRIME, "recorded_crime", lambda n: f"{n * factor:.0f}")
    (query,) = (q for q in about(result_of(files, tmp_path), "recorded_crime") if q.severity != "note")
    assert (query.code, query.locations_total) == ("RO130", 86)
    size = "larger" if factor > 1 else "smaller"
    assert f"The figures for 2017 are about ten times {size} than those accepted for 2016" in query.message


def test_only_the_year_that_is_wrong_is_refused(tmp_path: Path) -> None:
    files = changed(clean_round(), POPULATION, "population", lambda n: f"{n / 1000:.0f}", years="2016")
    (query,) = about(result_of(files, tmp_path), "population")
    assert (query.code, query.locations_total) == ("RO130", 43)
    assert query.message.startswith("“Population” cannot be right in the rows for 2016. ")


def test_the_population_of_another_year(tmp_path: Path) -> None:
    (query,) = about(result_of(a_year_earlier(clean_round()), tmp_path), "population")
    assert (query.code, query.force, query.locations_total) == ("RO130", None, 86)
    assert query.message == (
        "“Population” cannot be right in the rows for 2016 and 2015. 43 figures for 2016 are exactly those accepted for "
        "2015. None of these figures was used."
    )


def test_one_year_copied_into_the_other_without_history(tmp_path: Path) -> None:
    files = without_history(clean_round())
    before = {row["force"]: row["population"] for row in files[POPULATION].rows if row["period_end"] < "2016"}
    for row in files[POPULATION].rows:
        row["population"] = before[row["force"]]
    (query,) = about(result_of(files, tmp_path), "population")
    assert (query.code, query.locations_total) == ("RO130", 43)
    assert query.message == (
        "“Population” cannot be right in the rows for 2016. 43 figures for 2016 are exactly those for 2015. None of these "
        "figures was used."
    )


def test_one_force_alone_is_asked_about_its_own_figure(tmp_path: Path) -> None:
    files = changed(clean_round(), POPULATION, "population", lambda n: f"{n / 1000:.0f}", "2016", "Kent")
    result = result_of(files, tmp_path)
    (query,) = about(result, "population")
    assert (query.code, query.force, query.asked_of, query.locations_total) == ("RO131", "Kent", ONS, 1)
    assert query.message == (
        "318,501 incidents per 1,000 population is more than there can be, which is 1,000: 578,716 incidents, and population "
        "is 1,817."
    )
    assert "PO106" in {other.code for other in query.also}
    assert not [q for q in result.queries if q.force == "Kent" and q.code in OF_POPULATION]


def test_a_rate_that_is_impossible_is_refused(tmp_path: Path) -> None:
    files = changed(clean_round(), "returns/kent/incidents.csv", "total", lambda n: f"{n * 10:.0f}", "2017")
    write_round(files, tmp_path)
    (query,) = (q for q in engine.validate([tmp_path]).queries if q.force == "Kent" and q.item == "total")
    assert (query.code, query.severity) == ("IN201", "error")
    assert "RO131" in {other.code for other in query.also}
    figure = next(f for f in engine.figures([tmp_path], force="Kent").figures if f.measure == "incident_rate")
    assert (figure.value, figure.rank, figure.of) == (None, None, 42)
    assert figure.footnote == "the rate is higher than it can be: 5,787,160 of 1,817,400"


def test_a_check_that_most_rows_of_a_table_fail_is_one_query(tmp_path: Path) -> None:
    files = changed(without_history(clean_round()), CRIME, "recorded_crime", lambda n: f"{n * 4:.0f}")
    found = [q for q in result_of(files, tmp_path).queries if q.code == "XR101"]
    assert [(q.force, q.asked_of, q.locations_total) for q in found] == [(None, "Home Office", 168)]


def test_a_quota_is_no_copy_of_another_year(tmp_path: Path) -> None:
    files = without_history(clean_round())
    for row in files[CRIME].rows:
        row["recorded_crime"] = "50000"
    codes = {query.code for query in about(result_of(files, tmp_path), "recorded_crime")}
    assert "RO130" not in codes


@pytest.mark.parametrize("seed", [2017, 1])
def test_no_column_of_a_round_without_faults_is_refused(seed: int, tmp_path: Path) -> None:
    for files in (clean_round(seed), without_history(clean_round(seed))):
        folder = tmp_path / str(len(files))
        codes = {query.code for query in result_of(files, folder).queries}
        assert not codes & {"RO130", "RO131"}


@pytest.mark.parametrize("with_history", [True, False])
def test_figures_split_at_their_commas_are_not_accused_a_second_time(
    with_history: bool, tmp_path: Path
) -> None:
    files = clean_round() if with_history else without_history(clean_round())
    write_round(files, tmp_path)
    path = tmp_path / CRIME
    rows = [line.split(",") for line in path.read_text().splitlines()]
    at = rows[0].index("recorded_crime")
    for row in rows[1:]:
        row[at] = f"{int(row[at]):,}"
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    codes = {query.code for query in about(engine.validate([tmp_path]), "recorded_crime")}
    assert "FI021" in codes
    assert "RO130" not in codes
