"""Pages of rounds unlike the sample: no figures, zeros, negative ones, one bar of a hundred, long names, 200 bodies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from peelcheck.engine.report import report
from peelcheck.model import Figure
from peelcheck.model.bodies import Force
from peelcheck.model.report import MeasureView, Past, Report
from peelcheck.render.html import charts
from peelcheck.render.html.pages import all_page, force_page
from tests.support.rounds import SAMPLE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made() -> Report:
    return report(SAMPLE)


def with_values(
    made: Report, value: Callable[[int, Figure], float | None], names: list[str] | None = None
) -> Report:
    """The report with other figures, and with other bodies if they are named."""
    names = names or list(made.collection.force_names)
    views = []
    for view in made.measures:
        patterns = [view.figures[n % len(view.figures)] for n in range(len(names))]
        figures = tuple(
            replace(
                figure,
                force=name,
                value=(own := value(n, figure)),
                sentence="" if own is None else figure.sentence,
            )
            for n, (name, figure) in enumerate(zip(names, patterns, strict=True))
        )
        pasts = [*view.past.values()]
        past = {name: pasts[n % len(pasts)] for n, name in enumerate(names)}
        there = [figure.value for figure in figures if figure.value is not None]
        area = replace(view.area, value=sum(there) / len(there) if there else None)
        views.append(
            replace(
                view, figures=figures, past=past, area=area, area_in_doubt=None, doubted=(), marked={}, out={}
            )
        )
    forces = tuple(Force(name, "", "England", ()) for name in names)
    return replace(
        made,
        collection=replace(made.collection, forces=forces),
        measures=tuple(views),
        queries=dict.fromkeys(names, ()),
        standings=tuple(replace(made.standings[n % 43], force=name) for n, name in enumerate(names)),
        chosen=tuple(names),
        slugs={name: f"body-{n}" for n, name in enumerate(names)},
    )


def bars_of(view: MeasureView, force: str) -> charts.Bars:
    chart = charts.bars(view, force)
    assert all(
        bar.start >= charts.LEFT - 0.01 and bar.start + bar.width <= charts.RIGHT + 0.01 for bar in chart.bars
    )
    assert all(bar.width >= 0 for bar in chart.bars)
    return chart


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (lambda n, figure: None, "–"),
        (lambda n, figure: 0.0, "0"),
        (lambda n, figure: -float(n + 1), "-1"),
        (lambda n, figure: 1000.0 if n == 0 else 10.0, "1,000"),
        (lambda n, figure: 1e-9, "0"),
        (lambda n, figure: 1e14, "100,000,000,000,000"),
    ],
    ids=["no figure at all", "zeros", "negative", "one a hundred times the others", "tiny", "huge"],
)
def test_figures_unlike_any(value: Callable[[int, Figure], float | None], shown: str, made: Report) -> None:
    odd = with_values(made, value)
    force = odd.chosen[0]
    page = force_page(odd, force)
    assert shown in page
    for view in odd.measures:
        chart = bars_of(view, force)
        assert len(chart.bars) == sum(figure.value is not None for figure in view.figures)
        charts.funnel(view, force)
        charts.strip(view, force)
        charts.past(view, view.past[force])
    assert "nan" not in page.lower().replace("financ", "")
    all_page(odd)


def test_a_bar_a_hundred_times_the_others_is_cut_and_has_its_number(made: Report) -> None:
    odd = with_values(made, lambda n, figure: 1000.0 if n == 0 else 10.0 + n / 10)
    chart = bars_of(odd.measures[0], odd.chosen[0])
    assert [(bar.cut, bar.text) for bar in chart.bars[:2]] == [(True, "1,000"), (False, "14")]
    assert chart.bars[1].width > 150  # beside the figure for the area, which the long one bends


def test_one_body_alone(made: Report) -> None:
    odd = with_values(made, lambda n, figure: figure.value, names=["Kent"])
    assert force_page(odd, "Kent").count('<g class="bar">') <= 2
    all_page(odd)


def test_two_hundred_bodies_with_long_names(made: Report) -> None:
    names = [f"The Most Honourable Joint Constabulary of Somewhere No. {n:03}" for n in range(200)]
    odd = with_values(made, lambda n, figure: figure.value and figure.value * (1 + n / 300), names=names)
    page = force_page(odd, names[7])
    assert all(name in page for name in names)
    assert page.count('<g class="bar">') > 300
    assert ">The Most Hon…ere No. 007<" in page
    assert len(page.encode()) < 400_000
    assert all_page(odd).count("<tr>") >= 200


def test_a_past_without_a_year(made: Report) -> None:
    view = made.measures[0]
    assert charts.past(view, Past(((2016, None), (2017, None)), None, None, ())) is None
    line = charts.past(view, Past(((2016, 5.0), (2017, 6.0)), 4.0, 7.0, (2017,)))
    assert line is not None
    assert (len(line.points), len(line.breaks)) == (2, 1)
