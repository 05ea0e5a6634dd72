"""Whole processes timed in turn, so that a machine that slows down slows all of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Medians over the runs of one command: seconds by the clock and of the processor, megabytes of peak memory."""

    seconds: float
    processor: float
    megabytes: float


def time_in_turn(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, Timing]:
    """Run every command `runs` times, A B C A B C …, after one round that does not count."""
    seen: dict[str, list[Timing]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            taken = _once(command)
            if number:
                seen[name].append(taken)
    return {name: _median(taken) for name, taken in seen.items()}


def _median(taken: Sequence[Timing]) -> Timing:
    return Timing(
        statistics.median(one.seconds for one in taken),
        statistics.median(one.processor for one in taken),
        statistics.median(one.megabytes for one in taken),
    )


def _once(command: Sequence[str]) -> Timing:
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
    return Timing(taken, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
