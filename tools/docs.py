"""What of docs/ is written from the program: `python tools/docs.py`. A test compares the two.

docs/commands.md and docs/rules.md as a whole; of docs/writing-a-schema.md the kinds of check, between two marks.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import yaml
from msgspec import NODEFAULT

from peelcheck.checks import KINDS, Kind
from peelcheck.checks.compiling import Parameter, parameters_of
from peelcheck.checks.parameters import AtLeast, Matches, Names
from peelcheck.cli import main as program
from peelcheck.model import CheckSpec, Collection
from peelcheck.render.terminal.rules import described
from peelcheck.rounds.folder import DEFAULT_COLLECTION
from peelcheck.rules.registry import COMPARISON, all_rules
from peelcheck.schema import find_collection, load_collection

DOCS = Path(__file__).parent.parent / "docs"
KINDS_BEGIN = "<!-- written by tools/docs.py from here -->"
KINDS_END = "<!-- to here -->"
BUILT_IN = {
    "FI": "Files",
    "CE": "Cells",
    "TY": "Values of a column",
    "RO": "The round",
}


def commands() -> str:
    """Every command's help, as the program gives it."""
    parts = [
        "# Commands",
        "The `--help` text of each command. Results go to stdout, messages and progress to stderr. A piped result is plain "
        "text, 100 columns wide unless `COLUMNS` is set (from 60 to 120). `FORCE_COLOR` keeps colour in a pipe, `NO_COLOR` "
        "turns it off everywhere.",
    ]
    top = click.Context(program, info_name="peelcheck", terminal_width=80, **program.context_settings)
    for context in _contexts(top):
        parts.append(f"## `{context.command_path}`\n\n```text\n{context.get_help().rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def _contexts(context: click.Context) -> Iterator[click.Context]:
    """A command and all beneath it."""
    yield context
    if isinstance(context.command, click.Group):
        for name, command in context.command.commands.items():
            yield from _contexts(click.Context(command, parent=context, info_name=name))


def rules() -> str:
    """Every rule of the program and of the collection that comes with it."""
    collection = load_collection(find_collection(DEFAULT_COLLECTION))
    parts = [
        "# Rules",
        f"Every rule of `{collection.name}`, as `peelcheck explain CODE` shows it. An *error* is a figure that cannot "
        f"be used; "
        "a *query* asks the force to correct or explain a figure; a *note* is for information.",
    ]
    chapter = None
    for rule in sorted(all_rules(collection), key=lambda rule: (_order(rule, collection), rule.code)):
        title = _chapter(rule, collection)
        if title != chapter:
            parts.append(f"## {title}")
            chapter = title
        parts.append(_rule(rule))
    return "\n\n".join(parts) + "\n"


def _chapter(rule: CheckSpec, collection: Collection) -> str:
    if rule.code[:2] in BUILT_IN and not rule.file:
        return BUILT_IN[rule.code[:2]]
    if rule.kind == COMPARISON:
        return "Comparisons with the other forces and with earlier years"
    if rule.return_name and rule.file == collection.returns[rule.return_name].file:
        return collection.returns[rule.return_name].title
    return "Between returns"


def _order(rule: CheckSpec, collection: Collection) -> int:
    """Built in, then the returns in their order, then between returns, then comparisons."""
    chapters = [
        *BUILT_IN.values(),
        *(schema.title for schema in collection.returns.values()),
        "Between returns",
    ]
    title = _chapter(rule, collection)
    return chapters.index(title) if title in chapters else len(chapters)


def _rule(rule: CheckSpec) -> str:
    """The title, and the parts of the rule's page."""
    lines = [f"### {rule.code} {rule.title}", ""]
    for label, text in described(rule):
        code = label.startswith("  ") or label in ("Kind", "Return", "Defined in")
        lines.append(
            f"{'  ' if label.startswith('  ') else ''}- {label.strip()}: {f'`{text}`' if code else text}"
        )
    return "\n".join(lines)


def writing_a_schema() -> str:
    """The page as it was written by hand, with the kinds of check as the program has them."""
    page = (DOCS / "writing-a-schema.md").read_text(encoding="utf-8")
    before, rest = page.split(KINDS_BEGIN)
    after = rest.split(KINDS_END)[1]
    return f"{before}{KINDS_BEGIN}\n\n{kinds()}\n\n{KINDS_END}{after}"


def kinds() -> str:
    """Every kind of check: what it holds, its parameters, and one that is in use."""
    used = all_rules(load_collection(find_collection(DEFAULT_COLLECTION)))
    return "\n\n".join(
        _kind(name, kind, next(rule for rule in used if rule.kind == name)) for name, kind in KINDS.items()
    )


def _kind(name: str, kind: type[Kind], used: CheckSpec) -> str:
    parameters = [
        f"- `{each.name}`: {_wanted(each.wanted)}{'' if each.required else f'; default {_default(each)}'}"
        for each in parameters_of(kind)
        if each.name != "where"  # every kind has it: the page describes it once
    ]
    example = "".join(
        yaml.safe_dump(
            {key: value}, default_flow_style=None if isinstance(value, (list, dict)) else False, width=100
        )
        for key, value in {"kind": name, **used.parameters}.items()
    )
    return "\n".join(
        [
            f"### `{name}`\n\n{inspect.getdoc(kind)}\n",
            *parameters,
            f"\n`{used.code}` of `{used.file}`, “{used.title}”:\n\n```yaml\n{example.rstrip()}\n```",
        ]
    )


def _wanted(wanted: Any) -> str:
    """What a parameter may be, in words."""
    kept: tuple[Any, ...] = ()
    if typing.get_origin(wanted) is typing.Annotated:
        wanted, kept = typing.get_args(wanted)[0], wanted.__metadata__
    if any(isinstance(each, Matches) for each in kept):
        return "conditions, `{column: value}` or `{column: [value, value]}`"
    parts = typing.get_args(wanted)
    least = "".join(f", at least {each.least}" for each in kept if isinstance(each, AtLeast))
    if type(None) in parts:
        return f"{_wanted(parts[0])}, or null"
    if typing.get_origin(wanted) is tuple:
        return f"a list{least.replace(', at', ' of at')}, each {_wanted(parts[0])}"
    if typing.get_origin(wanted) is Mapping:
        return "a table with a whole number for each of some forces"
    for each in kept:
        if isinstance(each, Names):
            return f"{each.what}{', or another return’s item as `return.item`' if each.elsewhere else ''}"
    return f"{'a whole number' if wanted is int else 'a number'}{least}"


def _default(parameter: Parameter) -> str:
    value = parameter.field.default
    if value is NODEFAULT:
        return "none"
    return "null" if value is None else f"`{value}`"


PAGES = {"commands.md": commands, "rules.md": rules, "writing-a-schema.md": writing_a_schema}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
