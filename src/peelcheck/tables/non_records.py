"""Rows that are no record of a force's: remarks, bodies outside the collection, and rows that tell nothing of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, ByDistinct, IntArray, ObjectArray, distinct_rows, mapped
from peelcheck.cells.characters import quoted, trimmed
from peelcheck.cells.number_hints import NO_DATE
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.model import Collection, Field, Findings, OutOfScope, ReturnKind
from peelcheck.rules.cell_rules import NO_SUCH_FORCE, NOT_DATE
from peelcheck.rules.registry import built_in
from peelcheck.tables.table import Return, code_of
from peelcheck.wording import listed

_NAMES = ("force", "force_code")
_OF_A_DATE = (
    r"(?i)[0-9]{1,4} ?[-/._] ?[0-9]{1,2} ?[-/._] ?[0-9]{1,4}"
    r"|^\s*(?:[a-z]{3,9}\.?,? )?[0-9]{1,4}(?:st|nd|rd|th)?(?: of)?[-/. ]*"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[-/., ]*[0-9]{1,4}\s*$"
)
"""What is like a date, be it with a time; of a column with very many, not each has a hint that says so."""


class Aside(Struct, frozen=True, dict=True):
    """Rows that are no record of a force's, of which no cell is judged.

    Attributes:
        remarks: titles, notes, markings, and rows of a template that were not filled in.
        bodies: the body outside the collection that a row is about; None for all other rows.
        unknown: rows with figures that do not tell of when they are, or of records neither that nor whose they are. One of
            them may be a row that is owed.
        nameless: rows that name no force, nor anything like one.
        dateless: rows with nothing like a date in columns that their file has.
        owned: rows of files that came in a force's folder.
    """

    remarks: BoolArray
    bodies: ByDistinct
    unknown: BoolArray
    nameless: BoolArray
    dateless: BoolArray
    owned: BoolArray

    @cached_property
    def outside(self) -> BoolArray:
        """Rows of bodies outside the collection."""
        return _there(self.bodies)

    @cached_property
    def gone(self) -> BoolArray:
        """Rows that are surely none that is owed."""
        return self.remarks | self.outside

    @property
    def rows(self) -> BoolArray:
        """All of them."""
        return self.gone | self.unknown

    def taken_from(self, table: Return) -> Return:
        """The table without the rows that are none that is owed; of the unknown ones, no cell but a name holds a value."""
        if self.unknown.any():
            table = table.without(dict.fromkeys(table.values, self.unknown & self.nameless))
            table = table.without({name: self.unknown for name in table.values if name not in _NAMES})
        return table.only(~self.gone) if self.gone.any() else table

    def findings(self, table: Return, collection: Collection) -> Iterator[Findings]:
        """One finding for each row, addressed as `table` says; a body outside is nobody's, but for one in a force's file."""
        facts = {"nameless": self.nameless, "dateless": self.dateless}
        no_force = f"names no {collection.nouns.one} and "
        if self.remarks.any():
            yield table.findings(
                built_in()["RO119"], "force", self.remarks, partial(_say_remark, no_force), facts, suspects=()
            )
        if self.unknown.any():
            instead = {"instead": _in_place_of_dates(table, self.unknown)}
            yield table.findings(
                built_in()["RO121"],
                "force",
                self.unknown,
                partial(_say_unknown, no_force),
                facts | instead,
                suspects=(),
            )
        if self.outside.any():
            reasons = {body.name: body.reason for body in collection.out_of_scope}
            facts = {
                "body": mapped(self.bodies, lambda name: name),
                "reason": mapped(self.bodies, lambda name: reasons.get(name, "")),
            }
            which, names = table.by_force
            told = replace(table, by_force=(np.where(self.owned, which, len(names)), [*names, ""]))
            yield told.findings(built_in()["RO107"], "force", self.outside, _say_body, facts, suspects=())


def find_aside(
    table: Return,
    parsed: Mapping[str, Parsed],
    collection: Collection,
    judged: BoolArray,
    named: BoolArray,
    owned: BoolArray,
    senders: IntArray,
    past: bool,
) -> Aside:
    """Which rows are no record of a force's.

    Args:
        table: the rows, not yet placed.
        parsed: what became of each column's cells.
        collection: for its forces, and the bodies outside it.
        judged: rows of which it is certain in which column each cell belongs.
        named: rows of files that have a column for the force's name.
        owned: rows of files that came in a force's folder.
        senders: whom each row came from, by number: the force of the folder, or else the file.
        past: the rows are accepted history.
    """
    nameless, records = _nameless(table, parsed, collection), table.schema.records
    which, names = _bodies(table, collection)
    may_be_own = owned if past else owned | _called_total(table, (which, names), collection)
    if (stands_in := may_be_own & _stands_in(table, _there((which, names)))).any():
        which, names = np.where(stands_in, len(names), which), [*names, None]
    nothing = np.zeros(len(table), dtype=bool)
    aside = Aside(nothing, (which, names), nothing, nameless, nothing, owned)
    unfilled = judged & _unfilled(table, parsed) if records else nothing
    judged = judged & nameless if records else judged
    if not (judged | unfilled).any():
        return aside
    dates = {f.name: _no_date(table, parsed, f.name) for f in table.schema.fields if f.type == "date"}
    remarks = (_remarks(table, parsed, nameless, dates) & judged) | unfilled
    alone = _alone(remarks, senders) & ~(nameless & records) if dates else nothing
    dateless = _all(table, dates.values())
    aside = replace(aside, remarks=remarks & ~alone, dateless=dateless)
    unknown = dateless & judged & ~aside.gone & bool(dates)
    unknown &= (nameless & named) if records else (nameless | (table.states["force"] != CellState.BAD))
    return replace(aside, unknown=unknown | alone)


def _unfilled(table: Return, parsed: Mapping[str, Parsed]) -> BoolArray:
    """Rows with nothing in them but a name."""
    return _blank(table, parsed, [f.name for f in table.schema.fields if f.name not in _NAMES])


def _remarks(
    table: Return, parsed: Mapping[str, Parsed], nameless: BoolArray, dates: Mapping[str, BoolArray]
) -> BoolArray:
    """Rows that hold no figures, nor dates; of those that name no force, one of the dates may be that of a remark.

    Of a record a text tells as much as a figure, unless it is one that may say anything.
    """
    told = [f.name for f in table.schema.fields if _tells(f, table.schema.records)]
    if not told:
        return np.zeros(len(table), dtype=bool)
    none = [unlike | _blank(table, parsed, [name]) for name, unlike in dates.items()]
    one = nameless & np.logical_or.reduce([np.zeros(len(table), dtype=bool), *none])
    remarks: BoolArray = _all(table, none) | one
    return remarks & _blank(table, parsed, told) if remarks.any() else remarks


def _all(table: Return, columns: Iterable[BoolArray]) -> BoolArray:
    """Rows of which all of these hold."""
    all_hold: BoolArray = np.logical_and.reduce([np.ones(len(table), dtype=bool), *columns])
    return all_hold


def _alone(remarks: BoolArray, senders: IntArray) -> BoolArray:
    """Remarks of senders that sent nothing else, as a template that came back as it was: there the records are missing."""
    if not remarks.any():
        return remarks
    return np.asarray(remarks & ~np.isin(senders, senders[~remarks]))


def _tells(field: Field, records: bool) -> bool:
    """Whether a field's text can be no remark's."""
    if field.type == "string":
        return records and field.name not in _NAMES and bool(field.enum or field.pattern or field.unique)
    return field.type not in ("force", "date")


def _blank(table: Return, parsed: Mapping[str, Parsed], names: Iterable[str]) -> BoolArray:
    """Rows with nothing in any of these columns; a file may lack one."""
    blank = np.ones(len(table), dtype=bool)
    for name in names:
        if not blank.any():
            break
        state = parsed[name].state
        nothing = state == CellState.BLANK
        if name not in table.text:
            continue
        if len(at := np.flatnonzero(blank & (state == CellState.BAD))):
            nothing[at] = np.asarray(pc.equal(table.text[name].take(pa.array(at)), ""), dtype=bool)
        blank &= nothing
    return blank


def _bodies(table: Return, collection: Collection) -> ByDistinct:
    """The body outside the collection that each row is about; published tables carry some of them under their code alone."""
    outside = {body.name for body in collection.out_of_scope}
    by_code = {code: name for code, name in collection.by_code.items() if name in outside}
    which, names = table.by_force
    named = [name if name in outside else None for name in names]
    if table.schema.kind is ReturnKind.RETURN:
        return which, named
    rows, pairs = distinct_rows((which, named), table.codes)
    return rows, [name or by_code.get(code_of(code) or "") for name, code in pairs]


def _there(bodies: ByDistinct) -> BoolArray:
    """Rows that are about a body outside the collection."""
    return mapped(bodies, lambda name: name is not None, dtype=bool)


def _called_total(table: Return, bodies: ByDistinct, collection: Collection) -> BoolArray:
    """Rows of forces' returns that are called a total, and give no code of a body outside the collection."""
    if table.schema.kind is not ReturnKind.RETURN:
        return np.zeros(len(table), dtype=bool)
    coded = collection.by_code.keys() - collection.force_codes
    totals = [body.name for body in collection.out_of_scope if "total" in _names_of(body)]
    called: BoolArray = mapped(bodies, lambda name: name in totals, dtype=bool)
    elsewhere: BoolArray = mapped(table.codes, lambda code: code_of(code) in coded, dtype=bool)
    return called & ~elsewhere


