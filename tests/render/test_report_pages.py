"""The report's pages: every number is that of the figures, every bar as long as its number, and nothing a file says acts."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from peelcheck.engine.report import report
from peelcheck.model.report import Report
from peelcheck.render.html import POLICY, charts
from peelcheck.render.html.pages import all_page, force_page
from peelcheck.schema import find_collection, load_collection
from tests.support.rounds import SAMPLE
from tests.support.running import peelcheck

pytestmark = pytest.mark.slow
NUMBERS = [measure.id for measure in load_collection(find_collection("peel-2017")).measures[:9]]
"""The nine figures of the report's page of numbers are the first nine measures."""


@pytest.fixture(scope="module")
def made() -> Report:
    return report(SAMPLE)


@pytest.fixture(scope="module")
def stated() -> dict[str, Any]:
    ran = peelcheck("figures", SAMPLE, "--format", "json")
    assert ran.exit_code == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


class Page(HTMLParser):
    """The elements of a page: each with its attributes and the text in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[tuple[dict[str, str | None], list[tuple[str, str]]]] = []
        self.bars: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._svg: dict[str, str | None] = {}
        self._cell = self._bar = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.elements.append((tag, own))
        if tag == "tr":
            self.rows.append((own, []))
        if tag in ("td", "th") and self.rows:
            self.rows[-1][1].append((own.get("class") or "", ""))
            self._cell = True
        if tag == "svg":
            self._svg = own
        if tag == "g" and own.get("class") == "bar":
            self.bars.append((self._svg.get("aria-labelledby") or "", self._svg, []))
            self._bar = True
        if tag == "rect" and self._bar:
            self.bars[-1][2].append(f"{own['x']} {own['width']}")

    def handle_endtag(self, tag: str) -> None:
        self._cell &= tag not in ("td", "th")
        self._bar &= tag != "g"

    def handle_data(self, data: str) -> None:
        if self._cell:
            kind, text = self.rows[-1][1][-1]
            self.rows[-1][1][-1] = kind, text + data
        if self._bar and data.strip():
            self.bars[-1][2].append(data.strip())


def shown(value: float | None, figure: dict[str, Any]) -> str:
    if value is None:
        return "–"
    percent = "%" if figure["unit"] == "percent" else ""
    return f"{value:,.{figure['decimals']}f}{percent}"


def by_key(stated: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(one["force"], one["measure"]): one for one in stated["figures"]}


def test_every_number_of_force_in_numbers_is_that_of_the_figures(
    made: Report, stated: dict[str, Any]
) -> None:
    figures, area = by_key(stated), {one["measure"]: one for one in stated["england_and_wales"]}
    checked = 0
    for force in made.chosen:
        page = Page(force_page(made, force))
        rows = {own["data-measure"]: cells for own, cells in page.rows if "data-measure" in own}
        assert list(rows) == NUMBERS
        for measure, cells in rows.items():
            figure, whole = figures[force, str(measure)], area[str(measure)]
            texts = {kind.split()[-1]: text for kind, text in cells if kind}
            assert texts["value"] == shown(figure["value"], figure)
            assert texts["area"].startswith(shown(whole["value"], figure))
            if figure["change_of"] == "count":
                assert texts["change"] == ("–" if figure["change"] is None else f"{figure['change']:+.0f}%")
            else:
                assert texts["change"] == ""
            checked += 1
    assert checked == 43 * 9


def test_every_bar_is_as_long_as_its_number(made: Report, stated: dict[str, Any]) -> None:
    figures, checked = by_key(stated), 0
    for force in made.chosen:
        page = Page(force_page(made, force))
        assert len({label for label, _, _ in page.bars}) == 2
        for label, svg, (name, place, text) in page.bars:
            measure = label.removeprefix("t-")
            figure = figures[re.sub(r" \(\d+\)$", "", name), measure]
            zero, scale = float(svg["data-zero"] or 0), float(svg["data-scale"] or 0)
            start, width = map(float, place.split())
            assert text == shown(figure["value"], figure)
            end = min(zero + figure["value"] * scale, charts.RIGHT)
            assert start + width == pytest.approx(end, abs=0.02)
            checked += 1
    assert checked == 43 * (38 + 42)


def test_points_of_every_chart_stand_where_their_figures_are(made: Report, stated: dict[str, Any]) -> None:
    figures = by_key(stated)
    for view in made.measures:
        for force in ("Kent", "West Midlands", "City of London"):
            points = {point.force: point for point in charts.strip(view, force)}
            values = {name: figures[name, view.id]["value"] for name in points}
            order = sorted(points, key=lambda name: points[name].x)
            assert [values[name] for name in order] == sorted(values.values())
            assert [point.own for point in points.values()].count(True) == (
                figures[force, view.id]["value"] is not None
            )
            line = charts.past(view, view.past[force])
            if line and figures[force, view.id]["value"] is not None:
                last = line.points[-1]
                assert (last[2], last[3]) == (
                    2017,
                    shown(figures[force, view.id]["value"], figures[force, view.id]),
                )


def test_a_draft_says_so_and_shows_england_and_wales_with_and_without(made: Report) -> None:
    page = force_page(made, "West Midlands")
    assert "DRAFT: not for publication. In doubt: Calls for assistance; Domestic abuse arrests" in page
    (view,) = [view for view in made.measures if view.id == "da_arrest_rate"] or [made.measures[9]]
    assert (round(view.area.value or 0), round(view.area_in_doubt or 0), view.doubted) == (68, 48, ("Kent",))
    assert "leaves out the figures in doubt: Kent" in page


def test_the_page_for_a_force_itself_has_no_figure_of_another(made: Report) -> None:
    for force in made.chosen:
        page = force_page(made, force, own_only=True)
        for note in (note for view in made.measures for note in view.notes):
            page = page.replace(note, "")  # what stands with the measure is no figure
        for other in made.chosen:
            if other != force and other not in force and force not in other:
                mentioned = (
                    page.replace(f"South {other}", "")
                    .replace(f"North {other}", "")
                    .replace(f"West {other}", "")
                )
                assert other not in mentioned or any(
                    other in query.message or other in str(query.locations) for query in made.queries[force]
                ), (force, other)


def test_all_forces_are_in_the_matrix(made: Report) -> None:
    page = Page(all_page(made))
    links = [own["href"] for tag, own in page.elements if tag == "a"]
    assert links == [f"{made.slugs[force]}.html" for force in made.chosen]
    assert "missing, 1 error" in all_page(made)


def test_every_page_keeps_the_policy_and_has_no_script(made: Report) -> None:
    for text in (all_page(made), *(force_page(made, force) for force in made.chosen[:5])):
        page = Page(text)
        assert ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}) in page.elements
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "img", "iframe", "object", "embed", "form", "link", "base"}
        assert not any(name.startswith("on") for _, own in page.elements for name in own)
        assert len(text.encode()) < 150_000


def hostile_round(folder: Path) -> Path:
    """The sample round with markup in every kind of text that a page shows."""
    import shutil

    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"
    shutil.copytree(SAMPLE, folder)
    text = (folder / "round.yaml").read_text(encoding="utf-8")
    (folder / "round.yaml").write_text(
        re.sub(r"title: .*", lambda _: "title: " + json.dumps(f"Round {bad}"), text), encoding="utf-8"
    )
    path = folder / "returns" / "west-midlands" / "marac.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[4], cells[-1] = '"' + bad.replace('"', '""') + '"', '"' + bad.replace('"', '""') + '"'
    path.write_text(
        "\n".join([lines[0] + ',"' + bad.replace('"', '""') + '"', ",".join(cells) + ",x", *lines[2:]]),
        encoding="utf-8",
    )
    with (folder / "declarations.csv").open("a", encoding="utf-8") as file:
        quoted = bad.replace('"', '""')
        file.write(
            f'West Midlands,,organised_crime_groups,active,,2017-07-01,estimated,"{quoted}","{quoted}"\n'
        )
    return folder


def test_what_a_file_says_is_text_on_every_page(made: Report, tmp_path: Path) -> None:
    hostile = report(hostile_round(tmp_path / "round"))
    for force in ("West Midlands", "Kent"):
        plain, bad = Page(force_page(made, force)), Page(force_page(hostile, force))
        assert {tag for tag, _ in bad.elements} <= {tag for tag, _ in plain.elements} | {"ol", "li", "ul"}
        assert "&lt;script&gt;" in force_page(hostile, force)
    ran = peelcheck("validate", tmp_path / "round", "--format", "html")
    assert not {tag for tag, _ in Page(ran.stdout).elements} & {"script", "img"}
    assert "&lt;img src=x" in ran.stdout


def test_the_page_of_a_force_alone_says_what_could_not_be_compared() -> None:
    file = SAMPLE / "returns" / "essex" / "marac.csv"
    page = peelcheck("validate", file, "--alone", "--format", "html").stdout
    table = " ".join(peelcheck("validate", file, "--alone").stdout.split())
    assert re.search(r"No queries from the \d+ checks? that could run\.", page)
    (words,) = re.findall(r'<p class="held">(.*?)</p>', page)
    assert "could not be made: " in words
    assert words in table


def test_the_command_writes_pages_and_overwrites_only_its_own(tmp_path: Path) -> None:
    out = tmp_path / "report"
    assert peelcheck("report", SAMPLE, "--force", "kent police", "--output", out).exit_code == 0
    assert [path.name for path in out.iterdir()] == ["kent.html"]
    assert peelcheck("report", SAMPLE, "--force", "Kent", "--output", out).exit_code == 0
    (out / "kent.html").write_text("mine", encoding="utf-8")
    ran = peelcheck("report", SAMPLE, "--force", "Kent", "--output", out)
    assert (ran.exit_code, (out / "kent.html").read_text(encoding="utf-8")) == (2, "mine")
    assert peelcheck("report", SAMPLE / "returns" / "kent", "--output", out).exit_code == 2


def test_formal_and_welsh_names_notes_and_sources(made: Report) -> None:
    page = force_page(made, "Gwent")
    assert "<h1>Gwent Police in numbers</h1>" in page
    assert '<p lang="cy">Heddlu Gwent</p>' in page
    assert "An arrest is not linked to an offence" in page
    assert (
        "Source: forces, return “Domestic abuse”; Home Office, crimes marked as domestic abuse, supplied for this collection"
        in page
    )
    assert "Not to be compared with “Domestic abuse crimes charged or summonsed”" in page
    assert 'lang="cy"' not in force_page(made, "Kent")
    assert (
        "arrest data could not be provided: Durham Constabulary, Lancashire Constabulary, Warwickshire Police"
        in page
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.1 (relative luminance)."""

    def luminance(colour: str) -> float:
        full = colour.lstrip("#")
        full = "".join(c * 2 for c in full) if len(full) == 3 else full
        parts = [int(full[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_stand_out_and_so_do_marks(made: Report) -> None:
    page = force_page(made, "West Midlands")
    style = page[page.index("<style>") : page.index("</style>")]
    words = {
        *re.findall(r"(?<![-\w])color:(#\w+)", style),
        *re.findall(r"--(?:ink|quiet|own|line):(#\w+)", style),
    }
    assert len(words) >= 4
    for colour in words:
        assert contrast(colour, "#ffffff") >= 4.5, colour
        assert contrast(colour, "#fff3ef") >= 4.5, colour
    assert contrast("#1b1b1b", "#f3e3b3") >= 4.5  # a number on the band
    assert contrast("#0b3d6e", "#9fb6cc") >= 3  # the force's bar beside the others, which is bold too
    for mark in ("#a33500", "#8a6100", "#6d8aa6", "#0b3d6e"):
        assert contrast(mark, "#ffffff") >= 3, mark


def test_the_reason_at_length_and_the_ranges_of_surveys(made: Report, tmp_path: Path) -> None:
    import shutil

    assert "Public survey responses: between -" not in all_page(made)
    assert re.search(r"Staff survey responses: between \d+ and 1,678 in 43 forces\.", all_page(made))
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    path = root / "declarations.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    long = "The force changed its system in June; <b>arrests</b> before that could not be carried over."
    rows = [lines[0] + ",text", *(line + "," for line in lines[1:])]
    (n,) = [
        n for n, line in enumerate(rows) if line.startswith("Lancashire,,domestic_abuse,arrests,,2017")
    ] or [0]
    reason = lines[n].split(",")[7] if n else ""
    rows = [row + f'"{long}"' if n and row.split(",")[7] == reason else row for row in rows]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    page = force_page(report(root, ["Kent"]), "Kent")
    assert n
    assert (
        "The force changed its system in June; &lt;b&gt;arrests&lt;/b&gt; before that could not be carried over."
        in page
    )
    assert reason not in page.replace(f"the year before: arrests not supplied: {reason}", "")
