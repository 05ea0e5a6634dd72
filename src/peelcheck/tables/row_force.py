"""Find the force of each row: from the name and the code in the row, and from the folder of the file."""

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
from peelcheck.rules.round_rules import (
    CODE_OF_NO_FORCE,
    FILE_OF_ANOTHER_FORCE,
    NAME_AND_CODE_DISAGREE,
    OWN_ROW_UNDER_OTHER_NAME,
    ROW_WITHOUT_FORCE,
)
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
        The table with `forces`, `years` and `periods` filled in; and the findings. There is a finding where a row belongs to
        another force than its folder, where its name and code disagree or its code is unknown, and where its period was not
        requested. A row whose force is not certain has no force, and its values are not used.
    """
    table, forces = _own_rows(table, sheets, collection)
    table, periods = date_rows(table, years)
    return table, [*forces, *periods]


def _own_rows(
    table: Return, sheets: Sequence[Sheet], collection: Collection
) -> tuple[Return, list[Findings]]:
    """The table with the force of each row, "" where it is not certain; and the findings about these rows."""
    folder = {sheet.source: sheet.received.force for sheet in sheets}
    real = {force.name: force.code for force in collection.forces}
    unread = table.states["force"] == CellState.BAD  # the name is unknown, which was already reported
    which, distinct = distinct_rows(table.sources, table.by_force, table.codes, unread)
    bodies = {body.name for body in collection.out_of_scope}
    codes = [code_of(code) for _, _, code, _ in distinct]
    whose = [
        _RowForce.of(
            folder.get(source), named, code, bool(bad), real, collection.by_code, named in bodies, is_code
        )
        for (source, named, _, bad), code, is_code in zip(
            distinct, codes, _are_codes(codes, collection), strict=True
        )
    ]

    def rows(what: Callable[[_RowForce], bool]) -> BoolArray:
        return np.array([what(one) for one in whose], dtype=bool)[which]

    of_another, named = rows(lambda one: one.of_another), rows(lambda one: bool(one.named))
    disagree, unknown_code = rows(lambda one: one.disagrees), rows(lambda one: one.unknown_code)
    unidentified, misnamed = rows(lambda one: one.unidentified), rows(lambda one: one.misnamed)
    placed = replace(table, by_force=merged(which, [one.asked for one in whose]))
    found = []
    for code, column, failed, say in (
        (NAME_AND_CODE_DISAGREE, "force_code", disagree, _say_code),
        (CODE_OF_NO_FORCE, "force_code", unknown_code, partial(_say_unknown_code, collection.nouns)),
        (FILE_OF_ANOTHER_FORCE, "force", of_another & named, _say_owner),
        (FILE_OF_ANOTHER_FORCE, "force_code", of_another & ~named, _say_owner),
        (OWN_ROW_UNDER_OTHER_NAME, "force", misnamed, partial(_say_misnamed, collection.nouns)),
        (
            ROW_WITHOUT_FORCE,
            "force",
            unidentified & (not table.schema["force"].required),
            partial(_say_unidentified, collection.nouns),
        ),
    ):
        if failed.any():
            facts = {"whose": objects(whose)[which]}
            found.append(  # one mistake, even where it is in every row
                placed.findings(built_in()[code], column, failed, say, facts, suspects=(), by_period=False)
            )
    not_judged = of_another | disagree | unknown_code | unread | misnamed
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


class _RowForce(Struct, frozen=True):
    """What is known about the force of a row. Rows of a file with the same name and code share one.

    Attributes:
        owner: the force whose folder the file came in; None if it came in no force's folder.
        named: the force or other body that the row names; "" for none.
        code: the code in the row, in capitals; None for none.
        unread: whether the name in the row is unknown.
        coded: the force, or the body outside the collection, that the code belongs to; None if the code is unknown.
        own_code: the official code of the force that the row identifies, "" if that has none; None if it identifies no
            force of the collection.
        outside: whether the row names a body outside the collection.
        is_code: whether the code has the form of an official code; never where no force has a code.
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
    ) -> _RowForce:
        coded = by_code.get(code or "")
        return cls(owner, named, code, unread, coded, real.get(named or coded or ""), outside, is_code)

    @property
    def identified(self) -> str | None:
        """The force that the row identifies: by name, else by code; None if the name is unknown or both are absent."""
        return None if self.unread else self.named or self.coded

    @property
    def disagrees(self) -> bool:
        """Whether the name and the code belong to two different forces."""
        return bool(self.named) and self.coded not in (None, self.named) and not self.misnamed

    @property
    def misnamed(self) -> bool:
        """Whether a force's own row is named after a total or another body. Real totals were removed before (`RowStatus`)."""
        return self.outside and (self.owner is None or self.coded in (None, self.owner))

    @property
    def of_another(self) -> bool:
        """Whether the row belongs to another force than the folder."""
        another = None not in (self.owner, self.identified) and self.identified != self.owner
        return another and not self.disagrees and not self.misnamed

    @property
    def unknown_code(self) -> bool:
        """Whether the code has the form of an official code, but is unknown."""
        return self.is_code and self.coded is None and not self.unread and not self.of_another

    @property
    def unidentified(self) -> bool:
        """Whether neither the row nor the folder identifies the force, and no other finding says so."""
        silent = self.own_code is None and self.owner is None
        return silent and not self.unread and not self.unknown_code and not self.misnamed

    @property
    def asked(self) -> str:
        """The force to ask about the row: the sender, else the one named, or the one of the code if the name is a total."""
        return self.owner or (self.coded or "" if self.misnamed else self.named)

    @property
    def force(self) -> str:
        """The force that the row belongs to; "" where that is not certain."""
        if (
            self.unread
            or self.disagrees
            or self.of_another
            or self.unknown_code
            or self.unidentified
            or self.misnamed
        ):
            return ""
        return self.owner or self.identified or ""


def _say_code(fact: Mapping[str, Any]) -> str:
    row: _RowForce = fact["whose"]
    own = f", whose code is {row.own_code}," if row.own_code else ""
    return f"The row names {row.named}{own} but gives the code {row.code}, which is {row.coded}."


def _say_misnamed(nouns: Nouns, fact: Mapping[str, Any]) -> str:
    row: _RowForce = fact["whose"]
    called = quoted(fact["written"] or "")
    whose = row.asked or nouns.words["a_force"]
    return f"The row is named {called}, and no other row has its dates: it may be {whose}'s own."


def _say_unknown_code(nouns: Nouns, fact: Mapping[str, Any]) -> str:
    row: _RowForce = fact["whose"]
    own = f", whose code is {row.own_code}," if row.own_code else ""
    named = f"names {row.named}{own} but " if row.named else ""
    return f"The row {named}gives the code {row.code}, which does not belong to {nouns.words['a_force']}."


def _say_unidentified(nouns: Nouns, fact: Mapping[str, Any]) -> str:
    return f"The row names no {nouns.one}, and the file is not in {nouns.words['a_force']}'s folder."


def _say_owner(fact: Mapping[str, Any]) -> str:
    row: _RowForce = fact["whose"]
    named = (
        f"the row names {row.named}" if row.named else f"the code in the row, {row.code}, is {row.coded}'s"
    )
    return f"The file came from {row.owner}, but {named}."
