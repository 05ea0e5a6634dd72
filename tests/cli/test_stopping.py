"""A result is whole or not there, wherever in its writing the run is told to stop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from peelcheck.cli import output, stopping
from peelcheck.cli.output import whole_file
from peelcheck.cli.stopping import heed, listen, uninterrupted
from tests.support.running import heeded

BEFORE, AFTER = b"of the day before", b"of today"
OURS = (output.__file__, stopping.__file__)


@pytest.fixture(autouse=True)
def _listening() -> Iterator[None]:
    with heeded():
        before = signal.getsignal(signal.SIGINT)
        listen()
        yield
        listen()
        signal.signal(signal.SIGINT, before)


def write(to: Path, swallowed: bool = False) -> None:
    with whole_file(to) as handle:
        handle.write(AFTER)
        if swallowed:
            with suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)


def write_and_stop_at(step: int, times: int, to: Path) -> None:
    with told_at(step, times):
        write(to)
        heed()


@contextmanager
def told_at(step: int, times: int = 1) -> Iterator[Callable[[], int]]:
    """Told to stop before the n-th instruction of the modules that write; gives how many there were so far."""
    steps = 0

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal steps
        if frame.f_code.co_filename not in OURS or frame.f_code.co_name == "hear":
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            steps += 1
            if steps in range(step, step + times):
                signal.raise_signal(signal.SIGINT)
        return trace

    traced = sys.gettrace()
    sys.settrace(trace)
    try:
        yield lambda: steps
    finally:
        sys.settrace(traced)


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 30])
@pytest.mark.parametrize("there", [True, False])
def test_a_result_is_whole_or_not_there_at_whichever_instruction_the_run_is_stopped(
    there: bool, times: int, tmp_path: Path
) -> None:
    with told_at(0, 0) as count:
        write(tmp_path / "result")
    instructions, new = count(), 0
    assert instructions > 100
    for step in range(1, instructions + 1):
        folder = tmp_path / str(step)
        folder.mkdir()
        if there:
            (folder / "result").write_bytes(BEFORE)
        listen()
        with pytest.raises(KeyboardInterrupt):
            write_and_stop_at(step, times, folder / "result")
        left = {path.name: path.read_bytes() for path in folder.iterdir()}
        new += left == {"result": AFTER}
        assert left in ({"result": AFTER}, {"result": BEFORE} if there else {}), step
    assert 0 < new < instructions


def test_a_word_that_a_library_took_no_notice_of_is_heeded_before_the_result_takes_its_place(
    tmp_path: Path,
) -> None:
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "result", swallowed=True)
    assert not list(tmp_path.iterdir())


def test_what_must_not_be_cut_in_two_is_done_to_its_end() -> None:
    done = []

    def work() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("inside")
        done.append("behind")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["inside"]


def test_a_word_of_the_run_before_is_forgotten() -> None:
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    listen()
    heed()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_what_is_to_be_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        listen()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
