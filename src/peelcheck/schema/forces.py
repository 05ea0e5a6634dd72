"""`forces.csv`: the forces with their codes and spellings, and the bodies that are out of scope."""

from __future__ import annotations

from pathlib import Path

from peelcheck.errors import SchemaError
from peelcheck.model import CodeForm, Force, OutOfScope
from peelcheck.model.spellings import plain
from peelcheck.schema.entries import shown
from peelcheck.schema.textfile import Digests, read_rows

COLUMNS = ("name", "code", "country", "spellings", "out_of_scope")
NAMES = ("formal", "welsh")
"""Columns that may follow: what a force is called in a publication, and its name in Welsh."""


def load_forces(
    path: Path, digests: Digests | None, code_form: CodeForm
) -> tuple[tuple[Force, ...], tuple[OutOfScope, ...]]:
    """The forces of a collection, and the bodies that published tables carry besides.

    A force needs no code. `spellings` are separated by semicolons; `out_of_scope` gives the reason for a body that is none of
    the forces.

    Raises:
        SchemaError: a column is missing, a code is not written as `code_form` has it, or a name, code or spelling
            stands twice.
    """
    forces, bodies = [], []
    seen: dict[str, int] = {}
    for number, row in read_rows(path, COLUMNS, path.name, digests, optional=NAMES):
        name, code = row["name"], row["code"]
        spellings = tuple(s.strip() for s in row["spellings"].split(";") if s.strip())
        if not name:
            raise SchemaError(path.name, f"row {number}, name", "is blank")
        if code and not code_form.fits(code):
            form = code_form.words or f"as collection.yaml has it: {code_form.pattern}"
            raise SchemaError(path.name, f"row {number}, code", f"{shown(code)} is not a code ({form})")
        words = [("name", name), ("code", code), *(("spellings", spelling) for spelling in spellings)]
        for column, word in words:
            if word and seen.setdefault(plain(word), number) != number:
                problem = f"{word!r} is also in row {seen[plain(word)]}"
                raise SchemaError(path.name, f"row {number}, {column}", problem)
        if row["out_of_scope"]:
            bodies.append(OutOfScope(name, code, spellings, row["out_of_scope"]))
        else:
            forces.append(Force(name, code, row["country"], spellings, row["formal"], row["welsh"]))
    if not forces:
        raise SchemaError(path.name, "", "contains no forces")
    return tuple(forces), tuple(bodies)
