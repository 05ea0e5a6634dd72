"""A template as a workbook in which little can be typed wrongly, or as plain CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from peelcheck.engine.templates import Template, TemplateRow, TemplateSheet
from peelcheck.model import Field
from peelcheck.model.proposals import FIGURES, NAME, PROPOSED, REASON, SHEET_READ_ME, STATUS, SUM
from peelcheck.render.csv import spreadsheet
from peelcheck.render.xlsx import written_to
from peelcheck.wording import exact

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST_SHEET_NAME = 31
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
"""What Excel shows beside a cell that is selected."""
_RECORDS = 20_000
"""Rows of a return of records that have rules for their cells."""
_OF_THE_ROW = ("force", "force_code", "period_start", "period_end")
_MOST = 10**15
_EARLIEST = datetime(1900, 1, 1)

Formats = Mapping[str, Any]


def as_workbook(template: Template) -> bytes:
    """A sheet that explains, and a sheet for each return: what is known is filled in and locked, each figure has its rule."""
    out = BytesIO()
    with written_to(out) as book:
        formats = _formats(book)
        _explain(book.add_worksheet(SHEET_READ_ME), template, formats)
        for one in template.sheets:
            sheet = book.add_worksheet(_sheet_name(one))
            book.define_name(f"{NAME}{one.schema.name}", f'="{one.checksum}"')
            _Filled(sheet, one, template, formats).fill()
    return out.getvalue()


def as_csv(template: Template) -> dict[str, str]:
    """The text of a plain CSV file for each return, by the return's name."""
    return {
        one.schema.name: spreadsheet(
            one.schema.columns,
            [{**dict.fromkeys(one.schema.columns), **_known(template, row)} for row in one.rows],
        )
        for one in template.sheets
    }


def _known(template: Template, row: TemplateRow) -> dict[str, Any]:
    """What is filled in of a row."""
    return {
        "force": template.force,
        "force_code": template.code,
        "period_start": row.start,
        "period_end": row.end,
    }


def _sheet_name(one: TemplateSheet) -> str:
    return one.schema.name[:_LONGEST_SHEET_NAME]


def _formats(book: Workbook) -> Formats:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format({**wrapped, "bold": True, "bg_color": "#D9E2EC", "border": 1}),
        "aside": book.add_format({**wrapped, "italic": True, "bg_color": "#F1F1F1", "border": 1}),
        "known": book.add_format({"bg_color": "#F1F1F1", "num_format": "@"}),
        "known_date": book.add_format({"bg_color": "#F1F1F1", "num_format": "d mmm yyyy", "align": "left"}),
        "not_owed": book.add_format({"bg_color": "#D0D0D0"}),
        "figure": book.add_format({"locked": False, "num_format": "#,##0", "border": 1}),
        "number": book.add_format({"locked": False, "num_format": "General", "border": 1}),
        "date": book.add_format({"locked": False, "num_format": "d mmm yyyy", "align": "left", "border": 1}),
        "text": book.add_format({"locked": False, "num_format": "@", "border": 1}),
        "sum": book.add_format({"font_color": "#606060", "italic": True, "num_format": "#,##0"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "plain": book.add_format(wrapped),
    }


def _explain(sheet: Worksheet, template: Template, formats: Formats) -> None:
    """The first sheet: what this is, how it is filled in, and which returns there are."""
    nouns = template.collection.nouns
    lines = [
        f"{template.collection.title}: returns of {template.force}",
        "",
        "Each sheet is a return. Grey cells are filled in and locked; please fill in the cells with a border.",
        "Click on a cell to see what belongs in it. A figure that does not fit is refused when it is typed, not when it is "
        "pasted.",
        "Write 0 for zero. Leave a cell blank only if there is no figure, and say so under the headings on the right: "
        f"“{STATUS}”, “{FIGURES}” (blank: all figures of the row) and “{REASON}”.",
        f"What you say there is proposed to those who collect the figures of the {nouns.many}. It changes no figure.",
        f"A column that begins with “{SUM.strip()}” shows the sum of the parts beside a total that you fill in yourself.",
        "Save the workbook and send it as it is, or check it first: peelcheck validate FILE",
        "",
    ]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, formats["title" if row == 0 else "plain"])
    for row, one in enumerate(template.sheets, start=len(lines)):
        sheet.write_string(
            row, 0, f"{_sheet_name(one)}: {one.schema.title}. {one.schema.description}", formats["plain"]
        )
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    sheet.protect()


