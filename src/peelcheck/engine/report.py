"""A round → its report as data: figures, past, limits, queries, and which figures are in doubt."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from peelcheck import engine
from peelcheck.comparison.compare import Comparison
from peelcheck.comparison.force_figures import report as figures_of
from peelcheck.comparison.rates import Fraction, fraction
from peelcheck.engine.assess import compare_all
from peelcheck.engine.load import load
from peelcheck.engine.self_check import open_files
from peelcheck.engine.state import RunState
from peelcheck.errors import UsageError
from peelcheck.matching.files import Progress, quietly
from peelcheck.model import (
    Collection,
    Field,
    FigureSet,
    Measure,
    Query,
    Result,
    ReturnKind,
    Severity,
    Thresholds,
    Tier,
)
from peelcheck.model.report import Limits, MeasureView, Past, Report, Standing
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.folder import LARGEST_FILE, none_own
from peelcheck.rounds.forces import named_force
from peelcheck.statistics import expected_range
from peelcheck.tables.figures import Figures
from peelcheck.wording import exact, listed

YEARS = 5
"""Years of a force's own past that are shown, this one among them."""
_ILLUSTRATIVE = "illustrative"


def report(
    path: Path,
    forces: Sequence[str] = (),
    *,
    collection: str | None = None,
    schemas: Path | None = None,
    progress: Progress = quietly,
    is_own: Callable[[Path], bool] = none_own,
    max_file_size: int = LARGEST_FILE,
) -> Report:
    """Everything that the report of a round shows.

    Args:
        path: a round's folder.
        forces: those that get a page, in any spelling; all, if none is named.
        collection: as for `validate`.
        schemas: as for `validate`.
        progress: as for `validate`.
        is_own: as for `validate`.
        max_file_size: as for `validate`.

    Raises:
        PeelcheckError: as `validate`; or the path is no round.
    """
    opened = open_files([path], collection, schemas, is_own, alone=False, material=None)
    if not opened.whole:
        raise UsageError(f"{path}: is not a round (it has no round.yaml), so there is no report of it")
    chosen = tuple(named_force(force, opened.collection) for force in forces) or opened.collection.force_names
    options = {"collection": collection, "schemas": schemas, "is_own": is_own, "max_file_size": max_file_size}
    result = engine.validate([path], progress=progress, lines=False, **options)  # type: ignore[arg-type]
    round_ = replace(opened, largest=max_file_size)
    loaded = load(round_, (), RunState(), progress)
    comparisons = compare_all(round_, loaded.figures)
    stated = figures_of(round_, comparisons, loaded)
    declarations = Declarations.of(round_.declarations)
    texts = {one.reason: one.text for one in round_.declarations if one.reason and one.text}
    doubted = _doubted(result, comparisons, loaded.figures)
    views = [_view(one, stated, loaded.figures, declarations, doubted[one.measure.id]) for one in comparisons]
    views = [_with_texts(view, texts) for view in views]
    by_force: defaultdict[str, list[Query]] = defaultdict(list)
    for query in result.queries:
        if query.force:
            by_force[query.force].append(query)
    return Report(
        collection=round_.collection,
        title=round_.title,
        day=result.day,
        illustrative=_ILLUSTRATIVE in round_.title.lower(),
        measures=tuple(views),
        queries={force: tuple(by_force.get(force, ())) for force in round_.collection.force_names},
        standings=tuple(_standings(result, round_.collection)),
        chosen=chosen,
        ranges=tuple(_ranges(loaded.figures, round_.collection)),
        slugs={force.name: force.slug for force in round_.collection.forces},
        files=result.files,
    )


def _doubted(result: Result, comparisons: Sequence[Comparison], figures: Figures) -> Mapping[str, list[int]]:
    """The forces whose figure of each measure is an open error, or severe: by the measure, or by an item of it."""
    grave = [
        query
        for query in result.queries
        if query.status != "accepted" and (query.severity is Severity.ERROR or query.tier is Tier.SEVERE)
    ]
    measures = {(query.force, query.measure) for query in grave if query.measure}
    items = {
        (query.force, f"{query.return_name}.{query.item}", query.period_end) for query in grave if query.item
    }
    found: defaultdict[str, list[int]] = defaultdict(list)
    for one in comparisons:
        refs = [*one.measure.numerator.refs, *one.measure.denominator.refs]
        for i, force in enumerate(figures.forces):
            own = {end.year for name, ref, end in items if name == force and ref in refs and end is not None}
            if one.compared[i] and ((force, one.measure.id) in measures or own & {one.measure.years[0]}):
                found[one.measure.id].append(i)
    return found


def _view(
    comparison: Comparison,
    stated: FigureSet,
    figures: Figures,
    declarations: Declarations,
    doubted: Sequence[int],
) -> MeasureView:
    thresholds = stated.collection.thresholds
    measure = comparison.measure
    area = next(figure for figure in stated.area if figure.measure == measure.id)
    own = tuple(stated.of_measure(measure.id))
    marked: defaultdict[str, list[str]] = defaultdict(list)
    for figure in own:
        if figure.value is not None and (figure.status or figure.footnote):
            words = ": ".join(filter(None, (figure.status.replace("_", " "), figure.footnote)))
            marked[words].append(figure.force)
    return MeasureView(
        id=measure.id,
        title=measure.title,
        period=measure.period.describe(measure.years[0]),
        unit=measure.unit,
        noun=measure.noun,
        decimals=measure.decimals,
        percent=measure.kind == "proportion",
        in_report=measure.in_report,
        figures=own,
        area=area,
        area_in_doubt=comparison.area_without(doubted) if doubted and area.value is not None else None,
        doubted=tuple(figures.forces[i] for i in doubted),
        out={reason: tuple(names) for reason, names in stated.out_by_reason(measure.id).items()},
        marked={words: tuple(names) for words, names in marked.items()},
        past=_pasts(comparison, figures, declarations, thresholds),
        limits=tuple(_limits(comparison, thresholds)),
        source=_source(measure, stated.collection),
        notes=(*measure.notes, *_not_comparable(measure, stated.collection)),
        is_figure=measure.is_figure,
        in_numbers=measure.in_numbers,
        has_change=measure.change_of == "count",
    )


