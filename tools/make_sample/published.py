"""The figures that are published, by force, and those that the report gives for West Midlands and England and Wales.

Crown copyright, Open Government Licence v3.0. Population: Office for National Statistics, mid-year estimates, rounded
to 100. Recorded crime excluding fraud, twelve months to June: Home Office open data (the edition with data to December
2018, not the one of October 2017 that the report used). Antisocial behaviour, twelve months to March: ONS police force
area tables; the year to March 2016 in two editions. All else is illustrative: drawn at random, conditioned on the
figures below.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
"""One row a force, one column a year, the most recent first."""

YEARS = (2017, 2016, 2015, 2014)
HOME = "West Midlands"
CITY = "City of London"
TRANSIENT = 96_000  # illustrative: people who are in the City by day and do not live there

_TABLE = (Path(__file__).parent / "published.csv").read_text(encoding="utf-8")
_ROWS = list(csv.DictReader(_TABLE.splitlines()))
FORCES = tuple(row["force"] for row in _ROWS)
CODES = {row["force"]: row["code"] for row in _ROWS}


def published(name: str, years: tuple[int, ...] = YEARS) -> Counts:
    """A published figure by force and year."""
    return np.array([[float(row[f"{name}_{year}"]) for year in years] for row in _ROWS])


def population() -> Counts:
    """Mid-year population of the year before each of `YEARS`; City of London with its transient population."""
    people = published("population", tuple(year - 1 for year in YEARS))
    people[FORCES.index(CITY)] += TRANSIENT
    return people


def accepted_asb() -> Counts:
    """Antisocial behaviour as it was first accepted: to March 2016 in the earlier edition."""
    counts = published("asb")
    counts[:, 1] = [float(row["asb_2016_accepted"]) for row in _ROWS]
    return counts


HOME_COUNTS: dict[str, dict[int, float]] = {
    # PEEL: Police effectiveness 2017, West Midlands Police; counts where the report gives a rate are those that make it
    "domestic_abuse_crimes.domestic_abuse_crimes": {2017: 22_075, 2016: 19_866},
    "domestic_abuse.arrests": {2017: 11_848, 2016: 10_412},
    "domestic_abuse.risk_assessments": {2017: 28_885},
    "domestic_abuse.charged_summonsed": {2017: 5_850},
    "domestic_abuse.victim_does_not_support": {2017: 9_890},
    "domestic_abuse.dvpos_applied": {2017: 139, 2016: 3, 2015: 4, 2014: 0},
    "domestic_abuse.dvpos_granted": {2017: 125, 2016: 0, 2015: 0, 2014: 0},
    "domestic_abuse.dvpos_breached": {2017: 14, 2016: 0, 2015: 0, 2014: 0},
    "incidents.domestic_abuse": {2017: 54_541},
    "organised_crime_groups.groups": {2017: 135},
    "organised_crime_groups.disruptions": {2017: 267},
    "mental_health.detentions": {2017: 852},
    "mental_health.in_custody": {2017: 0, 2016: 0, 2015: 0, 2014: 0},
    "marac.cases": {2017: 3_875, 2016: 3_291},
    "marac.repeat_cases": {2017: 1_124, 2016: 954},
    "sex_offenders.registered_sex_offenders": {2017: 4_390},
}
HOME_STAFF = {"staff": 78, "sergeants": 12, "support_staff": 7}
HOME_OUTCOMES = {"charged_summonsed": 0.12, "victim_does_not_support": 0.09, "no_suspect_identified": 0.61}

HOME_TRENDS = {"mental_health.detentions": -0.06, "organised_crime_groups.groups": 0.08}
"""Change a year (log) where the report gives the direction alone. Good sharing of information has reduced the use of powers
of detention, and more rigorous mapping has identified several new groups. How much is illustrative."""

NATIONAL: dict[str, tuple[str, float]] = {
    # item → what it is counted for, and England and Wales's figure for each one of that
    "domestic_abuse_crimes.domestic_abuse_crimes": ("recorded_crime.recorded_crime", 0.11),
    "domestic_abuse.risk_assessments": ("domestic_abuse_crimes.domestic_abuse_crimes", 2.078),
    "domestic_abuse.charged_summonsed": ("domestic_abuse_crimes.domestic_abuse_crimes", 0.186),
    "domestic_abuse.victim_does_not_support": ("domestic_abuse_crimes.domestic_abuse_crimes", 0.418),
    "incidents.domestic_abuse": ("population.population", 0.015),
    "organised_crime_groups.groups": ("population.population", 46e-6),
    "organised_crime_groups.disruptions": ("organised_crime_groups.groups", 1.02),
}
NATIONAL_OUTCOMES = {
    "charged_summonsed": 0.10,
    "victim_does_not_support": 0.13,
    "no_suspect_identified": 0.48,
}

FEWEST_ASSESSMENTS = ("Cleveland", 1.17)
"""The one force with fewer risk assessments for each crime than West Midlands, which the report calls second lowest."""
