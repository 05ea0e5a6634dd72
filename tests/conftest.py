"""What every test stands on: an environment that says nothing about the terminal. And where what is.

The folders are those of `src/peelcheck`: whoever changes `tables/row_period` finds its tests in `tests/tables`. Tests of a
module that lies in no package are beside this file. Besides there are

- `docs`: the README, the pages and the wheel hold what the program does
- `sample`: the sample round, its planted faults and the published figures
- `hostile`: files, paths and settings that are made to do harm, through the whole program
- `benchmarks`: what the benchmarks compute; `oracles`: what other programs made of the same figures
- `support`: what tests share. `rounds` builds rounds, `running` runs the program in this process or in one of its own,
  `sample` has what is found in the sample round, worked out once, `harmless` guards a run; the others serve one package

A test that takes longer than about 0.3 s, draws examples or starts a process is marked `slow`, and so are all in `hostile`:

    pytest -m "not slow" -n 2    # while working
    pytest -n 2                  # everything, before a change lands

With `-n 2` each of the two processes works out the sample round once.
"""

from __future__ import annotations

import pytest
from hypothesis import is_hypothesis_test

pytest.register_assert_rewrite("tests.support")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that draws its examples is slow, whatever it tests, and so are all that try to do harm."""
    for item in items:
        hostile = item.path.parent.name == "hostile"
        if hostile or is_hypothesis_test(getattr(item, "function", None)):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The width and colours of whoever runs the tests must not show in what they compare."""
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
