"""Where the outputs of a run go and in which format: what `--format`, `--output` and the endings of files say together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from peelcheck.cli.output import Shown, deliver, look
from peelcheck.cli.overwriting import refuse_received, refuse_same
from peelcheck.errors import UsageError
from peelcheck.render import every_output
from peelcheck.render.forms import Never
from peelcheck.render.output import Output, Rendered
from peelcheck.wording import listed

T = TypeVar("T")

_STDOUT = "-"
_TEXT = ("", ".txt")
"""Endings that text in any format may have."""
_OF_OTHER_PROGRAMS = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".htm", ".html", ".tsv", ".ods", ".xls", ".xlsm", ".xlsb", ".ppt", ".pptx",
    ".parquet", ".feather", ".zip", ".gz", ".7z", ".png", ".jpg",
)  # fmt: skip
"""Endings of files that would be taken for damaged ones, even if the format was named."""


class Destination(Struct, Generic[T], frozen=True):
    """One output of a run, and the file that it is written to; None for stdout."""

    output: Rendered[T]
    file: Path | None = None


class Destinations(Struct, Generic[T], frozen=True):
    """Every output of a run. The page goes to stdout as well, unless another output does."""

    every: tuple[Destination[T], ...]

    @property
    def files(self) -> list[Path]:
        """The files that are written."""
        return [one.file for one in self.every if one.file is not None]

    @property
    def show_lines(self) -> bool:
        """Whether some output names lines of files."""
        return any(one.output.shows_lines for one in self.every)

    @property
    def on_stdout(self) -> bool:
        """Whether some output goes to stdout."""
        return any(one.file is None for one in self.every)

    def without(self, name: str) -> Destinations[T]:
        """The same but for an output to stdout that a command words itself."""
        return Destinations(
            tuple(one for one in self.every if one.file is not None or one.output.name != name)
        )

    def refuse(self, paths: Iterable[Path], schemas: Path | None, findings: Path | None = None) -> None:
        """Refuse to write two outputs to one file, or over a file that is not the program's own.

        Args:
            paths: what is checked.
            schemas: the folder of collections, where it is not that of the program.
            findings: the file of `--findings`.

        Raises:
            OutputError: some file is refused.
        """
        given = list(paths)
        named = [("--output", file) for file in self.files]
        named += [("--findings", findings)] if findings else []
        refuse_same(named)
        for _, file in named:
            refuse_received(file, given, schemas)

    def deliver(
        self,
        result: T,
        shown: Shown = Shown(),  # noqa: B008 (frozen)
        without_values: Callable[[T], T] | None = None,
    ) -> None:
        """Write everything: the files first, since a reader of stdout may stop reading.

        Args:
            result: what is written.
            shown: what a person asked to see of it.
            without_values: gives the result for outputs that hide values.

        Raises:
            OutputError: some file cannot be written; then there is none, or the one that was there before.
        """
        for one in sorted(self.every, key=lambda one: one.file is None):
            hide = without_values if one.output.hides_values else None
            deliver(one.output.render(hide(result) if hide else result, look(one.file, shown)), one.file)


def destinations(
    outputs: Mapping[str, Rendered[T]], form: str | None, given: Sequence[str]
) -> Destinations[T]:
    """Where the outputs go that were asked for.

    Args:
        outputs: all formats, by name; the first is the page.
        form: what `--format` named. Without `--output` it is the format of stdout, with one of them that file's.
        given: the values of `--output`: a file, whose ending says its format; or `FORMAT:FILE`. The file `-` is stdout.

    Raises:
        UsageError: these do not fit together, or a file has an ending that the format cannot have.
    """
    page = next(iter(outputs.values()))
    if not given:
        return Destinations((Destination(page if form is None else outputs[form]),))
    if form is not None and len(given) > 1:
        raise UsageError(
            "--format cannot be used with several --output options; please name each format with its file, such as "
            f"--output {form}:FILE"
        )
    every = [_destination(outputs, form, one) for one in given]
    on_stdout = [one for one in every if one.file is None]
    if len(on_stdout) > 1:
        raise UsageError("only one --output can go to standard output (-)")
    return Destinations((*every, *([] if on_stdout else [Destination(page)])))


def _destination(outputs: Mapping[str, Rendered[T]], form: str | None, given: str) -> Destination[T]:
    before, colon, rest = given.partition(":")
    if colon and rest and before not in outputs and before in {output.name for output in every_output()}:
        raise UsageError(
            f"--output {given}: this command does not write {before}, only {listed(list(outputs), 'or')}"
        )
    if colon and rest and before not in outputs and re.fullmatch("[A-Za-z]{2,}", before):
        raise UsageError(
            f"--output {given}: there is no format {before!r}, only {listed(list(outputs), 'or')}; to write a file of "
            f"that name, please use ./{given}"
        )
    if colon and before in outputs and rest:
        if form is not None and form != before:
            raise UsageError(
                f"--output {given}: is {before}, and --format is {form}; please leave one of them out"
            )
        form, given = before, rest
    if given == _STDOUT:
        return Destination(next(iter(outputs.values())) if form is None else outputs[form])
    file = Path(given)
    output = _of_file(outputs, form, file)
    if isinstance(output.form, Never):
        raise UsageError(
            f"{file}: {output.name} is written to standard output only; please use --format {output.name}"
        )
    return Destination(output, file)


def _of_file(outputs: Mapping[str, Rendered[T]], form: str | None, file: Path) -> Rendered[T]:
    """The output that was asked for, else the one that the ending of the file stands for, else the first.

    Raises:
        UsageError: the ending stands for another output or another program's files, or for none and no format was named.
    """
    ending = file.suffix.lower()
    usual = next((output for output in outputs.values() if ending in output.endings), None)
    if form is None:
        if usual is None:
            _refuse_ending(file, outputs.values())
        return usual or next(iter(outputs.values()))
    output = outputs[form]
    if usual is not None and usual is not output:
        raise UsageError(
            f"{file}: {ending} is the ending of {usual.name}, not of {form}; please choose another ending, "
            f"or --format {usual.name}"
        )
    if usual is None and ending in _OF_OTHER_PROGRAMS:
        _refuse_ending(file, outputs.values())
    return output


def refuse_other_ending(output: Output, file: Path | None) -> None:
    """Refuse the name of a file that says it is something else than the only output that is written to it.

    Raises:
        UsageError: it has another ending than the output's.
    """
    if file is not None and file.suffix.lower() not in output.endings:
        _refuse_ending(file, [output])


def _refuse_ending(file: Path, outputs: Iterable[Output]) -> None:
    """Never write a page of text, say, to a file that another program is to open; `o.pdf` would be a damaged one.

    Raises:
        UsageError: the file has an ending that neither text nor any of these outputs has.
    """
    if file.suffix.lower() in _TEXT:
        return
    known = [ending for output in outputs for ending in output.endings]
    raise UsageError(
        f"{file}: {file.suffix} files cannot be written; please choose a name ending in "
        f"{listed(['.txt', *known] if len(known) > 1 else known, 'or')}"
    )
