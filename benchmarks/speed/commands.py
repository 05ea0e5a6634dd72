"""Whole processes timed in turn, so that a machine that slows down slows all of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds by the clock and of the processor, megabytes of peak memory."""

    seconds: float
    processor: float
    megabytes: float


@dataclass(frozen=True)
class Timing:
    """The runs of one command, a turn each."""

    runs: tuple[Run, ...]

    def all(self, what: str) -> list[float]:
        """A value a run; `what` is an attribute of `Run`."""
        return [float(getattr(run, what)) for run in self.runs]

    def median(self, what: str) -> float:
        """Over the runs."""
        return statistics.median(self.all(what))

    def times(self, other: Timing, what: str) -> float:
        """How many times as much as another command it took: the median over the turns, if both ran in the same ones.

        Within a turn a machine whose speed swings is nearly as fast for one as for the other, which the medians of both,
        taken from different turns, are not.
        """
        if len(self.runs) != len(other.runs):
            return self.median(what) / other.median(what)
        return statistics.median(
            [one / two for one, two in zip(self.all(what), other.all(what), strict=True)]
        )

    def then(self, other: Timing) -> Timing:
        """This command and another one after it, turn by turn; the peak is the higher one."""
        pairs = zip(self.runs, other.runs, strict=True)
        return Timing(
            tuple(
                Run(
                    one.seconds + two.seconds,
                    one.processor + two.processor,
                    max(one.megabytes, two.megabytes),
                )
                for one, two in pairs
            )
        )


def time_in_turn(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, Timing]:
    """Run every command `runs` times, A B C A B C …, after one round that does not count."""
    seen: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            taken = _once(command)
            if number:
                seen[name].append(taken)
    return {name: Timing(tuple(taken)) for name, taken in seen.items()}


def _once(command: Sequence[str]) -> Run:
    """One run; a command that ends with 2 or more is an error of the benchmark.

    The program is run as it is installed: its modules are compiled once and not again in every run.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=surroundings
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command}: exit {process.returncode}: {said.decode(errors='replace')[-500:]}")
    taken = time.perf_counter() - started
    return Run(taken, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
