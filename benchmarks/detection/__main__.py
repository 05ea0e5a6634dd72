"""`python -m benchmarks.detection`: the whole measurement, printed as Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import peers
from . import tables
from .cases import Case
from .panel import panel_cases
from .power import judge
from .rules import ALONE, CHANGE_CUT, PEELCHECK, PEER_CUT, PEER_CUT_ALONE, PLAIN_CUT, RULES, Rule
from .simulated import simulated_cases
from .variants import VARIANTS, rule_of

PEER_ALONE = "peer score alone"
WITHOUT_PAST = "peer score alone, of figures without a past"

OWN_CUTS: Mapping[str, float] = {
    "z on rates": peers.Z_CUT,
    "Tukey's fences on rates": peers.TUKEY_CUT,
    "change in percent": peers.CHANGE_CUT,
    "Hidiroglou–Berthelot, U=0.5": 7.0,
    "Hidiroglou–Berthelot, U=0.2": 7.0,
    "funnel with τ²": peers.FUNNEL_CUT,
    PEER_ALONE: PEER_CUT,
    "plain change score, base by history": PLAIN_CUT,
    "plain change score and peer score": 1.0,
    ALONE: CHANGE_CUT,
    PEELCHECK: 1.0,
}
SPLIT = ("Hidiroglou–Berthelot, U=0.2", "plain change score, one year", ALONE)
RIVALS = ("Hidiroglou–Berthelot, U=0.5", "Hidiroglou–Berthelot, U=0.2", "plain change score, one year")
CUTS = (2.0, 2.5, 2.75, 3.0, 3.25, 3.5, 4.0, 4.5, 5.0, 6.0)


def main() -> None:
    """Measure every rule and print."""
    options = _options()
    sets: dict[str, Sequence[Case]] = {}
    if options.panel is not None:
        leave_out = tuple(options.leave_out)
        for part in ("holdout",) if options.holdout else ("development",):
            sets[f"Published figures, {part}"] = panel_cases(
                options.panel, part, options.min_years, options.max_years, leave_out
            )
    if not options.holdout:
        sets[f"Simulated, {options.worlds} worlds"] = simulated_cases(options.seed, options.worlds)
    for title, cases in sets.items():
        if options.variants:
            _report_variants(title, cases, options.seed)
        else:
            _report(title, cases, options.seed, options.measures)


def _report_variants(title: str, cases: Sequence[Case], seed: int) -> None:
    rules = {"nothing: peelcheck's change score": RULES[ALONE]}
    rules |= {name: rule_of(variant) for name, variant in VARIANTS.items()}
    rules |= {f"all: {name}": RULES[name] for name in SPLIT if name != ALONE}
    judged = {name: judge(rule, cases, seed) for name, rule in rules.items()}
    against = next(iter(judged.values()))
    _print(
        f"## {title}: the change score with one thing exchanged", tables.variant_table(judged, against, seed)
    )


def _report(title: str, cases: Sequence[Case], seed: int, measures: bool) -> None:
    judged = {name: judge(rule, cases, seed) for name, rule in RULES.items()}
    figures = sum(len(a) for a in next(iter(judged.values())).correct)
    print(f"## {title}: {len(cases)} years of a measure, {figures} figures\n")
    _print("### Power in percent at equal rates of false queries", tables.power_table(judged, cases))
    _print(
        "### How much more peelcheck finds, in nine of ten resamples of the cases",
        tables.gain_table(judged, PEELCHECK, RIVALS, seed),
    )
    own = {name: (RULES[name], cut) for name, cut in OWN_CUTS.items()}
    own[WITHOUT_PAST], judged[WITHOUT_PAST] = (RULES[PEER_ALONE], PEER_CUT_ALONE), judged[PEER_ALONE]
    _print("### At the cuts the rules are used with", tables.own_cut_table(own, cases, seed, judged))
    _print(
        "### What a cut of the change score costs and finds",
        tables.cut_table(judged[ALONE], CUTS),
    )
    leave_one_out: dict[str, Rule] = {
        name: RULES[name] for name in (PEER_ALONE, "plain change score, one year", ALONE)
    }
    _print(
        "### How far one wrong figure moves others' scores", tables.disturbance_table(leave_one_out, cases)
    )
    if measures:
        split = {name: judged[name] for name in SPLIT}
        _print("### By measure, at 1% false queries over all measures", tables.measure_table(split, cases))


def _print(heading: str, lines: Sequence[str]) -> None:
    print("\n".join((heading, "", *lines, "")))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection", description=__doc__)
    parser.add_argument(
        "--panel", type=Path, help="published figures: force, measure, period_end, value, source"
    )
    parser.add_argument(
        "--holdout", action="store_true", help="the part set aside, instead of the development part"
    )
    parser.add_argument("--measures", action="store_true", help="each measure by itself as well")
    parser.add_argument(
        "--variants", action="store_true", help="the change score with one thing exchanged, and nothing else"
    )
    parser.add_argument("--leave-out", action="append", default=[], metavar="FORCE", help="leave a force out")
    parser.add_argument(
        "--min-years", type=int, default=2, help="fewest earlier years of a figure (%(default)s)"
    )
    parser.add_argument(
        "--max-years", type=int, default=3, help="most earlier years shown to a rule (%(default)s)"
    )
    parser.add_argument("--worlds", type=int, default=5, help="simulated worlds (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="(%(default)s)")
    options = parser.parse_args()
    if options.variants and options.holdout:
        parser.error("variants are for choosing, and the part set aside is not: leave out --holdout")
    return options


if __name__ == "__main__":
    main()
