"""`forces.csv`: the forces with their codes and spellings, and the bodies that are out of scope."""

from __future__ import annotations

import re
from pathlib import Path

from peelcheck.errors import SchemaError
from peelcheck.model import Force, OutOfScope
from peelcheck.schema.entries import shown
from peelcheck.schema.textfile import Digests, read_rows

_CODE = re.compile("[A-Z][0-9]{8}")
COLUMNS = ("name", "code", "country", "spellings", "out_of_scope")


def load_forces(
    path: Path, digests: Digests | None = None
) -> tuple[tuple[Force, ...], tuple[OutOfScope, ...]]:
    """The forces of a collection, and the bodies that published tables carry besides.

    `spellings` are separated by semicolons; `out_of_scope` gives the reason for a body that is none of the forces.

    Raises:
        SchemaError: a column is missing, a code is none, or a name, code or spelling stands twice.
    """
    forces, bodies = [], []
    seen: dict[str, int] = {}
    for number, row in read_rows(path, COLUMNS, path.name, digests):
        name, code = row["name"], row["code"]
        spellings = tuple(s.strip() for s in row["spellings"].split(";") if s.strip())
        if not name:
            raise SchemaError(path.name, f"row {number}, name", "is blank")
        if code and not _CODE.fullmatch(code):
            problem = f"{shown(code)} is not a code (a capital letter and eight digits, such as E23000014)"
            raise SchemaError(path.name, f"row {number}, code", problem)
        for word in filter(None, (name, code, *spellings)):
            plain = word.casefold().replace("-", " ")  # as a folder of a round may be written
            if seen.setdefault(plain, number) != number:
                raise SchemaError(path.name, f"row {number}", f"{word!r} is also in row {seen[plain]}")
        if row["out_of_scope"]:
            bodies.append(OutOfScope(name, code, spellings, row["out_of_scope"]))
        else:
            forces.append(Force(name, code, row["country"], spellings))
    if not forces:
        raise SchemaError(path.name, "", "contains no forces")
    return tuple(forces), tuple(bodies)
