"""The results of a fit and of a score."""

from __future__ import annotations

from typing import Literal, Self, get_args

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

Kind = Literal["rate", "ratio", "proportion"]
"""Count per population; two counts, neither part of the other; part of a whole."""

KINDS = get_args(Kind)

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

HALF = 0.5
"""Added to every count before its logarithm is taken, so that zero has one (Anscombe)."""

# Beyond e^±700 a double overflows: a product of absurd figures stays absurd, and finite.
_FARTHEST = 700.0


class Norm(Struct, frozen=True):
    """What the other forces lead one to expect: arrays with one element a force, or one force's numbers.

    Attributes:
        kind: the kind of comparison; `change` for one with the force's own past.
        centre: median of the others, on the scale compared: log rate, log ratio or log odds. For a change,
            one row a year looked back on, the most recent first: the log change from that year's figure to
            this year's; NaN for a year that too few of the others have.
        tau2: variance between forces on that scale, over and above counting error.
        others: how many other usable forces it rests on. Under `MINIMUM_OTHERS`, centre and tau2 are NaN.
    """

    kind: Kind | Literal["change"]
    centre: FloatArray
    tau2: FloatArray
    others: IntArray

    def of(self, i: int | IntArray) -> Self:
        """The norm of one force, to be handed to it, or of some."""
        return replace(self, centre=self.centre[..., i], tau2=self.tau2[i], others=self.others[i])


class Scores(Struct, frozen=True):
    """How figures stand against their norms: arrays with one element a force.

    All but `others` are NaN where the figure is not usable (blank, negative, no denominator) or where fewer
    than `MINIMUM_OTHERS` others are: the comparison was not run. Elsewhere all are finite.

    Attributes:
        score: distance from what was expected, in standard deviations; above 0 for a figure higher than
            expected.
        expected: what was expected, in counts of the numerator.
        spread: the standard deviation on the log (proportion: log odds) scale, the divisor of the score.
        centre: median of the others on that scale; for a change, the log change expected on the force's own
            past.
        tau2: the part of spread² that is real difference between forces, not counting error.
        others: how many other usable forces the norm rests on.
    """

    score: FloatArray
    expected: FloatArray
    spread: FloatArray
    centre: FloatArray
    tau2: FloatArray
    others: IntArray

    def alone(self, i: int) -> Scores:
        """One force's scores: arrays of one element."""
        return Scores(*(getattr(self, name)[i : i + 1] for name in self.__struct_fields__))


def floats(values: npt.ArrayLike) -> FloatArray:
    """The values as an array of doubles."""
    return np.asarray(values, dtype=np.float64)


def counts(values: npt.ArrayLike) -> FloatArray:
    """The values as doubles, with NaN for whatever is no count: blank, infinite, below zero."""
    array = floats(values)
    return np.where(np.isfinite(array) & (array >= 0), array, np.nan)


def exponential(x: FloatArray) -> FloatArray:
    """e^x, held within what a double can hold; NaN stays NaN."""
    return np.exp(np.clip(x, -_FARTHEST, _FARTHEST))
