"""Hidiroglou & Berthelot, *Survey Methodology* 12 (1986) 73: changes on last year, the larger units watched closer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Effects:
    """What the rule makes of each force: NaN where either year is missing, zero or negative, which it cannot judge.

    `distance` is that of the effect from the median effect in units of the rule's own tolerance, below 0 for a fall;
    the rule asks where it passes ±c, which is where `effect` lies outside `lower` to `upper`.
    """

    effect: FloatArray
    distance: FloatArray
    lower: FloatArray
    upper: FloatArray


def hidiroglou_berthelot(
    current: npt.ArrayLike, previous: npt.ArrayLike, u: float = 0.5, a: float = 0.05, c: float = 7.0
) -> Effects:
    """Effects of the changes of all forces, and the interval in which they are let pass.

    With r = current/previous and m its median: s = 1 − m/r below the median, r/m − 1 above; effect E = s·max(current,
    previous)^u; M, Q1, Q3 the median and quartiles of E at p(n+1); tolerance max(M − Q1, |a·M|) below and
    max(Q3 − M, |a·M|) above.

    Args:
        current: this year's figures, (forces,) or (rows, forces), each row a year as received.
        previous: last year's, likewise.
        u: how much more a large force's change counts, 0 to 1.
        a: least tolerance, as a part of the median effect.
        c: how many tolerances are let pass.

    Returns:
        `effect` and `distance` shaped as the figures, `lower` and `upper` one a row.
    """
    now, before = (np.asarray(values, dtype=np.float64) for values in np.broadcast_arrays(current, previous))
    usable = (now > 0) & (before > 0)
    now, before = np.where(usable, now, np.nan), np.where(usable, before, np.nan)
    ratio = now / before
    middle = _quantiles(ratio, 0.5)
    symmetric = np.where(ratio < middle, 1 - middle / ratio, ratio / middle - 1)
    effect = symmetric * np.maximum(now, before) ** u
    low, middle, high = (_quantiles(effect, p) for p in (0.25, 0.5, 0.75))
    below, above = (np.maximum(gap, np.abs(a * middle)) for gap in (middle - low, high - middle))
    from_middle = effect - middle
    distance = from_middle / np.where(from_middle < 0, below, above)
    return Effects(effect, distance, (middle - c * below)[..., 0], (middle + c * above)[..., 0])


def _quantiles(values: FloatArray, p: float) -> FloatArray:
    """Of each row, at p(n+1) of its n usable values; as a column."""
    return np.asarray(np.nanquantile(values, p, axis=-1, keepdims=True, method="weibull"))
