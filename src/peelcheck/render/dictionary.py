"""The dictionary of a collection as a web page, Markdown, CSV or a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO

from peelcheck.engine.dictionary import Dictionary, DictionaryRow
from peelcheck.render.csv import spreadsheet
from peelcheck.render.fields import Cell
from peelcheck.render.markdown import text
from peelcheck.render.safe import visible
from peelcheck.render.xlsx import written_to

COLUMNS = (
    "return", "return_title", "supplied_by", "item", "title", "definition", "unit", "type", "period", "years", "allowed",
    "checks", "status", "changes",
)  # fmt: skip
_HEADINGS = {
    "item": "Column", "title": "Title", "definition": "Definition", "unit": "Unit", "type": "Type", "period": "Period",
    "years": "Years", "allowed": "Allowed", "checks": "Checks that look at it",
}  # fmt: skip
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
body{font:1rem/1.45 system-ui,sans-serif;margin:1.5rem auto;max-width:90rem;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%;margin:0 0 2rem}th,td{border:1px solid #8a8a8a;padding:.35rem .5rem;text-align:left;
vertical-align:top}thead th{background:#e6ecf2}code{font-size:.95em}.mark{font-weight:bold}ul{margin:0;padding-left:1.1rem}
nav ul{columns:2}a{color:#0b4f8a}.scroll{overflow-x:auto}
@media print{nav{display:none}body{max-width:none}}
"""


def _row(row: DictionaryRow) -> Mapping[str, Cell]:
    return {
        "return": row.return_name,
        "return_title": row.return_title,
        "supplied_by": row.supplied_by,
        "item": row.item,
        "title": row.title,
        "definition": row.definition,
        "unit": row.unit,
        "type": row.type,
        "period": row.period,
        "years": ", ".join(map(str, row.years)),
        "allowed": row.allowed,
        "checks": " ".join(row.checks),
        "status": row.status,
        "changes": " ".join(row.changes),
    }


def as_csv(what: Dictionary) -> str:
    """A row for each column of each return."""
    return spreadsheet(COLUMNS, map(_row, what.rows))


def as_xlsx(what: Dictionary) -> bytes:
    """The same as a workbook made for reading."""
    out = BytesIO()
    with written_to(out) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8E8E8"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        sheet = book.add_worksheet("Dictionary")
        for n, column in enumerate(COLUMNS):
            sheet.write_string(0, n, column, head)
            sheet.set_column(
                n, n, {"definition": 60, "checks": 70, "allowed": 30, "changes": 50}.get(column, 18)
            )
        for number, row in enumerate(what.rows, start=1):
            for n, column in enumerate(COLUMNS):
                sheet.write_string(number, n, visible(str(_row(row)[column])), plain)
        sheet.freeze_panes(1, 4)
        sheet.autofilter(0, 0, max(len(what.rows), 1), len(COLUMNS) - 1)
    return out.getvalue()


def as_markdown(what: Dictionary) -> str:
    """A heading and a table for each return."""
    lines = [f"# {text(what.title)}: dictionary", ""]
    if what.compared_with:
        lines += [f"Compared with {text(what.compared_with)}.", ""]
        lines += [f"- No longer there: {text(one)}" for one in what.gone] + [""] * bool(what.gone)
    for rows in _by_return(what):
        lines += [f"## {text(rows[0].return_title)} (`{rows[0].return_name}`)", ""]
        lines += [f"Supplied by: {text(rows[0].supplied_by)}.", ""]
        lines += [f"| {' | '.join(_HEADINGS.values())} |", f"|{'---|' * len(_HEADINGS)}"]
        for row in rows:
            cells = _row(row)
            shown = [text(str(cells[name])) for name in _HEADINGS]
            shown[0] = f"`{row.item}`{_marked(row)}"
            shown[-1] = "<br>".join(map(text, (*row.checks, *row.changes)))
            lines.append(f"| {' | '.join(shown)} |")
        lines.append("")
    return "\n".join(lines)


def _marked(row: DictionaryRow) -> str:
    return f" ({row.status})" if row.status else ""


def as_html(what: Dictionary) -> str:
    """One page without anything from elsewhere: no script, no picture, no font."""
    title = f"{escape(visible(what.title))}: dictionary"
    body = [
        f"<header><h1>{title}</h1>",
        *([f"<p>Compared with {escape(visible(what.compared_with))}.</p>"] if what.compared_with else []),
        *([_list(["No longer there: " + one for one in what.gone])] if what.gone else []),
        '</header><nav aria-label="Returns"><ul>',
        *(
            f'<li><a href="#{rows[0].return_name}">{escape(rows[0].return_title)}</a></li>'
            for rows in _by_return(what)
        ),
        "</ul></nav><main>",
        *(part for rows in _by_return(what) for part in _table(rows)),
        "</main>",
    ]
    head = (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
    )
    return head + "\n".join(body) + "</body></html>\n"


def _table(rows: list[DictionaryRow]) -> Iterator[str]:
    first = rows[0]
    yield f'<h2 id="{first.return_name}">{escape(visible(first.return_title))} <code>{first.return_name}</code></h2>'
    yield f"<p>Supplied by: {escape(visible(first.supplied_by))}.</p>"
    yield f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{first.return_name}"><table><thead><tr>'
    yield (
        "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS.values()) + "</tr></thead><tbody>"
    )
    for row in rows:
        cells = _row(row)
        mark = f' <span class="mark">{row.status}</span>' if row.status else ""
        yield f'<tr><th scope="row"><code>{escape(row.item)}</code>{mark}</th>'
        yield "".join(f"<td>{escape(visible(str(cells[name])))}</td>" for name in list(_HEADINGS)[1:-1])
        yield f"<td>{_list([*row.checks, *row.changes])}</td></tr>"
    yield "</tbody></table></div>"


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(visible(line))}</li>' for line in lines)}</ul>" if lines else ""


def _by_return(what: Dictionary) -> list[list[DictionaryRow]]:
    names = dict.fromkeys(row.return_name for row in what.rows)
    return [[row for row in what.rows if row.return_name == name] for name in names]


FORMATS = {"html": as_html, "markdown": as_markdown, "csv": as_csv, "xlsx": as_xlsx}
ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".csv": "csv", ".xlsx": "xlsx"}