def _pasts(
    comparison: Comparison, figures: Figures, declarations: Declarations, thresholds: Thresholds
) -> dict[str, Past]:
    measure = comparison.measure
    year = measure.years[0]
    earlier: dict[int, Fraction] = {
        before: fraction(measure, figures, declarations, before, accepted=True)
        for before in range(year - YEARS + 1, year)
    }
    rates = {before: one.rate(measure.per) for before, one in earlier.items()} | {year: comparison.rates}
    low, high = expected_range(comparison.changes, thresholds.change_query)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (measure.per * bound / comparison.now.denominator for bound in (low, high))
    broken = sorted(
        {
            max(item.years)
            for ref in measure.numerator.refs
            for item in [_item(ref, figures)]
            if item is not None and item.series_break and item.years
        }
    )
    return {
        force: Past(
            tuple((one, _finite(rates[one][i])) for one in sorted(rates)),
            _finite(low[i]),
            _finite(high[i]),
            tuple(broken),
        )
        for i, force in enumerate(figures.forces)
    }


def _with_texts(view: MeasureView, texts: Mapping[str, str]) -> MeasureView:
    """The view with the reason of a declaration at length, where the round gives it."""

    def at_length(words: str) -> str:
        return next((words.replace(reason, text) for reason, text in texts.items() if reason in words), words)

    if not texts:
        return view
    return replace(
        view,
        out={at_length(words): names for words, names in view.out.items()},
        marked={at_length(words): names for words, names in view.marked.items()},
        figures=tuple(replace(figure, footnote=at_length(figure.footnote)) for figure in view.figures),
    )


def _ranges(figures: Figures, collection: Collection) -> Iterator[str]:
    """Between which numbers the inspectorate's own figures lie, such as the answers to a survey: a result, and no limit."""
    for name, table in figures.tables.items():
        if table.schema.kind is not ReturnKind.INSPECTION or table.schema.records:
            continue
        for item in table.schema.items:
            values = (
                figures.column(f"{name}.{item.name}", max(item.years)).usable if item.years else np.array([])
            )
            there = values[~np.isnan(values)]
            if len(there):
                many = f"{len(there):,} {collection.nouns.many}"
                yield f"{item.title}: between {exact(there.min())} and {exact(there.max())} in {many}."


def _source(measure: Measure, collection: Collection) -> str:
    """Who supplied the two sides of a measure, and where they are published."""
    sources = []
    for side in (measure.numerator, measure.denominator):
        schema = collection.returns.get(side.return_name)
        if schema is None:
            continue
        own = f"{collection.nouns.many}, return “{schema.title}”"
        sources.append(schema.published or (own if schema.kind is ReturnKind.RETURN else schema.owed_by))
    return "; ".join(dict.fromkeys(sources))


def _not_comparable(measure: Measure, collection: Collection) -> Iterator[str]:
    """What the figure is not to be compared with."""
    titles = {one.id: one.title for one in collection.measures}
    if measure.not_comparable_with:
        others = listed([f"“{titles[one]}”" for one in measure.not_comparable_with])
        yield f"Not to be compared with {others}, which is counted in another way."


def _item(ref: str, figures: Figures) -> Field | None:
    name, _, item = ref.partition(".")
    table = figures.tables.get(name)
    return next((field for field in table.schema.items if field.name == item), None) if table else None


def _limits(comparison: Comparison, thresholds: Thresholds) -> Iterator[Limits]:
    """The range in which each force would not be queried beside the others, by its denominator."""
    measure, below = comparison.measure, comparison.now.denominator
    low, high = expected_range(comparison.peers, thresholds.peer_query, below, measure.kind)
    for i in np.argsort(below):
        if comparison.compared[i] and np.isfinite(low[i]) and np.isfinite(high[i]) and below[i] > 0:
            times = measure.per / float(below[i])
            yield Limits(float(below[i]), float(low[i]) * times, float(high[i]) * times)


def _standings(result: Result, collection: Collection) -> Iterator[Standing]:
    """Each force with its returns: came, is missing or is not owed; errors and queries about it."""
    owed = (one for one in collection.returns.values() if one.kind is ReturnKind.RETURN and not one.optional)
    returns = [one.name for one in owed]
    came, missing = set(result.returns_received), set(result.returns_missing)
    for force in collection.forces:
        own = [query for query in result.queries if query.force == force.name]
        cells = {}
        for name in returns:
            about = [query for query in own if query.return_name == name]
            pair = (force.name, name)
            state = "came" if pair in came else "missing" if pair in missing else "awaited"
            cells[name] = (
                state,
                sum(query.severity is Severity.ERROR for query in about),
                sum(query.severity is Severity.QUERY for query in about),
            )
        yield Standing(
            force.name,
            force.slug,
            cells,
            sum(query.severity is Severity.ERROR for query in own),
            sum(query.severity is Severity.QUERY for query in own),
        )


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
