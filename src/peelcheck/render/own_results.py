"""The program's own results, known by how they are written.

One as it was written is written over. One that somebody has added to, or saved from a spreadsheet, is not; but in a folder of
returns neither is taken for one.
"""

from __future__ import annotations

from pathlib import Path

from peelcheck.render import every_output
from peelcheck.render.forms import FileSeen


def is_result(path: Path) -> bool:
    """Whether a file is a result in any form, even if somebody has added to it or saved it in another format.

    One that cannot be opened is none; what is no file is not opened.
    """
    file = FileSeen(path)
    return any(output.form.begins(file) or output.form.resembles(file) for output in every_output())


def is_as_written(path: Path) -> bool:
    """Whether a file is a result as it was written; of a very large one the beginning is looked at, and of any page."""
    file = FileSeen(path)
    forms = [output.form for output in every_output() if output.form.begins(file)]
    return bool(forms) and all(form.is_whole(file) for form in forms)


def is_blank(path: Path) -> bool:
    """Whether there is nothing to lose in a file."""
    return FileSeen(path).is_blank
