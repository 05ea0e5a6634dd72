"""Web pages: self-contained, without a script, and with nothing of a file taken for anything but text.

`environment` makes the one environment of all templates; Jinja2 is loaded when the first page is made.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from peelcheck.render.safe import visible
from peelcheck.wording import number

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may do with a page: show it. Nothing is loaded, run or sent."""


@cache
def environment() -> Environment:
    """The environment of the templates: every value is escaped, and one that is missing is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("peelcheck.render.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["shown"] = lambda value: visible(str(value))
    made.filters["number"] = number
    made.globals["policy"] = POLICY
    return made
