"""Whose row is it: names and codes of forces, and the folders that files came in. Of which period it is, `dating` tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from string import ascii_uppercase, digits
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, distinct_rows, merged, objects
from peelcheck.cells.characters import quoted
from peelcheck.cells.parsed import CellState
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Findings, Nouns
from peelcheck.rules.registry import built_in
from peelcheck.tables.constraints import have_form
from peelcheck.tables.row_period import date_rows
from peelcheck.tables.table import Return, code_of

_SHAPE = str.maketrans(dict.fromkeys(ascii_uppercase, "A") | dict.fromkeys(digits, "0"))
"""Each capital letter as A and each digit as 0: codes of one kind look the same."""


def place(
    table: Return, sheets: Sequence[Sheet], collection: Collection, years: Sequence[int]
) -> tuple[Return, list[Findings]]:
    """Find out the force and the period of every row.

    Returns:
        The table with `forces`, `years` and `periods` filled in; and findings about rows that are another force's, whose
        name and code disagree or are nobody's, or whose period was not asked for. Rows that are not surely the force's own
        have no force, and nothing else is judged by them.
    """
    table, strangers = _own_rows(table, sheets, collection)
    table, periods = date_rows(table, years)
    return table, [*strangers, *periods]


def _own_rows(
    table: Return, sheets: Sequence[Sheet], collection: Collection
) -> tuple[Return, list[Findings]]:
    """Rows of which it is not certain whose they are, or that are another force's than the folder's, have no force."""
    folder = {sheet.received.name: sheet.received.force for sheet in sheets}
    real = {force.name: force.code for force in collection.forces}
    unread = table.states["force"] == CellState.BAD  # the name is nobody's, which was said
    which, distinct = distinct_rows(table.files, table.by_force, table.codes, unread)
    bodies = {body.name for body in collection.out_of_scope}
    codes = [code_of(code) for _, _, code, _ in distinct]
    whose = [
        _Whose.of(
            folder.get(file), named, code, bool(bad), real, collection.by_code, named in bodies, is_code
        )
        for (file, named, _, bad), code, is_code in zip(
            distinct, codes, _are_codes(codes, collection), strict=True
        )
    ]

    def rows(what: Callable[[_Whose], bool]) -> BoolArray:
        return np.array([what(one) for one in whose], dtype=bool)[which]

    strange, named = rows(lambda one: one.strange), rows(lambda one: bool(one.named))
    disagree, nobodys = rows(lambda one: one.disagrees), rows(lambda one: one.nobodys)
    nameless, misnamed = rows(lambda one: one.unknown), rows(lambda one: one.misnamed)
    placed = replace(table, by_force=merged(which, [one.asked for one in whose]))
    found = []
    for code, column, failed, say in (
        ("RO108", "force_code", disagree, _say_code),
        ("RO120", "force_code", nobodys, partial(_say_nobodys, collection.nouns)),
        ("RO106", "force", strange & named, _say_owner),
        ("RO106", "force_code", strange & ~named, _say_owner),
        ("RO124", "force", misnamed, partial(_say_misnamed, collection.nouns)),
        (
            "RO116",
            "force",
            nameless & (not table.schema["force"].required),
            partial(_say_nameless, collection.nouns),
        ),
    ):
        if failed.any():
            facts = {"whose": objects(whose)[which]}
            found.append(  # the same in every row is one mistake
                placed.findings(built_in()[code], column, failed, say, facts, suspects=(), by_period=False)
            )
    not_judged = strange | disagree | nobodys | unread | misnamed
    if not_judged.any():
        table = table.without(dict.fromkeys(table.values, not_judged))
    return replace(table, by_force=merged(which, [one.force for one in whose])), found


def _are_codes(codes: Sequence[str | None], collection: Collection) -> Sequence[bool]:
    """Which texts are written as codes are: none where no force has a code.

    Where no form is given, those that have letters and digits in the same places as a code that is known.
    """
    if not collection.force_codes:
        return [False] * len(codes)
    if collection.code_form.pattern is None:
        known = {code.translate(_SHAPE) for code in collection.by_code}
        return [(code or "").translate(_SHAPE) in known for code in codes]
    fitting = have_form([code or "" for code in codes], collection.code_form.pattern)
    return [bool(code) and bool(fits) for code, fits in zip(codes, fitting, strict=True)]


class _Whose(Struct, frozen=True):
    """What a row says of its force.

    Attributes:
        owner: the force of the folder that it came from.
        named: the force that it names; "" for none.
        code: the code that it gives.
        unread: whether a name stands there that is nobody's.
        coded: whose the code is, be it a body outside the collection.
        own_code: the code of the force that it tells, "" if that has none; None where it tells none of the collection's.
        outside: whether it names a body outside the collection.
        is_code: whether its code is written as one is; never where no force has a code.
    """

    owner: str | None
    named: str
    code: str | None
    unread: bool
    coded: str | None
    own_code: str | None
    outside: bool
    is_code: bool

    @classmethod
    def of(
        cls,
        owner: str | None,
        named: str,
        code: str | None,
        unread: bool,
        real: Mapping[str, str],
        by_code: Mapping[str, str],
        outside: bool,
        is_code: bool,
    ) -> _Whose:
        coded = by_code.get(code or "")
        return cls(owner, named, code, unread, coded, real.get(named or coded or ""), outside, is_code)

    @property
    def told(self) -> str | None:
        """Whom the row tells: where the name is silent, the code speaks; a name that is nobody's tells nobody."""
        return None if self.unread else self.named or self.coded

    @property
    def disagrees(self) -> bool:
        """Whether name and code are two forces'."""
        return bool(self.named) and self.coded not in (None, self.named) and not self.misnamed

    @property
    def misnamed(self) -> bool:
        """Whether a force's own row is called a total or another body; one that is surely none was set aside."""
        return self.outside and (self.owner is None or self.coded in (None, self.owner))

    @property
    def strange(self) -> bool:
        """Whether the row is another force's than the folder."""
        another = None not in (self.owner, self.told) and self.told != self.owner
        return another and not self.disagrees and not self.misnamed

    @property
    def nobodys(self) -> bool:
        """Whether the code is written as one is, and is nobody's."""
        return self.is_code and self.coded is None and not self.unread and not self.strange

    @property
    def unknown(self) -> bool:
        """Whether neither the row nor the folder tells the force, and nothing else is said of that."""
        silent = self.own_code is None and self.owner is None
        return silent and not self.unread and not self.nobodys and not self.misnamed

    @property
    def asked(self) -> str:
        """Who is asked about the row: the sender, or else whom it names; where that is a total, whose the code is."""
        return self.owner or (self.coded or "" if self.misnamed else self.named)

    @property
    def force(self) -> str:
        """Whose row it is; "" where that is not certain."""
        if self.unread or self.disagrees or self.strange or self.nobodys or self.unknown or self.misnamed:
            return ""
        return self.owner or self.told or ""


