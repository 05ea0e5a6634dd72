"""What stops a run. Bad data never does: it is a finding.

PeelcheckError            exit code 2
├── UsageError            a path or option that cannot be used
├── SchemaError           a schema or round file that is wrong: file, key, what was expected
└── OutputError           a result that could not be written
BrokenCheck               exit code 3: a bug in a check or in the program
"""

from __future__ import annotations

from collections.abc import Sequence


class PeelcheckError(Exception):
    """The run cannot go on, and the person at the keyboard can put it right."""

    exit_code = 2

    @property
    def messages(self) -> tuple[str, ...]:
        """What is wrong: one message, or several that are shown one below the other."""
        return (str(self),)


class UsageError(PeelcheckError):
    """A path or an option that cannot be used."""


class SchemaError(PeelcheckError):
    """A schema, round or declarations file that is wrong.

    Attributes:
        file: the file as the user named it.
        key: where in the file, as a dotted path (`fields[3].constraints.minimum`); empty for the whole file.
        line: the line of the key; None where the key is not in the file, or says the row itself.
    """

    def __init__(self, file: str, key: str, problem: str, line: int | None = None) -> None:
        self.file, self.key, self.problem, self.line = file, key, problem, line
        place = file if line is None else f"{file}:{line}"
        super().__init__(": ".join(part for part in (place, key, problem) if part))

    @property
    def every(self) -> tuple[SchemaError, ...]:
        """This error, or all of which it is the first."""
        return (self,)


class SchemaErrors(SchemaError):
    """Several errors that were found in one go; the file, key and problem are those of the first."""

    def __init__(self, errors: Sequence[SchemaError]) -> None:
        first = errors[0]
        super().__init__(first.file, first.key, first.problem, first.line)
        self._errors = tuple(errors)

    @property
    def every(self) -> tuple[SchemaError, ...]:
        """All of them, in the order of the files."""
        return self._errors

    @property
    def messages(self) -> tuple[str, ...]:
        """A message for each."""
        return tuple(str(error) for error in self._errors)


class OutputError(PeelcheckError):
    """A result that could not be written; the path is in the message."""


class BrokenCheck(Exception):
    """A check that failed to run because of a bug and not because of the data."""

    exit_code = 3

    def __init__(self, code: str, reason: str) -> None:
        self.code = code
        super().__init__(f"check {code} broke: {reason}")
