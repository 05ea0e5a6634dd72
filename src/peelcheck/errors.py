"""What stops a run. Bad data never does: it is a finding.

PeelcheckError            exit code 2
├── UsageError            a path or option that cannot be used
├── SchemaError           a schema or round file that is wrong: file, key, what was expected
└── OutputError           a result that could not be written
BrokenCheck               exit code 3: a bug in a check or in the program
"""

from __future__ import annotations


class PeelcheckError(Exception):
    """The run cannot go on, and the person at the keyboard can put it right."""

    exit_code = 2


class UsageError(PeelcheckError):
    """A path or an option that cannot be used."""


class SchemaError(PeelcheckError):
    """A schema, round or declarations file that is wrong.

    Attributes:
        file: the file as the user named it.
        key: where in the file, as a dotted path (`fields[3].constraints.minimum`); empty for the whole file.
    """

    def __init__(self, file: str, key: str, problem: str) -> None:
        self.file, self.key, self.problem = file, key, problem
        where = f"{file}: {key}" if key else file
        super().__init__(f"{where}: {problem}")


class OutputError(PeelcheckError):
    """A result that could not be written; the path is in the message."""


class BrokenCheck(Exception):
    """A check that failed to run because of a bug and not because of the data."""

    exit_code = 3

    def __init__(self, code: str, reason: str) -> None:
        self.code = code
        super().__init__(f"check {code} broke: {reason}")
