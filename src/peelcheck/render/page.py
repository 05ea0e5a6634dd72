"""The blocks that a page for a person is built of. Rich is used for layout only: no text is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
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


class Beside(Struct, frozen=True):
    """A line at the left, and a block beside it that wraps in its own column; much cheaper than a table of one row."""

    left: Text
    right: RenderableType
    left_width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines of the right block, the first of them with the left one in front."""
        room = options.update(width=options.max_width - self.left_width - 1)
        start = console.render_lines(self.left, options.update(width=self.left_width), pad=False)[0]
        blank = " " * (self.left_width + 1)
        for number, line in enumerate(console.render_lines(self.right, room, pad=False)):
            if number:
                yield Segment(blank)
            else:
                yield from start
                yield Segment(" " * (len(blank) - self.left.cell_len))
            yield from line
            yield Segment.line()


def beside(left: Text, right: RenderableType, left_width: int) -> Beside:
    """Two blocks side by side, the left one of a fixed width."""
    return Beside(left, right, left_width)


def heading(left: Text, right: Text) -> list[RenderableType]:
    """A title, what it comes to at the other end of the line, and a quiet line beneath."""
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", overflow="fold")
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
