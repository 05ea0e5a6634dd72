"""What the program finds in the sample round: worked out once in each process of the tests, for all that only read it."""

from __future__ import annotations

from functools import cache

from peelcheck import engine
from peelcheck.model import FigureSet, Result
from tests.support.rounds import SAMPLE
from tests.support.running import peelcheck


@cache
def sample_result() -> Result:
    """The result of the sample round."""
    return engine.validate([SAMPLE])


@cache
def sample_figures(force: str | None = None) -> FigureSet:
    """The figures of the sample round, of all forces or of one."""
    return engine.figures([SAMPLE], force=force)


@cache
def sample_output(command: str, *arguments: str) -> str:
    """What a command writes about the sample round, byte by byte as text."""
    done = peelcheck(command, SAMPLE, *arguments)
    assert done.exit_code == (1 if command == "validate" else 0), done.stderr
    return done.stdout_bytes.decode("utf-8")
