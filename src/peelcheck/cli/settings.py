"""Settings in a file: `peelcheck.toml`, or `[tool.peelcheck]` in `pyproject.toml`, with the names of the options as keys.

The file beside `round.yaml` counts, else the nearest one from the current folder upwards. One in a folder of received files
does not: whoever sends a file does not decide how it is checked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from peelcheck.cli.help import Command
from peelcheck.cli.output import deliver
from peelcheck.errors import PeelcheckError, SchemaError
from peelcheck.rounds.given import RECEIVED, ROUND_FILE, round_of

NAMES = ("peelcheck.toml", "pyproject.toml")
_TABLE = "tool.peelcheck"
_NOT_IN_A_FILE = frozenset(
    {"paths", "help", "show_settings", "ids", "everything", "reason", "until", "since"}
)
"""What is said anew in each run."""
_ORIGINS = {
    click.core.ParameterSource.COMMANDLINE: "command line",
    click.core.ParameterSource.ENVIRONMENT: "environment",
    click.core.ParameterSource.DEFAULT: "default",
}


class WithSettings(Command):
    """A command whose options may also stand in a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the file before the options, so that those of the command line go before it."""
        given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
        paths = given.get("paths")
        file = settings_file(
            [Path(path) for path in paths if path] if isinstance(paths, (list, tuple)) else []
        )
        if file is not None and not ctx.resilient_parsing:
            ctx.default_map = {**_settings(file, self, ctx)}
            ctx.meta[__name__] = file
        return super().parse_args(ctx, args)


def settings_file(paths: Sequence[Path]) -> Path | None:
    """The file of settings for what is checked; None where there is none.

    Args:
        paths: what is checked.
    """
    for path in paths or [Path()]:
        root = path if _there(path / ROUND_FILE) else round_of(path)
        if root is not None and (file := _in_folder(root)) is not None:
            return file
    loose = [path for path in paths if not _there(path / ROUND_FILE) and round_of(path) is None]
    folders = [path if _there(path, folder=True) else path.parent for path in loose if path != Path("-")]
    received = [Path(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100 (links are not followed)
    try:
        here = Path.cwd()
    except OSError:  # it is gone, which the command says
        return None
    for folder in (here, *here.parents):
        if not _is_received(folder, received) and (file := _in_folder(folder)) is not None:
            return file
    return None


def _there(path: Path, *, folder: bool = False) -> bool:
    """Whether a path is a file, or a folder; one that cannot be looked at is neither."""
    try:
        return path.is_dir() if folder else path.is_file()
    except (OSError, ValueError):
        return False


def _is_received(folder: Path, received: Iterable[Path]) -> bool:
    """Whether a folder is one of received files, or is in one."""
    if any(folder.is_relative_to(path) for path in received):
        return True
    return any(
        above.name in RECEIVED and _there(above.parent / ROUND_FILE) for above in (folder, *folder.parents)
    )


def _in_folder(folder: Path) -> Path | None:
    for name in NAMES:
        file = folder / name
        if _there(file) and (name == NAMES[0] or _has_table(file)):
            return file
    return None


def _has_table(file: Path) -> bool:
    """Whether a `pyproject.toml` has settings; what else is wrong with it is not for this program to say."""
    import tomllib  # not loaded for --help

    try:
        text = file.read_text(encoding="utf-8")
        return "peelcheck" in tomllib.loads(text).get("tool", {})
    except (OSError, UnicodeDecodeError, AttributeError):
        return False
    except tomllib.TOMLDecodeError:
        return f"[{_TABLE}" in text  # then it is said what is wrong


def _settings(file: Path, command: click.Command, ctx: click.Context) -> Mapping[str, Any]:
    """The settings by the names of the parameters, as the command line would have them.

    Raises:
        SchemaError: the file is not TOML, has an unknown key, or a value that its option cannot have.
    """
    from peelcheck.schema.entries import did_you_mean

    table, where = _table(file)
    options = {
        option.opts[-1].removeprefix("--").replace("-", "_"): option
        for option in command.get_params(ctx)
        if isinstance(option, click.Option) and _may_stand_in_a_file(option)
    }
    settings = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in options:
            raise SchemaError(
                str(file),
                where + key,
                f"unknown key{did_you_mean(key, [known.replace('_', '-') for known in options], most=0)}",
            )
        option = options[name]
        given = _as_given(option, value, file, where + key)
        _try(option, given, ctx, file, where + key)
        settings[str(option.name)] = given
    return settings


def _may_stand_in_a_file(option: click.Option) -> bool:
    return option.name not in _NOT_IN_A_FILE and "--help" not in option.opts


def _table(file: Path) -> tuple[Mapping[str, Any], str]:
    """The settings of a file, and what stands before their keys in messages."""
    import tomllib

    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SchemaError(str(file), "", f"is not TOML ({error})") from None
    if file.name == NAMES[0]:
        return content, ""
    table = content["tool"]["peelcheck"]
    if not isinstance(table, dict):
        raise SchemaError(str(file), _TABLE, "expected a table")
    return table, f"{_TABLE}."


def _as_given(option: click.Option, value: Any, file: Path, key: str) -> Any:
    """A value as the command line would give it: a flag as true or false, a path from the file's folder.

    Raises:
        SchemaError: it has another type than the option.
    """
    from peelcheck.schema.entries import shown

    if option.is_flag:
        if not isinstance(value, bool):
            raise SchemaError(str(file), key, f"expected true or false, not {shown(value)}")
        return value
    if option.multiple:
        items = [f"{code}={word}" for code, word in value.items()] if isinstance(value, dict) else value
        items = [items] if isinstance(items, str) else items
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise SchemaError(str(file), key, f"expected a text or a list of texts, not {shown(value)}")
        return [_from(file, option, item) for item in items]
    if not isinstance(value, str):
        value = value.isoformat() if hasattr(value, "isoformat") else value
        if not isinstance(value, str):
            raise SchemaError(str(file), key, f"expected a text, not {shown(value)}")
    return _from(file, option, value)


def _from(file: Path, option: click.Option, value: str) -> str:
    """A path of the file as one from the current folder."""
    if not isinstance(option.type, click.Path) and option.name != "outputs":
        return value
    form, colon, rest = value.rpartition(":") if option.name == "outputs" else ("", "", value)
    return value if rest == "-" else f"{form}{colon}{file.parent / rest}"


def _try(option: click.Option, value: Any, ctx: click.Context, file: Path, key: str) -> None:
    try:
        option.process_value(ctx, value)
    except (click.BadParameter, PeelcheckError) as error:
        said = error.message if isinstance(error, click.BadParameter) else str(error)
        raise SchemaError(str(file), key, said.rstrip(".")) from None


def showing_settings(command: Any) -> Any:
    """The option `--show-settings`."""
    return click.option(
        "--show-settings",
        is_flag=True,
        expose_value=False,
        callback=_show,
        help="Show every option with its value and where that comes from, and exit.",
    )(command)


def _show(ctx: click.Context, param: click.Parameter, given: bool) -> None:
    """Show the settings once all options are read."""
    if given and not ctx.resilient_parsing:
        ctx.meta["show_settings"] = True


def show_if_asked(ctx: click.Context) -> bool:
    """Show the settings if that was asked for; whether it was.

    Raises:
        OutputError: they cannot be written.
    """
    if not ctx.meta.get("show_settings"):
        return False
    rows = []
    for option in ctx.command.get_params(ctx):
        if not isinstance(option, click.Option) or not _may_stand_in_a_file(option) or option.name is None:
            continue
        source = ctx.get_parameter_source(option.name) or click.core.ParameterSource.DEFAULT
        origin = _ORIGINS.get(source) or str(ctx.meta.get(__name__))
        rows.append((option.opts[-1].removeprefix("--"), _words(ctx.params.get(option.name)), origin))
    widths = [max(len(row[n]) for row in rows) for n in range(2)]
    lines = [f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}\n" for name, value, origin in rows]
    deliver("".join(lines), None)
    return True


def _words(value: Any) -> str:
    if value is None or value == () or value == {}:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={word}" for name, word in value.items())
    if isinstance(value, datetime):
        return value.date().isoformat()
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
