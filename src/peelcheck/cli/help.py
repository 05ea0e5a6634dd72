"""Help and the version are results like any other: they may not get through either, and are read by programs too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from peelcheck.cli.output import deliver
from peelcheck.version import __version__


def _shown(text: Callable[[click.Context], str]) -> Callable[..., None]:
    """The callback of a flag that shows a text and ends the run.

    Raises:
        OutputError: the text cannot be written.
    """

    def show(ctx: click.Context, param: click.Parameter, given: bool) -> None:
        if given and not ctx.resilient_parsing:
            deliver(f"{text(ctx)}\n", None)
            ctx.exit()

    return show


class _WithHelp(click.Command):
    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, which writes as results are written."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _shown(click.Context.get_help)
        return option


class Command(_WithHelp):
    """A command whose help is written as results are written."""


class Group(_WithHelp, click.Group):
    """A group of such commands."""

    command_class = Command


def version(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--version`."""
    return click.option(
        "--version",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_shown(lambda ctx: f"peelcheck {__version__}"),
        help="Show the version and exit.",
    )(command)
