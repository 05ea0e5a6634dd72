"""Nobody waits for pandas to read a page of help."""

from __future__ import annotations

import pytest

from tests.support.running import python

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from peelcheck.cli import main
try:
    main(sys.argv[1:])
except SystemExit as done:
    assert done.code == 0, done.code
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """The packages that a command has loaded when it is done."""
    ran = python(PROGRAM, *arguments)
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["validate", "--help"], ["figures", "--help"]]
)
def test_help_loads_neither_tables_nor_layout(arguments: list[str]) -> None:
    assert loaded(*arguments).isdisjoint({"pandas", "pandera", "numpy", "pyarrow", "rich", "yaml"})


@pytest.mark.parametrize("arguments", [["rules"], ["rules", "--format", "json"], ["explain", "DA101"]])
def test_rules_load_no_tables(arguments: list[str]) -> None:
    assert loaded(*arguments).isdisjoint({"pandas", "pandera", "numpy", "pyarrow"})


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, peelcheck; peelcheck.__version__; print(*sys.modules)"
    ran = python(code)
    assert ran.returncode == 0, ran.stderr
    assert {"pandas", "numpy", "rich", "click"}.isdisjoint(ran.stdout.split())
