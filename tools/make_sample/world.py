"""Illustrative figures for every item, force and year, conditioned on those that the report gives.

A count is drawn from what it is counted for (people, crimes, …): the forces' rates differ by a log-normal spread, each
force's own rate wobbles from year to year around a national trend, and the count is Poisson around that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.make_sample.declared import POWERS, given
from tools.make_sample.published import (
    CITY,
    FEWEST_ASSESSMENTS,
    FORCES,
    HOME,
    HOME_COUNTS,
    HOME_OUTCOMES,
    HOME_STAFF,
    HOME_TRENDS,
    NATIONAL,
    NATIONAL_OUTCOMES,
    YEARS,
    Counts,
    population,
    published,
)

World = dict[str, Counts]
"""`return.item` → counts by force and year."""

PEOPLE, CRIMES = "population.population", "recorded_crime.recorded_crime"
FLAGGED, GROUPS = "domestic_abuse_crimes.domestic_abuse_crimes", "organised_crime_groups.groups"
_HOME = FORCES.index(HOME)


@dataclass(frozen=True)
class Draw:
    """How an item is drawn: its rate, how much forces differ, the trend a year, and a force's own wobble (all log)."""

    item: str
    of: str
    rate: float
    spread: float
    trend: float = 0.0
    wobble: float = 0.04


DRAWS = (
    Draw("incidents.total", PEOPLE, 0.31, 0.16, 0.01, 0.03),
    Draw("incidents.domestic_abuse", PEOPLE, 0.015, 0.13, 0.05),
    Draw(FLAGGED, CRIMES, 0.11, 0.11, 0.02, 0.03),
    Draw("domestic_abuse.arrests", FLAGGED, 0.47, 0.13, -0.02),
    Draw("domestic_abuse.risk_assessments", FLAGGED, 2.1, 0.13, -0.01),
    Draw("domestic_abuse.charged_summonsed", FLAGGED, 0.186, 0.15, -0.05),
    Draw("domestic_abuse.out_of_court_disposals", FLAGGED, 0.05, 0.2, -0.02, 0.05),
    Draw("domestic_abuse.victim_does_not_support", FLAGGED, 0.418, 0.1, 0.05),
    Draw("domestic_abuse.other_outcomes", FLAGGED, 0.27, 0.12, 0.02, 0.05),
    Draw("domestic_abuse.dvpns_issued", FLAGGED, 0.013, 0.3, 0.1, 0.1),
    *(
        Draw(f"asb_powers.{power}", PEOPLE, rate, 0.3, 0.05, 0.08)
        for power, rate in zip(POWERS, (35e-6, 75e-6, 12e-6, 55e-6), strict=True)
    ),
    Draw(GROUPS, PEOPLE, 46e-6, 0.25, 0.02, 0.06),
    Draw("organised_crime_groups.disruptions", GROUPS, 1.02, 0.25, 0.02, 0.08),
    Draw("mental_health.detentions", PEOPLE, 48e-5, 0.25, 0.04, 0.05),
    Draw("mental_health.in_custody", "mental_health.detentions", 0.06, 0.4, -0.2, 0.1),
    Draw("marac.cases", PEOPLE, 145e-5, 0.18, 0.06, 0.05),
    Draw("marac.repeat_cases", "marac.cases", 0.27, 0.1, 0.01, 0.04),
    Draw("sex_offenders.registered_sex_offenders", PEOPLE, 100e-5, 0.13, 0.04, 0.03),
)

OUTCOMES = {
    "charged_summonsed": (0.10, -0.06),
    "taken_into_consideration": (0.006, -0.05),
    "out_of_court_formal": (0.03, -0.05),
    "out_of_court_informal": (0.03, -0.02),
    "prosecution_prevented": (0.03, 0.03),
    "victim_supports": (0.10, 0.03),
    "victim_does_not_support": (0.13, 0.05),
    "suspect_not_identified_victim_does_not_support": (0.05, 0.04),
    "no_suspect_identified": (0.48, 0.0),
    "not_in_public_interest": (0.01, 0.05),
    "other_body": (0.01, 0.05),
    "not_yet_assigned": (0.024, 0.0),
}
"""Tracked outcomes: share of the crimes recorded, and trend a year."""