def _say_code(fact: Mapping[str, Any]) -> str:
    row: _Whose = fact["whose"]
    own = f", whose code is {row.own_code}," if row.own_code else ""
    return f"The row names {row.named}{own} but gives the code {row.code}, which is {row.coded}."


def _say_misnamed(nouns: Nouns, fact: Mapping[str, Any]) -> str:
    row: _Whose = fact["whose"]
    called = quoted(fact["written"] or "")
    whose = row.asked or nouns.words["a_force"]
    return f"The row is called {called}, and no other row gives its dates: it may be {whose}'s own."


def _say_nobodys(nouns: Nouns, fact: Mapping[str, Any]) -> str:
    row: _Whose = fact["whose"]
    own = f", whose code is {row.own_code}," if row.own_code else ""
    named = f"names {row.named}{own} but " if row.named else ""
    return f"The row {named}gives the code {row.code}, which is no {nouns.one}'s."


def _say_nameless(nouns: Nouns, fact: Mapping[str, Any]) -> str:
    return f"The row names no {nouns.one}, and the file is in no {nouns.one}'s folder."


def _say_owner(fact: Mapping[str, Any]) -> str:
    row: _Whose = fact["whose"]
    named = (
        f"the row names {row.named}" if row.named else f"the code in the row, {row.code}, is {row.coded}'s"
    )
    return f"The file came from {row.owner}, but {named}."