def _names_of(body: OutOfScope) -> list[str]:
    return [name.casefold() for name in (body.name, *body.spellings)]


def _stands_in(table: Return, outside: BoolArray) -> BoolArray:
    """Rows that name a body outside the collection where their file has no other for the same dates.

    In the file of a force that is its own row under a wrong name, and no total beneath it.
    """
    if not outside.any():
        return outside
    dates = [] if table.schema.records else [table.values["period_start"], table.values["period_end"]]
    which, _ = distinct_rows(table.files, *dates)
    dated = np.logical_and.reduce([np.ones(len(table), dtype=bool), *(~np.isnat(day) for day in dates)])
    others = ~outside & (table.states["force"] != CellState.BAD)  # a row of a district's is none
    return np.asarray(outside & dated & ~np.isin(which, which[others]))


def _nameless(table: Return, parsed: Mapping[str, Parsed], collection: Collection) -> BoolArray:
    """Rows without the name or the code of a force, nor anything like a name."""
    nameless = _nothing_like_it(parsed["force"])
    if not nameless.any():
        return nameless
    nobodys: BoolArray = mapped(
        table.codes, lambda code: code_of(code) not in collection.force_codes, dtype=bool
    )
    return nameless & nobodys


def _no_date(table: Return, parsed: Mapping[str, Parsed], name: str) -> BoolArray:
    """Rows without anything like a date in a column that their file has."""
    unlike = _nothing_like_it(parsed[name])
    if name in table.text and unlike.any():
        at = np.flatnonzero(unlike)
        dated = pc.match_substring_regex(table.text[name].take(pa.array(at)), _OF_A_DATE)
        unlike[at] = ~np.asarray(dated, dtype=bool)
    return unlike


