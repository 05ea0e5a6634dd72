"""The blocks that a page for a person is built of. Rich is used for layout only: no text is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from rich.console import Console
from rich.text import Text

from peelcheck.render.encodings import fitted
from peelcheck.render.look import Look
from peelcheck.render.safe import visible

if TYPE_CHECKING:
    from rich.table import Table

QUIET, STRONG, ASKED = "dim", "bold", "cyan"
SEVERITY_STYLES = {"error": "bold red", "query": "bold yellow", "note": "blue"}


class Beside(Struct, frozen=True):
    """A line at the left, and blocks beside it that wrap in their own column."""

    left: Text
    right: tuple[Block, ...]
    left_width: int


class Heading(Struct, frozen=True):
    """A title, what it comes to at the other end of the line, and a quiet line beneath."""

    left: Text
    right: Text


Block: TypeAlias = Text | Beside | Heading
"""What words are laid out with; rich's own tables are for numbers in columns."""


BLANK = Text()


def words(text: str, style: str = "") -> Text:
    """Words as they are, with what cannot be seen written out."""
    return Text(visible(text), style=style)


def joined(*parts: Text) -> Text:
    """Parts of a line, each in its own style."""
    return Text.assemble(*parts)


def beside(left: Text, right: Block | Iterable[Block], left_width: int) -> Beside:
    """Blocks beside a line of its own width, and a space between them."""
    return Beside(left, (right,) if isinstance(right, Block) else tuple(right), left_width)


def indented(block: Block, by: int) -> Beside:
    """A block moved to the right."""
    return beside(Text(), block, by - 1)


def laid_out(blocks: Iterable[Block | Table], look: Look) -> str:
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
        if not isinstance(block, Block):
            console.print(block)
            continue
        for line in _lines(block, look.columns, console, look.encoding):
            if look.colour:
                console.print(line, soft_wrap=True)
            else:
                print(line.plain, file=out)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n")) + "\n"


def _fitted(text: Text, console: Console, encoding: str) -> Text:
    """The same text in the characters of the screen, which may be longer: an arrow is two characters then."""
    if fitted(text.plain, encoding) == text.plain:
        return text
    parts = text.render(console, end="")
    return Text.assemble(*((fitted(part.text, encoding), part.style or "") for part in parts))


def _lines(block: Block, width: int, console: Console, encoding: str) -> Iterator[Text]:
    if isinstance(block, Text):
        block = _fitted(block, console, encoding)
        fits = block.plain.isprintable() and block.cell_len <= width  # else some line ends in it, or should
        for line in [block.copy()] if fits else block.wrap(console, width, overflow="fold"):
            line.rstrip()
            yield line
    elif isinstance(block, Heading):
        left, right = (_fitted(end, console, encoding) for end in (block.left, block.right))
        between = width - left.cell_len - right.cell_len
        if between > 0:
            yield Text.assemble(left, " " * between, right)
        else:
            yield from _lines(left, width, console, encoding)
            yield from _lines(right, width, console, encoding)
        yield Text(fitted("─", encoding) * width, style=QUIET)
    else:
        front = _fitted(block.left, console, encoding).copy()
        blank = " " * (max(block.left_width, front.cell_len) + 1)
        front.pad_right(len(blank) - front.cell_len)
        for beside_it in block.right:
            for line in _lines(beside_it, width - len(blank), console, encoding):
                yield Text.assemble(front, line)
                front = Text(blank)
