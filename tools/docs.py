"""docs/commands.md and docs/rules.md, written from the program: `python tools/docs.py`. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from peelcheck.cli import main as program
from peelcheck.collection import DEFAULT_COLLECTION
from peelcheck.model import CheckSpec, Collection
from peelcheck.render.rules import described
from peelcheck.rules import COMPARISON, all_rules
from peelcheck.schema import find_collection, load_collection

DOCS = Path(__file__).parent.parent / "docs"
BUILT_IN = {
    "FI": "Files",
    "CE": "Cells",
    "TY": "What a column may hold",
    "RO": "The round",
}


def commands() -> str:
    """Every command's help, as the program gives it."""
    parts = [
        "# Commands",
        "What `--help` says, command by command. Results go to stdout, messages and progress to stderr; piped, a result is "
        "plain text, 100 columns wide unless `COLUMNS` says otherwise. `NO_COLOR` is respected.",
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
        f"Every rule that `{collection.name}` can speak of, in the words of `peelcheck explain CODE`. An *error* is a figure "
        "that cannot be used; a *query* asks to correct it or to explain it; a *note* is for information.",
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
        return "Comparisons with the other forces and with the years before"
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
        code = label.startswith("  ") or label in ("Kind", "Return", "Written in")
        lines.append(
            f"{'  ' if label.startswith('  ') else ''}- {label.strip()}: {f'`{text}`' if code else text}"
        )
    return "\n".join(lines)


PAGES = {"commands.md": commands, "rules.md": rules}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
