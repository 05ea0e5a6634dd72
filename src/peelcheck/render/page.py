"""The blocks that a page for a person is built of. Rich is used for layout only: no text is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from peelcheck.render.look import Look
from peelcheck.render.safe import visible

QUIET, STRONG, ASKED = "dim", "bold", "cyan"
SEVERITY_STYLES = {"error": "bold red", "query": "bold yellow", "note": "blue"}


def words(text: str, style: str = "") -> Text:
    """Words as they are, with what cannot be seen written out."""
    return Text(visible(text), style=style)


def joined(*parts: Text) -> Text:
    """Parts of a line, each in its own style."""
    return Text.assemble(*parts)


def indented(block: RenderableType, by: int) -> Padding:
    """A block moved to the right."""
    return Padding(block, (0, 0, 0, by))


def beside(left: RenderableType, right: RenderableType, left_width: int) -> Table:
    """Two blocks side by side, the left one of a fixed width."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=left_width, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.expand = True
    grid.add_row(left, right)
    return grid


def heading(left: Text, right: Text) -> list[RenderableType]:
    """A title, what it comes to at the other end of the line, and a quiet line beneath."""
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_row(left, right)
    return [grid, Rule(characters="─", style=QUIET)]


def laid_out(blocks: Iterable[RenderableType], look: Look) -> str:
    """The blocks one beneath the other as text, without spaces at the ends of lines; ANSI codes only with colour."""
    out = StringIO()
    console = Console(
        file=out,
        width=look.columns,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for block in blocks:
        console.print(block)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n")) + "\n"
