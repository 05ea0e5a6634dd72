"""docs/picture.svg: the program's own output on the sample round, as a terminal shows it. `python tools/picture.py`."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from peelcheck.cli.by_name import only_forces
from peelcheck.engine import validate
from peelcheck.render import RENDERERS
from peelcheck.render.look import Look

ROOT = Path(__file__).parent.parent
FORCES = ("Kent", "Wiltshire")
COMMAND = f"peelcheck validate sample_returns {' '.join(f'--force {force}' for force in FORCES)}"
FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code, monospace", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"
)  # a picture in the documentation fetches no fonts
PAPER = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [
        (36, 41, 47),
        (179, 29, 40),
        (26, 127, 55),
        (154, 103, 0),
        (9, 105, 218),
        (130, 80, 223),
        (27, 124, 131),
        (110, 119, 129),
    ],
    [
        (87, 96, 106),
        (207, 34, 46),
        (45, 164, 78),
        (191, 135, 0),
        (33, 139, 255),
        (163, 113, 247),
        (49, 146, 170),
        (140, 149, 159),
    ],
)


def main() -> None:
    """Draw the picture."""
    result = only_forces(validate([ROOT / "sample_returns"]), FORCES)
    shown = RENDERERS["table"](result, Look(width=100, colour=True))
    console = Console(file=StringIO(), width=100, record=True, force_terminal=True)
    console.print(Text.from_ansi(f"$ {COMMAND}\n\n{shown}"))
    svg = console.export_svg(title="peelcheck", theme=PAPER, unique_id="peelcheck", code_format=FORMAT)
    (ROOT / "docs" / "picture.svg").write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
