"""Figures and comparisons in the report's language."""

from __future__ import annotations

from peelcheck.comparison.compare import InGroup, Standing
from peelcheck.comparison.evidence import Outlier
from peelcheck.model import Measure, Nouns
from peelcheck.wording import (
    about,
    against,
    counted,
    exact,
    listed,
    ranked,
    sentence,
    singular,
    small,
    spelled,
)

_BLIND_FACTOR = 2.0


def figure_in_words(measure: Measure, value: float) -> str:
    """A figure as the report words it: `1.3 risk assessments per domestic abuse crime`."""
    shown = small(value, measure.decimals)
    if measure.kind == "proportion":
        return f"{shown}% {measure.noun}"
    return f"{shown} {singular(measure.noun) if shown == '1' else measure.noun}"


def standing_in_words(
    measure: Measure, value: float, standing: Standing | None, area: float | None, nouns: Nouns
) -> str:
    """`second lowest of the 42 forces compared, 37 percent below the Northshire rate of 2.1`.

    A figure that is compared with nobody's, as it is impossible, has no standing.
    """
    why = (
        "the part is larger than the whole"
        if measure.kind == "proportion"
        else "it is more than there can be"
    )
    words = f"impossible, because {why}"
    if standing is not None:
        place = ranked(standing.above, standing.below, standing.of)
        words = f"{place} of the {standing.of} {nouns.many} compared"
    how = against(value, area) if area is not None else ""
    if area is None or not how:
        return words
    percent = "%" if measure.kind == "proportion" else ""
    joint = "," if standing is not None else ";"
    return f"{words}{joint} {how} the {nouns.area_kind} rate of {small(area, measure.decimals)}{percent}"


def group_in_words(measure: Measure, group: InGroup, nouns: Nouns) -> str:
    """How a figure stands in its force's group: `Among its eight most similar forces it is highest; …`; "" for none."""
    place = group.standing
    if group.rate is None or place is None:
        return ""
    compared = place.of - 1
    own = f"its {spelled(group.size)} most similar {nouns.many if group.size > 1 else nouns.one}"
    among = own if compared == group.size else f"the {spelled(compared)} of {own} with a figure"
    percent = "%" if measure.kind == "proportion" else ""
    return (
        f"Among {among} it is {ranked(place.above, place.below, place.of)}; "
        f"their combined rate is {small(group.rate, measure.decimals)}{percent}."
    )


def say_outlier(measure: Measure, outlier: Outlier, nouns: Nouns) -> str:
    """The sentences of an outlier: the figure, its rank, what was expected and why, and whether an error would be seen."""
    value = outlier.value
    parts = [
        f"{sentence(figure_in_words(measure, value))} ({counted(outlier.count, measure.numerator_noun)}): "
        f"{standing_in_words(measure, value, outlier.standing, outlier.area_rate, nouns)}.",
        _left_out(outlier.is_far_out, outlier.others_far_out, nouns),
        group_in_words(measure, outlier.group, nouns),
    ]
    low, high = outlier.count_range
    source = (
        f"the {nouns.one}'s own earlier figures" if outlier.own_past else f"the other {nouns.own} figures"
    )
    parts.append(
        f"Based on {source}, about {about(outlier.count_expected)} {measure.numerator_noun} were expected, "
        f"between {about(low)} and {about(high)}."
    )
    if outlier.count_before is not None:
        parts.append(f"The year before, it was {exact(outlier.count_before)}.")
    if outlier.count_fits:
        below = listed([noun.replace("_", " ") for noun in measure.denominator.items])
        parts.append(
            f"The number of {measure.numerator_noun} is in line with the {nouns.one}'s own earlier figures, so the figure it "
            f"is divided by ({below}) may be wrong."
        )
    if outlier.cause:
        parts.append(f"Likely cause: {outlier.cause}.")
    if outlier.factor_visible > _BLIND_FACTOR:
        parts.append("The counts are small: an error of up to twofold would not be detected.")
    return " ".join(part for part in parts if part)


def _left_out(own: bool, others: int, nouns: Nouns) -> str:
    """Which extreme figures the area's rate in a query excludes; "" if there are none."""
    if not others:
        return f"The {nouns.area_kind} rate shown excludes this figure." if own else ""
    besides = f"{spelled(others)} other extreme {'figure' if others == 1 else 'figures'}"
    return f"The {nouns.area_kind} rate shown excludes {'this figure and ' if own else ''}{besides}."
