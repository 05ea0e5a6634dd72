"""Which cell of a failed sum is probably wrong, judged by the shares of the other forces where there is no past."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from peelcheck.arrays import FloatArray, IntArray
from peelcheck.checks.likeliest import LEAD, LEAST, Repair, log_density_of_score
from peelcheck.checks.view import View
from peelcheck.statistics import MINIMUM_OTHERS, fit_peers, score_peer

_NOISE = 1e-9  # of adding decimals in binary, as a share of the total
_MOST = 200
"""Rows that are looked at; if more sums fail, the others are no measure."""


def likeliest_by_shares(
    view: View, rows: IntArray, total: str, parts: Sequence[str], tolerance: float
) -> list[list[Repair]]:
    """For each row the likeliest wrong cell, or the two likeliest; none where too few others have a sum that holds.

    Each cell is given the figure that would mend the sum. The likeliest is the one with which the row's shares are most like
    those of the other forces in the same year: the largest Σ ln f(X) over the parts, X the proportion score of a part of the
    mended total, f the density of scores of correct figures. A figure that would be below zero is no candidate.

    Source: docs/method.md, failed sums.
    """
    if len(rows) > _MOST:
        return [[] for _ in rows]
    figures = [view.number(item) for item in (total, *parts)]
    found: list[list[Repair]] = []
    for row in rows.tolist():
        year, force = int(view.table.years[row]), int(view.places[row])
        others = np.array([view.all_forces(item, year) for item in (total, *parts)])
        off = np.abs(others[1:].sum(axis=0) - others[0])
        holds = off <= tolerance + _NOISE * np.abs(others[0])  # false where a figure is missing
        if force >= 0:
            holds[force] = False
        if np.count_nonzero(holds) < MINIMUM_OTHERS:
            found.append([])
            continue
        sent = np.array([figure[row] for figure in figures])
        found.append(_repairs(sent, others[:, holds], (total, *parts)))
    return found


def _repairs(sent: FloatArray, others: FloatArray, items: Sequence[str]) -> list[Repair]:
    """The likeliest repairs of one row; `sent` and the columns of `others` are a total with its parts."""
    missing = sent[0] - sent[1:].sum()
    gains: list[tuple[float, Repair]] = []
    for n, item in enumerate(items):
        mended = sent.copy()
        mended[n] = sent[n] - missing if n == 0 else sent[n] + missing
        if mended[n] >= 0 and mended[0] > 0 and (mended[1:] <= mended[0]).all():
            gains.append((_likeness(mended, others), Repair(item, float(mended[n]))))
    gains.sort(key=lambda pair: -pair[0])
    if len(gains) < 2:
        return [repair for _, repair in gains]
    if gains[0][0] - gains[-1][0] < LEAST:  # all are as likely
        return []
    return [gains[0][1]] if gains[0][0] - gains[1][0] > LEAD else [gains[0][1], gains[1][1]]


def _likeness(mended: FloatArray, others: FloatArray) -> float:
    """How like the others' a row's shares are: the sum of the log densities of its parts' scores."""
    logs = 0.0
    for part, of_others in zip(mended[1:], others[1:], strict=True):
        with_own = np.append(of_others, part), np.append(others[0], mended[0])
        norm = fit_peers(*with_own, "proportion")
        score = float(score_peer(*with_own, norm).score[-1])
        logs += 0.0 if np.isnan(score) else log_density_of_score(score)
    return logs