class _Filled:
    """A sheet of a return while it is filled in."""

    def __init__(self, sheet: Worksheet, one: TemplateSheet, template: Template, formats: Formats) -> None:
        self._sheet, self._one, self._template, self._formats = sheet, one, template, formats
        self._columns = list(one.schema.fields)
        self._at = {field.name: n for n, field in enumerate(self._columns)}

    def fill(self) -> None:
        """Headings, rows, rules."""
        asides = [
            STATUS,
            FIGURES,
            REASON,
            *(f"{SUM}{self._one.schema[total].title}" for total in self._one.sums),
        ]
        for n, field in enumerate(self._columns):
            self._sheet.write_string(0, n, field.title, self._formats["head"])
        for n, heading in enumerate(asides, start=len(self._columns)):
            self._sheet.write_string(0, n, heading, self._formats["aside"])
        if self._one.schema.records:
            self._records()
        for number, row in enumerate(self._one.rows, start=1):
            self._row(number, row)
        self._sheet.set_row(0, 48)
        self._sheet.set_column(0, len(self._columns) - 1, 14)
        self._sheet.set_column(len(self._columns), len(self._columns) + len(asides) - 1, 24)
        self._sheet.freeze_panes(1, 2)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.protect(
            options={"format_columns": True, "format_rows": True, "insert_rows": self._one.schema.records}
        )

    def _row(self, number: int, row: TemplateRow) -> None:
        for name, value in _known(self._template, row).items():
            if name in self._at:
                self._of_the_row(number, name, value, row)
        for field in self._columns:
            if field.name in _OF_THE_ROW:
                continue
            if field.is_item and field.name not in row.owed:
                self._sheet.write_blank(number, self._at[field.name], None, self._formats["not_owed"])
            else:
                self._cell(number, number, field, row)
        self._asides(number, row)

    def _of_the_row(self, number: int, name: str, value: Any, row: TemplateRow) -> None:
        """A cell that is known, and locked; or the date that the force chooses."""
        at = self._at[name]
        if isinstance(value, date):
            self._sheet.write_datetime(
                number, at, datetime(value.year, value.month, value.day), self._formats["known_date"]
            )
        elif value is None:
            self._sheet.write_blank(number, at, None, self._formats["date"])
            first, last = _moment(row.earliest), _moment(row.latest)
            said = f"The date of the figures, {row.words}: the same in both columns."
            rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
            self._validate(number, number, at, rule, self._one.schema[name].title, said)
        else:
            self._sheet.write_string(number, at, value, self._formats["known"])

    def _cell(self, first: int, last: int, field: Field, row: TemplateRow | None = None) -> None:
        """The cells of one field in some rows: their format, their rule and their message."""
        at = self._at[field.name]
        rule, form, wanted = _rule(field)
        for number in range(first, last + 1) if row else ():
            self._sheet.write_blank(number, at, None, self._formats[form])
        if row is None:
            self._sheet.set_column(at, at, 14, self._formats[form])
        said = [field.description, wanted]
        if row and field.name in row.accepted:
            said.append(f"Accepted before: {exact(row.accepted[field.name])}.")
        self._validate(first, last, at, rule, field.title, " ".join(filter(None, said)))

    def _validate(self, first: int, last: int, at: int, rule: dict[str, Any], title: str, said: str) -> None:
        wanted = rule.pop("wanted", said)
        self._sheet.data_validation(
            first, at, last, at,
            {
                **rule,
                "ignore_blank": True,
                "input_title": _cut(title, _LONGEST_TITLE),
                "input_message": _cut(said, _LONGEST_MESSAGE),
                "error_title": _cut(title, _LONGEST_TITLE),
                "error_message": _cut(wanted, _LONGEST_MESSAGE),
            },
        )  # fmt: skip

    def _asides(self, number: int, row: TemplateRow) -> None:
        """Status, figures, reason; and the sums of the totals that are owed."""
        first = len(self._columns)
        for n in range(3):
            self._sheet.write_blank(number, first + n, None, self._formats["text"])
        values = [status.value.replace("_", " ") for status in PROPOSED]
        rule = {"validate": "list", "source": values, "wanted": f"Please choose one: {', '.join(values)}."}
        said = "Only if a figure cannot be supplied as it is asked for. Please give the reason too."
        self._validate(number, number, first, rule, STATUS, said)
        for n, (total, parts) in enumerate(self._one.sums.items(), start=first + 3):
            there = [part for part in parts if part in row.owed]
            if total in row.owed and there:
                cells = ",".join(f"{_letters(self._at[part])}{number + 1}" for part in there)
                self._sheet.write_formula(number, n, f"=SUM({cells})", self._formats["sum"])

    def _records(self) -> None:
        """The rules of a return with one row for each record; the first cells of the first row are the force's."""
        for field in self._columns:
            if field.name not in ("force", "force_code"):
                self._cell(1, _RECORDS, field)
            else:
                self._sheet.set_column(self._at[field.name], self._at[field.name], 14, self._formats["text"])


