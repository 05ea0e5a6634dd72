"""How far out a small count lies in a negative binomial distribution, as a normal deviate.

Worked in logarithms of tails, so that a count of 1,500 where 15 are expected, or of 10¹⁵, still has a finite
score.
"""

from __future__ import annotations

import itertools
import math
from statistics import NormalDist

# τ² of 12 is a spread between forces of a factor of 30 either way: there is nothing left to compare with, and
# beyond it the size e^-τ² is lost against 1.
_WIDEST_TAU2 = 12.0

# Below e^-600 a tail is too small for a double and the deviate comes from its asymptotic series.
_SMALLEST_LOG_TAIL = -600.0

_CONVERGED = 4e-15  # well above the rounding of one step, so that the fraction always comes to an end
_FARTHEST = 1e100  # the logarithm of its factorial is still a double
_NOTHING = 1e-9  # so small a part of a count has nothing below it
_TINY = 1e-300  # stands in for an exact zero in a denominator of the continued fraction

_STANDARD_NORMAL = NormalDist()


def deviate(y: float, mean: float, tau2: float) -> float:
    """The normal deviate with the same tail as a count in a negative binomial.

    The distribution has the given mean and size 1/(e^τ² − 1), so that its variance is mean + mean²·(e^τ² −
    1). The tail is mid-p: half of the probability of the count itself belongs to either side.

    Args:
        y: the count, 0 or more; need not be whole (the distribution function is continued by the incomplete
            beta).
        mean: above 0.
        tau2: above 0; above 12 it counts as 12.

    Returns:
        Below 0 for a count in the lower half, above 0 in the upper; always finite.
    """
    y = min(y, _FARTHEST)
    size = 1 / math.expm1(min(tau2, _WIDEST_TAU2))
    success, failure = size / (size + mean), mean / (size + mean)
    log_half = _log_probability(y, size, success, failure) - math.log(2)
    log_above = _log_sum(_log_beta(failure, success, y + 1, size), log_half)
    log_below = _log_sum(_log_beta(success, failure, size, y), log_half) if y > _NOTHING else log_half
    return _deviate_of(log_above) if log_above < log_below else -_deviate_of(log_below)


def _log_probability(y: float, size: float, success: float, failure: float) -> float:
    ways = math.lgamma(y + size) - math.lgamma(size) - math.lgamma(y + 1)
    return ways + size * math.log(success) + y * math.log(failure)


def _log_sum(a: float, b: float) -> float:
    """ln(e^a + e^b)."""
    return max(a, b) + math.log1p(math.exp(-abs(a - b)))


def _log_beta(x: float, rest: float, a: float, b: float) -> float:
    """Logarithm of the regularised incomplete beta function I_x(a, b); `rest` is 1 − x.

    Continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, on the side where it
    converges fast; the other side by I_x(a, b) = 1 − I_{1−x}(b, a).
    """
    if x > (a + 1) / (a + b + 2):
        return math.log(-math.expm1(_log_beta_fast(rest, x, b, a)))
    return _log_beta_fast(x, rest, a, b)


def _log_beta_fast(x: float, rest: float, a: float, b: float) -> float:
    front = math.lgamma(a + b) - math.lgamma(a + 1) - math.lgamma(b)
    return front + a * math.log(x) + b * math.log(rest) - math.log(_continued_fraction(x, a, b))


def _continued_fraction(x: float, a: float, b: float) -> float:
    """1 + d₁/(1 + d₂/(1 + …)), by the modified Lentz method."""
    value, c, d = 1.0, 1.0, 0.0
    for m in itertools.count(1):
        k = m // 2
        odd, even = -(a + k) * ((a + b + k) / (a + 2 * k)), k * ((b - k) / (a + m - 1))
        step = (odd if m % 2 else even) / (a + m) * x
        d = 1 / (1 + step * d or _TINY)
        c = 1 + step / c or _TINY
        value *= c * d
        if abs(c * d - 1) < _CONVERGED:
            break
    return value


def _deviate_of(log_tail: float) -> float:
    """The z with Φ(−z) = e^log_tail, for a tail of at most about a half."""
    if log_tail > _SMALLEST_LOG_TAIL:
        return -_STANDARD_NORMAL.inv_cdf(math.exp(log_tail))
    z = math.sqrt(-2 * log_tail)
    for _ in range(6):  # each step gains a factor of z² > 1,000
        w = 1 / z**2
        series = 1 - w + 3 * w**2 - 15 * w**3
        z = math.sqrt(-2 * (log_tail + math.log(z * math.sqrt(2 * math.pi)) - math.log(series)))
    return z
