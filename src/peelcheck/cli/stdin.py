"""`-` as a path: a return that comes down a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from peelcheck.errors import UsageError
from peelcheck.rounds.received import TABLE_ENDINGS
from peelcheck.wording import listed

STDIN = Path("-")
_USUAL = "stdin.csv"


@contextmanager
def stdin_as_file(
    paths: Sequence[Path], name: str | None, largest: int
) -> Iterator[tuple[tuple[Path, ...], Mapping[Path, str]]]:
    """What is checked, with a file that holds what came through stdin in the place of `-`.

    Args:
        paths: what is checked.
        name: how the file is called, such as `kent/marac.csv`; its folder says which force it is from.
        largest: bytes of it that are read; a larger one is refused like any other file.

    Yields:
        The paths to check; and for each temporary file how it is called.

    Raises:
        UsageError: stdin is named twice or is empty, or it has a name and is not read.
    """
    if STDIN not in paths:
        if name is not None:
            raise UsageError("--stdin-name needs - as the path that is checked")
        yield tuple(paths), {}
        return
    if list(paths).count(STDIN) > 1:
        raise UsageError("standard input (-) can be checked only once")
    called = _named(name or _USUAL)
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing comes through standard input; please pipe a file into it")
    data = sys.stdin.buffer.read(largest + 1)
    if not data:
        raise UsageError("standard input is empty, so there is nothing to check")
    import tempfile  # not loaded for --help

    with tempfile.TemporaryDirectory(prefix="peelcheck-") as folder:
        file = Path(folder, *called.parts[-2:])
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        yield (
            tuple(file if path == STDIN else path for path in paths),
            {file: called.as_posix()},
        )


def _named(name: str) -> PurePosixPath:
    """The name of a table, with the folders that it is in.

    Raises:
        UsageError: it is a path from the root or upwards, or has not the ending of a table.
    """
    called = PurePosixPath(name.replace("\\", "/"))
    if called.is_absolute() or PureWindowsPath(name).drive or ".." in called.parts:
        raise UsageError(
            f"--stdin-name {name}: expected a name such as kent/marac.csv, without .. and not from /"
        )
    if called.suffix.lower() not in TABLE_ENDINGS:
        raise UsageError(f"--stdin-name {name}: expected a name that ends in {listed(TABLE_ENDINGS, 'or')}")
    return called
