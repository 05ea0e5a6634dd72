"""The options that select which queries are reported, and as how severe."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from peelcheck.cli import completion
from peelcheck.errors import UsageError
from peelcheck.model import Selection, Severity

Command = Callable[..., Any]


def selecting(command: Command) -> Command:
    """`--select`, `--ignore` and `--severity`, each as often as it is needed; the command gets them as `selection`."""

    @functools.wraps(command)
    def run(**given: Any) -> Any:
        own = {name: given.pop(name) for name in Selection.__struct_fields__}
        return command(selection=Selection(**own), **given)

    wrapped: Command = run
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _words(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an option; several may stand in one, with commas between."""
    words = tuple(word.strip() for one in given for word in one.split(","))
    if not all(words):
        raise UsageError(f"{param.opts[0]} expects a code, a kind of check or a return, not a blank")
    return words


def _severities(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, Severity]:
    """The severity of each code that was named.

    Raises:
        UsageError: it is written otherwise, or there is no such severity.
    """
    from peelcheck.schema.entries import did_you_mean, shown  # not loaded for --help

    known = {str(severity): severity for severity in Severity}
    severities = {}
    for one in given:
        code, sign, word = (part.strip() for part in one.partition("="))
        if not sign or not code:
            raise UsageError(f"{param.opts[0]} expects CODE=SEVERITY, such as DA108=note, not {shown(one)}")
        if word not in known:
            raise UsageError(
                f"{param.opts[0]}: there is no severity {shown(word)}{did_you_mean(word, known)}"
            )
        severities[code.upper()] = known[word]
    return severities


_OPTIONS = (
    click.option(
        "--select",
        metavar="RULE",
        multiple=True,
        callback=_words,
        shell_complete=completion.selectable,
        help="Report only these: a code (DA101), the start of one (DA), a kind of check or a return. May be repeated.",
    ),
    click.option(
        "--ignore",
        metavar="RULE",
        multiple=True,
        callback=_words,
        shell_complete=completion.selectable,
        help="Do not report these. May be repeated.",
    ),
    click.option(
        "--severity",
        metavar="CODE=SEVERITY",
        multiple=True,
        callback=_severities,
        help="Report a rule as an error, query or note, such as DA108=note. May be repeated.",
    ),
)
