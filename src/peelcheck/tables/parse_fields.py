"""Parse the cells of a return: one typed column per field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from peelcheck.arrays import Texts
from peelcheck.cells.names import parse_names
from peelcheck.cells.numbers import parse_counts, parse_money, parse_numbers, parse_percent
from peelcheck.cells.parsed import Parsed
from peelcheck.cells.references import without_changed
from peelcheck.cells.text import parse_booleans, parse_codes, parse_text
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Field, ReturnSchema
from peelcheck.reading.columns import joined
from peelcheck.tables.date_fields import parse_date_fields

_NUMBERS = {
    "integer": parse_counts,
    "number": parse_numbers,
    "percent": parse_percent,
    "money": parse_money,
}


def parse_fields(
    schema: ReturnSchema,
    sheets: Sequence[Sheet],
    text: Mapping[str, pa.ChunkedArray],
    size: int,
    collection: Collection,
    years: Sequence[int],
) -> dict[str, Parsed]:
    """The parsed column of each field, in the order of the fields.

    Args:
        schema: the return.
        sheets: its files, whose rows follow each other in `text`; each has its own order of day and month.
        text: the cells of each field as written; a field that is not there is blank in every row.
        size: the number of rows.
        collection: for the spellings of the forces' names.
        years: the years that a period may belong to.
    """
    blank = pa.repeat(pa.scalar("", pa.large_string()), size)
    of_field = parse_date_fields(schema, sheets, text, size, collection, years)
    for fields in _parsed_together(schema):
        cells = [text.get(field.name, blank) for field in fields]
        texts = joined(cells) if len(cells) > 1 else cells[0]
        column = _parse(fields[0], texts, collection)
        if _identifies(fields[0], schema):
            column = without_changed(column, texts)
        for i, field in enumerate(fields):
            of_field[field.name] = column.part(i * size, (i + 1) * size) if len(fields) > 1 else column
    return {field.name: of_field[field.name] for field in schema.fields}


def _parsed_together(schema: ReturnSchema) -> Iterable[Sequence[Field]]:
    """The fields in groups, without the dates; the columns of a group are parsed as one long column.

    A group holds the number fields of one type with the same missing marks. One column takes about as long as ten short ones
    together. The columns of record-level returns are long, so each is a group of its own.
    """
    groups: dict[object, list[Field]] = {}
    for field in (field for field in schema.fields if field.type != "date"):
        together = field.type in _NUMBERS and not schema.records
        key = (field.type, field.missing, field.required) if together else field.name
        groups.setdefault(key, []).append(field)
    return groups.values()


def _identifies(field: Field, schema: ReturnSchema) -> bool:
    """Whether a field holds free text that identifies records."""
    of_key = field.unique or (schema.records and field.name in schema.primary_key)
    return of_key and field.type == "string" and not field.enum


def _parse(field: Field, texts: Texts, collection: Collection) -> Parsed:
    missing, required = field.missing, field.required
    if field.type == "force":
        return parse_names(texts, spellings=collection.spellings, missing=missing)
    if field.type == "boolean":
        return parse_booleans(texts, missing=missing)
    if field.type == "string" and (field.enum or field.pattern or field.unique):
        return parse_codes(texts, missing=missing, allowed=field.enum, pattern=field.pattern)
    parse = _NUMBERS.get(field.type, parse_text)
    return parse(texts, missing=missing, required=required)
