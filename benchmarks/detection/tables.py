"""What the benchmark prints: tables in Markdown, percentages with no more digits than they bear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from . import errors
from .cases import Case
from .ceiling import ceiling
from .power import Judged, gain
from .rounds import disturbance, two_wrong_cells
from .rules import Rule

RATES = (0.005, 0.01, 0.02)
SPLIT_ERRORS = ("×2", "÷2", "9 of 12", "a fifth missing")
GAIN_ERROR = "9 of 12"
CEILING_ERRORS = ("×2", "÷2", "9 of 12", "11 of 12", "a fifth missing")


def power_table(judged: Mapping[str, Judged], cases: Sequence[Case]) -> list[str]:
    """All rules at equal rates of false queries, a block a rate, the ceiling beneath."""
    lines = [_row("false", "rule", "cut", *errors.NAMES), _rule(3 + len(errors.NAMES))]
    for rate in RATES:
        for name, scores in judged.items():
            cut = scores.cut(rate)
            powers = [_percent(scores.power(error, cut)) for error in errors.NAMES]
            lines.append(_row(f"{rate:.1%}", name, f"{cut:.2f}", *powers))
        best = [
            _percent(ceiling(cases, errors.FACTORS[error], rate)) if error in CEILING_ERRORS else ""
            for error in errors.NAMES
        ]
        lines.append(_row(f"{rate:.1%}", "*ceiling, last year's figure*", "", *best))
    return lines


def measure_table(judged: Mapping[str, Judged], cases: Sequence[Case], rate: float = 0.01) -> list[str]:
    """Each measure by itself, the cut being the one set on all measures together."""
    head = [f"{name}: {part}" for name in judged for part in ("false", *SPLIT_ERRORS)]
    lines = [_row("measure", "figures", *head), _rule(2 + len(head))]
    for measure in sorted({case.measure for case in cases}):
        only = [i for i, case in enumerate(cases) if case.measure == measure]
        cells = []
        for scores in judged.values():
            cut = scores.cut(rate)
            correct = np.concatenate([scores.correct[i] for i in only])
            cells.append(f"{100 * float(np.mean(correct > cut)):.1f}")
            cells += [_percent(scores.power(error, cut, only)) for error in SPLIT_ERRORS]
        lines.append(_row(measure, str(sum(len(scores.correct[i]) for i in only)), *cells))
    return lines


def cut_table(judged: Judged, cuts: Sequence[float]) -> list[str]:
    """What each cut of one rule costs and finds."""
    lines = [_row("cut", "false", *errors.NAMES), _rule(2 + len(errors.NAMES))]
    for cut in cuts:
        powers = [_percent(judged.power(error, cut)) for error in errors.NAMES]
        lines.append(_row(f"{cut:.2f}", f"{100 * judged.false(cut):.2f}", *powers))
    return lines


def own_cut_table(
    rules: Mapping[str, tuple[Rule, float]], cases: Sequence[Case], seed: int, judged: Mapping[str, Judged]
) -> list[str]:
    """The rules at the cuts they are used with: one error at a time, and two gross errors a measure at once."""
    lines = [_row("rule", "cut", "false", *errors.NAMES, "two wrong cells: false", "found")]
    lines.append(_rule(5 + len(errors.NAMES)))
    for name, (rule, cut) in rules.items():
        powers = [_percent(judged[name].power(error, cut)) for error in errors.NAMES]
        both = two_wrong_cells(rule, cut, cases, seed)
        false = f"{100 * judged[name].false(cut):.1f}"
        lines.append(_row(name, f"{cut:g}", false, *powers, f"{100 * both.false:.1f}", _percent(both.found)))
    return lines


def variant_table(judged: Mapping[str, Judged], against: Judged, seed: int) -> list[str]:
    """Each rule at all rates, `0.5% / 1% / 2%` in a cell, and how much more it finds of one error than `against`."""
    lines = [
        _row("exchanged", *SPLIT_ERRORS, f"{GAIN_ERROR} at 1%: more found"),
        _rule(2 + len(SPLIT_ERRORS)),
    ]
    for name, scores in judged.items():
        cells = [
            " / ".join(_percent(scores.power(error, scores.cut(rate))) for rate in RATES)
            for error in SPLIT_ERRORS
        ]
        low, high = gain(scores, against, GAIN_ERROR, 0.01, seed)
        more = "" if scores is against else _range(low, high)
        lines.append(_row(name, *cells, more))
    return lines


def gain_table(judged: Mapping[str, Judged], name: str, others: Sequence[str], seed: int) -> list[str]:
    """How much more one rule finds than each of some others, at equal rates, in nine of ten resamples of the cases."""
    lines = [_row("false", "than", *SPLIT_ERRORS), _rule(2 + len(SPLIT_ERRORS))]
    for rate in RATES:
        for other in others:
            ranges = [gain(judged[name], judged[other], error, rate, seed) for error in SPLIT_ERRORS]
            lines.append(_row(f"{rate:.1%}", other, *(_range(*ends) for ends in ranges)))
    return lines


def disturbance_table(rules: Mapping[str, Rule], cases: Sequence[Case]) -> list[str]:
    """How far scores move when another force's figure is ten times too large, or zero."""
    lines = [_row("rule", "median", "99th percentile", "largest"), _rule(4)]
    for name, rule in rules.items():
        moves = disturbance(rule, cases)
        parts = (np.median(moves), np.quantile(moves, 0.99), np.max(moves))
        lines.append(_row(name, *(f"{part:.2f}" for part in parts)))
    return lines


def _percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{100 * share:.0f}"


def _range(low: float, high: float) -> str:
    return " to ".join(f"{round(100 * end):+d}" for end in (low, high))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _rule(columns: int) -> str:
    return "|" + "---|" * columns
