"""Exit codes: the one place that decides them.

0  nothing at or above `--fail-on`
1  something
2  the run could not go on, and the person at the keyboard can put it right
3  a fault in peelcheck
130  the run was stopped
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import click

from peelcheck.cli import stopping
from peelcheck.cli.help import Group
from peelcheck.errors import BrokenCheck, PeelcheckError
from peelcheck.model import Query, Severity
from peelcheck.render.encodings import fitted
from peelcheck.render.safe import visible
from peelcheck.signals import INTERRUPTED, STOPPED

NOTHING, SOMETHING = 0, 1
NEVER = "never"
FAIL_ON = (Severity.ERROR.value, Severity.QUERY.value, NEVER)


class Program(Group):
    """A group of commands that return their exit code; whatever stops one becomes a code and a message on stderr."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of work, not of the alphabet."""
        return list(self.commands)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a program; what is written before a command runs may not get through either."""
        if "_PEELCHECK_COMPLETE" in os.environ:
            from peelcheck.cli.powershell import add_powershell

            add_powershell()
        try:
            return super().main(*args, **kwargs)
        except PeelcheckError as error:  # the program's own help or version
            _say(f"Error: {visible(str(error))}")
            sys.exit(error.exit_code)
        except (
            OSError
        ) as error:  # what click writes itself: wrong usage, and what a shell completes words with
            if not isinstance(error, BrokenPipeError):
                _say(f"Error: the message cannot be written ({error.strerror or error})")
            sys.exit(PeelcheckError.exit_code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for, and exit."""
        stopping.listen()
        try:
            code = super().invoke(ctx)
        except PeelcheckError as error:
            for message in error.messages:
                _say(f"Error: {visible(message)}")
            code = error.exit_code
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except MemoryError:  # Arrow's is one too
            _say("Error: there is not enough memory; please check fewer files at once")
            code = PeelcheckError.exit_code
        except KeyboardInterrupt:
            _say(STOPPED)
            code = INTERRUPTED
        except Exception as error:
            code = _report(error)
        ctx.exit(code or NOTHING)


def _say(message: str) -> None:
    """A message for the person at the keyboard. If it cannot be given, that changes nothing else."""
    with suppress(OSError):
        click.echo(fitted(message, getattr(sys.stderr, "encoding", None) or "utf-8"), err=True)


def _report(error: Exception) -> int:
    """Say what went wrong, and the exit code: a package that is not there is for people to install, all else is a bug."""
    missing = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if missing and missing != "peelcheck":
        _say(
            f"Error: peelcheck needs the package {missing}, which is not installed; please install peelcheck again"
        )
        return PeelcheckError.exit_code
    _say(f"peelcheck has failed because of a bug: {visible(str(error)) or type(error).__name__}")
    _say("Please report this with the message below and, if you are allowed to share it, the file.\n")
    for line in "".join(traceback.format_exception(error)).splitlines():
        _say(visible(line))
    return BrokenCheck.exit_code


def threshold(fail_on: str) -> Severity | None:
    """The lowest severity that causes exit code 1; None for never."""
    return None if fail_on == NEVER else Severity(fail_on)


def verdict(queries: Iterable[Query], fail_on: str) -> int:
    """The exit code for the queries: 1 if any is at or above `fail_on`, else 0."""
    lowest = threshold(fail_on)
    if lowest is None:
        return NOTHING
    return SOMETHING if any(query.severity.rank <= lowest.rank for query in queries) else NOTHING