def _rule(field: Field) -> tuple[dict[str, Any], str, str]:
    """What a cell of a field accepts, how it is shown, and the same in words."""
    if field.enum:
        words = f"Please choose one: {', '.join(field.enum)}."
        if len(",".join(field.enum)) <= _LONGEST_MESSAGE:
            return {"validate": "list", "source": list(field.enum), "wanted": words}, "text", words
    if field.type == "boolean":
        return (
            {"validate": "list", "source": ["yes", "no"], "wanted": "Please choose yes or no."},
            "text",
            "Yes or no.",
        )
    if field.type == "date":
        low = _moment(field.minimum) if isinstance(field.minimum, date) else _EARLIEST
        high = _moment(field.maximum) if isinstance(field.maximum, date) else datetime(2199, 12, 31)
        words = "A date" + (f" from {low:%d/%m/%Y} to {high:%d/%m/%Y}." if low > _EARLIEST else ".")
        return (
            {"validate": "date", "criteria": "between", "minimum": low, "maximum": high, "wanted": words},
            "date",
            words,
        )
    if field.type in ("integer", "number", "percent", "money"):
        return _number_rule(field)
    return {"validate": "any"}, "text", ""


def _number_rule(field: Field) -> tuple[dict[str, Any], str, str]:
    low = field.minimum if isinstance(field.minimum, int | float) else -_MOST
    high = (
        field.maximum if isinstance(field.maximum, int | float) else 100 if field.type == "percent" else _MOST
    )
    kind = "A whole number" if field.type == "integer" else "A number"
    of = (
        f" of {field.unit}"
        if field.unit and field.type == "integer"
        else " in percent"
        if field.type == "percent"
        else ""
    )
    least = f", {exact(low)} or more" if low > -_MOST else ""
    most = f", at most {exact(high)}" if high < _MOST else ""
    words = f"{kind}{of}{least}{most}."
    rule = {
        "validate": "integer" if field.type == "integer" else "decimal",
        "criteria": "between", "minimum": low, "maximum": high, "wanted": f"Please write {words[0].lower()}{words[1:]}",
    }  # fmt: skip
    return rule, "figure" if field.type == "integer" else "number", words


def _moment(day: Any) -> datetime:
    return datetime(day.year, day.month, day.day)


def _letters(column: int) -> str:
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
