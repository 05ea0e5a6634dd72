"""`measures.yaml`: the comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peelcheck.model import Measure, Period, ReturnSchema, Side
from peelcheck.schema.entries import Entry, Table
from peelcheck.schema.problems import each
from peelcheck.wording import listed

KINDS: dict[str, Any] = {kind: kind for kind in ("rate", "ratio", "proportion")}
CHANGES: dict[str, Any] = {of: of for of in ("count", "rate")}
REQUIRED = (
    "id",
    "code",
    "title",
    "numerator",
    "denominator",
    "kind",
    "per",
    "unit",
    "noun",
    "numerator_noun",
    "decimals",
    "years",
    "period",
    "ask",
    "why",
    "source",
)
OPTIONAL = ("in_report", "in_numbers", "figure", "notes", "not_comparable_with", "change_of", "maximum")
"""The keys of a measure."""
SIDE_REQUIRED, SIDE_OPTIONAL = ("return", "items"), ("years_before",)
"""Those of its numerator and its denominator."""


def load_measures(
    entry: Entry, returns: Mapping[str, ReturnSchema], periods: Mapping[str, Period], year: int
) -> tuple[Measure, ...]:
    """Every comparison of a collection of that year, in the order in which the report has them."""
    measures = tuple(each(lambda one: _measure(one, returns, periods, year), entry.entries()))
    ids = {measure.id for measure in measures}
    for one, measure in zip(entry.entries(), measures, strict=True):
        for other in measure.not_comparable_with:
            if other not in ids - {measure.id}:
                one.table(REQUIRED, OPTIONAL)["not_comparable_with"].refuse(f"{other!r} is no other measure")
    return measures


def _measure(
    entry: Entry, returns: Mapping[str, ReturnSchema], periods: Mapping[str, Period], counted: int
) -> Measure:
    table = entry.table(REQUIRED, OPTIONAL)
    kind = table["kind"].one_of(KINDS)
    per = table["per"].whole(least=1)
    if kind == "proportion" and per != 100:
        table["per"].refuse("a proportion is shown as a percentage, so per must be 100")
    years, period = _years(table["years"], counted), table["period"].one_of(periods)
    numerator = _side(table["numerator"], returns, years[0], counted)
    _same_period(table["period"], period, returns[numerator.return_name], numerator.items)
    return Measure(
        id=table["id"].name(),
        code=table["code"].code(),
        title=table["title"].text(),
        numerator=numerator,
        denominator=_side(table["denominator"], returns, years[0], counted),
        kind=kind,
        per=per,
        unit=table["unit"].text(),
        noun=table["noun"].text(),
        numerator_noun=table["numerator_noun"].text(),
        decimals=table["decimals"].whole(least=0, most=6),
        years=years,
        period=period,
        in_report="in_report" in table and table["in_report"].flag(),
        ask=table["ask"].text(),
        why=table["why"].text(),
        source=table["source"].text(),
        change_of=table["change_of"].one_of(CHANGES) if "change_of" in table else "rate",
        file=entry.file,
        maximum=_maximum(table, kind),
        is_figure="figure" in table and table["figure"].flag(),
        in_numbers="in_numbers" in table and table["in_numbers"].flag(),
        notes=table["notes"].texts() if "notes" in table else (),
        not_comparable_with=table["not_comparable_with"].texts() if "not_comparable_with" in table else (),
    )


def _maximum(table: Table, kind: str) -> float | None:
    """More than this no figure can be; of a proportion that is known."""
    if "maximum" not in table:
        return 100 if kind == "proportion" else None
    if kind == "proportion":
        table["maximum"].refuse("a proportion is at most 100 in any case; please leave it out")
    maximum = table["maximum"].number()
    if maximum <= 0:
        table["maximum"].refuse(f"expected more than 0, not {maximum}")
    return float(maximum)


def _years(entry: Entry, year: int) -> tuple[int, ...]:
    """The years of a comparison; the figures that it is about are those of the collection's year."""
    years = entry.years()
    if years[0] != year:
        entry.refuse(f"expected the year of the collection, {year}, first, not {years[0]}")
    return years


def _side(entry: Entry, returns: Mapping[str, ReturnSchema], year: int, counted: int) -> Side:
    """`items` of one `return`, as they were some years before (`years_before`, 0 unless given).

    `year` is the measure's own, `counted` the only one in which records are counted.
    """
    table = entry.table(SIDE_REQUIRED, SIDE_OPTIONAL)
    name = table["return"].known(returns, "return")
    schema = returns[name]
    known = [*(f.name for f in schema.items), *(count.name for count in schema.counts)]
    items = table["items"].all_known(known, "item")
    before = table["years_before"].whole(least=0, most=10) if "years_before" in table else 0
    for item in items:
        years = schema[item].years if item in schema else (counted,)
        if year - before not in years:
            table["items"].refuse(
                f"{item} is not asked for in {year - before}, so nothing could be compared; "
                f"it is in {listed([str(each) for each in years])}"
            )
    return Side(name, items, -before)


def _same_period(entry: Entry, period: Period, schema: ReturnSchema, items: tuple[str, ...]) -> None:
    for item in items:
        own = schema[item].period if item in schema else None
        if own is not None and own != period:
            entry.refuse(f"{schema.name}.{item} has another period: {own.words}")