def _nothing_like_it(cells: Parsed) -> BoolArray:
    """Cells of names or dates that hold neither one nor anything that could be meant for one."""
    unlike: BoolArray = (cells.state == CellState.BLANK) | (cells.state == CellState.MISSING)
    for issue in cells.bad:
        if issue.code in (NO_SUCH_FORCE, NOT_DATE):
            hints = issue.hints or [""] * len(issue.positions)
            unlike[issue.positions] = [hint in ("", NO_DATE) for hint in hints]
    return unlike


def _say_remark(no_force: str, fact: Mapping[str, Any]) -> str:
    names = no_force if fact["nameless"] else ""
    holds = "neither dates nor figures" if fact["dateless"] else "no figures"
    return f"The row {names}holds {holds}. It was set aside."


def _in_place_of_dates(table: Return, rows: BoolArray) -> ObjectArray:
    """What stands in the cells of some rows' dates, of those that have something in all of them; else nothing."""
    out: ObjectArray = np.full(len(table), None, dtype=object)
    at = np.flatnonzero(rows)
    columns = [table.written(f.name, at) for f in table.schema.fields if f.type == "date"]
    for row, *cells in zip(at.tolist(), *columns, strict=True):
        if all(trimmed(cell or "") for cell in cells):
            out[row] = [quoted(cell) for cell in dict.fromkeys(cells)]
    return out


def _say_unknown(no_force: str, fact: Mapping[str, Any]) -> str:
    names = no_force if fact["nameless"] else ""
    instead = f", but {listed(fact['instead'])}" if fact["instead"] else ""
    return f"The row {names}gives no dates{instead}. Nothing in it was used."


def _say_body(fact: Mapping[str, Any]) -> str:
    return f"The row of {fact['body']} was set aside: {fact['reason']}."
