"""One line for each query, in the form that editors and other tools follow: `file:line:column code message`."""

from __future__ import annotations

from peelcheck.model import Query, Result
from peelcheck.render.forms import Never
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.render.places import spot
from peelcheck.render.safe import visible


def as_lines(result: Result, look: Look) -> str:
    """A line for each query, in the order of the result. A place that is not known is line 1, column 1."""
    return "".join(f"{line(query, result)}\n" for query in result.queries)


def line(query: Query, result: Result) -> str:
    """One query on one line; one about no file stands at the folder that was checked."""
    where = spot(query, result)
    file = where.file or result.base or "."
    return visible(f"{file}:{where.line or 1}:{where.column or 1} {query.code} {query.message}")


QUERIES = Rendered("lines", (), Never(), as_lines, shows_lines=True)
