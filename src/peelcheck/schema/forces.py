"""`forces.csv`: the forces with their codes and spellings, and the bodies that are out of scope."""

from __future__ import annotations

import csv
from pathlib import Path

from peelcheck.errors import SchemaError
from peelcheck.model import Force, OutOfScope

COLUMNS = ("name", "code", "country", "spellings", "out_of_scope")


def load_forces(path: Path) -> tuple[tuple[Force, ...], tuple[OutOfScope, ...]]:
    """The forces of a collection, and the bodies that published tables carry besides.

    `spellings` are separated by semicolons; `out_of_scope` gives the reason for a body that is none of the forces.

    Raises:
        SchemaError: a column is missing, or a name, code or spelling stands twice.
    """
    forces, bodies = [], []
    seen: dict[str, int] = {}
    for number, row in _rows(path):
        name, code = row["name"].strip(), row["code"].strip()
        spellings = tuple(s.strip() for s in row["spellings"].split(";") if s.strip())
        if not name:
            raise SchemaError(path.name, f"row {number}, name", "is blank")
        for word in {key.casefold() for key in (name, code, *spellings) if key}:
            if word in seen:
                raise SchemaError(path.name, f"row {number}", f"{word!r} stands in row {seen[word]} too")
            seen[word] = number
        reason = row["out_of_scope"].strip()
        if reason:
            bodies.append(OutOfScope(name, code, spellings, reason))
        else:
            forces.append(Force(name, code, row["country"].strip(), spellings))
    if not forces:
        raise SchemaError(path.name, "", "holds no forces")
    return tuple(forces), tuple(bodies)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, restval="")
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise SchemaError(path.name, "row 1", f"expected the columns {', '.join(COLUMNS)}")
            rows = list(enumerate(reader, start=2))
    except OSError as error:
        raise SchemaError(path.name, "", f"cannot be read ({error.strerror or error})") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise SchemaError(path.name, "", f"is not a CSV file in UTF-8 ({error})") from None
    for number, row in rows:
        if None in row:
            raise SchemaError(path.name, f"row {number}", "has more cells than there are columns")
    return rows