def make_world(seed: int) -> World:
    """Every figure of the round; West Midlands and England and Wales come out as published."""
    random = np.random.default_rng(seed)
    world: World = {
        PEOPLE: population(),
        CRIMES: published("crime"),
        "antisocial_behaviour.asb_incidents": published("asb"),
    }
    for draw in DRAWS:
        world[draw.item] = _drawn(draw, world[draw.of], random)
        _make_home(world, draw.item)
        _make_national(world, draw.item)
    _add_orders(world, random)
    _add_totals(world, random)
    _add_staff(world, random)
    _add_outcomes(world, random)
    _turn_home(
        world, np.random.default_rng((seed, _HOME))
    )  # its own, so that no other figure is drawn otherwise
    return world


def _drawn(draw: Draw, of: Counts, random: np.random.Generator) -> Counts:
    base = random.normal(-(draw.spread**2) / 2, draw.spread, len(FORCES))
    steps = random.normal(0, draw.wobble, of.shape)
    steps[:, 0] = 0
    back = np.arange(len(YEARS))
    rates = draw.rate * np.exp(base[:, None] - draw.trend * back + np.cumsum(steps, axis=1))
    if draw.item == "domestic_abuse.risk_assessments":
        rates *= (
            np.maximum(rates[:, :1], 1.5) / rates[:, :1]
        )  # none below West Midlands but the one that is to be
    return np.asarray(random.poisson(of * rates), dtype=np.float64)


def _make_home(world: World, item: str) -> None:
    """West Midlands as the report has it; years that the report does not give keep their distance from this one."""
    known = HOME_COUNTS.get(item)
    if known is None:
        return
    row = world[item][_HOME]
    row *= known[YEARS[0]] / max(row[0], 1)
    for i, year in enumerate(YEARS):
        row[i] = known.get(year, round(row[i]))


def _turn_home(world: World, random: np.random.Generator) -> None:
    """West Midlands' earlier years where the report says in words which way a figure went, and not by how much."""
    for item, trend in HOME_TRENDS.items():
        row = world[item][_HOME]
        row[1:] = np.round(row[0] * np.exp(-np.cumsum(trend * random.uniform(0.5, 1.5, len(row) - 1))))
    groups, active = world[GROUPS][_HOME], world["organised_crime_groups.active"][_HOME]
    active[1:] = random.binomial(groups[1:].astype(int), active[0] / groups[0])
    world["organised_crime_groups.archived"][_HOME] = groups - active


def _make_national(world: World, item: str) -> None:
    """Scale the other forces so that England and Wales, over those that are in, is as published."""
    if item not in NATIONAL:
        return
    of, rate = NATIONAL[item]
    counted = _in_the_sum(item)
    others = counted & (np.arange(len(FORCES)) != _HOME)
    if item == "domestic_abuse.risk_assessments":
        lowest, own_rate = FORCES.index(FEWEST_ASSESSMENTS[0]), FEWEST_ASSESSMENTS[1]
        world[item][lowest] = np.round(
            world[of][lowest]
            * own_rate
            * (world[item][lowest] / world[of][lowest])
            / (world[item][lowest, 0] / world[of][lowest, 0])
        )
        others[lowest] = False
    wanted = rate * world[of][counted, 0].sum() - world[item][counted & ~others, 0].sum()
    factor = wanted / world[item][others, 0].sum()
    scaled = np.arange(len(FORCES)) != _HOME
    if item == "domestic_abuse.risk_assessments":
        scaled[lowest] = False
    world[item][scaled] = np.round(world[item][scaled] * factor)


