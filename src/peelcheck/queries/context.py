"""What a collection knows about a query: the words for its period, and how exactly its figure is stated."""

from __future__ import annotations

from peelcheck.model import Collection, Query
from peelcheck.wording import day


def period_in_words(query: Query, collection: Collection) -> str:
    """The period in words; only its last day where it is not certain, as with a column of dates that may be wrong."""
    end, schema = query.period_end, collection.returns.get(query.return_name or "")
    if end is None:
        return ""
    every = {field.period for field in schema.items if field.period} if schema else set()
    own = schema[query.item].period if schema and query.item and query.item in schema else None
    of_row = {period for period in every if query.item is None and period.ends_on(end)}
    fitting = of_row if own is None else {own}
    if len(fitting) == 1 and not any(period.floating for period in fitting):
        return next(iter(fitting)).describe(end.year)
    asked = fitting or every
    as_at = bool(asked) and all(period.kind == "as_at" for period in asked)
    return f"{'as at' if as_at else 'to'} {day(end)}"


def decimals_of(query: Query, collection: Collection) -> int:
    """The decimal places of the measure that a query is about; 1 if it is about no measure."""
    return next((m.decimals for m in collection.measures if m.id == query.measure), 1)
