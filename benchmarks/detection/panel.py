"""Published figures as cases: one edition of each figure, years twelve months apart, a part of them set aside."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from .cases import Case, FloatArray

Part = Literal["development", "holdout", "all"]
POPULATION = "population_resident"
CITY_OF_LONDON = (
    "City of London"  # its published population is residents alone, a fiftieth of who is there by day
)


def read_panel(path: Path) -> pd.DataFrame:
    """The panel with one edition of each figure: columns force, measure, period_end, value.

    Of a measure's sources the one with the most periods is taken, and a period that it lacks is filled from others
    only for the population (which has one figure a year in any case) and for measures of which no source holds two
    periods. Ties go to the name that sorts last, which is the later release.
    """
    rows = pd.read_csv(path, parse_dates=["period_end"])
    periods = rows.groupby(["measure", "source"])["period_end"].nunique()
    longest = periods.groupby("measure").transform("max")
    chosen = rows.join(periods.rename("periods"), on=["measure", "source"])
    chosen = chosen.join(longest.rename("longest"), on=["measure", "source"])
    may_chain = (chosen["measure"] == POPULATION) | (chosen["longest"] == 1)
    chosen = chosen[(chosen["periods"] == chosen["longest"]) | may_chain]
    chosen = chosen.sort_values(["periods", "source"]).drop_duplicates(
        ["force", "measure", "period_end"], keep="last"
    )
    one_source = chosen.groupby("measure")["source"].transform("max")
    keep = (chosen["source"] == one_source) | may_chain.loc[chosen.index]
    return chosen.loc[keep, ["force", "measure", "period_end", "value"]]


def is_held_out(measure: str) -> bool:
    """Whether a whole measure is set aside, decided by its name alone."""
    return int(hashlib.sha256(measure.encode()).hexdigest(), 16) % 4 == 0


def panel_cases(
    path: Path, part: Part, min_years: int = 2, max_years: int = 3, leave_out: tuple[str, ...] = ()
) -> list[Case]:
    """Every year of every measure that has at least `min_years` earlier years, `max_years` of them shown.

    The holdout is the measures that `is_held_out` names and the last year of all others; `development` reads none of
    these, neither as a figure to judge nor as an item related to one.

    Args:
        path: CSV with force, measure, period_end, value, source; may hold several editions of a figure.
        part: which cases to return.
        min_years: fewest earlier years.
        max_years: most earlier years shown to a rule, the most recent ones.
        leave_out: forces to leave out.
    """
    rows = read_panel(path)
    rows = rows[~rows["force"].isin(leave_out)]
    forces = sorted(rows["force"].unique())
    population = _by_year(rows[rows["measure"] == POPULATION], forces)
    series = {
        str(name): _one_month(table, forces)
        for name, table in rows[rows["measure"] != POPULATION].groupby("measure")
    }
    cases = []
    for measure, table in series.items():
        for year in range(min_years, len(table)):
            held = is_held_out(measure) or year == len(table) - 1
            if part == "all" or held == (part == "holdout"):
                seen = series if part != "development" else _seen_in_development(series)
                cases.append(_case(measure, table, year, max_years, seen, population))
    return [case for case in cases if np.nanmin(case.current) >= 0]


def _seen_in_development(series: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: table.iloc[:-1] for name, table in series.items() if not is_held_out(name)}


def _one_month(table: pd.DataFrame, forces: list[str]) -> pd.DataFrame:
    """Years that end in the month with the longest run (June on a tie), rows by period, a column a force."""
    wide = table.pivot_table(index="period_end", columns="force", values="value", sort=True)
    wide = wide.reindex(columns=forces).astype(float)
    month = pd.DatetimeIndex(wide.index).month
    best = max(set(month), key=lambda m: (int((month == m).sum()), m == 6, m))
    return wide[month == best]


def _by_year(table: pd.DataFrame, forces: list[str]) -> pd.DataFrame:
    wide = table.pivot_table(index="period_end", columns="force", values="value", sort=True)
    wide.index = pd.Index(pd.DatetimeIndex(wide.index).year)
    return wide.reindex(columns=forces).astype(float)


def _case(
    measure: str,
    table: pd.DataFrame,
    year: int,
    max_years: int,
    series: dict[str, pd.DataFrame],
    population: pd.DataFrame,
) -> Case:
    past = range(year - 1, max(-1, year - 1 - max_years), -1)
    dates = [table.index[k] for k in (year, *past)]
    people = np.vstack([_population_at(population, date) for date in dates])
    others = {
        name: other.reindex(dates).to_numpy(float)
        for name, other in series.items()
        if name != measure and dates[0] in other.index and dates[1] in other.index
    }
    figures = table.to_numpy(float)
    stacked = np.stack(list(others.values())) if others else np.empty((0, len(dates), figures.shape[1]))
    return Case(
        measure=measure,
        year=str(pd.Timestamp(dates[0]).date()),
        current=figures[year],
        history=figures[list(past)],
        population=people[0],
        past_population=people[1:],
        related=stacked[:, 0],
        past_related=stacked[:, 1:],
        related_names=tuple(others),
    )


def _population_at(population: pd.DataFrame, period_end: pd.Timestamp) -> FloatArray:
    """The mid-year estimate twelve months before the period's end, or the nearest year there is."""
    years = population.index.to_numpy()
    nearest = years[np.argmin(np.abs(years - (period_end.year - 1)))]
    return np.asarray(population.loc[nearest], dtype=np.float64)