def _in_the_sum(item: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The forces whose figures make England and Wales's."""
    out = set()
    if item.startswith("domestic_abuse"):
        out.add("North Yorkshire")
    if item.startswith("organised_crime_groups"):
        out.add(CITY)
    return np.array([force not in out for force in FORCES])


def _add_orders(world: World, random: np.random.Generator) -> None:
    """Orders are applied for after most notices, most are granted, and some breached."""
    chain = ("dvpns_issued", "dvpos_applied", "dvpos_granted", "dvpos_breached")
    for before, after, share in zip(chain, chain[1:], (0.9, 0.9, 0.17), strict=False):
        counts = world[f"domestic_abuse.{before}"]
        world[f"domestic_abuse.{after}"] = random.binomial(counts.astype(int), share).astype(float)
        _make_home(world, f"domestic_abuse.{after}")
    issued = world["domestic_abuse.dvpns_issued"]
    world["domestic_abuse.dvpns_issued"] = np.maximum(issued, world["domestic_abuse.dvpos_applied"])


def _add_totals(world: World, random: np.random.Generator) -> None:
    """Parts of totals, and totals of parts; a part that a force cannot supply is not in its total."""
    parts = ("charged_summonsed", "out_of_court_disposals", "victim_does_not_support", "other_outcomes")
    world["domestic_abuse.outcomes_total"] = sum(
        (world[f"domestic_abuse.{part}"] for part in parts), np.zeros((len(FORCES), len(YEARS)))
    )
    total = np.zeros((len(FORCES), len(YEARS)))
    for power in POWERS:
        held = [[given("asb_powers", force, power, year) for year in YEARS] for force in FORCES]
        total += np.where(held, world[f"asb_powers.{power}"], 0)
    world["asb_powers.total"] = total
    left = world["incidents.total"].copy()
    for grade, share in (("immediate", 0.22), ("priority", 0.34), ("scheduled", 0.14)):
        own = np.round(world["incidents.total"] * share * np.exp(random.normal(0, 0.1, left.shape)))
        world[f"incidents.{grade}"] = own
        left -= own
    world["incidents.resolved_without_deployment"] = left
    groups = world[GROUPS]
    world["organised_crime_groups.active"] = random.binomial(groups.astype(int), 0.62).astype(float)
    world["organised_crime_groups.archived"] = groups - world["organised_crime_groups.active"]
    together = FORCES.index("Warwickshire"), FORCES.index("West Mercia")
    for item in ("active", "archived", "disruptions"):
        counts = world[f"organised_crime_groups.{item}"]
        counts[together[0], 1] = counts[list(together), 1].sum()  # one figure for both in 2016


def _add_staff(world: World, random: np.random.Generator) -> None:
    offenders = world["sex_offenders.registered_sex_offenders"]
    managers = np.round(offenders / random.normal(62, 6, (len(FORCES), 1))).clip(2)
    sergeants, support = np.round(managers / 6).clip(1), np.round(managers / 8)
    staff = managers + sergeants + support
    for item, own in (("staff", staff), ("sergeants", sergeants), ("support_staff", support)):
        own[_HOME] = HOME_STAFF[item]
        world[f"sex_offenders.{item}"] = own
    managers[_HOME] = staff[_HOME] - sergeants[_HOME] - support[_HOME]
    world["sex_offenders.offender_managers"] = managers
    world["sex_offenders.outstanding_visits"] = random.poisson(offenders * 0.03).astype(float)


def _add_outcomes(world: World, random: np.random.Generator) -> None:
    """Tracked outcomes: every crime has one or none yet, so that the shares make a whole."""
    crimes, back = world[CRIMES], np.arange(len(YEARS))
    shares = {}
    for name, (share, trend) in OUTCOMES.items():
        base = random.normal(0, 0.1, (len(FORCES), 1))
        shares[name] = share * np.exp(
            base - trend * back + np.cumsum(random.normal(0, 0.02, crimes.shape), axis=1)
        )
    for name, share in HOME_OUTCOMES.items():
        shares[name][_HOME] *= share / shares[name][_HOME, 0]
    counted = np.array([force != "Suffolk" for force in FORCES])
    others = counted & (np.arange(len(FORCES)) != _HOME)
    for name, share in NATIONAL_OUTCOMES.items():
        wanted = share * crimes[counted, 0].sum() - shares[name][_HOME, 0] * crimes[_HOME, 0]
        factor = wanted / (shares[name][others, 0] * crimes[others, 0]).sum()
        shares[name][np.arange(len(FORCES)) != _HOME] *= factor
    fixed = sum((shares[name] for name in NATIONAL_OUTCOMES), np.zeros(crimes.shape))
    free = [name for name in OUTCOMES if name not in NATIONAL_OUTCOMES]
    rest = (1 - fixed) / sum((shares[name] for name in free), np.zeros(crimes.shape))
    left = crimes.copy()
    for name in OUTCOMES:
        share = shares[name] * (rest if name in free else 1)
        world[f"crime_outcomes.{name}"] = np.round(share * crimes) if name != "not_yet_assigned" else left
        left = left - world[f"crime_outcomes.{name}"]
    world["crime_outcomes.total"] = crimes.copy()
