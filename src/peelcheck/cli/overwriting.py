"""What a result may be written over: an earlier result as it was written, and a file with nothing in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from peelcheck.cli.stopping import uninterrupted
from peelcheck.errors import OutputError
from peelcheck.render.own_results import is_as_written, is_blank, is_result


def _there(output: Path) -> bool:
    """Whether there is such a file; a path that cannot be looked at is one that cannot be written either.

    Raises:
        OutputError: it cannot be looked at.
    """
    try:
        return output.exists()
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror or error})") from error


def refuse_no_file(output: Path) -> None:
    """Refuse a path that is not an ordinary file: a result is never written to a folder, a device or through a link.

    `/dev/stdout` is a link that may lead to a file, and whoever may write there would lose it to the result.

    Raises:
        OutputError: there is something else than a file.
    """
    if _there(output) and not output.is_file():
        raise OutputError(f"{output}: cannot be written (it is not a file)")
    if output.is_symlink():
        raise OutputError(f"{output}: cannot be written (it is a link; please name the file itself)")


def refuse_present(output: Path | None) -> None:
    """Refuse a file that is there already: somebody may have written into it.

    Raises:
        OutputError: there is one, or a folder.
    """
    if output is None:
        return
    refuse_no_file(output)
    if _there(output):
        raise OutputError(
            f"{output}: is there already; somebody may have written into it, so it is not overwritten"
        )


def _place(path: Path) -> Path:
    """Where a path leads; links that lead round in circles lead nowhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def refuse_same(named: Iterable[tuple[str, Path]]) -> None:
    """Never write one result over the other.

    Args:
        named: each file with the option that names it.

    Raises:
        OutputError: two are the same file.
    """
    seen: dict[Path, str] = {}
    for option, file in named:
        other = seen.get(_place(file))
        if other is not None:
            twice = f"both {other} and {option}" if other != option else f"two {option} options"
            raise OutputError(f"{file}: is given for {twice}; please choose two names")
        seen[_place(file)] = option


def refuse_received(output: Path | None, paths: Iterable[Path], schemas: Path | None) -> None:
    """Never write over a file that is not the program's own, nor to where a result would be taken for one to be checked.

    Args:
        output: where a result is to be written.
        paths: what is checked.
        schemas: the folder of collections, where it is not that of the program.

    Raises:
        OutputError: the file is one of those that are read, or would be the next time, or anybody else's.
    """
    if output is None:
        return
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.rounds.given import round_of
        from peelcheck.schema import collections_in

    place, there = _place(output), _there(output)
    if any(place.is_relative_to(_place(folder)) for folder in collections_in(schemas).values()):
        raise OutputError(
            f"{output}: is in the folder of a collection's schemas; please choose another folder"
        )
    given = list(paths)
    for path in [*given, *filter(None, map(round_of, given))]:
        here = _place(path)
        if not place.is_relative_to(here) or not _would_be_read(place, here, there):
            continue
        if there:
            raise OutputError(f"{output}: is one of the files to be checked; please choose another name")
        raise OutputError(
            f"{output}: would be mistaken for a file to be checked; please choose another folder"
        )
    refuse_no_file(output)
    if there and not is_as_written(place) and not is_blank(place):
        raise OutputError(
            f"{output}: already exists and is not peelcheck output; please choose another name, or remove it first"
        )


def _would_be_read(place: Path, here: Path, there: bool) -> bool:
    """Whether a result in a folder that is checked is, or would be, one of the files that are read from it."""
    from peelcheck.model import ReturnKind
    from peelcheck.rounds.given import HISTORY, OWN_FILES, ROUND_FILE
    from peelcheck.rounds.received import TABLE_ENDINGS

    inside = place.relative_to(here).parts
    if not inside:
        return True
    if (here / ROUND_FILE).is_file():
        return inside[0] in {*ReturnKind, HISTORY} or inside in {(name,) for name in OWN_FILES}
    return there and place.suffix.lower() in TABLE_ENDINGS and not is_result(place)
